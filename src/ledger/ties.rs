//! Which problems a case is over, as the history tells it: an entry of its own, because no row of a case says it.

use crate::base::CountyId;
use crate::base::new_id;
use crate::history::{Action, Entry, WriteError, Writing};
use uuid::Uuid;

/// Records the problems of cases as they are now; a case that is gone has none.
pub(super) async fn record(writing: &mut Writing, county: CountyId, cases: &[Uuid]) -> Result<(), WriteError> {
    let ties: Vec<String> = sqlx::query_scalar(
        "select jsonb_build_object('case_id', c.id, 'problem_ids',
            coalesce(jsonb_agg(l.problem_id order by l.problem_id) filter (where l.problem_id is not null), '[]'))::text
         from unnest($2::uuid[]) as c(id)
         left join case_problems l on l.county_id = $1 and l.case_id = c.id group by c.id order by c.id",
    )
    .bind(county)
    .bind(cases)
    .fetch_all(writing.connection())
    .await?;
    let entry = |row: String| Entry {
        action: Action::Changed,
        record: "case_problems",
        record_id: new_id(),
        version: 1,
        row: Some(row),
        note: None,
    };
    writing.record_all(county, ties.into_iter().map(entry).collect()).await?;
    Ok(())
}
