//! The moves of a submission. Each names the state that it starts from in its WHERE: of two people at once one wins, and the
//! other is told.

use super::freeze::Frozen;
use super::state::{Move, State};
use super::submission::Submission;
use crate::base::ability::{Enter, File, Review};
use crate::base::{CountyId, Permit};
use crate::calendar;
use crate::history::{Entry, WriteError, Writing};
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Keeps a frozen copy as 待签发. `correction`: of which received submission it is the 更正版, and why.
pub async fn hand_over(
    writing: &mut Writing,
    permit: &Permit<Enter>,
    campaign: Uuid,
    frozen: &Frozen,
    correction: Option<(Uuid, &str)>,
) -> Result<Uuid, WriteError> {
    if permit.county() != frozen.county {
        return Err(WriteError::NotPermitted);
    }
    insert(writing, campaign, frozen, correction, State::HandedOver).await
}

/// Inserts a frozen copy with its rows and files.
pub(super) async fn insert(
    writing: &mut Writing,
    campaign: Uuid,
    frozen: &Frozen,
    correction: Option<(Uuid, &str)>,
    state: State,
) -> Result<Uuid, WriteError> {
    let (by, at) = (writing.actor().name.clone(), writing.business_at());
    // A submission that is filed at once (代报) is dated at once; the filing itself follows in the same transaction.
    let filed = (state == State::Filed).then_some(at);
    let row: String = sqlx::query_scalar(
        "insert into submissions as s (county_id, id, version, campaign_id, round, state, correction_reason, corrects, data_date,
            body_name, version_code, content_hash, figures, by_city, summary, findings, handed_over_by, handed_over_at,
            filed_at)
         values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
         returning (to_jsonb(s) - 'figures' - 'by_city' - 'summary' - 'findings')::text",
    )
    .bind(frozen.county)
    .bind(frozen.id)
    .bind(campaign)
    .bind(frozen.round)
    .bind(state.code())
    .bind(correction.map(|(_, reason)| reason))
    .bind(correction.map(|(of, _)| of))
    .bind(frozen.date)
    .bind(&frozen.body)
    .bind(&frozen.code)
    .bind(&frozen.hash)
    .bind(frozen.values.to_json())
    .bind(frozen.by_city.to_json())
    .bind(&frozen.summary)
    .bind(frozen.findings())
    .bind(by)
    .bind(at)
    .bind(filed)
    .fetch_one(writing.connection())
    .await
    .map_err(in_flight)?;
    for chunk in frozen.lines.chunks(2_000) {
        sqlx::query(
            "insert into submission_lines (county_id, submission_id, annex, no, unit_id, problem_id, case_id, cells)
             select $1, $2, n.* from unnest($3::smallint[], $4::integer[], $5::uuid[], $6::uuid[], $7::uuid[], $8::jsonb[]) as n",
        )
        .bind(frozen.county)
        .bind(frozen.id)
        .bind(chunk.iter().map(|l| l.annex).collect::<Vec<_>>())
        .bind(chunk.iter().map(|l| l.no).collect::<Vec<_>>())
        .bind(chunk.iter().map(|l| l.unit_id).collect::<Vec<_>>())
        .bind(chunk.iter().map(|l| l.problem_id).collect::<Vec<_>>())
        .bind(chunk.iter().map(|l| l.case_id).collect::<Vec<_>>())
        .bind(chunk.iter().map(|l| &l.cells).collect::<Vec<&Value>>())
        .execute(writing.connection())
        .await?;
    }
    for (kind, name, bytes) in &frozen.files {
        keep_file(writing, (frozen.county, frozen.id), kind, name, bytes).await?;
    }
    let entry = Entry::created("submissions", frozen.id, row).with_note(format!("定稿，版本码{}", frozen.code));
    writing.record(frozen.county, entry).await?;
    Ok(frozen.id)
}

