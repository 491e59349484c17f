//! `/supervision/{id}`: one order, every step of it, and what may come next.

use super::order_of;
use crate::base::ability::{Download, Enter, Supervise};
use crate::evidence::Owner;
use crate::supervision::{self, Order, StepTaken};
use crate::vocabulary::SupervisionState;
use crate::web::paths;
use crate::web::shell::{Answer, EvidencePanel, Frame, Path, Visit, page};
use askama::Template;
use chrono::NaiveDate;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "supervision/show.html")]
struct OrderPage {
    frame: Frame,
    order: Order,
    steps: Vec<StepTaken>,
    relapses: Vec<Order>,
    earlier: Option<Order>,
    county: String,
    today: NaiveDate,
    may_reply: bool,
    may_supervise: bool,
    may_download: bool,
    evidence: EvidencePanel,
}

impl OrderPage {
    fn closed(&self) -> bool {
        self.order.state() == SupervisionState::Closed
    }

    fn act(&self, act: &str) -> String {
        paths::supervision_act(self.order.id, act)
    }

    fn proposal(&self) -> Option<String> {
        self.order.proposal(self.today).filter(|_| self.may_supervise)
    }
}

/// Shows it.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let order = order_of(&mut visit, id).await?;
    let scope = visit.scope();
    let steps = supervision::steps(visit.connection(), &scope, id).await?;
    let relapses = supervision::relapses(visit.connection(), &scope, id).await?;
    let earlier = match order.recurrence_of {
        Some(earlier) => supervision::find(visit.connection(), &scope, earlier).await?,
        None => None,
    };
    let evidence = EvidencePanel::of(&mut visit, Owner::Order, id, order.county_id).await?;
    page(&OrderPage {
        evidence,
        frame: visit.frame(order.document_number.clone()),
        steps,
        relapses,
        earlier,
        county: visit.app.directory.name(order.county_id),
        today: visit.today(),
        may_reply: order.state().owes_reply() && visit.may_in::<Enter>(order.county_id),
        may_supervise: visit.may::<Supervise>(),
        may_download: visit.may::<Download>(),
        order,
    })
}
