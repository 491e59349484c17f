//! 督办: issued under a number, answered, looked at on the spot, struck off or sent back, raised, and come back.

use super::{bare, sent_to};
use crate::support::{Person, TestApp, workbook};

/// An order over a county's matter in free words, due on a day.
async fn issued(reviewer: &Person, county: &str, due: &str) -> String {
    let fields = [
        ("county", county),
        ("about", "other"),
        ("matter", "自查进度偏慢"),
        ("requirement", "请抓紧开展"),
        ("issued_on", "6.10"),
        ("due_on", due),
    ];
    sent_to(&reviewer.fill("/supervision/new", &fields).await)
}

async fn answered(clerk: &Person, order: &str) {
    let fields = [("reply", "已逐家督促"), ("person", "李某")];
    sent_to(&clerk.fill(&format!("{order}/reply"), &fields).await);
}

#[tokio::test]
async fn an_order_goes_from_the_city_to_the_county_and_back_until_it_is_struck_off() {
    let app = TestApp::start().await;
    let (reviewer, clerk) = (app.reviewer().await, app.clerk(140403).await);
    let (_, problem) = app.seed_violation(140403, "潞州焦化有限公司").await;
    let link = reviewer.open(&format!("/problems/{problem}")).await.links(".page-head");
    let new = link.into_iter().find(|(words, _)| words == "督办").unwrap().1;
    let form = reviewer.open(&new).await;
    assert!(form.value("matter").unwrap().contains("潞州焦化有限公司：废水经旁路直接排入浊漳河"), "filled from the problem");
    let order = sent_to(&reviewer.send(&form, "/supervision/new", &[("due_on", "6.25")]).await);
    let page = reviewer.open(&order).await;
    assert!(page.texts("h1")[0].starts_with("长环督〔2019〕1号"), "{:?}", page.texts("h1"));

    let open = reviewer.open(&new).await.texts("#open").join("");
    assert!(open.contains("长环督〔2019〕1号") && open.contains("（督办，待回复，时限2019-06-25）"), "{open}");

    let home = clerk.open("/").await;
    assert!(home.texts("#orders")[0].contains("待回复1件"), "{:?}", home.texts("#orders"));
    assert!(clerk.open(&format!("/problems/{problem}")).await.text().contains("长环督〔2019〕1号"));
    answered(&clerk, &order).await;
    assert!(clerk.open(&order).await.text().contains("待核查"));
    let again = clerk.get(&format!("{order}/reply")).await;
    assert_eq!(again.status, 409, "answered once");

    let check = format!("{order}/check");
    let seen = [("checker_1", "王某"), ("checker_2", "张某"), ("note", "旁路仍未封堵")];
    let returned = [&seen[..], &[("verdict", "return"), ("due_on", "6.28")]].concat();
    sent_to(&reviewer.fill(&check, &returned).await);
    let page = clerk.open(&order).await;
    assert!(page.text().contains("已退回") && page.text().contains("旁路仍未封堵"));
    answered(&clerk, &order).await;
    let closed = [&seen[..], &[("verdict", "close")]].concat();
    sent_to(&reviewer.fill(&check, &closed).await);
    let page = reviewer.open(&order).await;
    let steps: Vec<String> = page.table("#steps").into_iter().map(|row| row[1].clone()).collect();
    assert_eq!(steps, ["下达（督办）", "回复", "退回", "回复", "销号"], "each step stays");

    let again = reviewer.open(&format!("/supervision/new?again={}", order.rsplit('/').next().unwrap())).await;
    assert!(again.texts("#open").is_empty(), "struck off");
    let second = sent_to(&reviewer.send(&again, "/supervision/new", &[("due_on", "6.30")]).await);
    let page = reviewer.open(&second).await;
    assert!(page.text().contains("长环督〔2019〕2号") && page.text().contains("原督办单 长环督〔2019〕1号"), "{}", page.text());
    assert!(clerk.open(&order).await.text().contains("已另行下达 长环督〔2019〕2号"));
    app.history_holds().await;
}

