//! `/submissions/{id}/lines/{annex}`: the frozen rows in the form of the annex. A reviewer sees what matters: changed since the
//! last round, with remarks, a drawn sample; a remark is made on a cell.

use crate::annexes::{Annex, Column};
use crate::base::ability::Review;
use crate::base::text::mask_phone;
use crate::submissions::{self, Difference, FrozenLine, Remark, State, Submission};
use crate::web::paths;
use crate::web::shell::column;
use crate::web::shell::{Answer, Error, Form, Frame, Path, Visit, page_with};
use askama::Template;
use axum::http::StatusCode;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

/// Rows on a page.
const SHOWN: usize = 200;
/// The share of rows that is drawn for a closer look, one in so many.
const ONE_IN: usize = 20;
/// Phrases that reviewers use again and again.
const PHRASES: [&str; 6] = [
    "请核对金额单位（万元）。",
    "问题描述过于笼统，请写明事实。",
    "请补充整改措施和时限。",
    "日期先后不符，请核对。",
    "已完成的请补核查销号。",
    "请上传或说明佐证材料。",
];

/// A cell as shown.
struct Cell {
    column: &'static str,
    look: &'static str,
    text: String,
    /// What stood there in the last round.
    before: Option<String>,
    remark: Option<String>,
}

/// A row as shown.
struct Row {
    no: i32,
    cells: Vec<Cell>,
    remark: Option<String>,
    /// What a rule said of it.
    reminder: Option<String>,
}

/// A tab: its address, its word, whether it is the current one.
type Tab = (String, String, bool);

#[derive(Template)]
#[template(path = "submissions/lines.html")]
struct LinesPage {
    frame: Frame,
    form: Form,
    s: Submission,
    annex: Annex,
    columns: &'static [Column],
    rows: Vec<Row>,
    tabs: Vec<Tab>,
    more: usize,
    may_remark: bool,
    remark: String,
    phrases: &'static [&'static str],
    back: String,
    other: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Only {
    All,
    Changed,
    Remarked,
    Reminded,
    Sample,
}

impl Only {
    const ALL: [(Self, &'static str, &'static str); 5] = [
        (Self::Changed, "changed", "较上次有变化"),
        (Self::Remarked, "remarked", "有意见"),
        (Self::Reminded, "reminded", "有核对提醒"),
        (Self::Sample, "sample", "抽查5%"),
        (Self::All, "all", "全部"),
    ];
}

/// Shows them.
pub async fn get(mut visit: Visit, Path((id, number)): Path<(Uuid, String)>) -> Answer {
    let annex = Annex::from_number(&number).ok_or(Error::NotFound)?;
    let s = super::find(&mut visit, id).await?;
    let form = visit.form(visit.cells());
    shown(&mut visit, StatusCode::OK, form, (s, annex)).await
}

