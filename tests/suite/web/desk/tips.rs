//! 举报转办: passed on, answered, turned into a problem, accounted for; who reported stands apart.

use super::{bare, sent_to};
use crate::support::{Person, TestApp, workbook};
use zhengzhi::platform::config::Config;

const REPORT: [(&str, &str); 6] = [
    ("source", "hotline_12369"),
    ("number", "长举〔2019〕12号"),
    ("received_on", "6.8"),
    ("due_on", "6.18"),
    ("target", "潞州焦化"),
    ("content", "夜间有刺鼻气味"),
];

/// A tip that the city passes on to 潞州区, with who reported.
async fn passed_on(reviewer: &Person) -> String {
    let more = [("county", "140403"), ("assigned_on", "6.9"), ("reporter", "赵某某"), ("reporter_phone", "13812345678")];
    sent_to(&reviewer.fill("/tips/new", &[&REPORT[..], &more].concat()).await)
}

#[tokio::test]
async fn a_tip_is_answered_and_a_true_one_becomes_a_problem_in_one_click() {
    let app = TestApp::start().await;
    let (reviewer, clerk) = (app.reviewer().await, app.clerk(140403).await);
    let unit = app.seed_unit(140403, "潞州焦化有限公司").await;
    let tip = passed_on(&reviewer).await;
    let home = clerk.open("/").await;
    assert!(
        home.texts("#tips")[0].contains("核实中1件") && home.texts("#tips")[0].contains("已逾期1件"),
        "{:?}",
        home.texts("#tips")
    );
    let early = bare(&clerk, &format!("{tip}/problem"), &[("unit", &unit.to_string())]).await;
    assert_eq!(early.status, 409, "{}", early.text());
    assert!(early.text().contains("请先登记核实情况") && early.text().contains("夜间有刺鼻气味"), "{}", early.text());
    let said = [("answer", "substantiated"), ("answer_note", "现场核实，焦炉逸散"), ("told", "已电话告知"), ("told_on", "6.20")];
    sent_to(&clerk.fill(&format!("{tip}/answer"), &said).await);
    let page = clerk.open(&tip).await;
    assert_eq!(page.table("#found")[0][0], "潞州焦化有限公司", "the unit that the tip names is offered");
    let turned = clerk.send(&page, &format!("{tip}/problem"), &[]).await;
    let problem = sent_to(&turned);
    assert!(problem.starts_with("/problems/"));
    let page = clerk.open(&problem).await;
    for words in ["群众举报(12369/信访)（长举〔2019〕12号）", "夜间有刺鼻气味", "2019-06-09交办", "属实"]
    {
        assert!(page.text().contains(words), "{words} in {}", page.text());
    }
    assert!(clerk.open(&tip).await.text().contains("已转为问题（潞州焦化有限公司）"));
    let late = bare(&clerk, &format!("{tip}/problem"), &[("unit", &unit.to_string())]).await;
    assert_eq!(late.status, 409, "once");
    assert!(late.text().contains("该举报件已转为问题。本次没有另行登记。"), "{}", late.text());
    assert!(late.links("main .callout").iter().any(|(_, href)| *href == problem), "the way on");
    let untrue = clerk.fill(&format!("{tip}/answer"), &[("answer", "unsubstantiated")]).await;
    assert!(untrue.error("answer").unwrap().contains("已转为问题"));
    let summary = clerk.open("/summary").await.text();
    assert!(summary.contains("受理群众举报 1 件，已办结 1 件，属实（含部分属实） 1 件"), "{summary}");
    app.history_holds().await;
}

