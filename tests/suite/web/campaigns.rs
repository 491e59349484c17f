//! The administrator's pages of campaigns.

use crate::support::{Person, TestApp};

const AUTUMN: [(&str, &str); 8] = [
    ("slug", "2019-qiuji"),
    ("title", "秋冬季攻坚行动"),
    ("issuer", "长治市生态环境局"),
    ("starts_on", "2019-10-01"),
    ("self_inspection_until", "2019-10-31"),
    ("due_on", "2019年11月15日"),
    ("cross_enforcement_from", "20191101"),
    ("ranking_floor", "20"),
];

/// An administrator with the page of a campaign.
pub async fn opened(app: &TestApp, title: &str) -> (Person, String) {
    let admin = app.admin().await;
    let links = admin.open("/campaigns").await.links("#campaigns th");
    let (_, path) = links.into_iter().find(|(text, _)| text == title).unwrap();
    (admin, path)
}

/// The same with a second campaign, which begins on a day.
async fn with_second(app: &TestApp, starts_on: &'static str) -> (Person, String) {
    let mut fields = AUTUMN;
    fields[3] = ("starts_on", starts_on);
    let done = app.admin().await.fill("/campaigns/new", &fields).await;
    assert_eq!(done.status, 303, "{}", done.text());
    opened(app, "秋冬季攻坚行动").await
}

/// A second campaign, which begins in autumn.
pub async fn with_autumn(app: &TestApp) -> (Person, String) {
    with_second(app, "2019-10-01").await
}

/// A second campaign, which began after the first and is that of today.
pub async fn with_newer(app: &TestApp) -> (Person, String) {
    with_second(app, "2019-06-18").await
}

#[tokio::test]
async fn a_second_campaign_needs_no_code() {
    let app = TestApp::start().await;
    let (admin, path) = with_autumn(&app).await;
    let list = admin.open("/campaigns").await;
    let rows = list.table("#campaigns");
    assert_eq!(rows[0][..5], ["秋冬季攻坚行动", "2019-qiuji", "2019-10-01", "2019-10-31", "11月15日24时"]);
    assert_eq!(rows[0][5], "2019-11-14", "the data are those of the day before the deadline");
    assert_eq!(rows[1][4], "6月28日24时");
    let enter = list.links("#campaigns .ops").into_iter().filter(|(text, _)| text == "进入").map(|(_, href)| href);
    assert_eq!(enter.collect::<Vec<_>>(), ["/?campaign=2019-qiuji", "/?campaign=2019-zhengzhi"]);
    let clerk = app.clerk(140403).await;
    let old = clerk.open("/?campaign=2019-zhengzhi").await;
    assert!(old.html.contains("距6月28日24时报送"));
    assert!(clerk.open("/?campaign=2019-qiuji").await.html.contains("距11月15日24时报送"));
    assert_eq!(admin.open(&path).await.value("contacts").as_deref(), Some(""), "nobody's number is made up");
}

#[tokio::test]
async fn dates_out_of_order_and_a_used_name_come_back_as_typed() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut fields = AUTUMN;
    fields[4] = ("self_inspection_until", "2019-09-30");
    let page = admin.fill("/campaigns/new", &fields).await;
    assert_eq!(page.status, 422);
    assert!(page.error("self_inspection_until").unwrap().contains("早于开始日期"));
    assert_eq!(page.value("due_on").as_deref(), Some("2019年11月15日"), "as typed");
    fields = AUTUMN;
    fields[0] = ("slug", "2019-zhengzhi");
    let taken = admin.fill("/campaigns/new", &fields).await;
    assert_eq!(taken.status, 422);
    assert!(taken.error("slug").unwrap().contains("已被其他行动使用"));
    fields[0] = ("slug", "秋季");
    assert!(admin.fill("/campaigns/new", &fields).await.error("slug").unwrap().contains("小写字母"));
    assert_eq!(admin.open("/campaigns").await.table("#campaigns").len(), 1, "nothing was made");
}

#[tokio::test]
async fn the_deadline_moves_and_every_page_says_so() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let (_, path) = admin.open("/campaigns").await.links("#campaigns th").remove(0);
    assert_eq!(admin.open(&path).await.value("due_on").as_deref(), Some("2019-06-28"), "the last day, not the midnight after");
    let saved = admin.fill(&path, &[("due_on", "6.30"), ("contacts", "调度组 0355-2012345")]).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let home = app.clerk(140403).await.open("/").await;
    assert!(home.html.contains("距6月30日24时报送还有10天"));
    let history = app.auditor().await.open("/history?action=changed").await.table("#history");
    assert_eq!(history[0][5], "联系方式： 调度组 0355-2012345 报送期限： 2019-06-28 24:00 2019-06-30 24:00");
    assert!(history[1][5].contains("首次修改前的内容，随系统预置"), "what the migration laid down is kept too: {history:?}");
    assert_eq!(admin.fill(&path, &[("ranking_floor", "10")]).await.status, 303);
    assert_eq!(admin.open("/history?action=changed").await.table("#history").len(), 3, "and only once");
}

#[tokio::test]
async fn the_second_editor_decides_what_both_changed() {
    let app = TestApp::start().await;
    let (admin, path) = with_autumn(&app).await;
    let other = app.admin().await;
    let (mine, theirs) = (admin.open(&path).await, other.open(&path).await);
    assert_eq!(other.send(&theirs, &path, &[("due_on", "11.20"), ("basis", "省厅通知")]).await.status, 303);
    let same_day = admin.send(&mine, &path, &[("due_on", "11.25"), ("starts_on", "10.1")]).await;
    assert_eq!(same_day.status, 409);
    assert_eq!(
        same_day.table("#conflict table"),
        [["报送期限", "2019-11-15", "2019-11-20", "2019-11-25"]],
        "10.1 is the day that stood there before"
    );
    assert_eq!(same_day.value("basis").as_deref(), Some("省厅通知"));
    let settled = admin.send(&same_day, &path, &[]).await;
    assert_eq!(settled.status, 303, "{}", settled.text());
    assert_eq!(admin.open("/campaigns").await.table("#campaigns")[0][4], "11月25日24时");
}

#[tokio::test]
async fn campaigns_are_the_administrators_alone() {
    let app = TestApp::start().await;
    for person in [app.clerk(140403).await, app.reviewer().await, app.auditor().await] {
        for path in ["/campaigns", "/campaigns/new"] {
            assert_eq!(person.get(path).await.status, 403, "{path}");
        }
        assert_eq!(person.post("/campaigns/new", &AUTUMN).await.status, 403);
    }
    let admin = app.admin().await;
    assert_eq!(admin.get(&format!("/campaigns/{}", zhengzhi::base::new_id())).await.status, 404);
}
