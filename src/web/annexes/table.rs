//! `/annexes/1`, `/annexes/2`: the table on screen and for A3, with the official head, gaps in sight, and a way to each record;
//! with `?as_of=` as the facts stood at a moment.

use crate::annexes::{self, Annex, Cell, Column, Line, Owner, Part, Position, Reading, SIGN_OFF, ZeroReport};
use crate::as_of::{self, Past};
use crate::base::ability::{Download, Enter, Import};
use crate::base::{CountyId, clock, dates, text};
use crate::counties;
use crate::figures;
use crate::web::paths;
use crate::web::shell::column::{class, frozen};
use crate::web::shell::{Answer, Choice, Error, Form, Frame, Visit, page_with};
use askama::Template;
use axum::http::StatusCode;
use chrono::NaiveDate;

/// Lines on a page.
const LINES: i64 = 200;

/// A cell as shown.
struct Shown {
    text: String,
    class: &'static str,
    gap: bool,
    href: Option<String>,
}

/// A merged head and how many columns it spans; a column that stays in view has a head of two rows.
struct Group {
    heading: &'static str,
    span: usize,
    class: &'static str,
    alone: bool,
    hint: &'static str,
}

#[derive(Template)]
#[template(path = "annexes/table.html")]
struct TablePage {
    frame: Frame,
    form: Form,
    mark: String,
    title: &'static str,
    path: &'static str,
    county: String,
    counties: Vec<Choice>,
    body: String,
    date: NaiveDate,
    /// What was typed for a date and is none.
    unread: Option<String>,
    /// 记录截至, as typed.
    as_of: String,
    /// What was typed there is no moment.
    as_of_unread: bool,
    /// 实时数据 or the records of a moment.
    basis: String,
    tabs: Vec<(String, String, bool)>,
    groups: Vec<Group>,
    heads: Vec<(&'static Column, &'static str)>,
    rows: Vec<Vec<Shown>>,
    columns: usize,
    /// For print: each column's share of the table's width, in quarters of a hundredth.
    shares: Vec<u32>,
    totals: Option<String>,
    zero: Option<ZeroReport>,
    may_zero: bool,
    /// Where a file or a pasted block of this table comes in.
    import: Option<&'static str>,
    footnotes: &'static [&'static str],
    total: i64,
    first: Option<String>,
    next: Option<String>,
    file: Option<String>,
    book: Option<String>,
    roll_up: Option<String>,
}

/// The table.
pub async fn get(visit: Visit, annex: Annex) -> Answer {
    let form = visit.form(visit.cells());
    show(visit, annex, form, StatusCode::OK).await
}

/// The table with a form, perhaps to be mended.
pub async fn show(mut visit: Visit, annex: Annex, form: Form, status: StatusCode) -> Answer {
    // A day that is none leaves the table as it stands today, with the sentence beside the field.
    let (date, unread) = match super::date(&visit) {
        Ok(date) => (date, None),
        Err(_) => (visit.campaign.live_date(visit.today()), visit.asked("date").map(str::to_owned)),
    };
    let as_of = visit.asked("as_of").unwrap_or_default().trim().to_owned();
    let at = clock::read_moment(&as_of);
    let as_of_unread = at.is_none() && !as_of.is_empty();
    let status = if unread.is_some() || as_of_unread { StatusCode::UNPROCESSABLE_ENTITY } else { status };
    let date = at.map_or(date, |at| date.min(at.date_naive()));
    let (scope, campaign) = (visit.scope(), visit.campaign.clone());
    let within = campaigns_counties(&mut visit).await?;
    let county = super::county(&visit)?.or_else(|| within.first().copied()).ok_or(Error::NotFound)?;
    let parts = annex.parts(campaign.clear_units_apart);
    let (part, suffix) = parts[usize::from(visit.asked("part") == Some("clear") && parts.len() > 1)];
    let start = visit.asked("after").map(str::parse::<Position>).transpose().map_err(|()| Error::Bad("after"))?;
    let own = scope.narrowed_to(county).ok_or(Error::NotFound)?;
    let app = visit.app.clone();
    let mut past = match at {
        Some(at) => Some(as_of::restore(&app.db, &own, at.to_utc()).await?),
        None => None,
    };
    let connection = past.as_mut().map_or_else(|| visit.connection(), Past::connection);
    let mut reading = Reading::new(annex, part, county, campaign.id, date);
    let total = reading.count(connection, &own).await?;
    reading = reading.from(start.unwrap_or_default());
    let lines = reading.next(connection, &own, LINES).await?;
    let table = figures::by_county(connection, &own, campaign.id, date).await?;
    let totals = table.of(county).filter(|_| part != Part::Clear).map(|values| annex.totals(values));
    let zero = match total {
        0 => annexes::zero_report(connection, &own, county, &campaign, annex, date).await?,
        _ => None,
    };
    let body = counties::body_on(visit.connection(), county, date).await?;
    let live = at.is_none();
    let here = Address { annex, county, date, part, as_of: if live { "" } else { &as_of } };
    let more = lines.last().filter(|last| last.no < total).map(|last| here.page(Some(Position::after(last))));
    let title = format!("{}{suffix} {}", annex.mark(), annex.title());
    let shown = TablePage {
        frame: visit.frame(title),
        form,
        mark: format!("{}{suffix}", annex.mark()),
        title: annex.title(),
        path: paths::annex(annex),
        county: county.to_string(),
        counties: within.iter().map(|c| Choice::new(c.to_string(), visit.app.directory.name(*c))).collect(),
        body: body.map_or_else(|| visit.app.directory.name(county), |b| b.full_name),
        date,
        unread,
        as_of_unread,
        basis: match at {
            Some(at) => format!("截至{}的记录，由修改历史还原", dates::instant_long(at)),
            None => format!("实时数据，{}生成", dates::instant_long(visit.now())),
        },
        tabs: tabs(&here, parts),
        groups: groups(annex.columns()),
        heads: annex.columns().iter().filter(|c| frozen(c).is_empty() && !c.group.is_empty()).map(|c| (c, class(c))).collect(),
        rows: lines.iter().map(|line| annex.columns().iter().map(|c| cell(c, line)).collect()).collect(),
        columns: annex.columns().len(),
        shares: shares(annex.columns()),
        totals,
        zero,
        import: (live && visit.may::<Import>()).then(|| paths::import_of(annex.kind_code())),
        may_zero: live && total == 0 && part != Part::Clear && visit.may_in::<Enter>(county),
        footnotes: annex.footnotes(),
        total,
        first: start.map(|_| here.page(None)),
        next: more,
        file: visit.may::<Download>().then(|| here.file(paths::annex_file(annex), true)),
        book: (visit.may::<Download>() && within.len() > 1).then(|| here.file(paths::annex_file(annex), false)),
        roll_up: (visit.may::<Download>() && within.len() > 1).then(|| here.file(paths::ROLL_UP_FILE, false)),
        as_of: as_of.clone(),
    };
    page_with(status, &shown)
}