#[tokio::test]
async fn what_is_missing_or_out_of_order_is_said_at_its_field() {
    let app = TestApp::start().await;
    let (reviewer, clerk) = (app.reviewer().await, app.clerk(140403).await);
    let empty = reviewer.fill("/supervision/new", &[("matter", ""), ("due_on", "6.1")]).await;
    assert_eq!(empty.status, 422);
    for field in ["county", "about", "matter", "requirement", "due_on"] {
        assert!(empty.error(field).is_some(), "{field}: {}", empty.text());
    }
    let order = issued(&reviewer, "140403", "6.25").await;
    let reply = clerk.fill(&format!("{order}/reply"), &[("replied_on", "6.9"), ("reply", "已办")]).await;
    assert_eq!(reply.status, 422);
    assert!(reply.error("replied_on").unwrap().contains("早于下达日期") && reply.error("person").is_some());
    assert_eq!(reply.value("reply").as_deref(), Some("已办"), "what was typed is kept");
    let alone = [("checker_1", "王某"), ("checker_2", "王某"), ("note", "已到现场"), ("verdict", "close")];
    let check = reviewer.fill(&format!("{order}/check"), &alone).await;
    assert_eq!((check.status, check.error("checker_2").as_deref()), (422, Some("错误： 两名核查人不能相同。")));
    let early = [("checker_1", "王某"), ("checker_2", "张某"), ("note", "已到现场"), ("verdict", "return"), ("due_on", "6.28")];
    assert!(reviewer.fill(&format!("{order}/check"), &early).await.error("verdict").unwrap().contains("尚未回复"));
}

#[tokio::test]
async fn what_is_overdue_comes_first_and_is_raised_only_by_a_person() {
    let app = TestApp::start().await;
    let reviewer = app.reviewer().await;
    let late = issued(&reviewer, "140404", "6.15").await;
    for county in ["140403", "140405"] {
        issued(&reviewer, county, "6.30").await;
    }
    let list = reviewer.open("/supervision").await;
    let rows = list.table("#rows");
    assert!(rows[0][0].ends_with("1号") && rows[0][7].contains("已逾期 5天"), "{rows:?}");
    assert!(rows[1][0].ends_with("3号"), "then the last first");
    assert_eq!(reviewer.open("/supervision?overdue=yes").await.table("#rows").len(), 1);
    let page = reviewer.open(&late).await;
    assert!(page.text().contains("可研究提级为“约谈”") && page.text().contains("已逾期5天"), "{}", page.text());
    let raised = reviewer.fill(&format!("{late}/escalate"), &[("reason", "逾期未回复")]).await;
    sent_to(&raised);
    let page = reviewer.open(&late).await;
    assert!(page.table("#steps")[1][1].contains("提级（约谈）") && !page.text().contains("已逾期"));
    assert_eq!(reviewer.get(&format!("{late}/escalate")).await.status, 409, "nothing is above 约谈");
    assert!(app.clerk(140404).await.open(&late).await.text().contains("约谈通知书"));
}

#[tokio::test]
async fn fifty_go_on_a_page_with_the_overdue_ones_first_through_all_pages() {
    let app = TestApp::start().await;
    let reviewer = app.reviewer().await;
    for n in 0..53 {
        issued(&reviewer, "140403", if n % 2 == 0 { "6.15" } else { "6.30" }).await;
    }
    let first = reviewer.open("/supervision").await;
    let next = first.attribute(".pager [rel=next]", "href").unwrap();
    let second = reviewer.open(&next).await;
    let numbers: Vec<u32> = [first, second]
        .iter()
        .flat_map(|page| page.table("#rows"))
        .map(|row| row[0].trim_start_matches("长环督〔2019〕").trim_end_matches('号').parse().unwrap())
        .collect();
    let expected: Vec<u32> = (1..=53).rev().filter(|n| n % 2 == 1).chain((1..=53).rev().filter(|n| n % 2 == 0)).collect();
    assert_eq!(numbers, expected);
}

