//! Queries on `learned_headings`.

use crate::base::ability::Import;
use crate::base::{CountyId, Permit, Scope};
use crate::history::{WriteError, Writing};
use crate::intake::headings::Learned;
use crate::intake::kind::Kind;
use sqlx::PgConnection;

/// The headings that a county has corrected for a kind of table.
pub async fn learned(connection: &mut PgConnection, scope: &Scope, county: CountyId, kind: Kind) -> Result<Learned, sqlx::Error> {
    let rows: Vec<(String, String)> =
        sqlx::query_as("select heading, field from learned_headings where county_id = any($1) and county_id = $2 and kind = $3")
            .bind(scope.ids())
            .bind(county)
            .bind(kind.code())
            .fetch_all(connection)
            .await?;
    Ok(rows.into_iter().collect())
}

/// Remembers corrected headings: heading and field, an empty field for none.
pub async fn learn(
    writing: &mut Writing,
    permit: &Permit<Import>,
    kind: Kind,
    headings: &[(String, String)],
) -> Result<(), WriteError> {
    for (heading, field) in headings {
        sqlx::query(
            "insert into learned_headings (county_id, kind, heading, field) values ($1, $2, $3, $4)
             on conflict (county_id, kind, heading) do update set field = excluded.field",
        )
        .bind(permit.county())
        .bind(kind.code())
        .bind(heading)
        .bind(field)
        .execute(writing.connection())
        .await?;
    }
    Ok(())
}
