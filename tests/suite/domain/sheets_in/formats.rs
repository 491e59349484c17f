//! The same table in every format that offices keep.

use super::{Taken, shown, take};
use crate::support::Workbook;
use crate::support::corpus::{converted, office_table};
use zhengzhi::platform::sheet::{Cell, Merge};

fn areas(taken: &Taken) -> Vec<(u32, u16, u32, u16)> {
    let area = |m: &Merge| (m.first_row, m.first_col, m.last_row, m.last_col);
    let mut areas: Vec<_> = taken.sheets[0].merges.iter().map(area).collect();
    areas.sort_unstable();
    areas
}

#[tokio::test]
async fn one_table_reads_alike_as_xlsx_as_xls_and_as_ods() {
    let xlsx = office_table().bytes();
    for (format, bytes) in [("xls", converted(&xlsx, "xls")), ("ods", converted(&xlsx, "ods")), ("xlsx", xlsx.clone())] {
        let taken = take(&bytes).await.unwrap_or_else(|e| panic!("{format}: {e}"));
        assert_eq!(
            (taken.ended.sheets.as_slice(), taken.ended.hidden.as_slice()),
            (&["台账".to_owned()][..], &["内部".to_owned()][..])
        );
        assert_eq!((taken.sheets.len(), &*taken.sheets[0].name, taken.sheets[0].too_many_merges), (1, "台账", false));
        let merges =
            [(3, 2, 3, 6), (4, 2, 5, 2), (4, 3, 4, 4), (4, 5, 5, 5), (4, 6, 5, 6), (6, 2, 8, 2), (6, 3, 8, 3), (6, 4, 8, 4)];
        assert_eq!(areas(&taken), merges, "{format}");
        let numbers: Vec<u32> = taken.rows.iter().map(|r| r.row).collect();
        assert_eq!(numbers, (2..=12).collect::<Vec<u32>>(), "{format}: as on screen, nothing above");
        let row = |number: u32| taken.rows.iter().find(|r| r.row == number).unwrap();
        let own = |text: &str| text.to_owned();
        let head = vec![(2, own("序号")), (3, own("企业名称")), (4, own("信用代码")), (5, own("存在问题")), (6, own("完成时限"))];
        assert_eq!((shown(row(5)), row(5).carried.as_slice()), ((5, head), &[2, 5, 6][..]), "{format}");
        let second =
            vec![(2, own("1")), (3, own("甲厂")), (4, own("91350100M000100Y43")), (5, own("2．废水直排")), (6, own("6月底前"))];
        assert_eq!((shown(row(7)), row(7).carried.as_slice()), ((7, second), &[2, 3, 4][..]), "{format}: carried down");
        assert_eq!(row(6).cell(6).map(Cell::text).as_deref(), Some("2019-06-20"), "{format}");
        assert_eq!(row(8).cell(6), Some(&Cell::Number(43636.0)), "{format}: no day by its format");
        assert_eq!(row(10).cell(4), None, "{format}: nothing goes beyond a merge");
        assert_eq!(row(10).carried, [] as [u16; 0]);
    }
}

#[tokio::test]
async fn days_of_1904_are_days_in_the_old_format_too() {
    let book = Workbook::of(&[&["日期"], &["@42174"]]).based_1904().bytes();
    for bytes in [converted(&book, "xls"), book] {
        assert_eq!(take(&bytes).await.unwrap().rows[1].cells[0].1.text(), "2019-06-20");
    }
}

#[tokio::test]
async fn text_files_are_read_in_the_encodings_that_office_programs_save() {
    let text = "单位名称\t代码\t电话\r\n甲厂𠮷\t=\"001\"\t'0355\r\n";
    let (gb, _, _) = encoding_rs::GB18030.encode(text);
    let little = [&[0xFF, 0xFE][..], &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()].concat();
    let big = [&[0xFE, 0xFF][..], &text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>()].concat();
    let marked = format!("\u{feff}{text}").into_bytes();
    let commas = text.replace('\t', ",").into_bytes();
    for (name, bytes) in
        [("GB18030", gb.to_vec()), ("UTF-16LE", little), ("UTF-16BE", big), ("UTF-8 BOM", marked), ("UTF-8", commas)]
    {
        let taken = take(&bytes).await.unwrap_or_else(|e| panic!("{name}: {e}"));
        let rows: Vec<_> = taken.rows.iter().map(shown).collect();
        let own = |text: &str| text.to_owned();
        assert_eq!(rows[0], (1, vec![(0, own("单位名称")), (1, own("代码")), (2, own("电话"))]), "{name}");
        assert_eq!(rows[1], (2, vec![(0, own("甲厂𠮷")), (1, own("001")), (2, own("0355"))]), "{name}");
    }
}

#[tokio::test]
async fn more_merges_than_anybody_makes_are_told_and_not_carried() {
    let areas: Vec<String> = (0..200_001).map(|n| format!("A{}:A{}", 2 * n % 1_000_000 + 1, 2 * n % 1_000_000 + 2)).collect();
    let areas: Vec<&str> = areas.iter().map(String::as_str).collect();
    let taken = take(&Workbook::of(&[&["甲"], &["", "乙"]]).merged(&areas).bytes()).await.unwrap();
    assert!(taken.sheets[0].too_many_merges && taken.sheets[0].merges.is_empty());
    assert_eq!((taken.rows.len(), taken.rows[1].cell(0)), (2, None));
}
