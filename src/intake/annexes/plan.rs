//! What is to be done for each row of an annex, held against what stands now and, for a file that comes back, against what it
//! was downloaded with.

mod cases;
mod made;
mod once;
mod own;
mod returned;
mod told;

use self::cases::Cases;
use self::made::Made;
use self::once::Edited;
use self::own::Beside;
use super::ahead::Ahead;
use super::canons::Canons;
use super::edits::Editing;
use super::fresh;
use super::row::{Places, Row, YUAN, slip_of};
use super::standing::{Standing, Table, canons};
use super::way::{Way, column, is_of};
use crate::annexes::{Annex, Kept, Known, Line as Stood, Owner};
use crate::base::{CountyId, Scope};
use crate::intake::act::{Act, Planned, UnitRef};
use crate::intake::preview::{Outcome, Question};
use crate::intake::{About, Choices, Line, Missing, Terms};
use crate::ledger::Grounds;
use compact_str::CompactString;
use sqlx::PgConnection;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Lines that a file no longer has are told up to here.
const MOST_MISSING: usize = 500;

/// What stood above in a file.
#[derive(Debug, Default)]
pub struct Above {
    /// The keys of downloaded rows that have come.
    came: HashMap<Known, u32>,
    /// Units that rows make.
    made: Made,
    /// Problems that stand and that a row tells, each with its case: under two cases it has two rows.
    meant: HashSet<(Uuid, Option<Uuid>)>,
    /// Codes that units of the register get, with the unit and the row that gives it: county, code, site.
    codes: HashMap<(CountyId, CompactString, CompactString), (Uuid, u32)>,
    /// What rows make of what several of them show.
    edited: Edited,
    /// Cases that rows make or name.
    cases: Cases,
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
    rows: Vec<(Option<Looked<'l>>, &'l Choices)>,
    standing: Standing,
}

/// A row as read, with what is asked of its amounts, and what was read of it before its turn.
#[derive(Debug)]
struct Looked<'l> {
    row: Row<'l>,
    asked: Vec<Question>,
    ahead: Ahead,
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
        let mut places = Places::of(table.annex, about, terms.directory);
        let rows: Vec<_> = lines.iter().map(|(line, choices)| (Row::read(&mut places, about, line, terms), choices)).collect();
        let standing = Standing::of(connection, scope, table, rows.iter().filter_map(|(row, _)| row.as_ref())).await?;
        let looked = |(row, choices): (Option<Row<'l>>, &'l Choices)| {
            let looked = row.map(|mut row| {
                let asked = slips(table, &standing, &mut row, choices, terms);
                let ahead = Ahead::of(&row, &standing, table, terms);
                Looked { row, asked, ahead }
            });
            (looked, choices)
        };
        Ok(Self { rows: rows.into_iter().map(looked).collect(), standing })
    }
}

