//! The list of orders: what a filter asks, and what a line says. What is overdue comes first.

use super::order::Order;
use crate::platform::database::{Listing, Page, Within, listing};
use crate::vocabulary::{SupervisionLevel, SupervisionState};
use sqlx::{PgConnection, Postgres, QueryBuilder};
use uuid::Uuid;

/// What somebody looks for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of number, matter or requirement.
    pub q: Option<String>,
    /// Where it stands.
    pub state: Option<SupervisionState>,
    /// 提醒, 督办, 约谈.
    pub level: Option<SupervisionLevel>,
    /// Past its due date, and not struck off.
    pub overdue: bool,
    /// The county owes an answer.
    pub owed: bool,
}

/// A line: the order itself.
pub type Listed = Order;

/// Lists orders, the overdue ones first.
pub async fn list(
    connection: &mut PgConnection,
    within: &Within,
    filter: &Filter,
    after: Option<Uuid>,
) -> Result<Page<Listed>, sqlx::Error> {
    listing::page(connection, within, filter, after).await
}

const OVERDUE: &str = "(o.due_on < $3 and o.state <> 'closed')";

impl Listing for Filter {
    type Line = Order;
    const ROW: &'static str = "o";
    const COLUMNS: &'static str = "o.*";
    const JOINS: &'static str = "join supervision_orders o on o.county_id = found.county_id and o.id = found.id";

    fn id(line: &Order) -> Uuid {
        line.id
    }

    fn first(&self) -> Option<&'static str> {
        Some(OVERDUE)
    }

    fn conditions(&self, query: &mut QueryBuilder<Postgres>) {
        query.push(" from supervision_orders o where o.county_id = area.id and o.campaign_id = $2");
        if let Some(q) = &self.q {
            query.push(" and position(").push_bind(q.clone());
            query.push(" in concat_ws(' ', o.document_number, o.matter, o.requirement)) > 0");
        }
        if let Some(state) = self.state {
            query.push(" and o.state = ").push_bind(state.code());
        }
        if let Some(level) = self.level {
            query.push(" and o.level = ").push_bind(level.code());
        }
        if self.owed {
            query.push(" and o.state in ('open', 'returned')");
        }
        if self.overdue {
            query.push(" and ").push(OVERDUE);
        }
    }
}
