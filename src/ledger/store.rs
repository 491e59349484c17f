//! Writes to `cases` and `case_problems`.

use super::case::Case;
use super::changes::{CaseChanges, NewCase};
use super::exposure::ExposureChanges;
use super::ties;
use crate::base::ability::{EnterCase, LegalReview};
use crate::base::{CountyId, Permit, new_id};
use crate::history::{Action, Entry, WriteError, Writing};
use crate::vocabulary::{ExposureMedia, HandledBy};
use uuid::Uuid;

/// The case locked for a change; somebody else's is missing, one that the person may not enter is refused.
async fn locked(writing: &mut Writing, permit: &Permit<EnterCase>, id: Uuid) -> Result<Case, WriteError> {
    let case = row_locked(writing, permit.county(), id).await?;
    permit.covers(case.handler().city_direct()).then_some(case).ok_or(WriteError::NotPermitted)
}

async fn row_locked(writing: &mut Writing, county: CountyId, id: Uuid) -> Result<Case, WriteError> {
    sqlx::query_as("select * from cases where county_id = $1 and id = $2 for update")
        .bind(county)
        .bind(id)
        .fetch_optional(writing.connection())
        .await?
        .ok_or(WriteError::Missing)
}

/// The city's people enter what the city handles, the county's all else.
fn fits(permit: &Permit<EnterCase>, handler: HandledBy) -> Result<(), WriteError> {
    if permit.covers(handler.city_direct()) {
        return Ok(());
    }
    let text = if handler.city_direct() {
        "市生态环境局办理的案件由市局录入，请选择其他办案机关；本局无处罚权的，保存后使用“移送市局办理”。"
    } else {
        "市局人员只录入市生态环境局办理的案件，其他案件由属地县（区）录入。"
    };
    Err(WriteError::refused("handled_by", text))
}

/// Makes a case over problems of the permit's county.
pub async fn add(writing: &mut Writing, permit: &Permit<EnterCase>, new: &NewCase) -> Result<Uuid, WriteError> {
    fits(permit, new.facts.handled_by)?;
    if new.problems.is_empty() {
        return Err(WriteError::refused("", "案件须至少关联1个问题。"));
    }
    let (county, id, now) = (permit.county(), new_id(), writing.recorded_at());
    let insert = sqlx::query_scalar(
        "insert into cases as c (county_id, id, handled_by, case_number, respondent, clue_received_on, order_on, order_number,
            case_filed_on, not_filed_on, not_filed_reason, decided_on, decision_number, fine_fen, discretion, discretion_reason,
            other_measures, shut_down, closed_on, remark, campaign_id, created_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, 1)
         returning to_jsonb(c)::text",
    );
    let row: String =
        bind(insert, county, id, &new.facts).bind(new.campaign_id).bind(now).fetch_one(writing.connection()).await?;
    let linked = sqlx::query(
        "insert into case_problems (county_id, case_id, problem_id)
         select $1, $2, p.id from problems p where p.county_id = $1 and p.id = any($3) and p.campaign_id = $4",
    )
    .bind(county)
    .bind(id)
    .bind(&new.problems)
    .bind(new.campaign_id)
    .execute(writing.connection())
    .await?;
    if linked.rows_affected() != new.problems.len() as u64 {
        return Err(WriteError::Missing);
    }
    writing.record(county, Entry::created("cases", id, row)).await?;
    ties::record(writing, county, &[id]).await?;
    Ok(id)
}

/// Changes a case; a stale version is refused. When facts of the decision change before exposure, 法规审核 lapses, because
/// it was given to other facts.
pub async fn change(
    writing: &mut Writing,
    permit: &Permit<EnterCase>,
    id: Uuid,
    changes: &CaseChanges,
) -> Result<(), WriteError> {
    let before = locked(writing, permit, id).await?;
    if before.version != changes.version {
        return Err(WriteError::Stale);
    }
    fits(permit, changes.handled_by)?;
    if let Some(reason) = before.decision_refused(changes.decided_on) {
        return Err(WriteError::refused("decided_on", reason));
    }
    let decision =
        |respondent: &Option<String>, decided, number: &Option<String>, fine| (respondent.clone(), decided, number.clone(), fine);
    let same = decision(&before.respondent, before.decided_on, &before.decision_number, before.fine())
        == decision(&changes.respondent, changes.decided_on, &changes.decision_number, changes.fine);
    let keep_review = same || before.exposed_on.is_some();
    let update = sqlx::query_scalar(
        "update cases c set handled_by = $3, case_number = $4, respondent = $5, clue_received_on = $6, order_on = $7,
            order_number = $8, case_filed_on = $9, not_filed_on = $10, not_filed_reason = $11, decided_on = $12,
            decision_number = $13, fine_fen = $14, discretion = $15, discretion_reason = $16, other_measures = $17,
            shut_down = $18, closed_on = $19, remark = $20, version = version + 1,
            legal_reviewed_on = case when $21 then legal_reviewed_on end,
            legal_reviewed_by = case when $21 then legal_reviewed_by end
         where county_id = $1 and id = $2 returning to_jsonb(c)::text",
    );
    let row: String = bind(update, permit.county(), id, changes).bind(keep_review).fetch_one(writing.connection()).await?;
    let mut entry = Entry::changed("cases", id, before.version + 1, row);
    if !keep_review && before.legal_reviewed_on.is_some() {
        entry = entry.with_note("处罚决定信息有改动，法规审核需重新办理");
    }
    writing.record(permit.county(), entry).await?;
    Ok(())
}

