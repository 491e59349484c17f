//! 通报: the city's figures in official prose: summary, ranking, who has not filed or filed late, the quality of the data.
//! Counties stand in customary order.

use super::today::Today;
use crate::annexes::roll_up;
use crate::campaigns::Campaign;
use crate::counties::Directory;
use crate::figures::{self, Values};
use crate::platform::document::{Block, Column, Document, Level, Run, Table};
use crate::submissions::{State, Submission};
use chrono::{DateTime, FixedOffset};

/// What the table of counties shows: heading and figure.
const COLUMNS: [(&str, &str); 6] = [
    ("应自查", "owed"),
    ("已自查", "inspected"),
    ("问题", "problems"),
    ("完成", "finished"),
    ("立案", "filed"),
    ("罚款(万元)", "fine"),
];

/// Writes the bulletin of a snapshot.
pub(super) fn bulletin(
    today: &Today,
    campaign: &Campaign,
    directory: &Directory,
    (number, at, issuer): (i32, DateTime<FixedOffset>, &str),
) -> Document {
    let total = today.table().total();
    let paragraph = |text: String| Block::Paragraph(vec![Run::plain(text)]);
    let heading = |text: &str| Block::Heading(Level::One, text.to_owned());
    let mut blocks = vec![
        Block::Title(format!("关于{}进展情况的通报", campaign.title)),
        Block::Line("各县（区）分局、高新区建设管理部：".to_owned()),
        paragraph(opening(today, &total, at)),
        heading("一、总体情况"),
        paragraph(overall(&total)),
        Block::Table(counties(today, &total, directory)),
        heading("二、整改排名"),
    ];
    blocks.extend(ranking(today, campaign, directory).into_iter().map(paragraph));
    blocks.push(heading("三、报送情况"));
    blocks.extend(filing(today, directory).into_iter().map(paragraph));
    blocks.push(heading("四、数据质量"));
    blocks.extend(quality(today, directory).into_iter().map(paragraph));
    blocks.push(paragraph(format!(
        "注：本通报依据市级快照第{number}号，各县（区）数据口径为最可靠的一种：已接收、已上报、代报、实时。完成率=（已完成待核查+已销号+以关代改）÷（问题数-移交）。"
    )));
    let day = crate::base::dates::long(at.date_naive());
    blocks.push(Block::SignOff(vec![issuer.to_owned(), day]));
    Document { blocks }
}

fn opening(today: &Today, total: &Values, at: DateTime<FixedOffset>) -> String {
    let live = today.bodies.iter().filter(|b| b.submission.is_none()).count();
    let note = if live > 0 { format!("，其中{live}个县（区）按实时数据计") } else { String::new() };
    format!(
        "截至{}，全市应自查排污单位{}家，已自查{}家，自查率{}{note}。现将有关情况通报如下。",
        crate::base::dates::instant_long(at),
        total.shown("owed"),
        total.shown("inspected"),
        total.inspected_rate()
    )
}

fn overall(total: &Values) -> String {
    format!(
        "全市共发现问题{}个，完成整改{}个，完成率{}；已销号{}个，已到期未完成{}个，到期完成率{}。立案{}件，罚款{}万元；按日连续处罚{}件，查封扣押{}件，限产停产{}件，移送行政拘留{}件{}人，移送涉嫌犯罪{}件{}人；关停取缔{}家，曝光{}件。",
        total.shown("problems"),
        total.shown("finished"),
        total.completion(),
        total.shown("verified"),
        total.shown("overdue"),
        total.due_completion(),
        total.shown("filed"),
        total.shown("fine"),
        total.shown("daily_penalties"),
        total.shown("seizures"),
        total.shown("restrictions"),
        total.shown("detention_transfers"),
        total.shown("detention_persons"),
        total.shown("criminal_transfers"),
        total.shown("criminal_persons"),
        total.shown("shut_down"),
        total.shown("exposed")
    )
}

