//! An import is taken back after colleagues built on what it brought: theirs stays, and what theirs stands on, and all of it
//! is told.

use super::{brought, confirmed, taken};
use crate::support::{Elsewhere, Page, Person, TestApp, Workbook};
use zhengzhi::base::CountyId;
use zhengzhi::base::role::Role;
use zhengzhi::platform::config::Config;

const OWN: &str = "/annexes/1/import";
const LEDGER: &str = "/annexes/2/import";

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

fn ledger(handler: &str) -> Vec<u8> {
    let head: &[&str] = &["企业名称", "发现日期", "问题来源", "违法事实", "办案机关", "立案号", "立案日期", "查封扣押日期"];
    let line: &[&str] = &["甲焦化厂", "2019.6.8", "日常检查", "烟气超标", handler, "长环立〔2019〕1号", "2019.6.10", "2019.6.11"];
    Workbook::of(&[head, line]).bytes()
}

#[tokio::test]
async fn what_a_look_back_drew_stays() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let done = imported(&clerk, OWN, found("2019.6.12", "2019.6.14")).await;
    let drawn = clerk.fill("/look-backs", &[("each", "1"), ("seed", "1")]).await;
    assert!(clerk.follow(&drawn).await.text().contains("已抽取1个问题"));
    let told = undone(&clerk, &done).await;
    assert!(told.text().contains("堆场未覆盖") && told.text().contains("其下已有其他记录"), "{}", told.text());
    assert_eq!(left(&app, ["units", "self_inspections", "problems", "look_backs"]).await, [1; 4]);
    app.history_holds().await;
}

#[tokio::test]
async fn the_day_of_completion_stays_under_a_verification() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    imported(&clerk, OWN, found("", "")).await;
    let mut home = Elsewhere::open(&taken(&clerk, 1).await);
    home.set("甲焦化厂", "实际完成日期", "2019-06-12").set("甲焦化厂", "监管责任人", "赵某");
    let done = imported(&clerk, OWN, home.bytes()).await;
    let problem = only(&clerk, "/problems").await;
    let seen = [("verified_on", "6.14"), ("verifier_1", "张某"), ("verifier_2", "李某")];
    assert_eq!(app.clerk(140403).await.fill(&format!("{problem}/verification"), &seen).await.status, 303);
    let told = undone(&clerk, &done).await;
    assert!(told.text().contains("已撤销1条；1条"), "{}", told.text());
    let kept = told.table("table.list");
    assert!(kept.len() == 1 && kept[0].contains(&"2019-06-12".to_owned()), "{kept:?}");
    assert!(told.attribute("input[type=checkbox]", "name").is_none(), "nobody can choose against the verification");
    let now = Elsewhere::open(&taken(&clerk, 1).await);
    assert_eq!(["实际完成日期", "监管责任人"].map(|heading| now.get("甲焦化厂", heading)), ["2019-06-12", ""]);
    app.history_holds().await;
}

#[tokio::test]
async fn a_legal_review_stays_under_an_exposure() {
    let app = TestApp::start().await;
    let officer = app.account("officer", Role::CountyLead, CountyId(140403), true, false).await;
    let officer = Person::signed_in(&app, officer, "officer").await;
    imported(&officer, LEDGER, ledger("")).await;
    let case = only(&officer, "/ledger").await;
    assert_eq!(officer.fill(&format!("{case}/edit"), &[("decided_on", "6.18"), ("fine", "20")]).await.status, 303);
    let reviewed = officer.fill("/ledger/batch?all=yes", &[("step", "review"), ("stage", "write")]).await;
    let list = officer.follow(&reviewed).await;
    assert!(list.text().contains("已更新1件"), "{}", list.text());
    let exposed = [("exposed_on", "6.19"), ("exposure_media", "newspaper"), ("exposure_outlet", "长治日报")];
    assert_eq!(app.clerk(140403).await.fill(&format!("{case}/exposure"), &exposed).await.status, 303);
    let told = undone(&officer, &list).await;
    assert!(told.text().contains("已撤销0条；1条"), "{}", told.text());
    assert_eq!(number(&app, "select count(*) from cases where legal_reviewed_by is not null").await, 1);
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

#[tokio::test]
async fn a_case_that_a_colleague_decided_keeps_its_problem_and_its_unit() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let done = imported(&clerk, LEDGER, ledger("")).await;
    let case = only(&clerk, "/ledger").await;
    let decided = [("decided_on", "6.18"), ("fine", "20")];
    assert_eq!(app.clerk(140403).await.fill(&format!("{case}/edit"), &decided).await.status, 303);
    let told = undone(&clerk, &done).await;
    assert!(told.text().contains("已撤销1条；3条"), "only the measure goes: {}", told.text());
    assert_eq!(left(&app, ["units", "problems", "cases", "case_problems", "measures"]).await, [1, 1, 1, 1, 0]);
    assert!(clerk.open("/annexes/2").await.text().contains("罚款20万元"));
    app.history_holds().await;
}

