//! A list of units comes in: good rows in, bad rows out with reasons, the same list twice changes nothing.

use crate::support::{PROGRAM, TestApp, Workbook, units_list};
use std::io::Write;
use std::path::Path;
use zhengzhi::accounts::system_actor;
use zhengzhi::base::{CountyId, Scope};
use zhengzhi::demo::names::Names;
use zhengzhi::history;
use zhengzhi::intake::{self, Finding, Incoming, Kind, Learned, Outcome, Preview, Terms};
use zhengzhi::platform::sheet::{rows, spool};

async fn incoming(kind: Kind, bytes: &[u8]) -> Result<Incoming, String> {
    let mut file = spool().unwrap();
    file.write_all(bytes).unwrap();
    let rows = rows(Path::new(PROGRAM), file).await.map_err(|e| e.to_string())?;
    Ok(Incoming::new(kind, Learned::new(), rows))
}

/// Brings a list in, as the command line does; or says why not.
async fn try_import(app: &TestApp, county: Option<i32>, bytes: &[u8]) -> Result<Preview, String> {
    let whole = app.whole();
    let campaign = app.campaign().await;
    let actor = system_actor();
    let mut writing = app.writing(actor.clone(), &whole).await;
    let (county, today) = (county.map(CountyId), app.app.clocks.business.today());
    let terms = Terms { directory: &app.app.directory, county, actor: &actor, campaign: &campaign, today };
    let incoming = incoming(Kind::Units, bytes).await?;
    let preview =
        intake::write(&mut writing, &whole, Kind::Units, incoming, &terms, "名单.xlsx").await.map_err(|e| e.to_string())?;
    writing.commit().await.unwrap();
    Ok(preview)
}

async fn import(app: &TestApp, county: Option<i32>, bytes: &[u8]) -> Preview {
    let preview = try_import(app, county, bytes).await.unwrap();
    let Preview { read, created, updated, unchanged, rejected_rows, asked_rows, .. } = preview;
    assert_eq!(read, created + updated + unchanged + rejected_rows + asked_rows, "a row is never lost");
    preview
}

fn counts(preview: &Preview) -> (usize, usize, usize, usize) {
    (preview.created, preview.updated, preview.unchanged, preview.rejected_rows)
}

fn reasons(preview: &Preview) -> Vec<(u32, String, String)> {
    preview.rejected.iter().map(|f: &Finding| (f.row, f.column.clone(), f.reason.clone())).collect()
}

async fn registered(app: &TestApp, county: i32) -> Vec<(String, Option<String>, Option<String>)> {
    let mut reader = app.app.db.reader(&Scope::county(CountyId(county))).await.unwrap();
    sqlx::query_as("select name, credit_code, contact_phone from units where county_id = $1 order by id")
        .bind(county)
        .fetch_all(reader.connection())
        .await
        .unwrap()
}

#[tokio::test]
async fn a_list_as_offices_send_it_goes_in_and_a_second_time_changes_nothing() {
    let app = TestApp::start().await;
    let preview = import(&app, Some(140403), &units_list().bytes()).await;
    assert_eq!(counts(&preview), (2, 0, 0, 0), "{:?}", preview.rejected);
    let first = &preview.rows[0];
    assert_eq!((first.row, first.values["county"].as_str(), first.values["industry"].as_str()), (3, "潞州区", "2521"));
    assert_eq!(first.values["permit_until"], "2020-12-31", "a day by its number format");
    assert_eq!(preview.rows[1].values["permit_until"], "2020-12-31", "a day as typed");
    assert_eq!(preview.rows[1].values["contact_phone"], "13812340000", "a phone kept as a number");
    let why: Vec<(u32, &str)> = preview.ignored.iter().map(|i| (i.row, i.why.as_str())).collect();
    assert_eq!(why, [(1, "表头以上的标题或说明"), (5, "合计行")]);

    let again = import(&app, Some(140403), &units_list().bytes()).await;
    assert_eq!(counts(&again), (0, 0, 2, 0));
    assert_eq!(registered(&app, 140403).await.len(), 2);
    let whole = app.whole();
    let mut reader = app.app.db.reader(&whole).await.unwrap();
    assert!(history::verify(reader.connection(), &whole, &app.app.key).await.unwrap().is_ok());
}

