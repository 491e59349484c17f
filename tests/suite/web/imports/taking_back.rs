//! One click takes an import back; what was edited since stays, unless somebody chooses otherwise.

use super::{brought, confirmed, counts, taken, undo_of};
use crate::support::{Elsewhere, Page, Person, TestApp, Workbook};
use sqlx::{ConnectOptions, Connection};

const PAGE: &str = "/annexes/1/import";

fn table() -> Vec<u8> {
    let rows: [&[&str]; 4] = [
        &["企业名称", "乡镇", "自查日期", "是否存在问题", "问题类型", "存在问题", "整改措施"],
        &["甲焦化厂", "马厂镇", "2019.6.8", "是", "危废", "危废间无标识", "补标识"],
        &["甲焦化厂", "马厂镇", "2019.6.8", "是", "扬尘", "堆场未覆盖", "覆盖"],
        &["乙建材厂", "黄碾镇", "2019.6.9", "否", "", "", ""],
    ];
    Workbook::of(&rows).bytes()
}

async fn count(app: &TestApp, table: &str) -> i64 {
    let scope = app.whole();
    let mut writer = app.app.db.writer(&scope).await.unwrap();
    let sql = format!("select count(*) from {table}");
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(writer.connection()).await.unwrap()
}

async fn imported(app: &TestApp, bytes: Vec<u8>) -> (Person, Page) {
    let clerk = app.clerk(140403).await;
    let preview = brought(&clerk, PAGE, bytes).await;
    let done = confirmed(&clerk, &preview).await;
    (clerk, done)
}

#[tokio::test]
async fn what_an_import_made_goes_again_with_one_click() {
    let app = TestApp::start().await;
    let (clerk, done) = imported(&app, table()).await;
    assert_eq!((count(&app, "units").await, count(&app, "problems").await), (2, 2), "{}", done.text());
    let neighbour = app.clerk(140404).await;
    let undo = undo_of(&done);
    let token = neighbour.open("/imports").await.attribute("[name=form_token]", "value").unwrap();
    assert_eq!(neighbour.post(&undo, &[("form_token", &token)]).await.status, 404);
    let back = clerk.send(&done, &undo, &[]).await;
    assert!(clerk.follow(&back).await.html.contains("已撤销"), "{:?}", back.location);
    for table in ["units", "unit_grams", "self_inspections", "problems"] {
        assert_eq!(count(&app, table).await, 0, "{table}");
    }
    app.history_holds().await;
    let again = clerk
        .send(
            &done,
            &undo,
            &[("form_token", &clerk.open("/imports").await.attribute("[name=form_token]", "value").unwrap_or_default())],
        )
        .await;
    assert_eq!(again.status, 409, "once is enough");
    let preview = brought(&clerk, PAGE, table()).await;
    assert_eq!(counts(&preview)[..2], [3, 3], "and it can come in once more");
}

#[tokio::test]
async fn what_was_edited_since_stays_and_is_taken_back_only_when_chosen() {
    let app = TestApp::start().await;
    let rows: [&[&str]; 2] = [
        &["企业名称", "自查日期", "是否存在问题", "存在问题", "整改措施", "监管责任人"],
        &["甲焦化厂", "2019.6.8", "是", "堆场未覆盖", "覆盖堆场", "王某"],
    ];
    let (clerk, _) = imported(&app, Workbook::of(&rows).bytes()).await;
    let (_, problem) = clerk.open("/problems").await.links("table.list").into_iter().find(|(w, _)| w.contains("堆场")).unwrap();
    let problem = problem.split('?').next().unwrap().to_owned();
    let mut home = Elsewhere::open(&taken(&clerk, 1).await);
    home.set("甲焦化厂", "整改措施", "搭建围挡").set("甲焦化厂", "监管责任人", "赵某").set("甲焦化厂", "所在乡镇", "马厂镇");
    let preview = brought(&clerk, PAGE, home.bytes()).await;
    let done = confirmed(&clerk, &preview).await;
    let colleague = app.clerk(140403).await;
    let saved = colleague.fill(&format!("{problem}/edit"), &[("supervisor", "李某")]).await;
    assert_eq!(saved.status, 303, "{}", saved.text());

    let undo = undo_of(&done);
    let back = clerk.send(&done, &undo, &[]).await;
    let told = clerk.follow(&back).await;
    let kept = told.table("table.list");
    assert_eq!(kept.len(), 1, "{}", told.text());
    assert_eq!(kept[0][2..], ["监管责任人", "王某", "赵某", "李某"]);
    let now = Elsewhere::open(&taken(&clerk, 1).await);
    let cell = |table: &Elsewhere, heading: &str| table.get("甲焦化厂", heading);
    assert_eq!(
        [cell(&now, "整改措施"), cell(&now, "监管责任人"), cell(&now, "所在乡镇")],
        ["覆盖堆场", "李某", ""],
        "the colleague's word stays"
    );
    let tick = told.attribute("input[type=checkbox]", "name").unwrap();
    let back = clerk.send(&told, &undo, &[(&tick, "on")]).await;
    assert!(clerk.follow(&back).await.html.contains("已撤销1条"));
    let now = Elsewhere::open(&taken(&clerk, 1).await);
    assert_eq!(cell(&now, "监管责任人"), "王某");
    app.history_holds().await;
}

