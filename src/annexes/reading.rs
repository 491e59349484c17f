//! Reading an annex's lines of one county in their order (unit, problem, case), some at a time, from any position: a page and
//! a file take the same way. Whoever reads a whole file does so in one snapshot.

use super::line::Line;
use super::{Annex, Part};
use crate::base::{CountyId, Scope};
use crate::figures;
use chrono::NaiveDate;
use sqlx::{AssertSqlSafe, PgConnection};
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;
use uuid::Uuid;

/// A place between two lines: after the one with this number and these ids. Where a line has no problem or case, zeros.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    no: i64,
    unit: Uuid,
    problem: Uuid,
    case: Uuid,
}

impl Position {
    /// After a line.
    pub fn after(line: &Line) -> Self {
        let id = |id: Option<Uuid>| id.unwrap_or_default();
        Self { no: line.no, unit: line.unit_id, problem: id(line.problem_id), case: id(line.case_id) }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}.{}", self.no, self.unit.simple(), self.problem.simple(), self.case.simple())
    }
}

impl FromStr for Position {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split('.');
        let no = parts.next().and_then(|n| n.parse().ok()).filter(|n| *n >= 0).ok_or(())?;
        let mut id = || parts.next().and_then(|t| Uuid::try_parse(t).ok()).ok_or(());
        Ok(Self { no, unit: id()?, problem: id()?, case: id()? })
    }
}

/// A way through the lines of an annex.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Which annex.
    pub annex: Annex,
    /// Which of its lines.
    pub part: Part,
    /// Whose.
    pub county: CountyId,
    campaign: Uuid,
    date: NaiveDate,
    at: Position,
    // Cases with several problems, by the number of their first line.
    shared: HashMap<Uuid, i64>,
}

/// For each annex: the next lines, the number of lines up to one, and the lines of given units. Of annex 2 the keys of a batch are
/// found first, so that what is dear to read (measures, the first line of a case) is read for the lines of the batch only.
static QUERIES: LazyLock<[[String; 3]; 2]> = LazyLock::new(|| {
    [Annex::One, Annex::Two].map(|annex| {
        let (select, keys, key, joins) = match annex {
            Annex::One => (select(SELECT_1), keys_1(), format!("u.id, coalesce(p.id, {NIL}), {NIL}"), joins_1()),
            Annex::Two => (select(SELECT_2), keys_2(), format!("p.unit_id, p.id, coalesce(c.id, {NIL})"), joins_2()),
        };
        let first = if annex == Annex::One { "u.id" } else { "p.unit_id" };
        let batch = match annex {
            // Unit by unit in their order, so that no more of the county is read than the batch.
            Annex::One => format!(
                "select {select} from units u
                 left join lateral (select p.* from problems p where p.county_id = u.county_id and p.unit_id = u.id and {told} offset 0) p
                   on true
                 left join lateral (select s.* from self_inspections s where s.county_id = u.county_id and s.unit_id = u.id
                   and s.campaign_id = $3 offset 0) s on true
                 where u.county_id = $1 and {part} and u.id >= $5 and ({key}) > ($5, $6, $7) order by {key} limit $8",
                told = told_1(),
                part = PART_1,
            ),
            Annex::Two => format!(
                "with k as materialized (select row({key}) as key, {first} as unit, p.id as problem, c.id as case_id from {keys}
                   and {first} >= $5 and ({key}) > ($5, $6, $7) order by {key} limit $8)
                 select {select} from k join units u on u.county_id = $1 and u.id = k.unit {joins} order by k.key"
            ),
        };
        let count = format!("select count(*) from {keys} and ($5::uuid is null or ({key}) <= ($5, $6, $7))");
        // Unit by unit: asked for a thousand at once, the planner reads the whole county.
        let of_units = format!(
            "with k as materialized (select x.* from unnest($5::uuid[]) as w(id) cross join lateral (
               select row({key}) as key, {first} as unit, p.id as problem{case} from {keys} and {first} = w.id offset 0) x)
             select {select} from k join units u on u.county_id = $1 and u.id = k.unit {joins} order by k.key",
            case = if annex == Annex::Two { ", c.id as case_id" } else { "" },
        );
        [batch, count, of_units].map(|sql| sql.replace("$date", "$4::date"))
    })
});

const NIL: &str = "'00000000-0000-0000-0000-000000000000'::uuid";

