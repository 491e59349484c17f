//! Measures in the cells of annex 2: a cell is the sum, the first day or the kinds of what may be several rows. It is mapped back
//! where it can only mean one.

use super::canon::UNKNOWN;
use super::canons::Canons;
use super::edits::Edits;
use super::row::Row;
use crate::base::Cells;
use crate::intake::Terms;
use crate::intake::act::Act;
use crate::intake::preview::Finding;
use crate::intake::units::read_with_doubts;
use crate::ledger::{CaseFile, Grounds, Measure, MeasureChanges};
use crate::vocabulary::{Category, MeasureKind};

/// What the cells of a row say of one category.
struct Told {
    category: Category,
    /// The column at which the person looks.
    column: &'static str,
    /// For each kind that is named: field and value.
    kinds: Vec<(MeasureKind, Vec<(&'static str, String)>)>,
}

const COLUMNS: [(Category, &[&str]); 5] = [
    (Category::DailyPenalty, &["daily_penalty"]),
    (Category::Seizure, &["seized_on"]),
    (Category::Restriction, &["production_limit_kind", "production_limit_on"]),
    (Category::DetentionTransfer, &["detention_transfer_persons"]),
    (Category::CriminalTransfer, &["criminal_transfer_persons"]),
];

fn told<'v>(value: impl Fn(&str) -> &'v str, category: Category, columns: &'static [&'static str]) -> Told {
    let value = |id: &str| value(id).to_owned();
    let kinds = match category {
        Category::DailyPenalty if !value("daily_penalty").is_empty() => {
            vec![(MeasureKind::DailyPenalty, vec![("amount", value("daily_penalty"))])]
        }
        Category::Seizure if !value("seized_on").is_empty() => {
            vec![(MeasureKind::Sealing, vec![("decided_on", value("seized_on"))])]
        }
        Category::Restriction => {
            let on = value("production_limit_on");
            let named = value("production_limit_kind");
            named.split('；').filter_map(MeasureKind::from_code).map(|kind| (kind, vec![("decided_on", on.clone())])).collect()
        }
        Category::DetentionTransfer | Category::CriminalTransfer => {
            let (kind, id) = match category {
                Category::DetentionTransfer => (MeasureKind::DetentionTransfer, "detention_transfer_persons"),
                _ => (MeasureKind::CriminalTransfer, "criminal_transfer_persons"),
            };
            let persons = value(id);
            let known = if persons == UNKNOWN { String::new() } else { persons.clone() };
            if persons.is_empty() { Vec::new() } else { vec![(kind, vec![("persons", known)])] }
        }
        _ => Vec::new(),
    };
    Told { category, column: columns.first().copied().unwrap_or_default(), kinds }
}

/// The measures of a new case, and what should be checked; or what is wrong.
pub fn of_row(row: &Row<'_>, terms: &Terms<'_>, grounds: &Grounds) -> Result<(Vec<MeasureChanges>, Vec<Finding>), Vec<Finding>> {
    let (mut measures, mut doubts) = (Vec::new(), Vec::new());
    for (category, columns) in COLUMNS {
        let told = told(|id| row.value(id), category, columns);
        for (kind, fields) in &told.kinds {
            let (read, said) = read(row, told.column, form(terms, *kind, fields), grounds)?;
            measures.push(read);
            doubts.extend(said);
            doubts.extend(kind_doubt(row, *kind));
        }
        if told.category == Category::Restriction && told.kinds.is_empty() && !row.value("production_limit_on").is_empty() {
            let reason = "已填限产停产日期，请同时填写种类（限制生产或停产整治）。";
            return Err(vec![row.teller.finding("production_limit_kind", reason)]);
        }
    }
    Ok((measures, doubts))
}

/// The form of a new measure.
fn form(terms: &Terms<'_>, kind: MeasureKind, fields: &[(&'static str, String)]) -> Cells {
    let mut cells = Cells::new(terms.today);
    cells.set("kind", kind.code());
    for (field, value) in fields {
        cells.set(*field, value.clone());
    }
    cells
}

