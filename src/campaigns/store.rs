//! Queries on `campaigns` and `campaign_bodies`.

use super::campaign::{Campaign, CampaignChanges};
use crate::base::ability::Administer;
use crate::base::{CITY, CountyId, Permit, new_id};
use crate::history::{Entry, WriteError, Writing};
use crate::platform::database::refused_by;
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

/// All campaigns, the newest first.
pub async fn all(connection: &mut PgConnection) -> Result<Vec<Campaign>, sqlx::Error> {
    sqlx::query_as("select * from campaigns order by starts_on desc, id desc").fetch_all(connection).await
}

/// A campaign by its name in addresses; without one, that of today: the one that began last, before any has begun the next one.
pub async fn find(connection: &mut PgConnection, slug: Option<&str>, today: NaiveDate) -> Result<Option<Campaign>, sqlx::Error> {
    sqlx::query_as(
        "select * from campaigns where $1::text is null or slug = $1
         order by starts_on <= $2 desc, abs(starts_on - $2), id desc limit 1",
    )
    .bind(slug)
    .bind(today)
    .fetch_optional(connection)
    .await
}

/// A campaign by its id.
pub async fn find_by_id(connection: &mut PgConnection, id: Uuid) -> Result<Option<Campaign>, sqlx::Error> {
    sqlx::query_as("select * from campaigns where id = $1").bind(id).fetch_optional(connection).await
}

/// The areas that report in a campaign, in customary order.
pub async fn bodies_of(connection: &mut PgConnection, campaign: Uuid) -> Result<Vec<CountyId>, sqlx::Error> {
    sqlx::query_scalar(
        "select b.county_id from campaign_bodies b join counties c on c.id = b.county_id where b.campaign_id = $1 order by c.rank",
    )
    .bind(campaign)
    .fetch_all(connection)
    .await
}

/// Opens a campaign for all areas.
pub async fn add(writing: &mut Writing, _permit: &Permit<Administer>, new: &CampaignChanges) -> Result<Uuid, WriteError> {
    let id = new_id();
    let row: String = bind(
        sqlx::query_scalar(
            "insert into campaigns as c (id, slug, title, issuer, basis, contacts, starts_on, self_inspection_until, due_at,
                cross_enforcement_from, data_cutoff_on, ranking_floor, clear_units_apart, paper_signature, scan_within_days,
                mend_within_days, notice, supervision_prefix, report_rhythm)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) returning to_jsonb(c)::text",
        ),
        id,
        new,
    )
    .fetch_one(writing.connection())
    .await
    .map_err(said)?;
    sqlx::query("insert into campaign_bodies (campaign_id, county_id) select $1, id from counties where id <> $2")
        .bind(id)
        .bind(CITY)
        .execute(writing.connection())
        .await?;
    writing.record(CITY, Entry::created("campaigns", id, row)).await?;
    Ok(id)
}

/// Changes a campaign; a stale version is refused.
pub async fn change(
    writing: &mut Writing,
    _permit: &Permit<Administer>,
    id: Uuid,
    changes: &CampaignChanges,
) -> Result<(), WriteError> {
    let before: Option<String> =
        sqlx::query_scalar("select to_jsonb(c)::text from campaigns c where id = $1 and version = $2 for update")
            .bind(id)
            .bind(changes.version)
            .fetch_optional(writing.connection())
            .await?;
    writing.record_before(CITY, "campaigns", id, changes.version, before.ok_or(WriteError::Stale)?).await?;
    let row: Option<String> = bind(
        sqlx::query_scalar(
            "update campaigns c set slug = $2, title = $3, issuer = $4, basis = $5, contacts = $6, starts_on = $7,
                self_inspection_until = $8, due_at = $9, cross_enforcement_from = $10, data_cutoff_on = $11, ranking_floor = $12,
                clear_units_apart = $13, paper_signature = $14, scan_within_days = $15, mend_within_days = $16, notice = $17,
                supervision_prefix = $18, report_rhythm = $19, version = version + 1
             where id = $1 and version = $20 returning to_jsonb(c)::text",
        ),
        id,
        changes,
    )
    .bind(changes.version)
    .fetch_optional(writing.connection())
    .await
    .map_err(said)?;
    let row = row.ok_or(WriteError::Stale)?;
    writing.record(CITY, Entry::changed("campaigns", id, changes.version + 1, row)).await?;
    Ok(())
}

/// The constraint that refused, as a sentence at its field.
fn said(error: sqlx::Error) -> WriteError {
    match refused_by(&error) {
        Some("campaigns_slug_unique") => WriteError::refused("slug", "该代号已被其他行动使用，请换一个。"),
        _ => error.into(),
    }
}

type Scalar<'q> = sqlx::query::QueryScalar<'q, sqlx::Postgres, String, sqlx::postgres::PgArguments>;

fn bind<'q>(query: Scalar<'q>, id: Uuid, c: &'q CampaignChanges) -> Scalar<'q> {
    query
        .bind(id)
        .bind(&c.slug)
        .bind(&c.title)
        .bind(&c.issuer)
        .bind(&c.basis)
        .bind(&c.contacts)
        .bind(c.starts_on)
        .bind(c.self_inspection_until)
        .bind(c.due_at())
        .bind(c.cross_enforcement_from)
        .bind(c.data_cutoff_on)
        .bind(c.ranking_floor)
        .bind(c.clear_units_apart)
        .bind(c.paper_signature)
        .bind(c.scan_within_days)
        .bind(c.mend_within_days)
        .bind(&c.notice)
        .bind(&c.supervision_prefix)
        .bind(c.report_rhythm.code())
}
