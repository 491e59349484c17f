//! The city's day: figures with their basis, a snapshot with its bulletin, books from what was received, and the past.

use super::{COUNTY, county, filed, handed_over, pressed};
use crate::support::TestApp;
use crate::support::workbook;

async fn received(app: &TestApp) {
    county(app).await;
    let (clerk, officer) = (app.clerk(COUNTY).await, app.reviewer().await);
    let shown = filed(&clerk, &handed_over(&clerk).await).await;
    pressed(&officer, &shown.path, "open", &[]).await;
    assert_eq!(pressed(&officer, &shown.path, "accept", &[]).await.status, 303);
    // Life goes on after it was received.
    let (_, problem) = clerk.open("/problems").await.links("table.list").into_iter().find(|(w, _)| w.contains("堆场")).unwrap();
    let edit = format!("{}/edit", problem.split('?').next().unwrap());
    assert_eq!(clerk.fill(&edit, &[("measures", "搭建料棚")]).await.status, 303);
    let fields = [("name", "漳泽建材厂"), ("county", "潞州区")];
    assert_eq!(clerk.fill("/units/new", &fields).await.status, 303);
}

#[tokio::test]
async fn each_figure_says_what_it_rests_on_and_a_snapshot_keeps_it() {
    let app = TestApp::start().await;
    received(&app).await;
    let officer = app.reviewer().await;
    let today = officer.open("/today").await;
    assert!(today.text().contains("已接收1个，已上报待审0个，未报12个"), "{}", today.text());
    let rows = today.table("#figures");
    let own = rows.iter().find(|r| r[0] == "潞州区").unwrap();
    assert!(own[12].starts_with("已接收（第1次报送"), "{own:?}");
    assert_eq!(own[1], "1", "as it was received, not the two units of now");
    assert!(rows.iter().find(|r| r[0] == "沁县").unwrap()[12].contains("实时（尚未上报）"));

    let sent = officer.send(&today, "/today/freeze", &[]).await;
    let kept = officer.follow(&sent).await;
    assert!(kept.text().contains("市级快照第1号"), "{}", kept.text());
    assert_eq!(kept.table("#figures"), rows, "the snapshot says what the page said");
    let (_, _, bulletin) = officer.download(&format!("{}/files/bulletin", kept.path)).await;
    let words = workbook::part(&bulletin, "word/document.xml");
    for said in ["已接收1个（潞州区）", "罚款12.5", "高新区", "市级快照第1号"] {
        assert!(words.contains(said), "{said}");
    }
    let (_, _, annex) = officer.download(&format!("{}/files/annex2", kept.path)).await;
    let grid = workbook::grid(&annex, "潞州区");
    assert!(grid.iter().flatten().any(|c| c == "覆盖堆场") && !grid.iter().flatten().any(|c| c == "搭建料棚"));
    assert!(grid.iter().flatten().any(|c| c.contains("数据口径：已接收")), "{grid:?}");
    assert!(officer.open(&kept.path).await.text().contains("通报-市级快照第1号.docx"), "who took what is told");
    let again = officer.open("/today").await;
    assert!(again.text().contains("与市级快照第1号相同"), "{}", again.text());
    let clerk = app.clerk(COUNTY).await;
    for path in ["/today", kept.path.as_str()] {
        assert_eq!(clerk.get(path).await.status, 403, "{path}");
    }
    app.history_holds().await;
}

#[tokio::test]
async fn the_figures_rest_on_the_last_that_was_received_also_when_the_city_filed_it() {
    let app = TestApp::start().await;
    received(&app).await;
    let officer = app.reviewer().await;
    let mailed = [("arrived_on", "6.20"), ("arrived_at", "00:00"), ("reason", "县局断网，邮件报来")];
    let sent = officer.fill_to("/submissions/behalf?county=140403", "/submissions/behalf", &mailed).await;
    let second = officer.follow(&sent).await;
    let basis = async || officer.open("/today").await.table("#figures").into_iter().find(|r| r[0] == "潞州区").unwrap();
    assert!(basis().await[12].starts_with("已接收（第1次报送"), "the second waits for review");
    pressed(&officer, &second.path, "open", &[]).await;
    assert_eq!(pressed(&officer, &second.path, "accept", &[]).await.status, 303);
    let own = basis().await;
    assert!(own[12].starts_with("已接收（第2次报送（更正版）"), "as the book of what was received: {own:?}");
    assert_eq!(own[1], "2");
}

