//! `/annexes/zero`: 零报告 of an annex that has no line, in somebody's name.

use super::table;
use crate::annexes::{self, Annex, Part, Reading};
use crate::base::ability::Enter;
use crate::web::paths;
use crate::web::shell::{Answer, Error, Flash, Posted, Visit};
use axum::http::StatusCode;

/// Gives it, for the viewer's own county.
pub async fn post(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Enter>()?;
    let mut form = visit.posted(posted);
    let annex = Annex::from_number(form.value("annex")).ok_or(Error::Bad("annex"))?;
    let (scope, county, campaign) = (visit.scope(), visit.viewer.actor.county, visit.campaign.id);
    let date = visit.campaign.live_date(visit.today());
    let name = form.cells.required("confirmed_by", "请填写核实人姓名。");
    let lines = Reading::new(annex, Part::Whole, county, campaign, date).count(visit.connection(), &scope).await?;
    if lines > 0 {
        form.cells.refuse("confirmed_by", format!("{}已有{lines}行内容，不能作零报告。", annex.mark()));
    }
    let Some(name) = name.filter(|_| form.cells.clean()) else {
        return table::show(visit, annex, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(county)?;
    annexes::confirm_zero(&mut writing, &permit, campaign, annex, &name).await?;
    visit.done(writing, &form, paths::annex(annex), Flash::done(format!("{}零报告已登记，核实人{name}。", annex.mark()))).await
}
