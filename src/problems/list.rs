//! The list of problems: filters, fifty a page, the last recorded first.

use super::problem::ProgressOn;
use crate::base::{CountyId, Scope};
use crate::vocabulary::{Progress, Source, kind};
use chrono::NaiveDate;
use sqlx::{PgConnection, Postgres, QueryBuilder};
use uuid::Uuid;

/// What somebody looks for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of the unit's name or of the text, or a source number.
    pub q: Option<String>,
    /// The main kind's code.
    pub kind: Option<String>,
    /// The source's code.
    pub source: Option<String>,
    /// The progress' code on the date.
    pub progress: Option<Progress>,
    /// 已到期未完成 only.
    pub overdue: bool,
    /// Facts missing that filing will ask for.
    pub gaps: bool,
    /// Street or town of the unit.
    pub township: Option<String>,
    /// One unit.
    pub unit: Option<Uuid>,
    /// The rows behind a figure: a query for `(county_id, id)`, written by `figures` with `$1` counties, `$2` campaign,
    /// `$3` date; never typed by anyone.
    pub figure: Option<String>,
    /// Problems recorded before this one.
    pub after: Option<Uuid>,
}

/// One line of the list.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Listed {
    /// Where the unit lies.
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// The unit.
    pub unit_id: Uuid,
    /// The unit's name.
    pub unit_name: String,
    /// The unit's street or town.
    pub township: String,
    /// The main kind's code.
    pub kind: Option<String>,
    /// The source's code.
    pub source: String,
    /// What was found.
    pub description: Option<String>,
    /// When.
    pub found_on: Option<NaiveDate>,
    /// 方案备案.
    pub plan_filed_on: Option<NaiveDate>,
    /// Work begun.
    pub begun_on: Option<NaiveDate>,
    /// Due.
    pub due_on: Option<NaiveDate>,
    /// Completed.
    pub completed_on: Option<NaiveDate>,
    /// Verified.
    pub verified_on: Option<NaiveDate>,
    /// Another end.
    pub ended_as: Option<String>,
    /// Its day.
    pub ended_on: Option<NaiveDate>,
    /// 监管责任人.
    pub supervisor: Option<String>,
    /// Cases over it.
    pub cases: i64,
}

impl Listed {
    /// The progress on a day.
    pub fn progress(&self, day: &NaiveDate) -> Progress {
        ProgressOn {
            plan_filed_on: self.plan_filed_on,
            begun_on: self.begun_on,
            completed_on: self.completed_on,
            verified_on: self.verified_on,
            ended: self.ended_as.as_deref().zip(self.ended_on),
        }
        .at(*day)
    }

    /// 已到期未完成.
    pub fn overdue(&self, day: &NaiveDate) -> bool {
        self.progress(day).open() && self.due_on.is_some_and(|due| due < *day)
    }

    /// The main kind in short words.
    pub fn kind_label(&self) -> &'static str {
        self.kind.as_deref().and_then(kind).map_or("", |k| k.short)
    }

    /// The source in words.
    pub fn source_label(&self) -> &'static str {
        Source::from_code(&self.source).map_or("", Source::label)
    }
}

/// One page and what is known of the whole.
#[derive(Clone, Debug)]
pub struct Page {
    /// At most fifty lines.
    pub problems: Vec<Listed>,
    /// Whether more follow.
    pub more: bool,
    /// How many there are; `None` when more than ten thousand.
    pub total: Option<i64>,
}

const PAGE: usize = 50;
const COUNTED: i64 = 10_000;

