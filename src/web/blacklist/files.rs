//! `/blacklist.xlsx`, `/blacklist.csv`: the decided entries for the credit platform. Who took them stands in the history.

use crate::base::ability::{Download, ReadCity};
use crate::base::{CITY, dates, new_id};
use crate::blacklist::{self, Entry, State};
use crate::history::{Action, Entry as Past, Writing};
use crate::platform::sheet::{Head, Kind, Layout, Paper, SheetWriter, Value};
use crate::web::shell::export::{day, maybe, text};
use crate::web::shell::{Answer, Error, Visit, attachment, to_save};
use chrono::{DateTime, FixedOffset};

const HEADS: [(&str, f64, Kind); 7] = [
    ("县（区）", 10.0, Kind::Text),
    ("单位名称", 32.0, Kind::Text),
    ("统一社会信用代码", 22.0, Kind::Code),
    ("列入事由", 50.0, Kind::Text),
    ("决定文号", 24.0, Kind::Code),
    ("决定日期", 12.0, Kind::Date),
    ("状态", 10.0, Kind::Text),
];

/// The decided entries with the names of their counties, after the right to them was asked.
async fn listed(visit: &mut Visit) -> Result<Vec<(String, Entry)>, Error> {
    visit.insist::<ReadCity>()?;
    visit.insist::<Download>()?;
    let (scope, campaign) = (visit.scope(), visit.campaign.id);
    let entries = blacklist::all(visit.connection(), &scope, campaign).await?;
    let names = &visit.app.directory;
    let listed = entries.into_iter().filter(|e| e.state() == State::Listed);
    Ok(listed.map(|e| (names.name(e.county_id), e)).collect())
}

async fn taken(visit: Visit, name: &str) -> Result<(), Error> {
    let (app, scope, actor) = (visit.app.clone(), visit.scope(), visit.viewer.actor.clone());
    drop(visit);
    let mut writing = Writing::begin(&app.db, &app.key, app.clocks, actor, &scope).await?;
    writing.record(CITY, Past::event(Action::Disclosed, "files", new_id(), name)).await?;
    Ok(writing.commit().await?)
}

fn name(now: DateTime<FixedOffset>, ending: &str) -> String {
    format!("环境违法黑名单-{}.{ending}", now.format("%Y%m%d"))
}

/// As a workbook.
pub async fn xlsx(mut visit: Visit) -> Answer {
    let entries = listed(&mut visit).await?;
    let (now, by) = (visit.now(), visit.viewer.actor.name.clone());
    let layout = Layout {
        name: "黑名单".to_owned(),
        mark: String::new(),
        title: "环境违法黑名单".to_owned(),
        line: ["全市".to_owned(), format!("数据日期：{}", dates::long(now.date_naive())), format!("导出人：{by}")],
        columns: HEADS.iter().map(Head::plain).collect(),
        frozen: 2,
        paper: Paper::A3,
        footer: [format!("{}导出", dates::instant_long(now)), String::new()],
    };
    let mut writer = SheetWriter::start("黑名单", now.naive_local());
    let sheet = writer.add(layout).await?;
    let row = |(area, e): &(String, Entry)| -> Vec<Value> {
        let words = [text(area), text(&e.unit_name), maybe(&e.credit_code), text(&e.grounds), maybe(&e.decision_number)];
        words.into_iter().chain([day(e.decided_on), text(e.state().label())]).collect()
    };
    writer.rows(sheet, entries.iter().map(row).collect()).await?;
    writer.note(sheet, format!("共{}家。", entries.len())).await?;
    let file = writer.finish().await?;
    let name = name(now, "xlsx");
    taken(visit, &name).await?;
    attachment(file, &name, "blacklist.xlsx")
}

/// As comma-separated text: with a mark by which office programs know UTF-8, and nothing that they would reckon.
pub async fn csv(mut visit: Visit) -> Answer {
    let entries = listed(&mut visit).await?;
    let mut text = String::from("\u{feff}");
    text.push_str(&HEADS.map(|(head, ..)| cell(head)).join(","));
    text.push_str("\r\n");
    for (area, e) in &entries {
        let day = e.decided_on.map(dates::short).unwrap_or_default();
        let words = |text: &Option<String>| text.clone().unwrap_or_default();
        let row = [area.clone(), e.unit_name.clone(), words(&e.credit_code), e.grounds.clone(), words(&e.decision_number), day];
        let cells: Vec<String> = row.iter().map(String::as_str).chain([e.state().label()]).map(cell).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    let name = name(visit.now(), "csv");
    taken(visit, &name).await?;
    Ok(to_save(text.into_bytes(), "text/csv; charset=utf-8", &name, "blacklist.csv"))
}

/// A cell between quotes; one that a program would take for a formula is led by an apostrophe.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let lead = if formula { "'" } else { "" };
    format!("\"{lead}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(cell("=1+1"), "\"'=1+1\"");
        assert_eq!(cell("＋86"), "\"'＋86\"");
        assert_eq!(cell("甲\"乙\"厂"), "\"甲\"\"乙\"\"厂\"");
    }
}
