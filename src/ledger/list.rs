//! The list of cases: what a filter asks, what a line says, and what the filter finds in all.

use super::case::State;
use crate::base::text::name_key;
use crate::base::{CountyId, Money};
use crate::platform::database::{Listing, Page, Within, listing};
use crate::vocabulary::{HandledBy, MeasureKind, kind};
use chrono::NaiveDate;
use sqlx::{PgConnection, Postgres, QueryBuilder};
use uuid::Uuid;

/// What a reader of the list looks for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
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
    /// Facts missing that filing will ask for.
    pub gaps: bool,
    /// Decided, and not reviewed yet (待法规审核).
    pub unreviewed: bool,
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

/// Lists cases, the newest first.
pub async fn list(
    connection: &mut PgConnection,
    within: &Within,
    filter: &Filter,
    after: Option<Uuid>,
) -> Result<Page<CaseLine>, sqlx::Error> {
    listing::page(connection, within, filter, after).await
}

/// What the filter finds in all, whatever the page.
pub async fn totals(connection: &mut PgConnection, within: &Within, filter: &Filter) -> Result<Totals, sqlx::Error> {
    let mut query = within.query();
    query.push(
        "select count(*) as cases, count(c.case_filed_on) as filed, count(c.decided_on) as decided,
                coalesce(sum(c.fine_fen), 0)::bigint as fine_fen, count(c.exposed_on) as exposed,
                coalesce(sum((select count(*) from measures m
                    where m.county_id = c.county_id and m.case_id = c.id and not m.removed)), 0)::bigint as measures
         from unnest($1) as area(id) cross join lateral (select c.*",
    );
    filter.conditions(&mut query);
    query.push(") c");
    query.build_query_as().fetch_one(connection).await
}

impl Listing for Filter {
    type Line = CaseLine;
    const ROW: &'static str = "c";
    const COLUMNS: &'static str = "c.*, x.problems, x.unit_names, x.found_on, x.kinds, y.measures";
    const JOINS: &'static str = "join cases c on c.county_id = found.county_id and c.id = found.id
        cross join lateral (
            select count(*) as problems, string_agg(distinct u.name, '、') as unit_names, min(p.found_on) as found_on,
                   coalesce(array_agg(distinct p.kind) filter (where p.kind is not null), '{}') as kinds
            from case_problems cp join problems p on p.county_id = cp.county_id and p.id = cp.problem_id
            join units u on u.county_id = p.county_id and u.id = p.unit_id
            where cp.county_id = c.county_id and cp.case_id = c.id) x
        cross join lateral (
            select coalesce(array_agg(distinct m.kind), '{}') as measures from measures m
            where m.county_id = c.county_id and m.case_id = c.id and not m.removed) y";

    fn id(line: &CaseLine) -> Uuid {
        line.id
    }

    fn conditions(&self, query: &mut QueryBuilder<Postgres>) {
        query.push(" from cases c where c.county_id = area.id and c.campaign_id = $2");
        if let Some(handler) = self.handled_by {
            query.push(" and c.handled_by = ").push_bind(handler.code());
        }
        if let Some(q) = &self.q {
            for (word, column) in [(" and (", "respondent"), (" or ", "case_number"), (" or ", "decision_number")] {
                query.push(word).push("position(").push_bind(q.clone()).push(" in c.").push(column).push(") > 0");
            }
            query.push(
                " or exists (select 1 from case_problems cp join problems p on p.county_id = cp.county_id and p.id = cp.problem_id
                    join units u on u.county_id = p.county_id and u.id = p.unit_id
                    where cp.county_id = c.county_id and cp.case_id = c.id and position(",
            );
            query.push_bind(name_key(q)).push(" in u.name_key) > 0))");
        }
        if let Some(measure) = self.measure {
            query.push(
                " and exists (select 1 from measures m where m.county_id = c.county_id and m.case_id = c.id and not m.removed
                    and m.kind = ",
            );
            query.push_bind(measure.code()).push(")");
        }
        if let Some(state) = self.state {
            query.push(state.condition());
        }
        if self.gaps {
            query.push(GAPS);
        }
        if self.unreviewed {
            query.push(" and ").push(UNREVIEWED);
        }
        if let Some(figure) = &self.figure {
            query.push(" and (c.county_id, c.id) in (").push(figure).push(")");
        }
    }
}

/// The rows of which [`super::Case::gaps`] names any.
const GAPS: &str = " and (c.respondent is null
    or c.case_filed_on is not null and c.case_number is null
    or c.order_on is not null and c.order_number is null
    or c.order_number is not null and c.order_on is null
    or c.decided_on is not null and (c.case_filed_on is null or c.decision_number is null
        or c.fine_fen is null and c.discretion is distinct from 'none')
    or c.not_filed_on is not null and c.not_filed_reason is null
    or c.decided_on is null and (c.decision_number is not null or c.fine_fen is not null)
    or c.discretion <> 'ordinary' and c.discretion_reason is null
    or c.exposed_on is not null and c.exposure_media is null)";

/// The cases of which 法规审核 is owed.
pub(super) const UNREVIEWED: &str = "c.decided_on is not null and c.legal_reviewed_on is null";

impl State {
    const fn condition(self) -> &'static str {
        match self {
            Self::Unfiled => {
                " and c.case_filed_on is null and c.not_filed_on is null and c.decided_on is null and c.closed_on is null"
            }
            Self::NotFiled => {
                " and c.not_filed_on is not null and c.case_filed_on is null and c.decided_on is null and c.closed_on is null"
            }
            Self::Filed => " and c.case_filed_on is not null and c.decided_on is null and c.closed_on is null",
            Self::Decided => " and c.decided_on is not null and c.closed_on is null",
            Self::Closed => " and c.closed_on is not null",
        }
    }
}
