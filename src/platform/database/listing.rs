//! Lists: rows of several counties by one filter, the last recorded first, fifty a page, with a count that knows when to stop.
//!
//! A room says what its rows are ([`Listing`]); how they are paged, counted, picked for a batch and read out whole stands here,
//! once. Every part of a query may name `$1` the counties, `$2` the campaign and `$3` the date; `area.id` is the county at hand,
//! because a page of one county after the other is what the indexes on `(county_id, id)` give at once.

use crate::base::Scope;
use chrono::NaiveDate;
use sqlx::postgres::PgRow;
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder, Row};
use uuid::Uuid;

/// Rows on a page.
pub const PAGE: usize = 50;

/// Counts are exact up to here.
const COUNTED: i64 = 10_000;

/// What every list is asked within.
#[derive(Clone, Debug)]
pub struct Within {
    /// The counties.
    pub scope: Scope,
    /// The campaign.
    pub campaign: Uuid,
    /// The business date on which something is overdue, or of which a figure is.
    pub date: NaiveDate,
}

/// One page and what is known of the whole.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// At most [`PAGE`] lines.
    pub lines: Vec<T>,
    /// Whether more follow.
    pub more: bool,
    /// How many there are; `None` when more than ten thousand.
    pub total: Option<i64>,
}

/// What a list shows: its rows by a filter, and the line of each.
pub trait Listing: Sync {
    /// A line.
    type Line: for<'r> FromRow<'r, PgRow> + Send + Unpin;
    /// The alias of the table whose rows are listed; it has `county_id` and `id`.
    const ROW: &'static str;
    /// What a line shows, over [`Self::JOINS`].
    const COLUMNS: &'static str;
    /// Joins from `found (county_id, id)` to all that a line shows.
    const JOINS: &'static str;

    /// The id of a line.
    fn id(line: &Self::Line) -> Uuid;

    /// Adds ` from … where …`, beginning with `ROW.county_id = area.id`.
    fn conditions(&self, query: &mut QueryBuilder<Postgres>);

    /// A condition on `ROW`: the rows that it fits come before the others (what is overdue). None: by time of recording alone.
    fn first(&self) -> Option<&'static str> {
        None
    }

    /// A query for how many rows there are, where a counter knows without counting.
    fn counter(&self) -> Option<&'static str> {
        None
    }
}

impl Within {
    /// A query whose first values are the three that every part may name.
    pub fn query(&self) -> QueryBuilder<Postgres> {
        let mut query = QueryBuilder::new("with given as (select ");
        query.push_bind(self.scope.ids()).push("::integer[], ");
        query.push_bind(self.campaign).push("::uuid, ").push_bind(self.date).push("::date) ");
        query
    }
}

/// The counties, one a row. The planner is not told how many: else it would plan anew for each visit, which takes longer than
/// reading a page.
const AREAS: &str = "unnest((select $1)) as area(id)";

/// The lines after one of them, at most `limit`: what a page shows, and what a file takes one batch after the other.
pub async fn lines<L: Listing>(
    connection: &mut PgConnection,
    within: &Within,
    list: &L,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<L::Line>, sqlx::Error> {
    let after = mark(connection, within, list, after).await?;
    query(within, list, L::COLUMNS, after, limit).build_query_as().fetch_all(connection).await
}

/// A page of the list, and how many lines there are in all.
pub async fn page<L: Listing>(
    connection: &mut PgConnection,
    within: &Within,
    list: &L,
    after: Option<Uuid>,
) -> Result<Page<L::Line>, sqlx::Error> {
    // What a counter knows comes with the lines.
    let columns = format!("{}, ({}) as counter", L::COLUMNS, list.counter().unwrap_or("null::bigint"));
    let mark = mark(connection, within, list, after).await?;
    let mut query = query(within, list, &columns, mark, PAGE as i64 + 1);
    let mut found: Vec<Counted<L::Line>> = query.build_query_as().fetch_all(&mut *connection).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let total = match found.first().and_then(|first| first.counter) {
        _ if !more && after.is_none() => i64::try_from(found.len()).ok(),
        Some(known) => Some(known).filter(|n| *n <= COUNTED),
        None => count(connection, within, list).await?,
    };
    Ok(Page { lines: found.into_iter().map(|counted| counted.line).collect(), more, total })
}

/// A line with what a counter knows of all.
struct Counted<T> {
    line: T,
    counter: Option<i64>,
}

impl<'r, T: FromRow<'r, PgRow>> FromRow<'r, PgRow> for Counted<T> {
    fn from_row(row: &'r PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self { line: T::from_row(row)?, counter: row.try_get("counter")? })
    }
}

