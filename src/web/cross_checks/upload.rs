//! A team's sheet that comes back: read under limits, shown with every error before anything is written, and written once.

use super::results::ResultsPage;
use crate::base::ability::{EnterCase, Supervise};
use crate::base::{CITY, CountyId};
use crate::history::WriteError;
use crate::platform::sheet;
use crate::spot_checks::{self, Unread, Upload};
use crate::web::paths;
use crate::web::shell::{Answer, App, Error, Flash, Form, Frame, Path, Posted, Visit, incoming, page, page_with};
use askama::Template;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::StatusCode;
use uuid::Uuid;

/// Bytes of a result sheet.
const MOST_BYTES: usize = 10 * 1024 * 1024;

#[derive(Template)]
#[template(path = "cross_checks/upload.html")]
struct UploadPage {
    frame: Frame,
    form: Form,
    upload: Upload,
    county: String,
}

impl UploadPage {
    fn of(visit: &Visit, form: Form, upload: Upload) -> Self {
        Self { frame: visit.frame("核对核查结果"), form, county: visit.app.directory.name(upload.county_id), upload }
    }

    fn done(&self) -> bool {
        self.upload.state == "done"
    }
}

/// Takes a sheet: `kind` is the county, `caption` the team.
pub async fn post(State(app): State<App>, request: Request) -> Answer {
    let (mut parts, body) = request.into_parts();
    Visit::from_request_parts(&mut parts, &app).await?.insist::<Supervise>()?;
    let came = incoming::receive(&app, Request::from_parts(parts.clone(), body), MOST_BYTES).await?;
    let mut visit = Visit::from_request_parts(&mut parts, &app).await?;
    let mut form = Form::new(visit.cells(), came.token);
    form.cells.set("kind", came.kind).set("caption", came.caption);
    let county = CountyId::from_code(form.value("kind")).filter(|c| *c != CITY && visit.viewer.scope.holds(*c));
    if county.is_none() {
        form.cells.refuse("kind", "请选择被核查的县（区）。");
    }
    let team = form.cells.required("caption", "请填写核查组。");
    let file = came.files.into_iter().next();
    if file.is_none() {
        form.cells.refuse("file", "请选择填好的核查结果表。");
    }
    let (Some(county), Some(team), Some(file)) = (county, team, file) else {
        let shown = ResultsPage::of(&mut visit, form).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown);
    };
    let (scope, today) = (visit.scope(), visit.today());
    let read = match sheet::rows(&app.program, file.file).await {
        Ok(rows) => spot_checks::read(rows, visit.connection(), &scope, (county, today)).await,
        Err(error) => Err(error.into()),
    };
    let lines = match read {
        Ok(lines) if lines.is_empty() => Err("表中没有填写任何核查结果。".to_owned()),
        Ok(lines) => Ok(lines),
        Err(Unread::Unreadable(why)) => Err(why.to_string()),
        Err(Unread::Database(error)) => return Err(error.into()),
    };
    let lines = match lines {
        Ok(lines) => lines,
        Err(why) => {
            form.cells.refuse("file", why);
            let shown = ResultsPage::of(&mut visit, form).await?;
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown);
        }
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Supervise>(county)?;
    let id = spot_checks::keep(&mut writing, &permit, visit.campaign.id, (&team, &file.name, lines)).await?;
    visit.done(writing, &form, &paths::cross_upload(id), Flash::done("已读取，请核对后确认。")).await
}

async fn upload_of(visit: &mut Visit, id: Uuid) -> Result<Upload, Error> {
    let scope = visit.scope();
    spot_checks::find_upload(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)
}

/// Shows what would be written, and what not.
pub async fn show(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    visit.insist::<Supervise>()?;
    let upload = upload_of(&mut visit, id).await?;
    let form = visit.form(visit.cells());
    page(&UploadPage::of(&visit, form, upload))
}

/// Writes the good lines.
pub async fn confirm(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    visit.insist::<Supervise>()?;
    let upload = upload_of(&mut visit, id).await?;
    let mut form = visit.posted(posted);
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Supervise>(upload.county_id)?;
    let entering = writing.permit::<EnterCase>(upload.county_id)?;
    let (written, before) = match spot_checks::confirm(&mut writing, &permit, &entering, &upload).await {
        Ok(counts) => counts,
        Err(WriteError::Refused { text, .. }) => {
            drop(writing);
            form.cells.refuse("", text);
            let upload = upload_of(&mut visit, id).await?;
            return page_with(StatusCode::CONFLICT, &UploadPage::of(&visit, form, upload));
        }
        Err(error) => return Err(error.into()),
    };
    let skipped = if before > 0 { format!("，{before}条此前已登记") } else { String::new() };
    let flash = Flash::done(format!("已登记核查结果{written}条{skipped}。"));
    visit.done(writing, &form, paths::CROSS_CHECKS_RESULTS, flash).await
}
