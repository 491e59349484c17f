//! Statutory limits by date of force.

use chrono::NaiveDate;

/// A length of time as the law says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// Days as the calendar has them.
    Days(u32),
    /// Working days.
    WorkingDays(u32),
    /// Months.
    Months(u32),
}

impl Span {
    /// 「30日」, 「7个工作日」, 「3个月」.
    pub fn words(self) -> String {
        match self {
            Self::Days(n) => format!("{n}日"),
            Self::WorkingDays(n) => format!("{n}个工作日"),
            Self::Months(n) => format!("{n}个月"),
        }
    }
}

/// What is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Deciding on filing.
    Filing,
    /// Deciding the case.
    Decision,
    /// Paying the fine.
    Payment,
    /// Going to court against a decision.
    Lawsuit,
    /// Waiting after the reminder to perform.
    Demand,
    /// Applying for enforcement once the time for a lawsuit is over.
    Court,
    /// Re-checking after an order to correct.
    Recheck,
    /// Sealing and detaining.
    Seizure,
    /// Its one extension.
    SeizureExtension,
    /// Serving the lifting.
    LiftingService,
    /// Limiting production.
    ProductionLimit,
    /// Its one extension.
    ProductionLimitExtension,
    /// Halting production: without a last day.
    ProductionHalt,
    /// Filing the plan.
    Plan,
    /// Reporting completion.
    Completion,
    /// Inspecting after lifting.
    Tracking,
    /// Handing a detention case over.
    DetentionHandover,
    /// Deciding on the transfer of a suspected crime.
    CrimeDecision,
    /// Handing it over.
    CrimeHandover,
    /// The police's decision whether to open a case.
    CrimeReply,
    /// Asking the police to think again.
    Challenge,
}

/// A limit with its article.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// What is limited.
    pub rule: Rule,
    /// For how long.
    pub span: Span,
    /// The article, as an office cites it.
    pub article: &'static str,
    /// The first day on which it is in force.
    pub from: NaiveDate,
    /// The last day on which the text is known to us to stand; none: it stood when this list was made.
    pub until: Option<NaiveDate>,
}

impl Limit {
    /// The article, with a word of caution where the text no longer stands on `on`.
    pub fn cited(&self, on: NaiveDate) -> String {
        match self.until.filter(|until| on > *until) {
            Some(until) => format!("{}（{until}后已有新规定，请核对）", self.article),
            None => self.article.to_owned(),
        }
    }
}

const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => date,
        None => panic!("a day that the calendar has"),
    }
}

/// 环境行政处罚办法 (部令第8号).
const PENALTIES: NaiveDate = day(2010, 3, 1);
/// Its last day: 生态环境行政处罚办法 (部令第30号, 2023年) follows.
const PENALTIES_END: NaiveDate = day(2023, 6, 30);
/// 行政处罚法 as amended in 2017.
const PENALTY_LAW: NaiveDate = day(2018, 1, 1);
/// 行政处罚法 as revised in 2021.
const PENALTY_LAW_2021: NaiveDate = day(2021, 7, 15);
/// 环境保护法 of 2014 with its by-laws 28, 29, 30.
const BY_LAWS: NaiveDate = day(2015, 1, 1);
/// 行政强制法.
const COERCION: NaiveDate = day(2012, 1, 1);
/// 行政诉讼法 as amended in 2014.
const LAWSUITS: NaiveDate = day(2015, 5, 1);
/// 环境保护行政执法与刑事司法衔接工作办法.
const CRIMES: NaiveDate = day(2017, 1, 25);

const fn standing(rule: Rule, span: Span, article: &'static str, from: NaiveDate) -> Limit {
    Limit { rule, span, article, from, until: None }
}

