//! Units that a file makes: the row that makes one, and the rows below that tell more of it.

use super::Planner;
use crate::annexes::{Annex, Column, Owner};
use crate::base::Scope;
use crate::intake::Terms;
use crate::intake::act::{Act, Fields, Planned, UnitRef};
use crate::intake::annexes::fresh;
use crate::intake::annexes::row::Row;
use crate::intake::annexes::standing::Standing;
use crate::intake::annexes::way::Way;
use crate::intake::preview::Outcome;
use crate::intake::units::{Alike, Identity};
use sqlx::PgConnection;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The units that the rows above make, by their slots.
#[derive(Debug, Default)]
pub struct Made {
    alike: Alike<usize>,
    units: Vec<Unit>,
}

/// A unit, as far as rows have told it.
#[derive(Debug)]
struct Unit {
    row: u32,
    /// For each column of a unit, in the order of the table: a number by which the same can be told; 0 while it is blank.
    told: Box<[u64]>,
}

/// The unit that a row means.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    slot: usize,
    by_name: bool,
}

impl Found {
    /// Whether the name alone tells it, though the row has a code.
    pub fn by_name(self) -> bool {
        self.by_name
    }
}

impl Made {
    /// The unit that a row means.
    pub fn find(&self, way: &Way<'_>) -> Option<Found> {
        let identity = identity(way);
        let (field, slot) = self.alike.find(&identity)?;
        Some(Found { slot: *slot, by_name: field == "name" && identity.code.is_some() })
    }

    fn add(&mut self, way: &Way<'_>, annex: Annex) {
        self.alike.add(identity(way), self.units.len());
        let told = columns(annex).map(|c| number(way.row.key(c.id))).collect();
        self.units.push(Unit { row: way.row.line.row, told });
    }

    /// What a further row tells of a unit that the rows above left blank. What it tells differently is said.
    fn more(&self, slot: usize, way: &mut Way<'_>, annex: Annex) -> Fields {
        let Some(unit) = self.units.get(slot) else { return Fields::new() };
        let mut more = Fields::new();
        for (column, told) in columns(annex).zip(&unit.told) {
            let key = way.row.key(column.id);
            if key.is_empty() || number(key) == *told {
                continue;
            }
            if *told == 0 {
                more.push((column.id, way.row.value(column.id).to_owned()));
            } else {
                let reason = format!("与第{0}行的同一单位不同，按第{0}行登记，请核对。", unit.row);
                way.doubts.push(way.row.teller.finding(column.id, reason));
            }
        }
        more
    }

    /// Takes up what a further row told.
    fn learn(&mut self, slot: usize, way: &Way<'_>, annex: Annex, more: &Fields) {
        let Some(unit) = self.units.get_mut(slot).filter(|_| !more.is_empty()) else { return };
        for (column, told) in columns(annex).zip(&mut unit.told) {
            if more.iter().any(|(field, _)| *field == column.id) {
                *told = number(way.row.key(column.id));
            }
        }
        self.alike.add(identity(way), slot);
    }
}

fn identity(way: &Way<'_>) -> Identity {
    let row: &Row<'_> = way.row;
    Identity {
        county: way.county,
        code: row.code().map(str::to_owned),
        name: row.key("name").to_owned(),
        site: row.key("site").to_owned(),
    }
}

fn columns(annex: Annex) -> impl Iterator<Item = &'static Column> {
    annex.columns().iter().filter(|c| c.owner == Owner::Unit && c.id != "county")
}

fn number(key: &str) -> u64 {
    if matches!(key, "" | "/") {
        return 0;
    }
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish().max(1)
}

impl Planner<'_> {
    /// A unit that is not on the register, with what the row tells of it; `made` by a row above, or by this one.
    pub(super) async fn of_new_unit(
        &mut self,
        connection: &mut PgConnection,
        (scope, standing): (&Scope, &Standing),
        (mut way, made): (Way<'_>, Option<Found>),
        terms: &Terms<'_>,
    ) -> Result<Planned, sqlx::Error> {
        let annex = self.table.annex;
        let problem = fresh::tells_problem(way.row, annex);
        if let Some(above) = made.and_then(|made| self.above.made.units.get(made.slot)).filter(|_| !problem) {
            let reason = format!("与第{}行是同一单位，且本行没有问题，只导入前一行。", above.row);
            return Ok(Planned::rejected(vec![way.row.teller.finding("name", reason)]));
        }
        let slot = made.map_or(self.above.made.units.len(), |made| made.slot);
        let more = made.map_or_else(Fields::new, |made| self.above.made.more(made.slot, &mut way, annex));
        let mut unit = None;
        if made.is_none() || !more.is_empty() {
            match fresh::unit_of(way.row, way.county, self.table, terms) {
                Ok((read, doubts)) => {
                    way.doubts.extend(doubts);
                    unit = Some(read);
                }
                Err(findings) => return Ok(Planned::rejected(findings)),
            }
        }
        let mut planned = if problem {
            self.add_problem(connection, (scope, standing), &mut way, (UnitRef::New(slot), None), terms).await?
        } else if way.open() {
            way.settled(Outcome::Asked, Vec::new())
        } else {
            match self.inspected(&mut way, UnitRef::New(slot), None, terms) {
                Ok((acts, noted)) => {
                    self.above.edited.note(noted);
                    way.settled(Outcome::Created, acts)
                }
                Err(findings) => return Ok(Planned::rejected(findings)),
            }
        };
        if planned.verdict.outcome != Outcome::Created {
            return Ok(planned);
        }
        match (made, unit) {
            (None, Some(unit)) => {
                planned.acts.insert(0, Act::AddUnit { slot: Some(slot), unit: Box::new(unit) });
                self.above.made.add(&way, annex);
            }
            (Some(_), Some(_)) => {
                self.above.made.learn(slot, &way, annex, &more);
                planned.acts.insert(0, Act::EditUnit(UnitRef::New(slot), more));
            }
            (_, None) => {}
        }
        Ok(planned)
    }
}
