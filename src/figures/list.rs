//! The figures: one line each.

use super::state::{case_dated, in_ledger, problem_exists, progress, self_inspection, unit_status, was_notified, was_visited};
use std::sync::LazyLock;

/// What kind of row a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// Units (`u`) with their self-inspection in the campaign (`s`, left join).
    Units,
    /// Problems (`p`).
    Problems,
    /// Cases (`c`) that are there on the date.
    Cases,
    /// Measures (`m`) with their case (`c`), both there on the date.
    Measures,
    /// Visits of officers (`i`) up to the date.
    Inspections,
    /// Acts of guidance (`g`) up to the date.
    Guidance,
    /// Publicity (`x`) up to the date.
    Publicity,
    /// Tips (`t`) received up to the date.
    Tips,
}

/// How the rows become a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Rows.
    Count,
    /// Units behind the rows, each once. A unit lies in one county, so sums over counties count it once too.
    DistinctUnits,
    /// Different values of a column.
    Distinct(&'static str),
    /// The sum of a column of 分.
    SumFen(&'static str),
    /// The sum of a column of copies; unknown ones add nothing.
    SumCopies(&'static str),
    /// The sum of a column of persons; unknown ones add nothing.
    SumPersons(&'static str),
}

/// A figure.
#[derive(Debug)]
pub struct Figure {
    /// Its stable name in addresses and code.
    pub key: &'static str,
    /// The words above its column.
    pub label: &'static str,
    /// 家, 个, 件, 万元 or 人.
    pub unit: &'static str,
    /// The rows.
    pub over: Over,
    /// The condition on them, over the aliases of [`Over`], with `$date` for the data date.
    pub predicate: String,
    /// How they are counted.
    pub how: How,
}

static FIGURES: LazyLock<Vec<Figure>> = LazyLock::new(|| {
    let mut all = units();
    all.extend(problems());
    all.extend(cases());
    all.extend(measures());
    all.extend(inspections());
    all
});

/// All figures that are counted together; those in more detail stand in [`super::details`].
pub fn figures() -> &'static [Figure] {
    &FIGURES
}

/// The figure with this key, also one in more detail.
pub fn figure(key: &str) -> Option<&'static Figure> {
    figures().iter().chain(super::details()).find(|figure| figure.key == key)
}

pub(super) fn count(
    over: Over,
    key: &'static str,
    label: &'static str,
    unit: &'static str,
    predicate: impl Into<String>,
) -> Figure {
    Figure { key, label, unit, over, predicate: predicate.into(), how: How::Count }
}

/// 应自查 = on the register - closed or demolished - not found - not applicable - production stopped. What the unit did
/// counts before what its status says: one that inspected itself and closed afterwards stays in.
fn owes() -> String {
    format!(
        "(case when {si} = 'inspected' then true when {status} in ('closed', 'demolished') then false \
          when {si} in ('halted', 'closed', 'not_found', 'not_applicable') then false \
          when {si} is null and {status} = 'halted' then false else true end)",
        si = self_inspection(),
        status = unit_status(),
    )
}

fn units() -> Vec<Figure> {
    let (si, status, owes) = (self_inspection(), unit_status(), owes());
    let standing = format!("{status} not in ('closed', 'demolished')");
    let over = Over::Units;
    let state = |state: &str| format!("{si} = '{state}'");
    vec![
        count(over, "units", "在册单位", "家", "true"),
        count(over, "to_inspect", "应查单位", "家", standing.as_str()),
        count(over, "notified", "已告知", "家", format!("{standing} and {}", was_notified())),
        count(over, "not_notified", "未告知", "家", format!("{standing} and not {}", was_notified())),
        count(over, "visited", "已排查", "家", format!("{standing} and {}", was_visited())),
        count(over, "never_visited", "未排查", "家", format!("{standing} and not {}", was_visited())),
        count(over, "owed", "应自查", "家", owes.as_str()),
        count(over, "inspected", "已自查", "家", state("inspected")),
        count(over, "inspected_clear", "自查未发现问题", "家", format!("{si} = 'inspected' and s.found = 'none'")),
        count(over, "inspecting", "正在开展", "家", format!("{owes} and {si} = 'in_progress'")),
        count(over, "unreachable", "联系不上", "家", format!("{owes} and {si} = 'unreachable'")),
        count(over, "refused", "拒不开展", "家", format!("{owes} and {si} = 'refused'")),
        count(over, "unregistered", "未登记自查", "家", format!("{owes} and {si} is null")),
        count(over, "halted", "停产", "家", format!("{standing} and ({si} = 'halted' or {si} is null and {status} = 'halted')")),
    ]
}

/// A problem counts from the day it was found, unless it was found untrue.
pub(super) fn counted() -> String {
    format!("{} and {} <> 'unfounded'", problem_exists(), progress())
}

/// To be mended here: not handed on.
pub(super) fn ours() -> String {
    format!("{} and {} not in ('unfounded', 'transferred')", problem_exists(), progress())
}

/// Mended, or ended by closing down.
pub(super) fn finished() -> String {
    format!("{} and {} in ('completed', 'verified', 'closed_down')", problem_exists(), progress())
}

fn problems() -> Vec<Figure> {
    let (exists, progress) = (problem_exists(), progress());
    let due = super::state::due_on();
    let over = Over::Problems;
    let (counted, ours, finished) = (counted(), ours(), finished());
    let open = format!("{exists} and {progress} in ('not_started', 'plan_filed', 'in_progress')");
    let is = |state: &str| format!("{exists} and {progress} = '{state}'");
    let problem = |key, label, predicate: String| count(over, key, label, "个", predicate);
    let units = |key, label, predicate: String| Figure { how: How::DistinctUnits, ..count(over, key, label, "家", predicate) };
    let own = "p.source = 'self_inspection'";
    vec![
        problem("problems", "问题", counted.clone()),
        units("problem_units", "发现问题单位", counted.clone()),
        problem("found_now", "本次发现", format!("{counted} and {}", found_now())),
        problem("not_started", "未启动", is("not_started")),
        problem("plan_filed", "方案已备案", is("plan_filed")),
        problem("in_progress", "整改中", is("in_progress")),
        problem("completed", "已完成待核查", is("completed")),
        problem("verified", "已销号", is("verified")),
        problem("closed_down", "以关代改", is("closed_down")),
        problem("transferred", "移交", is("transferred")),
        problem("unfounded", "不属实", is("unfounded")),
        problem("ours", "应整改", ours.clone()),
        problem("finished", "完成整改", finished.clone()),
        problem("due", "已到期", format!("{ours} and {due} <= $date")),
        problem("due_finished", "到期已完成", format!("{finished} and {due} <= $date")),
        problem("overdue", "已到期未完成", format!("{open} and {due} < $date")),
        problem("due_soon", "7日内到期", format!("{open} and {due} between $date and $date + 6")),
        problem("without_due", "未填时限", format!("{open} and p.due_on is null")),
        problem("own", "自查发现问题", format!("{counted} and {own}")),
        units("own_units", "自查发现问题单位", format!("{counted} and {own}")),
        problem("own_finished", "自查问题完成整改", format!("{finished} and {own}")),
        problem("own_ours", "自查问题应整改", format!("{ours} and {own}")),
        problem("own_verified", "自查问题销号", format!("{} and {own}", is("verified"))),
        Figure {
            how: How::SumFen("(case when p.invested_with_above then 0 else p.invested_fen end)"),
            ..count(over, "own_invested", "整改投入", "万元", format!("{counted} and {own}"))
        },
        problem("ledger", "台账问题", in_ledger()),
        units("ledger_units", "台账涉及单位", in_ledger()),
        problem("ledger_finished", "台账问题完成整改", format!("{finished} and {}", in_ledger())),
        units(
            "shut_down",
            "关停取缔",
            format!(
                "exists (select 1 from case_problems j join cases c on c.county_id = j.county_id and c.id = j.case_id \
            where j.county_id = p.county_id and j.problem_id = p.id and c.shut_down \
            and coalesce(c.decided_on, c.case_filed_on, c.order_on, $date) <= $date and {})",
                case_dated()
            ),
        ),
    ]
}

/// 本次发现: not among the facts older than the campaign, which count in 处罚 only.
fn found_now() -> &'static str {
    "(p.found_on is null or p.found_on >= (select x.starts_on from campaigns x where x.id = p.campaign_id))"
}

