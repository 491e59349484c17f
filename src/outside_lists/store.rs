//! Queries on `outside_lists` and `outside_lines`.

use super::line::{Decision, NewLine, OutsideLine, OutsideList};
use crate::base::ability::Enter;
use crate::base::{Permit, Scope, new_id, text};
use crate::history::{Action, Entry, WriteError, Writing};
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

/// The unit that line `l` is: by decision, else by code, else by name.
const KNOWN: &str = "left join lateral (
        select u.id, u.name from units u where u.county_id = l.county_id and u.id = l.unit_id
        union all (select u.id, u.name from units u where l.unit_id is null and u.county_id = l.county_id and u.credit_code = l.credit_code limit 1)
        union all (select u.id, u.name from units u where l.unit_id is null and u.county_id = l.county_id and u.name_key = l.name_key limit 1)
        limit 1) k on true";

/// The lists of a campaign, the last one first.
pub async fn lists(connection: &mut PgConnection, scope: &Scope, campaign: Uuid) -> Result<Vec<OutsideList>, sqlx::Error> {
    read(connection, scope, "o.campaign_id = $2 order by o.id desc", campaign).await
}

/// One list.
pub async fn find(connection: &mut PgConnection, scope: &Scope, id: Uuid) -> Result<Option<OutsideList>, sqlx::Error> {
    Ok(read(connection, scope, "o.id = $2", id).await?.pop())
}

async fn read(connection: &mut PgConnection, scope: &Scope, which: &str, value: Uuid) -> Result<Vec<OutsideList>, sqlx::Error> {
    let sql = format!(
        "select o.county_id, o.id, o.title, o.origin, o.made_by, o.made_at, n.lines, n.known, n.dismissed from outside_lists o
         cross join lateral (select count(*) as lines, count(k.id) as known, count(*) filter (where k.id is null and l.dismissed is not null) as dismissed
            from outside_lines l {KNOWN} where l.county_id = o.county_id and l.list_id = o.id) n
         where o.county_id = any($1) and {which}"
    );
    sqlx::query_as(AssertSqlSafe(sql)).bind(scope.ids()).bind(value).fetch_all(connection).await
}

const LINE: &str =
    "select l.county_id, l.id, l.list_id, l.version, l.place, l.name, l.credit_code, l.township, l.address, k.id as known_as,
        k.name as known_name, l.dismissed, l.decided_by from outside_lines l";

/// The lines of a list in their order; `missing`: only those that are on no register and were not dismissed.
pub async fn lines(
    connection: &mut PgConnection,
    scope: &Scope,
    list: Uuid,
    missing: bool,
) -> Result<Vec<OutsideLine>, sqlx::Error> {
    let only = if missing { "and k.id is null and l.dismissed is null" } else { "" };
    let sql = format!("{LINE} {KNOWN} where l.county_id = any($1) and l.list_id = $2 {only} order by l.place");
    sqlx::query_as(AssertSqlSafe(sql)).bind(scope.ids()).bind(list).fetch_all(connection).await
}

/// One line.
pub async fn find_line(connection: &mut PgConnection, scope: &Scope, id: Uuid) -> Result<Option<OutsideLine>, sqlx::Error> {
    let sql = format!("{LINE} {KNOWN} where l.county_id = any($1) and l.id = $2");
    sqlx::query_as(AssertSqlSafe(sql)).bind(scope.ids()).bind(id).fetch_optional(connection).await
}

/// Keeps a list with its lines.
pub async fn add(
    writing: &mut Writing,
    permit: &Permit<Enter>,
    campaign: Uuid,
    (title, origin): (&str, &str),
    lines: &[NewLine],
) -> Result<Uuid, WriteError> {
    let (id, county, at) = (new_id(), permit.county(), writing.business_at());
    sqlx::query(
        "insert into outside_lists (county_id, id, campaign_id, title, origin, made_by, made_at) values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(county)
    .bind(id)
    .bind(campaign)
    .bind(title)
    .bind(origin)
    .bind(&permit.actor().name)
    .bind(at)
    .execute(writing.connection())
    .await?;
    let texts = |of: fn(&NewLine) -> &Option<String>| lines.iter().map(|l| of(l).clone()).collect::<Vec<_>>();
    sqlx::query(
        "insert into outside_lines (county_id, id, version, list_id, place, name, name_key, credit_code, township, address)
         select $1, n.id, 1, $2, n.place, n.name, n.key, n.code, n.township, n.address
         from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
            with ordinality as n(id, name, key, code, township, address, place)",
    )
    .bind(county)
    .bind(id)
    .bind(lines.iter().map(|_| new_id()).collect::<Vec<_>>())
    .bind(lines.iter().map(|l| l.name.clone()).collect::<Vec<_>>())
    .bind(lines.iter().map(|l| text::name_key(&l.name)).collect::<Vec<_>>())
    .bind(texts(|l| &l.credit_code))
    .bind(texts(|l| &l.township))
    .bind(texts(|l| &l.address))
    .execute(writing.connection())
    .await?;
    let note = format!("比对外来名单：{title}（{origin}），{}行", lines.len());
    writing.record(county, Entry::event(Action::Created, "outside_lists", id, note)).await?;
    Ok(id)
}

/// Keeps what a person decided about a line.
pub async fn decide(
    writing: &mut Writing,
    permit: &Permit<Enter>,
    line: &OutsideLine,
    version: i32,
    decision: &Decision,
) -> Result<(), WriteError> {
    let (unit, dismissed) = match decision {
        Decision::Unit(unit) => (Some(*unit), None),
        Decision::Dismissed(reason) => (None, Some(reason)),
    };
    let written: Option<(i32, String)> = sqlx::query_as(
        "update outside_lines l set version = version + 1, unit_id = $4, dismissed = $5, decided_by = $6
         where county_id = $1 and id = $2 and version = $3 returning version, to_jsonb(l)::text",
    )
    .bind(permit.county())
    .bind(line.id)
    .bind(version)
    .bind(unit)
    .bind(dismissed)
    .bind(&permit.actor().name)
    .fetch_optional(writing.connection())
    .await?;
    let (version, row) = written.ok_or(WriteError::Stale)?;
    writing.record(permit.county(), Entry::changed("outside_lines", line.id, version, row)).await?;
    Ok(())
}
