//! `/cross-checks/sheet.xlsx`: a county's result sheet for a team. Taking it away is in the history.

use crate::base::ability::Supervise;
use crate::base::new_id;
use crate::history::{Action, Entry, Writing};
use crate::platform::database::Within;
use crate::platform::sheet::XLSX;
use crate::spot_checks;
use crate::web::shell::{Answer, Error, Visit, to_save};

/// Hands it out.
pub async fn get(mut visit: Visit) -> Answer {
    visit.insist::<Supervise>()?;
    let county = visit.asked_county()?.ok_or(Error::NotFound)?;
    let (scope, today) = (visit.scope(), visit.today());
    let own = scope.narrowed_to(county).ok_or(Error::NotFound)?;
    let within = Within { scope: own, campaign: visit.campaign.id, date: today };
    let claims = spot_checks::claims(visit.connection(), &within).await?;
    let name = visit.app.directory.name(county);
    let bytes = spot_checks::result_sheet(&claims, &name, today).map_err(Error::Internal)?;
    let (app, actor) = (visit.app.clone(), visit.viewer.actor.clone());
    // The visit's own connection goes back before another is taken to write.
    drop(visit);
    let file = format!("交叉执法核查结果表-{name}-{}.xlsx", today.format("%Y%m%d"));
    let mut writing = Writing::begin(&app.db, &app.key, app.clocks, actor, &scope).await?;
    let note = format!("{file}，{}行", claims.len());
    writing.record(county, Entry::event(Action::Disclosed, "files", new_id(), note)).await?;
    writing.commit().await?;
    Ok(to_save(bytes, XLSX, &file, &format!("cross-check-{county}.xlsx")))
}
