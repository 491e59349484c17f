//! What is to be done for each line of a list of units, held against the register as it stands now.

use super::columns::UNITS;
use super::findings::Teller;
use super::lines::Lines;
use super::preview::{Change, Outcome, Preview, Understood};
use super::units::{Draft, Terms, drafts, read_with_doubts};
use crate::base::text::name_key;
use crate::base::{Cells, CountyId, Scope, dates};
use crate::units::{self, NewUnit, Unit, UnitChanges};
use crate::vocabulary::{Industry, NoCodeReason, PermitClass, UnitStatus, industry};
use sqlx::PgConnection;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// A write that a line asks for.
#[derive(Debug)]
pub enum Step {
    /// A unit that is not on the register.
    Create(Box<NewUnit>),
    /// A unit of the register, with the values of the line laid over its own.
    Change(Uuid, Box<UnitChanges>),
    /// Its status, which is dated and stands apart from the other facts.
    ChangeStatus(Uuid, UnitStatus),
}

/// The writes of each county, and the preview that says the same in words.
#[derive(Debug, Default)]
pub struct Plan {
    pub steps: BTreeMap<CountyId, Vec<Step>>,
    pub preview: Preview,
}

/// Reads all lines and compares them with the register.
pub async fn plan(connection: &mut PgConnection, scope: &Scope, lines: &Lines, terms: &Terms<'_>) -> Result<Plan, sqlx::Error> {
    let mut plan = Plan::default();
    plan.preview.kind = "units".to_owned();
    plan.preview.sheets.clone_from(&lines.sheets);
    plan.preview.ignored.clone_from(&lines.ignored);
    let drafts = drafts(lines, terms, &mut plan.preview);
    let mut registers: HashMap<CountyId, Register> = HashMap::new();
    let mut asked: BTreeMap<CountyId, (Vec<String>, Vec<String>)> = BTreeMap::new();
    for draft in &drafts {
        let (codes, keys) = asked.entry(draft.county).or_default();
        codes.extend(draft.facts.credit_code.clone());
        keys.push(name_key(&draft.facts.name));
    }
    for (county, (codes, keys)) in asked {
        registers.insert(county, Register::of(units::alike(connection, scope, county, &codes, &keys).await?));
    }
    for draft in drafts {
        if let Some(register) = registers.get_mut(&draft.county) {
            plan.take(Teller { lines, line: draft.line }, draft, register, terms);
        }
    }
    Ok(plan)
}

impl Plan {
    fn take(&mut self, teller: Teller<'_>, draft: Draft<'_>, register: &mut Register, terms: &Terms<'_>) {
        let mut line = Understood {
            sheet: draft.sheet.to_owned(),
            row: draft.line.row,
            values: facts(&draft.facts).into_iter().filter(|(_, value)| !value.is_empty()).collect(),
            outcome: Outcome::Created,
            changes: Vec::new(),
        };
        line.values.insert("county".to_owned(), terms.directory.name(draft.county));
        let steps = self.steps.entry(draft.county).or_default();
        let unit = match register.find(&draft.facts) {
            Found::Nothing => {
                steps.push(Step::Create(Box::new(NewUnit { county: draft.county, facts: draft.facts })));
                return self.preview.accept(line);
            }
            Found::Several => {
                let reason = "登记簿中有多家同名单位，无法判断是哪一家。请补填统一社会信用代码或厂区。";
                return self.preview.reject(vec![teller.finding("name", reason)]);
            }
            Found::One(unit) => unit,
        };
        if let Some(row) = register.taken.insert(unit.id, draft.line.row) {
            let reason = format!("与第{row}行是登记簿中的同一单位，只导入前一行。");
            return self.preview.reject(vec![teller.finding("name", reason)]);
        }
        let (before, _) = read_with_doubts(&mut unit.cells(terms.today), UnitChanges::read);
        let mut cells = laid_over(&unit, &draft, terms);
        let (after, _) = read_with_doubts(&mut cells, UnitChanges::read);
        let (Some(before), Some(mut after)) = (before, after) else {
            let told = cells.errors().iter().map(|e| teller.finding(&e.field, e.text.clone())).collect();
            return self.preview.reject(told);
        };
        // A code that somebody confirmed stays confirmed; one that the file brings is confirmed by nobody.
        after.code_confirmed = unit.code_confirmed && after.credit_code == before.credit_code;
        line.changes = changes(&facts(&before), &facts(&after));
        line.outcome = if line.changes.is_empty() { Outcome::Unchanged } else { Outcome::Updated };
        let status = after.status;
        if line.changes.iter().any(|c| c.field != "status") {
            steps.push(Step::Change(unit.id, Box::new(after)));
        }
        if status != before.status {
            steps.push(Step::ChangeStatus(unit.id, status));
        }
        self.preview.accept(line);
    }
}

