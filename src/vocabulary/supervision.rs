//! The city's supervision: how strongly it asks, about what, where an order stands, and how often figures are reported.

use super::word::vocabulary;
use chrono::{Datelike, Days, NaiveDate};

vocabulary! {
    /// How strongly the city asks; raised one by one, each time by a person.
    pub enum SupervisionLevel "督办层级" {
        /// A reminder.
        Reminder = "reminder" => "提醒" | "预警",
        /// An order.
        Order = "order" => "督办" | "挂牌督办",
        /// The responsible are called in.
        Talk = "talk" => "约谈",
    }
}

vocabulary! {
    /// What an order is about.
    pub enum SupervisionMatter "督办事由" {
        /// A problem whose rectification lags.
        Problem = "problem" => "问题整改",
        /// A case that does not move.
        Case = "case" => "案件办理",
        /// Tables that are late.
        Late = "late" => "迟报未报" | "迟报" | "未报",
        /// Anything else, in free words.
        Other = "other" => "其他事项" | "其他",
    }
}

vocabulary! {
    /// Where an order stands.
    pub enum SupervisionState "督办状态" {
        /// The county owes an answer.
        Open = "open" => "待回复",
        /// The county has answered; the city is to look on the spot.
        Replied = "replied" => "待核查",
        /// Sent back with a reason; the county owes an answer again.
        Returned = "returned" => "已退回",
        /// Struck off after a look on the spot.
        Closed = "closed" => "已销号",
    }
}

vocabulary! {
    /// A step of an order.
    pub enum SupervisionStep "督办环节" {
        /// Issued.
        Issued = "issued" => "下达",
        /// Raised to the next level.
        Escalated = "escalated" => "提级",
        /// Answered by the county.
        Replied = "replied" => "回复",
        /// Sent back.
        Returned = "returned" => "退回",
        /// Checked on the spot and struck off.
        Closed = "closed" => "销号",
        /// What was struck off did not last; a new order follows.
        Relapsed = "relapsed" => "反弹",
    }
}

vocabulary! {
    /// How often figures are reported to the city.
    pub enum Rhythm "调度频次" {
        /// Every day.
        Day = "day" => "日调度" | "每日" | "日报",
        /// Every week, from Monday to Sunday.
        Week = "week" => "周调度" | "每周" | "周报",
        /// Every ten days: the 10th, the 20th, the end of the month.
        TenDays = "ten_days" => "旬调度" | "每旬" | "旬报",
    }
}

impl SupervisionLevel {
    /// The level above; none above 约谈.
    pub const fn next(self) -> Option<Self> {
        match self {
            Self::Reminder => Some(Self::Order),
            Self::Order => Some(Self::Talk),
            Self::Talk => None,
        }
    }

    /// What the paper of this level is called.
    pub const fn paper(self) -> &'static str {
        match self {
            Self::Reminder => "提醒函",
            Self::Order => "督办单",
            Self::Talk => "约谈通知书",
        }
    }
}

impl SupervisionState {
    /// Whether the county owes an answer.
    pub const fn owes_reply(self) -> bool {
        matches!(self, Self::Open | Self::Returned)
    }

    /// The look of its badge.
    pub const fn look(self) -> &'static str {
        match self {
            Self::Open => "warn",
            Self::Replied => "busy",
            Self::Returned => "late",
            Self::Closed => "ok",
        }
    }
}

impl Rhythm {
    /// The last day of the period before the one that `today` lies in.
    pub fn last_report(self, today: NaiveDate) -> NaiveDate {
        let back = match self {
            Self::Day => 1,
            Self::Week => u64::from(today.weekday().number_from_monday()),
            Self::TenDays => match today.day() {
                day @ 1..=10 => u64::from(day),
                day @ 11..=20 => u64::from(day - 10),
                day => u64::from(day - 20),
            },
        };
        today - Days::new(back)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_ends_on_its_last_day() {
        let day = |m, d| NaiveDate::from_ymd_opt(2019, m, d).unwrap_or_default();
        assert_eq!(Rhythm::Day.last_report(day(6, 20)), day(6, 19));
        assert_eq!(Rhythm::Week.last_report(day(6, 20)), day(6, 16), "the 20th is a Thursday");
        assert_eq!(Rhythm::Week.last_report(day(6, 16)), day(6, 9), "a Sunday is in its own week");
        assert_eq!(Rhythm::TenDays.last_report(day(6, 20)), day(6, 10));
        assert_eq!(Rhythm::TenDays.last_report(day(6, 21)), day(6, 20));
        assert_eq!(Rhythm::TenDays.last_report(day(7, 3)), day(6, 30));
    }

    #[test]
    fn a_level_is_raised_one_by_one() {
        assert_eq!(SupervisionLevel::Reminder.next(), Some(SupervisionLevel::Order));
        assert_eq!(SupervisionLevel::Talk.next(), None);
    }
}
