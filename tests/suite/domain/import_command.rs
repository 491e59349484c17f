//! `zhengzhi import units`, as scripts drive it.

use crate::support::rows;
use crate::support::{Elsewhere, TestApp, Workbook, units_list};
use serde_json::json;
use zhengzhi::base::CountyId;
use zhengzhi::base::role::Role;

struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

/// Lays a file down and imports it.
async fn import(app: &TestApp, book: &Workbook, more: &[&str]) -> Said {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("名单.xlsx");
    std::fs::write(&file, book.bytes()).unwrap();
    let mut arguments = vec!["import", "units", file.to_str().unwrap()];
    arguments.extend(more);
    said(app, &arguments).await
}

async fn said(app: &TestApp, arguments: &[&str]) -> Said {
    let output = app.command(arguments).await;
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Said { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

async fn units(app: &TestApp) -> i64 {
    let mut reader = app.app.db.reader(&app.whole()).await.unwrap();
    sqlx::query_scalar("select count(*) from units").fetch_one(reader.connection()).await.unwrap()
}

#[tokio::test]
async fn a_dry_run_prints_the_object_of_the_contract_and_writes_nothing() {
    let app = TestApp::start().await;
    let dry = import(&app, &units_list(), &["--county", "140403", "--dry-run", "--json"]).await;
    assert_eq!((dry.code, dry.err.as_str()), (Some(0), ""));
    let object: serde_json::Value = serde_json::from_str(&dry.out).unwrap();
    for (name, count) in [("read", 2), ("created", 2), ("updated", 0), ("unchanged", 0), ("rejected_rows", 0), ("asked_rows", 0)]
    {
        assert_eq!(object[name], count, "{name}");
    }
    assert_eq!((&object["kind"], &object["sheets"][0]), (&"units".into(), &"名单".into()));
    let row = &object["rows"][0];
    assert_eq!((&row["sheet"], &row["row"]), (&"名单".into(), &3.into()));
    assert_eq!(
        (&row["values"]["permit_until"], &row["values"]["name"]),
        (&"2020-12-31".into(), &"长治市青禾焦化有限公司".into())
    );
    assert_eq!(object["ignored"][1]["why"], "合计行");
    assert_eq!(units(&app).await, 0);
}

#[tokio::test]
async fn refused_rows_are_counted_on_stderr_and_the_rest_goes_in() {
    let app = TestApp::start().await;
    let book = Workbook::of(&[&["县区", "单位名称"], &["潞州区", "甲厂"], &["沁县", "乙厂"], &["", "丙厂"]]);
    let done = import(&app, &book, &["--json"]).await;
    assert_eq!((done.code, done.err.trim()), (Some(0), "1行有误，未导入。"));
    let object: serde_json::Value = serde_json::from_str(&done.out).unwrap();
    let cell = &object["rejected"][0];
    assert_eq!((&cell["row"], &cell["column"], &cell["field"]), (&4.into(), &"A".into(), &"county".into()));
    assert_eq!(cell["reason"], "未写明所属县区，无法登记。");
    assert_eq!(units(&app).await, 2, "two counties in one file");
    let again = import(&app, &book, &[]).await;
    assert!(again.out.starts_with("读取3行：已新增0家，已修改0家，无变化2家，有误1行。"), "{}", again.out);
}

#[tokio::test]
async fn somebody_s_name_brings_somebody_s_limits() {
    let app = TestApp::start().await;
    app.account("wang", Role::CountyClerk, CountyId(140403), false, false).await;
    app.account("zhou", Role::Auditor, CountyId(140400), false, false).await;
    let book = Workbook::of(&[&["县区", "单位名称"], &["潞州区", "甲厂"], &["沁县", "乙厂"]]);
    let own = import(&app, &book, &["--as", "wang"]).await;
    assert_eq!((own.code, own.err.trim()), (Some(0), "1行有误，未导入。"));
    assert!(own.out.contains("该行属于沁县"), "{}", own.out);
    let other = import(&app, &book, &["--as", "wang", "--county", "140430"]).await;
    assert_eq!((other.code, other.err.trim()), (Some(1), "账号只能导入本县区（潞州区）的名单。"));
    let auditor = import(&app, &book, &["--as", "zhou"]).await;
    assert_eq!((auditor.code, auditor.err.trim()), (Some(1), "账号“zhou”的岗位无权导入。"));
    assert_eq!(units(&app).await, 1);
}

/// An annex that went out by `export`, edited, on its way back by `import`: the object of both runs.
async fn back(app: &TestApp, annex: &str, edit: impl FnOnce(&mut Elsewhere)) -> [serde_json::Value; 2] {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("附件.xlsx");
    let path = file.to_str().unwrap();
    let out = said(app, &["export", annex, "--county", "140403", "--out", path]).await;
    assert_eq!(out.code, Some(0), "{}", out.err);
    let mut table = Elsewhere::open(&std::fs::read(&file).unwrap());
    edit(&mut table);
    std::fs::write(&file, table.bytes()).unwrap();
    let mut objects = Vec::new();
    for more in [["--json", "--dry-run"].as_slice(), &["--json"]] {
        let done = said(app, &[&["import", annex, path, "--county", "140403"], more].concat()).await;
        assert_eq!((done.code, done.err.as_str()), (Some(0), ""), "{}", done.out);
        objects.push(serde_json::from_str(&done.out).unwrap());
    }
    objects.try_into().unwrap()
}

#[tokio::test]
async fn both_annexes_come_back_merged_and_a_dry_run_says_so_beforehand() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲焦化厂", json!({})).await;
    rows::self_inspection(&app, unit, json!({"found": "some"})).await;
    rows::problem(&app, unit, json!({"source": "self_inspection", "due_on": "2019-06-25", "measures": "覆盖"})).await;
    let official = rows::problem(&app, unit, json!({"due_on": "2019-06-30", "measures": "覆盖"})).await;
    rows::case(&app, &[official], json!({"order_on": "2019-06-14"})).await;
    for annex in ["annex1", "annex2"] {
        let untouched = back(&app, annex, |_| ()).await;
        let edited = back(&app, annex, |table| _ = table.set("甲焦化厂", "整改措施", "覆盖堆场并硬化地面")).await;
        for (object, updated) in [(&untouched[0], 0), (&untouched[1], 0), (&edited[0], 1), (&edited[1], 1)] {
            assert_eq!(object["kind"], annex);
            let counts = ["read", "created", "updated", "unchanged", "rejected_rows"].map(|name| object[name].as_u64());
            assert_eq!(counts, [Some(1), Some(0), Some(updated), Some(1 - updated), Some(0)], "{annex}: {object}");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_done_is_one_clear_line() {
    let app = TestApp::start().await;
    for (arguments, code, line) in [
        (["import", "units", "/nowhere/名单.xlsx"].as_slice(), 1, "没有文件 /nowhere/名单.xlsx。"),
        (&["import", "annex1", "/nowhere/附件1.xlsx"], 1, "没有文件 /nowhere/附件1.xlsx。"),
        (&["import", "units", "/"], 1, "不是文件"),
    ] {
        let refused = said(&app, arguments).await;
        assert_eq!((refused.code, refused.out.as_str(), refused.err.lines().count()), (Some(code), "", 1), "{arguments:?}");
        assert!(refused.err.contains(line), "{}", refused.err);
    }
    assert_eq!(said(&app, &["import", "units"]).await.code, Some(2), "wrong usage");
    let unknown = import(&app, &units_list(), &["--county", "110000"]).await;
    assert_eq!((unknown.code, unknown.err.trim()), (Some(1), "没有代码为“110000”的县区。"));
    let broken = import(&app, &Workbook::of(&[&["甲"]]).part("xl/vbaProject.bin", *b"x"), &[]).await;
    assert_eq!((broken.code, broken.out.as_str()), (Some(1), ""));
    assert!(broken.err.contains("含有宏"));
}