#[tokio::test]
async fn every_bad_cell_is_told_with_its_address_and_the_good_rows_go_in() {
    let app = TestApp::start().await;
    let book = Workbook::of(&[
        &["县区", "单位名称", "统一社会信用代码", "管理类别", "有效期至", "地址"],
        &["潞州区", "甲厂", "#911404001107529080", "特别管理", "2019年2月30日", "东街"],
        &["潞州区", "", "", "", "", "西街"],
        &["", "丙厂", "", "", "", "南街"],
        &["沁水县", "丁厂", "", "", "", "北街"],
        &["城区", "戊厂", "", "简化管理", "", "中街"],
    ]);
    let preview = import(&app, None, &book.bytes()).await;
    assert_eq!(counts(&preview), (1, 0, 0, 4));
    let told = reasons(&preview);
    let of = |row: u32, column: &str| {
        told.iter().find(|(r, c, _)| *r == row && c == column).map_or_else(|| panic!("{row}{column}: {told:?}"), |t| t.2.as_str())
    };
    assert!(of(2, "C").contains("已被表格软件改写"));
    assert!(of(2, "D").contains("特别管理"));
    assert!(of(2, "E").contains("没有2019年2月30日这一天"));
    assert!(of(3, "B").contains("请填写单位名称"));
    assert_eq!(of(4, "A"), "未写明所属县区，无法登记。");
    assert!(of(5, "A").contains("“沁水县”不是长治市所辖县区"));
    assert_eq!(registered(&app, 140403).await[0].0, "戊厂", "城区 is 潞州区 now");
}

#[tokio::test]
async fn another_county_s_rows_are_refused_when_the_list_is_one_county_s() {
    let app = TestApp::start().await;
    let book = Workbook::of(&[&["所在县区", "单位名称"], &["潞州区", "甲厂"], &["140430", "乙厂"], &["", "丙厂"]]);
    let preview = import(&app, Some(140403), &book.bytes()).await;
    assert_eq!(counts(&preview), (2, 0, 0, 1));
    assert_eq!(reasons(&preview), [(3, "A".to_owned(), "该行属于沁县，本次只导入潞州区的名单。".to_owned())]);
    assert_eq!(registered(&app, 140430).await, []);
}

#[tokio::test]
async fn a_list_without_a_county_column_is_the_county_s_that_its_title_names() {
    let app = TestApp::start().await;
    let title = Workbook::of(&[&["沁源县排污单位名单"], &["单位名称", "地址"], &["甲厂", "东街"]]);
    assert_eq!(counts(&import(&app, None, &title.bytes()).await), (1, 0, 0, 0));
    assert_eq!(registered(&app, 140431).await.len(), 1);
    let sheets = Workbook::new()
        .with("武乡县", &[&["单位名称", "地址"], &["乙厂", "西街"]])
        .with("沁县", &[&["单位名称", "地址"], &["乙厂", "西街"]]);
    assert_eq!(counts(&import(&app, None, &sheets.bytes()).await), (2, 0, 0, 0));
    assert_eq!((registered(&app, 140429).await.len(), registered(&app, 140430).await.len()), (1, 1));
}

#[tokio::test]
async fn a_unit_is_changed_only_where_the_list_says_something() {
    let app = TestApp::start().await;
    import(&app, Some(140403), &units_list().bytes()).await;
    let book = Workbook::of(&[
        &["单位名称", "信用代码", "电话", "地址"],
        &["长治市青禾焦化集团有限公司", "91350100M000100Y43", "0355-2099999", ""],
        &["长治市 白石建材厂", "", "", "黄碾镇西街"],
    ]);
    let preview = import(&app, Some(140403), &book.bytes()).await;
    assert_eq!(counts(&preview), (0, 2, 0, 0), "{:?}", preview.rejected);
    assert!(preview.rows.iter().all(|r| r.outcome == Outcome::Updated));
    let changed: Vec<&str> = preview.rows[0].changes.iter().map(|c| c.field.as_str()).collect();
    assert_eq!(changed, ["name", "former_names", "contact_phone"], "the old name is kept as a former one");
    let mut reader = app.app.db.reader(&app.whole()).await.unwrap();
    let addresses: Vec<(i32, Option<String>)> =
        sqlx::query_as("select version, address from units order by id").fetch_all(reader.connection()).await.unwrap();
    assert_eq!(addresses, [(2, Some("马厂镇东街1号".into())), (2, Some("黄碾镇西街".into()))], "a blank clears nothing");
}

#[tokio::test]
async fn a_name_means_a_unit_where_one_of_the_two_has_no_code() {
    let app = TestApp::start().await;
    let code = |number| Names::new(1).credit_code(140403, number);
    let (one, two, three) = (code(1), code(2), code(3));
    let list = |rows: &[[&str; 2]]| {
        let mut lines: Vec<&[&str]> = vec![&["单位名称", "统一社会信用代码"]];
        lines.extend(rows.iter().map(|row| row.as_slice()));
        Workbook::of(&lines).bytes()
    };
    let first = import(&app, Some(140403), &list(&[["甲厂", ""], ["乙厂", &one]])).await;
    assert_eq!(counts(&first), (2, 0, 0, 0));
    let second = import(&app, Some(140403), &list(&[["甲 厂", &two], ["乙厂", ""]])).await;
    assert_eq!(counts(&second), (0, 1, 1, 0), "甲厂 gets its code, 乙厂 stands: {:?}", second.rejected);
    let third = import(&app, Some(140403), &list(&[["乙厂", &three]])).await;
    assert_eq!(counts(&third), (1, 0, 0, 0), "another of that name: {:?}", third.rejected);
    let registered: Vec<_> = registered(&app, 140403).await.into_iter().map(|(name, code, _)| (name, code)).collect();
    assert_eq!(registered, [("甲厂", two), ("乙厂", one), ("乙厂", three)].map(|(name, code)| (name.to_owned(), Some(code))));
}

