//! What is to be done for each row of an annex, held against what stands now and, for a file that comes back, against what it
//! was downloaded with.

mod own;

use self::own::unit_alone;
use super::canon::Canon;
use super::canons::Canons;
use super::edits::Editing;
use super::fresh;
use super::row::{Places, Row, YUAN, of_written, slip_of};
use super::standing::{Standing, Table, canons};
use super::way::{Way, column};
use crate::annexes::{Annex, Kept, Known, Line as Stood, Owner};
use crate::base::{CountyId, Scope};
use crate::intake::act::{Act, CaseRef, Planned, UnitRef};
use crate::intake::preview::{Finding, Outcome, Question};
use crate::intake::{About, Choices, Line, Missing, Terms};
use crate::self_inspections::Found;
use crate::vocabulary::SelfInspectionState;
use chrono::NaiveDate;
use sqlx::PgConnection;
use std::collections::{HashMap, HashSet};

/// Lines that a file no longer has are told up to here.
const MOST_MISSING: usize = 500;

/// What tells one self-inspection of a unit from another.
type Inspected = (SelfInspectionState, Option<NaiveDate>, Option<Found>);

/// What tells a unit of the file from others: county, code or key of the name, key of the site.
type Key = (CountyId, String, String);

/// A unit that the file makes: its slot, and the row that makes it.
type Made = (usize, u32);

/// What stood above in a file.
#[derive(Debug, Default)]
pub struct Above {
    /// The keys of downloaded rows that have come.
    came: HashMap<Known, u32>,
    /// Units that the file makes.
    made: HashMap<Key, Made>,
    slots: usize,
    /// Edits of a unit and its self-inspection, with the row that made them.
    edited: HashMap<(UnitRef, &'static str), (String, u32)>,
    /// Self-inspections that were told, with the row that told them.
    inspected: HashMap<UnitRef, (Inspected, u32)>,
    /// Cases that the file makes or names, by number.
    cases: HashMap<String, CaseRef>,
    last_case: Option<CaseRef>,
    case_slots: usize,
}

/// Goes through some rows of a file in order.
#[derive(Debug)]
pub struct Planner<'a> {
    table: Table<'a>,
    above: &'a mut Above,
}

/// Rows as read, with what stands about them: all that can be known of some rows without the rows above.
#[derive(Debug)]
pub struct LookedUp<'l> {
    rows: Vec<(Option<Row<'l>>, &'l Choices)>,
    standing: Standing,
}

impl<'l> LookedUp<'l> {
    /// Reads lines and looks up what they may mean.
    pub async fn of(
        connection: &mut PgConnection,
        scope: &Scope,
        table: Table<'_>,
        about: &'l About,
        lines: &'l [(Line, Choices)],
        terms: &Terms<'_>,
    ) -> Result<Self, sqlx::Error> {
        let places = Places::of(table.annex, about, terms.directory);
        let rows: Vec<_> = lines.iter().map(|(line, choices)| (Row::read(&places, about, line, terms), choices)).collect();
        let standing = Standing::of(connection, scope, table, rows.iter().filter_map(|(row, _)| row.as_ref())).await?;
        Ok(Self { rows, standing })
    }
}

impl Above {
    /// After the last row: the lines that were downloaded and that the file no longer has.
    pub async fn missing(&self, connection: &mut PgConnection, scope: &Scope, annex: Annex) -> Result<Vec<Missing>, sqlx::Error> {
        let came: HashSet<Known> = self.came.keys().copied().collect();
        let cell = |kept: &Kept, id: &str| {
            let at = annex.columns().iter().position(|c| c.id == id);
            at.and_then(|at| kept.cells.get(at)).cloned().unwrap_or_default()
        };
        let missing = crate::annexes::left_out(connection, scope, &came, MOST_MISSING).await?;
        let told = |kept: Kept| Missing {
            unit: kept.unit,
            problem: kept.problem,
            name: cell(&kept, "name"),
            found: cell(&kept, "problem"),
        };
        Ok(missing.into_iter().map(told).collect())
    }
}

impl<'a> Planner<'a> {
    /// Below what stood above.
    pub fn new(table: Table<'a>, above: &'a mut Above) -> Self {
        Self { table, above }
    }

    /// Says what becomes of the next rows.
    pub async fn plan(
        &mut self,
        connection: &mut PgConnection,
        scope: &Scope,
        looked: LookedUp<'_>,
        terms: &Terms<'_>,
    ) -> Result<Vec<Planned>, sqlx::Error> {
        let LookedUp { mut rows, standing } = looked;
        let mut planned = Vec::with_capacity(rows.len());
        for (row, choices) in &mut rows {
            planned.push(match row {
                Some(row) => {
                    let asked = self.slips(&standing, row, choices, terms);
                    self.row(connection, scope, &standing, (row, choices, asked), terms).await?
                }
                None => Planned::rejected(Vec::new()),
            });
        }
        Ok(planned)
    }

