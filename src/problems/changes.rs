//! A problem as typed or imported.

use super::problem::Problem;
use crate::base::{Cells, Money, dates, text};
use crate::vocabulary::{Kind, Source, VerifiedAs};
use chrono::NaiveDate;
use uuid::Uuid;

/// The fields with their labels.
pub const LABELS: &[(&str, &str)] = &[
    ("source", "问题来源"),
    ("problem_kind", "问题类型"),
    ("other_kinds", "其他类型"),
    ("problem", "存在的问题"),
    ("found_on", "发现日期"),
    ("source_number", "来源编号"),
    ("assigned_on", "交办日期"),
    ("assigned_due_on", "交办时限"),
    ("verified_as", "核实情况"),
    ("measures", "整改措施"),
    ("plan_filed_on", "方案备案日期"),
    ("begun_on", "开工整改日期"),
    ("due_on", "计划完成时限"),
    ("invested", "整改投入资金"),
    ("invested_with_above", "投入并入上行"),
    ("supervisor", "监管责任人"),
    ("responsible_body", "责任单位"),
    ("responsible_person", "责任人"),
    ("remark", "备注"),
];

/// 投入 beyond this is asked: 0.1万元 to 1亿元 is usual.
pub const USUAL_INVESTMENT: std::ops::RangeInclusive<Money> = Money::from_fen(100_000)..=Money::from_fen(10_000_000_000);

/// The facts of a problem as typed.
#[derive(Clone, Debug, Default)]
pub struct ProblemChanges {
    /// The source.
    pub source: Option<Source>,
    /// The main kind's code.
    pub kind: Option<String>,
    /// Kinds named besides.
    pub other_kinds: Vec<String>,
    /// What was found.
    pub description: Option<String>,
    /// When.
    pub found_on: Option<NaiveDate>,
    /// Numbers of lists.
    pub source_numbers: Vec<String>,
    /// 交办日期.
    pub assigned_on: Option<NaiveDate>,
    /// 交办时限.
    pub assigned_due_on: Option<NaiveDate>,
    /// 核实情况.
    pub verified_as: Option<VerifiedAs>,
    /// 立行立改: the day of completion.
    pub on_the_spot: Option<NaiveDate>,
    /// 整改措施.
    pub measures: Option<String>,
    /// 方案备案日期.
    pub plan_filed_on: Option<NaiveDate>,
    /// Work begun.
    pub begun_on: Option<NaiveDate>,
    /// 计划完成时限.
    pub due_on: Option<NaiveDate>,
    /// 投入.
    pub invested: Option<Money>,
    /// 投入并入上行.
    pub invested_with_above: bool,
    /// 监管责任人.
    pub supervisor: Option<String>,
    /// 责任单位.
    pub responsible_body: Option<String>,
    /// 责任人.
    pub responsible_person: Option<String>,
    /// 备注.
    pub remark: Option<String>,
    /// The version that the editor saw; 0 for a new problem.
    pub version: i32,
}

/// A problem to be recorded.
#[derive(Clone, Debug)]
pub struct NewProblem {
    /// The campaign.
    pub campaign: Uuid,
    /// The unit, in the permit's county.
    pub unit: Uuid,
    /// The problem whose 销号 did not last (反弹).
    pub recurrence_of: Option<Uuid>,
    /// Its facts.
    pub facts: ProblemChanges,
}

