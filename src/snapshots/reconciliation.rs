//! 来源对账: what was received of each list that was sent down, and what became of it.

use crate::base::Scope;
use crate::figures;
use crate::vocabulary::{Source, VerifiedAs};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

/// One list's account: 收到 = 属实 + 部分 + 不属实 + 非环境违法 + 重复 + 移交 + 核实中.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceTally {
    /// The source's code.
    pub source: String,
    /// Numbers received; a problem without a number counts one.
    pub received: i64,
    /// By answer in the order of the vocabulary; 核实中 last.
    pub answers: Vec<i64>,
}

impl SourceTally {
    /// The source in words.
    pub fn label(&self) -> &'static str {
        Source::from_code(&self.source).map_or("", Source::label)
    }

    /// Whether the answers add up.
    pub fn agrees(&self) -> bool {
        self.received == self.answers.iter().sum::<i64>()
    }

    /// The heads of the answers.
    pub fn heads() -> Vec<&'static str> {
        VerifiedAs::ALL.iter().map(|v| v.label()).chain([VerifiedAs::PENDING_LABEL]).collect()
    }
}

/// The accounts of all lists within the scope, on a date.
pub async fn reconcile(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
    date: NaiveDate,
) -> Result<Vec<SourceTally>, sqlx::Error> {
    let sources: Vec<&str> = Source::ALL.iter().filter(|s| s.sent_down()).map(|s| s.code()).collect();
    let sql = format!(
        "select p.source, p.verified_as, sum(greatest(cardinality(p.source_numbers), 1))::bigint from problems p
         where p.county_id = any($1) and p.campaign_id = $2 and p.source = any($4) and {exists} group by 1, 2",
        exists = figures::problem_exists(),
    );
    let found: Vec<(String, Option<String>, i64)> = sqlx::query_as(AssertSqlSafe(sql.replace("$date", "$3::date")))
        .bind(scope.ids())
        .bind(campaign)
        .bind(date)
        .bind(&sources)
        .fetch_all(connection)
        .await?;
    let tally = |source: &&str| {
        let of = |answer: Option<&str>| -> i64 {
            found.iter().filter(|(s, a, _)| s == source && a.as_deref() == answer).map(|(.., n)| n).sum()
        };
        let answers: Vec<i64> = VerifiedAs::ALL.iter().map(|v| of(Some(v.code()))).chain([of(None)]).collect();
        let received = found.iter().filter(|(s, ..)| s == source).map(|(.., n)| n).sum();
        SourceTally { source: (*source).to_owned(), received, answers }
    };
    Ok(sources.iter().map(tally).filter(|t| t.received > 0).collect())
}
