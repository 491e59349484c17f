//! 来源对账 of tips: received = each answer + 核实中, by county and by way; and what is owed.

use crate::base::{CountyId, Scope};
use crate::vocabulary::{TipSource, VerifiedAs};
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

/// One county's account of one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The county.
    pub county: CountyId,
    /// The way.
    pub source: TipSource,
    /// Received.
    pub received: i64,
    /// By answer in the order of the vocabulary; 核实中 last.
    pub answers: Vec<i64>,
    /// Due and not answered.
    pub overdue: i64,
}

impl Account {
    /// Whether the answers add up.
    pub fn agrees(&self) -> bool {
        self.received == self.answers.iter().sum::<i64>()
    }
}

/// The accounts within the scope on a day, counties in order of their codes.
pub async fn accounts(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
    day: NaiveDate,
) -> Result<Vec<Account>, sqlx::Error> {
    let found: Vec<(CountyId, String, Option<String>, i64, i64)> = sqlx::query_as(
        "select county_id, source, answer, count(*), count(*) filter (where answer is null and due_on < $3)
         from tips where county_id = any($1) and campaign_id = $2 group by 1, 2, 3 order by 1, 2",
    )
    .bind(scope.ids())
    .bind(campaign)
    .bind(day)
    .fetch_all(connection)
    .await?;
    let mut accounts: Vec<Account> = Vec::new();
    for (county, source, answer, count, overdue) in found {
        let Some(source) = TipSource::from_code(&source) else { continue };
        let at = accounts.iter().position(|a| a.county == county && a.source == source);
        let at = at.unwrap_or_else(|| {
            let answers = vec![0; VerifiedAs::ALL.len() + 1];
            accounts.push(Account { county, source, received: 0, answers, overdue: 0 });
            accounts.len() - 1
        });
        let answer = answer.as_deref().and_then(VerifiedAs::from_code);
        let column = VerifiedAs::ALL.iter().position(|v| Some(*v) == answer).unwrap_or(VerifiedAs::ALL.len());
        let account = &mut accounts[at];
        account.received += count;
        account.answers[column] += count;
        account.overdue += overdue;
    }
    Ok(accounts)
}

/// Tips that wait for an answer.
#[derive(Clone, Copy, Debug, Default, sqlx::FromRow)]
pub struct Owed {
    /// 核实中.
    pub pending: i64,
    /// Due and not answered.
    pub overdue: i64,
}

/// What is owed within the scope on a day.
pub async fn owed(connection: &mut PgConnection, scope: &Scope, campaign: Uuid, day: NaiveDate) -> Result<Owed, sqlx::Error> {
    sqlx::query_as(
        "select count(*) as pending, count(*) filter (where due_on < $3) as overdue
         from tips where county_id = any($1) and campaign_id = $2 and answer is null",
    )
    .bind(scope.ids())
    .bind(campaign)
    .bind(day)
    .fetch_one(connection)
    .await
}
