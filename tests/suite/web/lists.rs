//! What the three lists share: files of what is shown, the way to the next gap, addresses that name nothing.

use crate::support::rows::{self, Made};
use crate::support::{Person, TestApp, workbook};
use serde_json::json;
use zhengzhi::base::role::Role;
use zhengzhi::base::{CITY, CountyId, Scope};
use zhengzhi::history::{self, Filter};
use zhengzhi::web::paths::ROUTES;

/// The rows of a list's file between its head and its foot, and the head.
async fn taken(person: &Person, path: &str, sheet: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let (status, _, bytes) = person.download(path).await;
    assert_eq!(status, 200, "{path}");
    let grid = workbook::grid(&bytes, sheet);
    let head = grid.iter().position(|row| row[0] == "县（区）").unwrap();
    let rows = grid[head + 1..].iter().filter(|row| !row[0].is_empty() && !row[0].starts_with('共')).cloned().collect();
    (grid[head].clone(), rows)
}

fn column(head: &[String], rows: &[Vec<String>], name: &str) -> Vec<String> {
    let at = head.iter().position(|h| h == name).unwrap();
    rows.iter().map(|row| row[at].clone()).collect()
}

#[tokio::test]
async fn a_file_holds_every_row_that_the_filter_shows_and_no_other() {
    let app = TestApp::start().await;
    for number in 0..53 {
        rows::unit(&app, 140403, &format!("石灰厂{number:02}"), json!({"township": "马厂镇", "contact_phone": "13812345678"}))
            .await;
    }
    rows::unit(&app, 140403, "另一处厂", json!({"township": "堠北庄镇"})).await;
    rows::unit(&app, 140404, "邻县厂", json!({"township": "马厂镇"})).await;
    let clerk = app.clerk(140403).await;
    let (head, units) = taken(&clerk, "/units.xlsx?township=马厂镇", "排污单位").await;
    let names = column(&head, &units, "单位名称");
    assert_eq!(names.len(), 53, "all pages, not one");
    assert_eq!((names[0].as_str(), names[52].as_str()), ("石灰厂52", "石灰厂00"), "in the order of the page");
    assert!(column(&head, &units, "联系电话").iter().all(|phone| phone == "13812345678"), "whole in a file");
    assert!(clerk.open("/units?township=马厂镇").await.html.contains("138****5678"), "masked on the page");
    let link = clerk.open("/units?township=马厂镇&after=").await;
    let files: Vec<_> = link.links(".page-head").into_iter().filter(|(words, _)| words.contains("导出")).collect();
    assert!(files[0].1.starts_with("/units.xlsx?township="), "{files:?}");
    let (head, all) = taken(&app.reviewer().await, "/units.xlsx", "排污单位").await;
    assert_eq!(all.len(), 55);
    assert!(column(&head, &all, "单位名称").contains(&"邻县厂".to_owned()));
    assert_eq!(clerk.get("/units.xlsx?county=140404").await.status, 404);
    assert_eq!(taken(&clerk, "/units.xlsx?q=没有这家", "排污单位").await.1.len(), 0);
}

#[tokio::test]
async fn problems_and_cases_go_out_as_shown_and_the_history_says_who_took_them() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    let late = rows::problem(&app, unit, json!({"due_on": "2019-06-15"})).await;
    rows::problem(&app, unit, json!({"due_on": "2019-06-25"})).await;
    rows::case(&app, &[late], json!({"decided_on": "2019-06-18", "fine_fen": 12_345_678, "case_number": "0012"})).await;
    let foreign = rows::unit(&app, 140404, "邻县厂", json!({})).await;
    let other = rows::problem(&app, foreign, json!({"due_on": "2019-06-15"})).await;
    rows::case(&app, &[other], json!({"decided_on": "2019-06-18"})).await;
    let clerk = app.clerk(140403).await;
    let (head, problems) = taken(&clerk, "/problems.xlsx?overdue=yes", "问题与整改").await;
    assert_eq!(column(&head, &problems, "单位名称"), ["甲厂"]);
    assert_eq!(column(&head, &problems, "类型代码"), ["13"]);
    assert_eq!(column(&head, &problems, "计划完成时限"), ["2019-06-15"]);
    let (head, cases) = taken(&clerk, "/ledger.xlsx?state=decided", "案件台账").await;
    assert_eq!(column(&head, &cases, "单位名称"), ["甲厂"]);
    assert_eq!(column(&head, &cases, "罚款（万元）"), ["12.345678"]);
    assert_eq!(column(&head, &cases, "案号"), ["0012"]);
    assert_eq!(taken(&clerk, "/ledger.xlsx?state=closed", "案件台账").await.1.len(), 0);
    for path in ["/units.xlsx", "/problems.xlsx", "/ledger.xlsx"] {
        assert_eq!(app.auditor().await.get(path).await.status, 403, "{path}");
    }
    assert!(!app.auditor().await.open("/problems").await.text().contains("导出"));
    let scope = Scope::county(CountyId(140403));
    let mut reader = app.app.db.reader(&scope).await.unwrap();
    let past = history::list(reader.connection(), &scope, &Filter::default()).await.unwrap();
    let notes: Vec<_> = past.iter().filter(|p| p.action == "disclosed").filter_map(|p| p.note.clone()).collect();
    assert!(notes.contains(&"问题与整改-潞州区-20190620.xlsx，1行（按筛选条件）".to_owned()), "{notes:?}");
    assert_eq!(notes.len(), 3);
}