    /// Asks whether 元 was meant where an amount is ten thousand times too large, and takes the answer into the row. An amount that
    /// stands already is nobody's slip of today.
    fn slips(&self, standing: &Standing, row: &mut Row<'_>, choices: &Choices, terms: &Terms<'_>) -> Vec<Question> {
        let slips = row.slips(terms);
        if slips.is_empty() {
            return Vec::new();
        }
        let stood = standing.canons(self.table, row);
        let mut asked = Vec::new();
        for (id, typed, meant) in slips {
            if stood.iter().any(|line| line.get(id).map(|c| &c.value) == row.cells.get(id).map(|c| &c.value)) {
                continue;
            }
            let heading = column(self.table.annex, id).map_or("", |c| c.heading);
            let (typed_words, meant_words) = (typed.compact(), meant.compact());
            let written = typed.to_wan();
            let text = format!("{heading}：本栏单位为“万元”，文件中为{written}，即{typed_words}，是否应为{meant_words}？");
            let answers = [(YUAN, format!("按{meant_words}导入")), ("wan", format!("确为{typed_words}"))];
            let question = Question::of_row(&slip_of(id), text, &answers, choices);
            if question.answer.as_deref() == Some(YUAN) {
                row.mend(id, meant);
            }
            asked.push(question);
        }
        asked
    }

    async fn row(
        &mut self,
        connection: &mut PgConnection,
        scope: &Scope,
        standing: &Standing,
        (row, choices, asked): (&Row<'_>, &Choices, Vec<Question>),
        terms: &Terms<'_>,
    ) -> Result<Planned, sqlx::Error> {
        let based = row.known.and_then(|known| standing.base(known).map(|base| (known, base)));
        let mut bad = row.bad.clone();
        let county = match (&based, &row.county) {
            (Some((_, (county, _))), _) if terms.county.is_none_or(|own| own == *county) => Some(*county),
            (Some((_, (county, _))), _) => {
                let name = terms.directory.name(*county);
                bad.push(row.teller.finding("name", format!("该行属于{name}，不在本次导入的县区内。")));
                None
            }
            (None, Ok(county)) => Some(*county),
            (None, Err(reason)) => {
                bad.push(row.teller.finding("county", reason.clone()));
                None
            }
        };
        if row.value("name").is_empty() && !bad.iter().any(|f| f.field == "name") {
            bad.push(row.teller.finding("name", "请填写单位名称。"));
        }
        let Some(county) = county.filter(|_| bad.is_empty()) else { return Ok(Planned::rejected(bad)) };
        let way = Way::of(row, county, choices, asked);
        match based {
            Some((known, (_, kept))) => self.returned(connection, scope, standing, way, (known, kept), terms).await,
            None => self.own(connection, scope, standing, way, terms).await,
        }
    }

    /// A row that was downloaded here.
    async fn returned(
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

    /// Cells that change go into the facts that own them.
    async fn edit(
        &mut self,
        connection: &mut PgConnection,
        (scope, standing): (&Scope, &Standing),
        mut way: Way<'_>,
        line: &Stood,
        mut changes: Canons,
        terms: &Terms<'_>,
    ) -> Result<Planned, sqlx::Error> {
        if let Err(findings) = self.once(&mut way, UnitRef::Known(line.unit_id), &mut changes) {
            return Ok(Planned::rejected(findings));
        }
        way.computed(self.table.annex, &mut changes);
        if way.open() {
            return Ok(way.settled(Outcome::Asked, Vec::new()));
        }
        if changes.is_empty() {
            return Ok(way.settled(Outcome::Unchanged, Vec::new()));
        }
        let new_problem = !line.has_problem()
            && changes.iter().any(|(id, _)| column(self.table.annex, id).is_some_and(|c| c.owner == Owner::Problem))
            && fresh::tells_problem(way.row, self.table.annex);
        if new_problem {
            return self
                .add_problem(connection, (scope, standing), &mut way, (UnitRef::Known(line.unit_id), Some(line)), terms)
                .await;
        }
        let editing = Editing { table: self.table, terms, scope, row: way.row, line, changes: &changes };
        Ok(match editing.acts(connection).await? {
            Ok((acts, doubts)) => {
                way.doubts.extend(doubts);
                let outcome = if acts.is_empty() { Outcome::Unchanged } else { Outcome::Updated };
                way.settled(outcome, acts)
            }
            Err(findings) => Planned::rejected(findings),
        })
    }

    /// An edit of a unit stands on each of its rows: the same twice is one, two different ones are told.
    fn once(&mut self, way: &mut Way<'_>, unit: UnitRef, changes: &mut Canons) -> Result<(), Vec<Finding>> {
        let mut findings = Vec::new();
        let annex = self.table.annex;
        let edited = &mut self.above.edited;
        changes.retain(|id, canon| {
            let shared = column(annex, id).is_some_and(|c| matches!(c.owner, Owner::Unit | Owner::SelfInspection));
            if !shared {
                return true;
            }
            match edited.get(&(unit, id)) {
                Some((same, _)) if same == canon.key() => {
                    way.unchange(id);
                    false
                }
                Some((_, row)) => {
                    let reason = format!("与第{row}行对同一单位的修改不一致，请核对后只保留一种。");
                    findings.push(way.row.teller.finding(id, reason));
                    true
                }
                None => {
                    edited.insert((unit, id), (canon.key().to_owned(), way.row.line.row));
                    true
                }
            }
        });
        if findings.is_empty() { Ok(()) } else { Err(findings) }
    }
}
