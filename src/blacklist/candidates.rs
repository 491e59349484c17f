//! Candidates by rule: what the counts say, before anybody has thought about it.

use super::rules::Rules;
use crate::base::{CountyId, Scope};
use chrono::{Months, NaiveDate};
use sqlx::PgConnection;
use uuid::Uuid;

/// A unit that a rule names.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Candidate {
    /// Where it lies.
    pub county_id: CountyId,
    /// The unit.
    pub unit_id: Uuid,
    /// Its name.
    pub unit_name: String,
    /// Violations found by inspection in the campaign.
    pub violations: i64,
    /// The most fines of one kind within two years.
    pub fines: i64,
    /// Tips on it in the campaign, and problems from complaints without a tip of their own.
    pub complaints: i64,
}

impl Candidate {
    /// Why the rules name it, as the first draft of the grounds.
    pub fn grounds(&self, rules: &Rules) -> String {
        let mut said = Vec::new();
        if self.violations >= i64::from(rules.violations) {
            said.push(format!("行动期间检查发现违法{}次", self.violations));
        }
        if self.fines >= i64::from(rules.fines) {
            said.push(format!("两年内同类违法被罚款{}次", self.fines));
        }
        if self.complaints >= i64::from(rules.complaints) {
            said.push(format!("行动期间群众举报{}件", self.complaints));
        }
        if said.is_empty() { String::new() } else { format!("{}。", said.join("；")) }
    }
}

/// A tip counts unless it was unfounded, a duplicate, or not for this bureau. A problem counts unless it was unfounded or belongs elsewhere; what the unit found itself is no 屡查屡犯.
const SQL: &str = "with counted as (
    select p.county_id, p.unit_id,
        count(*) filter (where p.source not in ('self_inspection', 'reported_12369', 'mayor_hotline')) as violations,
        count(*) filter (where p.source in ('reported_12369', 'mayor_hotline') and not exists (
            select 1 from tips t where t.county_id = p.county_id and t.problem_id = p.id)) as complaints
    from problems p where p.county_id = any($1) and p.campaign_id = $2 and p.source <> 'self_inspection'
        and coalesce(p.ended_as, '') not in ('unfounded', 'transferred')
    group by p.county_id, p.unit_id),
told as (
    select t.county_id, t.unit_id, count(*) as tips from tips t
    where t.county_id = any($1) and t.campaign_id = $2 and t.unit_id is not null
        and coalesce(t.answer, '') not in ('unsubstantiated', 'not_environmental', 'duplicate', 'transferred')
    group by t.county_id, t.unit_id),
fined as (
    select f.county_id, f.unit_id, max(f.fines) as fines from (
        select p.county_id, p.unit_id, p.kind, count(distinct c.id) as fines
        from cases c join case_problems cp on cp.county_id = c.county_id and cp.case_id = c.id
        join problems p on p.county_id = cp.county_id and p.id = cp.problem_id
        where c.county_id = any($1) and c.fine_fen > 0 and c.decided_on between $3 and $4 and p.kind is not null
        group by p.county_id, p.unit_id, p.kind) f
    group by f.county_id, f.unit_id)
select u.county_id, u.id as unit_id, u.name as unit_name, coalesce(n.violations, 0) as violations, coalesce(f.fines, 0) as fines,
    coalesce(n.complaints, 0) + coalesce(t.tips, 0) as complaints
from units u left join counted n on n.county_id = u.county_id and n.unit_id = u.id
left join told t on t.county_id = u.county_id and t.unit_id = u.id
left join fined f on f.county_id = u.county_id and f.unit_id = u.id
where u.county_id = any($1) and (n.violations >= $5 or f.fines >= $6 or coalesce(n.complaints, 0) + coalesce(t.tips, 0) >= $7)
    and ($8::uuid is not null and u.id = $8 or $8::uuid is null and not exists (select 1 from blacklistings b
        where b.county_id = u.county_id and b.campaign_id = $2 and b.unit_id = u.id and b.withdrawn_on is null))
order by coalesce(n.violations, 0) + coalesce(n.complaints, 0) + coalesce(t.tips, 0) desc, u.id limit 200";

/// The units that a rule names and that nobody has proposed yet, those with most on top; with a unit, that one alone.
pub async fn candidates(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
    (today, rules): (NaiveDate, &Rules),
    unit: Option<Uuid>,
) -> Result<Vec<Candidate>, sqlx::Error> {
    sqlx::query_as(SQL)
        .bind(scope.ids())
        .bind(campaign)
        .bind(today - Months::new(24))
        .bind(today)
        .bind(rules.violations)
        .bind(rules.fines)
        .bind(rules.complaints)
        .bind(unit)
        .fetch_all(connection)
        .await
}
