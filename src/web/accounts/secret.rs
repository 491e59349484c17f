//! The page that shows a one-time password, once: it stands in no address and in no cookie.

use crate::web::shell::{Answer, Frame, Visit, page};
use askama::Template;

#[derive(Template)]
#[template(path = "accounts/secret.html")]
struct SecretPage {
    frame: Frame,
    title: &'static str,
    name: String,
    login: String,
    password: String,
    account: String,
}

/// Shows it after the commit; sending the form again leads to the account's page, where it no longer stands.
pub(super) fn shown(visit: &Visit, title: &'static str, name: &str, login: &str, password: String, account: String) -> Answer {
    page(&SecretPage { frame: visit.frame(title), title, name: name.to_owned(), login: login.to_owned(), password, account })
}
