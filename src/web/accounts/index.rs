//! `/accounts`: who has an account, as what, and when each last signed in.

use crate::accounts::{self, Account};
use crate::base::ability::Administer;
use crate::base::dates;
use crate::counties::Directory;
use crate::web::paths;
use crate::web::shell::{Answer, Frame, Visit, page};
use askama::Template;

/// One line of the list.
struct AccountRow {
    href: String,
    login: String,
    name: String,
    office: String,
    county: String,
    role: &'static str,
    legal_review: bool,
    last_login: String,
    last_login_from: String,
    must_change: bool,
    disabled: bool,
}

impl AccountRow {
    fn of(account: Account, directory: &Directory) -> Self {
        Self {
            href: paths::account(account.id),
            county: directory.name(account.county_id),
            role: account.role().label(),
            legal_review: account.legal_review,
            last_login: account.last_login_at.map(dates::minute).unwrap_or_default(),
            last_login_from: account.last_login_from.unwrap_or_default(),
            must_change: account.must_change,
            disabled: account.disabled_at.is_some(),
            login: account.login,
            name: account.name,
            office: account.office,
        }
    }
}

#[derive(Template)]
#[template(path = "accounts/index.html")]
struct IndexPage {
    frame: Frame,
    rows: Vec<AccountRow>,
}

/// The list, by county in customary order.
pub async fn get(mut visit: Visit) -> Answer {
    visit.insist::<Administer>()?;
    let found = accounts::list(visit.connection()).await?;
    let rows = found.into_iter().map(|account| AccountRow::of(account, &visit.app.directory)).collect();
    page(&IndexPage { frame: visit.frame("账号"), rows })
}
