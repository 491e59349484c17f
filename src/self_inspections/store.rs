//! Queries on `self_inspections`.

use super::self_inspection::{Found, SelfInspection, SelfInspectionChanges};
use crate::base::ability::{Ability, Enter, EnterCase};
use crate::base::{CountyId, Permit, Scope, new_id};
use crate::history::{self, Action, Back, Entry, WriteError, Writing};
use crate::vocabulary::SelfInspectionState;
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

/// A unit's self-inspection in a campaign.
pub async fn find(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
    unit: Uuid,
) -> Result<Option<SelfInspection>, sqlx::Error> {
    sqlx::query_as("select * from self_inspections where county_id = any($1) and campaign_id = $2 and unit_id = $3")
        .bind(scope.ids())
        .bind(campaign)
        .bind(unit)
        .fetch_optional(connection)
        .await
}

/// Registers or changes a unit's self-inspection. 未发现问题 beside self-found problems is refused: the two would disagree.
pub async fn register(
    writing: &mut Writing,
    permit: &Permit<Enter>,
    campaign: Uuid,
    unit: Uuid,
    changes: &SelfInspectionChanges,
) -> Result<(), WriteError> {
    let county = permit.county();
    if changes.found == Some(Found::None) && self_found(writing.connection(), county, campaign, unit).await? {
        return Err(WriteError::refused("has_problem", BESIDE_PROBLEMS));
    }
    let written: Option<(Uuid, i32, String)> = sqlx::query_as(
        "insert into self_inspections as t (county_id, id, version, campaign_id, unit_id, state, inspected_on, found, person, note)
         select $1, $2, 1, $3, u.id, $5, $6, $7, $8, $9 from units u where u.county_id = $1 and u.id = $4
         on conflict (county_id, campaign_id, unit_id) do update set version = t.version + 1, state = $5, inspected_on = $6, found = $7,
            person = $8, note = $9 where t.version = $10
         returning t.id, t.version, to_jsonb(t)::text",
    )
    .bind(county)
    .bind(new_id())
    .bind(campaign)
    .bind(unit)
    .bind(changes.state.code())
    .bind(changes.inspected_on)
    .bind(changes.found.map(Found::code))
    .bind(&changes.person)
    .bind(&changes.note)
    .bind(changes.version)
    .fetch_optional(writing.connection())
    .await?;
    let (id, version, row) = written.ok_or(WriteError::Stale)?;
    let action = if version == 1 { Action::Created } else { Action::Changed };
    let entry = Entry { action, record: "self_inspections", record_id: id, version, row: Some(row), note: None };
    writing.record(county, entry).await?;
    Ok(())
}

/// Why a unit with problems that it found itself cannot have found nothing.
pub const BESIDE_PROBLEMS: &str = "该单位已登记企业自查发现的问题，不能填“未发现问题”。请先核对这些问题。";

/// Whether a unit has problems that it found itself.
pub async fn self_found(
    connection: &mut PgConnection,
    county: CountyId,
    campaign: Uuid,
    unit: Uuid,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar(
        "select exists (select 1 from problems where county_id = $1 and campaign_id = $2 and unit_id = $3 and source = 'self_inspection'
            and ended_as is distinct from 'unfounded')",
    )
    .bind(county)
    .bind(campaign)
    .bind(unit)
    .fetch_one(connection)
    .await
}

/// Whoever may record a self-found problem: those who enter facts, and those who enter a case with its new violation.
pub trait Hears: Ability {}
impl Hears for Enter {}
impl Hears for EnterCase {}

/// A self-found problem was recorded: the unit has inspected itself and found something, on that day at the latest. The day of another
/// state (拒不开展, 联系不上) is none of an inspection.
pub async fn found_some<A: Hears>(
    writing: &mut Writing,
    permit: &Permit<A>,
    campaign: Uuid,
    unit: Uuid,
    on: Option<NaiveDate>,
) -> Result<(), WriteError> {
    let written: Option<(Uuid, i32, String)> = sqlx::query_as(
        "insert into self_inspections as t (county_id, id, version, campaign_id, unit_id, state, inspected_on, found)
         values ($1, $2, 1, $3, $4, 'inspected', $5, 'some')
         on conflict (county_id, campaign_id, unit_id) do update set version = t.version + 1, state = 'inspected', found = 'some',
            inspected_on = case when t.state = 'inspected' then coalesce(t.inspected_on, $5) else $5 end
            where t.state <> 'inspected' or t.found is distinct from 'some'
         returning t.id, t.version, to_jsonb(t)::text",
    )
    .bind(permit.county())
    .bind(new_id())
    .bind(campaign)
    .bind(unit)
    .bind(on)
    .fetch_optional(writing.connection())
    .await?;
    if let Some((id, version, row)) = written {
        let entry = Entry::changed("self_inspections", id, version, row).with_note("登记企业自查发现的问题时自动标记");
        writing.record(permit.county(), entry).await?;
    }
    Ok(())
}

/// The same answer for many units at once.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The state.
    pub state: SelfInspectionState,
    /// The day.
    pub inspected_on: Option<NaiveDate>,
    /// What was found.
    pub found: Option<Found>,
    /// Who.
    pub person: Option<String>,
}

/// Why a unit is left alone by a batch.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Skipped {
    /// The unit.
    pub name: String,
    /// The reason as a sentence.
    pub reason: String,
}