/// Every limit; of one rule the older text first.
pub const LIMITS: &[Limit] = &[
    Limit {
        rule: Rule::Filing,
        span: Span::WorkingDays(7),
        article: "环境行政处罚办法（部令第8号）第二十二条",
        from: PENALTIES,
        until: Some(PENALTIES_END),
    },
    Limit {
        rule: Rule::Decision,
        span: Span::Months(3),
        article: "环境行政处罚办法（部令第8号）第五十五条",
        from: PENALTIES,
        until: Some(day(2021, 7, 14)),
    },
    standing(Rule::Decision, Span::Days(90), "行政处罚法（2021年修订）第六十条", PENALTY_LAW_2021),
    standing(Rule::Payment, Span::Days(15), "行政处罚法（2017年修正）第四十六条", PENALTY_LAW),
    standing(Rule::Payment, Span::Days(15), "行政处罚法（2021年修订）第六十七条", PENALTY_LAW_2021),
    standing(Rule::Lawsuit, Span::Months(6), "行政诉讼法第四十六条", LAWSUITS),
    // Periods of ten days and less are working days in this law (第六十九条).
    standing(Rule::Demand, Span::WorkingDays(10), "行政强制法第五十四条、第六十九条", COERCION),
    standing(Rule::Court, Span::Months(3), "行政强制法第五十三条", COERCION),
    standing(Rule::Recheck, Span::Days(30), "部令第28号第十条", BY_LAWS),
    standing(Rule::Seizure, Span::Days(30), "部令第29号第十五条，行政强制法第二十五条", BY_LAWS),
    standing(Rule::SeizureExtension, Span::Days(30), "部令第29号第十五条，行政强制法第二十五条", BY_LAWS),
    standing(Rule::LiftingService, Span::WorkingDays(3), "部令第29号第二十一条", BY_LAWS),
    standing(Rule::ProductionLimit, Span::Months(3), "部令第30号（2014年）第十五条", BY_LAWS),
    standing(Rule::ProductionLimitExtension, Span::Months(3), "部令第30号（2014年）第十五条", BY_LAWS),
    standing(Rule::ProductionHalt, Span::Days(0), "部令第30号（2014年）第十五条第二款", BY_LAWS),
    standing(Rule::Plan, Span::WorkingDays(15), "部令第30号（2014年）第十六条", BY_LAWS),
    standing(Rule::Completion, Span::WorkingDays(15), "部令第30号（2014年）第十七条", BY_LAWS),
    standing(Rule::Tracking, Span::Days(30), "部令第30号（2014年）第二十条", BY_LAWS),
    standing(Rule::DetentionHandover, Span::WorkingDays(3), "公治〔2014〕853号第十二条、第十九条", BY_LAWS),
    standing(Rule::CrimeDecision, Span::Days(3), "环环监〔2017〕17号第五条", CRIMES),
    standing(Rule::CrimeHandover, Span::Days(1), "环环监〔2017〕17号第六条", CRIMES),
    standing(Rule::CrimeReply, Span::Days(3), "环环监〔2017〕17号第九条", CRIMES),
    standing(Rule::Challenge, Span::WorkingDays(3), "环环监〔2017〕17号第十一条", CRIMES),
];

/// The limit of a rule for a period that begins on a day: the latest text in force by then, else the first.
pub fn limit(rule: Rule, on: NaiveDate) -> &'static Limit {
    let of_rule = || LIMITS.iter().filter(move |l| l.rule == rule);
    let in_force = of_rule().rfind(|l| l.from <= on);
    in_force.or_else(|| of_rule().next()).unwrap_or(&LIMITS[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_that_of_the_day() {
        assert_eq!(limit(Rule::Decision, day(2019, 6, 12)).span, Span::Months(3));
        assert_eq!(limit(Rule::Decision, day(2021, 7, 15)).span, Span::Days(90));
        assert_eq!(limit(Rule::Payment, day(2019, 6, 18)).article, "行政处罚法（2017年修正）第四十六条");
        assert!(limit(Rule::Filing, day(2024, 1, 5)).cited(day(2024, 1, 5)).contains("请核对"));
        assert!(!limit(Rule::Filing, day(2019, 6, 5)).cited(day(2019, 6, 5)).contains("请核对"));
    }

    #[test]
    fn every_rule_has_a_limit() {
        for limit in LIMITS {
            assert_eq!(super::limit(limit.rule, limit.from).rule, limit.rule);
        }
    }
}
