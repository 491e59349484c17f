//! The list of cases: filters, keyset paging, totals.

use super::case::State;
use crate::base::text::name_key;
use crate::base::{CountyId, Money, Scope};
use crate::vocabulary::{HandledBy, MeasureKind, kind};
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

/// What a reader of the list looks for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// The campaign.
    pub campaign: Uuid,
    /// One county.
    pub county: Option<CountyId>,
    /// Part of the unit's name, the respondent, the case's or the decision's number.
    pub q: Option<String>,
    /// Who acts.
    pub handled_by: Option<HandledBy>,
    /// How far.
    pub state: Option<State>,
    /// Cases with a measure of this kind.
    pub measure: Option<MeasureKind>,
    /// The rows behind a figure: a query for `(county_id, id)`, written by `figures` with `$1` counties, `$2` campaign,
    /// `$3` date.
    pub figure: Option<String>,
    /// The data date of the figure.
    pub date: NaiveDate,
    /// Cases older than this one.
    pub after: Option<Uuid>,
}

/// A line of the list.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CaseLine {
    /// Where the unit lies.
    pub county_id: CountyId,
    /// The case.
    pub id: Uuid,
    /// 办案机关.
    pub handled_by: String,
    /// 案号.
    pub case_number: Option<String>,
    /// 当事人.
    pub respondent: Option<String>,
    /// 立案日期.
    pub case_filed_on: Option<NaiveDate>,
    /// 不予立案日期.
    pub not_filed_on: Option<NaiveDate>,
    /// 处罚决定日期.
    pub decided_on: Option<NaiveDate>,
    /// 处罚决定文号.
    pub decision_number: Option<String>,
    /// 罚款 in 分.
    pub fine_fen: Option<i64>,
    /// 结案日期.
    pub closed_on: Option<NaiveDate>,
    /// 曝光日期.
    pub exposed_on: Option<NaiveDate>,
    /// How many problems it covers.
    pub problems: i64,
    /// The names of their units.
    pub unit_names: Option<String>,
    /// The earliest day on which one was found.
    pub found_on: Option<NaiveDate>,
    /// The codes of their kinds.
    pub kinds: Vec<String>,
    /// The codes of its measures' kinds.
    pub measures: Vec<String>,
}

impl CaseLine {
    /// How far it has come.
    pub fn state(&self) -> State {
        State::of(self.case_filed_on, self.not_filed_on, self.decided_on, self.closed_on)
    }

    /// Who acts.
    pub fn handler(&self) -> &'static str {
        HandledBy::from_code(&self.handled_by).map_or("", HandledBy::label)
    }

    /// The fine in 万元, with separators; empty when none was typed.
    pub fn fine(&self) -> String {
        self.fine_fen.map(|fen| Money::from_fen(fen).to_wan_grouped()).unwrap_or_default()
    }

    /// The kinds of its problems.
    pub fn kind_words(&self) -> String {
        self.kinds.iter().filter_map(|code| kind(code)).map(|k| k.short).collect::<Vec<_>>().join("、")
    }

    /// The kinds of its measures.
    pub fn measure_words(&self) -> String {
        let known = self.measures.iter().filter_map(|code| MeasureKind::from_code(code));
        known.map(MeasureKind::label).collect::<Vec<_>>().join("、")
    }
}

/// What a filter finds in all.
#[derive(Clone, Debug, Default, sqlx::FromRow)]
pub struct Totals {
    /// Cases.
    pub cases: i64,
    /// Cases filed.
    pub filed: i64,
    /// Cases with a decision.
    pub decided: i64,
    /// Fines in 分.
    pub fine_fen: i64,
    /// Measures in force or past.
    pub measures: i64,
    /// Cases exposed.
    pub exposed: i64,
}

impl Totals {
    /// The fines in 万元, with separators.
    pub fn fine(&self) -> String {
        Money::from_fen(self.fine_fen).to_wan_grouped()
    }
}

/// How many lines a page has.
pub const PAGE: usize = 50;

