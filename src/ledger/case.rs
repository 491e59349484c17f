//! One case (案件): who handles it, its filing, its decision, its exposure; and what is still missing from it (待补).

use super::grounds::CaseProblem;
use super::measure::Measure;
use crate::base::role::Actor;
use crate::base::{Cells, CountyId, Money, ability, dates};
use crate::vocabulary::{Discretion, ExposureMedia, HandledBy};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

/// A case as stored.
#[derive(Clone, Debug, sqlx::FromRow, serde::Deserialize)]
pub struct Case {
    /// Where the unit lies (属地).
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// For the second editor.
    pub version: i32,
    /// The campaign.
    pub campaign_id: Uuid,
    /// 办案机关, a code of [`HandledBy`].
    pub handled_by: String,
    /// 案号.
    pub case_number: Option<String>,
    /// 当事人: the unit or a person.
    pub respondent: Option<String>,
    /// The day from which the seven working days run.
    pub clue_received_on: Option<NaiveDate>,
    /// 责令改正 of a day.
    pub order_on: Option<NaiveDate>,
    /// Its number.
    pub order_number: Option<String>,
    /// 立案日期.
    pub case_filed_on: Option<NaiveDate>,
    /// 不予立案 of a day.
    pub not_filed_on: Option<NaiveDate>,
    /// Why.
    pub not_filed_reason: Option<String>,
    /// 处罚决定日期.
    pub decided_on: Option<NaiveDate>,
    /// Its number.
    pub decision_number: Option<String>,
    /// 罚款决定金额, in 分.
    pub fine_fen: Option<i64>,
    /// 裁量, a code of [`Discretion`].
    pub discretion: Option<String>,
    /// Why.
    pub discretion_reason: Option<String>,
    /// 其他处理.
    pub other_measures: Option<String>,
    /// 关停取缔.
    pub shut_down: bool,
    /// 结案日期.
    pub closed_on: Option<NaiveDate>,
    /// 法规审核 of a day.
    pub legal_reviewed_on: Option<NaiveDate>,
    /// By whom.
    pub legal_reviewed_by: Option<String>,
    /// 曝光日期.
    pub exposed_on: Option<NaiveDate>,
    /// A code of [`ExposureMedia`].
    pub exposure_media: Option<String>,
    /// The outlet's name.
    pub exposure_outlet: Option<String>,
    /// 备注.
    pub remark: Option<String>,
    /// When it was entered.
    pub created_at: DateTime<Utc>,
}

/// How far a case has come; computed from its dates, never typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Neither filed nor refused.
    Unfiled,
    /// 不予立案.
    NotFiled,
    /// 立案.
    Filed,
    /// A decision stands.
    Decided,
    /// 结案.
    Closed,
}

impl State {
    /// In the order of a case's life.
    pub const ALL: [Self; 5] = [Self::Unfiled, Self::NotFiled, Self::Filed, Self::Decided, Self::Closed];

    /// The word in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unfiled => "unfiled",
            Self::NotFiled => "not_filed",
            Self::Filed => "filed",
            Self::Decided => "decided",
            Self::Closed => "closed",
        }
    }

    /// The word on the screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Unfiled => "未立案",
            Self::NotFiled => "不予立案",
            Self::Filed => "已立案",
            Self::Decided => "已决定",
            Self::Closed => "已结案",
        }
    }

    /// Its colour: a kind of `_shell/badge.html`.
    pub const fn badge(self) -> &'static str {
        match self {
            Self::Unfiled => "warn",
            Self::NotFiled => "idle",
            Self::Filed | Self::Decided => "busy",
            Self::Closed => "ok",
        }
    }

    /// Reads a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// The state that these dates say.
    pub fn of(
        filed: Option<NaiveDate>,
        not_filed: Option<NaiveDate>,
        decided: Option<NaiveDate>,
        closed: Option<NaiveDate>,
    ) -> Self {
        match (closed, decided, filed, not_filed) {
            (Some(_), ..) => Self::Closed,
            (_, Some(_), ..) => Self::Decided,
            (_, _, Some(_), _) => Self::Filed,
            (_, _, _, Some(_)) => Self::NotFiled,
            _ => Self::Unfiled,
        }
    }
}

/// Something missing from a case before filing (待补).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The field.
    pub field: &'static str,
    /// What it is called.
    pub label: &'static str,
}

/// The fields of a case's form and their names, in order.
pub const LABELS: &[(&str, &str)] = &[
    ("handled_by", "办案机关"),
    ("respondent", "当事人"),
    ("clue_received_on", "线索接收日期"),
    ("case_number", "案号"),
    ("order_on", "责令改正日期"),
    ("order_number", "责令改正文号"),
    ("case_filed_on", "立案日期"),
    ("not_filed_on", "不予立案日期"),
    ("not_filed_reason", "不予立案理由"),
    ("decided_on", "处罚决定日期"),
    ("decision_number", "处罚决定文号"),
    ("fine", "罚款决定金额"),
    ("discretion", "裁量"),
    ("discretion_reason", "裁量理由"),
    ("other_measures", "其他处理"),
    ("shut_down", "关停取缔"),
    ("closed_on", "结案日期"),
    ("remark", "备注"),
];

