//! Queries on `case_events`.

use super::event::{Event, EventChanges};
use crate::base::ability::{EnterCase, LegalReview};
use crate::base::{CountyId, Permit, Scope, new_id};
use crate::history::{Action, Entry, WriteError, Writing};
use crate::ledger::{Case, Measure};
use crate::vocabulary::{CaseEvent, MeasureKind};
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

const EVENTS: &str = "select e.county_id, e.id, e.version, e.case_id, e.measure_id, e.kind, e.happened_on, e.until_on, e.note,
    e.recorded_by, e.recorded_at from case_events e";

/// The events of a case and its measures, in the order in which they happened.
pub async fn events_of(connection: &mut PgConnection, scope: &Scope, case: Uuid) -> Result<Vec<Event>, sqlx::Error> {
    let sql = format!("{EVENTS} where e.county_id = any($1) and e.case_id = $2 and not e.removed order by e.happened_on, e.id");
    sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(scope.ids()).bind(case).fetch_all(connection).await
}

/// The events of all cases of a campaign.
pub(super) async fn events_in(connection: &mut PgConnection, scope: &Scope, campaign: Uuid) -> Result<Vec<Event>, sqlx::Error> {
    let sql = format!(
        "{EVENTS} join cases c on c.county_id = e.county_id and c.id = e.case_id
         where e.county_id = any($1) and c.campaign_id = $2 and not e.removed order by e.case_id, e.happened_on, e.id"
    );
    sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(scope.ids()).bind(campaign).fetch_all(connection).await
}

fn insist(permit: &Permit<EnterCase>, case: &Case) -> Result<(), WriteError> {
    let fits = permit.county() == case.county_id && permit.covers(case.handler().city_direct());
    fits.then_some(()).ok_or(WriteError::NotPermitted)
}

/// Records an event.
pub async fn add(writing: &mut Writing, permit: &Permit<EnterCase>, case: &Case, new: &EventChanges) -> Result<Uuid, WriteError> {
    insist(permit, case)?;
    let days = (new.happened_on, new.until_on);
    insert(writing, (case.county_id, case.id, new.subject.measure), new.subject.kind, days, new.note.as_deref()).await
}

async fn insert(
    writing: &mut Writing,
    (county, case, measure): (CountyId, Uuid, Option<Uuid>),
    kind: CaseEvent,
    (on, until): (NaiveDate, Option<NaiveDate>),
    note: Option<&str>,
) -> Result<Uuid, WriteError> {
    let (id, by, at) = (new_id(), writing.actor().name.clone(), writing.recorded_at());
    let row: Option<String> = sqlx::query_scalar(
        "insert into case_events as e (county_id, id, version, case_id, measure_id, kind, happened_on, until_on, note, recorded_by,
            recorded_at)
         select $1, $2, 1, c.id, $4, $5, $6, $7, $8, $9, $10 from cases c where c.county_id = $1 and c.id = $3
            and ($4::uuid is null or exists (select 1 from measures m
                where m.county_id = $1 and m.id = $4 and m.case_id = c.id and not m.removed))
         returning to_jsonb(e)::text",
    )
    .bind(county)
    .bind(id)
    .bind(case)
    .bind(measure)
    .bind(kind.code())
    .bind(on)
    .bind(until)
    .bind(note)
    .bind(by)
    .bind(at)
    .fetch_optional(writing.connection())
    .await?;
    let row = row.ok_or(WriteError::Missing)?;
    writing.record(county, Entry::created("case_events", id, row)).await?;
    Ok(id)
}

/// Marks an event as entered by mistake; the clocks forget it, history keeps it.
pub async fn remove(writing: &mut Writing, permit: &Permit<EnterCase>, case: &Case, id: Uuid) -> Result<(), WriteError> {
    insist(permit, case)?;
    let set = "update case_events e set removed = true, version = version + 1
               where county_id = $1 and id = $2 and case_id = $3 and kind <> 'letter_reviewed' and not removed
               returning version, to_jsonb(e)::text";
    let row: Option<(i32, String)> =
        sqlx::query_as(set).bind(case.county_id).bind(id).bind(case.id).fetch_optional(writing.connection()).await?;
    let (version, row) = row.ok_or(WriteError::Missing)?;
    let entry = Entry { action: Action::Removed, record: "case_events", record_id: id, version, row: Some(row), note: None };
    writing.record(case.county_id, entry).await?;
    Ok(())
}

/// 法规审核 of the letter of a transfer.
pub async fn review_letter(
    writing: &mut Writing,
    permit: &Permit<LegalReview>,
    case: &Case,
    measure: &Measure,
) -> Result<(), WriteError> {
    if permit.county() != case.county_id || !case.reviewable_by(permit.actor()) {
        return Err(WriteError::NotPermitted);
    }
    if !measure.kind().is_some_and(MeasureKind::to_police) {
        return Err(WriteError::refused("", "只有移送公安机关的措施需要审核移送函。"));
    }
    let today = writing.today();
    insert(writing, (case.county_id, case.id, Some(measure.id)), CaseEvent::LetterReviewed, (today, None), None).await?;
    Ok(())
}