#[tokio::test]
async fn who_reported_stands_apart_and_each_look_leaves_a_trace() {
    let app = TestApp::start().await;
    let (reviewer, clerk, admin) = (app.reviewer().await, app.clerk(140403).await, app.admin().await);
    let tip = passed_on(&reviewer).await;
    let id = tip.rsplit('/').next().unwrap();
    for person in [&clerk, &reviewer] {
        for path in [tip.clone(), "/tips".into(), format!("/history/{id}")] {
            let html = person.open(&path).await.html;
            assert!(!html.contains("13812345678") && !html.contains("赵某某"), "{path}");
        }
    }
    let (_, _, bytes) = clerk.download("/tips.xlsx").await;
    assert!(!workbook::grid(&bytes, "举报转办").iter().flatten().any(|cell| cell.contains("1381234") || cell.contains("赵某某")));
    let linked = clerk.get(&format!("{tip}/contact")).await;
    assert_eq!((linked.status, linked.location.as_deref()), (303, Some(tip.as_str())), "never by a link");
    let page = clerk.open(&tip).await;
    let seen = clerk.send(&page, &format!("{tip}/contact"), &[]).await;
    assert_eq!(seen.status, 200);
    assert!(seen.text().contains("13812345678") && seen.text().contains("已记入日志"));
    let log = admin.open("/history").await.text();
    assert!(log.contains("查看举报人联系方式：长举〔2019〕12号"), "{log}");
    assert!(!log.contains("13812345678") && !log.contains("赵某某"));
    assert_eq!(bare(&admin, &format!("{tip}/contact"), &[]).await.status, 403);
    assert_eq!(bare(&app.auditor().await, &format!("{tip}/contact"), &[]).await.status, 403);
    assert_eq!(bare(&app.clerk(140404).await, &format!("{tip}/contact"), &[]).await.status, 404);
}

#[tokio::test]
async fn a_county_records_its_own_and_nobody_elses() {
    let app = TestApp::start().await;
    let (clerk, neighbour) = (app.clerk(140403).await, app.clerk(140404).await);
    let tip = sent_to(&clerk.fill("/tips/new", &[&REPORT[..], &[("county", "140404")]].concat()).await);
    assert!(clerk.open(&tip).await.text().contains("潞州区"), "a posted county has no effect");
    for act in ["", "/edit", "/answer"] {
        assert_eq!(neighbour.get(&format!("{tip}{act}")).await.status, 404, "{act}");
    }
    let twice = clerk.fill("/tips/new", &REPORT).await;
    assert_eq!(twice.status, 422);
    assert!(twice.error("number").unwrap().contains("已登记该编号"));
    let wrong = clerk.fill("/tips/new", &[("source", ""), ("received_on", "6.30"), ("content", "")]).await;
    assert_eq!(wrong.status, 422);
    for field in ["source", "received_on", "content"] {
        assert!(wrong.error(field).is_some(), "{field}");
    }
    let foreign = app.seed_unit(140404, "邻县焦化").await;
    sent_to(&clerk.fill(&format!("{tip}/answer"), &[("answer", "partly"), ("answer_note", "部分存在")]).await);
    let forged = bare(&clerk, &format!("{tip}/problem"), &[("unit", &foreign.to_string())]).await;
    assert_eq!(forged.status, 404, "a foreign unit is like none");
    let reviewer = app.reviewer().await;
    assert_eq!(reviewer.get(&format!("{tip}/answer")).await.status, 403);
    let nowhere = reviewer.fill("/tips/new", &REPORT).await;
    assert!(nowhere.error("county").unwrap().contains("请选择转办的县"));
}

