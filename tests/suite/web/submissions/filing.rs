//! What stands in the way, 定稿, 上报, the receipt; once, and at one stamped time.

use super::{COUNTY, county, explained, filed, handed_over, pressed, token};
use crate::support::TestApp;
use crate::support::rows;
use crate::support::workbook;
use crate::web::campaigns::opened;
use serde_json::json;
use sqlx::ConnectOptions;
use std::io::{Cursor, Read};
use zhengzhi::base::role::Role;
use zhengzhi::{ledger, submissions};

#[tokio::test]
async fn an_error_and_a_reminder_stand_in_the_way_until_they_are_settled() {
    let app = TestApp::start().await;
    county(&app).await;
    let unit = rows::unit(&app, COUNTY, "漳泽建材厂", json!({})).await;
    let bare = rows::problem(&app, unit, json!({"kind": null, "description": null, "due_on": null})).await;
    let clerk = app.clerk(COUNTY).await;
    let check = clerk.open("/submissions/check").await;
    assert!(
        check.text().contains("R10 问题的必填内容齐全") && check.text().contains("待补问题描述、问题类型"),
        "{}",
        check.text()
    );
    assert!(check.text().contains("R12") && check.text().contains("未登记自查"));
    let refused = clerk.send(&check, "/submissions/hand-over", &[]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("不能定稿"), "{}", refused.text());

    let silent =
        clerk.post("/submissions/check/explain", &[("form_token", &token(&check)), ("rule", "R12"), ("reason", "")]).await;
    assert_eq!(silent.status, 422, "a reason is words");
    let said = clerk
        .post(
            "/submissions/check/explain",
            &[("form_token", &token(&check)), ("rule", "R12"), ("reason", "该厂停电，已约定6月22日自查")],
        )
        .await;
    assert!(clerk.follow(&said).await.text().contains("该厂停电"));
    let fields = [("problem", "粉尘外逸"), ("problem_kind", "13"), ("due_on", "6.25")];
    let mended = clerk.fill(&format!("/problems/{}/edit", bare.id), &fields).await;
    assert_eq!(mended.status, 303, "{}", mended.text());
    let check = explained(&clerk).await;
    assert!(check.text().contains("核对无误，可以定稿"), "{}", check.text());

    rows::unit(&app, COUNTY, "丙厂", json!({})).await;
    let again = clerk.open("/submissions/check").await;
    assert!(!again.text().contains("核对无误"), "the value changed, so the reason no longer settles it");
}

#[tokio::test]
async fn what_the_city_owes_of_a_case_does_not_stop_the_county() {
    let app = TestApp::start().await;
    county(&app).await;
    let unit = rows::unit(&app, COUNTY, "漳泽建材厂", json!({})).await;
    rows::self_inspection(&app, unit, json!({})).await;
    let said = json!({"due_on": "2019-06-30", "measures": "限期改正"});
    let problems = [rows::problem(&app, unit, said.clone()).await, rows::problem(&app, unit, said).await];
    let wrong = json!({"handled_by": "city_bureau", "case_filed_on": "2019-06-01", "case_number": "环立〔2019〕7号"});
    rows::case(&app, &problems[1..], wrong).await;
    let undated = rows::case(&app, &problems[..1], json!({"case_filed_on": null, "respondent": "漳泽建材厂"})).await;
    let clerk = app.clerk(COUNTY).await;
    assert!(explained(&clerk).await.text().contains("R11 案件的必填内容齐全"), "its own case, with no date, is an error");
    handed_to_the_city(&app, undated).await;
    let check = explained(&clerk).await;
    let said = check.text();
    assert!(!said.contains("R11 ") && said.contains("R29 ") && said.contains("案件漳泽建材厂：待补日期"), "{said}");
    assert!(!said.contains("R05 ") && said.contains("R28 ") && said.contains("立案日期早于发现日期"), "{said}");
    assert!(said.contains("核对无误，可以定稿"), "with its reasons the county files: {said}");
    assert!(filed(&clerk, &handed_over(&clerk).await).await.text().contains("已上报"));
}

