//! Written workbooks: nothing in them that a spreadsheet program refuses, repairs or runs.

use crate::support::workbook;
use chrono::NaiveDate;
use std::io::Read;
use zhengzhi::platform::sheet::{Head, Kind, Layout, Paper, SheetError, SheetWriter, Value};

fn column(group: &str, text: &str, kind: Kind) -> Head {
    Head { group: group.into(), text: text.into(), note: "按营业执照填写".into(), width: 12.0, kind, hidden: false }
}

fn layout(name: &str) -> Layout {
    Layout {
        name: name.into(),
        mark: "附件9".into(),
        title: "测试表".into(),
        line: ["填报单位：甲".into(), "数据截止日期：2019年6月27日".into(), "金额单位：万元".into()],
        columns: vec![
            column("", "序号", Kind::Number),
            column("单位", "名称", Kind::Text),
            column("单位", "代码", Kind::Code),
            column("整改", "日期", Kind::Date),
            column("整改", "金额", Kind::Money),
            column("", "率", Kind::Percent),
        ],
        frozen: 2,
        paper: Paper::A3,
        footer: ["口径：实时 & 未冻结".into(), "2019年6月20日".into()],
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

async fn finish(writer: SheetWriter) -> Vec<u8> {
    let mut bytes = Vec::new();
    writer.finish().await.unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

fn start() -> SheetWriter {
    SheetWriter::start("测试", NaiveDate::from_ymd_opt(2019, 6, 20).unwrap().and_hms_opt(10, 0, 0).unwrap())
}

#[tokio::test]
async fn what_is_written_is_read_back_cell_by_cell() {
    let mut writer = start();
    let sheet = writer.add(layout("潞州区")).await.unwrap();
    let day = NaiveDate::from_ymd_opt(2019, 6, 20).unwrap();
    let row = vec![
        Value::Number(1.0),
        text("𠮷祥砖厂"),
        text("91350100M000100Y43"),
        Value::Date(day),
        Value::Number(12.5001),
        Value::Number(0.755),
    ];
    writer.rows(sheet, vec![row, vec![Value::Blank; 6]]).await.unwrap();
    writer.total(sheet, vec![text("合计")]).await.unwrap();
    writer.sentence(sheet, "合计：1家").await.unwrap();
    writer.note(sheet, "填报人：").await.unwrap();
    let bytes = finish(writer).await;
    let grid = workbook::grid(&bytes, "潞州区");
    assert_eq!(grid[0][0], "附件9");
    assert_eq!(grid[1][0], "测试表");
    assert_eq!(grid[2], ["填报单位：甲", "", "数据截止日期：2019年6月27日", "", "金额单位：万元", ""]);
    assert_eq!(grid[3], ["序号", "单位", "", "整改", "", "率"]);
    assert_eq!(grid[4], ["", "名称", "代码", "日期", "金额", ""]);
    assert_eq!(grid[5], ["1", "𠮷祥砖厂", "91350100M000100Y43", "2019-06-20", "12.5001", "0.755"]);
    assert_eq!(grid[6], [""; 6]);
    assert_eq!((grid[7][0].as_str(), grid[8][0].as_str(), grid[9][0].as_str()), ("合计", "合计：1家", "填报人："));
}

#[tokio::test]
async fn a_sheet_prints_on_a3_with_its_head_on_every_page() {
    let mut writer = start();
    let sheet = writer.add(layout("潞州区")).await.unwrap();
    let day = Value::Date(NaiveDate::from_ymd_opt(2019, 6, 20).unwrap());
    writer.rows(sheet, vec![vec![day.clone(), day.clone(), day.clone(), day]]).await.unwrap();
    let bytes = finish(writer).await;
    let xml = workbook::part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(xml.contains("paperSize=\"8\"") && xml.contains("orientation=\"landscape\""), "{xml}");
    assert!(xml.contains("fitToHeight=\"0\"") && xml.contains("<pageSetUpPr fitToPage=\"1\"/>"));
    assert!(xml.contains("第 &amp;P 页　共 &amp;N 页") && xml.contains("实时 &amp;&amp; 未冻结"));
    assert!(xml.contains("xSplit=\"2\" ySplit=\"5\"") && xml.contains("state=\"frozen\""));
    assert!(workbook::part(&bytes, "xl/workbook.xml").contains("潞州区!$4:$5"));
    let styles = workbook::part(&bytes, "xl/styles.xml");
    for wanted in ["仿宋_GB2312", "方正小标宋简体", "yyyy-mm-dd", "numFmtId=\"49\""] {
        assert!(styles.contains(wanted), "{wanted}: {styles}");
    }
    assert!(workbook::part(&bytes, "xl/comments1.xml").contains("按营业执照填写"));
}

#[tokio::test]
async fn hostile_content_becomes_plain_cells() {
    let mut writer = start();
    for name in ["a/b:c*d?[e]\\", "history", "潞州区", "潞州区", &"长".repeat(60)] {
        let sheet = writer.add(layout(name)).await.unwrap();
        let old = Value::Date(NaiveDate::from_ymd_opt(1899, 1, 1).unwrap());
        let row = |value: &str| {
            vec![Value::Number(f64::NAN), text(value), text("=1+1"), old.clone(), Value::Number(f64::INFINITY), Value::Blank]
        };
        let hostile =
            ["=cmd|' /C calc'!A0", "@SUM(A1)", "a\u{0}\u{1}\u{b}b", "<x>&amp;]]>", "_x0041_", &"长".repeat(40_000)].map(row);
        writer.rows(sheet, hostile.to_vec()).await.unwrap();
    }
    let bytes = finish(writer).await;
    let names = workbook::sheets(&bytes);
    assert_eq!(names.len(), 5);
    assert!(
        names.iter().all(|n| n.encode_utf16().count() <= 31 && !n.contains([':', '*', '?', '/', '\\', '[', ']'])),
        "{names:?}"
    );
    let parts = workbook::parts(&bytes);
    for (name, xml) in parts.iter().filter(|(n, _)| n.starts_with("xl/worksheets/sheet")) {
        assert!(!xml.contains("<f>") && !xml.contains("<f "), "{name} holds a formula");
        assert!(!xml.contains("NaN") && !xml.contains("inf"), "{name}");
        assert!(xml.chars().all(|c| !c.is_control() || c == '\n'), "{name}");
        let merges: Vec<&str> = xml.split("<mergeCell ref=\"").skip(1).map(|m| m.split('"').next().unwrap()).collect();
        let mut distinct = merges.clone();
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(distinct.len(), merges.len());
    }
    let grid = workbook::grid(&bytes, &names[2]);
    let column: Vec<&str> = grid[5..11].iter().map(|row| row[1].as_str()).collect();
    assert_eq!(column[..5], ["=cmd|' /C calc'!A0", "@SUM(A1)", "ab", "<x>&amp;]]>", "_x0041_"]);
    assert_eq!(column[5].encode_utf16().count(), 32_767);
    assert_eq!((grid[5][0].as_str(), grid[5][3].as_str(), grid[5][4].as_str()), ("", "1899-01-01", ""));
}

#[tokio::test]
async fn a_narrow_sheet_merges_nothing_that_is_one_cell() {
    let mut writer = start();
    let columns = vec![column("组", "甲", Kind::Text)];
    let sheet = writer.add(Layout { columns, ..layout("窄") }).await.unwrap();
    writer.sentence(sheet, "合计").await.unwrap();
    let bytes = finish(writer).await;
    assert!(!workbook::part(&bytes, "xl/worksheets/sheet1.xml").contains("<mergeCell "));
}

#[tokio::test]
async fn rows_of_a_sheet_that_was_never_opened_end_in_an_error() {
    let writer = start();
    writer.rows(3, vec![vec![text("甲")]]).await.unwrap();
    assert!(matches!(writer.finish().await, Err(SheetError::NoSheet)));
}
