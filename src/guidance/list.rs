//! The list of guidance.

use crate::base::CountyId;
use crate::platform::database::{Listing, Page, Within, listing};
use chrono::NaiveDate;
use sqlx::{PgConnection, Postgres, QueryBuilder};
use uuid::Uuid;

/// What somebody looks for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of the unit's name, or of the advice.
    pub q: Option<String>,
    /// Only those of which nobody has said what followed.
    pub open: bool,
    /// The rows behind a figure: a query for `(county_id, id)`, written by `figures` with `$1` counties, `$2` campaign,
    /// `$3` date; never typed by anyone.
    pub figure: Option<String>,
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
    /// The day.
    pub guided_on: NaiveDate,
    /// Who went.
    pub person: String,
    /// What was advised.
    pub advice: String,
    /// What followed.
    pub outcome: Option<String>,
    /// The problem that it was about.
    pub problem: Option<String>,
}

/// Lists guidance, the last registered first.
pub async fn list(
    connection: &mut PgConnection,
    within: &Within,
    filter: &Filter,
    after: Option<Uuid>,
) -> Result<Page<Listed>, sqlx::Error> {
    listing::page(connection, within, filter, after).await
}

impl Listing for Filter {
    type Line = Listed;
    const ROW: &'static str = "g";
    const COLUMNS: &'static str = "g.county_id, g.id, u.name as unit_name, u.township, g.guided_on, g.person, g.advice, g.outcome, p.description as problem";
    const JOINS: &'static str = "join guidance g on g.county_id = found.county_id and g.id = found.id
        join units u on u.county_id = g.county_id and u.id = g.unit_id
        left join problems p on p.county_id = g.county_id and p.id = g.problem_id";

    fn id(line: &Listed) -> Uuid {
        line.id
    }

    fn conditions(&self, query: &mut QueryBuilder<Postgres>) {
        query.push(
            " from guidance g join units u on u.county_id = g.county_id and u.id = g.unit_id
              where g.county_id = area.id and g.campaign_id = $2 and not g.removed",
        );
        if let Some(q) = &self.q {
            query.push(" and (position(").push_bind(crate::base::text::name_key(q)).push(" in u.search_text) > 0 or position(");
            query.push_bind(q.clone()).push(" in g.advice) > 0)");
        }
        if self.open {
            query.push(" and g.outcome is null");
        }
        if let Some(figure) = &self.figure {
            query.push(" and (g.county_id, g.id) in (").push(figure).push(")");
        }
    }
}
