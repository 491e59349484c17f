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
    /// Of these, found by others than the unit itself.
    pub found: i64,
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
            (self.found > 1).then(|| format!("{}（检查发现{}个）", Exposedness::Repeat.label(), self.found)),
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

/// What each unit of the county at hand is exposed by: its problems that count are read once, not unit by unit. Struck off on
/// paper is what fewer than two people verified, or nothing stands beside to see.
const REASONS: &str = "(select x.unit_id, sum(x.problems) as problems, sum(x.found) as found, sum(x.open) as open, sum(x.overdue) as overdue,
        sum(x.on_paper) as on_paper, sum(x.relapsed) as relapsed, sum(x.refused) as refused
    from (
        select p.unit_id, 1 as problems, (p.source <> 'self_inspection')::int as found, (p.completed_on is null and p.ended_as is null)::int as open,
            (p.completed_on is null and p.ended_as is null and coalesce(p.due_on < $3, false))::int as overdue,
            (p.verified_on is not null and (cardinality(p.verifiers) < 2 or not exists (select 1 from evidence e
                where e.county_id = p.county_id and e.record_id = p.id and not e.removed)))::int as on_paper,
            (p.recurrence_of is not null)::int as relapsed, 0 as refused
        from problems p where p.county_id = area.id and p.campaign_id = $2
            and p.ended_as is distinct from 'unfounded' and p.ended_as is distinct from 'transferred'
        union all
        select s.unit_id, 0, 0, 0, 0, 0, 0, 1 from self_inspections s
        where s.county_id = area.id and s.campaign_id = $2 and s.state = 'refused'
    ) x group by x.unit_id) n";

const REPEAT: &str = "(n.found > 1)";

/// The condition of a reason, over [`REASONS`].
const fn condition(reason: Exposedness) -> &'static str {
    match reason {
        Exposedness::Repeat => REPEAT,
        Exposedness::Relapsed => "n.relapsed > 0",
        Exposedness::Refused => "n.refused > 0",
        Exposedness::OnPaper => "n.on_paper > 0",
        Exposedness::Overdue => "n.overdue > 0",
        Exposedness::Open => "n.open > 0",
    }
}

impl Listing for Filter {
    type Line = Exposed;
    const ROW: &'static str = "u";
    const COLUMNS: &'static str =
        "u.county_id, u.id, u.name, u.site, u.township, n.problems, n.found, n.open, n.overdue, n.on_paper,
        n.relapsed, exists (select 1 from self_inspections s where s.county_id = u.county_id and s.campaign_id = $2
            and s.unit_id = u.id and s.state = 'refused') as refused";
    const JOINS: &'static str = "join units u on u.county_id = found.county_id and u.id = found.id
        cross join lateral (select count(*) as problems, count(*) filter (where p.source <> 'self_inspection') as found,
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
        query.push(format!(
            " from {REASONS} join units u on u.county_id = area.id and u.id = n.unit_id where u.county_id = area.id"
        ));
        if let Some(q) = &self.q {
            query.push(" and position(").push_bind(crate::base::text::name_key(q)).push(" in u.search_text) > 0");
        }
        let any = "(n.found > 1 or n.open > 0 or n.on_paper > 0 or n.relapsed > 0 or n.refused > 0)";
        query.push(" and ").push(self.reason.map_or(any, condition));
    }
}
