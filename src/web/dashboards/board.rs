//! The board.

use super::charts::{self, Bar, LEFT, STEP, TILE, Tile, Trend};
use super::columns::{COLUMNS, Shown, sorted};
use crate::base::ability::SeeBoard;
use crate::base::{CountyId, dates};
use crate::dashboards::{self, Day, Due};
use crate::figures::{self, Rank, Row, Table};
use crate::web::paths;
use crate::web::shell::{Answer, Error, Frame, Visit, page};
use askama::Template;
use chrono::NaiveDate;

struct Line {
    name: String,
    place: Option<usize>,
    zero: String,
    cells: Vec<Shown>,
}

struct Head {
    heading: &'static str,
    href: String,
    order: Option<&'static str>,
}

struct DueLine {
    href: String,
    county: String,
    due: Due,
    late: bool,
}

#[derive(Template)]
#[template(path = "dashboards/board.html")]
struct BoardPage {
    frame: Frame,
    date: NaiveDate,
    moment: String,
    countdown: String,
    floor: i32,
    heads: Vec<Head>,
    lines: Vec<Line>,
    totals: Vec<Shown>,
    of_city: bool,
    by_city: Vec<String>,
    due: Vec<DueLine>,
    progress: Vec<Bar>,
    kinds: Vec<Bar>,
    measures: Vec<Bar>,
    trend: Trend,
    days: Vec<Day>,
    tiles: Vec<Tile>,
}

/// Shows it.
pub async fn get(mut visit: Visit) -> Answer {
    visit.insist::<SeeBoard>()?;
    let date = match visit.asked("date") {
        Some(typed) => dates::read_date(typed, visit.today()).map_err(|_| Error::Bad("date"))?,
        None => visit.campaign.live_date(visit.today()),
    };
    let (scope, campaign, app) = (visit.scope(), visit.campaign.clone(), visit.app.clone());
    let table = figures::by_county(visit.connection(), &scope, campaign.id, date).await?;
    let days = dashboards::trend(visit.connection(), &scope, campaign.id, campaign.starts_on, date).await?;
    let kinds = dashboards::kinds(visit.connection(), &scope, campaign.id, date).await?;
    let due = dashboards::due_soon(visit.connection(), &scope, campaign.id, date, 10).await?;
    let zero = dashboards::zero_reports(visit.connection(), &scope, &campaign, &table).await?;
    let of_city = table.rows.len() > 1;
    let total = table.total();
    let ranks = figures::ranking(&table, campaign.ranking_floor.into());
    let (key, ascending) = (visit.asked("sort").map(str::to_owned), visit.asked("dir") == Some("asc"));
    let line = |row: &Row| Line {
        name: app.directory.name(row.county),
        place: place(&ranks, row.county),
        zero: zero_words(&zero, row.county),
        cells: COLUMNS.iter().map(|c| c.cell(&row.values, Some(row.county), date)).collect(),
    };
    let due_line = |due: Due| DueLine {
        href: paths::problem(due.id),
        county: app.directory.name(due.county_id),
        late: due.due_on < date,
        due,
    };
    let lines: Vec<Line> = sorted(&table.rows, key.as_deref(), ascending).into_iter().map(line).collect();
    let totals: Vec<Shown> = COLUMNS.iter().map(|c| c.cell(&total, None, date)).collect();
    let by_city = if of_city { by_city(&table) } else { Vec::new() };
    page(&BoardPage {
        frame: visit.frame("调度看板"),
        date,
        moment: dates::instant_long(visit.now()),
        countdown: campaign.countdown(visit.now()),
        floor: campaign.ranking_floor,
        heads: heads(key.as_deref(), ascending, date),
        lines,
        totals,
        of_city,
        by_city,
        due: due.into_iter().map(due_line).collect(),
        progress: if of_city { charts::progress(&table, &app.directory) } else { Vec::new() },
        kinds: charts::kinds(&kinds),
        measures: charts::measures(&total),
        trend: charts::trend(&days),
        days,
        tiles: if of_city { charts::tiles(&table, &app.directory) } else { Vec::new() },
    })
}

fn heads(key: Option<&str>, ascending: bool, date: NaiveDate) -> Vec<Head> {
    let head = |column: &super::columns::Column| {
        let current = key == Some(column.key);
        let dir = if current && !ascending { "asc" } else { "desc" };
        let pairs = [("sort", column.key), ("dir", dir), ("date", &date.to_string())];
        let order = current.then_some(if ascending { "ascending" } else { "descending" });
        Head { heading: column.heading, href: paths::with(paths::DASHBOARD, &pairs), order }
    };
    COLUMNS.iter().map(head).collect()
}

fn place(ranks: &[Rank], county: CountyId) -> Option<usize> {
    ranks.iter().find(|r| r.county == county).and_then(|r| r.place)
}

/// 零报告 are shown as such, not as nothing.
fn zero_words(zero: &[(CountyId, i16)], county: CountyId) -> String {
    let annexes: Vec<String> = zero.iter().filter(|(c, _)| *c == county).map(|(_, n)| format!("附件{n}零报告")).collect();
    annexes.join("、")
}

/// 其中：市局直接查处, of the figures about cases and measures.
fn by_city(table: &Table) -> Vec<String> {
    use figures::Over;
    let part = table.by_city();
    let of_cases = |key| figures::figure(key).is_some_and(|f| matches!(f.over, Over::Cases | Over::Measures));
    COLUMNS.iter().map(|c| if of_cases(c.key) { part.shown(c.key) } else { "/".to_owned() }).collect()
}
