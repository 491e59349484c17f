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