/// Asks whether 元 was meant where an amount is ten thousand times too large, and takes the answer into the row. An amount that
/// stands already is nobody's slip of today.
fn slips(table: Table<'_>, standing: &Standing, row: &mut Row<'_>, choices: &Choices, terms: &Terms<'_>) -> Vec<Question> {
    let slips = row.slips(terms);
    if slips.is_empty() {
        return Vec::new();
    }
    let stood = standing.canons(table, row);
    let mut asked = Vec::new();
    for (id, typed, meant) in slips {
        if stood.iter().any(|line| line.get(id).map(|c| &c.value) == row.cells.get(id).map(|c| &c.value)) {
            continue;
        }
        let heading = column(table.annex, id).map_or("", |c| c.heading);
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

impl Above {
    /// A row that was downloaded here has come. The row that it was copied from, if it is a copy: of several the one that says of
    /// its problem what was downloaded is the row itself.
    fn comes(&mut self, standing: &Standing, row: &Row<'_>, (known, kept): (Known, &Kept)) -> Option<u32> {
        let here = (row.line.head, row.line.row);
        self.meant.extend(kept.problem.map(|problem| (problem, kept.case)));
        match (self.came.get(&known), standing.itself(known)) {
            (Some(first), _) => Some(*first),
            (None, Some(itself)) if itself != here => Some(itself.1),
            (None, _) => {
                self.came.insert(known, row.line.row);
                None
            }
        }
    }

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
        let LookedUp { rows, standing } = looked;
        let mut planned = Vec::with_capacity(rows.len());
        for (looked, choices) in rows {
            planned.push(match looked {
                Some(Looked { row, asked, ahead }) => {
                    let planned = self.row(connection, scope, &standing, ((&row, ahead), choices, asked), terms).await?;
                    self.above.cases.passed(&row, self.table.annex);
                    planned
                }
                None => Planned::rejected(Vec::new()),
            });
        }
        Ok(planned)
    }

    async fn row(
        &mut self,
        connection: &mut PgConnection,
        scope: &Scope,
        standing: &Standing,
        ((row, ahead), choices, asked): ((&Row<'_>, Ahead), &Choices, Vec<Question>),
        terms: &Terms<'_>,
    ) -> Result<Planned, sqlx::Error> {
        let based = row.known.and_then(|known| standing.base(known).map(|base| (known, base)));
        // A row that stays out has come all the same.
        let copied = based.and_then(|(known, (_, kept))| self.above.comes(standing, row, (known, kept)));
        let mut bad = row.bad.clone();
        let county = match (based, &row.county) {
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
        let way = Way::of((row, ahead), county, choices, asked);
        // A future is as large as its longest way and is handed on as a whole: the ways of few rows stand apart from it.
        match based {
            Some((_, (_, kept))) => Box::pin(self.returned(connection, (scope, standing), way, (kept, copied), terms)).await,
            None => self.own(connection, scope, standing, way, terms).await,
        }
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
        let unit = UnitRef::Known(line.unit_id);
        let annex = self.table.annex;
        self.above.cases.stands(line, &way);
        way.computed(annex, &mut changes, line);
        let number = way.number_of_no_list(&mut changes, line);
        if number.is_some() || !way.row.notes.is_empty() {
            way.keep_words(annex, &mut changes, (&canons(self.table, line), line), number);
        }
        if way.open() {
            return Ok(way.settled(Outcome::Asked, Vec::new()));
        }
        if changes.is_empty() {
            return Ok(way.settled(Outcome::Unchanged, Vec::new()));
        }
        if !line.has_problem() {
            let told = changes.iter().any(|(id, _)| is_of(annex, id, Owner::Problem));
            if told && fresh::tells_problem(way.row, annex) {
                let beside = Beside { unit, stood: Some((line, changes)), copied: None };
                return self.add_problem(connection, (scope, standing), &mut way, beside, terms).await;
            }
            way.edited_without_problem(annex, &mut changes);
        }
        let noted = match self.once(&mut way, (unit, Some(line)), &mut changes) {
            Ok(noted) => noted,
            Err(findings) => return Ok(Planned::rejected(findings)),
        };
        let code = changes.get("credit_code").map(|c| c.value.clone()).filter(|code| !matches!(code.as_str(), "" | "/"));
        let site = changes.get("site").map_or(line.site.as_str(), |c| c.value.as_str());
        let code = code.map(|code| (way.county, code, site.into()));
        if let Some((_, row)) =
            code.as_ref().and_then(|code| self.above.codes.get(code)).filter(|(unit, _)| *unit != line.unit_id)
        {
            let reason = format!("第{row}行的另一家单位填了同一代码，请核对。");
            return Ok(Planned::rejected(vec![way.row.teller.finding("credit_code", reason)]));
        }
        let editing = Editing { table: self.table, terms, scope, row: way.row, line, changes: &changes };
        let (mut acts, doubts) = match editing.acts(connection).await? {
            Ok(read) => read,
            Err(findings) => return Ok(Planned::rejected(findings)),
        };
        way.doubts.extend(doubts);
        if let Some(stood) = editing.without_case(connection).await? {
            let problem = stood.id;
            let grounds = Grounds::of(terms.actor, &editing.as_corrected(vec![stood]));
            match self.case(&mut way, standing, (unit, &grounds, None), terms) {
                Ok(case) => acts.extend(case.map(|case| Act::AddCase { problem, case })),
                Err(findings) => return Ok(Planned::rejected(findings)),
            }
        }
        if way.open() {
            return Ok(way.settled(Outcome::Asked, Vec::new()));
        }
        self.above.edited.note(noted);
        self.above.cases.named(way.row);
        self.above.codes.extend(code.map(|code| (code, (line.unit_id, way.row.line.row))));
        let outcome = if acts.is_empty() { Outcome::Unchanged } else { Outcome::Updated };
        Ok(way.settled(outcome, acts))
    }
}
