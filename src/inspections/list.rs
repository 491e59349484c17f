//! The list of inspections.

use crate::base::CountyId;
use crate::platform::database::{Listing, Page, Within, listing};
use crate::vocabulary::InspectionResult;
use chrono::NaiveDate;
use sqlx::{PgConnection, Postgres, QueryBuilder};
use uuid::Uuid;

/// What somebody looks for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of the unit's name.
    pub q: Option<String>,
    /// The result, as a code.
    pub result: Option<String>,
    /// The street or town of the unit.
    pub township: Option<String>,
    /// Only those of which something is missing.
    pub gaps: bool,
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
    /// The unit.
    pub unit_id: Uuid,
    /// Its name.
    pub unit_name: String,
    /// Its street or town.
    pub township: String,
    /// The day.
    pub inspected_on: NaiveDate,
    /// Who went.
    pub officers: Vec<String>,
    /// The result, as a code.
    pub result: Option<String>,
    /// A sentence.
    pub note: Option<String>,
    /// Problems of the unit that officers of the county found in this campaign.
    pub problems: i64,
    /// Files beside it.
    pub pieces: i64,
}

impl Listed {
    /// The result in words.
    pub fn result_label(&self) -> &'static str {
        self.result.as_deref().and_then(InspectionResult::from_code).map_or("", InspectionResult::label)
    }

    /// The look of the result.
    pub fn look(&self) -> &'static str {
        match self.result.as_deref() {
            Some("clear") => "ok",
            Some("problems") => "warn",
            Some("refused") => "late",
            _ => "idle",
        }
    }
}

/// Lists inspections, the last registered first.
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
    const ROW: &'static str = "i";
    const COLUMNS: &'static str =
        "i.county_id, i.id, i.unit_id, u.name as unit_name, u.township, i.inspected_on, i.officers, i.result, i.note,
        (select count(*) from problems p where p.county_id = i.county_id and p.campaign_id = $2 and p.unit_id = i.unit_id
            and p.source = 'county_inspection') as problems,
        (select count(*) from evidence e where e.county_id = i.county_id and e.record_id = i.id and not e.removed) as pieces";
    const JOINS: &'static str = "join inspections i on i.county_id = found.county_id and i.id = found.id
        join units u on u.county_id = i.county_id and u.id = i.unit_id";

    fn id(line: &Listed) -> Uuid {
        line.id
    }

    fn conditions(&self, query: &mut QueryBuilder<Postgres>) {
        query.push(
            " from inspections i join units u on u.county_id = i.county_id and u.id = i.unit_id
              where i.county_id = area.id and i.campaign_id = $2 and not i.removed",
        );
        for (column, value) in [("i.result", &self.result), ("u.township", &self.township)] {
            if let Some(value) = value {
                query.push(" and ").push(column).push(" = ").push_bind(value.clone());
            }
        }
        if let Some(q) = &self.q {
            query.push(" and position(").push_bind(crate::base::text::name_key(q)).push(" in u.search_text) > 0");
        }
        if self.gaps {
            query.push(" and (i.result is null or i.persons < 2)");
        }
        if let Some(figure) = &self.figure {
            query.push(" and (i.county_id, i.id) in (").push(figure).push(")");
        }
    }
}
