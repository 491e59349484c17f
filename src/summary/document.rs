//! The summary as a paper: exactly the words of the page.

use super::paragraph::Piece;
use super::reading::Summary;
use crate::platform::document::{Block, Document, Level, Run};

/// The paper of a summary.
pub fn document(summary: &Summary) -> Document {
    let mut blocks = vec![Block::Title(summary.title.clone()), Block::Line(summary.addressee.clone())];
    for section in &summary.sections {
        if !section.heading.is_empty() {
            blocks.push(Block::Heading(Level::One, section.heading.to_owned()));
        }
        let lines = section.paragraphs.iter().flat_map(|paragraph| paragraph.lines());
        blocks.extend(lines.map(|line| Block::Paragraph(vec![Run::plain(line.iter().map(Piece::text).collect::<String>())])));
    }
    blocks.push(Block::Attachments(summary.attachments.clone()));
    blocks.push(Block::SignOff(vec![summary.signed_by.clone(), summary.signed_on.clone()]));
    Document { blocks }
}
