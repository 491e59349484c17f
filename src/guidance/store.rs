//! One act of guidance, and queries on `guidance`.

use crate::base::ability::Enter;
use crate::base::{Cells, CountyId, Permit, Scope, dates, new_id};
use crate::history::{self, Back, Entry, WriteError, Writing};
use crate::platform::database::{find_row, rows_of_unit};
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

/// Guidance as registered.
#[derive(Clone, Debug, serde::Deserialize, sqlx::FromRow)]
pub struct Guidance {
    /// The county.
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// For the second editor.
    pub version: i32,
    /// The unit.
    pub unit_id: Uuid,
    /// The problem that it was about, if one.
    pub problem_id: Option<Uuid>,
    /// The day.
    pub guided_on: NaiveDate,
    /// Who went.
    pub person: String,
    /// What was advised.
    pub advice: String,
    /// What followed.
    pub outcome: Option<String>,
    /// Entered by mistake.
    pub removed: bool,
}

impl Guidance {
    /// As the cells of its form.
    pub fn cells(&self, today: NaiveDate) -> Cells {
        let mut cells = Cells::new(today);
        cells
            .set("guided_on", dates::short(self.guided_on))
            .set("person", &*self.person)
            .set("advice", &*self.advice)
            .set("outcome", self.outcome.clone().unwrap_or_default())
            .set("removed", if self.removed { "yes" } else { "" })
            .set("version", self.version.to_string());
        cells
    }
}

/// Guidance as typed.
#[derive(Clone, Debug)]
pub struct GuidanceChanges {
    /// The day.
    pub guided_on: NaiveDate,
    /// Who went.
    pub person: String,
    /// What was advised.
    pub advice: String,
    /// What followed.
    pub outcome: Option<String>,
    /// Entered by mistake: it counts no more.
    pub removed: bool,
    /// The version that the editor saw; 0 for new.
    pub version: i32,
}

impl GuidanceChanges {
    /// Reads the form: day, person and advice make the fact.
    pub fn read(cells: &mut Cells) -> Option<Self> {
        let guided_on = cells.date("guided_on");
        if guided_on.is_none() && cells.error("guided_on").is_none() {
            cells.refuse("guided_on", "请填写帮扶日期。");
        }
        cells.not_in_future("guided_on", "帮扶日期", guided_on);
        let person = cells.required("person", "请填写帮扶人。");
        let advice = cells.required("advice", "请填写指导意见。");
        let (outcome, removed) = (cells.text("outcome"), cells.tick("removed"));
        let version = cells.raw("version").parse().unwrap_or(0);
        cells.clean().then_some(())?;
        Some(Self { guided_on: guided_on?, person: person?, advice: advice?, outcome, removed, version })
    }
}

/// One act of guidance within the scope.
pub async fn find(connection: &mut PgConnection, scope: &Scope, id: Uuid) -> Result<Option<Guidance>, sqlx::Error> {
    find_row(connection, scope, "guidance", id).await
}

/// The guidance that a unit had in a campaign, the latest first.
pub async fn of_unit(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
    unit: Uuid,
) -> Result<Vec<Guidance>, sqlx::Error> {
    rows_of_unit(connection, scope, ("guidance", "guided_on"), campaign, unit).await
}

/// Registers guidance of one unit, perhaps about one of its problems.
pub async fn add(
    writing: &mut Writing,
    permit: &Permit<Enter>,
    campaign: Uuid,
    (unit, problem): (Uuid, Option<Uuid>),
    new: &GuidanceChanges,
) -> Result<Uuid, WriteError> {
    let added = insert(writing, permit, campaign, &[unit], problem, new).await?;
    added.first().copied().ok_or(WriteError::Missing)
}

/// Registers the same for many units of one county; how many. The caller opens the batch.
pub async fn add_many(
    writing: &mut Writing,
    permit: &Permit<Enter>,
    campaign: Uuid,
    units: &[Uuid],
    new: &GuidanceChanges,
) -> Result<usize, WriteError> {
    Ok(insert(writing, permit, campaign, units, None, new).await?.len())
}

async fn insert(
    writing: &mut Writing,
    permit: &Permit<Enter>,
    campaign: Uuid,
    units: &[Uuid],
    problem: Option<Uuid>,
    new: &GuidanceChanges,
) -> Result<Vec<Uuid>, WriteError> {
    let (county, at) = (permit.county(), writing.business_at());
    let ids: Vec<Uuid> = units.iter().map(|_| new_id()).collect();
    // A problem belongs to the unit that is named with it, or nothing is written.
    let written: Vec<(Uuid, String)> = sqlx::query_as(
        "insert into guidance as g (county_id, id, version, campaign_id, unit_id, problem_id, guided_on, person, advice, outcome, created_at)
         select $1, k.id, 1, $2, u.id, $5, $6, $7, $8, $9, $10 from unnest($3::uuid[], $4::uuid[]) as k(id, unit)
         join units u on u.county_id = $1 and u.id = k.unit
         where $5::uuid is null or exists (select 1 from problems p where p.county_id = $1 and p.id = $5 and p.unit_id = u.id)
         returning g.id, to_jsonb(g)::text",
    )
    .bind(county)
    .bind(campaign)
    .bind(ids)
    .bind(units)
    .bind(problem)
    .bind(new.guided_on)
    .bind(&new.person)
    .bind(&new.advice)
    .bind(&new.outcome)
    .bind(at)
    .fetch_all(writing.connection())
    .await?;
    let added = written.iter().map(|(id, _)| *id).collect();
    let entries = written.into_iter().map(|(id, row)| Entry::created("guidance", id, row));
    writing.record_all(county, entries.collect()).await?;
    Ok(added)
}

/// Changes guidance.
pub async fn change(
    writing: &mut Writing,
    permit: &Permit<Enter>,
    id: Uuid,
    changes: &GuidanceChanges,
) -> Result<(), WriteError> {
    let written: Option<(i32, String)> = sqlx::query_as(
        "update guidance g set version = version + 1, guided_on = $4, person = $5, advice = $6, outcome = $7, removed = $8
         where county_id = $1 and id = $2 and version = $3 returning version, to_jsonb(g)::text",
    )
    .bind(permit.county())
    .bind(id)
    .bind(changes.version)
    .bind(changes.guided_on)
    .bind(&changes.person)
    .bind(&changes.advice)
    .bind(&changes.outcome)
    .bind(changes.removed)
    .fetch_optional(writing.connection())
    .await?;
    let (version, row) = written.ok_or(WriteError::Stale)?;
    writing.record(permit.county(), Entry::changed("guidance", id, version, row)).await?;
    Ok(())
}

/// Takes away the guidance that a batch made; the ids of those that nobody changed meanwhile.
pub async fn take_back(writing: &mut Writing, permit: &Permit<Enter>, rows: &[Back]) -> Result<Vec<Uuid>, WriteError> {
    history::take_away(writing, permit.county(), "guidance", rows).await
}