/// Keeps a file of a submission.
pub(super) async fn keep_file(
    writing: &mut Writing,
    (county, id): (CountyId, Uuid),
    kind: &str,
    name: &str,
    bytes: &[u8],
) -> Result<(), WriteError> {
    sqlx::query(
        "insert into submission_files (county_id, submission_id, kind, name, sha256, bytes) values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(county)
    .bind(id)
    .bind(kind)
    .bind(name)
    .bind(Sha256::digest(bytes).to_vec())
    .bind(bytes)
    .execute(writing.connection())
    .await?;
    Ok(())
}

fn in_flight(error: sqlx::Error) -> WriteError {
    match crate::platform::database::refused_by(&error) {
        Some("submissions_one_in_flight" | "submissions_one_a_round") => {
            WriteError::refused("", "本县（区）已有一份待签发或待审核的报送，不能再次定稿。")
        }
        _ => error.into(),
    }
}

/// Moves a submission, if it still stands where the move starts and nobody else has moved it. `set` may use `$5`, `$6`, `$7`. Whoever
/// moves it tells it ([`told`]) when all that goes with the move is written: the last row of the history is the row that stands.
pub(super) async fn step(
    writing: &mut Writing,
    submission: &Submission,
    step: Move,
    set: &str,
    (text, day): (Option<&str>, Option<chrono::NaiveDate>),
) -> Result<(), WriteError> {
    let sql = format!(
        "update submissions s set version = version + 1, state = $4, {set}
         where county_id = $1 and id = $2 and version = $3 and state = $8 and ($5::text is null or true) and ($6::date is null or true)
            and $7::timestamptz is not null"
    );
    let moved = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(submission.county_id)
        .bind(submission.id)
        .bind(submission.version)
        .bind(step.to().code())
        .bind(text)
        .bind(day)
        .bind(writing.business_at())
        .bind(step.from().code())
        .execute(writing.connection())
        .await?;
    if moved.rows_affected() == 0 { Err(WriteError::Stale) } else { Ok(()) }
}

/// Records a submission as it stands now, with a sentence.
pub(super) async fn told(writing: &mut Writing, submission: &Submission, note: String) -> Result<(), WriteError> {
    let (version, row): (i32, String) = sqlx::query_as(
        "select version, (to_jsonb(s) - 'figures' - 'by_city' - 'summary' - 'findings')::text from submissions s
         where county_id = $1 and id = $2",
    )
    .bind(submission.county_id)
    .bind(submission.id)
    .fetch_one(writing.connection())
    .await?;
    let entry = Entry::changed("submissions", submission.id, version, row).with_note(note);
    writing.record(submission.county_id, entry).await?;
    Ok(())
}

/// 待签发 -> 填报中: the code is void.
pub async fn take_back(writing: &mut Writing, permit: &Permit<Enter>, submission: &Submission) -> Result<(), WriteError> {
    insist(permit.county() == submission.county_id)?;
    let note = format!("退回填报，版本码{}作废", submission.version_code);
    step(writing, submission, Move::TakeBack, "review_note = review_note", (None, None)).await?;
    told(writing, submission, note).await
}

/// 撤回, by whoever filed, until a reviewer has opened it.
pub async fn withdraw(writing: &mut Writing, permit: &Permit<File>, submission: &Submission) -> Result<(), WriteError> {
    insist(permit.county() == submission.county_id)?;
    if submission.filed_account != Some(permit.actor().account) {
        return Err(WriteError::refused("", "只有上报人本人可以撤回。"));
    }
    if submission.opened_at.is_some() {
        return Err(WriteError::refused("", "市局已开始审核，不能撤回。如需更正，请联系市局退回。"));
    }
    step(writing, submission, Move::Withdraw, "review_note = review_note", (None, None)).await?;
    told(writing, submission, "撤回".to_owned()).await
}

/// A reviewer begins to read.
pub async fn open(writing: &mut Writing, permit: &Permit<Review>, submission: &Submission) -> Result<(), WriteError> {
    if submission.opened_at.is_some() {
        return Ok(());
    }
    let by = permit.actor().name.clone();
    let set = "opened_by = $5, opened_at = $7";
    step(writing, submission, Move::Open, set, (Some(&by), None)).await?;
    told(writing, submission, "开始审核".to_owned()).await
}

/// What the city decides.
#[derive(Clone, Debug)]
pub enum Decision {
    /// 退回, with remarks.
    Return,
    /// 接收.
    Accept,
    /// 带问题接收: to be mended within so many working days.
    AcceptOpen(usize),
}

/// Decides on a submission. A return, and an acceptance with something open, need at least one remark.
pub async fn decide(
    writing: &mut Writing,
    permit: &Permit<Review>,
    submission: &Submission,
    decision: &Decision,
    note: &str,
) -> Result<(), WriteError> {
    let (name, today) = (permit.actor().name.clone(), writing.today());
    let remarks: i64 = sqlx::query_scalar("select count(*) from submission_remarks where county_id = $1 and submission_id = $2")
        .bind(submission.county_id)
        .bind(submission.id)
        .fetch_one(writing.connection())
        .await?;
    let calendar = calendar::load(writing.connection()).await?;
    let (step_of, mend_by, word) = match decision {
        Decision::Return => (Move::Return, None, "退回"),
        Decision::Accept => (Move::Accept, None, "接收"),
        Decision::AcceptOpen(days) => (Move::AcceptOpen, Some(calendar.after_working_days(today, *days)), "带问题接收"),
    };
    if remarks == 0 && !matches!(decision, Decision::Accept) {
        return Err(WriteError::refused("", "请先写明意见：至少对一行或整体写一条，再退回或带问题接收。"));
    }
    let set = "reviewed_by = $5, reviewed_at = $7, mend_by = $6, opened_by = coalesce(opened_by, $5), opened_at = coalesce(opened_at, $7)";
    step(writing, submission, step_of, set, (Some(&name), mend_by)).await?;
    if !note.is_empty() {
        sqlx::query("update submissions set review_note = $3 where county_id = $1 and id = $2")
            .bind(submission.county_id)
            .bind(submission.id)
            .bind(note)
            .execute(writing.connection())
            .await?;
    }
    told(writing, submission, word.to_owned()).await
}

fn insist(fits: bool) -> Result<(), WriteError> {
    if fits { Ok(()) } else { Err(WriteError::NotPermitted) }
}
