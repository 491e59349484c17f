//! `/accounts/{id}/edit`: the person's data. Role and county stay with the account.

use super::show;
use crate::accounts::{self, Account, AccountChanges};
use crate::base::Cells;
use crate::base::ability::Administer;
use crate::history::WriteError;
use crate::web::paths;
use crate::web::shell::{Answer, Conflict, Flash, Form, Frame, Origin, Path, Posted, Visit, page, page_with};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

/// The fields and their labels, as the page names them.
const LABELS: [(&str, &str); 3] = [("name", "姓名"), ("phone", "电话"), ("office", "科室")];

#[derive(Template)]
#[template(path = "accounts/edit.html")]
struct EditPage {
    frame: Frame,
    form: Form,
    login: String,
    role: &'static str,
    county: String,
    account: String,
}

impl EditPage {
    fn of(visit: &Visit, account: &Account, form: Form) -> Self {
        Self {
            frame: visit.frame(format!("修改账号 {}", account.name)),
            form,
            login: account.login.clone(),
            role: account.role().label(),
            county: visit.app.directory.name(account.county_id),
            account: paths::account(account.id),
        }
    }
}

/// The form.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let account = show::account(&mut visit, id).await?;
    let form = visit.form(account.cells(visit.today()));
    page(&EditPage::of(&visit, &account, form))
}

/// Saves it.
pub async fn post(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let account = show::account(&mut visit, id).await?;
    let mut form = visit.posted(posted);
    let Some(changes) = AccountChanges::read(&mut form.cells) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &EditPage::of(&visit, &account, form));
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<Administer>(account.county_id)?;
    match accounts::change(&mut writing, &permit, &account, &changes).await {
        Ok(()) => visit.done(writing, &form, &paths::account(id), Flash::done("账号信息已保存。")).await,
        Err(WriteError::Stale) => {
            drop(writing);
            clash(&mut visit, id, form, changes.version).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Somebody else was faster: the form again, with what it was, what they made of it, and what this person typed.
async fn clash(visit: &mut Visit, id: Uuid, mut form: Form, version: i32) -> Answer {
    let theirs = show::account(visit, id).await?;
    let origin = Origin::of(visit, id, version).await?;
    let today = visit.today();
    let base = origin.row.and_then(|row| serde_json::from_value::<Account>(row).ok());
    let base = base.map_or_else(|| Cells::new(today), |account| account.cells(today));
    let conflict = Conflict::merge(&base, &theirs.cells(today), &mut form.cells, &LABELS, origin.who, origin.when);
    form.conflict = Some(conflict);
    page_with(StatusCode::CONFLICT, &EditPage::of(visit, &theirs, form))
}