/// 移送市局办理: the county hands a case to the city's bureau, whose people enter it from then on.
pub async fn hand_to_city(writing: &mut Writing, permit: &Permit<EnterCase>, id: Uuid) -> Result<(), WriteError> {
    hand_over(writing, permit, id, (HandledBy::CityBureau, "移送市局办理")).await
}

/// 退回县（区）办理: the city's bureau gives a case back that it does not take, or that came to it by mistake.
pub async fn hand_back(writing: &mut Writing, permit: &Permit<EnterCase>, id: Uuid) -> Result<(), WriteError> {
    hand_over(writing, permit, id, (HandledBy::CountyBureau, "退回县（区）办理")).await
}

async fn hand_over(
    writing: &mut Writing,
    permit: &Permit<EnterCase>,
    id: Uuid,
    (to, act): (HandledBy, &str),
) -> Result<(), WriteError> {
    let case = locked(writing, permit, id).await?;
    if case.decided_on.is_some() {
        return Err(WriteError::refused("", format!("本案已登记处罚决定，不能再{act}。")));
    }
    if case.handler() == to {
        return Err(WriteError::refused("", format!("本案已由{}办理。", to.label())));
    }
    let set = "update cases c set handled_by = $3, version = version + 1 where county_id = $1 and id = $2
               returning to_jsonb(c)::text";
    let row = sqlx::query_scalar(set).bind(permit.county()).bind(id).bind(to.code()).fetch_one(writing.connection()).await?;
    let entry = Entry::changed("cases", id, case.version + 1, row).with_note(act);
    writing.record(permit.county(), entry).await?;
    Ok(())
}

/// Lets a case cover a further problem of its county.
pub async fn attach(writing: &mut Writing, permit: &Permit<EnterCase>, id: Uuid, problem: Uuid) -> Result<(), WriteError> {
    let case = locked(writing, permit, id).await?;
    let linked = sqlx::query(
        "insert into case_problems (county_id, case_id, problem_id)
         select $1, $2, p.id from problems p where p.county_id = $1 and p.id = $3 and p.campaign_id = $4
         on conflict do nothing",
    )
    .bind(permit.county())
    .bind(id)
    .bind(problem)
    .bind(case.campaign_id)
    .execute(writing.connection())
    .await?;
    if linked.rows_affected() == 0 {
        return Err(WriteError::Missing);
    }
    touch(writing, &case, format!("关联问题 {problem}")).await?;
    ties::record(writing, permit.county(), &[id]).await
}

/// Takes a problem off a case; the last one stays, because a case is over problems.
pub async fn detach(writing: &mut Writing, permit: &Permit<EnterCase>, id: Uuid, problem: Uuid) -> Result<(), WriteError> {
    let case = locked(writing, permit, id).await?;
    let gone = sqlx::query("delete from case_problems where county_id = $1 and case_id = $2 and problem_id = $3")
        .bind(permit.county())
        .bind(id)
        .bind(problem)
        .execute(writing.connection())
        .await?;
    if gone.rows_affected() == 0 {
        return Err(WriteError::Missing);
    }
    let left: i64 = sqlx::query_scalar("select count(*) from case_problems where county_id = $1 and case_id = $2")
        .bind(permit.county())
        .bind(id)
        .fetch_one(writing.connection())
        .await?;
    if left == 0 {
        return Err(WriteError::refused("", "案件须至少保留1个问题；案件录错的，请使用“撤除案件”。"));
    }
    touch(writing, &case, format!("解除关联问题 {problem}")).await?;
    ties::record(writing, permit.county(), &[id]).await
}

async fn touch(writing: &mut Writing, case: &Case, note: String) -> Result<(), WriteError> {
    let set = "update cases c set version = version + 1 where county_id = $1 and id = $2 returning to_jsonb(c)::text";
    let row = sqlx::query_scalar(set).bind(case.county_id).bind(case.id).fetch_one(writing.connection()).await?;
    let entry = Entry::changed("cases", case.id, case.version + 1, row).with_note(note);
    writing.record(case.county_id, entry).await?;
    Ok(())
}