/// Where the way to the next gap leads from a page.
async fn onward(person: &Person, page: &str) -> String {
    let shown = person.open(page).await;
    let link = shown.links("main").into_iter().find(|(words, _)| words == "到下一处待补").expect(page).1;
    person.get(&link).await.location.unwrap()
}

#[tokio::test]
async fn from_gap_to_gap_within_the_filter_and_back() {
    let app = TestApp::start().await;
    let whole = json!({"credit_code": "913502000728319549", "township": "马厂镇", "industry": "2521", "permit_class": "key",
        "contact_phone": "13812345678"});
    rows::unit(&app, 140403, "早缺厂", json!({"township": "马厂镇"})).await;
    rows::unit(&app, 140403, "齐全厂", whole).await;
    rows::unit(&app, 140403, "外镇厂", json!({"township": "堠北庄镇"})).await;
    rows::unit(&app, 140404, "邻县厂", json!({"township": "马厂镇"})).await;
    rows::unit(&app, 140403, "晚缺厂", json!({"township": "马厂镇"})).await;
    let clerk = app.clerk(140403).await;
    let first = onward(&clerk, "/units?township=马厂镇").await;
    assert!(clerk.open(&first).await.text().contains("晚缺厂") && first.contains("township="), "{first}");
    let form = clerk.open(&first).await.links("main").into_iter().find(|(words, _)| words == "编辑").unwrap().1;
    let action = clerk.open(&form).await;
    let saved = clerk.send(&action, &form, &[("contact_name", "王某")]).await;
    assert_eq!(saved.location.as_deref(), Some(first.as_str()), "saving keeps the way");
    let second = onward(&clerk, &first).await;
    assert!(clerk.open(&second).await.text().contains("早缺厂"));
    let end = onward(&clerk, &second).await;
    assert!(end.starts_with("/units?township="), "{end}");
    assert!(clerk.open(&end).await.text().contains("后面没有待补的了"));
    assert_eq!(clerk.get("/units/next-gap?county=140404").await.status, 404);
}

#[tokio::test]
async fn problems_and_cases_lead_to_their_gaps_too() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    let lacking = rows::problem(&app, unit, json!({"kind": null})).await;
    let whole = rows::problem(&app, unit, json!({"due_on": "2019-06-25"})).await;
    let case = rows::case(&app, &[whole], json!({"respondent": "甲厂", "case_number": null})).await;
    rows::case(&app, &[whole], json!({"respondent": "甲厂", "case_number": "1"})).await;
    let clerk = app.clerk(140403).await;
    assert_eq!(onward(&clerk, "/problems").await, format!("/problems/{}", lacking.id));
    assert_eq!(onward(&clerk, "/ledger").await, format!("/ledger/{}", case.id));
    assert_eq!(clerk.open("/ledger?gaps=yes").await.table("#cases").len(), 1);
    assert!(!app.auditor().await.open("/ledger").await.text().contains("到下一处待补"), "who enters nothing mends nothing");
}

/// A case that is decided, and one that is not.
async fn cases(app: &TestApp, county: i32, said: serde_json::Value) -> (Made, Made) {
    let unit = rows::unit(app, county, &format!("厂{county}"), json!({})).await;
    let problem = rows::problem(app, unit, json!({})).await;
    let mut decided = json!({"decided_on": "2019-06-18", "legal_reviewed_on": "2019-06-18", "legal_reviewed_by": "李某"});
    decided.as_object_mut().unwrap().extend(said.as_object().unwrap().clone());
    (rows::case(app, &[problem], decided).await, rows::case(app, &[problem], said).await)
}

