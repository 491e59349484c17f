//! One submission.

use super::state::State;
use crate::base::CountyId;
use crate::figures::Values;
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

/// A reminder as it stood at 定稿, with the county's reason.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct Settled {
    /// The rule's number.
    pub rule: String,
    /// The sentence.
    pub text: String,
    /// The rows that it is about.
    #[serde(default)]
    pub rows: Vec<Uuid>,
    /// The county's reason.
    pub reason: Option<String>,
}

/// A submission of a county in a campaign.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Submission {
    /// Whose.
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// For the second editor.
    pub version: i32,
    /// In which campaign.
    pub campaign_id: Uuid,
    /// 第N次.
    pub round: i32,
    /// Where it stands, as a code.
    pub state: String,
    /// 更正版: why.
    pub correction_reason: Option<String>,
    /// 更正版: of which submission.
    pub corrects: Option<Uuid>,
    /// 数据截止日期.
    pub data_date: NaiveDate,
    /// The body as it was called on the data date.
    pub body_name: String,
    /// 版本码, printed for the stamp.
    pub version_code: String,
    /// SHA-256 over the canonical form of rows, figures and summary.
    pub content_hash: Vec<u8>,
    /// The figures by key.
    pub figures: serde_json::Value,
    /// The part that the city's bureau handles itself.
    pub by_city: serde_json::Value,
    /// The work summary, line by line.
    pub summary: Vec<String>,
    /// The reminders with their reasons, as they were at 定稿.
    pub findings: serde_json::Value,
    /// Who handed it over.
    pub handed_over_by: String,
    /// When, in business time.
    pub handed_over_at: DateTime<Utc>,
    /// How it was filed: `lead`, `paper`, `city`.
    pub way: Option<String>,
    /// Who filed it.
    pub filed_by: Option<String>,
    /// The account that filed it, which alone may withdraw it.
    pub filed_account: Option<Uuid>,
    /// When it was filed, in business time.
    pub filed_at: Option<DateTime<Utc>>,
    /// The first filing of what this corrects.
    pub first_filed_at: Option<DateTime<Utc>>,
    /// Who signed on paper.
    pub signers: Option<serde_json::Value>,
    /// 回执编号.
    pub receipt_number: Option<String>,
    /// Filed at or after the deadline.
    pub late: bool,
    /// What the city says of a late filing: `confirmed` or `excused`.
    pub lateness: Option<String>,
    /// Why it was excused.
    pub lateness_note: Option<String>,
    /// 代报: when the mail came.
    pub arrived_at: Option<DateTime<Utc>>,
    /// 代报: why the city files.
    pub behalf_reason: Option<String>,
    /// 代报: `confirmed` or `contested` by the county.
    pub county_answer: Option<String>,
    /// What the county says of it.
    pub county_answer_note: Option<String>,
    /// 盖章件.
    pub scan_id: Option<Uuid>,
    /// Who began to review it.
    pub opened_by: Option<String>,
    /// When.
    pub opened_at: Option<DateTime<Utc>>,
    /// Who decided on it.
    pub reviewed_by: Option<String>,
    /// When.
    pub reviewed_at: Option<DateTime<Utc>>,
    /// What was said with the decision.
    pub review_note: Option<String>,
    /// Until when what is open must be mended.
    pub mend_by: Option<NaiveDate>,
}

impl Submission {
    /// Where it stands.
    pub fn state(&self) -> State {
        State::from_code(&self.state).unwrap_or(State::Void)
    }

    /// 第1次报送, 第2次报送（更正版）.
    pub fn title(&self) -> String {
        let kind = if self.corrects.is_some() { "（更正版）" } else { "" };
        format!("第{}次报送{kind}", self.round)
    }

    /// The reminders with their reasons.
    pub fn settled(&self) -> Vec<Settled> {
        serde_json::from_value(self.findings.clone()).unwrap_or_default()
    }

    /// The figures.
    pub fn values(&self) -> Values {
        Values::from_json(&self.figures)
    }

    /// The part that the city's bureau handles itself.
    pub fn by_city(&self) -> Values {
        Values::from_json(&self.by_city)
    }

    /// The word on punctuality; nothing before it is filed.
    pub fn punctuality(&self) -> &'static str {
        match (self.filed_at, self.late, self.lateness.as_deref()) {
            (None, ..) => "",
            (Some(_), false, _) => "按时",
            (Some(_), true, Some("excused")) => "迟报（市局已核准）",
            (Some(_), true, Some("confirmed")) => "迟报",
            (Some(_), true, _) => "迟报（待市局认定）",
        }
    }

    /// On what a table of it rests: 已接收，第1次报送，版本码….
    pub fn basis(&self) -> String {
        let state = if self.way.as_deref() == Some("city") && !self.state().received() { "代报" } else { self.state().label() };
        format!("{state}（{}，版本码{}）", self.title(), self.version_code)
    }

    /// The content's hash in hexadecimal.
    pub fn hash(&self) -> String {
        self.content_hash.iter().map(|b| format!("{b:02x}")).collect()
    }

    /// Whether the county still owes the stamped scan.
    pub fn owes_scan(&self) -> bool {
        self.scan_id.is_none() && matches!(self.state(), State::Filed | State::Accepted | State::AcceptedOpen)
    }
}