fn cases() -> Vec<Figure> {
    let case = |key, label, predicate: &str| count(Over::Cases, key, label, "件", predicate);
    vec![
        case("cases", "案件", "true"),
        case("orders", "责令改正", "c.order_on <= $date"),
        case("filed", "立案", "c.case_filed_on <= $date"),
        case("decided", "处罚决定", "c.decided_on <= $date"),
        case("fined", "罚款案件", "c.fine_fen > 0 and coalesce(c.decided_on, $date) <= $date"),
        Figure {
            how: How::SumFen("c.fine_fen"),
            ..count(Over::Cases, "fine", "罚款", "万元", "coalesce(c.decided_on, $date) <= $date")
        },
        case("lenient", "从轻减轻不予处罚", "c.discretion in ('lighter', 'mitigated', 'none') and c.decided_on <= $date"),
        case("exposed", "曝光", "c.exposed_on <= $date"),
    ]
}

fn measures() -> Vec<Figure> {
    let kinds = |kinds: &str| format!("m.kind in ({kinds})");
    let measure = |key, label, predicate: String| count(Over::Measures, key, label, "件", predicate);
    let persons = |key, label, column, predicate: String| Figure {
        how: How::SumPersons(column),
        ..count(Over::Measures, key, label, "人", predicate)
    };
    vec![
        measure("daily_penalties", "按日连续处罚", kinds("'daily_penalty'")),
        Figure {
            how: How::SumFen("m.amount_fen"),
            ..count(Over::Measures, "daily_penalty_amount", "按日连续处罚金额", "万元", kinds("'daily_penalty'"))
        },
        measure("seizures", "查封扣押", kinds("'sealing', 'detaining'")),
        measure("restrictions", "限产停产", kinds("'production_limit', 'production_halt'")),
        measure("production_limits", "限制生产", kinds("'production_limit'")),
        measure("production_halts", "停产整治", kinds("'production_halt'")),
        measure("detention_transfers", "移送行政拘留", kinds("'detention_transfer'")),
        persons("detention_persons", "移送行政拘留人数", "m.persons", kinds("'detention_transfer'")),
        persons(
            "detained_persons",
            "公安决定拘留",
            "m.detained_persons",
            format!("{} and coalesce(m.police_on, $date) <= $date", kinds("'detention_transfer'")),
        ),
        measure("criminal_transfers", "移送涉嫌犯罪", kinds("'criminal_transfer'")),
        persons("criminal_persons", "移送涉嫌犯罪人数", "m.persons", kinds("'criminal_transfer'")),
    ]
}