fn undo_of(page: &crate::support::Page) -> String {
    let at = page.html.find("/batches/").expect("an undo");
    page.html[at..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn many_cases_are_exposed_in_one_act_and_one_click_takes_it_back() {
    let app = TestApp::start().await;
    let (decided, open) = cases(&app, 140403, json!({})).await;
    let (foreign, _) = cases(&app, 140404, json!({})).await;
    let clerk = app.clerk(140403).await;
    // Rows put straight into the table have no history to go back to.
    clerk.fill(&format!("/ledger/{}/edit", decided.id), &[("remark", "原有内容")]).await;
    let path = format!("/ledger/batch?id={}&id={}&id={}", decided.id, open.id, foreign.id);
    let fields = [("step", "expose"), ("exposed_on", "6.19"), ("exposure_media", "newspaper"), ("exposure_outlet", "长治日报")];
    assert!(!clerk.open(&path).await.html.contains("checked"), "no act is chosen beforehand");
    let look = clerk.fill(&path, &fields).await;
    assert_eq!(look.status, 200);
    assert!(look.text().contains("曝光：将更新1件，跳过2件（尚未作出处罚决定"), "{}", look.text());
    assert!(!clerk.open(&format!("/ledger/{}", decided.id)).await.text().contains("长治日报"), "nothing is written before");
    let changed = clerk.send(&look, "/ledger/batch", &[("stage", "change")]).await;
    assert_eq!(changed.value("exposure_outlet").as_deref(), Some("长治日报"), "back to the form as it was typed");
    let done = clerk.send(&look, "/ledger/batch", &[("stage", "write")]).await;
    let list = clerk.follow(&done).await;
    assert!(list.text().contains("已更新1件，跳过2件（尚未作出处罚决定"), "{}", list.text());
    assert!(clerk.open(&format!("/ledger/{}", decided.id)).await.text().contains("2019-06-19 报纸 长治日报"));
    let neighbour = app.clerk(140404).await;
    assert!(!neighbour.open(&format!("/ledger/{}", foreign.id)).await.text().contains("长治日报"), "untouched");
    let undo = undo_of(&list);
    let token = neighbour.open("/ledger").await.value("form_token").unwrap();
    assert_eq!(neighbour.post(&undo, &[("form_token", &token)]).await.status, 404);
    let back = clerk.send(&list, &undo, &[]).await;
    assert!(clerk.follow(&back).await.text().contains("已撤销1条"));
    assert!(!clerk.open(&format!("/ledger/{}", decided.id)).await.text().contains("长治日报"));
    let none = clerk.fill("/ledger/batch", &[("step", "expose")]).await;
    assert_eq!((none.status, none.text().contains("没有选中任何案件")), (422, true));
    let future = clerk.fill(&path, &[("step", "close"), ("closed_on", "6.30")]).await;
    assert_eq!((future.status, future.error("closed_on").is_some()), (422, true));
}

#[tokio::test]
async fn the_whole_filter_is_filed_and_days_before_the_finding_are_left_alone() {
    let app = TestApp::start().await;
    cases(&app, 140403, json!({"case_filed_on": null})).await;
    let clerk = app.clerk(140403).await;
    let early = clerk.fill("/ledger/batch?all=yes&state=unfiled", &[("step", "file"), ("case_filed_on", "6.9")]).await;
    assert!(early.text().contains("将更新0件，跳过1件") && !early.html.contains(">更新0件<"), "{}", early.text());
    let forced = clerk.send(&early, "/ledger/batch", &[("stage", "write")]).await;
    assert_eq!(forced.status, 200, "a batch of nothing is none");
    let fields = [("step", "file"), ("case_filed_on", "6.10"), ("stage", "write")];
    let done = clerk.fill("/ledger/batch?all=yes&state=unfiled", &fields).await;
    assert!(clerk.follow(&done).await.text().contains("已更新1件，跳过0件"));
    let token = clerk.open("/ledger").await.value("form_token").unwrap();
    let id = CITY.to_string();
    for step in ["review", "to_city"] {
        let page = clerk.post("/ledger/batch", &[("form_token", &token), ("id", &id), ("step", step)]).await;
        assert_ne!(page.status, 303, "{step} is not for everyone");
    }
}

#[tokio::test]
async fn the_city_acts_on_its_cases_in_many_counties_and_undoes_them_together() {
    let app = TestApp::start().await;
    let said = json!({"handled_by": "city_bureau", "legal_reviewed_on": null, "legal_reviewed_by": null});
    let (one, _) = cases(&app, 140403, said.clone()).await;
    let (two, _) = cases(&app, 140404, said).await;
    cases(&app, 140405, json!({})).await;
    let officer = app.account("officer", Role::CityReviewer, CITY, true, false).await;
    let officer = Person::signed_in(&app, officer, "officer").await;
    for case in [one, two] {
        officer.fill(&format!("/ledger/{}/edit", case.id), &[("remark", "原有内容")]).await;
    }
    let done = officer
        .fill("/ledger/batch?all=yes&state=decided&handled_by=city_bureau", &[("step", "review"), ("stage", "write")])
        .await;
    let list = officer.follow(&done).await;
    assert!(list.text().contains("已更新2件，跳过0件"), "{}", list.text());
    let shown = |id| {
        let officer = &officer;
        async move { officer.open(&format!("/ledger/{id}")).await.text() }
    };
    assert!(shown(one.id).await.contains("法规审核：测试officer") && shown(two.id).await.contains("法规审核：测试officer"));
    let undo = undo_of(&list);
    let clerk = app.clerk(140403).await;
    let token = clerk.open("/ledger").await.value("form_token").unwrap();
    assert_eq!(clerk.post(&undo, &[("form_token", &token)]).await.status, 404, "the city's batch is the city's to undo");
    let back = officer.send(&list, &undo, &[]).await;
    assert!(officer.follow(&back).await.text().contains("已撤销2条"));
    assert!(shown(one.id).await.contains("待法规审核") && shown(two.id).await.contains("待法规审核"));
}

#[tokio::test]
async fn an_id_that_is_none_is_a_page_that_is_not_there() {
    let app = TestApp::start().await;
    let people = [app.clerk(140403).await, app.admin().await];
    let mut wrong = Vec::new();
    for (_, pattern, _) in ROUTES.iter().filter(|(method, p, _)| *method == "GET" && p.contains('{') && !p.contains("{name}")) {
        let path =
            pattern.replace("{id}", "keine").replace("{measure}", "keine").replace("{step}", "keine").replace("{key}", "keine");
        for person in &people {
            let page = person.get(&path).await;
            if page.status != 404 || page.links("nav.side").is_empty() {
                wrong.push(format!("{path}: {}", page.status));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn a_body_without_the_power_to_fine_hands_its_cases_to_the_city_and_may_take_that_back() {
    let app = TestApp::start().await;
    let (_, open) = cases(&app, 140471, json!({})).await;
    let clerk = app.clerk(140471).await;
    clerk.fill(&format!("/ledger/{}/edit", open.id), &[("remark", "原有内容")]).await;
    let done = clerk.fill("/ledger/batch?all=yes", &[("step", "to_city"), ("stage", "write")]).await;
    let list = clerk.follow(&done).await;
    assert!(list.text().contains("已更新1件，跳过1件（已登记处罚决定"), "{}", list.text());
    assert!(clerk.open("/ledger?handled_by=city_bureau").await.table("#cases").len() == 1);
    let back = clerk.send(&list, &undo_of(&list), &[]).await;
    assert!(clerk.follow(&back).await.text().contains("已撤销1条"));
    assert!(clerk.open("/ledger?handled_by=city_bureau").await.table("#cases").is_empty());
}

/// So many more units like one.
async fn more_like(app: &TestApp, unit: Made, count: i32) {
    let sql = "insert into units select made.*
        from (select to_jsonb(u) as row, gen_random_uuid() as id from units u, generate_series(1, $2) where u.id = $1) new
        cross join lateral jsonb_populate_record(null::units, new.row || jsonb_build_object('id', new.id, 'site', new.id)) made";
    let mut writer = app.app.db.writer(&app.whole()).await.unwrap();
    sqlx::query(sql).bind(unit.id).bind(count).execute(writer.connection()).await.unwrap();
    writer.commit().await.unwrap();
}

#[tokio::test]
async fn more_than_a_batch_holds_is_not_cut_in_silence() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "石灰厂", json!({"township": "马厂镇"})).await;
    let clerk = app.clerk(140403).await;
    more_like(&app, unit, 4_999).await;
    let list = "/units?township=马厂镇";
    assert!(clerk.open(list).await.text().contains("全选当前筛选结果（共5000条）"));
    more_like(&app, unit, 1).await;
    let page = clerk.open(list).await;
    let (said, box_of_all) = (page.text(), page.texts("input[name=all]"));
    assert!(said.contains("筛选结果超过5000条，不能一次全选") && box_of_all.is_empty(), "{said}");
    let batch = clerk.get("/units/batch?township=马厂镇&all=yes").await;
    assert_eq!(batch.status, 409, "ticked before the last came in");
    assert!(batch.text().contains("当前筛选结果超过5000条"), "{}", batch.text());
    assert_eq!(clerk.get(&format!("/units/batch?id={}", unit.id)).await.status, 200);
}
