//! Two people at one submission: what the first said stays, and the second loses no word.

use super::{COUNTY, county, filed, handed_over, pressed};
use crate::support::{Page, Person, TestApp};
use serde_json::Value;
use zhengzhi::history;

/// A submission that was filed.
async fn reported(app: &TestApp) -> Page {
    county(app).await;
    let clerk = app.clerk(COUNTY).await;
    filed(&clerk, &handed_over(&clerk).await).await
}

/// What the city files of what the county mailed.
async fn mailed(officer: &Person) -> Page {
    let fields = [("arrived_on", "6.20"), ("arrived_at", "09:00"), ("reason", "县局断网，邮件报来")];
    let sent = officer.fill_to("/submissions/behalf?county=140403", "/submissions/behalf", &fields).await;
    officer.follow(&sent).await
}

#[tokio::test]
async fn a_late_filing_that_was_excused_is_not_turned_round_unread() {
    let app = TestApp::start_at("2019-06-29T09:00:00+08:00").await;
    let shown = reported(&app).await;
    let (one, two) = (app.reviewer().await, app.reviewer().await);
    let lateness = format!("{}/lateness", shown.path);
    let stale = two.open(&shown.path).await;
    let excused = one.fill_to(&shown.path, &lateness, &[("excused", "yes"), ("note", "全县停电")]).await;
    assert_eq!(excused.status, 303);
    let beaten = two.send(&stale, &lateness, &[("excused", "no"), ("note", "未提前报告")]).await;
    assert_eq!(beaten.status, 409);
    assert!(beaten.error("note").unwrap().contains("认定没有保存"), "{}", beaten.text());
    assert!(beaten.text().contains("迟报（市局已核准）") && beaten.text().contains("全县停电"), "{}", beaten.text());
    assert_eq!(beaten.value("note").as_deref(), Some("未提前报告"), "what was typed is kept");
    let forged = pressed(&two, &shown.path, "lateness", &[("excused", "no")]).await;
    assert_eq!(forged.status, 409, "without a version nothing was seen");
    let read = two.send(&beaten, &lateness, &[("excused", "no")]).await;
    assert!(two.follow(&read).await.text().contains("未提前报告"), "read, and decided again");
    app.history_holds().await;
}

#[tokio::test]
async fn a_county_says_once_what_it_thinks_of_what_the_city_filed() {
    let app = TestApp::start().await;
    county(&app).await;
    let shown = mailed(&app.reviewer().await).await;
    let (clerk, colleague) = (app.clerk(COUNTY).await, app.clerk(COUNTY).await);
    let answer = format!("{}/county-answer", shown.path);
    let (seen, stale) = (clerk.open(&shown.path).await, colleague.open(&shown.path).await);
    let bare = clerk.send(&seen, &answer, &[("confirmed", "no")]).await;
    assert!(bare.status == 422 && bare.error("note").unwrap().contains("请写明哪里不符"), "{}", bare.text());
    assert_eq!(clerk.send(&bare, &answer, &[("confirmed", "no"), ("note", "少报1家")]).await.status, 303);
    let beaten = colleague.send(&stale, &answer, &[("confirmed", "yes"), ("note", "已逐家核对")]).await;
    assert_eq!(beaten.status, 409);
    assert!(beaten.text().contains("有异议：少报1家"), "the objection stays: {}", beaten.text());
    assert!(beaten.text().contains("您填写的内容：“已逐家核对”"), "{}", beaten.text());
    app.history_holds().await;
}

#[tokio::test]
async fn a_remark_is_answered_once() {
    let app = TestApp::start().await;
    let shown = reported(&app).await;
    let officer = app.reviewer().await;
    pressed(&officer, &shown.path, "open", &[]).await;
    assert_eq!(pressed(&officer, &shown.path, "remarks", &[("text", "请附依据")]).await.status, 303);
    let (clerk, colleague) = (app.clerk(COUNTY).await, app.clerk(COUNTY).await);
    let (seen, stale) = (clerk.open(&shown.path).await, colleague.open(&shown.path).await);
    let form = seen.attribute("#remarks form", "action").unwrap();
    assert_eq!(clerk.send(&seen, &form, &[("answer", "决定书见附件")]).await.status, 303);
    let beaten = colleague.send(&stale, &form, &[("answer", "没有依据")]).await;
    assert_eq!(beaten.status, 409);
    assert!(beaten.text().contains("未覆盖对方。您填写的答复：“没有依据”"), "{}", beaten.text());
    assert!(clerk.open(&shown.path).await.text().contains("决定书见附件"));
    let other = form.replace(form.split('/').nth(4).unwrap(), "019b0000-0000-7000-8000-0000000000ff");
    let foreign = [("form_token", super::token(&stale)), ("answer", "答".to_owned())];
    let foreign: Vec<(&str, &str)> = foreign.iter().map(|(n, v)| (*n, v.as_str())).collect();
    assert_eq!(colleague.post(&other, &foreign).await.status, 404);
    app.history_holds().await;
}

