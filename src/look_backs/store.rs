//! Queries on `look_backs`.

use super::look_back::{LookBack, LookBackChanges};
use crate::base::ability::Attach;
use crate::base::{CountyId, Permit, Scope, new_id};
use crate::history::{Entry, WriteError, Writing};
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

/// How a draw is made.
#[derive(Clone, Copy, Debug)]
pub struct DrawTerms {
    /// The draw.
    pub id: Uuid,
    /// The seed.
    pub seed: i64,
    /// How many problems of each county.
    pub each: i32,
}

/// Problems of the county that were struck off and never drawn before, in the order that the seed gives.
const DRAWN: &str = "with pool as (
        select p.id, md5($4::text || ':' || p.id::text) as lot from problems p
        where p.county_id = $1 and p.campaign_id = $2 and p.verified_on is not null and p.ended_as is null
            and not exists (select 1 from look_backs b where b.county_id = p.county_id and b.problem_id = p.id)
    ), size as (select count(*)::integer as n from pool),
    lots as (select id from pool order by lot limit $5)
    insert into look_backs as b (county_id, id, version, campaign_id, draw_id, seed, pool, drawn_by, drawn_on, problem_id)
    select $1, n.id, 1, $2, $3, $4, size.n, $6, $7, l.id from size cross join
        (select id, row_number() over () as at from lots) l join unnest($8::uuid[]) with ordinality as n(id, at) on n.at = l.at
    returning b.id, to_jsonb(b)::text";

/// Draws in one county; how many. Nothing is drawn where nothing is left to draw from.
pub async fn draw(writing: &mut Writing, permit: &Permit<Attach>, campaign: Uuid, terms: DrawTerms) -> Result<usize, WriteError> {
    let (county, on) = (permit.county(), writing.today());
    let ids: Vec<Uuid> = (0..terms.each).map(|_| new_id()).collect();
    let drawn: Vec<(Uuid, String)> = sqlx::query_as(DRAWN)
        .bind(county)
        .bind(campaign)
        .bind(terms.id)
        .bind(terms.seed)
        .bind(terms.each)
        .bind(&permit.actor().name)
        .bind(on)
        .bind(ids)
        .fetch_all(writing.connection())
        .await?;
    let count = drawn.len();
    let entries = drawn.into_iter().map(|(id, row)| Entry::created("look_backs", id, row));
    writing.record_all(county, entries.collect()).await?;
    Ok(count)
}

const LOOK_BACKS: &str = "select b.county_id, b.id, b.version, b.draw_id, b.seed, b.pool, b.drawn_by, b.drawn_on, b.problem_id,
        p.description, p.unit_id, u.name as unit_name, p.verified_on, p.verifiers, b.result, b.checked_on, b.people, b.note,
        (select r.id from problems r where r.county_id = p.county_id and r.recurrence_of = p.id order by r.id desc limit 1) as recurrence
    from look_backs b join problems p on p.county_id = b.county_id and p.id = b.problem_id
    join units u on u.county_id = p.county_id and u.id = p.unit_id where b.county_id = any($1)";

/// Everything that was drawn in a campaign: what is still to be looked at first.
pub async fn list(connection: &mut PgConnection, scope: &Scope, campaign: Uuid) -> Result<Vec<LookBack>, sqlx::Error> {
    let sql = format!("{LOOK_BACKS} and b.campaign_id = $2 order by b.result is not null, b.draw_id desc, b.county_id, u.name");
    sqlx::query_as(AssertSqlSafe(sql)).bind(scope.ids()).bind(campaign).fetch_all(connection).await
}

/// One of them.
pub async fn find(connection: &mut PgConnection, scope: &Scope, id: Uuid) -> Result<Option<LookBack>, sqlx::Error> {
    let sql = format!("{LOOK_BACKS} and b.id = $2");
    sqlx::query_as(AssertSqlSafe(sql)).bind(scope.ids()).bind(id).fetch_optional(connection).await
}

/// Keeps what was found.
pub async fn outcome(
    writing: &mut Writing,
    permit: &Permit<Attach>,
    id: Uuid,
    changes: &LookBackChanges,
) -> Result<(), WriteError> {
    let written: Option<(i32, String)> = sqlx::query_as(
        "update look_backs b set version = version + 1, result = $4, checked_on = $5, people = $6, note = $7
         where county_id = $1 and id = $2 and version = $3 returning version, to_jsonb(b)::text",
    )
    .bind(permit.county())
    .bind(id)
    .bind(changes.version)
    .bind(changes.result.code())
    .bind(changes.checked_on)
    .bind(&changes.people)
    .bind(&changes.note)
    .fetch_optional(writing.connection())
    .await?;
    let (version, row) = written.ok_or(WriteError::Stale)?;
    writing.record(permit.county(), Entry::changed("look_backs", id, version, row)).await?;
    Ok(())
}

/// Whether a problem was drawn.
pub async fn drawn(connection: &mut PgConnection, scope: &Scope, problem: Uuid) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("select exists (select 1 from look_backs where county_id = any($1) and problem_id = $2)")
        .bind(scope.ids())
        .bind(problem)
        .fetch_one(connection)
        .await
}

/// What the draws of a county came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Tally {
    /// The county.
    pub county_id: CountyId,
    /// Drawn.
    pub drawn: i64,
    /// Looked at.
    pub checked: i64,
    /// 反弹.
    pub recurred: i64,
    /// 未按要求整改.
    pub not_done: i64,
}

/// The draws of each county in a campaign.
pub async fn tally(connection: &mut PgConnection, scope: &Scope, campaign: Uuid) -> Result<Vec<Tally>, sqlx::Error> {
    sqlx::query_as(
        "select b.county_id, count(*) as drawn, count(b.result) as checked, count(*) filter (where b.result = 'recurred') as recurred,
            count(*) filter (where b.result = 'not_done') as not_done
         from look_backs b join counties c on c.id = b.county_id
         where b.county_id = any($1) and b.campaign_id = $2 group by b.county_id, c.rank order by c.rank",
    )
    .bind(scope.ids())
    .bind(campaign)
    .fetch_all(connection)
    .await
}
