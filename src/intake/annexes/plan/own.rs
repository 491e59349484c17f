//! Rows of a table of one's own: units that are on the register or are not, and what is told of them for the first time.

use super::Planner;
use super::once::Noted;
use crate::annexes::{Annex, Line as Stood, Owner};
use crate::base::Scope;
use crate::intake::Terms;
use crate::intake::act::{Act, CaseLine, NewProblemLine, Planned, UnitRef};
use crate::intake::annexes::canons::Canons;
use crate::intake::annexes::edits::Editing;
use crate::intake::annexes::fresh;
use crate::intake::annexes::row::Row;
use crate::intake::annexes::standing::{Standing, canons, line_of_unit};
use crate::intake::annexes::way::{Way, column};
use crate::intake::preview::{Finding, Outcome};
use crate::intake::units::Found;
use sqlx::PgConnection;

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
        let stands = standing.unit(way.county, way.row);
        let made = self.above.made.find(&way).filter(|made| !(made.by_name() && matches!(stands, Found::One(_))));
        if made.is_some() {
            return self.of_new_unit(connection, (scope, standing), (way, made), terms).await;
        }
        let unit = match stands {
            Found::One(unit) => unit,
            Found::Several => {
                let reason = "登记簿中有多家同名单位，无法判断是哪一家。请补填统一社会信用代码或厂区。";
                return Ok(Planned::rejected(vec![way.row.teller.finding("name", reason)]));
            }
            Found::Nothing => return self.of_new_unit(connection, (scope, standing), (way, None), terms).await,
        };
        let lines = standing.lines(unit.id);
        let further = fresh::tells_problem(way.row, annex);
        let problem = self.meant(lines, way.row);
        let stood = problem.cloned().unwrap_or_else(|| lines.first().map_or_else(|| line_of_unit(&unit), unit_alone));
        let mut ours = canons(self.table, &stood);
        if problem.is_none() {
            ours.retain(|id, _| beside_problem(annex, id) || !further && is_of(annex, id, Owner::SelfInspection));
        }
        let no_base = way.row.was_downloaded();
        if let Some(first) = standing.first_of_case(&stood).filter(|_| !no_base) {
            // A table of one's own may tell the case on each of its rows.
            let told = canons(self.table, first);
            let of_case = told.iter().filter(|(id, _)| is_of(annex, id, Owner::Case) || is_of(annex, id, Owner::Measure));
            of_case.for_each(|(id, canon)| ours.set(id, canon.clone()));
        }
        let changes = if no_base { way.merged(annex, None, &ours, &stood) } else { way.laid_over(annex, &ours, &stood) };
        if problem.is_none() && further {
            let unit = (UnitRef::Known(unit.id), Some((&stood, changes)));
            return self.add_problem(connection, (scope, standing), &mut way, unit, terms).await;
        }
        self.edit(connection, (scope, standing), way, &stood, changes, terms).await
    }

    /// The problem of a unit that a row tells: the same words, and told by no row above. Of several the one that is most alike.
    pub(super) fn meant<'s>(&mut self, lines: &'s [Stood], row: &Row<'_>) -> Option<&'s Stood> {
        if !fresh::tells_problem(row, self.table.annex) {
            return None;
        }
        let alike = |line: &'s Stood| {
            let id = line.problem_id.filter(|id| !self.above.meant.contains(id))?;
            let ours = canons(self.table, line);
            let same = |column: &str| ours.get(column).is_some_and(|c| c.key() == row.key(column));
            let words = same("problem") && (!row.key("problem").is_empty() || same("problem_kind"));
            words.then(|| (ours.iter().filter(|(column, c)| c.key() == row.key(column)).count(), id, line))
        };
        // The first of those that are equally alike.
        let (_, id, line) = lines.iter().filter_map(alike).rev().max_by_key(|(equal, ..)| *equal)?;
        self.above.meant.insert(id);
        Some(line)
    }

    /// A problem that is not recorded yet, with the self-inspection that found it and the case over it. A unit that stands comes
    /// with its line and what was decided of its own cells.
    pub(super) async fn add_problem(
        &mut self,
        connection: &mut PgConnection,
        (scope, standing): (&Scope, &Standing),
        way: &mut Way<'_>,
        (unit, stood): (UnitRef, Option<(&Stood, Canons)>),
        terms: &Terms<'_>,
    ) -> Result<Planned, sqlx::Error> {
        let annex = self.table.annex;
        // A row that waits for an answer tells the rows below nothing.
        let texts = way.problem_texts();
        let Some(texts) = texts.filter(|_| !way.open()) else { return Ok(way.settled(Outcome::Asked, Vec::new())) };
        let (mut acts, mut noted) = (Vec::new(), Noted::new());
        if let Some((line, changes)) = &stood {
            let mut changes = changes.clone();
            changes.retain(|id, _| is_of(annex, id, Owner::Unit));
            match self.once(way, (unit, None), &mut changes) {
                Ok(first) => noted.extend(first),
                Err(findings) => return Ok(Planned::rejected(findings)),
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
            match self.inspected(way, unit, stood.as_ref(), terms) {
                Ok((more, first)) => {
                    acts.extend(more);
                    noted.extend(first);
                }
                Err(findings) => return Ok(Planned::rejected(findings)),
            }
        }
        let grounds = fresh::grounds_of(way.row, terms);
        let mut case = match self.case(way, standing, (unit, &grounds), terms) {
            Ok(_) if way.open() => return Ok(way.settled(Outcome::Asked, Vec::new())),
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
        self.above.edited.note(noted);
        Ok(way.settled(Outcome::Created, acts))
    }

    /// The self-inspection that a row tells of, where neither the unit's own nor a row above says so yet.
    pub(super) fn inspected(
        &self,
        way: &mut Way<'_>,
        unit: UnitRef,
        stood: Option<&(&Stood, Canons)>,
        terms: &Terms<'_>,
    ) -> Result<(Vec<Act>, Noted), Vec<Finding>> {
        let nothing = (Vec::new(), Noted::new());
        if self.table.annex != Annex::One {
            return Ok(nothing);
        }
        let (told, doubts) = fresh::self_inspection_of(way.row, terms)?;
        way.doubts.extend(doubts);
        let Some(mut told) = told else { return Ok(nothing) };
        if let Some((line, changes)) = stood
            && !changes.contains("self_inspected_on")
        {
            // The day that stands was decided to stay.
            told.inspected_on = line.inspected_on;
        }
        let noted = self.above.edited.inspected(way.row, unit, &mut told, &mut way.doubts)?;
        let Some(noted) = noted else { return Ok(nothing) };
        let stands = stood.is_some_and(|(line, _)| {
            line.self_inspection.as_deref() == Some(told.state.code())
                && (told.inspected_on.is_none() || line.inspected_on == told.inspected_on)
                && (told.found.is_none() || line.found.as_deref() == told.found.map(|f| f.code()))
        });
        Ok((if stands { Vec::new() } else { vec![Act::Register(unit, Box::new(told))] }, noted))
    }
}

/// Whether a column of an annex is of this owner.
fn is_of(annex: Annex, id: &str, owner: Owner) -> bool {
    column(annex, id).is_some_and(|c| c.owner == owner)
}

/// Whether a cell stands beside a new problem of a unit as it would without one.
pub(super) fn beside_problem(annex: Annex, id: &str) -> bool {
    id == "self_inspected_on" || is_of(annex, id, Owner::Unit)
}

/// A unit's line without the problem that stands on it.
pub(super) fn unit_alone(line: &Stood) -> Stood {
    Stood { problem_id: None, case_id: None, ..line.clone() }
}
