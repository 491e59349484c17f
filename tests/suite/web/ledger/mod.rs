//! The ledger's pages.

mod discretion;
mod edit;
mod exposure;
mod list;
mod measures;
mod new;
mod problems;
mod show;

use crate::support::{Person, TestApp};
use uuid::Uuid;

/// A unit of 潞州区 with a problem, and the clerk who entered a case over it: who, the case's address, the problem.
async fn clerk_with_case(app: &TestApp) -> (Person, String, Uuid) {
    let (_, problem) = app.seed_violation(140403, "潞州焦化有限公司").await;
    let clerk = app.clerk(140403).await;
    let case = to_ledger(&clerk, problem).await;
    (clerk, case, problem)
}

/// 转入台账 with the button of a page; where it leads.
async fn to_ledger(person: &Person, problem: Uuid) -> String {
    let token = person.open("/ledger").await.value("form_token").unwrap();
    let page = person.post(&format!("/problems/{problem}/to-ledger"), &[("form_token", &token)]).await;
    assert_eq!(page.status, 303, "{}", page.text());
    page.location.unwrap()
}
