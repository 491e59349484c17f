//! One problem.

use crate::base::{Cells, CountyId, Money, dates, text};
use crate::vocabulary::{EndedAs, Kind, Progress, Source, VerifiedAs, kind};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use uuid::Uuid;

/// A problem.
#[derive(Clone, Debug, serde::Deserialize, sqlx::FromRow)]
pub struct Problem {
    /// Where the unit lies.
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// For the second editor.
    pub version: i32,
    /// The campaign.
    pub campaign_id: Uuid,
    /// The unit.
    pub unit_id: Uuid,
    /// The main kind's code; it counts.
    pub kind: Option<String>,
    /// Kinds named besides.
    pub other_kinds: Vec<String>,
    /// The source's code.
    pub source: String,
    /// What was found.
    pub description: Option<String>,
    /// When.
    pub found_on: Option<NaiveDate>,
    /// Numbers under which it was sent down.
    pub source_numbers: Vec<String>,
    /// 交办日期.
    pub assigned_on: Option<NaiveDate>,
    /// 交办时限.
    pub assigned_due_on: Option<NaiveDate>,
    /// 核实情况.
    pub verified_as: Option<String>,
    /// 立行立改: no plan, completed that day.
    pub on_the_spot: bool,
    /// 整改措施.
    pub measures: Option<String>,
    /// 方案备案日期.
    pub plan_filed_on: Option<NaiveDate>,
    /// Work begun.
    pub begun_on: Option<NaiveDate>,
    /// 计划完成时限 in force.
    pub due_on: Option<NaiveDate>,
    /// The first one, kept through extensions.
    pub first_due_on: Option<NaiveDate>,
    /// 投入 in 分.
    pub invested_fen: Option<i64>,
    /// 投入并入上行.
    pub invested_with_above: bool,
    /// 实际完成日期.
    pub completed_on: Option<NaiveDate>,
    /// How it was mended.
    pub completion_note: Option<String>,
    /// 核查销号日期.
    pub verified_on: Option<NaiveDate>,
    /// Who verified.
    pub verifiers: Vec<String>,
    /// What they saw.
    pub verification_note: Option<String>,
    /// Another end: 以关代改, 移交, 不属实.
    pub ended_as: Option<String>,
    /// Its day.
    pub ended_on: Option<NaiveDate>,
    /// Its reason.
    pub ended_note: Option<String>,
    /// 监管责任人.
    pub supervisor: Option<String>,
    /// 责任单位.
    pub responsible_body: Option<String>,
    /// 责任人.
    pub responsible_person: Option<String>,
    /// 反弹: the problem whose 销号 did not last.
    pub recurrence_of: Option<Uuid>,
    /// 备注.
    pub remark: Option<String>,
    /// 整改方案: 工程进度.
    #[serde(default)]
    pub plan_schedule: Option<String>,
    /// 整改方案: 资金保障.
    #[serde(default)]
    pub plan_funds: Option<String>,
    /// 退回: the day on which a step was last taken back.
    #[serde(default)]
    pub returned_on: Option<NaiveDate>,
    /// Why.
    #[serde(default)]
    pub returned_note: Option<String>,
}

/// What was done last of completing, verifying and ending otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastStep {
    /// 整改完成.
    Completed,
    /// 核查销号.
    Verified,
    /// 以关代改, 移交, 不属实.
    Ended,
}

/// The dates that decide progress, as a list or an annex reads them too.
#[derive(Clone, Copy, Debug, Default)]
pub struct ProgressOn<'a> {
    /// 方案备案.
    pub plan_filed_on: Option<NaiveDate>,
    /// Work begun.
    pub begun_on: Option<NaiveDate>,
    /// Completed.
    pub completed_on: Option<NaiveDate>,
    /// Verified.
    pub verified_on: Option<NaiveDate>,
    /// Another end and its day.
    pub ended: Option<(&'a str, NaiveDate)>,
}

impl ProgressOn<'_> {
    /// The progress on a day: what is dated later has not happened yet.
    pub fn at(self, day: NaiveDate) -> Progress {
        let by = |date: Option<NaiveDate>| date.is_some_and(|d| d <= day);
        if let Some((end, on)) = self.ended
            && on <= day
            && let Some(end) = EndedAs::from_code(end)
        {
            return end.progress();
        }
        match () {
            () if by(self.verified_on) => Progress::Verified,
            () if by(self.completed_on) => Progress::Completed,
            () if by(self.begun_on) => Progress::InProgress,
            () if by(self.plan_filed_on) => Progress::PlanFiled,
            () => Progress::NotStarted,
        }
    }
}

impl Problem {
    /// The progress on a day.
    pub fn progress(&self, day: NaiveDate) -> Progress {
        ProgressOn {
            plan_filed_on: self.plan_filed_on,
            begun_on: self.begun_on,
            completed_on: self.completed_on,
            verified_on: self.verified_on,
            ended: self.ended_as.as_deref().zip(self.ended_on),
        }
        .at(day)
    }

    /// The step that can be taken back: the last one. `None`: nothing is completed or ended.
    pub fn last_step(&self) -> Option<LastStep> {
        match () {
            () if self.ended_on.is_some() => Some(LastStep::Ended),
            () if self.verified_on.is_some() => Some(LastStep::Verified),
            () if self.completed_on.is_some() => Some(LastStep::Completed),
            () => None,
        }
    }

    /// 已到期未完成: still open, and the due date has passed.
    pub fn overdue(&self, day: NaiveDate) -> bool {
        self.progress(day).open() && self.due_on.is_some_and(|due| due < day)
    }

