//! 督办单 as a paper: the same words on screen, in print and as a file.

use super::order::Order;
use crate::base::dates;
use crate::platform::document::{Block, Document, Level, Run};

/// The paper of an order. `to`: the county's body by its full name; `from`: the city's bureau.
pub fn paper(order: &Order, to: &str, from: &str) -> Document {
    let paragraph = |text: &str| Block::Paragraph(vec![Run::plain(text)]);
    let heading = |text: &str| Block::Heading(Level::One, text.to_owned());
    let due = dates::long(order.due_on);
    let mut blocks = vec![
        Block::Title(format!("违法排污行为大整治行动{}", order.level().paper())),
        Block::Line(order.document_number.clone()),
        Block::Line(format!("{to}：")),
        heading("一、督办事项"),
    ];
    blocks.extend(order.matter.lines().filter(|line| !line.trim().is_empty()).map(paragraph));
    blocks.push(heading("二、工作要求"));
    blocks.extend(order.requirement.lines().filter(|line| !line.trim().is_empty()).map(paragraph));
    blocks.push(heading("三、办理时限"));
    blocks
        .push(paragraph(&format!("请于{due}前办结，并书面回复办理情况。逾期未办结或者回复内容与现场情况不符的，视情提级办理。")));
    blocks.push(Block::SignOff(vec![from.to_owned(), dates::long(order.issued_on)]));
    Document { blocks }
}
