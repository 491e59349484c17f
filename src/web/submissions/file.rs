//! `/submissions/{id}/file`: 上报 of what was frozen: the lead confirms by password, or a clerk records who signed on paper.

use crate::accounts;
use crate::annexes::SIGN_OFF;
use crate::base::ability::File;
use crate::base::role::Role;
use crate::history::WriteError;
use crate::submissions::{self, Filing, State, Submission, Way};
use crate::web::paths;
use crate::web::shell::{Answer, Error, Flash, Form, Frame, Path, Posted, Proof, Visit, page, page_with, prove};
use askama::Template;
use axum::http::StatusCode;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "submissions/file.html")]
struct FilePage {
    frame: Frame,
    form: Form,
    s: Submission,
    /// By password; else by the names of those who signed.
    by_password: bool,
    /// Whether the other way is open as well.
    paper: bool,
    posts: Vec<(String, String, &'static str)>,
    /// Whether it can be filed: nobody filed it or gave it back meanwhile.
    open: bool,
    /// The deadline has passed, in words.
    late: Option<String>,
    lines: String,
}

impl FilePage {
    fn act(&self) -> String {
        paths::submission_act(self.s.id, "file")
    }
}

/// Whether the viewer confirms by password: the lead, save for what was signed on paper where the campaign lets that be filed.
fn by_password(visit: &Visit, form: &Form) -> bool {
    let paper = visit.asked("way") == Some("paper") || form.value("way") == "paper";
    visit.viewer.actor.role == Role::CountyLead && !(paper && visit.campaign.paper_signature)
}

async fn shown(visit: &mut Visit, form: Form, s: Submission) -> Result<FilePage, Error> {
    let (scope, campaign, now) = (visit.scope(), visit.campaign.clone(), visit.now());
    let due = submissions::deadline(visit.connection(), &scope, s.county_id, &campaign).await?;
    let lines = submissions::lines(visit.connection(), &scope, s.county_id, s.id, None).await?;
    let of = |annex: i16| lines.iter().filter(|l| l.annex == annex).count();
    let late = (now >= due.at).then(|| {
        let now = now.format("%-m月%-d日%-H时%-M分");
        format!("现在是{now}，已过规定时间。仍可上报，系统如实记录时间并标注“迟报（待市局认定）”。")
    });
    let posts = SIGN_OFF.iter().enumerate().map(|(at, post)| (format!("signer_{at}"), format!("signed_on_{at}"), *post));
    Ok(FilePage {
        frame: visit.frame("上报"),
        by_password: by_password(visit, &form),
        paper: campaign.paper_signature,
        posts: posts.collect(),
        late,
        open: s.state() == State::HandedOver,
        lines: format!("附件1共{}条、附件2共{}条和工作总结", of(1), of(2)),
        form,
        s,
    })
}

async fn mine(visit: &mut Visit, id: Uuid) -> Result<Submission, Error> {
    visit.insist::<File>()?;
    let s = super::find(visit, id).await?;
    if !submissions::Move::File.allowed(&visit.viewer.actor, visit.campaign.paper_signature) {
        return Err(Error::Forbidden);
    }
    Ok(s)
}

/// The page with what was typed, and why it is not filed: it went another way meanwhile.
async fn beaten(visit: &mut Visit, mut form: Form, s: Submission) -> Answer {
    form.cells.refuse("", format!("该报送现为“{}”，本次没有上报。", s.state().label()));
    page_with(StatusCode::CONFLICT, &shown(visit, form, s).await?)
}

/// The form.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let s = mine(&mut visit, id).await?;
    let form = visit.form(visit.cells());
    if s.state() != State::HandedOver {
        return beaten(&mut visit, form, s).await;
    }
    page(&shown(&mut visit, form, s).await?)
}

/// Files it.
pub async fn post(mut visit: Visit, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let mut form = visit.posted(posted);
    let s = mine(&mut visit, id).await?;
    let password = form.value("password").to_owned();
    form.cells.set("password", "");
    if s.state() != State::HandedOver {
        return beaten(&mut visit, form, s).await;
    }
    let filing = if by_password(&visit, &form) {
        let (me, app) = (visit.viewer.actor.account, visit.app.clone());
        let account = accounts::find(visit.connection(), me).await?.ok_or(Error::NotFound)?;
        let proof;
        (visit, proof) = visit.meanwhile(prove(&app, &account.login, Some(&account.password_hash), &password)).await?;
        match proof {
            Proof::Right { .. } => {}
            Proof::Wrong => form.cells.refuse("password", "密码不正确，尚未上报。"),
            Proof::Wait(seconds) => form.cells.refuse("password", format!("连续多次未成功，请{seconds}秒后再试。")),
        }
        if !form.cells.tick("declared") {
            form.cells.refuse("declared", "请勾选声明后再上报。");
        }
        form.cells.clean().then(|| Filing { way: Way::Lead, signers: Vec::new() })
    } else {
        Filing::read_paper(&mut form.cells, &SIGN_OFF)
    };
    let Some(filing) = filing else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown(&mut visit, form, s).await?);
    };
    let mut writing = visit.write(&form).await?;
    let permit = writing.permit::<File>(s.county_id)?;
    match submissions::file(&mut writing, &permit, &s, &filing).await {
        Ok(()) => visit.done(writing, &form, &paths::submission(id), Flash::done("已上报，回执见本页。")).await,
        Err(WriteError::Stale) => {
            drop(writing);
            let s = mine(&mut visit, id).await?;
            beaten(&mut visit, form, s).await
        }
        Err(error) => Err(error.into()),
    }
}
