//! Bringing a list of units in: upload, preview, confirm; and what is refused.

use crate::support::{Page, Person, TestApp, Workbook, units_list};

const PAGE: &str = "/units/import";

async fn uploaded(clerk: &Person, book: &Workbook) -> Page {
    let sent = clerk.upload(PAGE, PAGE, "名单.xlsx", book.bytes()).await;
    clerk.follow(&sent).await
}

async fn units(app: &TestApp) -> i64 {
    let mut reader = app.app.db.reader(&app.whole()).await.unwrap();
    sqlx::query_scalar("select count(*) from units").fetch_one(reader.connection()).await.unwrap()
}

#[tokio::test]
async fn a_clerk_uploads_looks_and_confirms() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let preview = uploaded(&clerk, &units_list()).await;
    assert!(preview.text().contains("导入预览：名单.xlsx"), "{}", preview.text());
    assert!(preview.text().contains("以下内容尚未写入"));
    assert_eq!(preview.table("table.list")[1][1], "长治市白石建材厂");
    assert!(!preview.html.contains("13812340000"), "phones are masked on the page");
    assert_eq!(units(&app).await, 0, "nothing is written before 确认");

    let confirm = format!("{}/confirm", preview.path);
    let done = clerk.send(&preview, &confirm, &[]).await;
    let result = clerk.follow(&done).await;
    assert!(result.text().contains("导入：新增2家，修改0家。"), "{}", result.text());
    assert_eq!(units(&app).await, 2);

    let replay = clerk.send(&preview, &confirm, &[]).await;
    assert_eq!((replay.status, replay.location.as_deref()), (303, Some(preview.path.as_str())), "the same form again");
    assert_eq!(units(&app).await, 2);
    let again = uploaded(&clerk, &units_list()).await;
    assert!(again.text().contains("没有需要新增或修改的单位"), "{}", again.text());
    assert_eq!(clerk.open(&format!("{}?tab=unchanged", again.path)).await.table("table.list").len(), 2);
}

#[tokio::test]
async fn two_tabs_confirm_one_preview_and_it_is_written_once() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let first = uploaded(&clerk, &units_list()).await;
    let second = clerk.open(&first.path).await;
    let confirm = format!("{}/confirm", first.path);
    assert_eq!(clerk.send(&first, &confirm, &[]).await.status, 303);
    assert_eq!(clerk.send(&second, &confirm, &[]).await.status, 303, "another token, the same preview");
    assert_eq!(units(&app).await, 2);
    assert!(clerk.open(&first.path).await.text().contains("已于6月20日"));
}

#[tokio::test]
async fn refused_rows_stand_with_their_reasons_and_come_back_as_a_list_to_mend() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let book = Workbook::of(&[
        &["县区", "单位名称", "信用代码", "电话"],
        &["潞州区", "甲厂", "9135010", "13812340000"],
        &["沁县", "乙厂", "", ""],
        &["潞州区", "丙厂", "", ""],
    ]);
    let preview = uploaded(&clerk, &book).await;
    let told = preview.table("table.list");
    assert_eq!((told.len(), told[0][2].as_str(), told[0][3].as_str()), (2, "甲厂", "C 信用代码"));
    assert_eq!(preview.attribute("table.list input", "value").as_deref(), Some("9135010"), "ready to be corrected");
    assert!(told[0][5].contains("应为18位"));
    assert!(told[1][5].contains("该行属于沁县"));
    let (status, headers, bytes) = clerk.download(&format!("{}/refused.xlsx", preview.path)).await;
    assert_eq!((status, headers["x-content-type-options"].to_str().unwrap()), (200, "nosniff"));
    assert!(headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    let sent = clerk.upload(PAGE, PAGE, "改好.xlsx", bytes).await;
    let back = clerk.follow(&sent).await;
    assert!(back.text().contains("2 有误"), "the list comes back as it is, and is refused the same: {}", back.text());
    let ignored = clerk.open(&format!("{}?tab=ignored", back.path)).await;
    assert!(!ignored.text().contains("未导入原因"), "its own columns are known");

    clerk.send(&preview, &format!("{}/confirm", preview.path), &[]).await;
    assert_eq!(units(&app).await, 1, "the good row went in");
}

#[tokio::test]
async fn hostile_and_foreign_files_are_refused_in_words_and_the_server_serves_on() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let good = units_list().bytes();
    let bomb = [b"<sst>".to_vec(), b"<si/>".repeat(3_100_000)].concat();
    for (name, bytes, word) in [
        ("名单.xlsx", good[..good.len() / 2].to_vec(), "内容异常或过大"),
        ("名单.xlsx", units_list().part("xl/vbaProject.bin", *b"x").bytes(), "含有宏"),
        ("名单.xls", b"<html><table></table></html>".to_vec(), "网页格式"),
        ("名单.xlsx", units_list().part("xl/sharedStrings.xml", bomb).bytes(), "展开后过大"),
        ("名单.xlsx", Workbook::of(&[&["名单"]]).bytes(), "没有找到表头"),
        ("", Vec::new(), "请选择要导入的文件"),
    ] {
        let refused = clerk.upload(PAGE, PAGE, name, bytes).await;
        assert_eq!(refused.status, 422, "{word}: {}", refused.text());
        assert!(refused.error("file").unwrap_or_default().contains(word), "{word}: {}", refused.text());
    }
    assert_eq!(units(&app).await, 0);
    assert_eq!(uploaded(&clerk, &units_list()).await.table("table.list").len(), 2);
}

#[tokio::test]
async fn another_county_and_other_roles_find_nothing_here() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let preview = uploaded(&clerk, &units_list()).await;
    let neighbour = app.clerk(140404).await;
    for path in [preview.path.clone(), format!("{}/refused.xlsx", preview.path)] {
        assert_eq!(neighbour.get(&path).await.status, 404, "{path}");
    }
    let own = neighbour.open(PAGE).await;
    let token = own.value("form_token").unwrap();
    let confirm = format!("{}/confirm", preview.path);
    assert_eq!(neighbour.post(&confirm, &[("form_token", &token)]).await.status, 404);
    for person in [app.admin().await, app.auditor().await] {
        assert_eq!(person.get(PAGE).await.status, 403);
        assert_eq!(person.get(&preview.path).await.status, 403);
    }
    assert_eq!(units(&app).await, 0);
}

#[tokio::test]
async fn the_template_can_be_filled_in_and_brought_back() {
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let (status, _, bytes) = clerk.download("/units/import/template.xlsx").await;
    assert_eq!(status, 200);
    let sent = clerk.upload(PAGE, PAGE, "模板.xlsx", bytes).await;
    let preview = clerk.follow(&sent).await;
    assert!(preview.text().contains("0 读取行数"), "its headings are understood: {}", preview.text());
}

#[tokio::test]
async fn a_file_over_the_limit_is_refused_before_it_is_read() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let app = TestApp::start().await;
    let clerk = app.clerk(140403).await;
    let host = app.url.trim_start_matches("http://");
    let mut line = tokio::net::TcpStream::connect(host).await.unwrap();
    let head = format!(
        "POST {PAGE} HTTP/1.1\r\nhost: {host}\r\ncookie: {}\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: 90000000\r\n\r\n",
        clerk.cookie()
    );
    line.write_all(head.as_bytes()).await.unwrap();
    let mut answer = [0; 12];
    line.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 413", "not a byte of the file was sent");
}
