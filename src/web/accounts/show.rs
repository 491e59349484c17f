//! `/accounts/{id}`: one account, and what an administrator may do to it.

use crate::accounts::{self, Account};
use crate::base::ability::Administer;
use crate::base::{Role, dates};
use crate::history::WriteError;
use crate::web::paths;
use crate::web::shell::{Answer, Error, Form, Frame, Path, Visit, page, page_with};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "accounts/show.html")]
struct ShowPage {
    frame: Frame,
    form: Form,
    account: Account,
    county: String,
    role: &'static str,
    password_set: String,
    last_login: String,
    disabled: Option<String>,
    /// The administrator's own account: others must act on it.
    own: bool,
    /// Whether the role can hold 法规审核.
    reviewable: bool,
    refused: Option<String>,
    href: String,
    history: String,
}

impl ShowPage {
    fn of(visit: &Visit, account: Account, refused: Option<String>) -> Self {
        let place = account.last_login_from.as_deref().unwrap_or_default();
        Self {
            frame: visit.frame(format!("账号 {}", account.name)),
            form: visit.form(visit.cells()),
            county: visit.app.directory.name(account.county_id),
            role: account.role().label(),
            password_set: dates::minute(account.password_changed_at),
            last_login: account.last_login_at.map(|at| format!("{}，来自{place}", dates::minute(at))).unwrap_or_default(),
            disabled: account.disabled_at.map(dates::minute),
            own: account.id == visit.viewer.actor.account,
            reviewable: account.role() != Role::Auditor,
            refused,
            href: paths::account(account.id),
            history: paths::history(account.id),
            account,
        }
    }
}

/// The page.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let account = account(&mut visit, id).await?;
    page(&ShowPage::of(&visit, account, None))
}

/// The account of an address, for an administrator.
pub(super) async fn account(visit: &mut Visit, id: Uuid) -> Result<Account, Error> {
    visit.insist::<Administer>()?;
    accounts::find(visit.connection(), id).await?.ok_or(Error::NotFound)
}

/// What was refused stands on the account's page; other failures have pages of their own.
pub(super) fn refused(visit: &Visit, account: Account, error: WriteError) -> Answer {
    match error {
        WriteError::Refused { text, .. } => {
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &ShowPage::of(visit, account, Some(text)))
        }
        error => Err(error.into()),
    }
}
