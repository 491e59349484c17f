//! The exposure of a case that follows from publishing its text on the city's page.

use super::case::Case;
use crate::base::Permit;
use crate::base::ability::Review;
use crate::history::{Entry, WriteError, Writing};
use crate::vocabulary::ExposureMedia;
use uuid::Uuid;

/// The case is exposed from today, on the government's site; an exposure recorded before stays as it is.
pub async fn exposed_by_publishing(
    writing: &mut Writing,
    permit: &Permit<Review>,
    id: Uuid,
    outlet: &str,
) -> Result<(), WriteError> {
    let case: Option<Case> = sqlx::query_as("select * from cases where county_id = $1 and id = $2 for update")
        .bind(permit.county())
        .bind(id)
        .fetch_optional(writing.connection())
        .await?;
    let case = case.ok_or(WriteError::Missing)?;
    if case.exposed_on.is_some() {
        return Ok(());
    }
    let today = writing.today();
    let set = "update cases c set exposed_on = $3, exposure_media = $4, exposure_outlet = $5, version = version + 1
               where county_id = $1 and id = $2 returning to_jsonb(c)::text";
    let row = sqlx::query_scalar(set)
        .bind(permit.county())
        .bind(id)
        .bind(today)
        .bind(ExposureMedia::GovernmentSite.code())
        .bind(outlet)
        .fetch_one(writing.connection())
        .await?;
    let entry = Entry::changed("cases", id, case.version + 1, row).with_note("典型案例发布");
    writing.record(permit.county(), entry).await?;
    Ok(())
}
