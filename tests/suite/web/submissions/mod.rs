//! 报送: from what is missing to what the city received.

mod at_once;
mod city;
mod filing;
mod heads;
mod killed;
mod moves;
mod own_campaign;
mod reminders;
mod review;
mod snapshots;

use crate::support::rows;
use crate::support::{Page, Person, TestApp};
use serde_json::json;

pub const COUNTY: i32 = 140403;

/// A county with one unit, a self-found problem that is struck off, and a problem of the county's own with a decided case.
pub async fn county(app: &TestApp) {
    let unit = rows::unit(app, COUNTY, "清漳焦化厂", json!({"township": "马厂镇"})).await;
    rows::self_inspection(app, unit, json!({"found": "some"})).await;
    rows::problem(
        app,
        unit,
        json!({"source": "self_inspection", "description": "危废间无标识", "due_on": "2019-06-25", "completed_on": "2019-06-15",
               "verified_on": "2019-06-16", "verifiers": ["甲", "乙"]}),
    )
    .await;
    let found = rows::problem(app, unit, json!({"due_on": "2019-06-30", "measures": "覆盖堆场"})).await;
    let case = json!({"case_number": "长环立〔2019〕1号", "decided_on": "2019-06-18", "decision_number": "长环罚〔2019〕1号",
                      "fine_fen": 12_500_000});
    rows::case(app, &[found], case).await;
}

/// Explains every reminder that is open.
pub async fn explained(clerk: &Person) -> Page {
    loop {
        let check = clerk.open("/submissions/check").await;
        let Some(rule) = check.attribute("input[name=rule]", "value") else { return check };
        let token = token(&check);
        let fields = [("form_token", token.as_str()), ("rule", rule.as_str()), ("reason", "经核对，情况属实")];
        assert_eq!(clerk.post("/submissions/check/explain", &fields).await.status, 303);
    }
}

pub fn token(page: &Page) -> String {
    page.attribute("[name=form_token]", "value").unwrap()
}

/// 定稿, and its page.
pub async fn handed_over(clerk: &Person) -> Page {
    let check = explained(clerk).await;
    let sent = clerk.send(&check, "/submissions/hand-over", &[]).await;
    clerk.follow(&sent).await
}

/// 上报 on paper, and its page.
pub async fn filed(clerk: &Person, shown: &Page) -> Page {
    let file = format!("{}/file", shown.path);
    let signed = [("signer_3", "张某某"), ("signed_on_3", "6.20")];
    let sent = clerk.fill(&file, &signed).await;
    clerk.follow(&sent).await
}

/// Presses a button of a submission's page.
pub async fn pressed(person: &Person, path: &str, act: &str, more: &[(&str, &str)]) -> Page {
    let shown = person.open(path).await;
    let mut fields = vec![("form_token".to_owned(), token(&shown))];
    fields.extend(more.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    person.post(&format!("{path}/{act}"), &fields).await
}
