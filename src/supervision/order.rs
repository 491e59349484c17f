//! One order and its steps.

use crate::base::CountyId;
use crate::vocabulary::{SupervisionLevel, SupervisionMatter, SupervisionState, SupervisionStep};
use chrono::NaiveDate;
use uuid::Uuid;

/// An order (督办单).
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Order {
    /// Whom it asks.
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// For the second editor.
    pub version: i32,
    /// As printed: 长环督〔2019〕3号.
    pub document_number: String,
    /// The level's code.
    pub level: String,
    /// The state's code.
    pub state: String,
    /// What it is about, as a code.
    pub about: String,
    /// The problem, if it is about one.
    pub problem_id: Option<Uuid>,
    /// The case, if it is about one.
    pub case_id: Option<Uuid>,
    /// 督办事项.
    pub matter: String,
    /// 督办要求.
    pub requirement: String,
    /// Issued.
    pub issued_on: NaiveDate,
    /// Due.
    pub due_on: NaiveDate,
    /// By whom.
    pub issued_by: String,
    /// The last answer.
    pub replied_on: Option<NaiveDate>,
    /// The last look on the spot.
    pub checked_on: Option<NaiveDate>,
    /// Struck off.
    pub closed_on: Option<NaiveDate>,
    /// 反弹: the order whose 销号 did not last.
    pub recurrence_of: Option<Uuid>,
}

impl Order {
    /// 提醒, 督办 or 约谈.
    pub fn level(&self) -> SupervisionLevel {
        SupervisionLevel::from_code(&self.level).unwrap_or(SupervisionLevel::Order)
    }

    /// Where it stands.
    pub fn state(&self) -> SupervisionState {
        SupervisionState::from_code(&self.state).unwrap_or(SupervisionState::Open)
    }

    /// What it is about, in words.
    pub fn about_label(&self) -> &'static str {
        SupervisionMatter::from_code(&self.about).map_or("", SupervisionMatter::label)
    }

    /// Days past its due date on a day; none while it is in time or struck off.
    pub fn days_late(&self, day: NaiveDate) -> Option<i64> {
        let late = (day - self.due_on).num_days();
        (self.state() != SupervisionState::Closed && late > 0).then_some(late)
    }

    /// The level to which it may be raised.
    pub fn next_level(&self) -> Option<SupervisionLevel> {
        self.level().next().filter(|_| self.state() != SupervisionState::Closed)
    }

    /// What the page proposes on a day; never done by itself.
    pub fn proposal(&self, day: NaiveDate) -> Option<String> {
        let late = self.days_late(day)?;
        Some(match self.next_level() {
            Some(next) => format!("已超过时限{late}天，可研究提级为“{}”。", next.label()),
            None => format!("已超过时限{late}天，已约谈，可报请有关部门研究。"),
        })
    }
}

/// A step as it was taken.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct StepTaken {
    /// Its kind's code.
    pub kind: String,
    /// Its day.
    pub on_date: NaiveDate,
    /// The level from then on.
    pub level: String,
    /// The due date that it set.
    pub due_on: Option<NaiveDate>,
    /// Who was on the spot.
    pub people: Vec<String>,
    /// What was said.
    pub note: String,
    /// Who recorded it.
    pub made_by: String,
}

impl StepTaken {
    /// 下达, 提级 …
    pub fn label(&self) -> &'static str {
        SupervisionStep::from_code(&self.kind).map_or("", SupervisionStep::label)
    }

    /// The level in words, where the step set it.
    pub fn level_label(&self) -> &'static str {
        let sets = matches!(SupervisionStep::from_code(&self.kind), Some(SupervisionStep::Issued | SupervisionStep::Escalated));
        SupervisionLevel::from_code(&self.level).filter(|_| sets).map_or("", SupervisionLevel::label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(level: &str, state: &str) -> Order {
        let day = |d| NaiveDate::from_ymd_opt(2019, 6, d).unwrap_or_default();
        Order {
            county_id: CountyId(140403),
            id: Uuid::nil(),
            version: 1,
            document_number: "长环督〔2019〕1号".into(),
            level: level.into(),
            state: state.into(),
            about: "other".into(),
            problem_id: None,
            case_id: None,
            matter: String::new(),
            requirement: String::new(),
            issued_on: day(10),
            due_on: day(15),
            issued_by: String::new(),
            replied_on: None,
            checked_on: None,
            closed_on: None,
            recurrence_of: None,
        }
    }

    #[test]
    fn an_order_is_late_after_its_day_and_proposes_the_next_level_only() {
        let day = |d| NaiveDate::from_ymd_opt(2019, 6, d).unwrap_or_default();
        assert_eq!(order("reminder", "open").days_late(day(15)), None, "the day itself is in time");
        assert_eq!(order("reminder", "open").days_late(day(17)), Some(2));
        assert!(order("reminder", "open").proposal(day(17)).is_some_and(|p| p.contains("“督办”")));
        assert!(order("talk", "open").proposal(day(17)).is_some_and(|p| !p.contains("提级")));
        assert_eq!(order("order", "closed").proposal(day(17)), None);
    }
}
