//! Files that come in: good ones are read cell by cell with their addresses, hostile ones end their reader and nothing else.

use crate::support::{PROGRAM, Workbook, locked_workbook, sheet, text};
use std::io::Write;
use std::path::Path;
use zhengzhi::platform::sheet::{Cell, Ended, Row, rows, spool};

const ABNORMAL: &str = "文件无法读取：内容异常或过大。请另存为新的 .xlsx 后重试。";

async fn read(bytes: &[u8]) -> Result<(Vec<Row>, Ended), String> {
    let mut file = spool().unwrap();
    file.write_all(bytes).unwrap();
    let mut rows = rows(Path::new(PROGRAM), file).await.map_err(|e| e.to_string())?;
    let mut all = Vec::new();
    while let Some(row) = rows.next().await.map_err(|e| e.to_string())? {
        all.push(row);
    }
    Ok((all, rows.ended().unwrap().clone()))
}

async fn refusal(bytes: &[u8]) -> String {
    read(bytes).await.map(|(rows, _)| rows.len()).expect_err("this file should be refused")
}

#[tokio::test]
async fn cells_come_typed_and_with_the_addresses_that_the_office_program_shows() {
    let book = Workbook::of(&[&["单位名称", "", "日期"], &[], &["甲厂 & 𠮷", "#0.25", "@43636"]]);
    let (rows, ended) = read(&book.bytes()).await.unwrap();
    let places: Vec<(u32, Vec<u16>)> = rows.iter().map(|r| (r.row, r.cells.iter().map(|c| c.0).collect())).collect();
    assert_eq!(places, [(1, vec![0, 2]), (3, vec![0, 1, 2])]);
    assert_eq!(rows[1].cells[0].1, Cell::Text("甲厂 & 𠮷".into()));
    assert_eq!(rows[1].cells[1].1, Cell::Number(0.25));
    assert_eq!(rows[1].cells[2].1.text(), "2019-06-20");
    assert_eq!(ended.sheets, ["名单"]);
}

#[tokio::test]
async fn days_count_from_the_workbook_s_own_base() {
    let (rows, _) = read(&Workbook::of(&[&["@42174"]]).based_1904().bytes()).await.unwrap();
    assert_eq!(rows[0].cells[0].1.text(), "2019-06-20");
}

#[tokio::test]
async fn hidden_sheets_are_left_alone_and_named() {
    let book = Workbook::of(&[&["甲"]]).with("内部", &[&["秘密"]]).hidden();
    let (rows, ended) = read(&book.bytes()).await.unwrap();
    assert_eq!((rows.len(), ended.hidden), (1, vec!["内部".to_owned()]));
}

#[tokio::test]
async fn a_sheet_that_lies_about_its_size_is_read_for_what_it_holds() {
    let lying = sheet(&format!("<row r=\"1\">{}</row>", text("A1", "甲厂")))
        .replace("<sheetData>", "<dimension ref=\"A1:XFD1048576\"/><sheetData>");
    let (rows, _) = read(&Workbook::new().raw("名单", lying).bytes()).await.unwrap();
    assert_eq!(rows.len(), 1);
}

#[tokio::test]
async fn too_many_columns_and_far_corners_are_refused_by_address() {
    let wide: String = (0..600).map(|n| format!("<c><v>{n}</v></c>")).collect();
    let wide = refusal(&Workbook::new().raw("名单", sheet(&format!("<row r=\"1\">{wide}</row>"))).bytes()).await;
    assert!(wide.contains("SS1单元格") && wide.contains("最多512列"), "{wide}");
    let corner = sheet(&format!("<row r=\"1048576\">{}</row>", text("XFD1048576", "x")));
    let corner = refusal(&Workbook::new().raw("名单", corner).bytes()).await;
    assert!(corner.contains("XFD1048576单元格"), "{corner}");
    let beyond = sheet(&format!("<row r=\"4000000000\">{}</row>", text("A4000000000", "x")));
    assert!(refusal(&Workbook::new().raw("名单", beyond).bytes()).await.contains("超出可读取的范围"));
}

