//! Who asks for what the role may not do leaves a line of history (越权被拒).

use super::error::Error;
use super::visit::Visit;
use crate::accounts;
use crate::base::Scope;
use crate::history::{Action, Entry, Writing};
use axum::http::Method;
use axum::http::request::Parts;

/// Lines of one account's refusals in an hour: enough to be seen by, and too few for a script to fill the disk with.
pub const REFUSALS_AN_HOUR: i32 = 20;

/// Longest address that is noted.
const LONGEST: usize = 120;

/// Notes what a visit asked for; beyond so many an hour no more.
pub(super) async fn note(visit: &Visit, parts: &Parts) -> Result<(), Error> {
    let (app, actor) = (&visit.app, visit.viewer.actor.clone());
    let (account, county) = (actor.account, actor.county);
    let mut writing = Writing::begin(&app.db, &app.key, app.clocks, actor, &Scope::county(county)).await?;
    let now = writing.recorded_at();
    let counted = accounts::try_allowed(writing.connection(), "refused", &account.to_string(), REFUSALS_AN_HOUR, now).await?;
    if counted {
        let path: String = parts.uri.path().chars().take(LONGEST).collect();
        let act = if parts.method == Method::GET { "打开" } else { "提交" };
        let entry = Entry::event(Action::Refused, "refusals", account, format!("{act} {path}"));
        writing.record(county, entry).await?;
    }
    writing.commit().await?;
    Ok(())
}