/// 移送市局办理, of a county whose body may not fine.
async fn handed_to_the_city(app: &TestApp, case: rows::Made) {
    let actor = app.account("powerless", Role::CountyClerk, case.county, false, false).await;
    let mut writing = app.writing(actor, &app.whole()).await;
    let permit = writing.permit(case.county).unwrap();
    ledger::hand_to_city(&mut writing, &permit, case.id).await.unwrap();
    writing.commit().await.unwrap();
}

#[tokio::test]
async fn what_was_frozen_is_what_is_filed_and_stays() {
    let app = TestApp::start().await;
    county(&app).await;
    let clerk = app.clerk(COUNTY).await;
    let frozen = handed_over(&clerk).await;
    let code = frozen.texts("b.code").remove(0);
    let (_, _, annex) = clerk.download(&format!("{}/files/annex2", frozen.path)).await;
    let (_, problem) = clerk.open("/problems").await.links("table.list").into_iter().find(|(w, _)| w.contains("堆场")).unwrap();
    let edit = format!("{}/edit", problem.split('?').next().unwrap());
    assert_eq!(clerk.fill(&edit, &[("measures", "搭建料棚")]).await.status, 303, "records stay alive");

    let done = filed(&clerk, &frozen).await;
    assert!(done.text().contains("已上报") && done.text().contains("按时"), "{}", done.text());
    assert!(done.text().contains("自报送后变更1处"), "{}", done.text());
    let (_, _, after) = clerk.download(&format!("{}/files/annex2", frozen.path)).await;
    assert_eq!(annex, after, "byte for byte");
    let sheet = workbook::sheets(&after).remove(0);
    let grid = workbook::grid(&after, &sheet);
    assert!(grid.iter().flatten().any(|c| c == "覆盖堆场") && !grid.iter().flatten().any(|c| c == "搭建料棚"));
    assert!(workbook::parts(&after).iter().any(|(_, xml)| xml.contains(&code)), "the code stands in the footer");
    let compared = clerk.open(&format!("{}/compare", frozen.path)).await.table("table.list");
    assert_eq!(compared[0][3..], ["整改措施", "覆盖堆场", "搭建料棚"]);

    let (status, _, zip) = clerk.download(&format!("{}/package.zip", frozen.path)).await;
    assert_eq!(status, 200);
    let mut archive = zip::ZipArchive::new(Cursor::new(zip.clone())).unwrap();
    assert_eq!(archive.len(), 4, "附件1, 附件2, 总结, 回执");
    let receipt = (0..4).find(|at| archive.by_index(*at).unwrap().name().unwrap().starts_with("回执")).unwrap();
    let mut bytes = Vec::new();
    archive.by_index(receipt).unwrap().read_to_end(&mut bytes).unwrap();
    let words = workbook::part(&bytes, "word/document.xml");
    assert!(words.contains(&format!("{COUNTY}-01-{code}")) && words.contains("2019-06-20"), "{words}");
    assert_eq!(zip, clerk.download(&format!("{}/package.zip", frozen.path)).await.2, "the same bytes for ever");

    let neighbour = app.clerk(140404).await;
    for act in ["", "/file", "/lines/1", "/compare", "/files/annex1", "/package.zip", "/scan"] {
        assert_eq!(neighbour.get(&format!("{}{act}", frozen.path)).await.status, 404, "{act}");
    }
    app.history_holds().await;
}

#[tokio::test]
async fn two_who_file_at_once_file_once() {
    let app = TestApp::start().await;
    county(&app).await;
    let (clerk, lead) = (app.clerk(COUNTY).await, app.person(Role::CountyLead, COUNTY).await);
    let frozen = handed_over(&clerk).await;
    let file = format!("{}/file", frozen.path);
    let (one, two) = (clerk.open(&file).await, lead.open(&file).await);
    let signed = [("signer_3", "张某某"), ("signed_on_3", "6.20")];
    let confirmed = [("declared", "yes"), ("password", crate::support::PASSWORD)];
    let (one, two) = tokio::join!(clerk.send(&one, &file, &signed), lead.send(&two, &file, &confirmed));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409], "{} {}", one.text(), two.text());
    let beaten = if one.status == 409 { one } else { two };
    assert!(beaten.text().contains("该报送现为“已上报”，本次没有上报。"), "{}", beaten.text());
    assert_eq!(count(&app, "filed").await, 1);
    app.history_holds().await;
}