#[tokio::test]
async fn a_unit_on_which_others_have_built_stays() {
    let app = TestApp::start().await;
    let (clerk, done) = imported(&app, table()).await;
    let found = clerk.open("/units?q=乙建材").await;
    let (_, unit) = found.links("table.list").into_iter().find(|(_, href)| href.starts_with("/units/")).unwrap();
    let id = unit.trim_start_matches("/units/").split('?').next().unwrap().to_owned();
    let added = clerk
        .fill_to(
            &format!("/problems/new?unit={id}"),
            "/problems/new",
            &[("problem", "烟囱冒黑烟"), ("problem_kind", "05"), ("source", "county_inspection"), ("found_on", "2019-06-18")],
        )
        .await;
    assert_eq!(added.status, 303, "{}", added.text());
    let back = clerk.send(&done, &undo_of(&done), &[]).await;
    let told = clerk.follow(&back).await;
    assert!(told.text().contains("乙建材厂") && told.text().contains("其下已有其他记录"), "{}", told.text());
    assert_eq!((count(&app, "units").await, count(&app, "problems").await), (1, 1));
    app.history_holds().await;
}

#[tokio::test]
async fn a_self_inspection_stays_under_a_colleagues_finding() {
    let app = TestApp::start().await;
    let (clerk, done) = imported(&app, table()).await;
    let found = clerk.open("/units?q=甲焦化").await;
    let (_, unit) = found.links("table.list").into_iter().find(|(_, href)| href.starts_with("/units/")).unwrap();
    let id = unit.trim_start_matches("/units/").split('?').next().unwrap().to_owned();
    let typed = [("problem", "台账缺失"), ("problem_kind", "13"), ("source", "self_inspection"), ("found_on", "2019-06-18")];
    let added = clerk.fill_to(&format!("/problems/new?unit={id}"), "/problems/new", &typed).await;
    assert_eq!(added.status, 303, "{}", added.text());
    clerk.send(&done, &undo_of(&done), &[]).await;
    let left = [count(&app, "units").await, count(&app, "self_inspections").await, count(&app, "problems").await];
    assert_eq!(left, [1, 1, 1], "what the unit found itself needs the self-inspection that found it");
    app.history_holds().await;
}

#[tokio::test]
async fn cases_and_measures_of_an_import_go_too() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let rows: [&[&str]; 2] = [
        &[
            "企业名称",
            "发现日期",
            "问题来源",
            "问题类型",
            "违法事实",
            "立案号",
            "立案日期",
            "处罚决定日期",
            "处罚决定文号",
            "罚款金额",
            "查封扣押日期",
        ],
        &[
            "甲焦化厂",
            "2019.6.8",
            "日常检查",
            "超标",
            "烟气超标",
            "长环立〔2019〕1号",
            "2019.6.10",
            "2019.6.18",
            "长环罚〔2019〕1号",
            "12.5",
            "2019.6.9",
        ],
    ];
    let preview = brought(&clerk, "/annexes/2/import", Workbook::of(&rows).bytes()).await;
    let done = confirmed(&clerk, &preview).await;
    assert_eq!((count(&app, "cases").await, count(&app, "case_problems").await), (1, 1), "{}", preview.text());
    let back = clerk.send(&done, &undo_of(&done), &[]).await;
    clerk.follow(&back).await;
    for table in ["units", "problems", "cases", "case_problems", "measures"] {
        assert_eq!(count(&app, table).await, 0, "{table}");
    }
    app.history_holds().await;
}

#[tokio::test]
async fn what_was_entered_while_the_import_went_back_keeps_all_of_it() {
    let app = TestApp::start().await;
    let (clerk, done) = imported(&app, table()).await;
    // Somebody notes a notification of a unit that is about to go.
    let mut colleague = app.endpoint.owner_options().connect().await.unwrap();
    let scope = app.whole();
    sqlx::query("select set_config('zhengzhi.counties', $1, false)").bind(scope.setting()).execute(&mut colleague).await.unwrap();
    let mut entering = colleague.begin().await.unwrap();
    let sql = "insert into unit_statuses (county_id, id, unit_id, status, since, note)
               select county_id, $1, id, 'halted', '2019-06-18', '' from units where name = '乙建材厂'";
    sqlx::query(sql).bind(zhengzhi::base::new_id()).execute(&mut *entering).await.unwrap();
    let undo = undo_of(&done);
    let entered = async {
        app.until_waiting(1).await;
        entering.commit().await.unwrap();
    };
    let (moved, ()) = tokio::join!(clerk.send(&done, &undo, &[]), entered);
    assert_eq!(moved.status, 409, "{}", moved.text());
    assert!(moved.text().contains("本次没有撤销任何内容"), "{}", moved.text());
    let kept = moved.table("table.list");
    assert!(kept.len() == 1 && kept[0].iter().any(|c| c.contains("乙建材厂")), "what would stay now: {kept:?}");
    assert_eq!((count(&app, "units").await, count(&app, "problems").await), (2, 2), "nothing was written");
    let back = clerk.send(&moved, &undo, &[]).await;
    assert!(clerk.follow(&back).await.html.contains("保持不变"), "{}", back.text());
    assert_eq!((count(&app, "units").await, count(&app, "problems").await), (1, 0));
    app.history_holds().await;
}
