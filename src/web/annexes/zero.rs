//! `/annexes/zero`: 零报告 of an annex that has no line, in somebody's name.

use super::table;
use crate::annexes::{self, Annex, Part, Reading};
use crate::base::ability::Enter;
use crate::base::dates;
use crate::web::paths;
use crate::web::shell::{Answer, Error, Flash, Posted, Visit};
use axum::http::StatusCode;

/// Gives it, for the viewer's own county.
pub async fn post(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Enter>()?;
    let mut form = visit.posted(posted);
    let annex = Annex::from_number(form.value("annex")).ok_or(Error::Bad("annex"))?;
    let (scope, county, campaign) = (visit.scope(), visit.viewer.actor.county, visit.campaign.id);
    // It speaks of the table that is filed, not of what was found since.
    let date = visit.campaign.filing_date(visit.today());
    let name = form.cells.required("confirmed_by", "请填写核实人姓名。");
    let lines = Reading::new(annex, Part::Whole, county, campaign, date).count(visit.connection(), &scope).await?;
    if lines > 0 {
        form.cells.refuse(
            "confirmed_by",
            format!("{}（数据截至{}）已有{lines}行内容，不能作零报告。", annex.mark(), dates::month_day(date)),
        );
    }
    let Some(name) = name.filter(|_| form.cells.clean()) else {
        return table::show(visit, annex, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(county)?;
    annexes::confirm_zero(&mut writing, &permit, campaign, annex, &name).await?;
    let filed = if date == visit.campaign.live_date(visit.today()) { String::new() } else { date.to_string() };
    let page = paths::with(paths::annex(annex), &[("date", &filed)]);
    visit.done(writing, &form, &page, Flash::done(format!("{}零报告已登记，核实人{name}。", annex.mark()))).await
}
