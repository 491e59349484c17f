//! `/accounts/new`: opening an account for one person.

use super::secret;
use crate::accounts::{self, NewAccount};
use crate::base::ability::Administer;
use crate::base::{CITY, Role};
use crate::history::WriteError;
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Form, Frame, Posted, Visit, choices, hashed, page, page_with};
use askama::Template;
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "accounts/new.html")]
struct NewPage {
    frame: Frame,
    form: Form,
    roles: Vec<Choice>,
    counties: Vec<Choice>,
}

impl NewPage {
    fn of(visit: &Visit, form: Form) -> Self {
        Self {
            frame: visit.frame("新增账号"),
            form,
            roles: choices(Role::ALL.map(|role| (role.code(), role.label()))),
            counties: choices(visit.app.directory.counties().map(|county| (county.id.to_string(), county.name.clone()))),
        }
    }
}

/// The form.
pub async fn get(visit: Visit) -> Answer {
    visit.insist::<Administer>()?;
    page(&NewPage::of(&visit, visit.form(visit.cells())))
}

/// Opens the account and shows its one-time password.
pub async fn post(visit: Visit, posted: Posted) -> Answer {
    visit.insist::<Administer>()?;
    let mut form = visit.posted(posted);
    let Some(new) = NewAccount::read(&mut form.cells, |text| visit.app.directory.read(text)) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &NewPage::of(&visit, form));
    };
    let password = accounts::one_time();
    let app = visit.app.clone();
    let (mut visit, hash) = visit.meanwhile(hashed(&app, &password)).await?;
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Administer>(CITY)?;
    let id = match accounts::add(&mut writing, &permit, &new, &hash, true).await {
        Ok(id) => id,
        Err(WriteError::Refused { field, text }) => {
            form.cells.refuse(field, text);
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &NewPage::of(&visit, form));
        }
        Err(error) => return Err(error.into()),
    };
    let account = paths::account(id);
    visit.keep(writing, &form, &account).await?;
    secret::shown(&visit, "账号已开通", &new.name, &new.login, password, account)
}
