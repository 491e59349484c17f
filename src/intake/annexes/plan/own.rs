//! Rows of a table of one's own: units that are on the register or are not, and what is told of them for the first time.

use super::Planner;
use super::made::identity;
use super::once::{Edited, Noted};
use crate::annexes::{Annex, Line as Stood, Owner};
use crate::base::Scope;
use crate::base::money::Unit;
use crate::intake::Terms;
use crate::intake::act::{Act, CaseLine, NewProblemLine, Planned, UnitRef};
use crate::intake::annexes::canon;
use crate::intake::annexes::canons::Canons;
use crate::intake::annexes::edits::Editing;
use crate::intake::annexes::fresh;
use crate::intake::annexes::row::Row;
use crate::intake::annexes::standing::{Standing, canons, line_of_unit};
use crate::intake::annexes::way::{Way, column, is_of};
use crate::intake::preview::{Finding, Outcome};
use crate::intake::units::Found;
use sqlx::PgConnection;

/// What a new problem is told beside.
pub(super) struct Beside<'s> {
    /// Its unit.
    pub unit: UnitRef,
    /// The line of a unit that stands, with what was decided of the unit's own cells.
    pub stood: Option<(&'s Stood, Canons)>,
    /// The line from which the row was copied, case and all.
    pub copied: Option<&'s Stood>,
}

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
        let identity = identity(&way);
        let made = self.above.made.find(&identity).filter(|made| !(made.by_name() && matches!(stands, Found::One(_))));
        let several = |place: &str| {
            let reason = format!("{place}中有多家同名单位，无法判断是哪一家。请补填统一社会信用代码或厂区。");
            Planned::rejected(vec![way.row.teller.finding("name", reason)])
        };
        if made.is_some() && self.above.made.several(&identity) {
            return Ok(several("文件"));
        }
        let unit = match stands {
            Found::One(unit) if made.is_none() => unit,
            Found::Several if made.is_none() => return Ok(several("登记簿")),
            _ => return self.of_new_unit(connection, (scope, standing), (way, identity, made), terms).await,
        };
        let lines = standing.lines(unit.id);
        let further = fresh::tells_problem(way.row, annex);
        let problem = self.meant(lines, way.row);
        let stood = problem.cloned().unwrap_or_else(|| lines.first().map_or_else(|| line_of_unit(&unit), unit_alone));
        let no_base = way.row.was_downloaded();
        let mut ours = if no_base { canons(self.table, &stood) } else { standing.with_case(self.table, &stood) };
        if problem.is_none() {
            ours.retain(|id, _| beside_problem(annex, id) || !further && is_of(annex, id, Owner::SelfInspection));
        }
        let changes = if no_base { way.merged(annex, None, &ours, &stood) } else { way.laid_over(annex, &ours, &stood) };
        if problem.is_none() && further {
            let beside = Beside { unit: UnitRef::Known(unit.id), stood: Some((&stood, changes)), copied: None };
            return self.add_problem(connection, (scope, standing), &mut way, beside, terms).await;
        }
        if problem.is_none() && !no_base {
            way.without_problem(annex);
        }
        let nothing_found =
            (way.row.value("has_problem") == "none").then(|| Edited::nothing_found(way.row, UnitRef::Known(unit.id)));
        let planned = Box::pin(self.edit(connection, (scope, standing), way, &stood, changes, terms)).await?;
        if matches!(planned.verdict.outcome, Outcome::Updated | Outcome::Unchanged) {
            // A problem further down would say otherwise, even where this changes nothing.
            self.above.edited.note(nothing_found.into_iter().collect());
        }
        Ok(planned)
    }

    /// The problem of a unit that a row tells: the same words, and told by no row above. Of several the one that is most alike.
    pub(super) fn meant<'s>(&mut self, lines: &'s [Stood], row: &Row<'_>) -> Option<&'s Stood> {
        if !fresh::tells_problem(row, self.table.annex) {
            return None;
        }
        let alike = |line: &'s Stood| {
            let id = (line.problem_id?, line.case_id);
            if self.above.meant.contains(&id) {
                return None;
            }
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

    /// The problems that a row's text holds and that are not recorded yet. `None`: that is asked.
    fn problem_texts(&mut self, way: &mut Way<'_>, standing: &Standing, unit: UnitRef) -> Option<Vec<String>> {
        let parts = way.problem_parts();
        let lines = match unit {
            UnitRef::Known(id) => standing.lines(id),
            UnitRef::New(_) => &[],
        };
        if lines.is_empty() || parts.len() < 2 {
            return way.problem_texts(parts);
        }
        let (mut recorded, mut new) = (0, Vec::new());
        for part in &parts {
            let told = column(self.table.annex, "problem").map(|c| canon::of_text(c, part, Unit::Wan, self.table.today));
            let told = told.and_then(Result::ok).unwrap_or_default();
            let stands = |line: &Stood| canons(self.table, line).get("problem").is_some_and(|ours| ours.key() == told.key());
            let free = lines.iter().filter_map(|line| Some(((line.problem_id?, line.case_id), line)));
            match free.filter(|(id, _)| !self.above.meant.contains(id)).find(|(_, line)| stands(line)) {
                Some((id, _)) => {
                    self.above.meant.insert(id);
                    recorded += 1;
                }
                None => new.push(part.clone()),
            }
        }
        match (recorded, new.len()) {
            (0, _) => way.problem_texts(parts),
            (_, 0) => Some(Vec::new()),
            (recorded, left) => {
                let text = format!("一个单元格内写了{}个问题，其中{recorded}个已登记，是否登记其余{left}个？", parts.len());
                match way.ask_row("split", text, &[("split", "登记其余问题"), ("skip", "不登记")]) {
                    Some("split") => Some(new),
                    Some(_) => Some(Vec::new()),
                    None => None,
                }
            }
        }
    }

    /// A problem that is not recorded yet, with the self-inspection that found it and the case over it. A unit that stands comes
    /// with its line and what was decided of its own cells.
    pub(super) async fn add_problem(
        &mut self,
        connection: &mut PgConnection,
        (scope, standing): (&Scope, &Standing),
        way: &mut Way<'_>,
        Beside { unit, stood, copied }: Beside<'_>,
        terms: &Terms<'_>,
    ) -> Result<Planned, sqlx::Error> {
        let annex = self.table.annex;
        // A row that waits for an answer tells the rows below nothing.
        let texts = self.problem_texts(way, standing, unit);
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
            match Box::pin(editing.acts(connection)).await? {
                Ok((more, doubts)) => {
                    acts.extend(more);
                    way.doubts.extend(doubts);
                }
                Err(findings) => return Ok(Planned::rejected(findings)),
            }
        }
        if texts.is_empty() {
            // All that the cell holds is recorded already.
            self.above.edited.note(noted);
            let outcome = if acts.is_empty() { Outcome::Unchanged } else { Outcome::Updated };
            return Ok(way.settled_beside(outcome, acts));
        }
        let (problem, doubts) = match way.ahead.problem(way.row, self.table, terms) {
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
        let mut case = match self.case(way, standing, (unit, &grounds, copied), terms) {
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
            acts.push(Act::AddProblem(NewProblemLine { unit, problem, case: case.take() }));
            case = joins;
        }
        self.above.edited.note(noted);
        Ok(way.settled_beside(Outcome::Created, acts))
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
        let (told, doubts) = way.ahead.inspection(way.row, terms)?;
        way.doubts.extend(doubts);
        let Some(mut told) = told else { return Ok(nothing) };
        if let Some((_, changes)) = stood
            && !changes.contains("self_inspected_on")
        {
            // The day that stands, if one does, was decided to stay.
            told.inspected_on = None;
        }
        let noted = self.above.edited.inspected(way.row, unit, &mut told, &mut way.doubts)?;
        let Some(noted) = noted else { return Ok(nothing) };
        let stands = stood.is_some_and(|(line, _)| {
            line.self_inspection.as_deref() == Some(told.state.code())
                && (told.inspected_on.is_none() || line.inspected_on == told.inspected_on)
                && (told.found.is_none() || line.found.as_deref() == told.found.map(|f| f.code()))
        });
        Ok((if stands { Vec::new() } else { vec![Act::Register(unit, told)] }, noted))
    }
}

/// Whether a cell stands beside a new problem of a unit as it would without one.
pub(super) fn beside_problem(annex: Annex, id: &str) -> bool {
    id == "self_inspected_on" || is_of(annex, id, Owner::Unit)
}

/// A unit's line without the problem that stands on it.
pub(super) fn unit_alone(line: &Stood) -> Stood {
    Stood { problem_id: None, case_id: None, ..line.clone() }
}
