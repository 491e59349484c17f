//! The log of publicity: what a filter asks.

use super::publicity::Publicity;
use crate::platform::database::{Listing, Page, Within, listing};
use crate::vocabulary::PublicityChannel;
use sqlx::{PgConnection, Postgres, QueryBuilder};
use uuid::Uuid;

/// What somebody looks for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of title or outlet.
    pub q: Option<String>,
    /// The channel.
    pub channel: Option<PublicityChannel>,
    /// The rows behind a figure, written by `figures`; never typed by anyone.
    pub figure: Option<String>,
}

/// Lists the log, the last recorded first.
pub async fn list(
    connection: &mut PgConnection,
    within: &Within,
    filter: &Filter,
    after: Option<Uuid>,
) -> Result<Page<Publicity>, sqlx::Error> {
    listing::page(connection, within, filter, after).await
}

impl Listing for Filter {
    type Line = Publicity;
    const ROW: &'static str = "x";
    const COLUMNS: &'static str = "x.*";
    const JOINS: &'static str = "join publicity x on x.county_id = found.county_id and x.id = found.id";

    fn id(line: &Publicity) -> Uuid {
        line.id
    }

    fn conditions(&self, query: &mut QueryBuilder<Postgres>) {
        query.push(" from publicity x where x.county_id = area.id and x.campaign_id = $2");
        if let Some(q) = &self.q {
            query.push(" and position(").push_bind(q.clone()).push(" in concat_ws(' ', x.title, x.outlet)) > 0");
        }
        if let Some(channel) = self.channel {
            query.push(" and x.channel = ").push_bind(channel.code());
        }
        if let Some(figure) = &self.figure {
            query.push(" and (x.county_id, x.id) in (").push(figure).push(")");
        }
    }
}
