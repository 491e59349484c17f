//! 迎检清单: the units that a team will look at first, and why. Repeat offenders come first.

use crate::base::CountyId;
use crate::platform::database::{Listing, Page, Within, listing};
use crate::vocabulary::Exposedness;
use sqlx::{PgConnection, Postgres, QueryBuilder};
use uuid::Uuid;

/// What somebody looks for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of the unit's name.
    pub q: Option<String>,
    /// One reason.
    pub reason: Option<Exposedness>,
}

/// A unit and why it stands on the list.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Exposed {
    /// Its county.
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// 厂区.
    pub site: String,
    /// Its street or town.
    pub township: String,
    /// Problems that count.
    pub problems: i64,
    /// Not mended.
    pub open: i64,
    /// Of these past their due date.
    pub overdue: i64,
    /// Struck off without two people, or without a photograph.
    pub on_paper: i64,
    /// 反弹.
    pub relapsed: i64,
    /// Refuses to inspect itself.
    pub refused: bool,
}

impl Exposed {
    /// The reasons, the gravest first.
    pub fn reasons(&self) -> Vec<String> {
        let counted = |word: Exposedness, n: i64| (n > 0).then(|| format!("{}（{n}个）", word.label()));
        [
            (self.problems > 1).then(|| format!("{}（{}个问题）", Exposedness::Repeat.label(), self.problems)),
            counted(Exposedness::Relapsed, self.relapsed),
            self.refused.then(|| Exposedness::Refused.label().to_owned()),
            counted(Exposedness::OnPaper, self.on_paper),
            counted(Exposedness::Overdue, self.overdue),
            counted(Exposedness::Open, self.open),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Lists the units, repeat offenders first.
pub async fn list(
    connection: &mut PgConnection,
    within: &Within,
    filter: &Filter,
    after: Option<Uuid>,
) -> Result<Page<Exposed>, sqlx::Error> {
    listing::page(connection, within, filter, after).await
}

/// A problem that counts.
const COUNTS: &str = "p.ended_as is distinct from 'unfounded' and p.ended_as is distinct from 'transferred'";
/// A problem that is open.
const OPEN: &str = "p.completed_on is null and p.ended_as is null";
/// Struck off on paper: fewer than two people, or nothing beside it to see.
const ON_PAPER: &str = "p.verified_on is not null and (cardinality(p.verifiers) < 2 or not exists (select 1 from evidence e
    where e.county_id = p.county_id and e.record_id = p.id and not e.removed))";

/// Problems of a unit that fit a condition.
fn of_unit(condition: &str) -> String {
    format!("problems p where p.county_id = u.county_id and p.campaign_id = $2 and p.unit_id = u.id and {condition}")
}

const REFUSED: &str = "exists (select 1 from self_inspections s where s.county_id = u.county_id and s.campaign_id = $2
    and s.unit_id = u.id and s.state = 'refused')";

const REPEAT: &str = "(select count(*) > 1 from problems p where p.county_id = u.county_id and p.campaign_id = $2
    and p.unit_id = u.id and p.ended_as is distinct from 'unfounded' and p.ended_as is distinct from 'transferred')";

impl Filter {
    fn condition(reason: Exposedness) -> String {
        let any = |condition: &str| format!("exists (select 1 from {})", of_unit(condition));
        match reason {
            Exposedness::Repeat => REPEAT.to_owned(),
            Exposedness::Relapsed => any("p.recurrence_of is not null"),
            Exposedness::Refused => REFUSED.to_owned(),
            Exposedness::OnPaper => any(ON_PAPER),
            Exposedness::Overdue => any(&format!("{OPEN} and p.due_on < $3")),
            Exposedness::Open => any(OPEN),
        }
    }
}

impl Listing for Filter {
    type Line = Exposed;
    const ROW: &'static str = "u";
    const COLUMNS: &'static str = "u.county_id, u.id, u.name, u.site, u.township, n.problems, n.open, n.overdue, n.on_paper,
        n.relapsed, exists (select 1 from self_inspections s where s.county_id = u.county_id and s.campaign_id = $2
            and s.unit_id = u.id and s.state = 'refused') as refused";
    const JOINS: &'static str = "join units u on u.county_id = found.county_id and u.id = found.id
        cross join lateral (select count(*) as problems,
            count(*) filter (where p.completed_on is null and p.ended_as is null) as open,
            count(*) filter (where p.completed_on is null and p.ended_as is null and p.due_on < $3) as overdue,
            count(*) filter (where p.verified_on is not null and (cardinality(p.verifiers) < 2 or not exists (
                select 1 from evidence e where e.county_id = p.county_id and e.record_id = p.id and not e.removed))) as on_paper,
            count(*) filter (where p.recurrence_of is not null) as relapsed
            from problems p where p.county_id = u.county_id and p.campaign_id = $2 and p.unit_id = u.id
                and p.ended_as is distinct from 'unfounded' and p.ended_as is distinct from 'transferred') n";

    fn id(line: &Exposed) -> Uuid {
        line.id
    }

    fn first(&self) -> Option<&'static str> {
        Some(REPEAT)
    }

    fn conditions(&self, query: &mut QueryBuilder<Postgres>) {
        query.push(" from units u where u.county_id = area.id");
        if let Some(q) = &self.q {
            query.push(" and position(").push_bind(crate::base::text::name_key(q)).push(" in u.search_text) > 0");
        }
        match self.reason {
            Some(reason) => {
                query.push(" and ").push(Self::condition(reason));
            }
            None => {
                let exposed = format!("p.recurrence_of is not null or ({OPEN}) or ({ON_PAPER})");
                let any = format!("{COUNTS} and ({exposed})");
                query.push(format!(" and (exists (select 1 from {}) or {REFUSED} or {REPEAT})", of_unit(&any)));
            }
        }
    }
}
