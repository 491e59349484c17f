//! Counting: one query for each kind of row gives all figures of that kind for every county.

use super::detail::details;
use super::list::{Figure, How, Over, figures};
use super::state::{case_exists, measure_exists};
use super::table::{Row, Table};
use crate::base::{CountyId, Scope};
use chrono::NaiveDate;
use sqlx::{AssertSqlSafe, PgConnection};
use std::sync::LazyLock;
use uuid::Uuid;

/// What the rows of a kind come from; `$counties`, `$campaign` and `$date` are put in by [`bound`].
pub(super) fn source(over: Over) -> String {
    match over {
        Over::Units => "units u left join self_inspections s \
            on s.county_id = u.county_id and s.county_id = any($counties) and s.unit_id = u.id and s.campaign_id = $campaign \
            where u.county_id = any($counties)"
            .to_owned(),
        Over::Problems => "problems p where p.county_id = any($counties) and p.campaign_id = $campaign".to_owned(),
        Over::Cases => {
            format!("cases c where c.county_id = any($counties) and c.campaign_id = $campaign and {}", case_exists())
        }
        Over::Measures => format!(
            "measures m join cases c on c.county_id = m.county_id and c.id = m.case_id \
             where m.county_id = any($counties) and c.county_id = any($counties) and c.campaign_id = $campaign and {} and {}",
            measure_exists(),
            case_exists(),
        ),
        Over::Inspections => "inspections i where i.county_id = any($counties) and i.campaign_id = $campaign \
            and i.inspected_on <= $date and not i.removed"
            .to_owned(),
        Over::Guidance => "guidance g where g.county_id = any($counties) and g.campaign_id = $campaign \
            and g.guided_on <= $date and not g.removed"
            .to_owned(),
        Over::Publicity => {
            "publicity x where x.county_id = any($counties) and x.campaign_id = $campaign and x.on_date <= $date".to_owned()
        }
        Over::Tips => {
            "tips t where t.county_id = any($counties) and t.campaign_id = $campaign and t.received_on <= $date".to_owned()
        }
    }
}

/// Puts the numbers of the parameters in.
pub(super) fn bound(sql: &str, counties: usize, campaign: usize, date: usize) -> String {
    sql.replace("$counties", &format!("${counties}"))
        .replace("$campaign", &format!("${campaign}"))
        .replace("$date", &format!("${date}::date"))
}

fn aggregate(figure: &Figure) -> String {
    let counted = match figure.how {
        How::Count => "count(*)".to_owned(),
        How::DistinctUnits => "count(distinct p.unit_id)".to_owned(),
        How::Distinct(column) => format!("count(distinct {column})"),
        How::SumFen(column) | How::SumCopies(column) | How::SumPersons(column) => format!("sum({column})"),
    };
    format!("coalesce({counted} filter (where {}), 0)::bigint", figure.predicate)
}

struct Query {
    keys: Vec<&'static str>,
    sql: String,
}

static QUERIES: LazyLock<Vec<Query>> = LazyLock::new(|| queries(|_| true, figures()));
static DETAILS: LazyLock<Vec<Query>> = LazyLock::new(|| queries(|_| true, details()));

fn queries(wanted: impl Fn(&Figure) -> bool, figures: &'static [Figure]) -> Vec<Query> {
    [
        (Over::Units, "u", "false"),
        (Over::Problems, "p", "false"),
        (Over::Cases, "c", BY_CITY),
        (Over::Measures, "c", BY_CITY),
        (Over::Inspections, "i", "false"),
        (Over::Guidance, "g", "false"),
        (Over::Publicity, "x", "false"),
        (Over::Tips, "t", "false"),
    ]
    .into_iter()
    .filter_map(|(over, alias, by_city)| {
        let of_kind: Vec<&Figure> = figures.iter().filter(|f| f.over == over && wanted(f)).collect();
        let values: Vec<String> = of_kind.iter().map(|f| aggregate(f)).collect();
        let sql =
            format!("select {alias}.county_id, {by_city}, array[{}] from {} group by 1, 2", values.join(", "), source(over),);
        let keys: Vec<&str> = of_kind.iter().map(|f| f.key).collect();
        (!keys.is_empty()).then(|| Query { keys, sql: bound(&sql, 1, 2, 3) })
    })
    .collect()
}

/// 「其中：市局直接查处」: who acts, not where the unit lies.
const BY_CITY: &str = "c.handled_by = 'city_bureau'";

/// Every figure of every reporting county of the campaign within the scope, on a date, in customary order.
pub async fn by_county(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
    date: NaiveDate,
) -> Result<Table, sqlx::Error> {
    counted(connection, scope, campaign, date, &QUERIES).await
}

/// The same, but only these figures are counted: for who shows a few of them.
pub async fn only(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
    date: NaiveDate,
    keys: &[&str],
) -> Result<Table, sqlx::Error> {
    counted(connection, scope, campaign, date, &queries(|figure| keys.contains(&figure.key), figures())).await
}

async fn counted(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
    date: NaiveDate,
    queries: &[Query],
) -> Result<Table, sqlx::Error> {
    let counties: Vec<CountyId> = sqlx::query_scalar(
        "select b.county_id from campaign_bodies b join counties c on c.id = b.county_id
         where b.campaign_id = $2 and b.county_id = any($1) order by c.rank",
    )
    .bind(scope.ids())
    .bind(campaign)
    .fetch_all(&mut *connection)
    .await?;
    let mut table = Table { date, rows: counties.into_iter().map(Row::empty).collect() };
    tally(connection, scope, campaign, queries, &mut table).await?;
    Ok(table)
}

/// The same with the figures in more detail.
pub async fn in_detail(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
    date: NaiveDate,
) -> Result<Table, sqlx::Error> {
    let mut table = by_county(connection, scope, campaign, date).await?;
    tally(connection, scope, campaign, &DETAILS, &mut table).await?;
    Ok(table)
}

async fn tally(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
    queries: &[Query],
    table: &mut Table,
) -> Result<(), sqlx::Error> {
    for query in queries {
        let found: Vec<(CountyId, bool, Vec<i64>)> = sqlx::query_as(AssertSqlSafe(query.sql.as_str()))
            .bind(scope.ids())
            .bind(campaign)
            .bind(table.date)
            .fetch_all(&mut *connection)
            .await?;
        for (county, by_city, values) in found {
            let Some(row) = table.rows.iter_mut().find(|r| r.county == county) else { continue };
            for (key, value) in query.keys.iter().zip(values) {
                row.values.add(key, value);
                if by_city {
                    row.by_city.add(key, value);
                }
            }
        }
    }
    Ok(())
}