#[tokio::test]
async fn the_city_files_for_a_county_that_stands_at_the_signature() {
    let app = TestApp::start().await;
    county(&app).await;
    let (officer, clerk) = (app.reviewer().await, app.clerk(COUNTY).await);
    let frozen = handed_over(&clerk).await;
    let code = frozen.texts("main .code").remove(0);
    let mailed = [("arrived_on", "6.20"), ("arrived_at", "09:00"), ("reason", "签发人外出，邮件报来盖章件")];
    let page = "/submissions/behalf?county=140403";
    let asked = officer.fill_to(page, "/submissions/behalf", &mailed).await;
    assert_eq!(asked.status, 422);
    assert!(asked.question("reason").unwrap().contains(&code), "{}", asked.text());
    assert_eq!(asked.value("arrived_at").as_deref(), Some("09:00"));
    let form = clerk.open(&format!("{}/file", frozen.path)).await;
    let sent = officer.send(&asked, "/submissions/behalf", &[("confirm_reason", "yes")]).await;
    let shown = officer.follow(&sent).await;
    assert!(shown.text().contains("市局代报"), "{}", shown.text());
    let void = clerk.open(&frozen.path).await;
    assert!(void.text().contains("版本码作废"), "{}", void.text());
    let history = app.auditor().await.open("/history?county=140403").await.text();
    assert!(history.contains(&format!("市局代报，版本码{code}作废")), "{history}");
    let signed = [("signer_3", "张某某"), ("signed_on_3", "6.20")];
    assert_eq!(clerk.send(&form, &format!("{}/file", frozen.path), &signed).await.status, 409, "void is not filed");
    app.history_holds().await;
}

#[tokio::test]
async fn what_was_received_makes_a_book_of_its_own() {
    let app = TestApp::start().await;
    let officer = app.reviewer().await;
    for path in ["/annexes/2.xlsx?from=accepted", "/summary?from=accepted", "/summary.docx?from=accepted"] {
        let none = officer.get(path).await;
        assert!(none.status == 404 && none.text().contains("尚无已接收的报送"), "{path}: {}", none.text());
    }
    received(&app).await;
    for (path, units, basis) in [("/summary", "2", "实时数据"), ("/summary?from=accepted", "1", "最近一次已接收的报送")]
    {
        let summary = officer.open(path).await;
        let words: String = summary.text().split_whitespace().collect();
        assert!(words.contains(&format!("在册排污单位{units}家")) && words.contains(basis), "{path}: {words}");
    }
    let later = officer.open("/summary?from=accepted&date=2019-06-25").await;
    assert!(
        later.said().contains("截至2019年6月20日") && !later.said().contains("6月25日"),
        "as of the filing: {}",
        later.said()
    );
    assert_eq!(officer.download("/summary.docx?from=accepted").await.0, 200);
    let (status, _, book) = officer.download("/annexes/2.xlsx?from=accepted").await;
    assert_eq!((status, workbook::sheets(&book)), (200, vec!["汇总表".to_owned(), "潞州区".to_owned()]));
    let roll_up = workbook::grid(&book, "汇总表");
    assert!(roll_up.iter().flatten().any(|c| c.contains("已接收（第1次报送")), "{roll_up:?}");
    assert!(!workbook::grid(&book, "潞州区").iter().flatten().any(|c| c == "搭建料棚"));
    let (_, headers, later) = officer.download("/annexes/2.xlsx?from=accepted&date=2019-06-25").await;
    for sheet in ["汇总表", "潞州区"] {
        let head = workbook::grid(&later, sheet).into_iter().flatten().find(|c| c.contains("数据截止日期：")).unwrap();
        assert!(head.contains("数据截止日期：2019年6月20日"), "as of its filing, whenever it is taken: {head}");
    }
    assert!(headers["content-disposition"].to_str().unwrap().contains("20190620"), "{headers:?}");
    let (_, _, live) = officer.download("/annexes/2.xlsx?date=2019-06-25").await;
    assert!(workbook::grid(&live, "潞州区").iter().flatten().any(|c| c.contains("数据截止日期：2019年6月25日")));
    let (_, _, live) = officer.download("/annexes/2.xlsx").await;
    assert!(workbook::grid(&live, "潞州区").iter().flatten().any(|c| c == "搭建料棚"));
}

