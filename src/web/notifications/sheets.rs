//! `/notifications/sheets`: 告知书 of the ticked units, one A4 page each, with a receipt to be signed and torn off,
//! and, where the server is known outside, the code of the unit's own link.

use crate::base::ability::Enter;
use crate::base::dates;
use crate::counties;
use crate::self_reports;
use crate::units::{self, Unit};
use crate::web::paths;
use crate::web::shell::{Answer, Error, Flash, Form, Frame, Visit, page, picked_units};
use askama::Template;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

/// Most sheets that are printed at once.
const MOST: usize = 300;

/// One sheet.
struct Sheet {
    unit: Unit,
    /// The code of its link, as SVG, and the link's last day.
    code: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "notifications/sheets.html")]
struct SheetsPage {
    frame: Frame,
    title: String,
    lines: Vec<String>,
    sheets: Vec<Sheet>,
    body: String,
    contacts: String,
    on: String,
    /// Units that were picked beyond the most that are printed at once.
    left: usize,
    /// Whether codes can be made at all: the server is known outside.
    linked: bool,
    /// Picked units without a code.
    without: usize,
    form: Form,
}

/// A code that a telephone reads, as SVG of black squares.
fn drawn(address: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M).ok()?;
    Some(code.render::<svg::Color>().min_dimensions(160, 160).quiet_zone(true).build())
}

/// Shows them, ready to be printed.
pub async fn get(mut visit: Visit) -> Answer {
    visit.insist::<Enter>()?;
    let ids = picked_units(&mut visit).await?;
    let scope = visit.scope();
    let (county, today) = (visit.viewer.actor.county, visit.today());
    let all = units::find_many(visit.connection(), &scope, &ids).await?;
    if all.is_empty() {
        return Ok(Flash::warn("没有选中任何单位，请勾选后再打印。").and_see(paths::UNITS));
    }
    let body = counties::body_on(visit.connection(), county, today).await?.ok_or(Error::NotFound)?;
    let left = all.len().saturating_sub(MOST);
    let units: Vec<Unit> = all.into_iter().take(MOST).collect();
    let public = visit.app.config.server.public_url.clone();
    let sheets = match &public {
        Some(url) => with_codes(&mut visit, url, units).await?,
        None => units.into_iter().map(|unit| Sheet { unit, code: None }).collect(),
    };
    page(&SheetsPage {
        frame: visit.frame("打印告知书"),
        title: visit.campaign.title.clone(),
        lines: visit.campaign.notice.lines().map(str::to_owned).collect(),
        without: sheets.iter().filter(|s| s.code.is_none()).count(),
        linked: public.is_some(),
        sheets,
        body: body.full_name,
        contacts: visit.campaign.contacts.clone(),
        on: dates::long(today),
        left,
        form: visit.form(visit.cells()),
    })
}

/// The sheets, each with the code of its unit's open link if there is one.
async fn with_codes(visit: &mut Visit, url: &str, units: Vec<Unit>) -> Result<Vec<Sheet>, Error> {
    let ids: Vec<_> = units.iter().map(|u| u.id).collect();
    let (scope, campaign) = (visit.scope(), visit.campaign.id);
    let links = self_reports::links_of(visit.connection(), &scope, campaign, &ids).await?;
    let code = |unit: &Unit| {
        let link = links.iter().find(|link| link.unit_id == unit.id)?;
        let address =
            format!("{}{}", url.trim_end_matches('/'), paths::public_unit(&self_reports::token(&visit.app.key, link.id)));
        Some((drawn(&address)?, dates::long(link.expires_on)))
    };
    Ok(units.into_iter().map(|unit| Sheet { code: code(&unit), unit }).collect())
}