/// The rows of an annex, with a remark that may have come back.
pub(super) async fn shown(visit: &mut Visit, status: StatusCode, form: Form, (s, annex): (Submission, Annex)) -> Answer {
    let scope = visit.scope();
    let lines = submissions::lines(visit.connection(), &scope, s.county_id, s.id, Some(annex)).await?;
    let remarks = submissions::remarks(visit.connection(), &scope, &s).await?;
    let rounds = submissions::of_county(visit.connection(), &scope, s.county_id, s.campaign_id).await?;
    let previous = rounds.iter().find(|p| p.round < s.round && !matches!(p.state(), State::Void | State::Withdrawn));
    let changes = match previous {
        Some(previous) => submissions::compare(visit.connection(), &scope, previous, &s).await?,
        None => Vec::new(),
    };
    let changes: Vec<Difference> = changes.into_iter().filter(|c| c.annex == annex && c.heading != "减少行").collect();
    let remarks: Vec<Remark> = remarks.into_iter().filter(|r| r.annex == Some(annex.number())).collect();
    let changed: HashSet<i32> = changes.iter().map(|c| c.no).collect();
    let remarked: HashSet<i32> = remarks.iter().filter_map(|r| r.line_no).collect();
    let reminded = reminded(&s, &lines);
    let sample = drawn(&s, &lines);
    let default = if previous.is_some() { Only::Changed } else { Only::All };
    let only = Only::ALL.into_iter().find(|(_, code, _)| visit.asked("only") == Some(code)).map_or(default, |(only, ..)| only);
    let fits = |only: Only, no: i32| match only {
        Only::All => true,
        Only::Changed => changed.contains(&no),
        Only::Remarked => remarked.contains(&no),
        Only::Reminded => reminded.contains_key(&no),
        Only::Sample => sample.contains(&no),
    };
    let here = paths::submission_lines(s.id, annex.number());
    let tab = |(of, code, word): (Only, &'static str, &'static str)| {
        let count = lines.iter().filter(|l| fits(of, l.no)).count();
        (paths::with(&here, &[("only", code)]), format!("{word}（{count}）"), of == only)
    };
    let picked: Vec<&FrozenLine> = lines.iter().filter(|l| fits(only, l.no)).collect();
    let rows = picked.iter().take(SHOWN).map(|line| row(annex, line, (&changes, &remarks, reminded.get(&line.no)))).collect();
    let shown = LinesPage {
        frame: visit.frame(format!("{}　{}", annex.mark(), s.title())),
        form,
        columns: annex.columns(),
        rows,
        tabs: Only::ALL.into_iter().filter(|(only, ..)| previous.is_some() || *only != Only::Changed).map(tab).collect(),
        more: picked.len().saturating_sub(SHOWN),
        may_remark: visit.may::<Review>() && s.state() == State::Filed,
        remark: paths::submission_act(s.id, "remarks"),
        phrases: &PHRASES,
        back: paths::submission(s.id),
        other: paths::submission_lines(s.id, if annex == Annex::One { 2 } else { 1 }),
        annex,
        s,
    };
    page_with(status, &shown)
}

/// The rows that a rule hit, each with what was said of it.
fn reminded(s: &Submission, lines: &[FrozenLine]) -> HashMap<i32, String> {
    let mut said: HashMap<Uuid, Vec<String>> = HashMap::new();
    for x in s.settled() {
        let reason = x.reason.map(|r| format!("（县（区）说明：{r}）")).unwrap_or_default();
        for id in x.rows {
            said.entry(id).or_default().push(format!("{} {}{reason}", x.rule, x.text));
        }
    }
    let of_line = |line: &FrozenLine| {
        let ids = [line.problem_id, line.case_id, line.problem_id.is_none().then_some(line.unit_id)];
        let texts: Vec<&str> = ids.into_iter().flatten().filter_map(|id| said.get(&id)).flatten().map(String::as_str).collect();
        (!texts.is_empty()).then(|| (line.no, texts.join("；")))
    };
    lines.iter().filter_map(of_line).collect()
}

/// One row in twenty, drawn by the submission's own hash: anybody can draw it again, nobody can choose it.
fn drawn(s: &Submission, lines: &[FrozenLine]) -> HashSet<i32> {
    let mut lots: BTreeMap<Vec<u8>, i32> = BTreeMap::new();
    for line in lines {
        let lot = Sha256::new().chain_update(&s.content_hash).chain_update(line.no.to_be_bytes()).finalize();
        lots.insert(lot.to_vec(), line.no);
    }
    lots.into_values().take(lines.len().div_ceil(ONE_IN)).collect()
}

fn row(annex: Annex, line: &FrozenLine, (changes, remarks, reminder): (&[Difference], &[Remark], Option<&String>)) -> Row {
    let of_row: HashMap<&str, &Difference> =
        changes.iter().filter(|c| c.no == line.no).filter_map(|c| Some((c.column?, c))).collect();
    let said = |column: Option<&str>| {
        let here = remarks.iter().filter(|r| r.line_no == Some(line.no) && r.column_id.as_deref() == column);
        let texts: Vec<String> = here
            .map(|r| match &r.answer {
                Some(answer) => format!("{} 答复：{answer}", r.text),
                None => r.text.clone(),
            })
            .collect();
        (!texts.is_empty()).then(|| texts.join("；"))
    };
    let masked = |id: &str, text: &str| if id == "contact_phone" { mask_phone(text) } else { text.to_owned() };
    let cell = |column: &'static Column| Cell {
        column: column.id,
        look: column::class(column),
        text: masked(column.id, line.cell(column.id)),
        before: of_row.get(column.id).map(|c| masked(column.id, &c.before)),
        remark: said(Some(column.id)),
    };
    let cells = annex.columns().iter().map(cell).collect();
    Row { no: line.no, cells, remark: said(None), reminder: reminder.cloned() }
}
