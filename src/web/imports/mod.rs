//! 导入: tables that come in as files or as a pasted block, their preview, and what becomes of them.

mod act;
mod files;
mod headings;
mod index;
mod new;
mod show;
mod tabs;

use crate::base::dates;
use crate::intake::{self, Kind, Upload};
use crate::web::shell::{App, Error, Visit};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The routes of this room. A file is counted while it comes, under its own limit.
pub fn router() -> Router<App> {
    let [units, one, two] = Kind::ALL;
    let take = |kind: Kind| {
        get(move |visit| new::get(visit, kind))
            .post(move |state, request| new::post(state, request, Some(kind)))
            .layer(DefaultBodyLimit::disable())
    };
    let take_any = get(index::get).post(|state, request| new::post(state, request, None)).layer(DefaultBodyLimit::disable());
    Router::new()
        .route("/units/import", take(units))
        .route("/annexes/1/import", take(one))
        .route("/annexes/2/import", take(two))
        .route("/units/import/template.xlsx", get(files::template))
        .route("/imports", take_any)
        .route("/imports/{id}", get(show::get))
        .route("/imports/{id}/confirm", post(act::confirm))
        .route("/imports/{id}/cancel", post(act::cancel))
        .route("/imports/{id}/choose", post(act::choose))
        .route("/imports/{id}/correct", post(act::correct))
        .route("/imports/{id}/headings", get(headings::get).post(headings::post))
        .route("/imports/{id}/refused.xlsx", get(files::refused))
}

/// One upload within the viewer's scope; the visit goes on in the campaign that it is for.
async fn find(visit: &mut Visit, id: Uuid) -> Result<Upload, Error> {
    let scope = visit.scope();
    let found = intake::find(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)?;
    visit.within_campaign(found.campaign).await?;
    Ok(found)
}

/// A job over an upload that was found, as the viewer.
fn job(visit: &Visit, upload: Upload) -> intake::Job {
    let app = &visit.app;
    intake::Job {
        db: app.db.for_jobs(),
        key: app.key.clone(),
        clocks: app.clocks,
        directory: app.directory.clone(),
        actor: visit.viewer.actor.clone(),
        scope: visit.scope(),
        campaign: visit.campaign.clone(),
        upload,
    }
}

/// A moment as the pages of this room tell it.
fn moment(at: DateTime<Utc>) -> String {
    at.with_timezone(&dates::beijing()).format("%-m月%-d日 %H:%M").to_string()
}

/// Why a file was not read, and that nothing came of it.
fn unread(reason: &str) -> String {
    let safe = if reason.contains("没有写入") { "" } else { "文件未读取，没有写入任何数据。" };
    format!("{reason}{safe}")
}