/// The unit's own cells with those of the line over them: only what the file says, never a blank. A name or site that differs
/// in spaces and widths alone is the register's.
fn laid_over(unit: &Unit, draft: &Draft<'_>, terms: &Terms<'_>) -> Cells {
    let mut cells = unit.cells(terms.today);
    let same = |field: &str, value: &str| match field {
        "county" => true,
        "name" => name_key(&unit.name) == name_key(value),
        "site" => name_key(&unit.site) == name_key(value),
        _ => value.trim().is_empty(),
    };
    for (field, value) in draft.line.values.iter().filter(|(field, value)| !same(field, value)) {
        cells.set(field, value.replace('\0', ""));
    }
    if draft.facts.credit_code.is_some() {
        cells.set("no_code_reason", "");
    }
    // Renamed: the register keeps the name it had.
    if name_key(&unit.name) != name_key(&draft.facts.name) && draft.line.value("former_names").is_empty() {
        let mut former = unit.former_names.clone();
        former.retain(|name| name_key(name) != name_key(&draft.facts.name));
        former.push(unit.name.clone());
        cells.set("former_names", former.join("、"));
    }
    cells
}

/// A unit's facts by field: dates as `2019-06-20`, words of vocabularies as codes.
fn facts(unit: &UnitChanges) -> BTreeMap<String, String> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    [
        ("name", unit.name.clone()),
        ("former_names", unit.former_names.join("、")),
        ("credit_code", text(&unit.credit_code)),
        ("no_code_reason", unit.no_code_reason.map_or_else(String::new, |r| r.code().to_owned())),
        ("site", unit.site.clone()),
        ("township", unit.township.clone()),
        ("industry", text(&unit.industry)),
        ("permit_class", unit.permit_class.map_or_else(String::new, |c| c.code().to_owned())),
        ("permit_number", text(&unit.permit_number)),
        ("permit_until", unit.permit_until.map_or_else(String::new, dates::short)),
        ("status", unit.status.code().to_owned()),
        ("contact_name", text(&unit.contact_name)),
        ("contact_phone", text(&unit.contact_phone)),
        ("address", text(&unit.address)),
    ]
    .into_iter()
    .map(|(field, value)| (field.to_owned(), value))
    .collect()
}

fn changes(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<Change> {
    let value = |facts: &BTreeMap<String, String>, field: &str| facts.get(field).cloned().unwrap_or_default();
    UNITS
        .iter()
        .map(|c| Change {
            field: c.field.to_owned(),
            label: c.heading.to_owned(),
            from: in_words(c.field, value(before, c.field)),
            to: in_words(c.field, value(after, c.field)),
        })
        .filter(|change| change.from != change.to)
        .collect()
}

/// A value as people read it: words of vocabularies by their labels.
fn in_words(field: &str, value: String) -> String {
    let label = match field {
        "no_code_reason" => NoCodeReason::from_code(&value).map(|w| w.label().to_owned()),
        "permit_class" => PermitClass::from_code(&value).map(|w| w.label().to_owned()),
        "status" => UnitStatus::from_code(&value).map(|w| w.label().to_owned()),
        "industry" => industry(&value).map(Industry::title),
        _ => None,
    };
    label.unwrap_or(value)
}

/// The units of a county that lines of the file may mean.
#[derive(Default)]
struct Register {
    codes: HashMap<(String, String), Unit>,
    names: HashMap<(String, String), Vec<Unit>>,
    /// Which line meant a unit first.
    taken: HashMap<Uuid, u32>,
}

enum Found {
    Nothing,
    One(Box<Unit>),
    Several,
}

impl Register {
    fn of(units: Vec<Unit>) -> Self {
        let mut register = Self::default();
        for unit in units {
            let site = name_key(&unit.site);
            if let Some(code) = &unit.credit_code {
                register.codes.insert((code.clone(), site.clone()), unit.clone());
            }
            register.names.entry((name_key(&unit.name), site)).or_default().push(unit);
        }
        register
    }

    /// The unit that a line means: same code and site; else same name and site where one of the two has no code.
    fn find(&self, new: &UnitChanges) -> Found {
        let site = name_key(&new.site);
        let code = &new.credit_code;
        if let Some(unit) = code.as_ref().and_then(|code| self.codes.get(&(code.clone(), site.clone()))) {
            return Found::One(Box::new(unit.clone()));
        }
        let named = self.names.get(&(name_key(&new.name), site)).map_or(&[][..], Vec::as_slice);
        let mut fitting = named.iter().filter(|unit| code.is_none() || unit.credit_code.is_none());
        match (fitting.next(), fitting.next()) {
            (None, _) => Found::Nothing,
            (Some(unit), None) => Found::One(Box::new(unit.clone())),
            _ => Found::Several,
        }
    }
}
