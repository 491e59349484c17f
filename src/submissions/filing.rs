//! 上报: exactly what was frozen is filed, once, with the time of the business clock; and what is said of a filing afterwards.

use super::deadline::deadline;
use super::freeze::Frozen;
use super::heads;
use super::moves::{insert, step, told};
use super::receipt;
use super::state::{Move, State};
use super::submission::Submission;
use crate::base::ability::{Enter, File, Review};
use crate::base::{Cells, Permit, Scope};
use crate::campaigns::{self, Campaign};
use crate::history::{WriteError, Writing};
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How a submission is filed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The lead signs in and confirms by password.
    Lead,
    /// A clerk files what was signed on paper.
    Paper,
    /// The city files what the county mailed (代报).
    City,
}

impl Way {
    /// All ways.
    const ALL: [Self; 3] = [Self::Lead, Self::Paper, Self::City];

    /// The word in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Paper => "paper",
            Self::City => "city",
        }
    }

    /// Reads a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == code)
    }

    /// The word on the screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Lead => "系统内签发",
            Self::Paper => "纸质签字",
            Self::City => "市局代报",
        }
    }
}

/// Who signed on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// In which post: 填报人, 审核人, 分管领导, 主要负责人.
    pub post: String,
    /// The name as signed.
    pub name: String,
    /// On which day.
    pub on: NaiveDate,
}

/// A filing as typed.
#[derive(Clone, Debug)]
pub struct Filing {
    /// How.
    pub way: Way,
    /// Who signed on paper.
    pub signers: Vec<Signer>,
}

impl Filing {
    /// Reads the names, posts and days of those who signed: fields `signer_0`, `signed_on_0`, … in the order of `posts`. The
    /// last post must have signed; the others may be left out.
    pub fn read_paper(cells: &mut Cells, posts: &[&str]) -> Option<Self> {
        let mut signers = Vec::new();
        for (at, post) in posts.iter().enumerate() {
            let (field, day) = (format!("signer_{at}"), format!("signed_on_{at}"));
            let (name, on) = (cells.text(&field), cells.date(&day));
            cells.not_in_future(&day, "签字日期", on);
            match (name, on) {
                (Some(name), Some(on)) => signers.push(Signer { post: (*post).to_owned(), name, on }),
                (Some(_), None) if cells.error(&day).is_none() => cells.refuse(&day, format!("请填写{post}的签字日期。")),
                (None, Some(_)) => cells.refuse(&field, format!("请填写{post}的姓名。")),
                (None, None) if at + 1 == posts.len() => cells.refuse(&field, format!("请填写{post}的姓名和签字日期。")),
                _ => {}
            }
        }
        cells.clean().then_some(Self { way: Way::Paper, signers })
    }
}

/// Files what was handed over. A filing at or after the deadline of its own campaign is late, and says so.
pub async fn file(
    writing: &mut Writing,
    permit: &Permit<File>,
    submission: &Submission,
    filing: &Filing,
) -> Result<(), WriteError> {
    let campaign = campaigns::find_by_id(writing.connection(), submission.campaign_id).await?.ok_or(WriteError::Missing)?;
    let unsigned = filing.way == Way::Paper && !campaign.paper_signature;
    if permit.county() != submission.county_id || unsigned || !Move::File.allowed(permit.actor(), campaign.paper_signature) {
        return Err(WriteError::NotPermitted);
    }
    let at = writing.business_at();
    let late = is_late(writing, &campaign, submission, at).await?;
    let name = permit.actor().name.clone();
    step(writing, submission, Move::File, "filed_by = $5, filed_at = $7", (Some(&name), None)).await?;
    stamp(writing, submission, filing, late).await?;
    told(writing, submission, "上报".to_owned()).await
}

async fn is_late(
    writing: &mut Writing,
    campaign: &Campaign,
    submission: &Submission,
    at: DateTime<FixedOffset>,
) -> Result<bool, WriteError> {
    let scope = Scope::county(submission.county_id);
    let due = deadline(writing.connection(), &scope, submission.county_id, campaign).await?;
    Ok(at >= due.at)
}

/// What goes with a filing: who, how, on time or not, the receipt. A 更正版 is as punctual as what it corrects.
async fn stamp(writing: &mut Writing, submission: &Submission, filing: &Filing, late: bool) -> Result<(), WriteError> {
    let number = receipt::number(submission);
    let signers = serde_json::to_value(&filing.signers).unwrap_or_default();
    let filed: Submission = sqlx::query_as(
        "update submissions s set way = $3, filed_account = $4, signers = $5, receipt_number = $6,
            late = coalesce(c.late, $7), lateness = c.lateness, lateness_note = c.lateness_note,
            first_filed_at = coalesce(c.first_filed_at, c.filed_at, s.filed_at)
         from submissions m left join submissions c on c.county_id = $1 and c.id = m.corrects
         where s.county_id = $1 and s.id = $2 and m.county_id = $1 and m.id = $2 returning s.*",
    )
    .bind(submission.county_id)
    .bind(submission.id)
    .bind(filing.way.code())
    .bind(writing.actor().account)
    .bind(signers)
    .bind(&number)
    .bind(late)
    .fetch_one(writing.connection())
    .await?;
    let ends = heads::keep(writing.connection(), &filed).await?;
    let (name, bytes) = receipt::paper(&filed, &ends)?;
    super::moves::keep_file(writing, (filed.county_id, filed.id), "receipt", &name, &bytes).await
}

