//! Queries on `twin_pairs` and `twin_hints`, and the comparison.

use super::pair::{Pair, Side, Verdict};
use crate::base::ability::Compare;
use crate::base::{CITY, CountyId, Permit, Scope, new_id};
use crate::history::{Action, Entry, WriteError, Writing};
use crate::vocabulary::TwinVerdict;
use sqlx::PgConnection;
use uuid::Uuid;

/// What two units of different counties have in common, by equality only: no index serves likeness under row security. A key that
/// more than six units bear (an agent's telephone, a market's address) says nothing, and
/// a like name or an address alone does not either.
const KEYS: &str = "with place as (
        select '(' || string_agg(name, '|') || '|长治|山西|省|市|有限责任公司|股份有限公司|有限公司|分公司|公司|集团|厂)' as words from counties),
    keys as (
        select county_id, id, 'code' as ground, credit_code || ' ' || site as key from units
            where county_id = any($1) and credit_code is not null
        union all
        select county_id, id, 'name', regexp_replace(name_key, (select words from place), '', 'g') from units
            where county_id = any($1)
        union all
        select county_id, id, 'phone', regexp_replace(contact_phone, '[^0-9]', '', 'g') from units
            where county_id = any($1) and contact_phone is not null
        union all
        select county_id, id, 'address', regexp_replace(address, '[[:space:]]', '', 'g') from units
            where county_id = any($1) and address is not null),
    shared as (
        select ground, key from keys where length(key) >= case ground when 'name' then 3 when 'phone' then 7 else 6 end
        group by ground, key having count(*) <= 6 and count(distinct county_id) > 1),
    found as (
        select a.county_id as first_county, a.id as first_unit, b.county_id as second_county, b.id as second_unit,
            array_agg(distinct a.ground order by a.ground) as grounds
        from shared s join keys a on a.ground = s.ground and a.key = s.key
        join keys b on b.ground = s.ground and b.key = s.key and a.county_id < b.county_id
        group by 1, 2, 3, 4
        having bool_or(a.ground in ('code', 'phone')) or count(distinct a.ground) > 1)";

/// Compares all registers; how many pairs are new. A pair that somebody has judged keeps its verdict.
pub async fn compare(writing: &mut Writing, permit: &Permit<Compare>, scope: &Scope) -> Result<usize, WriteError> {
    if permit.county() != CITY {
        return Err(WriteError::NotPermitted);
    }
    let sql = format!(
        "{KEYS} select f.* from found f where not exists (select 1 from twin_pairs p where p.county_id = $2
            and p.first_county = f.first_county and p.first_unit = f.first_unit
            and p.second_county = f.second_county and p.second_unit = f.second_unit) order by 1, 2, 3, 4"
    );
    let found: Vec<(CountyId, Uuid, CountyId, Uuid, Vec<String>)> =
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(scope.ids()).bind(CITY).fetch_all(writing.connection()).await?;
    let (count, today) = (found.len(), writing.today());
    let mut entries = Vec::new();
    for (first_county, first_unit, second_county, second_unit, grounds) in found {
        let id = new_id();
        let row: String = sqlx::query_scalar(
            "insert into twin_pairs as t (county_id, id, version, first_county, first_unit, second_county, second_unit, grounds, found_on)
             values ($1, $2, 1, $3, $4, $5, $6, $7, $8) returning to_jsonb(t)::text",
        )
        .bind(CITY)
        .bind(id)
        .bind(first_county)
        .bind(first_unit)
        .bind(second_county)
        .bind(second_unit)
        .bind(grounds)
        .bind(today)
        .fetch_one(writing.connection())
        .await?;
        for (county, unit) in [(first_county, first_unit), (second_county, second_unit)] {
            sqlx::query("insert into twin_hints (county_id, unit_id, pair_id) values ($1, $2, $3)")
                .bind(county)
                .bind(unit)
                .bind(id)
                .execute(writing.connection())
                .await?;
        }
        entries.push(Entry::created("twin_pairs", id, row));
    }
    writing.record_all(CITY, entries).await?;
    writing.record(CITY, Entry::event(Action::Changed, "twin_pairs", new_id(), format!("比对名录，新发现{count}对"))).await?;
    Ok(count)
}