fn select(more: &str) -> String {
    format!(
        "u.county_id, (select x.name from counties x where x.id = u.county_id) as county, u.id as unit_id, u.name, u.site,
         u.credit_code, u.no_code_reason, u.township, u.industry, u.permit_class, u.contact_name, u.contact_phone,
         p.id as problem_id, p.kind, coalesce(p.other_kinds, '{{}}') as other_kinds, p.source,
         coalesce(p.source_numbers, '{{}}') as source_numbers, p.description, p.found_on, p.measures, p.plan_filed_on,
         {due_on} as due_on, p.invested_fen, coalesce(p.invested_with_above, false) as invested_with_above,
         {progress} as progress, p.completed_on, p.verified_on, p.supervisor, p.responsible_body, p.responsible_person, p.remark,
         {more}",
        due_on = figures::due_on(),
        progress = figures::progress(),
    )
    .replace("$status", figures::unit_status())
    .replace("$self_inspection", figures::self_inspection())
}

const SELECT_1: &str = "$status as status, $self_inspection as self_inspection, s.id as inspection_id, s.inspected_on, s.found";

const SELECT_2: &str = "c.id as case_id, coalesce(f.case_problems, 0) as case_problems, f.first_unit, f.first_problem,
    c.handled_by, c.case_number, c.respondent, c.order_on, c.order_number, c.case_filed_on, c.not_filed_on, c.decided_on,
    c.decision_number, c.fine_fen, c.discretion, c.other_measures, coalesce(c.shut_down, false) as shut_down, c.exposed_on,
    c.exposure_media, c.exposure_outlet, c.remark as case_remark, m.daily_penalties, m.daily_penalty_fen, m.seized_on, m.seizures,
    m.seizure_numbers, m.restrictions, m.restricted_on, m.detention_persons, m.detention_unknown, m.criminal_persons,
    m.criminal_unknown";

/// Whether problem `p` stands in annex 1.
fn told_1() -> String {
    let (exists, progress) = (figures::problem_exists(), figures::progress());
    format!("p.campaign_id = $3 and p.source = 'self_inspection' and {exists} and {progress} <> 'unfounded'")
}

/// Whether a line belongs to the part of annex 1 that is asked for.
const PART_1: &str = "($2 = 0 or ($2 = 1) = (p.id is not null))";

fn keys_1() -> String {
    let told = told_1();
    format!(
        "units u left join problems p on p.county_id = u.county_id and p.unit_id = u.id and {told} where u.county_id = $1 and {PART_1}"
    )
}

fn joins_1() -> String {
    "left join self_inspections s on s.county_id = u.county_id and s.unit_id = u.id and s.campaign_id = $3
     left join problems p on p.county_id = u.county_id and p.id = k.problem"
        .to_owned()
}

fn keys_2() -> String {
    format!(
        "problems p left join (case_problems l join cases c on c.county_id = l.county_id and c.id = l.case_id and {case})
           on l.county_id = p.county_id and l.problem_id = p.id
         where p.county_id = $1 and $2 = 0 and p.campaign_id = $3 and {ledger}",
        case = figures::case_dated(),
        ledger = figures::in_ledger_joined(),
    )
}

/// The measures of a case as of the date, in one row; and the case's first problem in the order of the lines.
fn joins_2() -> String {
    format!(
        "join problems p on p.county_id = u.county_id and p.id = k.problem
         left join cases c on c.county_id = u.county_id and c.id = k.case_id
         left join lateral (select count(*) over () as case_problems, y.unit_id as first_unit, y.id as first_problem
           from case_problems x join problems y on y.county_id = x.county_id and y.id = x.problem_id
           where x.county_id = c.county_id and x.case_id = c.id order by y.unit_id, y.id limit 1) f on true
         left join lateral (select count(*) filter (where m.kind = 'daily_penalty') as daily_penalties,
             sum(m.amount_fen) filter (where m.kind = 'daily_penalty')::bigint as daily_penalty_fen,
             min({taken}) filter (where m.kind in ('sealing', 'detaining')) as seized_on,
             count(*) filter (where m.kind in ('sealing', 'detaining')) as seizures,
             string_agg(m.number, '、' order by {taken}, m.id) filter (where m.kind in ('sealing', 'detaining') and m.number <> '')
               as seizure_numbers,
             coalesce(array_agg(distinct m.kind order by m.kind) filter (where m.kind in ('production_limit', 'production_halt')), '{{}}')
               as restrictions,
             min({taken}) filter (where m.kind in ('production_limit', 'production_halt')) as restricted_on,
             sum(m.persons) filter (where m.kind = 'detention_transfer') as detention_persons,
             count(*) filter (where m.kind = 'detention_transfer' and m.persons is null) as detention_unknown,
             sum(m.persons) filter (where m.kind = 'criminal_transfer') as criminal_persons,
             count(*) filter (where m.kind = 'criminal_transfer' and m.persons is null) as criminal_unknown
           from measures m where m.county_id = c.county_id and m.case_id = c.id and {measure}) m on true",
        taken = "coalesce(m.decided_on, m.served_on, m.from_on)",
        measure = figures::measure_exists(),
    )
}