/// What the city files for a county (代报).
#[derive(Debug)]
pub struct Mailed<'a> {
    /// When the mail came: from then it counts.
    pub arrived: DateTime<FixedOffset>,
    /// Why the county does not file itself.
    pub reason: &'a str,
    /// The received submission of which it is the 更正版.
    pub corrects: Option<Uuid>,
    /// What the county froze and nobody filed: its code is void from now on.
    pub waiting: Option<&'a Submission>,
}

/// 代报: the city files what a county mailed.
pub async fn file_for_county(
    writing: &mut Writing,
    permit: &Permit<Review>,
    campaign: &Campaign,
    frozen: &Frozen,
    &Mailed { arrived, reason, corrects, waiting }: &Mailed<'_>,
) -> Result<Uuid, WriteError> {
    if permit.county() != frozen.county {
        return Err(WriteError::NotPermitted);
    }
    if let Some(waiting) = waiting {
        step(writing, waiting, Move::TakeBack, "review_note = review_note", (None, None)).await?;
        told(writing, waiting, format!("市局代报，版本码{}作废", waiting.version_code)).await?;
    }
    let id = insert(writing, campaign.id, frozen, corrects.map(|of| (of, reason)), State::Filed).await?;
    let scope = Scope::county(frozen.county);
    let submission = super::find(writing.connection(), &scope, id).await?.ok_or(WriteError::Missing)?;
    let late = is_late(writing, campaign, &submission, arrived).await?;
    sqlx::query("update submissions set filed_by = $3, filed_at = $4, arrived_at = $4, behalf_reason = $5 where county_id = $1 and id = $2")
        .bind(frozen.county)
        .bind(id)
        .bind(&permit.actor().name)
        .bind(arrived)
        .bind(reason)
        .execute(writing.connection())
        .await?;
    stamp(writing, &submission, &Filing { way: Way::City, signers: Vec::new() }, late).await?;
    told(writing, &submission, format!("市局代报：{reason}")).await?;
    Ok(id)
}

/// The county's word on what the city filed for it, given once: what a colleague said meanwhile stays.
pub async fn answer_behalf(
    writing: &mut Writing,
    permit: &Permit<Enter>,
    submission: &Submission,
    (confirmed, word): (bool, &str),
) -> Result<(), WriteError> {
    if permit.county() != submission.county_id || submission.way.as_deref() != Some(Way::City.code()) {
        return Err(WriteError::Missing);
    }
    if !confirmed && word.is_empty() {
        return Err(WriteError::refused("note", "有异议的，请写明哪里不符。"));
    }
    let answer = if confirmed { "confirmed" } else { "contested" };
    let answered = sqlx::query(
        "update submissions set county_answer = $3, county_answer_note = $4, version = version + 1
         where county_id = $1 and id = $2 and county_answer is null",
    )
    .bind(submission.county_id)
    .bind(submission.id)
    .bind(answer)
    .bind(word)
    .execute(writing.connection())
    .await?;
    if answered.rows_affected() == 0 {
        return Err(WriteError::Stale);
    }
    told(writing, submission, if confirmed { "县（区）确认代报内容".to_owned() } else { format!("县（区）对代报有异议：{word}") })
        .await
}

/// What the city says of a late filing, as it was seen at the submission's version: excused with a reason, or late indeed.
pub async fn excuse(
    writing: &mut Writing,
    permit: &Permit<Review>,
    submission: &Submission,
    (excused, why): (bool, &str),
) -> Result<(), WriteError> {
    if permit.county() != submission.county_id || !submission.late {
        return Err(WriteError::Missing);
    }
    if excused && why.is_empty() {
        return Err(WriteError::refused("note", "核准的，请写明原因。"));
    }
    let said = sqlx::query(
        "update submissions set lateness = $3, lateness_note = $4, version = version + 1
         where county_id = $1 and id = $2 and version = $5 and late",
    )
    .bind(submission.county_id)
    .bind(submission.id)
    .bind(if excused { "excused" } else { "confirmed" })
    .bind(why)
    .bind(submission.version)
    .execute(writing.connection())
    .await?;
    if said.rows_affected() == 0 {
        return Err(WriteError::Stale);
    }
    told(writing, submission, if excused { format!("迟报已核准：{why}") } else { "认定为迟报".to_owned() }).await
}

/// Ties the stamped scan (盖章件) to a submission; a better one takes its place.
pub async fn keep_scan(
    writing: &mut Writing,
    permit: &Permit<File>,
    submission: &Submission,
    scan: Uuid,
) -> Result<(), WriteError> {
    if permit.county() != submission.county_id || matches!(submission.state(), State::Void | State::Withdrawn) {
        return Err(WriteError::Missing);
    }
    sqlx::query("update submissions set scan_id = $3, version = version + 1 where county_id = $1 and id = $2")
        .bind(submission.county_id)
        .bind(submission.id)
        .bind(scan)
        .execute(writing.connection())
        .await?;
    told(writing, submission, format!("上传盖章件（版本码{}）", submission.version_code)).await
}

/// The instant of a filing for people.
pub(super) fn moment(at: Option<DateTime<Utc>>) -> String {
    at.map(crate::base::dates::minute).unwrap_or_default()
}