/// Lists problems of a campaign on a date.
pub async fn list(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
    date: NaiveDate,
    filter: &Filter,
) -> Result<Page, sqlx::Error> {
    let mut query = given(scope, campaign, date);
    query.push(
        "select p.county_id, p.id, p.unit_id, u.name as unit_name, u.township, p.kind, p.source, p.description, p.found_on, p.plan_filed_on,
            p.begun_on, p.due_on, p.completed_on, p.verified_on, p.ended_as, p.ended_on, p.supervisor,
            (select count(*) from case_problems k where k.county_id = p.county_id and k.problem_id = p.id) as cases
         from (select x.* from unnest($1) as c(id) cross join lateral (select p.county_id, p.id",
    );
    conditions(&mut query, filter);
    if let Some(after) = filter.after {
        query.push(" and p.id < ").push_bind(after);
    }
    query.push(
        " order by p.id desc limit 51) x order by x.id desc limit 51) found join problems p on p.county_id = found.county_id and p.id = found.id
         join units u on u.county_id = p.county_id and u.id = p.unit_id order by p.id desc",
    );
    let mut problems: Vec<Listed> = query.build_query_as().fetch_all(&mut *connection).await?;
    let more = problems.len() > PAGE;
    problems.truncate(PAGE);
    let total = if more || filter.after.is_some() {
        count(connection, scope, campaign, date, filter).await?
    } else {
        i64::try_from(problems.len()).ok()
    };
    Ok(Page { problems, more, total })
}

/// The three values that every part of a query may name: `$1` counties, `$2` campaign, `$3` date.
fn given(scope: &Scope, campaign: Uuid, date: NaiveDate) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new("with given as (select ");
    query.push_bind(scope.ids()).push("::integer[], ").push_bind(campaign).push("::uuid, ").push_bind(date).push("::date) ");
    query
}

fn conditions(query: &mut QueryBuilder<Postgres>, filter: &Filter) {
    query.push(" from problems p join units u on u.county_id = p.county_id and u.id = p.unit_id where p.county_id = c.id and p.campaign_id = $2");
    for (column, value) in [("p.kind", &filter.kind), ("p.source", &filter.source), ("u.township", &filter.township)] {
        if let Some(value) = value {
            query.push(" and ").push(column).push(" = ").push_bind(value.clone());
        }
    }
    if let Some(unit) = filter.unit {
        query.push(" and p.unit_id = ").push_bind(unit);
    }
    if let Some(q) = &filter.q {
        query.push(" and (position(").push_bind(crate::base::text::name_key(q)).push(" in u.search_text) > 0 or position(");
        query
            .push_bind(q.clone())
            .push(" in coalesce(p.description, '')) > 0 or ")
            .push_bind(q.clone())
            .push(" = any(p.source_numbers))");
    }
    if let Some(progress) = filter.progress {
        query.push(" and ").push(on_date(progress));
    }
    if filter.overdue {
        query.push(
            " and p.due_on < $3 and (p.completed_on is null or p.completed_on > $3) and (p.ended_on is null or p.ended_on > $3)",
        );
    }
    if filter.gaps {
        query.push(
            " and (p.kind is null or p.description is null or p.found_on is null
                or (p.due_on is null and p.completed_on is null and p.ended_on is null))",
        );
    }
    if let Some(figure) = &filter.figure {
        query.push(" and (p.county_id, p.id) in (").push(figure).push(")");
    }
}

/// The rows that show a progress today: what is dated never lies in the future, so the presence of dates decides.
fn on_date(progress: Progress) -> &'static str {
    match progress {
        Progress::NotStarted => {
            "p.ended_as is null and p.completed_on is null and p.begun_on is null and p.plan_filed_on is null"
        }
        Progress::PlanFiled => {
            "p.ended_as is null and p.completed_on is null and p.begun_on is null and p.plan_filed_on is not null"
        }
        Progress::InProgress => "p.ended_as is null and p.completed_on is null and p.begun_on is not null",
        Progress::Completed => "p.ended_as is null and p.completed_on is not null and p.verified_on is null",
        Progress::Verified => "p.ended_as is null and p.verified_on is not null",
        Progress::ClosedDown => "p.ended_as = 'closed_down'",
        Progress::Transferred => "p.ended_as = 'transferred'",
        Progress::Unfounded => "p.ended_as = 'unfounded'",
    }
}

/// The ids of all problems that fit a filter, up to `limit`: what a batch over the whole filter means.
pub async fn matching(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
    date: NaiveDate,
    filter: &Filter,
    limit: i64,
) -> Result<Vec<Uuid>, sqlx::Error> {
    let mut query = given(scope, campaign, date);
    query.push("select p.id from unnest($1) as c(id) cross join lateral (select p.id");
    conditions(&mut query, filter);
    query.push(") p order by p.id limit ").push_bind(limit);
    query.build_query_scalar().fetch_all(connection).await
}

async fn count(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
    date: NaiveDate,
    filter: &Filter,
) -> Result<Option<i64>, sqlx::Error> {
    let mut query = given(scope, campaign, date);
    query.push("select count(*) from (select 1 from unnest($1) as c(id) cross join lateral (select 1");
    conditions(&mut query, filter);
    query.push(" limit ").push_bind(COUNTED + 1).push(") n limit ").push_bind(COUNTED + 1).push(") n");
    let counted: i64 = query.build_query_scalar().fetch_one(connection).await?;
    Ok((counted <= COUNTED).then_some(counted))
}
