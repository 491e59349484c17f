//! The list of notifications.

use crate::base::CountyId;
use crate::platform::database::{Listing, Page, Within, listing};
use crate::vocabulary::NotificationChannel;
use chrono::NaiveDate;
use sqlx::{PgConnection, Postgres, QueryBuilder};
use uuid::Uuid;

/// What somebody looks for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of the unit's name.
    pub q: Option<String>,
    /// How, as a code.
    pub channel: Option<String>,
    /// The street or town of the unit.
    pub township: Option<String>,
    /// Only those without a photograph or a signature.
    pub bare: bool,
}

/// One line.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Listed {
    /// Where the unit lies.
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// The unit.
    pub unit_id: Uuid,
    /// Its name.
    pub unit_name: String,
    /// Its street or town.
    pub township: String,
    /// The day.
    pub notified_on: NaiveDate,
    /// How, as a code.
    pub channel: String,
    /// Who told it.
    pub person: Option<String>,
    /// Who was told.
    pub receiver: Option<String>,
    /// A sentence.
    pub note: Option<String>,
    /// Files beside it.
    pub pieces: i64,
}

impl Listed {
    /// How, in words.
    pub fn channel_label(&self) -> &'static str {
        NotificationChannel::from_code(&self.channel).map_or("", NotificationChannel::label)
    }
}

/// Lists notifications, the last registered first.
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
    const ROW: &'static str = "n";
    const COLUMNS: &'static str =
        "n.county_id, n.id, n.unit_id, u.name as unit_name, u.township, n.notified_on, n.channel, n.person,
        n.receiver, n.note,
        (select count(*) from evidence e where e.county_id = n.county_id and e.record_id = n.id and not e.removed) as pieces";
    const JOINS: &'static str = "join notifications n on n.county_id = found.county_id and n.id = found.id
        join units u on u.county_id = n.county_id and u.id = n.unit_id";

    fn id(line: &Listed) -> Uuid {
        line.id
    }

    fn conditions(&self, query: &mut QueryBuilder<Postgres>) {
        query.push(
            " from notifications n join units u on u.county_id = n.county_id and u.id = n.unit_id
              where n.county_id = area.id and n.campaign_id = $2 and not n.removed",
        );
        for (column, value) in [("n.channel", &self.channel), ("u.township", &self.township)] {
            if let Some(value) = value {
                query.push(" and ").push(column).push(" = ").push_bind(value.clone());
            }
        }
        if let Some(q) = &self.q {
            query.push(" and position(").push_bind(crate::base::text::name_key(q)).push(" in u.search_text) > 0");
        }
        if self.bare {
            query.push(
                " and not exists (select 1 from evidence e where e.county_id = n.county_id and e.record_id = n.id and not e.removed)",
            );
        }
    }
}
