//! Rows that were downloaded here, edited elsewhere and come back: held against what they were downloaded with.

use super::Planner;
use super::own::unit_alone;
use crate::annexes::{Kept, Known, Owner};
use crate::base::Scope;
use crate::intake::Terms;
use crate::intake::act::{Act, Planned, UnitRef};
use crate::intake::annexes::canon::Canon;
use crate::intake::annexes::row::of_written;
use crate::intake::annexes::standing::{Standing, canons};
use crate::intake::annexes::way::{Way, column};
use crate::intake::preview::Outcome;
use sqlx::PgConnection;

impl Planner<'_> {
    /// A row that was downloaded here.
    pub(super) async fn returned(
        &mut self,
        connection: &mut PgConnection,
        scope: &Scope,
        standing: &Standing,
        mut way: Way<'_>,
        (known, kept): (Known, &Kept),
        terms: &Terms<'_>,
    ) -> Result<Planned, sqlx::Error> {
        let base = of_written(self.table.annex, &kept.cells, self.table.today);
        if let Some(first) = self.above.came.insert(known, way.row.line.row) {
            self.above.came.insert(known, first);
            let text = format!("此行由第{first}行复制而来，是否作为新的问题登记？");
            let answers = [("skip", "不登记"), ("new", "作为新问题登记")];
            return match way.ask_row("row", text, &answers) {
                Some("new") => self.further(connection, scope, standing, way, kept, terms).await,
                Some(_) => Ok(way.settled(Outcome::Unchanged, Vec::new())),
                None => Ok(way.settled(Outcome::Asked, Vec::new())),
            };
        }
        let untouched = way.row.cells.iter().all(|(id, theirs)| base.get(id).is_none_or(|b| b.key() == theirs.key()));
        if untouched {
            return Ok(way.settled(Outcome::Unchanged, Vec::new()));
        }
        let problem_columns = |id: &str| column(self.table.annex, id).is_some_and(|c| c.owner == Owner::Problem);
        let Some(line) = standing.again(kept) else {
            let Some(unit_line) = standing.lines(kept.unit).first().filter(|_| kept.problem.is_none()) else {
                let reason = "该行对应的问题已不在本表中（可能已被他人更正或办结），请在页面上核对。";
                return Ok(Planned::rejected(vec![way.row.teller.finding("name", reason)]));
            };
            // The unit had no problem when the file was written, and has one by now.
            let mut ours = canons(self.table, unit_line);
            ours.iter_mut().filter(|(id, _)| problem_columns(id)).for_each(|(_, cell)| *cell = Canon::default());
            let changes = way.merged(self.table.annex, Some(&base), &ours, unit_line);
            let bare = unit_alone(unit_line);
            return self.edit(connection, (scope, standing), way, &bare, changes, terms).await;
        };
        let emptied = kept.problem.is_some()
            && ["problem", "problem_kind"].iter().all(|id| way.row.cells.get(id).is_some_and(Canon::is_empty))
            && way.row.value("has_problem") != "some";
        if let Some(problem) = kept.problem.filter(|_| emptied) {
            let text = "文件把该问题改成了“未发现问题”。问题不能删除：保留，还是按“不属实”办结？".to_owned();
            return Ok(match way.ask_row("problem", text, &[("keep", "保留问题"), ("unfounded", "按“不属实”办结")]) {
                Some("unfounded") => {
                    let reason = format!("{}回传时改为未发现问题", self.table.annex.mark());
                    way.settled(Outcome::Updated, vec![Act::EndProblem(problem, reason)])
                }
                Some(_) => way.settled(Outcome::Unchanged, Vec::new()),
                None => way.settled(Outcome::Asked, Vec::new()),
            });
        }
        let ours = canons(self.table, line);
        let changes = way.merged(self.table.annex, Some(&base), &ours, line);
        self.edit(connection, (scope, standing), way, line, changes, terms).await
    }

    /// A copied row that is to be a new problem of the same unit.
    async fn further(
        &mut self,
        connection: &mut PgConnection,
        scope: &Scope,
        standing: &Standing,
        mut way: Way<'_>,
        kept: &Kept,
        terms: &Terms<'_>,
    ) -> Result<Planned, sqlx::Error> {
        let Some(line) = standing.lines(kept.unit).first() else {
            return Ok(Planned::rejected(vec![way.row.teller.finding("name", "登记簿中已没有该单位，请核对。")]));
        };
        self.add_problem(connection, (scope, standing), &mut way, (UnitRef::Known(kept.unit), Some(line)), terms).await
    }
}