impl Case {
    /// Who acts.
    pub fn handler(&self) -> HandledBy {
        HandledBy::from_code(&self.handled_by).unwrap_or(HandledBy::Other)
    }

    /// The weight of the decision, once said.
    pub fn weight(&self) -> Option<Discretion> {
        self.discretion.as_deref().and_then(Discretion::from_code)
    }

    /// The medium of exposure, once said.
    pub fn medium(&self) -> Option<ExposureMedia> {
        self.exposure_media.as_deref().and_then(ExposureMedia::from_code)
    }

    /// The fine decided.
    pub fn fine(&self) -> Option<Money> {
        self.fine_fen.map(Money::from_fen)
    }

    /// What its decision says, to be held against what it says later: respondent, day, number, fine.
    pub fn decision_told(&self) -> String {
        let day = self.decided_on.map(|day| day.to_string());
        let fine = self.fine().map(Money::to_wan);
        [self.respondent.clone(), day, self.decision_number.clone(), fine].map(Option::unwrap_or_default).join("\n")
    }

    /// How far it has come.
    pub fn state(&self) -> State {
        State::of(self.case_filed_on, self.not_filed_on, self.decided_on, self.closed_on)
    }

    /// What it is called: its number, else whose it is.
    pub fn title(&self) -> String {
        let named = self.case_number.as_deref().or(self.respondent.as_deref());
        named.map_or_else(|| "案件（未编号）".to_owned(), str::to_owned)
    }

    /// Before a decision a violation is 涉嫌.
    pub fn fact_word(&self) -> &'static str {
        if self.decided_on.is_some() { "违法事实" } else { "涉嫌违法事实" }
    }

    /// Whether a person may edit it: the county its own, the city's reviewers what the city handles.
    pub fn editable_by(&self, actor: &Actor) -> bool {
        let home = actor.county == crate::base::CITY || actor.county == self.county_id;
        home && ability::may_enter_case(actor, self.handler().city_direct())
    }

    /// What a filing needs and the case does not have yet.
    pub fn gaps(&self) -> Vec<Gap> {
        let reason_owed = self.weight().is_some_and(Discretion::needs_reason);
        let fined = self.weight() != Some(Discretion::NoPenalty);
        let owed = [
            ("respondent", self.respondent.is_none()),
            ("case_number", self.case_filed_on.is_some() && self.case_number.is_none()),
            ("order_number", self.order_on.is_some() && self.order_number.is_none()),
            ("order_on", self.order_number.is_some() && self.order_on.is_none()),
            ("case_filed_on", self.decided_on.is_some() && self.case_filed_on.is_none()),
            ("not_filed_reason", self.not_filed_on.is_some() && self.not_filed_reason.is_none()),
            ("decided_on", self.decided_on.is_none() && (self.decision_number.is_some() || self.fine_fen.is_some())),
            ("decision_number", self.decided_on.is_some() && self.decision_number.is_none()),
            ("fine", self.decided_on.is_some() && fined && self.fine_fen.is_none()),
            ("discretion_reason", reason_owed && self.discretion_reason.is_none()),
            ("exposure_media", self.exposed_on.is_some() && self.exposure_media.is_none()),
        ];
        let label = |field: &str| LABELS.iter().find(|(name, _)| *name == field).map_or("曝光媒体", |(_, label)| *label);
        owed.into_iter().filter(|(_, missing)| *missing).map(|(field, _)| Gap { field, label: label(field) }).collect()
    }

    /// The case as the cells of its form.
    pub fn cells(&self, today: NaiveDate) -> Cells {
        let mut cells = Cells::new(today);
        let day = |date: Option<NaiveDate>| date.map(dates::short).unwrap_or_default();
        let words = |text: &Option<String>| text.clone().unwrap_or_default();
        cells
            .set("handled_by", &*self.handled_by)
            .set("respondent", words(&self.respondent))
            .set("clue_received_on", day(self.clue_received_on))
            .set("case_number", words(&self.case_number))
            .set("order_on", day(self.order_on))
            .set("order_number", words(&self.order_number))
            .set("case_filed_on", day(self.case_filed_on))
            .set("not_filed_on", day(self.not_filed_on))
            .set("not_filed_reason", words(&self.not_filed_reason))
            .set("decided_on", day(self.decided_on))
            .set("decision_number", words(&self.decision_number))
            .set("fine", self.fine().map(Money::to_wan).unwrap_or_default())
            .set("discretion", words(&self.discretion))
            .set("discretion_reason", words(&self.discretion_reason))
            .set("other_measures", words(&self.other_measures))
            .set("shut_down", if self.shut_down { "yes" } else { "" })
            .set("closed_on", day(self.closed_on))
            .set("exposed_on", day(self.exposed_on))
            .set("exposure_media", words(&self.exposure_media))
            .set("exposure_outlet", words(&self.exposure_outlet))
            .set("remark", words(&self.remark))
            .set("version", self.version.to_string());
        cells
    }
}

/// A case with what hangs on it: one page's worth.
#[derive(Clone, Debug)]
pub struct CaseFile {
    /// The case.
    pub case: Case,
    /// The problems it covers, oldest first.
    pub problems: Vec<CaseProblem>,
    /// Its measures in force or past, oldest first; removed ones are left out.
    pub measures: Vec<Measure>,
}
