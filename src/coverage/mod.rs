//! 排查覆盖 by township: how many units are to be visited there, how many were, and who keeps it.

use crate::base::{CountyId, Scope};
use crate::figures;
use chrono::NaiveDate;
use sqlx::{AssertSqlSafe, PgConnection};
use std::sync::LazyLock;
use uuid::Uuid;

/// A township, or those units of a county that name none.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Covered {
    /// The county.
    pub county_id: CountyId,
    /// The township; empty where the units name none.
    pub township: String,
    /// 应查单位: units that stand.
    pub standing: i64,
    /// Of these, told of the requirements.
    pub notified: i64,
    /// Of these, visited at least once.
    pub visited: i64,
    /// 网格员.
    pub keeper: Option<String>,
    /// His telephone.
    pub keeper_phone: Option<String>,
    /// First planned day.
    pub planned_from: Option<NaiveDate>,
    /// Last planned day.
    pub planned_until: Option<NaiveDate>,
}

impl Covered {
    /// Units that nobody has visited.
    pub fn never(&self) -> i64 {
        self.standing - self.visited
    }

    /// The share that was visited, as 「93.3%」; 「—」 where there is nothing to visit.
    pub fn rate(&self) -> String {
        figures::Rate::new(self.visited, self.standing).to_string()
    }

    /// Whether the plan's last day is over and units are left.
    pub fn late(&self, today: &NaiveDate) -> bool {
        self.never() > 0 && self.planned_until.is_some_and(|until| until < *today)
    }
}

static COVERAGE: LazyLock<String> = LazyLock::new(|| {
    let predicate = |key: &str| figures::predicate(key).map_or("false", |(_, sql)| sql);
    format!(
        "select u.county_id, u.township, count(*) filter (where {standing}) as standing, count(*) filter (where {notified}) as notified,
            count(*) filter (where {visited}) as visited, g.keeper, g.keeper_phone, g.planned_from, g.planned_until
         from units u left join self_inspections s on s.county_id = u.county_id and s.unit_id = u.id and s.campaign_id = $campaign
         left join grids g on g.county_id = u.county_id and g.campaign_id = $campaign and g.township = u.township
         where u.county_id = any($1)
         group by u.county_id, u.township, g.keeper, g.keeper_phone, g.planned_from, g.planned_until
         order by u.county_id, u.township = '', u.township",
        standing = predicate("to_inspect"),
        notified = predicate("notified"),
        visited = predicate("visited"),
    )
    .replace("$campaign", "$2")
    .replace("$date", "$3::date")
});

/// Every township of the counties in sight that has units, by the same figures as the board.
pub async fn coverage(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
    date: NaiveDate,
) -> Result<Vec<Covered>, sqlx::Error> {
    sqlx::query_as(AssertSqlSafe(COVERAGE.as_str())).bind(scope.ids()).bind(campaign).bind(date).fetch_all(connection).await
}