/// The pairs in sight, those to be judged first; `open`: these only. At most 500.
pub async fn list(connection: &mut PgConnection, scope: &Scope, open: bool) -> Result<Vec<Pair>, sqlx::Error> {
    let sql = format!(
        "{PAIRS} and ($2 = false or t.verdict is null) order by t.verdict is not null, cardinality(t.grounds) desc, t.id desc limit 500"
    );
    sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(scope.ids()).bind(open).fetch_all(connection).await
}

/// One pair.
pub async fn find(connection: &mut PgConnection, scope: &Scope, id: Uuid) -> Result<Option<Pair>, sqlx::Error> {
    let sql = format!("{PAIRS} and t.id = $2");
    sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(scope.ids()).bind(id).fetch_optional(connection).await
}

const PAIRS: &str = "select t.*, a.name as first_name, b.name as second_name from twin_pairs t
    join units a on a.county_id = t.first_county and a.id = t.first_unit
    join units b on b.county_id = t.second_county and b.id = t.second_unit
    where t.county_id = any($1) and a.county_id = any($1) and b.county_id = any($1)";

/// Both sides of a pair with what each has in the campaign.
pub async fn sides(connection: &mut PgConnection, scope: &Scope, campaign: Uuid, pair: &Pair) -> Result<Vec<Side>, sqlx::Error> {
    sqlx::query_as(
        "select u.county_id, u.id, u.name, u.credit_code, u.site, u.township, u.address, u.contact_name, u.contact_phone, u.status,
            u.status_since, s.state as self_inspection,
            (select count(*) from problems p where p.county_id = u.county_id and p.campaign_id = $2 and p.unit_id = u.id) as problems,
            (select count(*) from problems p where p.county_id = u.county_id and p.campaign_id = $2 and p.unit_id = u.id
                and p.completed_on is null and p.ended_as is null) as open,
            (select count(distinct k.case_id) from case_problems k join problems p on p.county_id = k.county_id and p.id = k.problem_id
                where p.county_id = u.county_id and p.campaign_id = $2 and p.unit_id = u.id) as cases
         from units u left join self_inspections s on s.county_id = u.county_id and s.unit_id = u.id and s.campaign_id = $2
         where u.county_id = any($1) and ((u.county_id, u.id) = ($3, $4) or (u.county_id, u.id) = ($5, $6)) order by u.county_id",
    )
    .bind(scope.ids())
    .bind(campaign)
    .bind(pair.first_county)
    .bind(pair.first_unit)
    .bind(pair.second_county)
    .bind(pair.second_unit)
    .fetch_all(connection)
    .await
}

/// The city's word on a pair. Two different units are no longer hinted at.
pub async fn decide(writing: &mut Writing, permit: &Permit<Compare>, pair: &Pair, verdict: &Verdict) -> Result<(), WriteError> {
    let (today, by) = (writing.today(), permit.actor().name.clone());
    let row: Option<String> = sqlx::query_scalar(
        "update twin_pairs t set verdict = $4, reason = $5, decided_by = $6, decided_on = $7, version = version + 1
         where county_id = $1 and id = $2 and version = $3 returning to_jsonb(t)::text",
    )
    .bind(permit.county())
    .bind(pair.id)
    .bind(verdict.version)
    .bind(verdict.verdict.code())
    .bind(&verdict.reason)
    .bind(by)
    .bind(today)
    .fetch_optional(writing.connection())
    .await?;
    let row = row.ok_or(WriteError::Stale)?;
    for (county, unit) in [(pair.first_county, pair.first_unit), (pair.second_county, pair.second_unit)] {
        sqlx::query("update twin_hints set active = $4 where county_id = $1 and unit_id = $2 and pair_id = $3")
            .bind(county)
            .bind(unit)
            .bind(pair.id)
            .bind(verdict.verdict != TwinVerdict::Different)
            .execute(writing.connection())
            .await?;
    }
    writing.record(permit.county(), Entry::changed("twin_pairs", pair.id, verdict.version + 1, row)).await?;
    Ok(())
}

/// Whether a unit may stand on another register: no more than that.
pub async fn hinted(connection: &mut PgConnection, scope: &Scope, unit: Uuid) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("select exists (select 1 from twin_hints where county_id = any($1) and unit_id = $2 and active)")
        .bind(scope.ids())
        .bind(unit)
        .fetch_one(connection)
        .await
}