/// The lines of some units of a county, in their order but without numbers: what a file that comes in is compared with.
pub async fn lines_of(
    connection: &mut PgConnection,
    scope: &Scope,
    annex: Annex,
    (county, campaign): (CountyId, Uuid),
    date: NaiveDate,
    units: &[Uuid],
) -> Result<Vec<Line>, sqlx::Error> {
    if !scope.holds(county) || units.is_empty() {
        return Ok(Vec::new());
    }
    let sql: &'static str = &QUERIES[usize::from(annex == Annex::Two)][2];
    let mut lines: Vec<Line> = sqlx::query_as(AssertSqlSafe(sql))
        .bind(county)
        .bind(0)
        .bind(campaign)
        .bind(date)
        .bind(units)
        .fetch_all(connection)
        .await?;
    for line in &mut lines {
        line.settle(date);
        // Which line tells the case is known without its number.
        line.same_case = (line.case_problems > 1 && line.problem_id != line.first_problem).then_some(0);
    }
    Ok(lines)
}

impl Reading {
    /// From the first line of a county on.
    pub fn new(annex: Annex, part: Part, county: CountyId, campaign: Uuid, date: NaiveDate) -> Self {
        Self { annex, part, county, campaign, date, at: Position::default(), shared: HashMap::new() }
    }

    /// From another position on.
    pub fn from(mut self, position: Position) -> Self {
        self.at = position;
        self
    }

    /// The next lines, at most `limit`; none at the end. A county outside the scope has none.
    pub async fn next(&mut self, connection: &mut PgConnection, scope: &Scope, limit: i64) -> Result<Vec<Line>, sqlx::Error> {
        if !scope.holds(self.county) {
            return Ok(Vec::new());
        }
        let mut lines: Vec<Line> = sqlx::query_as(AssertSqlSafe(self.sql(0)))
            .bind(self.county)
            .bind(self.part_number())
            .bind(self.campaign)
            .bind(self.date)
            .bind(self.at.unit)
            .bind(self.at.problem)
            .bind(self.at.case)
            .bind(limit)
            .fetch_all(&mut *connection)
            .await?;
        for line in &mut lines {
            line.no = self.at.no + 1;
            line.settle(self.date);
            if line.case_problems > 1 {
                self.refer(connection, line).await?;
            }
            self.at = Position::after(line);
        }
        Ok(lines)
    }

    /// How many lines there are in all.
    pub async fn count(&self, connection: &mut PgConnection, scope: &Scope) -> Result<i64, sqlx::Error> {
        if scope.holds(self.county) { self.lines_until(connection, None).await } else { Ok(0) }
    }

    /// Gives a further line of a case the number of its first.
    async fn refer(&mut self, connection: &mut PgConnection, line: &mut Line) -> Result<(), sqlx::Error> {
        let (Some(case), Some(unit), Some(problem)) = (line.case_id, line.first_unit, line.first_problem) else { return Ok(()) };
        if line.problem_id == Some(problem) {
            self.shared.insert(case, line.no);
            return Ok(());
        }
        let first = match self.shared.get(&case) {
            Some(first) => *first,
            None => self.lines_until(connection, Some(Position { no: 0, unit, problem, case })).await?,
        };
        self.shared.insert(case, first);
        line.same_case = Some(first);
        Ok(())
    }

    async fn lines_until(&self, connection: &mut PgConnection, last: Option<Position>) -> Result<i64, sqlx::Error> {
        sqlx::query_scalar(AssertSqlSafe(self.sql(1)))
            .bind(self.county)
            .bind(self.part_number())
            .bind(self.campaign)
            .bind(self.date)
            .bind(last.map(|p| p.unit))
            .bind(last.map(|p| p.problem))
            .bind(last.map(|p| p.case))
            .fetch_one(connection)
            .await
    }

    fn sql(&self, which: usize) -> &'static str {
        &QUERIES[usize::from(self.annex == Annex::Two)][which]
    }

    const fn part_number(&self) -> i32 {
        match self.part {
            Part::Whole => 0,
            Part::WithProblem => 1,
            Part::Clear => 2,
        }
    }
}
