//! Units that a file makes: the row that makes one, and the rows below that tell more of it.

use super::Planner;
use super::own::Beside;
use super::told::Told;
use crate::annexes::{Annex, Owner};
use crate::base::Scope;
use crate::intake::Terms;
use crate::intake::act::{Act, Fields, Planned, UnitRef};
use crate::intake::annexes::fresh;
use crate::intake::annexes::standing::Standing;
use crate::intake::annexes::way::Way;
use crate::intake::preview::Outcome;
use crate::intake::units::{Alike, Identity};
use sqlx::PgConnection;

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
    told: Told,
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
    pub fn find(&self, identity: &Identity) -> Option<Found> {
        let (field, slot) = self.alike.find(identity)?;
        Some(Found { slot: *slot, by_name: field == "name" && identity.has_code() })
    }

    /// Whether it could be more than one.
    pub fn several(&self, identity: &Identity) -> bool {
        self.alike.several(identity)
    }

    fn add(&mut self, way: &Way<'_>, identity: Identity, annex: Annex) {
        self.alike.add(identity, self.units.len());
        self.units.push(Unit { row: way.row.line.row, told: Told::of(&way.row.cells, annex, &[Owner::Unit]) });
    }

    /// What a further row tells of a unit that the rows above left blank. What it tells differently is said.
    fn more(&self, slot: usize, way: &mut Way<'_>, annex: Annex) -> Fields {
        let Some(unit) = self.units.get(slot) else { return Fields::new() };
        let (other, more) = Told::of(&way.row.cells, annex, &[Owner::Unit]).beside(&unit.told);
        for id in other {
            let reason = format!("与第{0}行的同一单位不同，按第{0}行登记，请核对。", unit.row);
            way.doubts.push(way.row.teller.finding(id, reason));
        }
        more.into_iter().map(|id| (id, way.row.value(id).to_owned())).collect()
    }

    /// Takes up what a further row told.
    fn learn(&mut self, slot: usize, (way, identity): (&Way<'_>, Identity), annex: Annex, more: &Fields) {
        let Some(unit) = self.units.get_mut(slot) else { return };
        let more: Vec<&'static str> = more.iter().map(|(id, _)| *id).collect();
        unit.told.add(&Told::of(&way.row.cells, annex, &[Owner::Unit]), &more);
        self.alike.add(identity, slot);
    }
}

/// What tells the unit of a row from others.
pub fn identity(way: &Way<'_>) -> Identity {
    Identity::new(way.county, way.row.code(), way.row.key("name"), way.row.key("site"))
}

impl Planner<'_> {
    /// A unit that is not on the register, with what the row tells of it; `made` by a row above, or by this one.
    pub(super) async fn of_new_unit(
        &mut self,
        connection: &mut PgConnection,
        (scope, standing): (&Scope, &Standing),
        (mut way, identity, made): (Way<'_>, Identity, Option<Found>),
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
            match way.ahead.unit(way.row, way.county, self.table, terms) {
                Ok((read, doubts)) => {
                    way.doubts.extend(doubts);
                    unit = Some(read);
                }
                Err(findings) => return Ok(Planned::rejected(findings)),
            }
        }
        let mut planned = if problem {
            let beside = Beside { unit: UnitRef::New(slot), stood: None, copied: None };
            self.add_problem(connection, (scope, standing), &mut way, beside, terms).await?
        } else if way.open() {
            way.settled(Outcome::Asked, Vec::new())
        } else {
            way.without_problem(annex);
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
                planned.acts.insert(0, Act::AddUnit { slot: Some(slot), unit });
                self.above.made.add(&way, identity, annex);
            }
            (Some(_), Some(_)) => {
                self.above.made.learn(slot, (&way, identity), annex, &more);
                planned.acts.insert(0, Act::EditUnit(UnitRef::New(slot), more));
            }
            (_, None) => {}
        }
        Ok(planned)
    }
}
