//! Orders of the demo: each county's oldest overdue problem, and what became of the order.

use super::{Desk, june};
use crate::base::ability::{Enter, Supervise};
use crate::base::{CountyId, Scope};
use crate::history::{WriteError, Writing};
use crate::platform::database::Within;
use crate::problems;
use crate::supervision::{self, Check, Escalation, NewOrder, Order, Reply, Verdict};
use crate::vocabulary::{SupervisionLevel, SupervisionMatter};
use uuid::Uuid;

/// What became of an order.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Open,
    Replied,
    Returned,
    Closed,
    Raised,
}

/// County, level, issued and due in June, what became of it.
const ORDERS: [(i32, SupervisionLevel, u32, u32, Fate); 9] = [
    (140403, SupervisionLevel::Order, 14, 19, Fate::Open),
    (140403, SupervisionLevel::Reminder, 18, 24, Fate::Open),
    (140404, SupervisionLevel::Order, 12, 18, Fate::Closed),
    (140405, SupervisionLevel::Order, 13, 20, Fate::Replied),
    (140406, SupervisionLevel::Reminder, 12, 16, Fate::Raised),
    (140423, SupervisionLevel::Order, 13, 18, Fate::Returned),
    (140426, SupervisionLevel::Reminder, 17, 22, Fate::Open),
    (140428, SupervisionLevel::Order, 14, 21, Fate::Replied),
    (140471, SupervisionLevel::Order, 15, 23, Fate::Closed),
];

impl Desk<'_> {
    pub(super) async fn orders(&self) -> anyhow::Result<()> {
        for (county, level, issued, due, fate) in ORDERS {
            let Some(mut writing) = self.morning(june(issued)).await? else { continue };
            let new = self.about_a_problem(&mut writing, CountyId(county), (level, issued, due)).await?;
            let permit = writing.permit::<Supervise>(new.county)?;
            let id = supervision::issue(&mut writing, &permit, self.campaign, &new).await?;
            writing.commit().await?;
            self.what_became(id, due, fate).await?;
        }
        Ok(())
    }

    /// The county's problem that is longest open, or its pace where none is.
    async fn about_a_problem(
        &self,
        writing: &mut Writing,
        county: CountyId,
        (level, issued, due): (SupervisionLevel, u32, u32),
    ) -> Result<NewOrder, WriteError> {
        let within = Within { scope: Scope::county(county), campaign: self.campaign.id, date: june(issued) };
        let filter = problems::Filter { overdue: true, ..problems::Filter::default() };
        let found = problems::list(writing.connection(), &within, &filter, None).await?;
        let problem = found.lines.into_iter().nth(2 * usize::from(level == SupervisionLevel::Reminder));
        let (about, matter, requirement) = match &problem {
            Some(p) => (
                SupervisionMatter::Problem,
                format!(
                    "{}：{}。已到期未完成整改。",
                    p.unit_name,
                    p.description.as_deref().unwrap_or("违法排污问题").trim_end_matches('。')
                ),
                "请督促排污单位落实整改措施，组织现场核查，书面报告整改情况。",
            ),
            None => (
                SupervisionMatter::Other,
                "辖区排污单位自查进度偏慢，部分乡镇（街道）尚未开展。".to_owned(),
                "请逐个乡镇（街道）核实，于时限前完成自查登记。",
            ),
        };
        Ok(NewOrder {
            county,
            level,
            about,
            problem: problem.map(|p| p.id),
            case: None,
            recurrence_of: None,
            matter,
            requirement: requirement.to_owned(),
            issued_on: june(issued),
            due_on: june(due),
        })
    }

    async fn what_became(&self, id: Uuid, due: u32, fate: Fate) -> Result<(), WriteError> {
        if fate == Fate::Raised {
            let Some((mut writing, order)) = self.order(id, due + 1).await? else { return Ok(()) };
            let permit = writing.permit::<Supervise>(order.county_id)?;
            let reason = "到期未回复，经提醒仍无进展。".to_owned();
            let raise = Escalation { on: june(due + 1), level: SupervisionLevel::Order, due_on: june(due + 4), reason };
            supervision::escalate(&mut writing, &permit, &order, &raise).await?;
            writing.commit().await?;
        }
        if matches!(fate, Fate::Open | Fate::Raised) {
            return Ok(());
        }
        let Some((mut writing, order)) = self.order(id, due - 2).await? else { return Ok(()) };
        let permit = writing.permit::<Enter>(order.county_id)?;
        let text = "已约谈企业负责人，现场督促整改，治理设施已恢复运行，整改材料附后。".to_owned();
        let reply = Reply { on: june(due - 2), text, person: "演示责任人".to_owned() };
        supervision::reply(&mut writing, &permit, &order, &reply).await?;
        writing.commit().await?;
        let (verdict, note) = match fate {
            Fate::Closed => (Verdict::Close, "设施正常运行，台账齐全，与回复一致。"),
            Fate::Returned => (Verdict::Return(june(due + 6)), "现场堆场仍未全部覆盖，与回复不符，退回继续整改。"),
            Fate::Open | Fate::Replied | Fate::Raised => return Ok(()),
        };
        let Some((mut writing, order)) = self.order(id, due - 1).await? else { return Ok(()) };
        let permit = writing.permit::<Supervise>(order.county_id)?;
        let people = vec!["演示核查甲".to_owned(), "演示核查乙".to_owned()];
        let check = Check { on: june(due - 1), people, note: note.to_owned(), verdict };
        supervision::check(&mut writing, &permit, &order, &check).await?;
        writing.commit().await?;
        Ok(())
    }

    /// An order on a morning of June, if that has come.
    async fn order(&self, id: Uuid, day: u32) -> Result<Option<(Writing, Order)>, WriteError> {
        let Some(mut writing) = self.morning(june(day)).await? else { return Ok(None) };
        let order = supervision::find(writing.connection(), &self.scope, id).await?.ok_or(WriteError::Missing)?;
        Ok(Some((writing, order)))
    }
}
