//! The numbers of the rules that name candidates.

use crate::base::ability::Administer;
use crate::base::{CITY, Permit};
use crate::history::{Entry, WriteError, Writing};
use sqlx::PgConnection;
use uuid::Uuid;

/// A rule with a number that the administrator sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// 屡查屡犯: violations found by inspection in the campaign.
    Violations,
    /// Fines of one kind within two years (环执法〔2019〕42号).
    Fines,
    /// 群众反映强烈: problems from complaints in the campaign.
    Complaints,
}

impl Rule {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Violations, Self::Fines, Self::Complaints];

    /// The word in the table and in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Violations => "violations",
            Self::Fines => "fines",
            Self::Complaints => "complaints",
        }
    }

    /// What is counted.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Violations => "行动期间检查发现违法（次）",
            Self::Fines => "两年内同类违法被罚款（次）",
            Self::Complaints => "行动期间群众举报（件）",
        }
    }

    /// Reads a word.
    pub fn read(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.code() == code)
    }
}

/// The numbers in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Violations at least.
    pub violations: i32,
    /// Fines of a kind at least.
    pub fines: i32,
    /// Complaints at least.
    pub complaints: i32,
}

impl Rules {
    /// The number of a rule.
    pub fn of(&self, rule: Rule) -> i32 {
        match rule {
            Rule::Violations => self.violations,
            Rule::Fines => self.fines,
            Rule::Complaints => self.complaints,
        }
    }
}

/// Reads them.
pub async fn rules(connection: &mut PgConnection) -> Result<Rules, sqlx::Error> {
    let rows: Vec<(String, i32)> = sqlx::query_as("select rule, value from blacklist_rules").fetch_all(connection).await?;
    let of = |rule: Rule| rows.iter().find(|(code, _)| code == rule.code()).map_or(i32::MAX, |(_, value)| *value);
    Ok(Rules { violations: of(Rule::Violations), fines: of(Rule::Fines), complaints: of(Rule::Complaints) })
}

/// Sets one.
pub async fn set_rule(writing: &mut Writing, _permit: &Permit<Administer>, rule: Rule, value: i32) -> Result<(), WriteError> {
    let (id, version, before): (Uuid, i32, String) =
        sqlx::query_as("select id, version, to_jsonb(r)::text from blacklist_rules r where rule = $1 for update")
            .bind(rule.code())
            .fetch_one(writing.connection())
            .await?;
    writing.record_before(CITY, "blacklist_rules", id, version, before).await?;
    let set = "update blacklist_rules r set value = $2, version = version + 1 where id = $1 returning to_jsonb(r)::text";
    let row: String = sqlx::query_scalar(set).bind(id).bind(value).fetch_one(writing.connection()).await?;
    writing.record(CITY, Entry::changed("blacklist_rules", id, version + 1, row)).await?;
    Ok(())
}