#[tokio::test]
async fn a_neighbour_finds_no_order_and_a_county_issues_none() {
    let app = TestApp::start().await;
    let (reviewer, clerk, neighbour) = (app.reviewer().await, app.clerk(140403).await, app.clerk(140404).await);
    let order = issued(&reviewer, "140403", "6.25").await;
    for act in ["", "/reply", "/paper", "/paper.docx"] {
        assert_eq!(neighbour.get(&format!("{order}{act}")).await.status, 404, "{act}");
    }
    assert_eq!(bare(&neighbour, &format!("{order}/reply"), &[("reply", "办"), ("person", "甲")]).await.status, 404);
    assert!(neighbour.open("/supervision").await.table("#rows").is_empty());
    assert_eq!(neighbour.get("/supervision?county=140403").await.status, 404);
    assert_eq!(clerk.get("/supervision/new").await.status, 403);
    assert_eq!(clerk.get(&format!("{order}/check")).await.status, 403);
    assert_eq!(bare(&clerk, &format!("{order}/escalate"), &[("reason", "自己提级")]).await.status, 403);
    assert_eq!(reviewer.get(&format!("{order}/reply")).await.status, 403, "the city does not answer for the county");
    let (_, foreign) = app.seed_violation(140404, "壶口煤业").await;
    let forged = reviewer.fill(&format!("/supervision/new?problem={foreign}"), &[("county", "140403")]).await;
    let order = reviewer.open(&sent_to(&forged)).await;
    assert!(order.text().contains("上党区"), "the problem says the county: {}", order.text());
    assert_eq!(reviewer.get("/supervision/new?problem=keine").await.status, 404);
}

#[tokio::test]
async fn the_paper_is_the_same_on_screen_and_as_a_file() {
    let app = TestApp::start().await;
    let (reviewer, clerk) = (app.reviewer().await, app.clerk(140403).await);
    let order = issued(&reviewer, "140403", "6.25").await;
    let paper = clerk.open(&format!("{order}/paper")).await.text();
    for words in ["违法排污行为大整治行动督办单", "长环督〔2019〕1号", "自查进度偏慢", "请于2019年6月25日前办结", "2019年6月10日"]
    {
        assert!(paper.contains(words), "{words} in {paper}");
    }
    let (status, headers, bytes) = clerk.download(&format!("{order}/paper.docx")).await;
    assert_eq!(status, 200);
    assert!(headers["content-disposition"].to_str().unwrap().contains("docx") && bytes.starts_with(b"PK"));
    assert_eq!(app.auditor().await.get(&format!("{order}/paper.docx")).await.status, 403);
    let (status, _, bytes) = reviewer.download("/supervision.xlsx").await;
    assert_eq!(status, 200);
    assert!(workbook::grid(&bytes, "督办单").iter().any(|row| row.contains(&"长环督〔2019〕1号".to_owned())));
}

#[tokio::test]
async fn a_long_answer_survives_a_colleague_who_was_quicker() {
    let app = TestApp::start().await;
    let (reviewer, clerk, colleague) = (app.reviewer().await, app.clerk(140403).await, app.clerk(140403).await);
    let order = issued(&reviewer, "140403", "6.25").await;
    let reply = format!("{order}/reply");
    let (mine, theirs) = (clerk.open(&reply).await, colleague.open(&reply).await);
    let raised = [("reason", "进度仍慢"), ("due_on", "6.22")];
    sent_to(&reviewer.fill(&format!("{order}/escalate"), &raised).await);
    let typed = [("reply", "已逐家督促，余下三家本周内完成"), ("person", "李某")];
    let beaten = clerk.send(&mine, &reply, &typed).await;
    assert_eq!(beaten.status, 409);
    assert!(
        beaten.text().contains("已被他人办理，本次没有保存") && beaten.text().contains("时限：2019-06-22"),
        "{}",
        beaten.text()
    );
    assert_eq!(beaten.value("reply").as_deref(), Some(typed[0].1), "what was typed is kept");
    let saved = clerk.send(&beaten, &reply, &[]).await;
    sent_to(&saved);
    assert_eq!(clerk.send(&beaten, &reply, &[]).await.location, saved.location, "a second press goes where the first led");

    let late = colleague.send(&theirs, &reply, &[("reply", "另一份办理情况"), ("person", "王某")]).await;
    assert_eq!(late.status, 409);
    assert!(late.text().contains("已回复或已销号，无需重复回复"), "{}", late.text());
    assert_eq!(late.value("reply").as_deref(), Some("另一份办理情况"));
    assert!(!clerk.open(&order).await.text().contains("另一份办理情况"), "nothing was overwritten");
    app.history_holds().await;
}
