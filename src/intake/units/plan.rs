//! What is to be done for each line of a list of units, held against the register as it stands now.

use super::columns::UNITS;
use super::drafts::{Draft, Seen, Titled, draft, industry_of, read_with_doubts};
use crate::base::text::name_key;
use crate::base::{Cells, CountyId, Scope, dates};
use crate::intake::act::{Act, Planned};
use crate::intake::findings::Teller;
use crate::intake::preview::{Change, Finding, Outcome, Values, Verdict};
use crate::intake::{About, Choices, Head, Line, Terms};
use crate::units::{self, NewUnit, Sought, Unit, UnitChanges};
use crate::vocabulary::{Industry, NoCodeReason, PermitClass, UnitStatus, industry};
use sqlx::PgConnection;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// Goes through the lines of a file in order; remembers what stood above.
#[derive(Debug, Default)]
pub struct Planner {
    seen: Seen,
    /// Which line meant a unit first.
    taken: HashMap<Uuid, u32>,
}

/// Lines as read, with what stands about them: all that can be known of some lines without the lines above.
#[derive(Debug)]
pub struct LookedUp<'l> {
    drafts: Vec<(Teller<'l>, Result<Draft<'l>, Vec<Finding>>)>,
    registers: HashMap<CountyId, Register>,
}

impl<'l> LookedUp<'l> {
    /// Reads lines and looks up the units that they may mean.
    pub async fn of(
        connection: &mut PgConnection,
        scope: &Scope,
        about: &'l About,
        lines: &'l [(Line, Choices)],
        terms: &Terms<'_>,
    ) -> Result<Self, sqlx::Error> {
        let titled = Titled::of(about, terms.directory);
        let tellers = lines.iter().map(|(line, _)| Teller { about, line });
        let drafts: Vec<_> = tellers.map(|teller| (teller, draft(&teller, &titled, terms))).collect();
        let mut asked: BTreeMap<CountyId, Sought> = BTreeMap::new();
        for draft in drafts.iter().filter_map(|(_, draft)| draft.as_ref().ok()) {
            let UnitChanges { name, credit_code, .. } = &draft.facts;
            asked.entry(draft.county).or_default().add(&name_key(name), credit_code.as_deref());
        }
        let mut registers: HashMap<CountyId, Register> = HashMap::new();
        for (county, sought) in asked {
            registers.insert(county, Register::of(units::alike(connection, scope, county, &sought).await?));
        }
        Ok(Self { drafts, registers })
    }
}

impl Planner {
    /// Says what becomes of the next lines.
    pub fn plan(&mut self, looked: LookedUp<'_>, terms: &Terms<'_>) -> Vec<Planned> {
        let LookedUp { drafts, registers } = looked;
        let mut of_line = |(teller, draft): (Teller<'_>, Result<Draft<'_>, Vec<Finding>>)| {
            let first = draft.and_then(|draft| self.seen.first(&teller, &draft).map(|unit| (draft, unit)));
            let (draft, unit) = match first {
                Ok(first) => first,
                Err(findings) => return Planned::rejected(findings),
            };
            let Some(register) = registers.get(&draft.county) else { return Planned::rejected(Vec::new()) };
            let planned = self.take(&teller, draft, register, terms);
            // A line that stays out takes nothing from those below.
            if planned.verdict.outcome != Outcome::Rejected {
                self.seen.add(unit, &teller);
            }
            planned
        };
        drafts.into_iter().map(&mut of_line).collect()
    }

    fn take(&mut self, teller: &Teller<'_>, draft: Draft<'_>, register: &Register, terms: &Terms<'_>) -> Planned {
        let county = draft.county;
        let flagged = draft.doubts.clone();
        let verdict = |outcome, changes| Verdict { outcome, county: Some(county), changes, flagged, ..Verdict::default() };
        let unit = match register.find(&draft.facts) {
            Found::Nothing => {
                let act = Act::AddUnit { slot: None, unit: Box::new(NewUnit { county, facts: draft.facts }) };
                return Planned { verdict: verdict(Outcome::Created, Vec::new()), acts: vec![act] };
            }
            Found::Several => {
                let reason = "登记簿中有多家同名单位，无法判断是哪一家。请补填统一社会信用代码或厂区。";
                return Planned::rejected(vec![teller.finding("name", reason)]);
            }
            Found::One(unit) => unit,
        };
        if let Some(row) = self.taken.get(&unit.id) {
            let reason = format!("与第{row}行是登记簿中的同一单位，只导入前一行。");
            return Planned::rejected(vec![teller.finding("name", reason)]);
        }
        let (before, _) = read_with_doubts(&mut unit.cells(terms.today), UnitChanges::read);
        let mut cells = laid_over(&unit, teller, &draft, terms);
        let (after, _) = read_with_doubts(&mut cells, UnitChanges::read);
        let (Some(before), Some(mut after)) = (before, after) else {
            let told = cells.errors().iter().map(|e| teller.finding(&e.field, e.text.clone())).collect();
            return Planned::rejected(told);
        };
        self.taken.insert(unit.id, draft.line.row);
        // A code that somebody confirmed stays confirmed; one that the file brings is confirmed by nobody.
        after.code_confirmed = unit.code_confirmed && after.credit_code == before.credit_code;
        let mut changes = changes(&facts(&before), &facts(&after));
        changes.iter_mut().for_each(|c| c.record = Some(unit.id));
        let outcome = if changes.is_empty() { Outcome::Unchanged } else { Outcome::Updated };
        let mut acts = Vec::new();
        let status = after.status;
        if changes.iter().any(|c| c.field != "status") {
            acts.push(Act::ChangeUnit(unit.id, Box::new(after)));
        }
        if status != before.status {
            acts.push(Act::ChangeStatus(unit.id, status));
        }
        Planned { verdict: verdict(outcome, changes), acts }
    }
}

