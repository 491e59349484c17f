//! `/notifications/links`: the links of units, made before their sheets are printed with a code, and called back.

use crate::base::ability::Enter;
use crate::self_reports;
use crate::web::paths;
use crate::web::shell::{Answer, Error, Flash, Posted, Visit, picked_in};
use chrono::Days;

/// A link opens until this many days after the month of self-inspection: what was written in its last days still comes in.
const GRACE_DAYS: u64 = 7;

/// Makes a link for each picked unit that has none, and goes back to the sheets.
pub async fn post(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Enter>()?;
    let form = visit.posted(posted);
    let units = picked_in(&form);
    if units.is_empty() || visit.app.config.server.public_url.is_none() {
        return Err(Error::Conflict("未设置对外网址（server.public_url），不能生成二维码；告知书可凭回执签收。".into()));
    }
    let (campaign, until) = (visit.campaign.id, visit.campaign.self_inspection_until + Days::new(GRACE_DAYS));
    let (key, county) = (visit.app.key.clone(), visit.viewer.actor.county);
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(county)?;
    let made = self_reports::make_links(&mut writing, &permit, &key, campaign, &units, until).await?;
    let ids: Vec<String> = units.iter().map(ToString::to_string).collect();
    let pairs: Vec<(&str, &str)> = ids.iter().map(|id| ("id", id.as_str())).collect();
    let back = paths::with(paths::NOTIFICATION_SHEETS, &pairs);
    visit.done(writing, &form, &back, Flash::done(format!("已为{made}家生成二维码。"))).await
}

/// Calls the link of a unit back.
pub async fn revoke(mut visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Enter>()?;
    let form = visit.posted(posted);
    let unit = visit.unit(form.value("unit").parse().unwrap_or_default()).await?;
    let campaign = visit.campaign.id;
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Enter>(unit.county_id)?;
    self_reports::revoke_link(&mut writing, &permit, campaign, unit.id).await?;
    visit.done(writing, &form, &paths::unit(unit.id), Flash::done("二维码已作废，扫码不再打开。")).await
}
