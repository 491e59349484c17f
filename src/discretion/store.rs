//! What the records say around a case.

use crate::base::Scope;
use crate::ledger::CaseFile;
use chrono::{DateTime, Months, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// A problem that the unit says it found itself, with the moment at which the system took it in.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OwnFinding {
    /// The problem.
    pub id: Uuid,
    /// The day that was typed.
    pub claimed_on: Option<NaiveDate>,
    /// The first entry in the history, or the moment at which the unit's own report came in: nobody can type either.
    pub recorded_at: Option<DateTime<Utc>>,
    /// The first day on which officers were at the unit, or found something there.
    pub checked_on: Option<NaiveDate>,
}

/// Fines of one kind on a unit within two years before.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Repeated {
    /// The kind's code.
    pub kind: String,
    /// How many.
    pub fines: i64,
}

/// Both.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The unit's own findings of the case.
    pub own: Vec<OwnFinding>,
    /// Earlier fines of the same kinds.
    pub repeated: Vec<Repeated>,
}

const OWN: &str = "select p.id, p.found_on as claimed_on,
        least(
            (select min(h.business_at) from history h where h.county_id = p.county_id and h.record_id = p.id),
            (select min(r.received_at) from self_report_problems t
                join self_reports r on r.county_id = t.county_id and r.id = t.report_id
                where t.county_id = p.county_id and t.problem_id = p.id)) as recorded_at,
        least(
            (select min(o.found_on) from problems o where o.county_id = p.county_id and o.campaign_id = p.campaign_id
                and o.unit_id = p.unit_id and o.source <> 'self_inspection' and o.ended_as is distinct from 'unfounded'),
            (select min(i.inspected_on) from inspections i where i.county_id = p.county_id and i.campaign_id = p.campaign_id
                and i.unit_id = p.unit_id and not i.removed)) as checked_on
    from problems p join case_problems cp on cp.county_id = p.county_id and cp.problem_id = p.id
    where p.county_id = any($1) and cp.case_id = $2 and p.source = 'self_inspection' order by p.id";

const REPEATED: &str = "select p.kind, count(distinct c.id) as fines
    from case_problems own
    join problems mine on mine.county_id = own.county_id and mine.id = own.problem_id
    join problems p on p.county_id = mine.county_id and p.unit_id = mine.unit_id and p.kind = mine.kind
    join case_problems cp on cp.county_id = p.county_id and cp.problem_id = p.id
    join cases c on c.county_id = cp.county_id and c.id = cp.case_id
    where own.county_id = any($1) and own.case_id = $2 and c.id <> $2 and c.fine_fen > 0
      and c.decided_on between $3 and $4
    group by p.kind order by p.kind";

/// Reads them for a case on a day: two years back from its decision, or from the day.
pub async fn facts(
    connection: &mut PgConnection,
    scope: &Scope,
    file: &CaseFile,
    today: NaiveDate,
) -> Result<Facts, sqlx::Error> {
    let until = file.case.decided_on.unwrap_or(today);
    let own = sqlx::query_as(OWN).bind(scope.ids()).bind(file.case.id).fetch_all(&mut *connection).await?;
    let repeated = sqlx::query_as(REPEATED)
        .bind(scope.ids())
        .bind(file.case.id)
        .bind(until - Months::new(24))
        .bind(until)
        .fetch_all(connection)
        .await?;
    Ok(Facts { own, repeated })
}
