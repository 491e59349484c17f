//! Queries on `exposures`, and the two statements that put a text before the public and take it back.

use super::exposure::{DECISION_CHANGED, Exposure, ExposureText, State};
use crate::base::ability::{EnterCase, LegalReview, Review};
use crate::base::{CountyId, Permit, Scope, new_id};
use crate::history::{Entry, WriteError, Writing};
use crate::ledger::{self, Case, CaseFile, CaseProblem};
use crate::platform::database::find_row;
use sqlx::PgConnection;
use uuid::Uuid;

/// One text.
pub async fn find(connection: &mut PgConnection, scope: &Scope, id: Uuid) -> Result<Option<Exposure>, sqlx::Error> {
    find_row(connection, scope, "exposures", id).await
}

/// The texts of a case, the one that stands first.
pub async fn of_case(connection: &mut PgConnection, scope: &Scope, case: Uuid) -> Result<Vec<Exposure>, sqlx::Error> {
    sqlx::query_as(
        "select * from exposures where county_id = any($1) and case_id = $2 order by withdrawn_on is not null, id desc",
    )
    .bind(scope.ids())
    .bind(case)
    .fetch_all(connection)
    .await
}

/// A line of the list.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Line {
    /// The text.
    #[sqlx(flatten)]
    pub exposure: Exposure,
    /// Number or respondent of its case.
    pub case_title: Option<String>,
}

/// The texts of a campaign, the newest first; at most five hundred.
pub async fn list(connection: &mut PgConnection, scope: &Scope, campaign: Uuid) -> Result<Vec<Line>, sqlx::Error> {
    sqlx::query_as(
        "select e.*, coalesce(c.case_number, c.respondent) as case_title
         from exposures e left join cases c on c.county_id = e.county_id and c.id = e.case_id
         where e.county_id = any($1) and e.campaign_id = $2 order by e.id desc limit 500",
    )
    .bind(scope.ids())
    .bind(campaign)
    .fetch_all(connection)
    .await
}

/// A decided case that has no text yet.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Typical {
    /// Where the unit lies.
    pub county_id: CountyId,
    /// The case.
    pub case_id: Uuid,
    /// Its respondent, number, or the unit's name.
    pub title: Option<String>,
    /// The codes of its kinds.
    pub kinds: Vec<String>,
    /// The fine in 分.
    pub fine_fen: i64,
    /// Its measures.
    pub measures: i64,
}

/// Ten decided cases to choose from: those of kinds to be dealt with severely first, then those with measures, then by fine.
pub async fn typical(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
    severe: &[&str],
) -> Result<Vec<Typical>, sqlx::Error> {
    sqlx::query_as(
        "select c.county_id, c.id as case_id, coalesce(c.respondent, c.case_number) as title, c.fine_fen, k.kinds, m.measures
         from cases c
         cross join lateral (select coalesce(array_agg(distinct p.kind) filter (where p.kind is not null), '{}') as kinds
            from case_problems cp join problems p on p.county_id = cp.county_id and p.id = cp.problem_id
            where cp.county_id = c.county_id and cp.case_id = c.id) k
         cross join lateral (select count(*) as measures from measures m
            where m.county_id = c.county_id and m.case_id = c.id and not m.removed) m
         where c.county_id = any($1) and c.campaign_id = $2 and c.decided_on is not null and c.fine_fen > 0
            and not exists (select 1 from exposures e where e.county_id = c.county_id and e.case_id = c.id and e.withdrawn_on is null)
         order by k.kinds && $3 desc, m.measures desc, c.fine_fen desc, c.id limit 10",
    )
    .bind(scope.ids())
    .bind(campaign)
    .bind(severe)
    .fetch_all(connection)
    .await
}

/// How many texts wait for 法规审核.
pub async fn waiting(connection: &mut PgConnection, scope: &Scope, campaign: Uuid) -> Result<usize, sqlx::Error> {
    let count: i64 = sqlx::query_scalar(
        "select count(*) from exposures where county_id = any($1) and campaign_id = $2 and checked_on is not null
            and reviewed_on is null and withdrawn_on is null",
    )
    .bind(scope.ids())
    .bind(campaign)
    .fetch_one(connection)
    .await?;
    Ok(usize::try_from(count).unwrap_or(0))
}

/// Writes the text of a case, new or again. A changed text must be reviewed anew; a published one is withdrawn first.
pub async fn write(
    writing: &mut Writing,
    permit: &Permit<EnterCase>,
    case: &Case,
    new: &ExposureText,
) -> Result<Uuid, WriteError> {
    if permit.county() != case.county_id || !permit.covers(case.handler().city_direct()) {
        return Err(WriteError::NotPermitted);
    }
    if case.decided_on.is_none() {
        return Err(WriteError::refused("", "尚未作出处罚决定，不能曝光。"));
    }
    let scope = Scope::county(case.county_id);
    let standing = of_case(writing.connection(), &scope, case.id).await?;
    let standing = standing.into_iter().find(|e| e.withdrawn_on.is_none());
    let (by, today) = (permit.actor().name.clone(), writing.today());
    let checked = new.checked.then_some((by.clone(), today));
    let (checked_by, checked_on) = checked.unzip();
    let Some(before) = standing else {
        let id = new_id();
        let row: String = sqlx::query_scalar(
            "insert into exposures as e (county_id, id, version, campaign_id, case_id, title, text, drafted_by, drafted_on, checked_by,
                checked_on) values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10) returning to_jsonb(e)::text",
        )
        .bind(case.county_id)
        .bind(id)
        .bind(case.campaign_id)
        .bind(case.id)
        .bind(&new.title)
        .bind(&new.text)
        .bind(by)
        .bind(today)
        .bind(checked_by)
        .bind(checked_on)
        .fetch_one(writing.connection())
        .await?;
        writing.record(case.county_id, Entry::created("exposures", id, row)).await?;
        return Ok(id);
    };
    if before.version != new.version {
        return Err(WriteError::Stale);
    }
    if before.state() == State::Published {
        return Err(WriteError::refused("", "本案已发布，修改前请先由市局撤下。"));
    }
    let row: String = sqlx::query_scalar(
        "update exposures e set title = $3, text = $4, drafted_by = $5, drafted_on = $6, checked_by = $7, checked_on = $8,
            reviewed_by = null, reviewed_on = null, version = version + 1
         where county_id = $1 and id = $2 returning to_jsonb(e)::text",
    )
    .bind(case.county_id)
    .bind(before.id)
    .bind(&new.title)
    .bind(&new.text)
    .bind(by)
    .bind(today)
    .bind(checked_by)
    .bind(checked_on)
    .fetch_one(writing.connection())
    .await?;
    writing.record(case.county_id, Entry::changed("exposures", before.id, before.version + 1, row)).await?;
    Ok(before.id)
}

