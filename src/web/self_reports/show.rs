//! `/self-reports/{id}`: what a unit reported beside what stands, field by field. The clerk ticks what is taken over.

use crate::base::ability::Enter;
use crate::evidence::Owner;
use crate::problems::{self, Problem};
use crate::self_inspections::{self, SelfInspection};
use crate::self_reports::{self, Choice, Report, ReportedProblem, Taken};
use crate::units::Unit;
use crate::web::paths;
use crate::web::shell::{Answer, Error, EvidencePanel, Flash, Form, Frame, Path, Posted, Visit, page_with};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "self_reports/show.html")]
struct ReportPage {
    frame: Frame,
    form: Form,
    report: Report,
    reported: Vec<ReportedProblem>,
    unit: Unit,
    stands: Option<SelfInspection>,
    /// The problems that the unit found itself, as staff have them.
    own: Vec<Problem>,
    evidence: EvidencePanel,
    may_enter: bool,
}

impl ReportPage {
    /// The fields of a reported problem that say something: name, label, value.
    fn fields(&self, p: &ReportedProblem) -> Vec<(&'static str, &'static str, String)> {
        let text = |t: &Option<String>| t.clone().unwrap_or_default();
        let money = if p.invested_fen.is_some() { format!("{}万元", p.invested()) } else { String::new() };
        let all = [
            ("problem_kind", "问题类型", p.kind_label().to_owned()),
            ("problem", "存在的问题", p.description.clone()),
            ("measures", "整改措施", text(&p.measures)),
            ("responsible_person", "责任人", text(&p.responsible_person)),
            ("due_on", "计划完成时限", p.due_on.map(crate::base::dates::short).unwrap_or_default()),
            ("invested", "整改投入资金", money),
        ];
        all.into_iter().filter(|(_, _, value)| !value.is_empty()).collect()
    }
}

async fn found(visit: &mut Visit, id: Uuid) -> Result<(Report, Vec<ReportedProblem>), Error> {
    let scope = visit.scope();
    self_reports::find(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)
}

async fn shown(visit: &mut Visit, status: StatusCode, form: Form, (report, reported): (Report, Vec<ReportedProblem>)) -> Answer {
    let unit = visit.unit(report.unit_id).await?;
    let (scope, campaign) = (visit.scope(), visit.campaign.id);
    let stands = self_inspections::find(visit.connection(), &scope, campaign, unit.id).await?;
    let mut own = problems::of_unit(visit.connection(), &scope, campaign, unit.id).await?;
    own.retain(|p| p.source == crate::vocabulary::Source::SelfInspection.code());
    let evidence = EvidencePanel::of(visit, Owner::SelfReport, report.id, report.county_id).await?;
    let may_enter = visit.may_in::<Enter>(report.county_id);
    let frame = visit.frame("企业自报");
    page_with(status, &ReportPage { frame, form, report, reported, unit, stands, own, evidence, may_enter })
}

/// Shows it; everything is ticked that does not stand yet.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let found = found(&mut visit, id).await?;
    let mut cells = visit.cells();
    cells.set("version", found.0.version.to_string());
    let form = visit.form(cells);
    shown(&mut visit, StatusCode::OK, form, found).await
}

/// What the clerk ticked.
fn ticked(form: &Form, reported: &[ReportedProblem]) -> Taken {
    let problems = reported.iter().filter_map(|p| {
        let into = form.value(&format!("into_{}", p.id)).to_owned();
        let fields = form.cells.all(&format!("take_{}", p.id)).map(str::to_owned).collect();
        (into != "none").then(|| Choice { reported: p.id, into: into.parse().ok(), fields })
    });
    Taken {
        self_inspection: form.is("self_inspection", "yes"),
        problems: problems.collect(),
        version: form.value("version").parse().unwrap_or(0),
    }
}

/// Takes it over.
pub async fn take(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<Enter>()?;
    let found = found(&mut visit, id).await?;
    let mut form = visit.posted(posted);
    let taken = ticked(&form, &found.1);
    if !taken.self_inspection && taken.problems.is_empty() {
        form.cells.refuse("", "没有勾选任何内容。都不采用的，请填写原因后点“不采用”。");
        return shown(&mut visit, StatusCode::UNPROCESSABLE_ENTITY, form, found).await;
    }
    let campaign = visit.campaign.id;
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(found.0.county_id)?;
    match self_reports::take_over(&mut writing, &permit, campaign, &found, &taken).await {
        Ok(()) => visit.done(writing, &form, &paths::unit(found.0.unit_id), Flash::done("已采用企业自报内容。")).await,
        Err(error) => {
            drop(writing);
            let status = form.refused(error)?;
            shown(&mut visit, status, form, found).await
        }
    }
}

/// Sets it aside.
pub async fn set_aside(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<Enter>()?;
    let found = found(&mut visit, id).await?;
    let mut form = visit.posted(posted);
    let Some(reason) = form.cells.required("reason", "请写明不采用的原因，企业会看到。") else {
        return shown(&mut visit, StatusCode::UNPROCESSABLE_ENTITY, form, found).await;
    };
    let version = form.value("version").parse().unwrap_or(0);
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(found.0.county_id)?;
    self_reports::set_aside(&mut writing, &permit, &found.0, version, &reason).await?;
    visit.done(writing, &form, paths::SELF_REPORTS, Flash::done("已注明不采用及原因。")).await
}