#[tokio::test]
async fn the_facts_of_a_moment_come_back_from_the_history() {
    let app = TestApp::start().await;
    let clerk = app.clerk(COUNTY).await;
    let unit = [("name", "清漳焦化厂"), ("county", "潞州区")];
    let made = clerk.fill("/units/new", &unit).await;
    assert_eq!(made.status, 303, "{}", made.text());
    let id = made.location.unwrap().trim_start_matches("/units/").split('?').next().unwrap().to_owned();
    let found = [("problem", "堆场未覆盖"), ("problem_kind", "13"), ("source", "county_inspection"), ("found_on", "6.18")];
    let problem = clerk.fill_to(&format!("/problems/new?unit={id}"), "/problems/new", &found).await;
    assert_eq!(problem.status, 303, "{}", problem.text());
    let problem = clerk.open("/problems").await.links("table.list").into_iter().find(|(w, _)| w.contains("堆场")).unwrap().1;
    let problem = problem.split('?').next().unwrap().to_owned();
    let to = format!("{problem}/to-ledger");
    let shown = clerk.open(&problem).await;
    assert_eq!(clerk.send(&shown, &to, &[]).await.status, 303, "a case over it");
    let moment = app.app.clocks.business.now();
    while app.app.clocks.business.now() <= moment {
        tokio::task::yield_now().await;
    }
    let after = clerk.fill(&format!("{problem}/edit"), &[("problem", "堆场未覆盖，扬尘严重")]).await;
    assert_eq!(after.status, 303, "{}", after.text());

    let at = moment.format("%Y-%m-%dT%H:%M:%S%.6f%:z").to_string().replace('+', "%2B");
    let (status, _, past) = clerk.download(&format!("/annexes/2.xlsx?as_of={at}")).await;
    assert_eq!(status, 200);
    let said = |bytes: &[u8]| {
        let sheet = workbook::sheets(bytes).remove(0);
        workbook::grid(bytes, &sheet).into_iter().flatten().find(|c| c.starts_with("堆场未覆盖"))
    };
    assert_eq!(said(&past).as_deref(), Some("堆场未覆盖"));
    let (_, _, live) = clerk.download("/annexes/2.xlsx").await;
    assert_eq!(said(&live).as_deref(), Some("堆场未覆盖，扬尘严重"));
    let (_, _, before) = clerk.download("/annexes/2.xlsx?as_of=2019-06-20T09:00").await;
    assert_eq!(said(&before), None, "nothing was there yet");
    assert_eq!(clerk.get("/annexes/2.xlsx?as_of=yesterday").await.status, 400);

    let past = clerk.open(&format!("/annexes/2?as_of={at}")).await;
    assert!(past.text().contains("堆场未覆盖") && !past.text().contains("扬尘严重"), "on screen too: {}", past.text());
    assert!(!past.text().contains("导入、粘贴"), "what is past is not written to");
    assert!(past.links("main").iter().any(|(_, href)| href.contains("/annexes/2.xlsx") && href.contains("as_of=")));
    assert!(clerk.open("/annexes/2").await.text().contains("扬尘严重"));
    let unread = clerk.get("/annexes/2?as_of=yesterday").await;
    assert_eq!(unread.status, 422);
    assert!(unread.text().contains("请按2019-06-20 17:30这样填写"), "{}", unread.text());
}