/// The unit's own cells with those of the line over them: only what the file says, never a blank. A name or site that differs
/// in spaces and widths alone is the register's.
fn laid_over(unit: &Unit, teller: &Teller<'_>, draft: &Draft<'_>, terms: &Terms<'_>) -> Cells {
    let mut cells = unit.cells(terms.today);
    let same = |field: &str, value: &str| match field {
        "county" => true,
        "name" => name_key(&unit.name) == name_key(value),
        "site" => name_key(&unit.site) == name_key(value),
        "industry" => !matches!(industry_of(value), Ok(Some(_))),
        _ => value.trim().is_empty(),
    };
    for field in teller.head().into_iter().flat_map(Head::given) {
        let value = teller.value(field);
        if !same(field, &value) {
            cells.set(field.to_owned(), value.replace('\0', ""));
        }
    }
    if draft.facts.credit_code.is_some() {
        cells.set("no_code_reason", "");
    }
    // Renamed: the register keeps the name it had.
    if name_key(&unit.name) != name_key(&draft.facts.name) && teller.value("former_names").is_empty() {
        let mut former = unit.former_names.clone();
        former.retain(|name| name_key(name) != name_key(&draft.facts.name));
        former.push(unit.name.clone());
        cells.set("former_names", former.join("、"));
    }
    cells
}

/// A unit's facts by field: dates as `2019-06-20`, words of vocabularies as codes.
fn facts(unit: &UnitChanges) -> Values {
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
    .into()
}

/// What a line says, as understood.
pub fn understood(teller: &Teller<'_>, terms: &Terms<'_>) -> Values {
    let titled = Titled::of(teller.about, terms.directory);
    let mut values = draft(teller, &titled, terms).map_or_else(|_| Values::new(), |draft| facts(&draft.facts));
    values.retain(|_, value| !value.is_empty());
    values
}

fn changes(before: &Values, after: &Values) -> Vec<Change> {
    let value = |facts: &Values, field: &str| facts.get(field).cloned().unwrap_or_default();
    UNITS
        .iter()
        .map(|c| Change {
            field: c.field.to_owned(),
            label: c.heading.to_owned(),
            from: in_words(c.field, value(before, c.field)),
            to: in_words(c.field, value(after, c.field)),
            record: None,
        })
        .filter(|change| change.from != change.to)
        .collect()
}

/// A unit's field as people read it: words of vocabularies by their labels.
pub fn in_words(field: &str, value: String) -> String {
    let label = match field {
        "no_code_reason" => NoCodeReason::from_code(&value).map(|w| w.label().to_owned()),
        "permit_class" => PermitClass::from_code(&value).map(|w| w.label().to_owned()),
        "status" => UnitStatus::from_code(&value).map(|w| w.label().to_owned()),
        "industry" => industry(&value).map(Industry::title),
        _ => None,
    };
    label.unwrap_or(value)
}

/// The units of a county that lines of a file may mean.
#[derive(Debug, Default)]
pub struct Register {
    codes: HashMap<(String, String), Unit>,
    names: HashMap<(String, String), Vec<Unit>>,
}

/// What the register has for a line.
#[derive(Debug)]
pub enum Found {
    /// No such unit.
    Nothing,
    /// This one.
    One(Box<Unit>),
    /// More than one that it could be.
    Several,
}

impl Register {
    /// The units that [`units::alike`] found.
    pub fn of(units: Vec<Unit>) -> Self {
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
    pub fn find(&self, new: &UnitChanges) -> Found {
        self.named(&new.name, &new.site, new.credit_code.as_deref())
    }

    /// The same for a name, a site and perhaps a code.
    pub fn named(&self, name: &str, site: &str, code: Option<&str>) -> Found {
        if self.names.is_empty() {
            return Found::Nothing;
        }
        let site = name_key(site);
        if let Some(unit) = code.and_then(|code| self.codes.get(&(code.to_owned(), site.clone()))) {
            return Found::One(Box::new(unit.clone()));
        }
        let named = self.names.get(&(name_key(name), site)).map_or(&[][..], Vec::as_slice);
        let mut fitting = named.iter().filter(|unit| code.is_none() || unit.credit_code.is_none());
        match (fitting.next(), fitting.next()) {
            (None, _) => Found::Nothing,
            (Some(unit), None) => Found::One(Box::new(unit.clone())),
            _ => Found::Several,
        }
    }
}
