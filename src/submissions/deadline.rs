//! A county's deadline: the campaign's, unless the city gave it another.

use crate::base::ability::Review;
use crate::base::{CountyId, Permit, Scope, dates, new_id};
use crate::campaigns::Campaign;
use crate::history::{Action, Entry, WriteError, Writing};
use chrono::{DateTime, FixedOffset, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// A county's deadline: filing before it is on time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The instant, half open, in 北京时间.
    pub at: DateTime<FixedOffset>,
    /// Why it differs from the campaign's.
    pub reason: Option<String>,
}

/// The deadline of a county.
pub async fn deadline(
    connection: &mut PgConnection,
    scope: &Scope,
    county: CountyId,
    campaign: &Campaign,
) -> Result<Deadline, sqlx::Error> {
    let given: Option<(DateTime<Utc>, String)> = sqlx::query_as(
        "select due_at, reason from deadline_extensions where county_id = any($1) and county_id = $2 and campaign_id = $3
         order by id desc limit 1",
    )
    .bind(scope.ids())
    .bind(county)
    .bind(campaign.id)
    .fetch_optional(connection)
    .await?;
    Ok(match given {
        Some((at, reason)) => Deadline { at: at.with_timezone(&dates::beijing()), reason: Some(reason) },
        None => Deadline { at: campaign.due(), reason: None },
    })
}

/// Gives a county another deadline, with a reason.
pub async fn extend(
    writing: &mut Writing,
    permit: &Permit<Review>,
    campaign: Uuid,
    due_at: DateTime<FixedOffset>,
    reason: &str,
) -> Result<(), WriteError> {
    let (id, by, at) = (new_id(), permit.actor().name.clone(), writing.business_at());
    sqlx::query(
        "insert into deadline_extensions (county_id, id, campaign_id, due_at, reason, granted_by, granted_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(permit.county())
    .bind(id)
    .bind(campaign)
    .bind(due_at)
    .bind(reason)
    .bind(by)
    .bind(at)
    .execute(writing.connection())
    .await?;
    let note = format!("报送期限延至{}：{reason}", dates::minute(due_at.to_utc()));
    writing.record(permit.county(), Entry::event(Action::Changed, "submissions", id, note)).await?;
    Ok(())
}
