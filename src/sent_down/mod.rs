//! 交办问题 (二.1): problems of 中央督察, 「回头看」 and 强化督查 come in as lists with their numbers (来源编号), and are tracked until they
//! are struck off. One number is one problem: a number on two of them is told.

use crate::base::{CountyId, Scope};
use crate::figures;
use crate::snapshots::{self, SourceTally};
use chrono::NaiveDate;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

/// One source: its account, and how far its problems have come.
#[derive(Clone, Debug)]
pub struct Source {
    /// 收到 = 属实 + 部分 + … + 核实中.
    pub tally: SourceTally,
    /// Problems that are to be mended here.
    pub ours: i64,
    /// Of these, completed.
    pub finished: i64,
    /// Of these, struck off.
    pub verified: i64,
    /// Past their due date and not completed.
    pub overdue: i64,
}

/// A number that stands on more than one problem.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Shared {
    /// The county.
    pub county_id: CountyId,
    /// The source's code.
    pub source: String,
    /// The number.
    pub number: String,
    /// The problems that carry it.
    pub problems: i64,
}

impl Shared {
    /// The source in words.
    pub fn label(&self) -> &'static str {
        crate::vocabulary::Source::from_code(&self.source).map_or("", crate::vocabulary::Source::label)
    }
}

/// The heads of the answers.
pub fn heads() -> Vec<&'static str> {
    SourceTally::heads()
}

/// Every list of which something was received.
pub async fn sources(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
    date: NaiveDate,
) -> Result<Vec<Source>, sqlx::Error> {
    let tallies = snapshots::reconcile(connection, scope, campaign, date).await?;
    let predicate = |key: &str| figures::predicate(key).map_or("false", |(_, sql)| sql);
    let sql = format!(
        "select p.source, count(*) filter (where {ours}), count(*) filter (where {finished}), count(*) filter (where {verified}),
            count(*) filter (where {overdue})
         from problems p where p.county_id = any($1) and p.campaign_id = $2 group by 1",
        ours = predicate("ours"),
        finished = predicate("finished"),
        verified = predicate("verified"),
        overdue = predicate("overdue"),
    );
    let counted: Vec<(String, i64, i64, i64, i64)> = sqlx::query_as(AssertSqlSafe(sql.replace("$date", "$3::date")))
        .bind(scope.ids())
        .bind(campaign)
        .bind(date)
        .fetch_all(connection)
        .await?;
    let of = |tally: SourceTally| {
        let (ours, finished, verified, overdue) =
            counted.iter().find(|c| c.0 == tally.source).map_or((0, 0, 0, 0), |c| (c.1, c.2, c.3, c.4));
        Source { tally, ours, finished, verified, overdue }
    };
    Ok(tallies.into_iter().map(of).collect())
}

/// Numbers of one source that stand on more than one problem of a county.
pub async fn shared_numbers(connection: &mut PgConnection, scope: &Scope, campaign: Uuid) -> Result<Vec<Shared>, sqlx::Error> {
    sqlx::query_as(
        "select p.county_id, p.source, n.number, count(*) as problems from problems p cross join lateral unnest(p.source_numbers) as n(number)
         where p.county_id = any($1) and p.campaign_id = $2 and p.ended_as is distinct from 'unfounded'
            and p.verified_as is distinct from 'duplicate'
         group by 1, 2, 3 having count(*) > 1 order by 1, 2, 3",
    )
    .bind(scope.ids())
    .bind(campaign)
    .fetch_all(connection)
    .await
}
