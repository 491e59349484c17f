//! Running the rules, and the queries on `readiness_reasons` and `readiness_thresholds`.

use super::finding::{Finding, Reason, Record, Report};
use super::rule::{Broken, Looks, Row, Rule, rules};
use crate::annexes::{self, Annex, Part, Reading};
use crate::base::ability::{Administer, Enter};
use crate::base::{CountyId, Permit, Scope, new_id};
use crate::campaigns::Campaign;
use crate::counties::Directory;
use crate::figures;
use crate::history::{Entry, WriteError, Writing};
use crate::summary::{self, Summary};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{AssertSqlSafe, PgConnection};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Findings of one rule that are told; more of the same need no further line.
const MOST: usize = 2_000;

/// The numbers that rules compare with in a campaign: those that the city set, else the usual ones.
pub async fn thresholds(connection: &mut PgConnection, campaign: Uuid) -> Result<HashMap<&'static str, i64>, sqlx::Error> {
    let set: Vec<(String, i64)> = sqlx::query_as("select rule, value from readiness_thresholds where campaign_id = $1")
        .bind(campaign)
        .fetch_all(connection)
        .await?;
    let of = |rule: &&'static Rule| {
        let usual = rule.threshold?.usual;
        Some((rule.id, set.iter().find(|(id, _)| id == rule.id).map_or(usual, |(_, value)| *value)))
    };
    Ok(rules().iter().filter_map(of).collect())
}

/// Sets a rule's number for a campaign.
pub async fn set_threshold(
    writing: &mut Writing,
    permit: &Permit<Administer>,
    campaign: Uuid,
    rule: &Rule,
    value: i64,
) -> Result<(), WriteError> {
    sqlx::query(
        "insert into readiness_thresholds (campaign_id, rule, value) values ($1, $2, $3)
         on conflict (campaign_id, rule) do update set value = excluded.value",
    )
    .bind(campaign)
    .bind(rule.id)
    .bind(value)
    .execute(writing.connection())
    .await?;
    let note = format!("核对规则{} {}：{value}", rule.id, rule.threshold.map_or("", |t| t.label));
    writing.record(permit.county(), Entry::event(crate::history::Action::Changed, "campaigns", campaign, note)).await?;
    Ok(())
}

/// What is checked.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Whose tables and summary.
    pub county: CountyId,
    /// In which campaign.
    pub campaign: &'a Campaign,
    /// 数据截止日期.
    pub date: NaiveDate,
    /// The business date, for the summary's own.
    pub today: NaiveDate,
    /// Names of areas.
    pub directory: &'a Directory,
}

/// Everything that the rules find in a county, with the reasons that hold.
pub async fn check(connection: &mut PgConnection, scope: &Scope, asked: &Asked<'_>) -> Result<Report, sqlx::Error> {
    let Asked { county, campaign, date, .. } = *asked;
    if !scope.holds(county) {
        return Ok(Report::default());
    }
    let own = Scope::county(county);
    let thresholds = thresholds(connection, campaign.id).await?;
    let mut findings = Vec::new();
    for rule in rules() {
        let threshold = thresholds.get(rule.id).copied().unwrap_or_default();
        findings.extend(match &rule.looks_at {
            Looks::Summary(found) => of_summary(connection, scope, asked, rule, *found).await?,
            _ => look(connection, &own, campaign, (rule, threshold), date).await?,
        });
    }
    let reasons: Vec<(String, String, String, String, String, DateTime<Utc>)> = sqlx::query_as(
        "select rule, subject, value, reason, given_by, given_at from readiness_reasons where county_id = any($1) and campaign_id = $2",
    )
    .bind(own.ids())
    .bind(campaign.id)
    .fetch_all(connection)
    .await?;
    let reasons: HashMap<(String, String, String), Reason> = reasons
        .into_iter()
        .map(|(rule, subject, value, text, by, at)| ((rule, subject, value), Reason { text, by, at }))
        .collect();
    for finding in &mut findings {
        // One reason holds for every finding of its subject and value: a paragraph may ask for the same words twice.
        finding.reason = reasons.get(&(finding.rule.id.to_owned(), finding.subject.clone(), finding.value.clone())).cloned();
    }
    Ok(Report { findings })
}

