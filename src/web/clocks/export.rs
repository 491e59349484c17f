//! `/clocks.xlsx`: the clocks that the list shows, as a file.

use super::list::Wanted;
use crate::base::ability::Download;
use crate::base::{CITY, dates, new_id};
use crate::clocks::Running;
use crate::history::{Action, Entry, Writing};
use crate::platform::sheet::{Head, Kind, Layout, Paper, SheetWriter, Value};
use crate::web::shell::export::{day, text};
use crate::web::shell::{Answer, Visit, attachment};
use chrono::NaiveDate;

const HEADS: [(&str, f64, Kind); 10] = [
    ("届满日期", 12.0, Kind::Date),
    ("剩余", 11.0, Kind::Text),
    ("县（区）", 10.0, Kind::Text),
    ("单位名称", 30.0, Kind::Text),
    ("案件", 24.0, Kind::Text),
    ("期限", 18.0, Kind::Text),
    ("对象", 28.0, Kind::Text),
    ("状态", 10.0, Kind::Text),
    ("计算", 60.0, Kind::Text),
    ("依据和下一步", 70.0, Kind::Text),
];

fn row(r: &Running, county: String, today: NaiveDate) -> Vec<Value> {
    let c = &r.clock;
    let words = [c.subject.clone(), c.state(today).label().to_owned(), c.reckoning.clone(), c.basis.clone()];
    let mut cells = vec![day(c.ends_on), text(c.left(today)), text(county), text(&r.units), text(&r.title), text(c.kind.label())];
    cells.extend(words.map(Value::Text));
    cells
}

/// Hands it out; the history says who took it.
pub async fn get(mut visit: Visit) -> Answer {
    visit.insist::<Download>()?;
    let wanted = Wanted::of(&visit)?;
    let found = wanted.found(&mut visit).await?;
    let (app, actor, scope, made_at) = (visit.app.clone(), visit.viewer.actor.clone(), visit.scope(), visit.now());
    drop(visit);
    let today = made_at.date_naive();
    let own = if actor.role.of_a_county() { actor.county } else { CITY };
    let area = wanted.county.unwrap_or(own);
    let place = if area == CITY { "全市".to_owned() } else { app.directory.name(area) };
    let layout = Layout {
        name: "法定期限".to_owned(),
        mark: String::new(),
        title: wanted.title(today),
        line: [place.clone(), format!("数据日期：{}", dates::long(today)), format!("导出人：{}", actor.name)],
        columns: HEADS.iter().map(Head::plain).collect(),
        frozen: 1,
        paper: Paper::A3,
        footer: [format!("{}导出", dates::instant_long(made_at)), "测算供参考，以法律文书为准。".to_owned()],
    };
    let mut writer = SheetWriter::start("法定期限", made_at.naive_local());
    let sheet = writer.add(layout).await?;
    let rows = found.iter().map(|r| row(r, app.directory.name(r.county), today)).collect();
    writer.rows(sheet, rows).await?;
    writer.note(sheet, format!("共{}项。", found.len())).await?;
    let file = writer.finish().await?;
    let name = format!("{}-{place}-{}.xlsx", wanted.title(today), today.format("%Y%m%d"));
    let mut writing = Writing::begin(&app.db, &app.key, app.clocks, actor, &scope).await?;
    writing.record(area, Entry::event(Action::Disclosed, "files", new_id(), format!("{name}，{}行", found.len()))).await?;
    writing.commit().await?;
    attachment(file, &name, &format!("clocks-{area}-{}.xlsx", today.format("%Y%m%d")))
}
