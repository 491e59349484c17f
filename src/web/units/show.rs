//! `/units/{id}`: one unit (一企一档): identity, then one dated line of everything.

use crate::base::ability::{Download, Enter, EnterCase};
use crate::base::text::mask_phone;
use crate::evidence::Owner;
use crate::history;
use crate::inspections::{self, Inspection};
use crate::notifications::{self, Notification};
use crate::problems::{self, Problem};
use crate::self_inspections::{self, SelfInspection};
use crate::self_reports::{self, Link};
use crate::timeline::{self, Moment};
use crate::twins;
use crate::units::Unit;
use crate::web::paths;
use crate::web::shell::{Answer, Error, EvidencePanel, Frame, Path, Visit, Walk, page};
use askama::Template;
use chrono::NaiveDate;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "units/show.html")]
pub(super) struct UnitPage {
    frame: Frame,
    walk: Walk,
    unit: Unit,
    county_name: String,
    self_inspection: Option<SelfInspection>,
    problems: Vec<Problem>,
    moments: Vec<Moment>,
    evidence: EvidencePanel,
    told: Vec<Notification>,
    visits: Vec<Inspection>,
    /// The open link of its printed code.
    link: Option<Link>,
    /// 市局代录，待县确认.
    waits: bool,
    /// It may stand on another county's register.
    twin: bool,
    city: bool,
    today: NaiveDate,
    may_enter: bool,
    may_enter_case: bool,
    /// Whether the telephone may be looked at whole, which leaves a trace.
    may_see_phone: bool,
    whole_phone: bool,
}

impl UnitPage {
    fn text<'a>(&self, value: &'a Option<String>) -> &'a str {
        value.as_deref().unwrap_or("")
    }

    fn link(&self, moment: &Moment) -> String {
        match moment.room.as_str() {
            "problem" => paths::problem(moment.id),
            "case" => paths::case(moment.id),
            "guidance" => paths::guidance(moment.id),
            "self_report" => paths::self_report(moment.id),
            "notification" => paths::notification(moment.id),
            "inspection" => paths::inspection(moment.id),
            _ => String::new(),
        }
    }

    /// One line on where the unit stands.
    fn verdict(&self) -> String {
        let open = self.problems.iter().filter(|p| p.progress(self.today).open()).count();
        let late = self.problems.iter().filter(|p| p.overdue(self.today)).count();
        match (&self.self_inspection, self.problems.len()) {
            (None, 0) => "尚未登记自查。".to_owned(),
            (Some(s), 0) => format!("{}{}。", s.label(), if s.found.as_deref() == Some("none") { "，未发现问题" } else { "" }),
            (_, all) if open == 0 => format!("登记问题{all}个，均已完成整改或办结。"),
            (_, all) if late == 0 => format!("登记问题{all}个，其中{open}个尚未完成整改。"),
            (_, all) => format!("登记问题{all}个，其中{open}个尚未完成整改，{late}个已到期未完成。"),
        }
    }

    /// The same with the whole telephone.
    pub(super) fn with_whole_phone(self) -> Self {
        Self { whole_phone: true, ..self }
    }

    /// The telephone as the page shows it.
    fn phone(&self) -> String {
        let phone = self.text(&self.unit.contact_phone);
        if self.whole_phone { phone.to_owned() } else { mask_phone(phone) }
    }

    /// Whether something of it is hidden and may be seen.
    fn phone_opens(&self) -> bool {
        self.may_see_phone && self.phone() != self.text(&self.unit.contact_phone)
    }

    /// The page of a unit.
    pub(super) async fn of(visit: &mut Visit, unit: Unit) -> Result<Self, Error> {
        let (id, scope, campaign) = (unit.id, visit.scope(), visit.campaign.id);
        let connection = visit.connection();
        let self_inspection = self_inspections::find(connection, &scope, campaign, id).await?;
        let problems = problems::of_unit(connection, &scope, campaign, id).await?;
        let moments = timeline::of_unit(connection, &scope, campaign, id).await?;
        let twin = twins::hinted(connection, &scope, id).await?;
        let waits = history::waits_for_county(connection, &scope, id).await?;
        let evidence = EvidencePanel::of(visit, Owner::Unit, id, unit.county_id).await?;
        let told = notifications::of_unit(visit.connection(), &scope, campaign, id).await?;
        let visits = inspections::of_unit(visit.connection(), &scope, campaign, id).await?;
        let link = self_reports::links_of(visit.connection(), &scope, campaign, &[id]).await?.pop();
        Ok(Self {
            told,
            visits,
            link,
            evidence,
            frame: visit.frame(unit.title()),
            walk: Walk::of(visit, paths::UNITS, id),
            county_name: visit.app.directory.name(unit.county_id),
            self_inspection,
            problems,
            moments,
            waits,
            twin,
            city: !visit.viewer.actor.role.of_a_county(),
            today: visit.today(),
            may_enter: visit.may_in::<Enter>(unit.county_id),
            may_enter_case: visit.may_in::<EnterCase>(unit.county_id),
            may_see_phone: visit.may_in::<Download>(unit.county_id),
            whole_phone: false,
            unit,
        })
    }
}

/// Shows it.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let unit = visit.unit(id).await?;
    page(&UnitPage::of(&mut visit, unit).await?)
}