#[tokio::test]
async fn a_status_from_a_list_is_dated_by_the_day_of_the_import() {
    let app = TestApp::start().await;
    import(&app, Some(140403), &units_list().bytes()).await;
    let book = Workbook::of(&[&["单位名称", "生产状态"], &["长治市白石建材厂", "停产"]]);
    let preview = import(&app, Some(140403), &book.bytes()).await;
    let change = &preview.rows[0].changes[0];
    assert_eq!((change.from.as_str(), change.to.as_str()), ("在产", "停产"), "in words");
    let mut reader = app.app.db.reader(&app.whole()).await.unwrap();
    let dated: Vec<(String, chrono::NaiveDate)> =
        sqlx::query_as("select status, since from unit_statuses").fetch_all(reader.connection()).await.unwrap();
    assert_eq!(dated, [("halted".to_owned(), chrono::NaiveDate::from_ymd_opt(2019, 6, 20).unwrap())]);
    assert_eq!(counts(&import(&app, Some(140403), &book.bytes()).await), (0, 0, 1, 0));
}

#[tokio::test]
async fn a_unit_that_stands_twice_in_the_file_goes_in_once() {
    let app = TestApp::start().await;
    let book = Workbook::of(&[
        &["单位名称", "信用代码", "厂区"],
        &["甲厂", "91350100M000100Y43", ""],
        &["甲厂（新名）", "91350100M000100Y43", ""],
        &["甲厂", "", ""],
        &["甲厂", "91350100M000100Y43", "二分厂"],
    ]);
    let preview = import(&app, Some(140403), &book.bytes()).await;
    assert_eq!(counts(&preview), (2, 0, 0, 2));
    assert!(reasons(&preview).iter().all(|(_, _, reason)| reason.contains("与第2行是同一单位")), "{:?}", preview.rejected);
    assert_eq!(preview.rejected.iter().map(|f| f.row).collect::<Vec<_>>(), [3, 4]);
}

#[tokio::test]
async fn a_wrong_check_digit_goes_in_with_a_flag() {
    let app = TestApp::start().await;
    let text = "\u{feff}单位名称,统一社会信用代码\r\n甲厂,=\"91350100M0001TGQXM\"\r\n";
    let preview = import(&app, Some(140403), text.as_bytes()).await;
    assert_eq!((counts(&preview), preview.flagged.len()), ((1, 0, 0, 0), 1));
    let flag = &preview.flagged[0];
    assert_eq!((flag.row, flag.column.as_str(), flag.value.as_str()), (2, "B", "91350100M0001TGQXM"));
    let mut reader = app.app.db.reader(&app.whole()).await.unwrap();
    let confirmed: bool = sqlx::query_scalar("select code_confirmed from units").fetch_one(reader.connection()).await.unwrap();
    assert!(!confirmed, "a file ticks nothing");
    assert_eq!(counts(&import(&app, Some(140403), text.as_bytes()).await), (0, 0, 1, 0));
}

#[tokio::test]
async fn a_file_without_headings_is_refused_with_what_to_do() {
    let app = TestApp::start().await;
    let book = Workbook::of(&[&["潞州区名单"], &["甲厂", "东街"]]);
    let refused = try_import(&app, Some(140403), &book.bytes()).await.unwrap_err();
    assert!(refused.contains("没有找到表头") && refused.contains("单位名称"), "{refused}");
}

#[tokio::test]
async fn looking_writes_nothing() {
    let app = TestApp::start().await;
    let incoming = incoming(Kind::Units, &units_list().bytes()).await.unwrap();
    let whole = app.whole();
    let campaign = app.campaign().await;
    let mut reader = app.app.db.reader(&whole).await.unwrap();
    let (actor, today) = (system_actor(), app.app.clocks.business.today());
    let county = Some(CountyId(140403));
    let terms = Terms { directory: &app.app.directory, county, actor: &actor, campaign: &campaign, today };
    let preview = intake::look(reader.connection(), &whole, Kind::Units, incoming, &terms).await.unwrap();
    assert_eq!(counts(&preview), (2, 0, 0, 0));
    assert_eq!(registered(&app, 140403).await, []);
}
