//! `/today`: who is in, the figures with their basis, what moved since the last snapshot, 来源对账, candidates for 典型案件; one
//! button freezes it and writes the bulletin.

use crate::base::ability::{ReadCity, Review};
use crate::base::{CITY, dates};
use crate::figures::{self, Values};
use crate::history::WriteError;
use crate::snapshots::{self, Candidate, Kept, SourceTally, Terms, Today};
use crate::submissions::State;
use crate::web::paths;
use crate::web::shell::{Answer, Error, Flash, Form, Frame, Posted, Visit, page, page_with};
use askama::Template;
use axum::http::StatusCode;

/// What the table shows: figure and heading.
pub const COLUMNS: [(&str, &str); 10] = [
    ("owed", "应自查"),
    ("inspected", "已自查"),
    ("problems", "问题"),
    ("finished", "完成整改"),
    ("verified", "已销号"),
    ("overdue", "已到期未完成"),
    ("ledger", "台账问题"),
    ("filed", "立案"),
    ("fine", "罚款（万元）"),
    ("exposed", "曝光"),
];

/// A row of the table: name, basis, figures, completion.
pub type Row = (String, String, Vec<String>, String);

/// A figure that moved since the last snapshot: label, then, now.
type Moved = (&'static str, String, String);

#[derive(Template)]
#[template(path = "today/show.html")]
struct TodayPage {
    frame: Frame,
    form: Form,
    sentence: String,
    heads: Vec<&'static str>,
    rows: Vec<Row>,
    moved: Vec<Moved>,
    last: Option<Kept>,
    snapshots: Vec<(String, String, String)>,
    sources: Vec<SourceTally>,
    source_heads: Vec<&'static str>,
    candidates: Vec<(String, Candidate)>,
    may_freeze: bool,
}

impl TodayPage {
    fn case(&self, candidate: &Candidate) -> String {
        paths::case(candidate.id)
    }

    fn fine(&self, candidate: &Candidate) -> String {
        candidate.fine_fen.map(|fen| crate::base::Money::from_fen(fen).to_wan_grouped()).unwrap_or_default()
    }
}

/// The table's row of a body.
pub fn row(name: String, basis: String, values: &Values) -> Row {
    let figures = COLUMNS.iter().map(|(key, _)| values.shown(key)).collect();
    (name, basis, figures, values.completion().to_string())
}

/// The date of what is live: the campaign's cutoff, but not later than today.
fn date(visit: &Visit) -> chrono::NaiveDate {
    visit.campaign.filing_date(visit.today())
}

/// 「截至6月28日17时30分：已接收9个，已报待审2个，未报2个（沁县、壶关县）。现可出全市汇总，其中2个按实时数据计。」
fn sentence(visit: &Visit, today: &Today) -> String {
    let missing: Vec<String> =
        today.bodies.iter().filter(|b| b.submission.is_none()).map(|b| visit.app.directory.name(b.county)).collect();
    let named = if missing.is_empty() || missing.len() == today.bodies.len() {
        String::new()
    } else {
        format!("（{}）", missing.join("、"))
    };
    let live = if missing.is_empty() { String::new() } else { format!("，其中{}个按实时数据计", missing.len()) };
    format!(
        "截至{}：已接收{}个，已上报待审{}个，未报{}个{named}。现可出全市汇总{live}。",
        dates::instant_long(visit.now()),
        today.count(|s| s.is_some_and(State::received)),
        today.count(|s| s == Some(State::Filed)),
        missing.len()
    )
}

/// Shows it.
pub async fn get(mut visit: Visit) -> Answer {
    visit.insist::<ReadCity>()?;
    let form = visit.form(visit.cells());
    page(&shown(&mut visit, form).await?)
}

async fn shown(visit: &mut Visit, form: Form) -> Result<TodayPage, Error> {
    let (scope, campaign, date) = (visit.scope(), visit.campaign.clone(), date(visit));
    let today = snapshots::today(visit.connection(), &scope, &campaign, date).await?;
    let kept = snapshots::list(visit.connection(), &scope, campaign.id).await?;
    let sources = snapshots::reconcile(visit.connection(), &scope, campaign.id, date).await?;
    let candidates = snapshots::candidates(visit.connection(), &scope, campaign.id, date).await?;
    let total = today.table().total();
    let mut rows: Vec<Row> =
        today.bodies.iter().map(|b| row(visit.app.directory.name(b.county), b.basis.clone(), &b.values)).collect();
    rows.push(row("合计".to_owned(), String::new(), &total));
    let moved = kept.first().map(|last| moved(last, &total)).unwrap_or_default();
    let listed = |k: &Kept| {
        (format!("市级快照第{}号", k.number), paths::snapshot(k.id), format!("{}　{}", dates::minute(k.made_at), k.made_by))
    };
    Ok(TodayPage {
        frame: visit.frame("今日出数"),
        form,
        sentence: sentence(visit, &today),
        heads: COLUMNS.iter().map(|(_, label)| *label).collect(),
        rows,
        moved,
        snapshots: kept.iter().map(listed).collect(),
        last: kept.into_iter().next(),
        sources,
        source_heads: SourceTally::heads(),
        candidates: candidates.into_iter().map(|c| (visit.app.directory.name(c.county_id), c)).collect(),
        may_freeze: visit.may::<Review>(),
    })
}

fn moved(last: &Kept, total: &Values) -> Vec<Moved> {
    let before = last.bodies().into_iter().fold(Values::default(), |sum, (_, _, values)| sum.plus(&values));
    let figure = |f: &figures::Figure| {
        let (then, now) = (before.shown(f.key), total.shown(f.key));
        (then != now).then_some((f.label, then, now))
    };
    figures::figures().iter().filter_map(figure).collect()
}

/// Freezes it as 市级快照 第N号, with books and bulletin.
pub async fn freeze(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Review>()?;
    let mut form = visit.posted(posted);
    let (scope, campaign, now, date) = (visit.scope(), visit.campaign.clone(), visit.now(), date(&visit));
    let number = snapshots::list(visit.connection(), &scope, campaign.id).await?.first().map_or(0, |k| k.number) + 1;
    let app = visit.app.clone();
    let terms = Terms { campaign: &campaign, directory: &app.directory, date, now, number };
    let frozen = snapshots::freeze(&app.db, &scope, terms).await?;
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Review>(CITY)?;
    match snapshots::keep(&mut writing, &permit, campaign.id, &frozen).await {
        Ok(id) => {
            let flash = Flash::done(format!("已冻结为市级快照第{number}号，通报已生成。"));
            visit.done(writing, &form, &paths::snapshot(id), flash).await
        }
        Err(WriteError::Refused { text, .. }) => {
            drop(writing);
            form.cells.refuse("", text);
            page_with(StatusCode::CONFLICT, &shown(&mut visit, form).await?)
        }
        Err(error) => Err(error.into()),
    }
}