impl ProblemChanges {
    /// The word for the source in the database; an empty one while nobody has said it (待补).
    pub(super) fn source_code(&self) -> &'static str {
        self.source.map_or("", Source::code)
    }

    /// Reads the fields of [`LABELS`], besides `on_the_spot` (立行立改) with `completed_on`. Nothing must be there; dates
    /// must stand in order.
    pub fn read(cells: &mut Cells) -> Option<Self> {
        let source = cells.choice("source", Source::read);
        let sent_down = source.is_some_and(Source::sent_down);
        let kind = cells.choice("problem_kind", Kind::read).map(|k| k.code.to_owned());
        let other_kinds: Vec<String> = cells.all("other_kinds").filter_map(Kind::read).map(|k| k.code.to_owned()).collect();
        let on_the_spot = cells.tick("on_the_spot");
        let mut facts = Self {
            source,
            other_kinds: other_kinds.into_iter().filter(|c| Some(c) != kind.as_ref()).collect(),
            kind,
            description: cells.text("problem"),
            found_on: cells.date("found_on"),
            source_numbers: cells.text("source_number").filter(|_| sent_down).map(|t| split(&t)).unwrap_or_default(),
            assigned_on: cells.date("assigned_on").filter(|_| sent_down),
            assigned_due_on: cells.date("assigned_due_on").filter(|_| sent_down),
            verified_as: cells.choice("verified_as", VerifiedAs::read).filter(|_| sent_down),
            on_the_spot: None,
            measures: cells.text("measures"),
            plan_filed_on: cells.date("plan_filed_on").filter(|_| !on_the_spot),
            begun_on: cells.date("begun_on").filter(|_| !on_the_spot),
            due_on: cells.date("due_on"),
            invested: cells.money("invested", USUAL_INVESTMENT),
            invested_with_above: cells.tick("invested_with_above"),
            supervisor: cells.text("supervisor"),
            responsible_body: cells.text("responsible_body"),
            responsible_person: cells.text("responsible_person"),
            remark: cells.text("remark"),
            version: cells.raw("version").parse().unwrap_or(0),
        };
        if on_the_spot {
            facts.on_the_spot = cells.date("completed_on").or(facts.found_on).or(Some(cells.today()));
            facts.due_on = facts.due_on.or(facts.on_the_spot);
        }
        facts.check(cells);
        cells.clean().then_some(facts)
    }

    /// Asks before what only sent-down problems have goes with the source that is changed.
    pub fn ask_of_the_source(&self, before: &Problem, cells: &mut Cells) {
        if self.source.is_some_and(Source::sent_down) || !before.source().sent_down() {
            return;
        }
        let on = |label: &str, date: Option<NaiveDate>| date.map(|d| format!("{label}{}", dates::short(d)));
        let number = Some(before.source_numbers.join("、")).filter(|n| !n.is_empty()).map(|n| format!("来源编号{n}"));
        let verified = before.verified_as.as_ref().map(|_| format!("核实情况“{}”", before.verified_as_label()));
        let facts = [number, on("交办日期", before.assigned_on), on("交办时限", before.assigned_due_on), verified];
        let facts: Vec<String> = facts.into_iter().flatten().collect();
        if !facts.is_empty() {
            let from = before.source_label();
            cells.ask(
                "source",
                format!("问题来源不再是“{from}”，已登记的交办信息（{}）将一并清除。确需更改的，请勾选。", facts.join("，")),
            );
        }
    }

    fn check(&self, cells: &mut Cells) {
        cells.not_in_future("found_on", "发现日期", self.found_on);
        cells.not_in_future("plan_filed_on", "方案备案日期", self.plan_filed_on);
        cells.not_in_future("begun_on", "开工整改日期", self.begun_on);
        cells.not_in_future("completed_on", "完成日期", self.on_the_spot);
        let found = (self.found_on, "发现日期");
        cells.in_order(found, (self.plan_filed_on, "方案备案日期", "plan_filed_on"));
        cells.in_order(found, (self.begun_on, "开工整改日期", "begun_on"));
        cells.in_order(found, (self.due_on, "计划完成时限", "due_on"));
        cells.in_order(found, (self.on_the_spot, "完成日期", "completed_on"));
        cells.in_order((self.assigned_on, "交办日期"), (self.assigned_due_on, "交办时限", "assigned_due_on"));
    }
}

fn split(text: &str) -> Vec<String> {
    text.split(['、', '，', ',', ';', '；', '/']).map(text::tidy).filter(|n| !n.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(pairs: &[(&str, &str)]) -> Cells {
        let today = NaiveDate::from_ymd_opt(2019, 6, 20).unwrap();
        Cells::from_pairs(pairs.iter().map(|(a, b)| (a.to_string(), b.to_string())), today)
    }

    #[test]
    fn saving_demands_nothing_and_refuses_an_unknown_source() {
        let facts = ProblemChanges::read(&mut cells(&[("problem", "除尘器停运")])).unwrap();
        assert_eq!(facts.source_code(), "", "待补, which is not 其他");
        let mut wrong = cells(&[("source", "听说")]);
        assert!(ProblemChanges::read(&mut wrong).is_none());
        assert!(wrong.error("source").is_some());
    }

    #[test]
    fn dates_out_of_order_are_refused_at_the_later_field() {
        let mut wrong = cells(&[("source", "self_inspection"), ("found_on", "6.18"), ("plan_filed_on", "6.10")]);
        assert!(ProblemChanges::read(&mut wrong).is_none());
        assert!(wrong.error("plan_filed_on").unwrap().contains("早于发现日期"));
        let mut future = cells(&[("source", "self_inspection"), ("found_on", "6.21")]);
        assert!(ProblemChanges::read(&mut future).is_none());
    }

    #[test]
    fn mended_on_the_spot_needs_one_tick() {
        let facts =
            ProblemChanges::read(&mut cells(&[("source", "self_inspection"), ("found_on", "6.18"), ("on_the_spot", "yes")]))
                .unwrap();
        assert_eq!(facts.on_the_spot, NaiveDate::from_ymd_opt(2019, 6, 18));
    }

    #[test]
    fn what_only_sent_down_problems_have_is_ignored_elsewhere() {
        let facts = ProblemChanges::read(&mut cells(&[("source", "self_inspection"), ("source_number", "D140000")])).unwrap();
        assert!(facts.source_numbers.is_empty());
        let down = ProblemChanges::read(&mut cells(&[("source", "central_inspection"), ("source_number", "D1、D2")])).unwrap();
        assert_eq!(down.source_numbers, ["D1", "D2"]);
    }
}