/// The text locked for an act that its state must allow.
async fn locked(writing: &mut Writing, county: CountyId, id: Uuid, wanted: State) -> Result<Exposure, WriteError> {
    let found: Option<Exposure> = sqlx::query_as("select * from exposures where county_id = $1 and id = $2 for update")
        .bind(county)
        .bind(id)
        .fetch_optional(writing.connection())
        .await?;
    let found = found.ok_or(WriteError::Missing)?;
    if found.state() == wanted {
        return Ok(found);
    }
    Err(WriteError::refused("", format!("该稿件现为“{}”，不能进行此项操作，请刷新后查看。", found.state().label())))
}

async fn case_of(writing: &mut Writing, exposure: &Exposure) -> Result<CaseFile, WriteError> {
    let scope = Scope::county(exposure.county_id);
    ledger::open(writing.connection(), &scope, exposure.case_id).await?.ok_or(WriteError::Missing)
}

/// 法规审核 of the text that the officer saw at `version`; it is that of the case too, where nobody has recorded it yet.
pub async fn review(writing: &mut Writing, permit: &Permit<LegalReview>, id: Uuid, version: i32) -> Result<(), WriteError> {
    let before = locked(writing, permit.county(), id, State::Checked).await?;
    if before.version != version {
        return Err(WriteError::Stale);
    }
    let file = case_of(writing, &before).await?;
    if !file.case.reviewable_by(permit.actor()) {
        return Err(WriteError::NotPermitted);
    }
    if file.case.review_refused().is_none() {
        ledger::review(writing, permit, file.case.id, file.case.version).await?;
    }
    sqlx::query("update exposures set reviewed_decision = $3 where county_id = $1 and id = $2")
        .bind(before.county_id)
        .bind(id)
        .bind(file.case.decision_told())
        .execute(writing.connection())
        .await?;
    stamp(writing, &before, ("reviewed", &permit.actor().name), None, "法规审核").await
}

/// Publishes it: the public reads it from this moment, and the case is exposed.
pub async fn publish(
    writing: &mut Writing,
    permit: &Permit<Review>,
    id: Uuid,
    (area, outlet): (&str, &str),
) -> Result<(), WriteError> {
    let before = locked(writing, permit.county(), id, State::Reviewed).await?;
    let file = case_of(writing, &before).await?;
    if let Some(sentence) = file.case.exposure_refused() {
        return Err(WriteError::refused("", sentence));
    }
    if before.overtaken(&file.case) {
        return Err(WriteError::refused("", DECISION_CHANGED));
    }
    let today = writing.today();
    let mut kinds: Vec<&str> = file.problems.iter().map(CaseProblem::kind_label).filter(|k| !k.is_empty()).collect();
    kinds.dedup();
    sqlx::query("insert into published_cases (id, title, area, kinds, text, published_on) values ($1, $2, $3, $4, $5, $6)")
        .bind(id)
        .bind(&before.title)
        .bind(area)
        .bind(kinds.join("、"))
        .bind(&before.text)
        .bind(today)
        .execute(writing.connection())
        .await?;
    ledger::exposed_by_publishing(writing, permit, file.case.id, outlet).await?;
    stamp(writing, &before, ("published", &permit.actor().name), None, "发布").await
}

/// Takes it back from the public, with the reason. That the case was exposed remains a fact.
pub async fn withdraw(writing: &mut Writing, permit: &Permit<Review>, id: Uuid, reason: &str) -> Result<(), WriteError> {
    let before = locked(writing, permit.county(), id, State::Published).await?;
    sqlx::query("delete from published_cases where id = $1").bind(id).execute(writing.connection()).await?;
    stamp(writing, &before, ("withdrawn", &permit.actor().name), Some(reason), "撤下").await
}

/// Writes who did an act and when: `act` is the beginning of its two columns.
async fn stamp(
    writing: &mut Writing,
    before: &Exposure,
    (act, by): (&'static str, &str),
    reason: Option<&str>,
    note: &str,
) -> Result<(), WriteError> {
    let today = writing.today();
    let sql = format!(
        "update exposures e set {act}_by = $3, {act}_on = $4, withdrawn_reason = $5, version = version + 1
         where county_id = $1 and id = $2 returning to_jsonb(e)::text"
    );
    let row: String = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
        .bind(before.county_id)
        .bind(before.id)
        .bind(by)
        .bind(today)
        .bind(reason)
        .fetch_one(writing.connection())
        .await?;
    let entry = Entry::changed("exposures", before.id, before.version + 1, row).with_note(note);
    writing.record(before.county_id, entry).await?;
    Ok(())
}
