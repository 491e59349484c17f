//! An import is taken back after colleagues built on what it brought: theirs stays, and what theirs stands on, and all of it
//! is told.

use super::{brought, confirmed};
use crate::support::{Page, Person, TestApp, Workbook};
use zhengzhi::platform::config::Config;

const OWN: &str = "/annexes/1/import";

/// How many rows of each table stand.
async fn left<const N: usize>(app: &TestApp, tables: [&str; N]) -> [i64; N] {
    let mut count = [0; N];
    for (place, table) in tables.into_iter().enumerate() {
        count[place] = number(app, &format!("select count(*) from {table}")).await;
    }
    count
}

async fn number(app: &TestApp, sql: &str) -> i64 {
    let mut reader = app.app.db.reader(&app.whole()).await.unwrap();
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql.to_owned())).fetch_one(reader.connection()).await.unwrap()
}

async fn imported(person: &Person, page: &str, bytes: Vec<u8>) -> Page {
    let preview = brought(person, page, bytes).await;
    confirmed(person, &preview).await
}

/// Takes back what a page offers to, and shows what it says.
async fn undone(person: &Person, done: &Page) -> Page {
    let at = done.html.find("/undo").and_then(|end| done.html[..end].rfind('"')).expect("an undo") + 1;
    let undo = done.html[at..].split('"').next().unwrap().to_owned();
    let back = person.send(done, &undo, &[]).await;
    person.follow(&back).await
}

/// The address of the one row of a list.
async fn only(person: &Person, list: &str) -> String {
    let page = person.open(list).await;
    let found = page.links("table.list").into_iter().map(|(_, to)| to).find(|to| to.starts_with(&format!("{list}/")));
    found.unwrap_or_else(|| panic!("{}", page.text())).split('?').next().unwrap().to_owned()
}

fn found(done: &str, verified: &str) -> Vec<u8> {
    let head: &[&str] = &["企业名称", "自查日期", "是否存在问题", "问题类型", "存在问题", "实际完成日期", "核查日期"];
    Workbook::of(&[head, &["甲焦化厂", "2019.6.8", "是", "扬尘", "堆场未覆盖", done, verified]]).bytes()
}

#[tokio::test]
async fn a_unit_whose_code_was_printed_goes_all_the_same() {
    let mut config = Config::default();
    config.server.public_url = Some("http://127.0.0.1".into());
    let app = TestApp::start_with(config).await;
    let clerk = app.clerk(140403).await;
    let done = imported(&clerk, OWN, found("", "")).await;
    let unit = only(&clerk, "/units").await;
    let sheets = clerk.open(&format!("/notifications/sheets?id={}", unit.trim_start_matches("/units/"))).await;
    clerk.follow(&clerk.send(&sheets, "/notifications/links", &[]).await).await;
    let token = app.token_of(unit.trim_start_matches("/units/").parse().unwrap()).await;
    let told = undone(&clerk, &done).await;
    assert!(told.text().contains("已撤销3条"), "{}", told.text());
    assert_eq!(left(&app, ["units", "self_inspections", "problems"]).await, [0; 3]);
    assert_eq!(number(&app, "select coalesce(sum(units), 0)::bigint from unit_counts").await, 0, "and is counted no more");
    assert_eq!(Person::stranger(&app).get(&format!("/public/units/{token}")).await.status, 404, "its code opens nothing");
}
