//! Queries on `upload_packs` and `upload_choices`. Lines are kept by the hundred: nobody asks for one alone, and a row of its
//! own costs more than all else about a line.

use super::packed::{self, Judged};
use super::{json, of_json};
use crate::base::CountyId;
use crate::intake::line::Line;
use crate::intake::preview::{Outcome, Verdict};
use sqlx::PgConnection;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Lines in a pack, at most.
const PACK: usize = 250;
/// Packs read at a time.
const AT_ONCE: i64 = 4;

/// What a person decided about a line: the field of the question, and the answer.
pub type Choices = BTreeMap<String, String>;

/// A line with what would become of it.
#[derive(Clone, Debug)]
pub struct Told {
    /// Its number in the file.
    pub no: i32,
    /// The line.
    pub line: Line,
    /// What becomes of it.
    pub verdict: Verdict,
    /// What was decided about it.
    pub choices: Choices,
}

/// A pack as it is kept.
#[derive(sqlx::FromRow)]
struct Kept {
    first_no: i32,
    lines: Vec<u8>,
    #[sqlx(flatten)]
    judged: Judged,
}

/// A pack: the number of its first line, its lines, and what would become of each.
type Packed = (i32, Vec<Line>, Vec<Verdict>);

/// Keeps lines with what would become of them, those of a new file or those of [`next_lines`] judged anew; `first` is the number
/// of the first.
pub(in crate::intake) async fn keep_lines(
    connection: &mut PgConnection,
    (county, id): (CountyId, Uuid),
    first: i32,
    lines: &[(&Line, &Verdict)],
) -> Result<(), sqlx::Error> {
    for (at, pack) in (0..).step_by(PACK).zip(lines.chunks(PACK)) {
        let [created, updated, unchanged, asked, rejected, flagged] = counted(pack);
        let Judged { outcomes, counties, said } = Judged::of(pack)?;
        sqlx::query(
            "insert into upload_packs (county_id, upload_id, first_no, created, updated, unchanged, asked, rejected, flagged,
                outcomes, counties, said, lines)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
             on conflict (county_id, upload_id, first_no) do update set
                (created, updated, unchanged, asked, rejected, flagged, outcomes, counties, said) = (excluded.created,
                excluded.updated, excluded.unchanged, excluded.asked, excluded.rejected, excluded.flagged, excluded.outcomes,
                excluded.counties, excluded.said)",
        )
        .bind(county)
        .bind(id)
        .bind(first + at)
        .bind(created)
        .bind(updated)
        .bind(unchanged)
        .bind(asked)
        .bind(rejected)
        .bind(flagged)
        .bind(outcomes)
        .bind(counties)
        .bind(said)
        .bind(packed::write(pack.iter().map(|(line, _)| *line)))
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// How many lines of a pack there are of each kind that is counted.
fn counted(pack: &[(&Line, &Verdict)]) -> [i32; 6] {
    Which::COUNTED.map(|which| count(pack.iter().filter(|(_, verdict)| which.holds(verdict)).count()))
}

fn count(lines: usize) -> i32 {
    i32::try_from(lines).unwrap_or(i32::MAX)
}

/// Keeps a line as a person corrected it; what becomes of it is said when all lines are judged anew.
pub async fn correct(
    connection: &mut PgConnection,
    (county, id): (CountyId, Uuid),
    no: i32,
    line: &Line,
) -> Result<(), sqlx::Error> {
    let (first, lines): (i32, Vec<u8>) = sqlx::query_as(
        "select first_no, lines from upload_packs where county_id = $1 and upload_id = $2 and first_no <= $3
         order by first_no desc limit 1",
    )
    .bind(county)
    .bind(id)
    .bind(no)
    .fetch_one(&mut *connection)
    .await?;
    let mut pack = packed::read(&lines)?;
    if let Some(kept) = usize::try_from(no - first).ok().and_then(|at| pack.get_mut(at)) {
        kept.clone_from(line);
    }
    sqlx::query("update upload_packs set lines = $4 where county_id = $1 and upload_id = $2 and first_no = $3")
        .bind(county)
        .bind(id)
        .bind(first)
        .bind(packed::write(&pack))
        .execute(connection)
        .await
        .map(drop)
}

/// Keeps what was decided about a line.
pub async fn choose(
    connection: &mut PgConnection,
    (county, id): (CountyId, Uuid),
    no: i32,
    choices: &Choices,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "insert into upload_choices (county_id, upload_id, no, choices) values ($1, $2, $3, $4::json)
         on conflict (county_id, upload_id, no) do update set choices = excluded.choices",
    )
    .bind(county)
    .bind(id)
    .bind(no)
    .bind(json(choices)?)
    .execute(connection)
    .await
    .map(drop)
}

/// How many lines there are of each outcome, and how many to check.
pub async fn counts(
    connection: &mut PgConnection,
    (county, id): (CountyId, Uuid),
) -> Result<(BTreeMap<Outcome, usize>, usize), sqlx::Error> {
    let sums: Vec<i64> = sqlx::query_scalar(
        "select unnest(array[sum(created), sum(updated), sum(unchanged), sum(asked), sum(rejected), sum(flagged)])
         from upload_packs where county_id = $1 and upload_id = $2 having count(*) > 0",
    )
    .bind(county)
    .bind(id)
    .fetch_all(connection)
    .await?;
    let mut counts = BTreeMap::new();
    let mut to_check = 0;
    for (which, sum) in Which::COUNTED.into_iter().zip(sums) {
        let sum = usize::try_from(sum).unwrap_or(0);
        match which {
            Which::Of(outcome) if sum > 0 => drop(counts.insert(outcome, sum)),
            Which::Flagged => to_check = sum,
            Which::Of(_) | Which::All | Which::Told => {}
        }
    }
    Ok((counts, to_check))
}