/// The reporting counties in sight, in customary order.
async fn campaigns_counties(visit: &mut Visit) -> Result<Vec<CountyId>, Error> {
    let (scope, campaign) = (visit.scope(), visit.campaign.id);
    let all = crate::campaigns::bodies_of(visit.connection(), campaign).await?;
    Ok(all.into_iter().filter(|c| scope.holds(*c)).collect())
}

/// Which table is on the page.
#[derive(Clone, Copy)]
struct Address<'a> {
    annex: Annex,
    county: CountyId,
    date: NaiveDate,
    part: Part,
    /// 记录截至; empty for the facts as they are.
    as_of: &'a str,
}

impl Address<'_> {
    fn page(&self, after: Option<Position>) -> String {
        let after = after.map(|a| a.to_string()).unwrap_or_default();
        let part = if self.part == Part::Clear { "clear" } else { "" };
        let (county, date) = (self.county.to_string(), self.date.to_string());
        paths::with(
            paths::annex(self.annex),
            &[("county", &county), ("date", &date), ("part", part), ("as_of", self.as_of), ("after", &after)],
        )
    }

    fn file(&self, path: &str, of_county: bool) -> String {
        let county = if of_county { self.county.to_string() } else { String::new() };
        paths::with(path, &[("county", &county), ("date", &self.date.to_string()), ("as_of", self.as_of)])
    }
}

fn tabs(here: &Address<'_>, parts: &'static [(Part, &'static str)]) -> Vec<(String, String, bool)> {
    let tab = |(part, suffix): &(Part, &str)| {
        let href = Address { part: *part, ..*here }.page(None);
        (format!("{}{suffix}", here.annex.mark()), href, *part == here.part)
    };
    if parts.len() > 1 { parts.iter().map(tab).collect() } else { Vec::new() }
}

/// Columns that stay in view.
fn groups(columns: &'static [Column]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for column in columns {
        let alone = column.group.is_empty() || !frozen(column).is_empty();
        match groups.last_mut() {
            Some(last) if !alone && !last.alone && last.heading == column.group => last.span += 1,
            _ => groups.push(Group {
                heading: if alone { column.heading } else { column.group },
                span: 1,
                class: if alone { class(column) } else { "" },
                alone,
                hint: if alone { column.hint } else { "" },
            }),
        }
    }
    groups
}

/// The columns' shares of the table's width, as the file has them. The style sheet has a class for each: `p1` to `p60`.
fn shares(columns: &[Column]) -> Vec<u32> {
    let whole: f64 = columns.iter().map(|c| c.width).sum();
    columns.iter().map(|c| ((c.width / whole * 400.0).round() as u32).clamp(1, 60)).collect()
}

fn cell(column: &Column, line: &Line) -> Shown {
    let cell = (column.write)(line);
    let gap = cell.is_gap();
    let text = match &cell {
        Cell::Text(phone) if column.id == "contact_phone" => text::mask_phone(phone),
        other => other.to_string(),
    };
    let links = gap || matches!(column.id, "name" | "problem" | "case_number" | "handled_by");
    let href = match column.owner {
        Owner::Unit | Owner::SelfInspection => Some(paths::unit(line.unit_id)),
        Owner::Problem => line.problem_id.map(paths::problem).or(Some(paths::unit(line.unit_id))),
        Owner::Case | Owner::Measure => line.case_id.map(paths::case),
        Owner::Computed => None,
    };
    Shown { text, class: class(column), gap, href: href.filter(|_| links) }
}