/// 出动: a visit counts each time (家次), and each officer of it (人次); 帮扶 counts each time, and each unit once.
fn inspections() -> Vec<Figure> {
    let persons = How::SumPersons("i.persons");
    vec![
        count(Over::Inspections, "inspections", "检查家次", "家次", "true"),
        count(Over::Guidance, "guidance", "帮扶指导", "次", "true"),
        Figure { how: How::Distinct("g.unit_id"), ..count(Over::Guidance, "guided_units", "帮扶单位", "家", "true") },
        Figure { how: persons, ..count(Over::Inspections, "inspection_persons", "出动人次", "人次", "true") },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_names_one_figure_and_a_sum_has_its_unit() {
        let all = || figures().iter().chain(crate::figures::details());
        for figure in all() {
            assert_eq!(all().filter(|f| f.key == figure.key).count(), 1, "{}", figure.key);
            match figure.how {
                How::SumFen(_) => assert_eq!(figure.unit, "万元"),
                How::SumPersons(_) => assert!(matches!(figure.unit, "人" | "人次")),
                How::DistinctUnits | How::Distinct(_) => assert_eq!(figure.unit, "家"),
                How::SumCopies(_) => assert_eq!(figure.unit, "份"),
                How::Count => assert!(matches!(figure.unit, "家" | "个" | "件" | "条" | "家次" | "次")),
            }
        }
        assert!(figure("罚款").is_none());
    }
}