/// Records 法规审核 of a decided case, as the officer saw it at `version`.
pub async fn review(writing: &mut Writing, permit: &Permit<LegalReview>, id: Uuid, version: i32) -> Result<(), WriteError> {
    let case = row_locked(writing, permit.county(), id).await?;
    if !case.reviewable_by(permit.actor()) {
        return Err(WriteError::NotPermitted);
    }
    if let Some(sentence) = case.review_refused() {
        return Err(WriteError::refused("", sentence));
    }
    if case.version != version {
        return Err(WriteError::Stale);
    }
    let (today, name) = (writing.today(), permit.actor().name.clone());
    let set = "update cases c set legal_reviewed_on = $3, legal_reviewed_by = $4, version = version + 1
               where county_id = $1 and id = $2 returning to_jsonb(c)::text";
    let row =
        sqlx::query_scalar(set).bind(permit.county()).bind(id).bind(today).bind(name).fetch_one(writing.connection()).await?;
    writing.record(permit.county(), Entry::changed("cases", id, case.version + 1, row).with_note("法规审核")).await?;
    Ok(())
}

/// Records the exposure of a decided and reviewed case, or takes a wrong record back.
pub async fn expose(
    writing: &mut Writing,
    permit: &Permit<EnterCase>,
    id: Uuid,
    changes: &ExposureChanges,
) -> Result<(), WriteError> {
    let case = locked(writing, permit, id).await?;
    if case.version != changes.version {
        return Err(WriteError::Stale);
    }
    if let (Some(_), Some(sentence)) = (changes.exposed_on, case.exposure_refused()) {
        return Err(WriteError::refused("exposed_on", sentence));
    }
    let set = "update cases c set exposed_on = $3, exposure_media = $4, exposure_outlet = $5, version = version + 1
               where county_id = $1 and id = $2 returning to_jsonb(c)::text";
    let row = sqlx::query_scalar(set)
        .bind(permit.county())
        .bind(id)
        .bind(changes.exposed_on)
        .bind(changes.media.map(ExposureMedia::code))
        .bind(&changes.outlet)
        .fetch_one(writing.connection())
        .await?;
    writing.record(permit.county(), Entry::changed("cases", id, case.version + 1, row)).await?;
    Ok(())
}

/// Takes away a case entered by mistake: one without filing, decision, review, or any measure. History keeps the row.
pub async fn remove(writing: &mut Writing, permit: &Permit<EnterCase>, id: Uuid) -> Result<(), WriteError> {
    let case = locked(writing, permit, id).await?;
    let measures: i64 = sqlx::query_scalar("select count(*) from measures where county_id = $1 and case_id = $2")
        .bind(permit.county())
        .bind(id)
        .fetch_one(writing.connection())
        .await?;
    if measures > 0 || case.case_filed_on.is_some() || case.decided_on.is_some() || case.legal_reviewed_on.is_some() {
        return Err(WriteError::refused("", "已立案、已决定或登记过措施的案件不能撤除；录错的请逐项更正。"));
    }
    sqlx::query("delete from case_problems where county_id = $1 and case_id = $2")
        .bind(permit.county())
        .bind(id)
        .execute(writing.connection())
        .await?;
    let row = sqlx::query_scalar("delete from cases c where county_id = $1 and id = $2 returning to_jsonb(c)::text")
        .bind(permit.county())
        .bind(id)
        .fetch_one(writing.connection())
        .await?;
    let entry =
        Entry { action: Action::Removed, record: "cases", record_id: id, version: case.version + 1, row: Some(row), note: None };
    writing.record(permit.county(), entry).await?;
    ties::record(writing, permit.county(), &[id]).await
}

type Scalar<'q> = sqlx::query::QueryScalar<'q, sqlx::Postgres, String, sqlx::postgres::PgArguments>;

/// `$1` county, `$2` id, `$3` to `$20` the facts.
fn bind<'q>(query: Scalar<'q>, county: CountyId, id: Uuid, c: &'q CaseChanges) -> Scalar<'q> {
    query
        .bind(county)
        .bind(id)
        .bind(c.handled_by.code())
        .bind(&c.case_number)
        .bind(&c.respondent)
        .bind(c.clue_received_on)
        .bind(c.order_on)
        .bind(&c.order_number)
        .bind(c.case_filed_on)
        .bind(c.not_filed_on)
        .bind(&c.not_filed_reason)
        .bind(c.decided_on)
        .bind(&c.decision_number)
        .bind(c.fine.map(crate::base::Money::fen))
        .bind(c.discretion.map(crate::vocabulary::Discretion::code))
        .bind(&c.discretion_reason)
        .bind(&c.other_measures)
        .bind(c.shut_down)
        .bind(c.closed_on)
        .bind(&c.remark)
}
