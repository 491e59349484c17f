//! Queries on `self_reports` and `self_report_problems`.

use super::link::Link;
use super::report::{NewReport, Report, ReportedProblem};
use crate::base::ability::ReportItself;
use crate::base::{Permit, Scope, new_id};
use crate::history::{Entry, WriteError, Writing};
use crate::notifications::{self, NotificationChanges};
use crate::vocabulary::NotificationChannel;
use sqlx::PgConnection;
use uuid::Uuid;

/// The unit confirms through its link that it was told: that is a notification like any other, and counts as one.
pub async fn confirm_receipt(
    writing: &mut Writing,
    permit: &Permit<ReportItself>,
    link: &Link,
    receiver: &str,
) -> Result<(), WriteError> {
    let confirmed = NotificationChanges {
        notified_on: writing.today(),
        channel: NotificationChannel::Link,
        person: None,
        receiver: Some(receiver.to_owned()),
        note: None,
        removed: false,
        version: 0,
    };
    notifications::add(writing, permit, link.campaign_id, link.unit_id, &confirmed).await.map(drop)
}

/// Files what a unit reports; it waits for a clerk.
pub async fn file(
    writing: &mut Writing,
    permit: &Permit<ReportItself>,
    link: &Link,
    new: &NewReport,
) -> Result<Uuid, WriteError> {
    let (id, at, county) = (new_id(), writing.business_at(), permit.county());
    let row: String = sqlx::query_scalar(
        "insert into self_reports as r (county_id, id, version, campaign_id, unit_id, link_id, received_at, reporter, phone,
            inspected_on, found, note, state)
         values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'waiting') returning to_jsonb(r)::text",
    )
    .bind(county)
    .bind(id)
    .bind(link.campaign_id)
    .bind(link.unit_id)
    .bind(link.id)
    .bind(at)
    .bind(&new.reporter)
    .bind(&new.phone)
    .bind(new.inspected_on)
    .bind(new.found.code())
    .bind(&new.note)
    .fetch_one(writing.connection())
    .await?;
    writing.record(county, Entry::created("self_reports", id, row)).await?;
    for (place, problem) in (1_i32..).zip(&new.problems) {
        let problem_id = new_id();
        let row: String = sqlx::query_scalar(
            "insert into self_report_problems as p (county_id, id, report_id, place, kind, description, measures,
                responsible_person, due_on, invested_fen, completed_on)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning to_jsonb(p)::text",
        )
        .bind(county)
        .bind(problem_id)
        .bind(id)
        .bind(place)
        .bind(&problem.kind)
        .bind(&problem.description)
        .bind(&problem.measures)
        .bind(&problem.responsible_person)
        .bind(problem.due_on)
        .bind(problem.invested.map(|m| m.fen()))
        .bind(problem.completed_on)
        .fetch_one(writing.connection())
        .await?;
        writing.record(county, Entry::created("self_report_problems", problem_id, row)).await?;
    }
    Ok(id)
}

/// A report within the scope, with its problems in order.
pub async fn find(
    connection: &mut PgConnection,
    scope: &Scope,
    id: Uuid,
) -> Result<Option<(Report, Vec<ReportedProblem>)>, sqlx::Error> {
    let found: Option<Report> = sqlx::query_as("select * from self_reports where county_id = any($1) and id = $2")
        .bind(scope.ids())
        .bind(id)
        .fetch_optional(&mut *connection)
        .await?;
    let Some(report) = found else { return Ok(None) };
    let problems = sqlx::query_as(
        "select id, kind, description, measures, responsible_person, due_on, invested_fen, completed_on, problem_id
         from self_report_problems where county_id = $1 and report_id = $2 order by place",
    )
    .bind(report.county_id)
    .bind(id)
    .fetch_all(connection)
    .await?;
    Ok(Some((report, problems)))
}

/// What a unit reported through its link, the latest first: that is all it sees of what is kept about it.
pub async fn of_link(connection: &mut PgConnection, scope: &Scope, link: &Link) -> Result<Vec<Report>, sqlx::Error> {
    sqlx::query_as(
        "select * from self_reports where county_id = any($1) and campaign_id = $2 and unit_id = $3 and link_id = $4 order by id desc",
    )
    .bind(scope.ids())
    .bind(link.campaign_id)
    .bind(link.unit_id)
    .bind(link.id)
    .fetch_all(connection)
    .await
}
