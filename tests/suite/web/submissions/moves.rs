//! Every move, from every state, by every role: what the table does not allow changes nothing.

use super::{COUNTY, county, filed, handed_over, pressed};
use crate::support::{Person, TestApp};
use sqlx::ConnectOptions;
use zhengzhi::base::role::Role;
use zhengzhi::submissions::{Move, State};

async fn set(app: &TestApp, state: State, opened: bool, filer: uuid::Uuid) {
    let mut owner = app.endpoint.owner_options().connect().await.unwrap();
    let scope = app.whole();
    sqlx::query("select set_config('zhengzhi.counties', $1, false)").bind(scope.setting()).execute(&mut owner).await.unwrap();
    let sql = "update submissions set state = $1, filed_account = $2, opened_at = case when $3 then handed_over_at end,
                  filed_at = case when $1 in ('handed_over', 'void') then null else handed_over_at end";
    sqlx::query("delete from submission_files where kind = 'receipt'").execute(&mut owner).await.unwrap();
    sqlx::query("delete from submission_heads").execute(&mut owner).await.unwrap();
    sqlx::query(sql).bind(state.code()).bind(filer).bind(opened).execute(&mut owner).await.unwrap();
}

async fn state(app: &TestApp) -> String {
    let mut reader = app.app.db.reader(&app.whole()).await.unwrap();
    sqlx::query_scalar("select state from submissions").fetch_one(reader.connection()).await.unwrap()
}

async fn made(person: &Person, path: &str, step: Move) -> u16 {
    let signed = [("way", "paper"), ("signer_3", "张某某"), ("signed_on_3", "6.20")];
    let more: &[(&str, &str)] = if step == Move::File { &signed } else { &[] };
    pressed(person, path, step.code(), more).await.status
}

#[tokio::test]
async fn every_move_from_every_state_by_every_role() {
    let app = TestApp::start().await;
    county(&app).await;
    let clerk = app.clerk(COUNTY).await;
    let path = handed_over(&clerk).await.path;
    let mut wrong = Vec::new();
    for role in Role::ALL {
        let person = app.person(role, if role.of_a_county() { COUNTY } else { 140400 }).await;
        let actor = person.actor.clone().unwrap();
        for from in State::ALL {
            for step in Move::ALL {
                set(&app, from, false, actor.account).await;
                let status = made(&person, &path, step).await;
                let allowed = step.allowed(&actor, true);
                // A return and an acceptance with something open want a remark first.
                let needs_remark = matches!(step, Move::Return | Move::AcceptOpen);
                let goes = allowed && step.from() == from && !needs_remark;
                let expected = if goes { step.to() } else { from };
                let fits = match (allowed, goes) {
                    (false, _) => status == 403,
                    (true, true) => status == 303,
                    (true, false) if needs_remark => status == 422,
                    (true, false) => status == 409,
                };
                if state(&app).await != expected.code() || !fits {
                    wrong.push(format!("{} {} from {}: {status}, {}", role.code(), step.code(), from.code(), state(&app).await));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn whoever_filed_withdraws_until_a_reviewer_opens_it() {
    let app = TestApp::start().await;
    county(&app).await;
    let (clerk, colleague, officer) = (app.clerk(COUNTY).await, app.clerk(COUNTY).await, app.reviewer().await);
    let frozen = handed_over(&clerk).await;
    let shown = filed(&clerk, &frozen).await;
    assert_eq!(pressed(&colleague, &shown.path, "withdraw", &[]).await.status, 409, "a colleague did not file it");
    assert_eq!(pressed(&clerk, &shown.path, "withdraw", &[]).await.status, 303);
    assert!(clerk.open(&shown.path).await.text().contains("已撤回"));

    let frozen = handed_over(&clerk).await;
    assert!(frozen.text().contains("第1次报送"), "what was withdrawn was no round");
    let shown = filed(&clerk, &frozen).await;
    officer.open(&shown.path).await;
    assert_eq!(pressed(&clerk, "/submissions", "check", &[]).await.status, 405, "reading moves nothing");
    assert_eq!(pressed(&officer, &shown.path, "open", &[]).await.status, 303);
    let late = pressed(&clerk, &shown.path, "withdraw", &[]).await;
    assert!(late.status == 409 && late.text().contains("市局已开始审核"), "{}", late.text());
}

#[tokio::test]
async fn a_code_that_was_taken_back_is_void() {
    let app = TestApp::start().await;
    county(&app).await;
    let clerk = app.clerk(COUNTY).await;
    let first = handed_over(&clerk).await;
    let again = clerk.open("/submissions/check").await;
    assert!(again.text().contains("待签发"), "one in flight: {}", again.text());
    assert_eq!(pressed(&clerk, &first.path, "take-back", &[]).await.status, 303);
    assert!(clerk.open(&first.path).await.text().contains("版本码作废"));
    let second = handed_over(&clerk).await;
    let code = |page: &crate::support::Page| page.texts("b.code").remove(0);
    assert_ne!(code(&first), code(&second), "the same facts under another code");
}

#[tokio::test]
async fn two_reviewers_at_once_have_one_winner() {
    let app = TestApp::start().await;
    county(&app).await;
    let clerk = app.clerk(COUNTY).await;
    let frozen = handed_over(&clerk).await;
    let shown = filed(&clerk, &frozen).await;
    let (one, two) = (app.reviewer().await, app.reviewer().await);
    assert_eq!(pressed(&one, &shown.path, "open", &[]).await.status, 303);
    assert_eq!(pressed(&one, &shown.path, "remarks", &[("text", "请核对")]).await.status, 303);
    let (accepted, returned) = tokio::join!(pressed(&one, &shown.path, "accept", &[]), pressed(&two, &shown.path, "return", &[]));
    let mut statuses = [accepted.status, returned.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409], "{} {}", accepted.text(), returned.text());
    app.history_holds().await;
}
