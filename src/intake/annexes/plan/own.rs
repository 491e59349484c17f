//! Rows of a table of one's own: units that are on the register or are not, and what is told of them for the first time.

use super::{Key, Made, Planner};
use crate::annexes::{Annex, Line as Stood, Owner};
use crate::base::Scope;
use crate::intake::Terms;
use crate::intake::act::{Act, CaseLine, NewProblemLine, Planned, UnitRef};
use crate::intake::annexes::canon::Canon;
use crate::intake::annexes::edits::Editing;
use crate::intake::annexes::fresh;
use crate::intake::annexes::standing::{Standing, canons, canons_of_unit};
use crate::intake::annexes::way::{Way, column};
use crate::intake::preview::{Finding, Outcome};
use crate::intake::units::Found;
use crate::units::Unit;
use sqlx::PgConnection;
use std::collections::hash_map::Entry;

impl Planner<'_> {
    /// A row of a table of one's own, or of a download that nobody remembers.
    pub(super) async fn own(
        &mut self,
        connection: &mut PgConnection,
        scope: &Scope,
        standing: &Standing,
        mut way: Way<'_>,
        terms: &Terms<'_>,
    ) -> Result<Planned, sqlx::Error> {
        let annex = self.table.annex;
        let key = made_key(&way);
        let made = self.above.made.get(&key).copied();
        if made.is_some() {
            return self.of_new_unit(connection, (scope, standing), (way, key, made), terms).await;
        }
        let unit = match standing.unit(way.county, way.row) {
            Found::One(unit) => unit,
            Found::Several => {
                let reason = "登记簿中有多家同名单位，无法判断是哪一家。请补填统一社会信用代码或厂区。";
                return Ok(Planned::rejected(vec![way.row.teller.finding("name", reason)]));
            }
            Found::Nothing => return self.of_new_unit(connection, (scope, standing), (way, key, made), terms).await,
        };
        let lines = standing.lines(unit.id);
        let tells = fresh::tells_problem(way.row, annex);
        let described = way.row.cells.get("problem").map(|c| c.key().to_owned()).filter(|k| !k.is_empty());
        let same = lines.iter().find(|line| {
            let ours = canons(self.table, line);
            line.has_problem() && described.is_some() && ours.get("problem").map(Canon::key) == described.as_deref()
        });
        let no_base = way.row.was_downloaded();
        match same {
            Some(line) => {
                let ours = canons(self.table, line);
                let changes = if no_base { way.merged(annex, None, &ours, line) } else { way.laid_over(annex, &ours, line) };
                self.edit(connection, (scope, standing), way, line, changes, terms).await
            }
            None if tells => {
                let stood = line_of(&unit, lines);
                self.add_problem(connection, (scope, standing), &mut way, (UnitRef::Known(unit.id), Some(&stood)), terms).await
            }
            None => {
                let stood = line_of(&unit, lines);
                let mut ours = if lines.is_empty() { canons_of_unit(self.table, &unit) } else { canons(self.table, &stood) };
                ours.retain(|id, _| column(annex, id).is_some_and(|c| matches!(c.owner, Owner::Unit | Owner::SelfInspection)));
                let changes = if no_base { way.merged(annex, None, &ours, &stood) } else { way.laid_over(annex, &ours, &stood) };
                self.edit(connection, (scope, standing), way, &stood, changes, terms).await
            }
        }
    }

    /// A unit that is not on the register, with what the row tells of it; `made` by a row above, or by this one.
    async fn of_new_unit(
        &mut self,
        connection: &mut PgConnection,
        (scope, standing): (&Scope, &Standing),
        (mut way, key, made): (Way<'_>, Key, Option<Made>),
        terms: &Terms<'_>,
    ) -> Result<Planned, sqlx::Error> {
        let (slot, add) = match made {
            Some((slot, _)) => (slot, None),
            None => match fresh::unit_of(way.row, way.county, self.table, terms) {
                Ok((unit, doubts)) => {
                    way.doubts.extend(doubts);
                    (self.above.slots, Some(Act::AddUnit { slot: Some(self.above.slots), unit: Box::new(unit) }))
                }
                Err(findings) => return Ok(Planned::rejected(findings)),
            },
        };
        if let Some((_, row)) = made.filter(|_| !fresh::tells_problem(way.row, self.table.annex)) {
            let reason = format!("与第{row}行是同一单位，且本行没有问题，只导入前一行。");
            return Ok(Planned::rejected(vec![way.row.teller.finding("name", reason)]));
        }
        let mut planned = if fresh::tells_problem(way.row, self.table.annex) {
            self.add_problem(connection, (scope, standing), &mut way, (UnitRef::New(slot), None), terms).await?
        } else if way.open() {
            way.settled(Outcome::Asked, Vec::new())
        } else {
            match self.inspected(&way, UnitRef::New(slot), None, terms) {
                Ok((acts, doubts)) => {
                    way.doubts.extend(doubts);
                    way.settled(Outcome::Created, acts)
                }
                Err(findings) => return Ok(Planned::rejected(findings)),
            }
        };
        if planned.verdict.outcome == Outcome::Created
            && let Some(add) = add
        {
            planned.acts.insert(0, add);
            self.above.made.insert(key, (slot, way.row.line.row));
            self.above.slots += 1;
        }
        Ok(planned)
    }

    /// A problem that is not recorded yet, with the self-inspection that found it and the case over it.
    pub(super) async fn add_problem(
        &mut self,
        connection: &mut PgConnection,
        (scope, standing): (&Scope, &Standing),
        way: &mut Way<'_>,
        (unit, stood): (UnitRef, Option<&Stood>),
        terms: &Terms<'_>,
    ) -> Result<Planned, sqlx::Error> {
        let annex = self.table.annex;
        // A row that waits for an answer tells the rows below nothing.
        let texts = way.problem_texts();
        let Some(texts) = texts.filter(|_| !way.open()) else { return Ok(way.settled(Outcome::Asked, Vec::new())) };
        let mut acts = Vec::new();
        if let Some(line) = stood {
            // The unit's own cells of an own table are edits of the unit, beside the new problem.
            let mut ours = canons(self.table, line);
            ours.retain(|id, _| column(annex, id).is_some_and(|c| c.owner == Owner::Unit));
            let mut changes = way.laid_over(annex, &ours, line);
            if let Err(findings) = self.once(way, unit, &mut changes) {
                return Ok(Planned::rejected(findings));
            }
            let editing = Editing { table: self.table, terms, scope, row: way.row, line, changes: &changes };
            match editing.acts(connection).await? {
                Ok((more, doubts)) => {
                    acts.extend(more);
                    way.doubts.extend(doubts);
                }
                Err(findings) => return Ok(Planned::rejected(findings)),
            }
        }
        let (problem, doubts) = match fresh::problem_of(way.row, self.table, terms) {
            Ok(read) => read,
            Err(findings) => return Ok(Planned::rejected(findings)),
        };
        way.doubts.extend(doubts);
        if annex == Annex::One {
            match self.inspected(way, unit, stood, terms) {
                Ok((more, doubts)) => {
                    acts.extend(more);
                    way.doubts.extend(doubts);
                }
                Err(findings) => return Ok(Planned::rejected(findings)),
            }
        }
        let mut case = match self.case(way, standing, terms) {
            Ok(case) => case,
            Err(findings) => return Ok(Planned::rejected(findings)),
        };
        let parts = std::iter::repeat_n(problem, texts.len());
        for ((part, text), mut problem) in texts.into_iter().enumerate().zip(parts) {
            // The cell gives one amount: it stands with the first, the others say 并入上行.
            if part > 0 && problem.new.facts.invested.take().is_some() {
                problem.new.facts.invested_with_above = true;
            }
            problem.new.facts.description = Some(text).filter(|t| !t.is_empty());
            // One case covers all that a cell held.
            let joins = case.as_ref().map(CaseLine::joined);
            acts.push(Act::AddProblem(Box::new(NewProblemLine { unit, problem, case: case.take() })));
            case = joins;
        }
        Ok(way.settled(Outcome::Created, acts))
    }

    /// The self-inspection that a row tells of, where the unit's own does not say so yet.
    fn inspected(
        &mut self,
        way: &Way<'_>,
        unit: UnitRef,
        stood: Option<&Stood>,
        terms: &Terms<'_>,
    ) -> Result<(Vec<Act>, Vec<Finding>), Vec<Finding>> {
        if self.table.annex != Annex::One {
            return Ok((Vec::new(), Vec::new()));
        }
        let (told, doubts) = fresh::self_inspection_of(way.row, terms)?;
        let Some(told) = told else { return Ok((Vec::new(), doubts)) };
        let same = (told.state, told.inspected_on, told.found);
        match self.above.inspected.entry(unit) {
            Entry::Vacant(first) => drop(first.insert((same, way.row.line.row))),
            // The same, or a further problem of the same unit: the earlier row has said how the unit inspected itself.
            Entry::Occupied(before) if before.get().0 == same || told.state.done() => return Ok((Vec::new(), doubts)),
            Entry::Occupied(before) => {
                let reason = format!("与第{}行对同一单位的自查情况不一致，请核对。", before.get().1);
                return Err(vec![way.row.teller.finding("self_inspection", reason)]);
            }
        }
        let stands = stood.is_some_and(|line| {
            line.self_inspection.as_deref() == Some(told.state.code())
                && (told.inspected_on.is_none() || line.inspected_on == told.inspected_on)
                && (told.found.is_none() || line.found.as_deref() == told.found.map(|f| f.code()))
        });
        let acts = if stands { Vec::new() } else { vec![Act::Register(unit, Box::new(told))] };
        Ok((acts, doubts))
    }
}

fn made_key(way: &Way<'_>) -> Key {
    let identity = way.row.code().unwrap_or_else(|| way.row.key("name"));
    (way.county, identity.to_owned(), way.row.key("site").to_owned())
}

/// A unit's line: one that it has, or a bare one.
fn line_of(unit: &Unit, lines: &[Stood]) -> Stood {
    let line = Stood { county_id: unit.county_id.0, unit_id: unit.id, ..Stood::default() };
    lines.first().map_or(line, unit_alone)
}

/// A unit's line without the problem that stands on it.
pub(super) fn unit_alone(line: &Stood) -> Stood {
    Stood { problem_id: None, case_id: None, ..line.clone() }
}