#[tokio::test]
async fn received_is_each_answer_and_those_still_open() {
    let app = TestApp::start().await;
    let (reviewer, clerk) = (app.reviewer().await, app.clerk(140403).await);
    let tip = passed_on(&reviewer).await;
    for (number, source) in [("二", "hotline_12369"), ("三", "mayor_hotline")] {
        let more = [("county", "140404"), ("number", number), ("source", source), ("due_on", "6.25")];
        sent_to(&reviewer.fill("/tips/new", &[&REPORT[4..], &[("received_on", "6.8")], &more].concat()).await);
    }
    sent_to(&clerk.fill(&format!("{tip}/answer"), &[("answer", "unsubstantiated"), ("answer_note", "未发现")]).await);
    let page = reviewer.open("/tips/reconciliation").await;
    let by_source = page.table("#by-source");
    assert_eq!(by_source[0], ["12369", "2", "0", "0", "1", "0", "0", "0", "1", "0", "相符"]);
    assert_eq!(by_source[2][..2], ["合计", "3"]);
    let by_county = page.table("#by-county");
    assert_eq!((by_county[0][1].as_str(), by_county[1][1].as_str(), by_county[2][1].as_str()), ("1", "2", "0"));
    assert_eq!(clerk.open("/tips/reconciliation").await.table("#by-county").len(), 1, "a county its own");
    let list = reviewer.open("/tips?pending=yes").await;
    assert_eq!(list.table("#rows").len(), 2);
}

#[tokio::test]
async fn the_public_reports_by_a_form_where_the_setting_allows_it() {
    let mut config = Config::default();
    config.public.tips = true;
    let app = TestApp::start_with(config).await;
    let stranger = Person::stranger(&app);
    assert!(stranger.open("/public").await.links("#report").iter().any(|(_, href)| href == "/public/tip"));
    let empty = stranger.fill("/public/tip", &[]).await;
    assert_eq!(empty.status, 422);
    for field in ["county", "target", "content"] {
        assert!(empty.error(field).is_some(), "{field}");
    }
    assert!(empty.error("reporter_phone").is_none(), "nobody must say who they are");
    let seen = [("county", "140403"), ("target", "城南石灰窑"), ("content", "<script>冒黑烟</script>")];
    let sent = stranger.fill("/public/tip", &seen).await;
    let thanks = stranger.follow(&sent).await;
    assert!(thanks.texts(".flash")[0].contains("举报已收到，编号网20190620-"), "{:?}", thanks.texts(".flash"));
    let clerk = app.clerk(140403).await;
    let rows = clerk.open("/tips").await;
    assert!(rows.table("#rows")[0].contains(&"城南石灰窑".to_owned()) && !rows.html.contains("<script>冒黑烟"));
    assert_eq!(rows.table("#rows")[0][1], "网上");
    assert!(app.clerk(140404).await.open("/tips").await.table("#rows").is_empty());
    let forged = stranger.post("/public/tip", &[("county", "140403"), ("target", "甲"), ("content", "乙")]).await;
    assert_eq!(forged.status, 403, "only by the form that was given");
    for _ in 0..8 {
        stranger.fill("/public/tip", &seen).await;
    }
    assert_eq!(stranger.fill("/public/tip", &seen).await.status, 429, "so many an hour from one address");
    app.history_holds().await;
}

#[tokio::test]
async fn without_the_setting_the_public_page_says_how_to_report_and_takes_none() {
    let app = TestApp::start().await;
    let stranger = Person::stranger(&app);
    assert_eq!(stranger.get("/public/tip").await.status, 404);
    assert_eq!(stranger.post("/public/tip", &[("county", "140403")]).await.status, 404);
    let page = stranger.open("/public").await;
    assert!(page.text().contains("12369") && page.table("#lines").is_empty() && !page.text().contains("网上举报"));
    let admin = app.admin().await;
    let wrong = admin.fill_to("/bodies?county=140403", "/bodies/140403/report-phone", &[("report_phone", "<b>")]).await;
    assert_eq!((wrong.status, wrong.error("report_phone").is_some()), (422, true));
    let phone = [("report_phone", "0355-0000001")];
    let saved = admin.fill_to("/bodies?county=140403", "/bodies/140403/report-phone", &phone).await;
    assert!(admin.follow(&saved).await.text().contains("0355-0000001"));
    assert_eq!(stranger.open("/public").await.table("#lines"), [["潞州区", "0355-0000001"]]);
    assert!(app.clerk(140403).await.open("/summary").await.text().contains("公布举报电话0355-0000001"));
    assert_eq!(bare(&app.clerk(140403).await, "/bodies/140403/report-phone", &phone).await.status, 403);
}