#[tokio::test]
async fn bombs_are_counted_while_they_inflate() {
    let mut spaces = b"<a>".to_vec();
    spaces.resize(530 * 1024 * 1024, b' ');
    let bomb = refusal(&Workbook::of(&[&["甲"]]).part("xl/media/a.xml", spaces).bytes()).await;
    assert!(bomb.contains("展开后过大"), "{bomb}");
    let mut texts = b"<sst>".to_vec();
    texts.extend(b"<si/>".repeat(3_100_000));
    let texts = refusal(&Workbook::of(&[&["甲"]]).part("xl/sharedStrings.xml", texts).bytes()).await;
    assert!(texts.contains("展开后过大"), "{texts}");
}

#[tokio::test]
async fn a_child_that_dies_or_babbles_is_told_in_one_sentence() {
    for program in ["/bin/false", "/bin/echo"] {
        let mut file = spool().unwrap();
        file.write_all(&Workbook::of(&[&["甲"]]).bytes()).unwrap();
        let mut rows = rows(Path::new(program), file).await.unwrap();
        assert_eq!(rows.next().await.unwrap_err().to_string(), ABNORMAL, "{program}");
    }
}

#[tokio::test]
async fn what_a_file_says_of_itself_sets_no_room_aside() {
    // Room for as many texts as the file says would be 10^16 times that of one.
    let greedy = b"<sst uniqueCount=\"9999999999999999\"><si><t>a</t></si></sst>".to_vec();
    let taken = read(&Workbook::of(&[&["甲"]]).part("xl/sharedStrings.xml", greedy).bytes()).await;
    assert_eq!(taken.unwrap().0.len(), 1);
    let address = sheet(&format!("<row r=\"1\">{}</row>", text("ZZZZZZZZZZZZ99999999999", "x")));
    assert_ne!(refusal(&Workbook::new().raw("名单", address).bytes()).await, "");
    let good = Workbook::of(&[&["甲"]]).bytes();
    assert_eq!(refusal(&good[..good.len() / 2]).await, ABNORMAL, "cut in half");
    assert_eq!(read(&good).await.unwrap().0.len(), 1, "the next file is read as ever");
}

#[tokio::test]
async fn archives_that_no_office_program_writes_are_refused() {
    for name in ["../../etc/cron.d/x", "/etc/x", "xl\\evil.xml", "XL/Styles.xml", "a//b.xml"] {
        let said = refusal(&Workbook::of(&[&["甲"]]).part(name, *b"<x/>").bytes()).await;
        assert_eq!(said, ABNORMAL, "{name}");
    }
    let many = (0..10_001).fold(Workbook::of(&[&["甲"]]), |book, n| book.part(&format!("a/{n}.xml"), *b"<a/>"));
    assert_eq!(refusal(&many.bytes()).await, ABNORMAL);
    let entity = sheet("").replace("<worksheet", "<!DOCTYPE a [<!ENTITY b \"c\">]><worksheet");
    assert_eq!(refusal(&Workbook::new().raw("名单", entity).bytes()).await, ABNORMAL);
    let macros = refusal(&Workbook::of(&[&["甲"]]).part("xl/vbaProject.bin", *b"x").bytes()).await;
    assert!(macros.contains("含有宏"), "{macros}");
}

#[tokio::test]
async fn other_kinds_of_file_are_named_with_the_way_to_save_them() {
    let ole = [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..], &[0; 1024]].concat();
    for (bytes, word) in [
        (ole, ".xls"),
        (locked_workbook(), "打开密码"),
        (b"<html><table><tr><td>1</td></tr></table>".to_vec(), "网页格式"),
        (b"%PDF-1.4".to_vec(), "PDF"),
        (Vec::new(), "空的"),
    ] {
        let said = refusal(&bytes).await;
        assert!(said.contains(word) && !said.contains("异常"), "{said}");
    }
}

#[tokio::test]
async fn a_text_file_is_read_without_its_guards() {
    let (rows, ended) = read("\u{feff}单位名称,信用代码\r\n甲厂,=\"91350100M000100Y43\"\r\n".as_bytes()).await.unwrap();
    assert_eq!(rows[1].cells[1].1.text(), "91350100M000100Y43");
    assert_eq!((rows[1].row, ended.sheets.as_slice()), (2, &["CSV".to_owned()][..]));
}