    /// What of the four parts of a filed plan is not there (部令第30号〔2014〕第十六条). Never required: a scan will do.
    pub fn plan_gaps(&self) -> Vec<&'static str> {
        let parts = [
            (&self.measures, "改正措施"),
            (&self.plan_schedule, "工程进度"),
            (&self.plan_funds, "资金保障"),
            (&self.responsible_person, "责任人员"),
        ];
        parts.into_iter().filter(|(part, _)| part.is_none()).map(|(_, word)| word).collect()
    }

    /// The source.
    pub fn source(&self) -> Source {
        Source::from_code(&self.source).unwrap_or(Source::Other)
    }

    /// The source in words; nothing while it is 待补.
    pub fn source_label(&self) -> &'static str {
        Source::from_code(&self.source).map_or("", Source::label)
    }

    /// The main kind.
    pub fn kind(&self) -> Option<&'static Kind> {
        self.kind.as_deref().and_then(kind)
    }

    /// The main kind in words.
    pub fn kind_label(&self) -> &'static str {
        self.kind().map_or("", |k| k.short)
    }

    /// All kinds in words.
    pub fn kinds_label(&self) -> String {
        let others = self.other_kinds.iter().filter_map(|c| kind(c)).map(|k| k.label);
        self.kind().map(|k| k.label).into_iter().chain(others).collect::<Vec<_>>().join("；")
    }

    /// 核实情况 in words; of a problem sent down without an answer: 核实中.
    pub fn verified_as_label(&self) -> &'static str {
        match self.verified_as.as_deref().and_then(VerifiedAs::from_code) {
            Some(answer) => answer.label(),
            None if self.source().sent_down() => VerifiedAs::PENDING_LABEL,
            None => "",
        }
    }

    /// How the answer to whoever sent it down says that it is to be ended, while it is not.
    pub fn to_be_ended(&self) -> Option<EndedAs> {
        let answer = self.verified_as.as_deref().and_then(VerifiedAs::from_code)?;
        answer.ends_as().filter(|_| self.ended_on.is_none())
    }

    /// 投入.
    pub fn invested(&self) -> Option<Money> {
        self.invested_fen.map(Money::from_fen)
    }

    /// 监管责任人 or nothing.
    pub fn supervisor(&self) -> &str {
        self.supervisor.as_deref().unwrap_or("")
    }

    /// Whether verification asks for two different names (kinds 07, 08, 15, 16 and what was sent down).
    pub fn needs_two_verifiers(&self) -> bool {
        self.kind().is_some_and(|k| k.two_verifiers) || self.source().sent_down()
    }

    /// Whether two different people are named as having verified it.
    pub fn verified_by_two(&self) -> bool {
        self.verifiers.iter().map(|name| text::name_key(name)).collect::<BTreeSet<_>>().len() > 1
    }

    /// What filing will ask for and is not there yet.
    pub fn gaps(&self) -> Vec<&'static str> {
        let due = self.due_on.is_some() || self.completed_on.is_some() || self.ended_on.is_some();
        [
            (self.kind.is_none(), "问题类型"),
            (self.description.is_none(), "问题描述"),
            (self.found_on.is_none(), "发现日期"),
            (!due, "整改时限"),
        ]
        .into_iter()
        .filter_map(|(missing, what)| missing.then_some(what))
        .collect()
    }

    /// As the cells of its form.
    pub fn cells(&self, today: NaiveDate) -> Cells {
        let mut cells = Cells::new(today);
        let text = |t: &Option<String>| t.clone().unwrap_or_default();
        let date = |d: Option<NaiveDate>| d.map(dates::short).unwrap_or_default();
        cells
            .set("source", &*self.source)
            .set("problem_kind", text(&self.kind))
            .set("problem", text(&self.description))
            .set("found_on", date(self.found_on))
            .set("source_number", self.source_numbers.join("、"))
            .set("assigned_on", date(self.assigned_on))
            .set("assigned_due_on", date(self.assigned_due_on))
            .set("verified_as", text(&self.verified_as))
            .set("measures", text(&self.measures))
            .set("plan_filed_on", date(self.plan_filed_on))
            .set("begun_on", date(self.begun_on))
            .set("due_on", date(self.due_on))
            .set("invested", self.invested().map(Money::to_wan).unwrap_or_default())
            .set("invested_with_above", if self.invested_with_above { "yes" } else { "" })
            .set("supervisor", text(&self.supervisor))
            .set("responsible_body", text(&self.responsible_body))
            .set("responsible_person", text(&self.responsible_person))
            .set("remark", text(&self.remark))
            .set("version", self.version.to_string());
        for kind in &self.other_kinds {
            cells.push("other_kinds", kind.clone());
        }
        cells
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_dated_later_has_not_happened_yet() {
        let day = |d| NaiveDate::from_ymd_opt(2019, 6, d);
        let facts = ProgressOn { plan_filed_on: day(10), begun_on: day(12), completed_on: day(29), ..ProgressOn::default() };
        let at = |d| facts.at(day(d).unwrap());
        assert_eq!(at(9), Progress::NotStarted);
        assert_eq!(at(10), Progress::PlanFiled);
        assert_eq!(at(27), Progress::InProgress, "completed on the 29th is not completed in a table of the 27th");
        assert_eq!(at(29), Progress::Completed);
        let closed = ProgressOn { ended: Some(("closed_down", day(15).unwrap())), ..facts };
        assert_eq!(closed.at(day(14).unwrap()), Progress::InProgress);
        assert_eq!(closed.at(day(30).unwrap()), Progress::ClosedDown);
    }
}