/// A date alone does not tell sealing from detaining.
fn kind_doubt(row: &Row<'_>, kind: MeasureKind) -> Option<Finding> {
    (kind == MeasureKind::Sealing).then(|| row.teller.finding("seized_on", "按“查封”登记；属扣押的，请在案件页面修改。"))
}

fn read(
    row: &Row<'_>,
    column: &'static str,
    mut cells: Cells,
    grounds: &Grounds,
) -> Result<(MeasureChanges, Vec<Finding>), Vec<Finding>> {
    let (read, doubts) = read_with_doubts(&mut cells, |c| MeasureChanges::read(c, grounds.found_on, &grounds.usual_fine));
    let at = |m: &crate::base::Message| row.teller.finding(column, m.text.clone());
    read.map(|read| (read, doubts.iter().map(at).collect())).ok_or_else(|| cells.errors().iter().map(at).collect())
}

/// The edits of a case's measures; `ours`: what stands in the cells that do not change. What could mean one of several measures
/// is left to the case's own page.
pub fn edits(row: &Row<'_>, terms: &Terms<'_>, file: &CaseFile, (changes, ours): (&Canons, &Canons)) -> Edits {
    let grounds = Grounds::of(terms.actor, &file.problems);
    let (mut acts, mut doubts, mut bad) = (Vec::new(), Vec::new(), Vec::new());
    for (category, columns) in COLUMNS {
        if !columns.iter().any(|id| changes.contains(id)) {
            continue;
        }
        let value = |id: &str| changes.get(id).or_else(|| ours.get(id)).map_or("", |c| c.value.as_str());
        let told = told(value, category, columns);
        let stood: Vec<&Measure> = file.measures.iter().filter(|m| m.kind().is_some_and(|k| k.category() == category)).collect();
        match one(row, terms, &told, &stood, &grounds) {
            Ok((None, said)) => {
                doubts.extend(said);
                for (kind, fields) in &told.kinds {
                    match read(row, told.column, form(terms, *kind, fields), &grounds) {
                        Ok((measure, said)) => {
                            acts.push(Act::AddMeasure(file.case.id, Box::new(measure)));
                            doubts.extend(said);
                            doubts.extend(kind_doubt(row, *kind));
                        }
                        Err(findings) => bad.extend(findings),
                    }
                }
            }
            Ok((Some(act), said)) => {
                acts.push(act);
                doubts.extend(said);
            }
            Err(findings) => bad.extend(findings),
        }
    }
    if bad.is_empty() { Ok((acts, doubts)) } else { Err(bad) }
}

/// The edit of the one measure that stands; none when none stands yet.
fn one(
    row: &Row<'_>,
    terms: &Terms<'_>,
    told: &Told,
    stood: &[&Measure],
    grounds: &Grounds,
) -> Result<(Option<Act>, Vec<Finding>), Vec<Finding>> {
    let refuse = |reason: &str| Err(vec![row.teller.finding(told.column, reason)]);
    let measure = match stood {
        [] => return Ok((None, Vec::new())),
        [one] => one,
        _ => return refuse("该案件有多项此类措施，无法判断改的是哪一项，请在案件页面修改。"),
    };
    let (kind, fields) = match told.kinds.as_slice() {
        [] => return refuse("措施不能从表格中删除；录错的，请在案件页面撤除。"),
        [one] => one,
        _ => return refuse("该案件只登记了一项此类措施，新增的请在案件页面登记。"),
    };
    let mut cells = measure.cells(terms.today);
    if told.category == Category::Restriction {
        cells.set("kind", kind.code());
    }
    for (field, value) in fields {
        // The table shows the first known day of a measure: it is edited where it came from.
        let field = match (*field, measure.decided_on, measure.served_on) {
            ("decided_on", None, Some(_)) => "served_on",
            ("decided_on", None, None) if measure.from_on.is_some() => "from_on",
            _ => field,
        };
        cells.set(field, value.clone());
    }
    let (changed, said) = read(row, told.column, cells, grounds)?;
    Ok((Some(Act::ChangeMeasure { case: measure.case_id, id: measure.id, changes: Box::new(changed) }), said))
}