#[tokio::test]
async fn a_case_under_an_edited_measure_or_an_event_stays_too() {
    for event in [false, true] {
        let app = TestApp::start().await;
        let clerk = app.clerk(140403).await;
        let done = imported(&clerk, LEDGER, ledger("")).await;
        let case = only(&clerk, "/ledger").await;
        let colleague = app.clerk(140403).await;
        let saved = if event {
            colleague
                .fill(&format!("{case}/events/new"), &[("what", "excluded"), ("happened_on", "6.12"), ("note", "鉴定")])
                .await
        } else {
            let page = colleague.open(&case).await;
            let (_, edit) =
                page.links("main").into_iter().find(|(_, to)| to.contains("/measures/") && to.ends_with("/edit")).unwrap();
            colleague.fill(&edit, &[("number", "长环查〔2019〕1号")]).await
        };
        assert_eq!(saved.status, 303, "{}", saved.text());
        undone(&clerk, &done).await;
        let measures = i64::from(!event);
        assert_eq!(left(&app, ["units", "problems", "cases", "measures"]).await, [1, 1, 1, measures], "{event}");
    }
}

#[tokio::test]
async fn a_county_takes_back_what_the_city_entered_but_for_the_citys_own_case() {
    let app = TestApp::start().await;
    let (officer, clerk) = (app.reviewer().await, app.clerk(140403).await);
    let sent = officer.upload("/imports", "/imports", "潞州区附件2.xlsx", ledger("市生态环境局")).await;
    let listed = officer.follow(&sent).await;
    let preview = officer.open(&listed.links("table.list")[0].1).await;
    let done = confirmed(&officer, &preview).await;
    assert!(done.text().contains("新增1"), "{}", done.text());
    assert_eq!(number(&app, "select count(*) from cases where handled_by = 'city_bureau'").await, 1);
    let waiting = clerk.open("/imports").await;
    let (_, batch) = waiting.links("table.list").into_iter().find(|(_, to)| to.starts_with("/batches/")).unwrap();
    let told = undone(&clerk, &clerk.open(&batch).await).await;
    assert!(told.text().contains("已撤销0条；4条"), "{}", told.text());
    assert_eq!(left(&app, ["units", "problems", "cases", "case_problems", "measures"]).await, [1; 5]);
    assert!(told.attribute("input[type=checkbox]", "name").is_none(), "nor can the county choose to");
}

#[tokio::test]
async fn a_tie_that_an_import_made_goes_and_the_case_and_its_problems_stay() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    imported(&clerk, LEDGER, ledger("")).await;
    let more: &[&str] = &["甲焦化厂", "2019.6.9", "日常检查", "废水直排"];
    imported(&clerk, LEDGER, Workbook::of(&[&["企业名称", "发现日期", "问题来源", "违法事实"], more]).bytes()).await;
    let mut home = Elsewhere::open(&taken(&clerk, 2).await);
    let free = home.all("甲焦化厂", "案件编号").iter().position(String::is_empty).unwrap();
    home.set_below("甲焦化厂", free, "案件编号", "长环立〔2019〕1号");
    let done = imported(&clerk, LEDGER, home.bytes()).await;
    assert_eq!(left(&app, ["problems", "cases", "case_problems"]).await, [2, 1, 2], "{}", done.text());
    let told = undone(&clerk, &done).await;
    assert!(told.text().contains("已撤销1条"), "{}", told.text());
    assert_eq!(left(&app, ["problems", "cases", "case_problems"]).await, [2, 1, 1]);
    app.history_holds().await;
}

#[tokio::test]
async fn a_self_inspection_does_not_go_back_to_nothing_found_beside_a_finding() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let head: &[&str] = &["企业名称", "自查日期", "是否存在问题"];
    imported(&clerk, OWN, Workbook::of(&[head, &["甲焦化厂", "2019.6.8", "否"]]).bytes()).await;
    let done = imported(&clerk, OWN, found("", "")).await;
    assert_eq!(number(&app, "select count(*) from self_inspections where found = 'some'").await, 1, "{}", done.text());
    let unit = only(&clerk, "/units").await;
    let typed = [("problem", "台账缺失"), ("problem_kind", "13"), ("source", "self_inspection"), ("found_on", "2019-06-18")];
    let new = format!("/problems/new?unit={}", unit.trim_start_matches("/units/"));
    assert_eq!(app.clerk(140403).await.fill_to(&new, "/problems/new", &typed).await.status, 303);
    let told = undone(&clerk, &done).await;
    assert!(told.text().contains("已撤销1条；1条"), "{}", told.text());
    assert_eq!(number(&app, "select count(*) from self_inspections where found = 'some'").await, 1);
    assert_eq!(left(&app, ["problems"]).await, [1], "the colleague's");
    app.history_holds().await;
}
