//! Rows that were downloaded here, edited elsewhere and come back: held against what they were downloaded with.

use super::Planner;
use super::own::{Beside, beside_problem, unit_alone};
use crate::annexes::{Kept, Line as Stood, Owner};
use crate::base::Scope;
use crate::intake::Terms;
use crate::intake::act::{Act, Planned, UnitRef};
use crate::intake::annexes::canon::Canon;
use crate::intake::annexes::canons::Canons;
use crate::intake::annexes::row::of_written;
use crate::intake::annexes::standing::{Standing, canons};
use crate::intake::annexes::way::{Way, is_of};
use crate::intake::preview::Outcome;
use crate::vocabulary::Progress;
use sqlx::PgConnection;

/// The columns in which a problem is told.
const PROBLEM: [&str; 2] = ["problem", "problem_kind"];

impl Planner<'_> {
    /// A row that was downloaded here; `copied`: the row of which it is a copy.
    pub(super) async fn returned(
        &mut self,
        connection: &mut PgConnection,
        (scope, standing): (&Scope, &Standing),
        mut way: Way<'_>,
        (kept, copied): (&Kept, Option<u32>),
        terms: &Terms<'_>,
    ) -> Result<Planned, sqlx::Error> {
        let annex = self.table.annex;
        let base = of_written(annex, &kept.cells, self.table.today);
        if let Some(first) = copied {
            return self.copy(connection, (scope, standing), way, (kept, base, first), terms).await;
        }
        let untouched = way.row.cells.iter().all(|(id, theirs)| base.get(id).is_none_or(|b| b.key() == theirs.key()));
        if untouched && way.row.notes.is_empty() {
            if let Some(line) = standing.again(kept) {
                self.above.cases.stands(line, &way);
            }
            return Ok(way.settled(Outcome::Unchanged, Vec::new()));
        }
        let again = standing.again(kept);
        // The row told no problem when it went out. What it tells now may have been recorded meanwhile.
        let again = match (again, kept.problem) {
            (None, None) => self.meant(standing.lines(kept.unit), way.row),
            (again, _) => again,
        };
        let Some(line) = again else {
            let Some(unit_line) = standing.lines(kept.unit).first().filter(|_| kept.problem.is_none()) else {
                let reason = "该行对应的问题已不在本表中（可能已被他人更正或办结），请在页面上核对。";
                return Ok(Planned::rejected(vec![way.row.teller.finding("name", reason)]));
            };
            // The unit had no problem when the file was written, and has one by now.
            let mut ours = canons(self.table, unit_line);
            ours.iter_mut().filter(|(id, _)| is_of(annex, id, Owner::Problem)).for_each(|(_, cell)| *cell = Canon::default());
            let changes = way.merged(annex, Some(&base), &ours, unit_line);
            let bare = unit_alone(unit_line);
            return self.edit(connection, (scope, standing), way, &bare, changes, terms).await;
        };
        let told = |cells: &Canons, id: &str| cells.get(id).is_some_and(|cell| !cell.is_empty());
        let emptied = kept.problem.is_some()
            && PROBLEM.iter().any(|id| told(&base, id))
            && PROBLEM.iter().all(|id| way.row.cells.get(id).is_some_and(Canon::is_empty))
            && way.row.value("has_problem") != "some";
        let ours = if kept.case.is_none() { standing.with_case(self.table, line) } else { canons(self.table, line) };
        let changes = way.merged(annex, Some(&base), &ours, line);
        if emptied {
            return self.emptied(connection, (scope, standing), way, (line, changes), terms).await;
        }
        self.edit(connection, (scope, standing), way, line, changes, terms).await
    }

    /// A problem whose words were taken out of the file. It cannot be deleted: that is asked. What else was edited goes in.
    async fn emptied(
        &mut self,
        connection: &mut PgConnection,
        (scope, standing): (&Scope, &Standing),
        mut way: Way<'_>,
        (line, mut changes): (&Stood, Canons),
        terms: &Terms<'_>,
    ) -> Result<Planned, sqlx::Error> {
        let Some(problem) = line.problem_id else { return Ok(way.settled(Outcome::Unchanged, Vec::new())) };
        let open = line.progress().is_some_and(Progress::open);
        let text = "文件把该问题改成了“未发现问题”。问题不能删除：保留，还是按“不属实”办结？".to_owned();
        let (keep, unfounded) = (("keep", "保留问题"), ("unfounded", "按“不属实”办结"));
        // What is verified or ended stays as it is.
        let ends = if open { way.ask_row("problem", text, &[keep, unfounded]) } else { Some("keep") } == Some("unfounded");
        let of_problem = |id: &str| is_of(self.table.annex, id, Owner::Problem);
        let taken_out = |id: &str| id == "has_problem" || PROBLEM.contains(&id) || ends && of_problem(id);
        changes.iter().map(|(id, _)| id).filter(|id| taken_out(id)).for_each(|id| way.unchange(id));
        changes.retain(|id, _| !taken_out(id));
        if !open {
            way.doubts.push(way.row.teller.finding("problem", "该问题已销号或办结，文件中清空的问题内容未导入。"));
        }
        let reason = format!("{}回传时改为未发现问题", self.table.annex.mark());
        let mut planned = self.edit(connection, (scope, standing), way, line, changes, terms).await?;
        if ends && matches!(planned.verdict.outcome, Outcome::Updated | Outcome::Unchanged) {
            planned.verdict.outcome = Outcome::Updated;
            planned.acts.push(Act::EndProblem(problem, reason));
        }
        Ok(planned)
    }

    /// A copied row: a problem of the same unit that was registered since, or one that is asked about.
    async fn copy(
        &mut self,
        connection: &mut PgConnection,
        (scope, standing): (&Scope, &Standing),
        mut way: Way<'_>,
        (kept, mut base, first): (&Kept, Canons, u32),
        terms: &Terms<'_>,
    ) -> Result<Planned, sqlx::Error> {
        let annex = self.table.annex;
        let whole = base.clone();
        base.retain(|id, _| beside_problem(annex, id));
        let lines = standing.lines(kept.unit);
        if let Some(line) = self.meant(lines, way.row) {
            let changes = way.merged(annex, Some(&base), &standing.with_case(self.table, line), line);
            return self.edit(connection, (scope, standing), way, line, changes, terms).await;
        }
        let text = format!("此行由第{first}行复制而来，是否作为新的问题登记？");
        match way.ask_row("row", text, &[("skip", "不登记"), ("new", "作为新问题登记")]) {
            Some("new") => {}
            Some(_) => return Ok(way.settled(Outcome::Unchanged, Vec::new())),
            None => return Ok(way.settled(Outcome::Asked, Vec::new())),
        }
        let Some(line) = lines.first() else {
            return Ok(Planned::rejected(vec![way.row.teller.finding("name", "登记簿中已没有该单位，请核对。")]));
        };
        let mut ours = canons(self.table, line);
        ours.retain(|id, _| beside_problem(annex, id));
        let changes = way.merged(annex, Some(&base), &ours, line);
        let numbered = |cells: &Canons| ["case_number", "decision_number"].map(|id| cells.get(id).map(|c| c.key().to_owned()));
        // With the numbers of its case, or none, as they were downloaded: the copy is of the same case.
        let copied = lines.iter().find(|line| kept.case.is_some() && line.case_id == kept.case);
        let copied = copied.filter(|_| numbered(&way.row.cells) == numbered(&whole));
        let beside = Beside { unit: UnitRef::Known(kept.unit), stood: Some((line, changes)), copied };
        self.add_problem(connection, (scope, standing), &mut way, beside, terms).await
    }
}
