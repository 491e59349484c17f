//! Queries on `measures`.

use super::case::Case;
use super::measure::{Measure, MeasureChanges};
use crate::base::ability::EnterCase;
use crate::base::{CountyId, Money, Permit, Scope, new_id};
use crate::history::{Action, Entry, WriteError, Writing};
use crate::vocabulary::{PoliceOutcome, TransferBasis};
use sqlx::PgConnection;
use uuid::Uuid;

/// The measures of a case, oldest first, without those removed.
pub async fn measures_of(connection: &mut PgConnection, scope: &Scope, case: Uuid) -> Result<Vec<Measure>, sqlx::Error> {
    sqlx::query_as("select * from measures where county_id = any($1) and case_id = $2 and not removed order by id")
        .bind(scope.ids())
        .bind(case)
        .fetch_all(connection)
        .await
}

/// One measure that was not removed.
pub async fn find_measure(connection: &mut PgConnection, scope: &Scope, id: Uuid) -> Result<Option<Measure>, sqlx::Error> {
    sqlx::query_as("select * from measures where county_id = any($1) and id = $2 and not removed")
        .bind(scope.ids())
        .bind(id)
        .fetch_optional(connection)
        .await
}

/// The permit must fit the case: its county, and who handles it.
fn insist(permit: &Permit<EnterCase>, case: &Case) -> Result<(), WriteError> {
    let fits = permit.county() == case.county_id && permit.covers(case.handler().city_direct());
    fits.then_some(()).ok_or(WriteError::NotPermitted)
}

/// Adds a measure to a case.
pub async fn add_measure(
    writing: &mut Writing,
    permit: &Permit<EnterCase>,
    case: &Case,
    new: &MeasureChanges,
) -> Result<Uuid, WriteError> {
    insist(permit, case)?;
    let id = new_id();
    let insert = sqlx::query_scalar(
        "insert into measures as m (county_id, id, kind, number, decided_on, served_on, from_on, until_on, extended_until,
            lifted_on, published_on, original_fine_fen, order_served_on, recheck_on, amount_fen, basis, persons, police_outcome,
            police_on, detained_persons, remark, case_id, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, 1)
         returning to_jsonb(m)::text",
    );
    let row: String = bind(insert, case.county_id, id, new).bind(case.id).fetch_one(writing.connection()).await?;
    writing.record(case.county_id, Entry::created("measures", id, row)).await?;
    Ok(id)
}

/// Changes a measure; a stale version is refused.
pub async fn change_measure(
    writing: &mut Writing,
    permit: &Permit<EnterCase>,
    case: &Case,
    id: Uuid,
    changes: &MeasureChanges,
) -> Result<(), WriteError> {
    insist(permit, case)?;
    let update = sqlx::query_scalar(
        "update measures m set kind = $3, number = $4, decided_on = $5, served_on = $6, from_on = $7, until_on = $8,
            extended_until = $9, lifted_on = $10, published_on = $11, original_fine_fen = $12, order_served_on = $13,
            recheck_on = $14, amount_fen = $15, basis = $16, persons = $17, police_outcome = $18, police_on = $19,
            detained_persons = $20, remark = $21, version = version + 1
         where county_id = $1 and id = $2 and case_id = $22 and version = $23 and not removed returning to_jsonb(m)::text",
    );
    let row: Option<String> = bind(update, case.county_id, id, changes)
        .bind(case.id)
        .bind(changes.version)
        .fetch_optional(writing.connection())
        .await?;
    let row = row.ok_or(WriteError::Stale)?;
    writing.record(case.county_id, Entry::changed("measures", id, changes.version + 1, row)).await?;
    Ok(())
}

/// Marks a measure as entered by mistake: it counts nowhere from then on, and history keeps it.
pub async fn remove_measure(writing: &mut Writing, permit: &Permit<EnterCase>, case: &Case, id: Uuid) -> Result<(), WriteError> {
    insist(permit, case)?;
    let set = "update measures m set removed = true, version = version + 1
               where county_id = $1 and id = $2 and case_id = $3 and not removed returning version, to_jsonb(m)::text";
    let row: Option<(i32, String)> =
        sqlx::query_as(set).bind(case.county_id).bind(id).bind(case.id).fetch_optional(writing.connection()).await?;
    let (version, row) = row.ok_or(WriteError::Missing)?;
    let entry = Entry { action: Action::Removed, record: "measures", record_id: id, version, row: Some(row), note: None };
    writing.record(case.county_id, entry).await?;
    Ok(())
}

type Scalar<'q> = sqlx::query::QueryScalar<'q, sqlx::Postgres, String, sqlx::postgres::PgArguments>;

/// `$1` county, `$2` id, `$3` to `$21` the facts.
fn bind<'q>(query: Scalar<'q>, county: CountyId, id: Uuid, m: &'q MeasureChanges) -> Scalar<'q> {
    query
        .bind(county)
        .bind(id)
        .bind(m.kind.code())
        .bind(&m.number)
        .bind(m.decided_on)
        .bind(m.served_on)
        .bind(m.from_on)
        .bind(m.until_on)
        .bind(m.extended_until)
        .bind(m.lifted_on)
        .bind(m.published_on)
        .bind(m.original_fine.map(Money::fen))
        .bind(m.order_served_on)
        .bind(m.recheck_on)
        .bind(m.amount.map(Money::fen))
        .bind(m.basis.map(TransferBasis::code))
        .bind(m.persons)
        .bind(m.police_outcome.map(PoliceOutcome::code))
        .bind(m.police_on)
        .bind(m.detained_persons)
        .bind(&m.remark)
}