/// `$2` campaign, `$3` date, `$4` county, `$5` text, `$6` its key, `$7` handler, `$8` measure.
fn conditions(filter: &Filter) -> String {
    let state = match filter.state {
        None => "",
        Some(State::Unfiled) => {
            " and c.case_filed_on is null and c.not_filed_on is null and c.decided_on is null and c.closed_on is null"
        }
        Some(State::NotFiled) => {
            " and c.not_filed_on is not null and c.case_filed_on is null and c.decided_on is null and c.closed_on is null"
        }
        Some(State::Filed) => " and c.case_filed_on is not null and c.decided_on is null and c.closed_on is null",
        Some(State::Decided) => " and c.decided_on is not null and c.closed_on is null",
        Some(State::Closed) => " and c.closed_on is not null",
    };
    let figure = filter.figure.as_deref().map(|sql| format!(" and (c.county_id, c.id) in ({sql})")).unwrap_or_default();
    format!(
        "c.campaign_id = $2 and $3::date is not null and ($4::integer is null or c.county_id = $4)
         and ($7::text is null or c.handled_by = $7)
         and ($5::text is null or position($5 in c.respondent) > 0 or position($5 in c.case_number) > 0
              or position($5 in c.decision_number) > 0 or exists (
                select 1 from case_problems cp join problems p on p.county_id = cp.county_id and p.id = cp.problem_id
                join units u on u.county_id = p.county_id and u.id = p.unit_id
                where cp.county_id = c.county_id and cp.case_id = c.id and position($6 in u.name_key) > 0))
         and ($8::text is null or exists (select 1 from measures m
                where m.county_id = c.county_id and m.case_id = c.id and not m.removed and m.kind = $8)){state}{figure}"
    )
}

/// One page of cases, the newest first; one more than [`PAGE`] says that there is a next page.
pub async fn list(connection: &mut PgConnection, scope: &Scope, filter: &Filter) -> Result<Vec<CaseLine>, sqlx::Error> {
    let sql = format!(
        "select c.*, x.problems, x.unit_names, x.found_on, x.kinds, y.measures
         from (select k.* from unnest($1::integer[]) as s(id) cross join lateral (
                select c.* from cases c where c.county_id = s.id and {} and ($9::uuid is null or c.id < $9)
                order by c.id desc limit {limit}) k order by k.id desc limit {limit}) c
         cross join lateral (
            select count(*) as problems, string_agg(distinct u.name, '、') as unit_names, min(p.found_on) as found_on,
                   coalesce(array_agg(distinct p.kind) filter (where p.kind is not null), '{{}}') as kinds
            from case_problems cp join problems p on p.county_id = cp.county_id and p.id = cp.problem_id
            join units u on u.county_id = p.county_id and u.id = p.unit_id
            where cp.county_id = c.county_id and cp.case_id = c.id) x
         cross join lateral (
            select coalesce(array_agg(distinct m.kind), '{{}}') as measures from measures m
            where m.county_id = c.county_id and m.case_id = c.id and not m.removed) y
         order by c.id desc",
        conditions(filter),
        limit = PAGE + 1
    );
    sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(scope.ids())
        .bind(filter.campaign)
        .bind(filter.date)
        .bind(filter.county)
        .bind(&filter.q)
        .bind(filter.q.as_deref().map(name_key))
        .bind(filter.handled_by.map(HandledBy::code))
        .bind(filter.measure.map(MeasureKind::code))
        .bind(filter.after)
        .fetch_all(connection)
        .await
}

/// What the filter finds in all, whatever the page.
pub async fn totals(connection: &mut PgConnection, scope: &Scope, filter: &Filter) -> Result<Totals, sqlx::Error> {
    let sql = format!(
        "select count(*) as cases, count(c.case_filed_on) as filed, count(c.decided_on) as decided,
                coalesce(sum(c.fine_fen), 0)::bigint as fine_fen, count(c.exposed_on) as exposed,
                coalesce(sum((select count(*) from measures m
                    where m.county_id = c.county_id and m.case_id = c.id and not m.removed)), 0)::bigint as measures
         from cases c where c.county_id = any($1) and {}",
        conditions(filter)
    );
    sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(scope.ids())
        .bind(filter.campaign)
        .bind(filter.date)
        .bind(filter.county)
        .bind(&filter.q)
        .bind(filter.q.as_deref().map(name_key))
        .bind(filter.handled_by.map(HandledBy::code))
        .bind(filter.measure.map(MeasureKind::code))
        .fetch_one(connection)
        .await
}
