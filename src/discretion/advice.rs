//! The facts as lines of a table. Pure: what is handed in decides.

use super::store::{Facts, OwnFinding};
use crate::base::dates;
use crate::ledger::{CaseFile, CaseProblem};
use crate::statutes::{FACTORS, HEAVIER, NOTICE, REFUSAL, leniency};
use crate::vocabulary::{MeasureKind, kind};
use chrono::NaiveDate;

/// Which way a fact may be weighed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Points {
    /// 从轻、减轻 or 不予 may be looked at.
    Lighter,
    /// 从重 may be looked at.
    Heavier,
    /// Neither: for information.
    Neither,
}

impl Points {
    /// The word on the screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Lighter => "可审查是否从轻",
            Self::Heavier => "可审查是否从重",
            Self::Neither => "请核对",
        }
    }
}

/// One fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is about.
    pub about: &'static str,
    /// What the records say.
    pub fact: String,
    /// Article and date of force.
    pub law: String,
    /// Which way.
    pub points: Points,
}

/// All of a case.
#[derive(Clone, Debug, Default)]
pub struct Advice {
    /// The facts, in order.
    pub lines: Vec<Line>,
    /// The day of the act and the day of handling, which may fall under different texts.
    pub dates: String,
}

/// What the facts of a case say on a day.
pub fn advise(file: &CaseFile, facts: &Facts, today: NaiveDate) -> Advice {
    let acted = file.problems.iter().filter_map(|p| p.found_on).min();
    let handled = file.case.decided_on.unwrap_or(today);
    let severe = file.problems.iter().filter_map(CaseProblem::kind).any(|k| k.severe);
    let refused = refusal(file);
    let mut lines = Vec::new();
    for own in &facts.own {
        lines.push(first_finder(own, severe || refused.is_some(), handled));
    }
    lines.extend(file.problems.iter().filter_map(|p| rectified(file, p, severe || refused.is_some(), handled)));
    lines.extend(kinds(file));
    lines.extend(refused);
    lines.extend(facts.repeated.iter().map(repeated));
    let acted = acted.map_or_else(|| "（未登记）".to_owned(), |on| on.to_string());
    let word = if file.case.decided_on.is_some() { "决定日期" } else { "今天" };
    let dates = format!("行为发现日期{acted}，办理日期{handled}（{word}）。实体依行为时，新规定更轻的依新规定；程序依办理时。");
    Advice { lines, dates }
}

/// Who found it first: what was claimed against the moment at which the system took it in.
fn first_finder(own: &OwnFinding, barred: bool, handled: NaiveDate) -> Line {
    let recorded = own.recorded_at.map(|at| (at.with_timezone(&dates::beijing()).date_naive(), dates::minute(at)));
    let claimed = own.claimed_on.map_or_else(|| "未填日期".to_owned(), |on| on.to_string());
    let entered = recorded.as_ref().map_or_else(|| "系统登记时间不详".to_owned(), |(_, minute)| format!("系统登记于{minute}"));
    let (fact, points) = match (own.checked_on, own.claimed_on, &recorded) {
        (None, ..) => (format!("自查发现（填报{claimed}，{entered}），此前无检查记录。"), Points::Lighter),
        (Some(checked), Some(claimed_on), _) if checked <= claimed_on => {
            (format!("检查在先：{checked}已有检查，填报的自查发现日期为{claimed}（{entered}）。"), Points::Neither)
        }
        (Some(checked), _, Some((day, _))) if checked <= *day => (
            format!("检查后登记的自查：填报{claimed}自查发现，{entered}，晚于{checked}的检查。请核对原始自查记录。"),
            Points::Neither,
        ),
        (Some(checked), ..) => (format!("自查发现在先：填报{claimed}，{entered}，早于{checked}的检查。"), Points::Lighter),
    };
    let points = if barred { Points::Neither } else { points };
    // Where the notice wants it strict, nothing lighter is cited.
    let law = if barred { NOTICE.words() } else { leniency(handled).words() };
    Line { about: "谁先发现", fact, law, points }
}

