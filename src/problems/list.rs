//! The list of problems: what a filter asks, and what a line says.

use super::problem::ProgressOn;
use crate::base::CountyId;
use crate::platform::database::{Listing, Page, Within, listing};
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

/// Lists problems, the last recorded first.
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
    const ROW: &'static str = "p";
    const COLUMNS: &'static str =
        "p.county_id, p.id, p.unit_id, u.name as unit_name, u.township, p.kind, p.source, p.description,
        p.found_on, p.plan_filed_on, p.begun_on, p.due_on, p.completed_on, p.verified_on, p.ended_as, p.ended_on, p.supervisor,
        (select count(*) from case_problems k where k.county_id = p.county_id and k.problem_id = p.id) as cases";
    const JOINS: &'static str = "join problems p on p.county_id = found.county_id and p.id = found.id
        join units u on u.county_id = p.county_id and u.id = p.unit_id";

    fn id(line: &Listed) -> Uuid {
        line.id
    }

    fn conditions(&self, query: &mut QueryBuilder<Postgres>) {
        query.push(" from problems p join units u on u.county_id = p.county_id and u.id = p.unit_id where p.county_id = area.id and p.campaign_id = $2");
        for (column, value) in [("p.kind", &self.kind), ("p.source", &self.source), ("u.township", &self.township)] {
            if let Some(value) = value {
                query.push(" and ").push(column).push(" = ").push_bind(value.clone());
            }
        }
        if let Some(unit) = self.unit {
            query.push(" and p.unit_id = ").push_bind(unit);
        }
        if let Some(q) = &self.q {
            query.push(" and (position(").push_bind(crate::base::text::name_key(q)).push(" in u.search_text) > 0 or position(");
            query
                .push_bind(q.clone())
                .push(" in coalesce(p.description, '')) > 0 or ")
                .push_bind(q.clone())
                .push(" = any(p.source_numbers))");
        }
        if let Some(progress) = self.progress {
            query.push(" and ").push(on_date(progress));
        }
        if self.overdue {
            query.push(
                " and p.due_on < $3 and (p.completed_on is null or p.completed_on > $3) and (p.ended_on is null or p.ended_on > $3)",
            );
        }
        if self.gaps {
            query.push(
                " and (p.kind is null or p.source = '' or p.description is null or p.found_on is null
                    or (p.due_on is null and p.completed_on is null and p.ended_on is null))",
            );
        }
        if let Some(figure) = &self.figure {
            query.push(" and (p.county_id, p.id) in (").push(figure).push(")");
        }
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
