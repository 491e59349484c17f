//! The list of reports: what waits comes first.

use super::report::state_label;
use crate::base::{CountyId, Scope};
use crate::platform::database::{Listing, Page, Within, listing};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{PgConnection, Postgres, QueryBuilder};
use uuid::Uuid;

/// What somebody looks for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of the unit's name.
    pub q: Option<String>,
    /// The state's code.
    pub state: Option<String>,
}

/// One line.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Listed {
    /// Where the unit lies.
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// The unit's name.
    pub unit_name: String,
    /// Its street or town.
    pub township: String,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// Who reported.
    pub reporter: String,
    /// The day of the self-inspection.
    pub inspected_on: Option<NaiveDate>,
    /// `none` or `some`.
    pub found: Option<String>,
    /// Problems that it tells.
    pub problems: i64,
    /// The state's code.
    pub state: String,
}

impl Listed {
    /// The state in words.
    pub fn state_label(&self) -> &'static str {
        state_label(&self.state)
    }

    /// The look of the state.
    pub fn look(&self) -> &'static str {
        match self.state.as_str() {
            "waiting" => "warn",
            "taken" => "ok",
            _ => "idle",
        }
    }
}

/// Lists reports, the last one first.
pub async fn list(
    connection: &mut PgConnection,
    within: &Within,
    filter: &Filter,
    after: Option<Uuid>,
) -> Result<Page<Listed>, sqlx::Error> {
    listing::page(connection, within, filter, after).await
}

/// How many wait for a clerk.
pub async fn waiting(connection: &mut PgConnection, scope: &Scope, campaign: Uuid) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("select count(*) from self_reports where county_id = any($1) and campaign_id = $2 and state = 'waiting'")
        .bind(scope.ids())
        .bind(campaign)
        .fetch_one(connection)
        .await
}

impl Listing for Filter {
    type Line = Listed;
    const ROW: &'static str = "r";
    const COLUMNS: &'static str = "r.county_id, r.id, u.name as unit_name, u.township, r.received_at, r.reporter, r.inspected_on, r.found,
        (select count(*) from self_report_problems p where p.county_id = r.county_id and p.report_id = r.id) as problems, r.state";
    const JOINS: &'static str = "join self_reports r on r.county_id = found.county_id and r.id = found.id
        join units u on u.county_id = r.county_id and u.id = r.unit_id";

    fn id(line: &Listed) -> Uuid {
        line.id
    }

    fn conditions(&self, query: &mut QueryBuilder<Postgres>) {
        query.push(
            " from self_reports r join units u on u.county_id = r.county_id and u.id = r.unit_id
              where r.county_id = area.id and r.campaign_id = $2",
        );
        if let Some(state) = &self.state {
            query.push(" and r.state = ").push_bind(state.clone());
        }
        if let Some(q) = &self.q {
            query.push(" and position(").push_bind(crate::base::text::name_key(q)).push(" in u.search_text) > 0");
        }
    }
}
