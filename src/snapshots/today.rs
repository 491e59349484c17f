//! The city's figures now, and on what each county's rest.

use crate::base::{CountyId, Scope};
use crate::campaigns::Campaign;
use crate::figures::{self, Row, Table, Values};
use crate::submissions::{self, State, Submission};
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

/// A body's figures and what they rest on.
#[derive(Clone, Debug)]
pub struct BodyToday {
    /// The body's county.
    pub county: CountyId,
    /// In words: 已接收（第1次报送，版本码…）, 实时（尚未上报）.
    pub basis: String,
    /// The submission that they are read from; none: live.
    pub submission: Option<Submission>,
    /// The figures.
    pub values: Values,
    /// The part that the city's bureau handles itself.
    pub by_city: Values,
}

/// The city's figures now.
#[derive(Clone, Debug)]
pub struct Today {
    /// 数据截止日期 of what is live.
    pub date: NaiveDate,
    /// The bodies in customary order.
    pub bodies: Vec<BodyToday>,
}

impl Today {
    /// As a table of figures.
    pub fn table(&self) -> Table {
        let row = |b: &BodyToday| Row { county: b.county, values: b.values.clone(), by_city: b.by_city.clone() };
        Table { date: self.date, rows: self.bodies.iter().map(row).collect() }
    }

    /// Bodies in a state: received, filed, or neither.
    pub fn count(&self, wanted: impl Fn(Option<State>) -> bool) -> usize {
        self.bodies.iter().filter(|b| wanted(b.submission.as_ref().map(Submission::state))).count()
    }
}

/// Reads the most reliable figures of each body.
pub async fn today(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: &Campaign,
    date: NaiveDate,
) -> Result<Today, sqlx::Error> {
    let live = figures::in_detail(connection, scope, campaign.id, date).await?;
    let latest = submissions::latest(connection, scope, campaign.id).await?;
    let mut counting = submissions::counting(connection, scope, campaign.id).await?;
    let body = |row: Row| {
        let at = counting.iter().position(|s| s.county_id == row.county);
        match at.map(|at| counting.swap_remove(at)) {
            Some(s) => {
                BodyToday { county: row.county, basis: s.basis(), values: s.values(), by_city: s.by_city(), submission: Some(s) }
            }
            None => {
                let why = latest.iter().find(|s| s.county_id == row.county).map_or("尚未上报", |s| s.state().label());
                let basis = format!("实时（{why}）");
                BodyToday { county: row.county, basis, submission: None, values: row.values, by_city: row.by_city }
            }
        }
    };
    Ok(Today { date, bodies: live.rows.into_iter().map(body).collect() })
}

/// A candidate for 典型案件.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Candidate {
    /// Where.
    pub county_id: CountyId,
    /// The case.
    pub id: Uuid,
    /// The respondent or the unit.
    pub name: String,
    /// What was violated.
    pub violation: Option<String>,
    /// 决定文号.
    pub decision_number: Option<String>,
    /// In 分.
    pub fine_fen: Option<i64>,
    /// Whether 法规审核 is done.
    pub reviewed: bool,
}

/// Ten candidates for 典型案件: decided cases, those of kinds to be dealt with severely first, then by amount.
pub async fn candidates(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
    date: NaiveDate,
) -> Result<Vec<Candidate>, sqlx::Error> {
    let severe: Vec<&str> = crate::vocabulary::kinds().iter().filter(|k| k.severe).map(|k| k.code).collect();
    sqlx::query_as(
        "select c.county_id, c.id, coalesce(c.respondent, u.name) as name, p.description as violation, c.decision_number, c.fine_fen,
            c.legal_reviewed_on is not null as reviewed
         from cases c
         cross join lateral (select l.problem_id from case_problems l where l.county_id = c.county_id and l.case_id = c.id
            order by l.problem_id limit 1) l
         join problems p on p.county_id = c.county_id and p.id = l.problem_id
         join units u on u.county_id = c.county_id and u.id = p.unit_id
         where c.county_id = any($1) and c.campaign_id = $2 and c.decided_on <= $3
         order by coalesce(p.kind = any($4), false) desc, c.fine_fen desc nulls last, c.id limit 10",
    )
    .bind(scope.ids())
    .bind(campaign)
    .bind(date)
    .bind(severe)
    .fetch_all(connection)
    .await
}
