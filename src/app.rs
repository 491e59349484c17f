//! Pool, settings and clocks become a router: the only file that sees every web room.

use crate::web::{
    accounts, annexes, batches, blacklist, bodies, calendar, campaigns, clocks, cross_checks, dashboards, evidence, exposures,
    guidance, history, home, imports, inspections, ledger, look_backs, notifications, outside_lists, permits, problems, public,
    publicity, readiness, self_reports, shell, submissions, summary, supervision, tips, today, twins, units,
};
use axum::Router;
use axum::error_handling::HandleErrorLayer;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::IntoResponse;
use axum::routing::get;
use shell::App;
use std::time::Duration;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::csrf::CsrfLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

/// Workbooks and papers are zip files already.
const ZIPPED: NotForContentType = NotForContentType::const_new("application/vnd.openxmlformats");

/// The whole application.
pub fn router(app: App) -> Router {
    let request_id = HeaderName::from_static("x-request-id");
    let rooms = Router::new()
        .merge(accounts::router())
        .merge(home::router())
        .merge(annexes::router())
        .merge(dashboards::router())
        .merge(units::router())
        .merge(problems::router())
        .merge(batches::router())
        .merge(submissions::router())
        .merge(today::router())
        .merge(readiness::router())
        .merge(campaigns::router())
        .merge(bodies::router())
        .merge(evidence::router())
        .merge(calendar::router())
        .merge(clocks::router())
        .merge(exposures::router())
        .merge(blacklist::router())
        .merge(history::router())
        .merge(imports::router())
        .merge(notifications::router())
        .merge(inspections::router())
        .merge(self_reports::router())
        .merge(guidance::router())
        .merge(permits::router())
        .merge(look_backs::router())
        .merge(outside_lists::router())
        .merge(ledger::router())
        .merge(summary::router())
        .merge(supervision::router())
        .merge(publicity::router())
        .merge(tips::router())
        .merge(public::router(app.config.public.tips))
        .merge(cross_checks::router())
        .merge(twins::router())
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(readyz))
        .route("/static/{name}", get(shell::asset))
        .fallback(|| async { shell::Error::NotFound.into_response() })
        .method_not_allowed_fallback(|| async { StatusCode::METHOD_NOT_ALLOWED })
        .route_layer(from_fn_with_state(app.clone(), shell::keep_draft))
        .route_layer(from_fn(shell::gather))
        .layer(DefaultBodyLimit::max(shell::FORM_BYTES));
    rooms
        .layer(
            ServiceBuilder::new()
                .layer(SetRequestIdLayer::new(request_id.clone(), MakeRequestUuid))
                .layer(TraceLayer::new_for_http())
                .layer(PropagateRequestIdLayer::new(request_id))
                .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(ZIPPED)))
                .layer(from_fn_with_state(app.clone(), shell::secure))
                .layer(from_fn(shell::stay))
                .layer(from_fn_with_state(app.clone(), shell::dress))
                .layer(from_fn(shell::clear_flash))
                .layer(CatchPanicLayer::new())
                .layer(CsrfLayer::new())
                .layer(HandleErrorLayer::new(|_| async { StatusCode::SERVICE_UNAVAILABLE }))
                .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(120))),
        )
        .with_state(app)
}

/// Ready: the database answers.
async fn readyz(axum::extract::State(app): axum::extract::State<App>) -> impl IntoResponse {
    match app.db.answers().await {
        Ok(()) => (StatusCode::OK, "ok"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "database unavailable"),
    }
}