#[tokio::test]
async fn the_lead_confirms_by_password() {
    let app = TestApp::start().await;
    county(&app).await;
    let (clerk, lead) = (app.clerk(COUNTY).await, app.person(Role::CountyLead, COUNTY).await);
    let frozen = handed_over(&clerk).await;
    let file = format!("{}/file", frozen.path);
    for (fields, field) in [
        (&[("declared", "yes"), ("password", "不是这个密码，绝对不是")][..], "password"),
        (&[("password", crate::support::PASSWORD)], "declared"),
    ] {
        let refused = lead.fill(&file, fields).await;
        assert_eq!(refused.status, 422);
        assert!(refused.error(field).is_some(), "{}", refused.text());
        assert!(!refused.html.contains("绝对不是"), "a password never comes back");
    }
    let done = lead.fill(&file, &[("declared", "yes"), ("password", crate::support::PASSWORD)]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let unsigned = clerk.get(&file).await;
    assert_eq!(unsigned.status, 409, "it is filed");
}

#[tokio::test]
async fn a_clerk_whose_lead_was_quicker_keeps_what_was_typed_and_is_led_on() {
    let app = TestApp::start().await;
    county(&app).await;
    let (clerk, lead) = (app.clerk(COUNTY).await, app.person(Role::CountyLead, COUNTY).await);
    let frozen = handed_over(&clerk).await;
    let file = format!("{}/file", frozen.path);
    let open = clerk.open(&file).await;
    let done = lead.fill(&file, &[("declared", "yes"), ("password", crate::support::PASSWORD)]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let beaten = clerk.send(&open, &file, &[("signer_3", "张某某"), ("signed_on_3", "6.20")]).await;
    assert_eq!(beaten.status, 409);
    assert_eq!(beaten.value("signer_3").as_deref(), Some("张某某"), "{}", beaten.text());
    assert!(beaten.text().contains("该报送现为“已上报”，本次没有上报。"), "{}", beaten.text());
    assert!(beaten.texts("main button").is_empty(), "nothing is left to press");
    assert!(beaten.links("main .callout").iter().any(|(_, href)| *href == frozen.path), "the way on");
    assert_eq!(count(&app, "filed").await, 1);
}

#[tokio::test]
async fn the_lead_gives_the_password_where_nothing_is_signed_on_paper() {
    let app = TestApp::start().await;
    county(&app).await;
    let (clerk, lead) = (app.clerk(COUNTY).await, app.person(Role::CountyLead, COUNTY).await);
    let frozen = handed_over(&clerk).await;
    let (admin, path) = opened(&app, "长治市违法排污行为大整治行动").await;
    assert_eq!(admin.fill(&path, &[("paper_signature", "")]).await.status, 303);
    let file = format!("{}/file", frozen.path);
    assert_eq!(clerk.get(&file).await.status, 403, "nor does a clerk file");
    let signed = [("way", "paper"), ("signer_3", "张某某"), ("signed_on_3", "6.20")];
    for page in [file.clone(), format!("{file}?way=paper")] {
        let form = lead.open(&page).await;
        assert!(form.error("password").is_none() && form.html.contains("name=\"password\""), "{}", form.text());
        let refused = lead.send(&form, &file, &signed).await;
        assert_eq!((refused.status, refused.error("password").is_some()), (422, true), "{}", refused.text());
    }
    assert!(lead.open(&frozen.path).await.text().contains("待签发"), "nothing is filed");
    let done = lead.fill(&file, &[("declared", "yes"), ("password", crate::support::PASSWORD)]).await;
    assert_eq!(done.status, 303, "{}", done.text());
}

#[tokio::test]
async fn a_paper_filing_needs_the_last_signature_with_its_day() {
    let app = TestApp::start().await;
    county(&app).await;
    let clerk = app.clerk(COUNTY).await;
    let frozen = handed_over(&clerk).await;
    let file = format!("{}/file", frozen.path);
    for (fields, field) in [
        (&[("signer_0", "赵某"), ("signed_on_0", "6.20")][..], "signer_3"),
        (&[("signer_3", "张某某")], "signed_on_3"),
        (&[("signer_3", "张某某"), ("signed_on_3", "6.21")], "signed_on_3"),
    ] {
        let refused = clerk.fill(&file, fields).await;
        assert_eq!(refused.status, 422);
        assert!(refused.error(field).is_some(), "{field}: {}", refused.text());
    }
}

/// Files at a business moment, and says what the submission's page shows.
async fn filed_at(moment: &str) -> String {
    let app = TestApp::start_at(moment).await;
    county(&app).await;
    let clerk = app.clerk(COUNTY).await;
    let frozen = handed_over(&clerk).await;
    let signed = [("signer_3", "张某某"), ("signed_on_3", "6.20")];
    let sent = clerk.fill(&format!("{}/file", frozen.path), &signed).await;
    clerk.follow(&sent).await.text()
}

#[tokio::test]
async fn the_deadline_is_half_open_in_beijing() {
    let early = filed_at("2019-06-28T23:59:00+08:00").await;
    assert!(early.contains("按时"), "{early}");
    let late = filed_at("2019-06-28T16:00:00+00:00").await;
    assert!(late.contains("迟报（待市局认定）"), "24:00 itself is late, whatever the zone of the clock: {late}");
}

#[tokio::test]
async fn an_extension_moves_the_deadline_and_the_city_excuses_the_rest() {
    let app = TestApp::start_at("2019-06-29T09:00:00+08:00").await;
    county(&app).await;
    let (officer, clerk) = (app.reviewer().await, app.clerk(COUNTY).await);
    let early = officer
        .fill_to("/submissions/deadline?county=140403", "/submissions/deadline", &[("due_on", "6.28"), ("reason", "停电")])
        .await;
    assert_eq!(early.status, 422, "not later than the deadline that is");
    let frozen = handed_over(&clerk).await;
    let done = filed(&clerk, &frozen).await;
    assert!(done.text().contains("迟报（待市局认定）"), "{}", done.text());
    let lateness = format!("{}/lateness", done.path);
    let bare = officer.fill_to(&done.path, &lateness, &[("excused", "yes")]).await;
    assert!(bare.status == 422 && bare.error("note").unwrap().contains("请写明原因"), "an excuse has a reason: {}", bare.text());
    let excused = officer.send(&bare, &lateness, &[("excused", "yes"), ("note", "全县停电")]).await;
    assert!(officer.follow(&excused).await.text().contains("迟报（市局已核准）"));

    let given = [("due_on", "6.30"), ("reason", "暴雨断网")];
    let extended = officer.fill_to("/submissions/deadline?county=140404", "/submissions/deadline", &given).await;
    assert_eq!(extended.status, 303, "{}", extended.text());
    let neighbour = app.clerk(140404).await;
    assert!(neighbour.open("/submissions").await.text().contains("市局已延期：暴雨断网"));
}

#[tokio::test]
async fn the_stamped_scan_is_kept_by_what_it_is() {
    let app = TestApp::start().await;
    county(&app).await;
    let clerk = app.clerk(COUNTY).await;
    let frozen = handed_over(&clerk).await;
    let done = filed(&clerk, &frozen).await;
    let scan = format!("{}/scan", done.path);
    let sent = clerk.upload(&done.path, &scan, "盖章件.pdf", b"<html>not a paper</html>".to_vec()).await;
    assert!(clerk.follow(&sent).await.html.contains("只能上传jpg"), "by content, not by name");
    let sent = clerk.upload(&done.path, &scan, "盖章件.pdf", b"%PDF-1.4 stamped".to_vec()).await;
    assert!(clerk.follow(&sent).await.html.contains("盖章件已上传"));
    let (status, headers, bytes) = clerk.download(&scan).await;
    assert_eq!((status, bytes.as_slice()), (200, &b"%PDF-1.4 stamped"[..]));
    assert!(headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    assert!(headers["content-security-policy"].to_str().unwrap().contains("sandbox"));
    let officer = app.reviewer().await;
    assert!(officer.open("/submissions").await.table("#board")[0].join(" ").contains("已上传"));
}

#[tokio::test]
async fn the_city_files_what_was_mailed_and_the_county_answers() {
    let app = TestApp::start_at("2019-06-29T09:00:00+08:00").await;
    county(&app).await;
    let (officer, clerk) = (app.reviewer().await, app.clerk(COUNTY).await);
    let page = "/submissions/behalf?county=140403";
    let wrong = [("arrived_on", "6.29"), ("arrived_at", "23:00"), ("reason", "县局断网，邮件报来")];
    let refused = officer.fill_to(page, "/submissions/behalf", &wrong).await;
    assert!(refused.error("arrived_at").unwrap().contains("晚于现在"), "{}", refused.text());
    let mailed = [("arrived_on", "6.28"), ("arrived_at", "17：30"), ("reason", "县局断网，邮件报来")];
    let sent = officer.fill_to(page, "/submissions/behalf", &mailed).await;
    let shown = officer.follow(&sent).await;
    assert!(shown.text().contains("市局代报") && shown.text().contains("按时"), "the mail came in time: {}", shown.text());
    let objected = pressed(&clerk, &shown.path, "county-answer", &[("confirmed", "no"), ("note", "少报1家")]).await;
    assert!(clerk.follow(&objected).await.text().contains("有异议：少报1家"));
    let neighbour = app.clerk(140404).await;
    assert_eq!(neighbour.get(&shown.path).await.status, 404);
    app.history_holds().await;
}

#[tokio::test]
async fn a_change_behind_the_products_back_is_found() {
    let app = TestApp::start().await;
    county(&app).await;
    let clerk = app.clerk(COUNTY).await;
    let frozen = handed_over(&clerk).await;
    filed(&clerk, &frozen).await;
    let scope = app.whole();
    let verified = |app: &TestApp| {
        let (db, scope) = (app.app.db.clone(), scope.clone());
        async move { submissions::verify(db.reader(&scope).await.unwrap().connection(), &scope).await.unwrap() }
    };
    assert_eq!(verified(&app).await, Ok(1));
    for sql in [
        "update submission_lines set cells = cells || '{\"measures\": \"改过\"}' where annex = 2",
        "update submission_lines set cells = cells || '{\"measures\": \"覆盖堆场\"}' where annex = 2",
        "update submission_files set bytes = bytes || '\\x00' where kind = 'annex1'",
    ] {
        let mut owner = app.endpoint.owner_options().connect().await.unwrap();
        sqlx::query("select set_config('zhengzhi.counties', $1, false)").bind(scope.setting()).execute(&mut owner).await.unwrap();
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut owner).await.unwrap();
        let told = verified(&app).await;
        assert_eq!(told.is_err(), !sql.contains("覆盖堆场"), "{sql}: {told:?}");
    }
    let mut reader = app.app.db.reader(&scope).await.unwrap();
    for table in ["submission_lines", "submission_files", "submission_heads"] {
        let sql = format!("delete from {table}");
        let refused = sqlx::query(sqlx::AssertSqlSafe(sql)).execute(reader.connection()).await.unwrap_err();
        assert!(refused.to_string().contains("permission denied"), "{table}");
    }
}

async fn count(app: &TestApp, state: &str) -> i64 {
    let mut reader = app.app.db.reader(&app.whole()).await.unwrap();
    let sql = "select count(*) from submissions where state = $1";
    sqlx::query_scalar(sql).bind(state).fetch_one(reader.connection()).await.unwrap()
}

#[tokio::test]
async fn what_was_answered_as_not_so_is_to_be_ended() {
    let app = TestApp::start().await;
    county(&app).await;
    let unit = rows::unit(&app, COUNTY, "漳泽建材厂", json!({})).await;
    rows::self_inspection(&app, unit, json!({})).await;
    let said = json!({"source": "reported_12369", "source_numbers": ["12"], "verified_as": "duplicate", "due_on": "2019-06-30"});
    let problem = rows::problem(&app, unit, said).await;
    let clerk = app.clerk(COUNTY).await;
    let check = clerk.open("/submissions/check").await;
    assert!(check.text().contains("R30 ") && check.text().contains("核实为重复交办，尚未办结"), "{}", check.text());
    let page = format!("/problems/{}", problem.id);
    assert!(clerk.open(&page).await.text().contains("核实为重复交办，尚未办结，仍计入问题数"));
    let ending = clerk.open(&format!("{page}/ending")).await;
    assert_eq!(ending.value("ended_as").as_deref(), Some("unfounded"), "as the answer says");
    assert_eq!(clerk.send(&ending, &format!("{page}/ending"), &[("note", "与第7号重复")]).await.status, 303);
    assert!(!clerk.open(&page).await.text().contains("尚未办结"));
    assert!(!clerk.open("/submissions/check").await.text().contains("R30 "));
}