fn counties(today: &Today, total: &Values, directory: &Directory) -> Table {
    let column = |heading: &str, weight, words| Column { heading: heading.to_owned(), weight, words };
    let mut columns = vec![column("县（区）", 4, true)];
    columns.extend(COLUMNS.iter().map(|(heading, _)| column(heading, 2, false)));
    columns.push(column("完成率", 2, false));
    columns.push(column("数据口径", 5, true));
    let row = |name: String, values: &Values, basis: &str| {
        let figures = COLUMNS.iter().map(|(_, key)| values.shown(key));
        [name].into_iter().chain(figures).chain([values.completion().to_string(), basis.to_owned()]).collect::<Vec<String>>()
    };
    let mut rows: Vec<Vec<String>> =
        today.bodies.iter().map(|b| row(directory.name(b.county), &b.values, short(&b.basis))).collect();
    rows.push(row("合计".to_owned(), total, ""));
    let mut part = row(roll_up::BY_CITY.to_owned(), &today.table().by_city(), "");
    // What the city's bureau handles is a part of cases only.
    part.iter_mut().skip(1).take(4).for_each(|cell| "/".clone_into(cell));
    if let Some(rate) = part.get_mut(COLUMNS.len() + 1) {
        "/".clone_into(rate);
    }
    rows.push(part);
    Table { columns, rows }
}

/// The first words of a basis, before its brackets.
fn short(basis: &str) -> &str {
    basis.split('（').next().unwrap_or(basis)
}

fn ranking(today: &Today, campaign: &Campaign, directory: &Directory) -> Vec<String> {
    let ranks = figures::ranking(&today.table(), campaign.ranking_floor.into());
    let (ranked, small): (Vec<_>, Vec<_>) = ranks.into_iter().partition(|r| r.place.is_some());
    let mut said = Vec::new();
    if ranked.is_empty() {
        said.push(format!("各县（区）到期应完成的问题均不足{}个，本期不排名。", campaign.ranking_floor));
    } else {
        let place = |r: &figures::Rank| format!("第{}名{}（{}）", r.place.unwrap_or(0), directory.name(r.county), r.rate);
        said.push(format!("按到期完成率排名：{}。", ranked.iter().map(place).collect::<Vec<_>>().join("，")));
    }
    if !small.is_empty() && !said.is_empty() {
        let names: Vec<String> = small.iter().map(|r| directory.name(r.county)).collect();
        said.push(format!("到期应完成的问题不足{}个，不参加排名的：{}。", campaign.ranking_floor, names.join("、")));
    }
    said
}

fn filing(today: &Today, directory: &Directory) -> Vec<String> {
    let names = |wanted: &dyn Fn(&Option<Submission>) -> bool| -> Vec<String> {
        today.bodies.iter().filter(|b| wanted(&b.submission)).map(|b| directory.name(b.county)).collect()
    };
    let received = names(&|s| s.as_ref().is_some_and(|s| s.state().received()));
    let waiting = names(&|s| s.as_ref().is_some_and(|s| s.state() == State::Filed));
    let missing = names(&|s| s.is_none());
    let late = |said: Option<&str>| names(&|s| s.as_ref().is_some_and(|s| s.late && s.lateness.as_deref() == said));
    let say = |what: &str, names: &[String]| match names {
        [] => format!("{what}0个"),
        _ => format!("{what}{}个（{}）", names.len(), names.join("、")),
    };
    let mut said = vec![format!("{}，{}，{}。", say("已接收", &received), say("已上报待审", &waiting), say("未报", &missing))];
    // Nobody is called late in public before the city has said so.
    for (what, names) in [("迟报", late(Some("confirmed"))), ("迟报（待市局认定）", late(None))] {
        if !names.is_empty() {
            said.push(format!("{}。", say(what, &names)));
        }
    }
    said
}

fn quality(today: &Today, directory: &Directory) -> Vec<String> {
    let over = |key: &str| -> Vec<String> {
        let found = today.bodies.iter().filter(|b| b.values.get(key) > 0);
        found.map(|b| format!("{}{}个", directory.name(b.county), b.values.get(key))).collect()
    };
    let mut said = Vec::new();
    for (key, what) in [("without_due", "问题未填整改时限的"), ("overdue", "问题已到期未完成的")] {
        let found = over(key);
        if !found.is_empty() {
            said.push(format!("{what}：{}。", found.join("，")));
        }
    }
    if said.is_empty() {
        said.push("未发现明显的数据质量问题。".to_owned());
    }
    said
}
