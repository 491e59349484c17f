//! The register of tips: what a filter asks. What is overdue comes first.

use super::tip::Tip;
use crate::platform::database::{Listing, Page, Within, listing};
use crate::vocabulary::{TipSource, VerifiedAs};
use sqlx::{PgConnection, Postgres, QueryBuilder};
use uuid::Uuid;

/// What somebody looks for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of number, target or content.
    pub q: Option<String>,
    /// By which way it came.
    pub source: Option<TipSource>,
    /// What was found.
    pub answer: Option<VerifiedAs>,
    /// 核实中.
    pub pending: bool,
    /// Due and not answered.
    pub overdue: bool,
    /// The rows behind a figure, written by `figures`; never typed by anyone.
    pub figure: Option<String>,
}

/// Lists tips, the overdue ones first.
pub async fn list(
    connection: &mut PgConnection,
    within: &Within,
    filter: &Filter,
    after: Option<Uuid>,
) -> Result<Page<Tip>, sqlx::Error> {
    listing::page(connection, within, filter, after).await
}

const OVERDUE: &str = "(t.answer is null and coalesce(t.due_on < $3, false))";

impl Listing for Filter {
    type Line = Tip;
    const ROW: &'static str = "t";
    const COLUMNS: &'static str = "t.*";
    const JOINS: &'static str = "join tips t on t.county_id = found.county_id and t.id = found.id";

    fn id(line: &Tip) -> Uuid {
        line.id
    }

    fn first(&self) -> Option<&'static str> {
        Some(OVERDUE)
    }

    fn conditions(&self, query: &mut QueryBuilder<Postgres>) {
        query.push(" from tips t where t.county_id = area.id and t.campaign_id = $2");
        if let Some(q) = &self.q {
            query.push(" and position(").push_bind(q.clone()).push(" in concat_ws(' ', t.number, t.target, t.content)) > 0");
        }
        if let Some(source) = self.source {
            query.push(" and t.source = ").push_bind(source.code());
        }
        if let Some(answer) = self.answer {
            query.push(" and t.answer = ").push_bind(answer.code());
        }
        if self.pending {
            query.push(" and t.answer is null");
        }
        if self.overdue {
            query.push(" and ").push(OVERDUE);
        }
        if let Some(figure) = &self.figure {
            query.push(" and (t.county_id, t.id) in (").push(figure).push(")");
        }
    }
}
