//! What stands in the database about the rows of a chunk: bases of downloads, units, and the annex's lines of those units.

use super::canons::Canons;
use super::row::{Row, of_written};
use crate::annexes::{self, Annex, Kept, Known, Line as Stood, Owner};
use crate::base::{CountyId, Scope};
use crate::campaigns::Campaign;
use crate::intake::units::{Found, Register};
use crate::ledger;
use crate::units::{self, Sought, Unit};
use crate::vocabulary::HandledBy;
use chrono::NaiveDate;
use sqlx::PgConnection;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// What is known about a chunk.
#[derive(Debug, Default)]
pub struct Standing {
    bases: HashMap<Known, (CountyId, Kept)>,
    registers: HashMap<CountyId, Register>,
    lines: HashMap<Uuid, Vec<Stood>>,
    /// By number, with who handles it.
    cases: HashMap<(CountyId, String), (Uuid, HandledBy)>,
    itself: HashMap<Known, Place>,
}

/// Where a row of a file stands: the head that it stands under, and its number.
type Place = (usize, u32);

/// Which annex, of which campaign, as of which day.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    pub annex: Annex,
    pub campaign: &'a Campaign,
    pub date: NaiveDate,
    pub today: NaiveDate,
}

impl Standing {
    /// Looks everything up that the rows may mean.
    pub async fn of<'r>(
        connection: &mut PgConnection,
        scope: &Scope,
        table: Table<'_>,
        rows: impl Iterator<Item = &'r Row<'r>> + Clone,
    ) -> Result<Self, sqlx::Error> {
        let Table { annex, campaign, date, .. } = table;
        let known: Vec<Known> = rows.clone().filter_map(|r| r.known).collect();
        let bases =
            if known.is_empty() { HashMap::new() } else { annexes::kept(connection, scope, annex, campaign.id, &known).await? };
        let mut asked: BTreeMap<CountyId, Sought> = BTreeMap::new();
        let mut wanted: BTreeMap<CountyId, BTreeSet<Uuid>> = BTreeMap::new();
        for row in rows.clone() {
            match row.known.and_then(|k| bases.get(&k)) {
                Some((county, kept)) => drop(wanted.entry(*county).or_default().insert(kept.unit)),
                None => {
                    let Ok(county) = row.county else { continue };
                    asked.entry(county).or_default().add(row.key("name"), row.code());
                }
            }
        }
        let mut registers = HashMap::new();
        for (county, sought) in asked {
            let alike = units::alike(connection, scope, county, &sought).await?;
            wanted.entry(county).or_default().extend(alike.iter().map(|u| u.id));
            registers.insert(county, Register::of(alike));
        }
        let mut lines: HashMap<Uuid, Vec<Stood>> = HashMap::new();
        for (county, ids) in wanted.into_iter().filter(|(_, ids)| !ids.is_empty()) {
            let ids: Vec<Uuid> = ids.into_iter().collect();
            for line in annexes::lines_of(connection, scope, annex, (county, campaign.id), date, &ids).await? {
                lines.entry(line.unit_id).or_default().push(line);
            }
        }
        let mut cases = HashMap::new();
        if annex == Annex::Two {
            let mut numbers: BTreeMap<CountyId, Vec<String>> = BTreeMap::new();
            for row in rows.clone() {
                let told = ["case_number", "decision_number"].map(|id| row.value(id).to_owned());
                let told = told.into_iter().filter(|n| !n.is_empty());
                let based = row.known.and_then(|known| bases.get(&known)).map(|(county, _)| *county);
                let county = based.or(row.county.clone().ok()).unwrap_or(crate::base::CITY);
                numbers.entry(county).or_default().extend(told);
            }
            for (county, numbers) in numbers {
                for (number, case, handler) in ledger::by_numbers(connection, scope, county, campaign.id, &numbers).await? {
                    let handler = HandledBy::from_code(&handler).unwrap_or(HandledBy::CountyBureau);
                    cases.insert((county, number), (case, handler));
                }
            }
        }
        let itself = itself(table, &bases, rows.filter_map(|row| Some((row.known?, row))));
        Ok(Self { bases, registers, lines, cases, itself })
    }

    /// Of rows that came of one downloaded row: the one that says of its problem what was downloaded. `None`: no other has
    /// copied it, or all of them say something else.
    pub fn itself(&self, known: Known) -> Option<Place> {
        self.itself.get(&known).copied()
    }

    /// The case that stands under a number of its filing or its decision, and who handles it.
    pub fn case(&self, county: CountyId, number: &str) -> Option<(Uuid, HandledBy)> {
        self.cases.get(&(county, number.to_owned())).copied()
    }

    /// The base of a downloaded row, if it is still kept.
    pub fn base(&self, known: Known) -> Option<&(CountyId, Kept)> {
        self.bases.get(&known)
    }

    /// The unit that an own table's row means.
    pub fn unit(&self, county: CountyId, row: &Row<'_>) -> Found {
        let named = |r: &Register| r.named(row.value("name"), row.value("site"), row.code());
        self.registers.get(&county).map_or(Found::Nothing, named)
    }

    /// What stands of a row's unit, and what a downloaded row was written with, in the agreed writing.
    pub fn canons(&self, table: Table<'_>, row: &Row<'_>) -> Vec<Canons> {
        let kept = row.known.and_then(|known| self.base(known)).map(|(_, kept)| kept);
        let unit = kept.map(|kept| kept.unit).or_else(|| match self.unit(row.county.clone().ok()?, row) {
            Found::One(unit) => Some(unit.id),
            Found::Nothing | Found::Several => None,
        });
        let lines = unit.map_or(&[][..], |unit| self.lines(unit));
        let base = kept.map(|kept| of_written(table.annex, &kept.cells, table.today));
        lines.iter().map(|line| canons(table, line)).chain(base).collect()
    }

    /// The annex's lines of a unit.
    pub fn lines(&self, unit: Uuid) -> &[Stood] {
        self.lines.get(&unit).map_or(&[], Vec::as_slice)
    }

    /// The line on which a case is written, if one of its units is told in the same chunk.
    pub fn line_of_case(&self, case: Uuid) -> Option<&Stood> {
        self.lines.values().flatten().find(|line| line.case_id == Some(case) && line.tells_case())
    }

    /// A line in the agreed writing, a further line of a case with what stands on the first: a table may tell a case on each of
    /// its rows.
    pub fn with_case(&self, table: Table<'_>, line: &Stood) -> Canons {
        let mut cells = canons(table, line);
        let first = line.case_id.filter(|_| !line.tells_case()).and_then(|case| self.line_of_case(case));
        if let Some(first) = first {
            let told = canons(table, first);
            let of_case = table.annex.columns().iter().filter(|c| matches!(c.owner, Owner::Case | Owner::Measure));
            of_case.filter_map(|c| Some((c.id, told.get(c.id)?))).for_each(|(id, canon)| cells.set(id, canon.clone()));
        }
        cells
    }

    /// The line that a downloaded row was written from, as it stands now.
    pub fn again(&self, kept: &Kept) -> Option<&Stood> {
        let same = |l: &&Stood| l.problem_id == kept.problem && l.case_id == kept.case;
        let lines = self.lines(kept.unit);
        // A unit that had no problem may have one by now, and a problem a case: then the line stands under the new one.
        lines.iter().find(same).or_else(|| match (kept.problem, kept.case) {
            (None, _) => None,
            (Some(problem), None) => lines.iter().find(|l| l.problem_id == Some(problem)),
            (Some(_), Some(_)) => None,
        })
    }
}