async fn look(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: &Campaign,
    (rule, threshold): (&'static Rule, i64),
    date: NaiveDate,
) -> Result<Vec<Finding>, sqlx::Error> {
    match &rule.looks_at {
        Looks::Rows { sql, sentence } => {
            let rows: Vec<Row> = sqlx::query_as(AssertSqlSafe(sql().replace("$date", "$3::date")))
                .bind(scope.ids())
                .bind(campaign.id)
                .bind(date)
                .bind(threshold)
                .fetch_all(connection)
                .await?;
            let finding = |row: Row| Finding {
                rule,
                county: row.county_id,
                text: sentence(&row.words),
                records: row.records(),
                subject: row.subject,
                value: row.value,
                reason: None,
            };
            Ok(rows.into_iter().take(MOST).map(finding).collect())
        }
        Looks::Figures(broken) => {
            let table = figures::by_county(connection, scope, campaign.id, date).await?;
            let of = |row: &figures::Row| Some(of_county(rule, row.county, broken(&row.values, threshold)?));
            Ok(table.rows.iter().filter_map(of).collect())
        }
        Looks::Annexes => empty_annexes(connection, scope, campaign, rule, date).await,
        // The summary is one county's, and is read where one county is checked.
        Looks::Summary(_) => Ok(Vec::new()),
    }
}

/// What the county's summary says against the data.
async fn of_summary(
    connection: &mut PgConnection,
    scope: &Scope,
    asked: &Asked<'_>,
    rule: &'static Rule,
    found: fn(&Summary) -> Vec<(String, String, String)>,
) -> Result<Vec<Finding>, sqlx::Error> {
    let Asked { county, campaign, date, today, directory } = *asked;
    let which = summary::Asked { county, campaign, date, signed_on: today, directory };
    let summary = summary::read(connection, scope, &which).await?;
    let finding = |(subject, value, text): (String, String, String)| Finding {
        rule,
        county,
        subject: format!("paragraph:{subject}"),
        value,
        text,
        records: vec![Record::Summary],
        reason: None,
    };
    Ok(found(&summary).into_iter().map(finding).collect())
}

fn of_county(rule: &'static Rule, county: CountyId, broken: Broken) -> Finding {
    let Broken { value, text, records } = broken;
    Finding { rule, county, subject: "county".to_owned(), value, text, records, reason: None }
}

/// Annexes without a line and without a zero report.
async fn empty_annexes(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: &Campaign,
    rule: &'static Rule,
    date: NaiveDate,
) -> Result<Vec<Finding>, sqlx::Error> {
    let mut findings = Vec::new();
    for county in scope.ids().into_iter().map(CountyId) {
        for annex in [Annex::One, Annex::Two] {
            let reading = Reading::new(annex, Part::Whole, county, campaign.id, date);
            let zero = annexes::zero_report(connection, scope, county, campaign, annex, date).await?;
            if zero.is_none() && reading.count(connection, scope).await? == 0 {
                let text = format!("{}没有内容，尚未确认零报告。", annex.mark());
                let records = vec![Record::Annex(annex.number())];
                let subject = format!("annex:{}", annex.number());
                findings.push(Finding { rule, county, subject, value: String::new(), text, records, reason: None });
            }
        }
    }
    Ok(findings)
}

/// What a number would find in a county, beside what the one in force finds.
#[derive(Clone, Debug)]
pub struct Tried {
    /// The county.
    pub county: CountyId,
    /// Findings under the number in force.
    pub now: usize,
    /// Findings under the tried one.
    pub then: usize,
}

/// Tries another number for a rule over all data in sight; nothing is set.
pub async fn try_threshold(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: &Campaign,
    (rule, value): (&'static Rule, i64),
    date: NaiveDate,
) -> Result<Vec<Tried>, sqlx::Error> {
    let now = thresholds(connection, campaign.id).await?.get(rule.id).copied().unwrap_or_default();
    let mut tried = Vec::new();
    for county in scope.ids().into_iter().map(CountyId).filter(|c| *c != crate::base::CITY) {
        let own = Scope::county(county);
        let before = look(connection, &own, campaign, (rule, now), date).await?.len();
        let after = look(connection, &own, campaign, (rule, value), date).await?.len();
        tried.push(Tried { county, now: before, then: after });
    }
    Ok(tried)
}

/// Gives one reason for reminders: each as `(rule, subject, value)` as it was shown. How many took it: one that a colleague explained
/// meanwhile, as it stands, keeps the colleague's words.
pub async fn explain(
    writing: &mut Writing,
    permit: &Permit<Enter>,
    campaign: Uuid,
    findings: &[(String, String, String)],
    reason: &str,
) -> Result<usize, WriteError> {
    let (by, at) = (writing.actor().name.clone(), writing.recorded_at());
    // One statement writes a row once.
    let mut seen = HashSet::new();
    let findings: Vec<_> = findings.iter().filter(|(rule, subject, _)| seen.insert((rule, subject))).collect();
    let written: Vec<(Uuid, i32, String)> = sqlx::query_as(
        "insert into readiness_reasons as t (county_id, id, version, campaign_id, rule, subject, value, reason, given_by, given_at)
         select $1, n.id, 1, $2, n.rule, n.subject, n.value, $3, $4, $5
         from unnest($6::uuid[], $7::text[], $8::text[], $9::text[]) as n(id, rule, subject, value)
         on conflict (county_id, campaign_id, rule, subject) do update set version = t.version + 1, value = excluded.value,
            reason = excluded.reason, given_by = excluded.given_by, given_at = excluded.given_at where t.value <> excluded.value
         returning id, version, to_jsonb(t)::text",
    )
    .bind(permit.county())
    .bind(campaign)
    .bind(reason)
    .bind(by)
    .bind(at)
    .bind(findings.iter().map(|_| new_id()).collect::<Vec<_>>())
    .bind(findings.iter().map(|(rule, ..)| rule.as_str()).collect::<Vec<_>>())
    .bind(findings.iter().map(|(_, subject, _)| subject.as_str()).collect::<Vec<_>>())
    .bind(findings.iter().map(|(.., value)| value.as_str()).collect::<Vec<_>>())
    .fetch_all(writing.connection())
    .await?;
    let took = written.len();
    let entries = written.into_iter().map(|(id, version, row)| match version {
        1 => Entry::created("readiness_reasons", id, row),
        _ => Entry::changed("readiness_reasons", id, version, row),
    });
    let entries = entries.collect();
    writing.record_all(permit.county(), entries).await?;
    Ok(took)
}