#[tokio::test]
async fn a_remark_with_a_wrong_line_lands_nowhere() {
    let app = TestApp::start().await;
    let shown = reported(&app).await;
    let officer = app.reviewer().await;
    pressed(&officer, &shown.path, "open", &[]).await;
    let (lines, remarks) = (format!("{}/lines/2", shown.path), format!("{}/remarks", shown.path));
    for (line, column, said) in [
        ("9", "measures", "附件2没有第9行"),
        ("第一", "measures", "行号请填写数字"),
        ("0", "", "行号请填写数字"),
        ("", "measures", "请写明是第几行"),
        ("1", "no_such_column", "没有这一栏"),
    ] {
        let typed = [("line_no", line), ("column_id", column), ("text", "措施过于笼统")];
        let refused = officer.fill_to(&lines, &remarks, &typed).await;
        assert_eq!(refused.status, 422, "{line} {column}");
        assert!(refused.text().contains(said), "{line} {column}: {}", refused.text());
        let kept = [refused.value("line_no").unwrap(), refused.value("text").unwrap()];
        assert_eq!(kept, [line, "措施过于笼统"], "what was typed is kept");
        assert_eq!(refused.value("column_id").as_deref(), Some(if column == "measures" { column } else { "" }));
    }
    assert!(officer.open(&shown.path).await.text().contains("尚无意见"), "nothing was written");
    let whole = officer.fill_to(&lines, &remarks, &[("text", "本表请重新核对")]).await;
    assert_eq!(whole.status, 303, "the annex as a whole, when nothing else is named");
    let right =
        officer.fill_to(&lines, &remarks, &[("line_no", "１"), ("column_id", "measures"), ("text", "措施过于笼统")]).await;
    assert_eq!(right.status, 303, "{}", right.text());
    let places = officer.open(&shown.path).await.table("#remarks").into_iter().map(|row| row[0].clone()).collect::<Vec<_>>();
    assert_eq!(places, ["附件2", "附件2第1行“整改措施”"]);

    let stale = officer.open(&lines).await;
    assert_eq!(pressed(&officer, &shown.path, "accept-open", &[]).await.status, 303);
    let closed = officer.send(&stale, &remarks, &[("text", "还有一条")]).await;
    assert_eq!(closed.status, 409);
    assert!(closed.text().contains("意见没有记下。您填写的意见：“还有一条”"), "{}", closed.text());
}

/// The last row of a record in the history, and the row that stands.
async fn told_and_stands(app: &TestApp, path: &str) -> (Value, Value) {
    let id = path.rsplit('/').next().unwrap().parse().unwrap();
    let scope = app.whole();
    let mut reader = app.app.db.reader(&scope).await.unwrap();
    let past = history::of_record(reader.connection(), &scope, id).await.unwrap();
    let sql = "select to_jsonb(s) - 'figures' - 'by_city' - 'summary' - 'findings' from submissions s where id = $1";
    let stands = sqlx::query_scalar(sql).bind(id).fetch_one(reader.connection()).await.unwrap();
    (past.into_iter().find_map(|p| p.row).unwrap(), stands)
}

#[tokio::test]
async fn the_history_tells_a_filing_and_a_decision_as_they_stand() {
    let app = TestApp::start_at("2019-06-29T09:00:00+08:00").await;
    let shown = reported(&app).await;
    let (told, stands) = told_and_stands(&app, &shown.path).await;
    assert_eq!(told, stands, "filed");
    assert_eq!((&told["way"], &told["late"]), (&"paper".into(), &true.into()));
    assert!(told["receipt_number"].is_string() && told["signers"][0]["name"] == "张某某" && told["first_filed_at"].is_string());
    let officer = app.reviewer().await;
    pressed(&officer, &shown.path, "open", &[]).await;
    let note = [("review_note", "同意接收")];
    assert_eq!(pressed(&officer, &shown.path, "accept", &note).await.status, 303);
    let (told, stands) = told_and_stands(&app, &shown.path).await;
    assert_eq!(told, stands, "received");
    assert_eq!(told["review_note"], "同意接收");

    let again = mailed(&officer).await;
    let (told, stands) = told_and_stands(&app, &again.path).await;
    assert_eq!(told, stands, "filed on behalf");
    assert_eq!(told["way"], "city");
    app.history_holds().await;
}

#[tokio::test]
async fn what_was_typed_with_a_decision_that_came_too_late_is_kept() {
    let app = TestApp::start().await;
    let shown = reported(&app).await;
    let (one, two) = (app.reviewer().await, app.reviewer().await);
    pressed(&one, &shown.path, "open", &[]).await;
    let stale = two.open(&shown.path).await;
    let accept = format!("{}/accept", shown.path);
    assert_eq!(pressed(&one, &shown.path, "accept", &[]).await.status, 303);
    let beaten = two.send(&stale, &accept, &[("review_note", "附件2请补充")]).await;
    assert_eq!(beaten.status, 409);
    assert!(beaten.text().contains("本次操作没有生效。您填写的内容：“附件2请补充”"), "{}", beaten.text());

    let twice = mailed(&one).await;
    let fields = [("arrived_on", "6.20"), ("arrived_at", "09:30"), ("reason", "邮件又报一次")];
    let refused = two.fill_to("/submissions/behalf?county=140403", "/submissions/behalf", &fields).await;
    assert_eq!(refused.status, 422, "one waits for review already: {}", twice.path);
    assert!(refused.text().contains("不能再次定稿"), "{}", refused.text());
    assert_eq!(refused.value("reason").as_deref(), Some("邮件又报一次"));
}

#[tokio::test]
async fn two_who_hand_a_correction_over_lose_no_reason() {
    let app = TestApp::start().await;
    let shown = reported(&app).await;
    let officer = app.reviewer().await;
    pressed(&officer, &shown.path, "open", &[]).await;
    assert_eq!(pressed(&officer, &shown.path, "accept", &[]).await.status, 303);
    let (clerk, colleague) = (app.clerk(COUNTY).await, app.clerk(COUNTY).await);
    let stale = colleague.open("/submissions/check").await;
    let reason = [("correction_reason", "罚款金额录错")];
    assert_eq!(clerk.fill_to("/submissions/check", "/submissions/hand-over", &reason).await.status, 303);
    let beaten = colleague.send(&stale, "/submissions/hand-over", &[("correction_reason", "漏报一家")]).await;
    assert_eq!(beaten.status, 409);
    assert!(beaten.text().contains("不能再次定稿。您填写的更正原因：“漏报一家”"), "{}", beaten.text());
}