/// The counties that a file's lines tell of.
pub async fn counties_of(connection: &mut PgConnection, (county, id): (CountyId, Uuid)) -> Result<Vec<CountyId>, sqlx::Error> {
    sqlx::query_scalar(
        "select distinct c.id from upload_packs p cross join lateral unnest(p.counties) as c(id)
         where p.county_id = $1 and p.upload_id = $2 and c.id is not null",
    )
    .bind(county)
    .bind(id)
    .fetch_all(connection)
    .await
}

/// Which lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// All.
    All,
    /// Those of an outcome.
    Of(Outcome),
    /// Those with something to check.
    Flagged,
    /// Those with a sentence at one of their cells: to check, or refused.
    Told,
}

impl Which {
    /// Those that a pack counts, in the order of its columns.
    const COUNTED: [Self; 6] = [
        Self::Of(Outcome::Created),
        Self::Of(Outcome::Updated),
        Self::Of(Outcome::Unchanged),
        Self::Of(Outcome::Asked),
        Self::Of(Outcome::Rejected),
        Self::Flagged,
    ];

    /// The packs that hold some of them, as a condition.
    fn condition(self) -> String {
        match self {
            Self::All => "true".to_owned(),
            Self::Of(outcome) => format!("{} > 0", outcome.code()),
            Self::Flagged => "flagged > 0".to_owned(),
            Self::Told => "(flagged > 0 or rejected > 0)".to_owned(),
        }
    }

    fn holds(self, verdict: &Verdict) -> bool {
        match self {
            Self::All => true,
            Self::Of(outcome) => verdict.outcome == outcome,
            Self::Flagged => !verdict.flagged.is_empty(),
            Self::Told => verdict.outcome == Outcome::Rejected || !verdict.flagged.is_empty(),
        }
    }
}

/// Lines of a file after a number, in order.
pub async fn lines(
    connection: &mut PgConnection,
    place: (CountyId, Uuid),
    which: Which,
    after: i32,
    most: i64,
) -> Result<Vec<Told>, sqlx::Error> {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let mut found = Vec::new();
    // The pack of the line after it begins less than a pack before.
    let mut from = after.saturating_add(2).saturating_sub(count(PACK));
    while found.len() < most {
        let packs = packs(connection, place, which, from).await?;
        let Some((last, ..)) = packs.last() else { break };
        from = last.saturating_add(1);
        let lines = packs.into_iter().flat_map(numbered);
        let wanted = lines.filter(|(no, _, verdict)| *no > after && which.holds(verdict));
        found.extend(wanted.take(most - found.len()));
    }
    with_choices(connection, place, found).await
}

/// The next lines after a number, in whole packs; none at the end.
pub(in crate::intake) async fn next_lines(
    connection: &mut PgConnection,
    place: (CountyId, Uuid),
    after: i32,
) -> Result<Vec<Told>, sqlx::Error> {
    let packs = packs(connection, place, Which::All, after.saturating_add(1)).await?;
    with_choices(connection, place, packs.into_iter().flat_map(numbered).collect()).await
}

/// Some packs that hold such lines, from a number on.
async fn packs(
    connection: &mut PgConnection,
    (county, id): (CountyId, Uuid),
    which: Which,
    from: i32,
) -> Result<Vec<Packed>, sqlx::Error> {
    let sql = format!(
        "select first_no, lines, outcomes, counties, said from upload_packs
         where county_id = $1 and upload_id = $2 and first_no >= $3 and {} order by first_no limit {AT_ONCE}",
        which.condition()
    );
    let rows: Vec<Kept> = sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(county).bind(id).bind(from).fetch_all(connection).await?;
    let unpacked = |kept: Kept| Ok((kept.first_no, packed::read(&kept.lines)?, kept.judged.verdicts()?));
    rows.into_iter().map(unpacked).collect()
}

fn numbered((first, lines, verdicts): Packed) -> impl Iterator<Item = (i32, Line, Verdict)> {
    (first..).zip(lines).zip(verdicts).map(|((no, line), verdict)| (no, line, verdict))
}

async fn with_choices(
    connection: &mut PgConnection,
    (county, id): (CountyId, Uuid),
    lines: Vec<(i32, Line, Verdict)>,
) -> Result<Vec<Told>, sqlx::Error> {
    let (Some((first, ..)), Some((last, ..))) = (lines.first(), lines.last()) else { return Ok(Vec::new()) };
    let chosen: Vec<(i32, String)> = sqlx::query_as(
        "select no, choices::text from upload_choices where county_id = $1 and upload_id = $2 and no between $3 and $4",
    )
    .bind(county)
    .bind(id)
    .bind(first)
    .bind(last)
    .fetch_all(connection)
    .await?;
    let chosen = chosen.iter().map(|(no, choices)| Ok((*no, of_json(choices.as_bytes())?)));
    let mut chosen: BTreeMap<i32, Choices> = chosen.collect::<Result<_, sqlx::Error>>()?;
    let told = |(no, line, verdict)| Told { no, line, verdict, choices: chosen.remove(&no).unwrap_or_default() };
    Ok(lines.into_iter().map(told).collect())
}