/// Mended before anybody ordered it.
fn rectified(file: &CaseFile, p: &CaseProblem, barred: bool, handled: NaiveDate) -> Option<Line> {
    let done = p.completed_on?;
    let before_order = file.case.order_on.is_none_or(|order| done <= order);
    let verified = if p.verified_on.is_some() { "，已核查销号" } else { "，待核查" };
    let (fact, points) = if before_order {
        (format!("{}已改正{verified}，不晚于责令改正。", dates::short(done)), Points::Lighter)
    } else {
        (format!("{}已改正{verified}，在责令改正之后。", dates::short(done)), Points::Neither)
    };
    let points = if barred { Points::Neither } else { points };
    let law = if barred { FACTORS.words() } else { format!("{}；{}", leniency(handled).words(), FACTORS.words()) };
    Some(Line { about: "主动改正", fact, law, points })
}

/// Kinds that the notice names.
fn kinds(file: &CaseFile) -> Vec<Line> {
    let mut named: Vec<&str> = file.problems.iter().filter_map(CaseProblem::kind).filter(|k| k.severe).map(|k| k.short).collect();
    named.sort_unstable();
    named.dedup();
    let line = |kind: &str| Line {
        about: "违法行为类型",
        fact: format!("{kind}：属通知要求从严查处的情形。"),
        law: NOTICE.words(),
        points: Points::Heavier,
    };
    named.into_iter().map(line).collect()
}

/// 拒不改正: a re-check that found the discharge going on.
fn refusal(file: &CaseFile) -> Option<Line> {
    let daily = file.measures.iter().filter(|m| m.kind() == Some(MeasureKind::DailyPenalty));
    let found = daily.filter_map(|m| m.recheck_on).max()?;
    Some(Line {
        about: "拒不改正",
        fact: format!("{found}复查发现仍违法排放。"),
        law: format!("{}；{}", REFUSAL.words(), NOTICE.words()),
        points: Points::Heavier,
    })
}

/// Earlier fines of the same kind.
fn repeated(found: &super::store::Repeated) -> Line {
    let name = kind(&found.kind).map_or("同类违法", |k| k.short);
    let with_this = found.fines + 1;
    let points = if with_this >= 3 { Points::Heavier } else { Points::Neither };
    Line {
        about: "两年内重复",
        fact: format!("两年内因{name}另被罚款{}次，连同本案{with_this}次（3次及以上可以从重）。", found.fines),
        law: HEAVIER.words(),
        points,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{clock::beijing_instant, new_id};
    use chrono::NaiveTime;

    fn june(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2019, 6, day).unwrap()
    }

    fn own(claimed: u32, recorded: u32, checked: Option<u32>) -> OwnFinding {
        let at = beijing_instant(june(recorded), NaiveTime::from_hms_opt(10, 21, 0).unwrap());
        OwnFinding {
            id: new_id(),
            claimed_on: Some(june(claimed)),
            recorded_at: Some(at.to_utc()),
            checked_on: checked.map(june),
        }
    }

    #[test]
    fn a_self_report_entered_after_an_inspection_is_shown_as_such() {
        let late = first_finder(&own(12, 18, Some(15)), false, june(20));
        assert_eq!(late.points, Points::Neither);
        assert!(late.fact.contains("检查后登记的自查：填报2019-06-12自查发现，系统登记于2019-06-18 10:21"), "{}", late.fact);
        let first = first_finder(&own(12, 12, Some(15)), false, june(20));
        assert!(first.points == Points::Lighter && first.fact.contains("自查发现在先"));
        assert!(first_finder(&own(16, 16, Some(15)), false, june(20)).fact.contains("检查在先"));
        assert!(first_finder(&own(12, 12, None), false, june(20)).law.contains("2018年1月1日起施行"));
        assert_eq!(first_finder(&own(12, 12, None), true, june(20)).points, Points::Neither, "severe kinds are not lightened");
    }

    #[test]
    fn three_fines_of_a_kind_in_two_years_may_weigh_heavier() {
        let of = |fines| repeated(&super::super::store::Repeated { kind: "05".into(), fines });
        assert_eq!((of(1).points, of(2).points), (Points::Neither, Points::Heavier));
        assert!(of(2).fact.contains("连同本案3次"));
    }
}