/// Which of these units would be skipped, and why: already inspected, closed, or with problems of their own finding.
const SKIPS: &str = "select u.id, u.name, case
        when s.state = 'inspected' then '已登记自查'
        when u.status in ('closed', 'demolished') then '已关闭拆除'
        when exists (select 1 from problems p where p.county_id = u.county_id and p.campaign_id = $2 and p.unit_id = u.id
            and p.source = 'self_inspection' and p.ended_as is distinct from 'unfounded') then '已有企业自查发现的问题'
    end as reason
    from units u left join self_inspections s on s.county_id = u.county_id and s.unit_id = u.id and s.campaign_id = $2
    where u.county_id = $1 and u.id = any($3)";

impl Batch {
    /// What the batch would leave alone.
    pub async fn skips(
        connection: &mut PgConnection,
        county: crate::base::CountyId,
        campaign: Uuid,
        units: &[Uuid],
    ) -> Result<Vec<Skipped>, sqlx::Error> {
        let sql = sqlx::AssertSqlSafe(format!("select name, reason from ({SKIPS}) x where reason is not null order by name"));
        sqlx::query_as(sql).bind(county).bind(campaign).bind(units).fetch_all(connection).await
    }
}

/// Registers the same answer for many units of one county; how many were written. The caller opens the batch.
pub async fn register_many(
    writing: &mut Writing,
    permit: &Permit<Enter>,
    campaign: Uuid,
    units: &[Uuid],
    batch: &Batch,
) -> Result<usize, WriteError> {
    let county = permit.county();
    let sql = sqlx::AssertSqlSafe(format!("select id from ({SKIPS}) x where reason is null"));
    let free: Vec<Uuid> = sqlx::query_scalar(sql).bind(county).bind(campaign).bind(units).fetch_all(writing.connection()).await?;
    let ids: Vec<Uuid> = free.iter().map(|_| new_id()).collect();
    let written: Vec<(Uuid, i32, String)> = sqlx::query_as(
        "insert into self_inspections as t (county_id, id, version, campaign_id, unit_id, state, inspected_on, found, person)
         select $1, n.id, 1, $2, n.unit, $5, $6, $7, $8 from unnest($3::uuid[], $4::uuid[]) as n(id, unit)
         on conflict (county_id, campaign_id, unit_id) do update set version = t.version + 1, state = $5, inspected_on = $6, found = $7, person = $8
         returning t.id, t.version, to_jsonb(t)::text",
    )
    .bind(county)
    .bind(campaign)
    .bind(ids)
    .bind(&free)
    .bind(batch.state.code())
    .bind(batch.inspected_on)
    .bind(batch.found.map(Found::code))
    .bind(&batch.person)
    .fetch_all(writing.connection())
    .await?;
    let count = written.len();
    let entries = written.into_iter().map(|(id, version, row)| {
        let action = if version == 1 { Action::Created } else { Action::Changed };
        Entry { action, record: "self_inspections", record_id: id, version, row: Some(row), note: None }
    });
    writing.record_all(county, entries.collect()).await?;
    Ok(count)
}

/// Registers many self-inspections as a table tells them, each its own; one that stands so already is left alone.
pub async fn bring_in(
    writing: &mut Writing,
    permit: &Permit<Enter>,
    campaign: Uuid,
    all: &[(Uuid, SelfInspectionChanges)],
) -> Result<(), WriteError> {
    if all.is_empty() {
        return Ok(());
    }
    let row = |(unit, c): &(Uuid, SelfInspectionChanges)| {
        serde_json::json!({
            "id": new_id(), "unit": unit, "state": c.state.code(), "inspected_on": c.inspected_on,
            "found": c.found.map(Found::code), "person": c.person, "note": c.note,
        })
    };
    let rows: serde_json::Value = all.iter().map(row).collect();
    let written: Vec<(Uuid, i32, String)> = sqlx::query_as(
        "insert into self_inspections as t (county_id, id, version, campaign_id, unit_id, state, inspected_on, found, person, note)
         select $1, n.id, 1, $2, u.id, n.state, n.inspected_on, n.found, n.person, n.note
         from jsonb_to_recordset($3::jsonb) as n(id uuid, unit uuid, state text, inspected_on date, found text, person text, note text)
         join units u on u.county_id = $1 and u.id = n.unit
         on conflict (county_id, campaign_id, unit_id) do update set version = t.version + 1, state = excluded.state,
            inspected_on = coalesce(excluded.inspected_on, t.inspected_on), found = coalesce(excluded.found, t.found)
            where (t.state, t.inspected_on, t.found) is distinct from
                (excluded.state, coalesce(excluded.inspected_on, t.inspected_on), coalesce(excluded.found, t.found))
         returning t.id, t.version, to_jsonb(t)::text",
    )
    .bind(permit.county())
    .bind(campaign)
    .bind(rows)
    .fetch_all(writing.connection())
    .await?;
    let entries = written.into_iter().map(|(id, version, row)| match version {
        1 => Entry::created("self_inspections", id, row),
        _ => Entry::changed("self_inspections", id, version, row),
    });
    let entries = entries.collect();
    writing.record_all(permit.county(), entries).await?;
    Ok(())
}

/// What a batch may have changed of a self-inspection.
const FACTS: &[&str] = &["state", "inspected_on", "found", "person", "note"];

/// Takes self-inspections back to what they were, or away; the ids of those that nobody changed meanwhile.
pub async fn take_back(writing: &mut Writing, permit: &Permit<Enter>, rows: &[Back]) -> Result<Vec<Uuid>, WriteError> {
    let mut done = history::put_back(writing, permit.county(), ("self_inspections", FACTS), rows).await?;
    done.extend(history::take_away(writing, permit.county(), "self_inspections", rows).await?);
    Ok(done)
}