/// The county's line of the board of who has filed: status, submission with what is under way beside it, and what is offered.
async fn line(officer: &crate::support::Person) -> [String; 3] {
    let row = officer.open("/submissions").await.table("#board").into_iter().find(|r| r[0] == "潞州区").unwrap();
    [row[1].clone(), row[2].clone(), row[10].clone()]
}

#[tokio::test]
async fn a_county_that_corrects_what_was_received_has_filed() {
    let app = TestApp::start_at("2019-06-29T09:00:00+08:00").await;
    county(&app).await;
    let (clerk, officer) = (app.clerk(COUNTY).await, app.reviewer().await);
    assert_eq!(line(&officer).await[2], "催报 代报 延期 督办", "nothing came and the day is over");
    let mailed = [("arrived_on", "6.28"), ("arrived_at", "17:30"), ("reason", "县局断网，邮件报来")];
    let sent = officer.fill_to("/submissions/behalf?county=140403", "/submissions/behalf", &mailed).await;
    let first = officer.follow(&sent).await;
    pressed(&officer, &first.path, "open", &[]).await;
    assert_eq!(pressed(&officer, &first.path, "accept", &[]).await.status, 303);

    let check = super::explained(&clerk).await;
    let frozen = clerk.send(&check, "/submissions/hand-over", &[("correction_reason", "罚款金额录错")]).await;
    let frozen = clerk.follow(&frozen).await;
    let beside = |state: &str| ["已接收".to_owned(), format!("第1次报送 第2次报送（更正版） {state}"), "—".to_owned()];
    assert_eq!(line(&officer).await, beside("待签发"));
    let second = filed(&clerk, &frozen).await;
    assert_eq!(line(&officer).await, beside("已上报"));
    pressed(&officer, &second.path, "open", &[]).await;
    pressed(&officer, &second.path, "remarks", &[("text", "请附更正依据")]).await;
    assert_eq!(pressed(&officer, &second.path, "return", &[]).await.status, 303);
    assert_eq!(line(&officer).await, beside("已退回"), "what was received stands");
    for page in ["/submissions", "/today"] {
        let text = officer.open(page).await.text();
        assert!(text.contains("已接收1个，已上报待审0个，未报12个") && !text.contains("（潞州区"), "{page}: {text}");
    }
}

#[tokio::test]
async fn a_bulletin_calls_nobody_late_before_the_city_has_said_so() {
    let app = TestApp::start_at("2019-06-29T09:00:00+08:00").await;
    county(&app).await;
    let (clerk, officer) = (app.clerk(COUNTY).await, app.reviewer().await);
    let shown = filed(&clerk, &handed_over(&clerk).await).await;
    let bulletin = async || {
        let today = officer.open("/today").await;
        let kept = officer.follow(&officer.send(&today, "/today/freeze", &[]).await).await;
        let (_, _, bulletin) = officer.download(&format!("{}/files/bulletin", kept.path)).await;
        workbook::part(&bulletin, "word/document.xml")
    };
    let words = bulletin().await;
    assert!(words.contains("迟报（待市局认定）1个（潞州区）") && !words.contains("迟报1个"), "{words}");
    let lateness = format!("{}/lateness", shown.path);
    assert_eq!(officer.fill_to(&shown.path, &lateness, &[("excused", "no")]).await.status, 303);
    let words = bulletin().await;
    assert!(words.contains("迟报1个（潞州区）") && !words.contains("待市局认定"), "{words}");
    assert_eq!(officer.fill_to(&shown.path, &lateness, &[("excused", "yes"), ("note", "全县停电")]).await.status, 303);
    assert!(!bulletin().await.contains("迟报"), "excused");
}