/// A line of the database in the agreed writing.
pub fn canons(table: Table<'_>, line: &Stood) -> Canons {
    of_written(table.annex, &Kept::of(table.annex, line).cells, table.today)
}

/// The line of a unit that the annex has none of.
pub fn line_of_unit(unit: &Unit) -> Stood {
    Stood {
        county_id: unit.county_id.0,
        unit_id: unit.id,
        name: unit.name.clone(),
        site: unit.site.clone(),
        credit_code: unit.credit_code.clone(),
        no_code_reason: unit.no_code_reason.clone(),
        township: unit.township.clone(),
        industry: unit.industry.clone(),
        permit_class: unit.permit_class.clone(),
        contact_name: unit.contact_name.clone(),
        contact_phone: unit.contact_phone.clone(),
        status: unit.status.clone(),
        ..Stood::default()
    }
}

/// Which of the rows that came of one downloaded row is that row itself.
fn itself<'r>(
    table: Table<'_>,
    bases: &HashMap<Known, (CountyId, Kept)>,
    rows: impl Iterator<Item = (Known, &'r Row<'r>)>,
) -> HashMap<Known, Place> {
    let mut came: HashMap<Known, Vec<&Row<'_>>> = HashMap::new();
    rows.for_each(|(known, row)| came.entry(known).or_default().push(row));
    let itself = |(known, rows): (Known, Vec<&Row<'_>>)| {
        let (_, kept) = bases.get(&known).filter(|_| rows.len() > 1)?;
        let base = of_written(table.annex, &kept.cells, table.today);
        let same = |row: &&&Row<'_>, id: &str| base.get(id).is_none_or(|b| b.key() == row.key(id));
        let row = rows.iter().find(|row| same(row, "problem") && same(row, "problem_kind"))?;
        Some((known, (row.line.head, row.line.row)))
    };
    came.into_iter().filter_map(itself).collect()
}