/// Where a page begins: after this row, which stands among the first or not.
type Mark = Option<(bool, Uuid)>;

/// The mark of a row; one that no longer fits the filter stands among the others.
async fn mark<L: Listing>(
    connection: &mut PgConnection,
    within: &Within,
    list: &L,
    after: Option<Uuid>,
) -> Result<Mark, sqlx::Error> {
    let (Some(id), Some(first)) = (after, list.first()) else { return Ok(after.map(|id| (false, id))) };
    let mut query = within.query();
    query.push(format!("select every.leads from {AREAS} cross join lateral (select {first} as leads"));
    list.conditions(&mut query);
    query.push(format!(" and {}.id = ", L::ROW)).push_bind(id).push(") every");
    let leads: Option<bool> = query.build_query_scalar().fetch_optional(connection).await?;
    Ok(Some((leads.unwrap_or(false), id)))
}

fn query<L: Listing>(within: &Within, list: &L, columns: &str, after: Mark, limit: i64) -> QueryBuilder<Postgres> {
    let (row, joins) = (L::ROW, L::JOINS);
    let first = list.first();
    let (leads, order) = match first {
        Some(first) => (format!(", {first} as leads"), "leads desc, "),
        None => (String::new(), ""),
    };
    let mut query = within.query();
    query.push(format!(
        "select {columns} from (
            select every.* from {AREAS} cross join lateral (select {row}.county_id, {row}.id{leads}"
    ));
    list.conditions(&mut query);
    match (after, first) {
        (Some((leading, id)), Some(first)) => {
            query.push(format!(" and ({first}, {row}.id) < (")).push_bind(leading).push(", ").push_bind(id).push(")");
        }
        (Some((_, id)), None) => {
            query.push(format!(" and {row}.id < ")).push_bind(id);
        }
        (None, _) => {}
    }
    let found = if first.is_some() { "found.leads desc, " } else { "" };
    query.push(format!(
        " order by {order}{row}.id desc limit {limit}) every order by {order}every.id desc limit {limit}) found {joins} order by {found}found.id desc"
    ));
    query
}

/// The ids of all rows that fit, up to `limit`: what a batch over the whole filter means.
pub async fn ids<L: Listing>(
    connection: &mut PgConnection,
    within: &Within,
    list: &L,
    limit: i64,
) -> Result<Vec<Uuid>, sqlx::Error> {
    let mut query = within.query();
    query.push(format!("select every.id from {AREAS} cross join lateral (select {}.id", L::ROW));
    list.conditions(&mut query);
    query.push(format!(") every order by every.id limit {limit}"));
    query.build_query_scalar().fetch_all(connection).await
}

async fn count<L: Listing>(connection: &mut PgConnection, within: &Within, list: &L) -> Result<Option<i64>, sqlx::Error> {
    let (mut query, most) = (within.query(), COUNTED + 1);
    query.push(format!("select count(*) from (select 1 from {AREAS} cross join lateral (select 1"));
    list.conditions(&mut query);
    query.push(format!(" limit {most}) n limit {most}) n"));
    let counted: i64 = query.build_query_scalar().fetch_one(connection).await?;
    Ok((counted <= COUNTED).then_some(counted))
}
