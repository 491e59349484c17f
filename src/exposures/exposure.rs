//! One text about a case, and how far it has come.

use super::redaction::{left_over, suspected};
use crate::base::{Cells, CountyId};
use crate::ledger::Case;
use chrono::NaiveDate;
use uuid::Uuid;

/// A text as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Exposure {
    /// Where the unit lies.
    pub county_id: CountyId,
    /// Its id; also that of the public page.
    pub id: Uuid,
    /// For the second editor.
    pub version: i32,
    /// The campaign.
    pub campaign_id: Uuid,
    /// The case.
    pub case_id: Uuid,
    /// The title.
    pub title: String,
    /// The text.
    pub text: String,
    /// Who wrote it last.
    pub drafted_by: String,
    /// When.
    pub drafted_on: NaiveDate,
    /// Who read it sentence by sentence for what is personal.
    pub checked_by: Option<String>,
    /// When.
    pub checked_on: Option<NaiveDate>,
    /// 法规审核: by whom.
    pub reviewed_by: Option<String>,
    /// When.
    pub reviewed_on: Option<NaiveDate>,
    /// Who published it.
    pub published_by: Option<String>,
    /// When.
    pub published_on: Option<NaiveDate>,
    /// Who withdrew it.
    pub withdrawn_by: Option<String>,
    /// When.
    pub withdrawn_on: Option<NaiveDate>,
    /// Why.
    pub withdrawn_reason: Option<String>,
    /// What the decision said at 法规审核.
    pub reviewed_decision: Option<String>,
}

/// How far a text has come; computed from who did what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody has read it for what is personal.
    Draft,
    /// It waits for 法规审核.
    Checked,
    /// It waits for the city.
    Reviewed,
    /// The public reads it.
    Published,
    /// Taken back.
    Withdrawn,
}

impl State {
    /// In the order of its life.
    pub const ALL: [Self; 5] = [Self::Draft, Self::Checked, Self::Reviewed, Self::Published, Self::Withdrawn];

    /// The word on the screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Draft => "起草中",
            Self::Checked => "待法规审核",
            Self::Reviewed => "待市局发布",
            Self::Published => "已发布",
            Self::Withdrawn => "已撤下",
        }
    }

    /// Its colour: a kind of `_shell/badge.html`.
    pub const fn badge(self) -> &'static str {
        match self {
            Self::Draft | Self::Withdrawn => "idle",
            Self::Checked | Self::Reviewed => "warn",
            Self::Published => "ok",
        }
    }
}

/// What is told where the decision has changed since.
pub const DECISION_CHANGED: &str = "处罚决定信息在法规审核之后有改动，请先修改稿件，重新核对、审核。";

impl Exposure {
    /// Whether the decision of its case says something else by now than when the text was reviewed.
    pub fn overtaken(&self, case: &Case) -> bool {
        let reviewed = self.reviewed_decision.as_deref().filter(|_| self.reviewed_on.is_some() && self.withdrawn_on.is_none());
        reviewed.is_some_and(|reviewed| reviewed != case.decision_told())
    }

    /// How far it has come.
    pub fn state(&self) -> State {
        match self {
            Self { withdrawn_on: Some(_), .. } => State::Withdrawn,
            Self { published_on: Some(_), .. } => State::Published,
            Self { reviewed_on: Some(_), .. } => State::Reviewed,
            Self { checked_on: Some(_), .. } => State::Checked,
            _ => State::Draft,
        }
    }

    /// Its paragraphs.
    pub fn paragraphs(&self) -> impl Iterator<Item = &str> {
        self.text.lines().map(str::trim).filter(|line| !line.is_empty())
    }
}

/// A text as typed.
#[derive(Clone, Debug)]
pub struct ExposureText {
    /// The title.
    pub title: String,
    /// The text.
    pub text: String,
    /// Whether the writer has read it for what is personal.
    pub checked: bool,
    /// The version that the editor saw; 0 for a new text.
    pub version: i32,
}

impl ExposureText {
    /// Reads `title`, `text`, `checked`; what is personal is refused with the words that were found, what may be a name is asked.
    pub fn read(cells: &mut Cells, persons: &[String]) -> Option<Self> {
        let title = cells.required("title", "请填写标题。");
        let text = cells.raw("text").replace("\r\n", "\n").trim().to_owned();
        if text.is_empty() {
            cells.refuse("text", "请填写正文。");
        } else if text.chars().count() > 4000 {
            cells.refuse("text", "内容过长，请控制在4000字以内。");
        }
        for (field, words) in [("title", title.as_deref().unwrap_or_default()), ("text", text.as_str())] {
            let (found, suspected) = (left_over(words, persons), suspected(words));
            if !found.is_empty() {
                cells.refuse(field, format!("含有个人信息：{}。请隐去后再保存。", found.join("、")));
            } else if !suspected.is_empty() {
                let suspected = Vec::from_iter(suspected).join("”“");
                cells.ask(field, format!("“{suspected}”似含个人姓名，请改为“张某某”的写法；确非姓名的，请勾选。"));
            }
        }
        let checked = cells.tick("checked");
        if checked && text.contains("〔待补") {
            cells.refuse("text", "正文尚有〔待补〕内容，补全后方可核对。");
        }
        let version = cells.raw("version").parse().unwrap_or(0);
        cells.clean().then_some(())?;
        Some(Self { title: title?, text, checked, version })
    }
}
