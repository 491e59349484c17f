//! `/password`: one's own password; after a one-time password nothing else opens before it is changed.

use crate::accounts;
use crate::web::shell::{Answer, Error, Flash, Form, Frame, Posted, Proof, Visit, hashed, page, page_with, prove};
use askama::Template;
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "accounts/password.html")]
struct PasswordPage {
    frame: Frame,
    form: Form,
    forced: bool,
}

/// The form.
pub async fn get(visit: Visit) -> Answer {
    page(&PasswordPage { frame: visit.frame("修改密码"), form: visit.form(visit.cells()), forced: visit.viewer.must_change })
}

/// Changes the password; every session of the account ends, this one too.
pub async fn post(mut visit: Visit, posted: Posted) -> Answer {
    let mut form = visit.posted(posted);
    let id = visit.viewer.actor.account;
    let account = accounts::find(visit.connection(), id).await?.ok_or(Error::NotFound)?;
    let (current, new, again) = (form.value("current").to_owned(), form.value("new").to_owned(), form.value("again").to_owned());
    for field in ["current", "new", "again"] {
        form.cells.set(field, "");
    }
    let app = visit.app.clone();
    let (visit, proof) = visit.meanwhile(prove(&app, &account.login, Some(&account.password_hash), &current)).await?;
    match proof {
        Proof::Right { .. } => {}
        Proof::Wrong => form.cells.refuse("current", "现密码不正确。"),
        Proof::Wait(seconds) => form.cells.refuse("current", format!("连续多次未成功，请{seconds}秒后再试。")),
    }
    let names: Vec<String> = visit.app.directory.all().iter().map(|c| c.name.clone()).collect();
    if let Some(weak) = accounts::check_new(&new, &account.login, &names) {
        form.cells.refuse("new", weak);
    } else if new == current {
        form.cells.refuse("new", "新密码不能与现密码相同。");
    }
    if new != again {
        form.cells.refuse("again", "两次填写的新密码不一致。");
    }
    if !form.cells.clean() {
        let shown = PasswordPage { frame: visit.frame("修改密码"), form, forced: visit.viewer.must_change };
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown);
    }
    let (mut visit, hash) = visit.meanwhile(hashed(&app, &new)).await?;
    let mut writing = visit.write(&form).await?;
    accounts::change_password(&mut writing, &account, &hash).await?;
    visit.done(writing, &form, "/login", Flash::done("密码已修改，请用新密码登录。")).await
}
