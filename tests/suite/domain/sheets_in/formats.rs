//! The same table in every format that offices keep.

use super::{Taken, shown, take};
use crate::support::corpus::{converted, ods, office_table};
use crate::support::{Workbook, sheet, text};
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
async fn a_filter_hides_nothing_and_formatted_emptiness_is_nothing() {
    let row = |number: u32, hidden: &str, name: &str| {
        let cells = format!("{}{}", text(&format!("A{number}"), name), text(&format!("B{number}"), "键"));
        format!("<row r=\"{number}\"{hidden}>{cells}<c r=\"C{number}\" s=\"1\"/></row>")
    };
    let empty: String =
        (5..=60).map(|n| format!("<row r=\"{n}\"><c r=\"A{n}\" s=\"1\"/><c r=\"B{n}\" s=\"1\"/></row>")).collect();
    let rows = [row(1, "", "名称"), row(2, " hidden=\"1\"", "甲厂"), row(3, "", " 　"), row(4, "", "乙厂"), empty];
    let columns = "<cols><col min=\"2\" max=\"2\" width=\"9\" hidden=\"1\"/></cols><sheetData>";
    let xlsx = Workbook::new().raw("名单", sheet(&rows.concat()).replace("<sheetData>", columns)).bytes();
    for (format, bytes) in [("xls", converted(&xlsx, "xls")), ("ods", converted(&xlsx, "ods")), ("xlsx", xlsx.clone())] {
        let taken = take(&bytes).await.unwrap_or_else(|e| panic!("{format}: {e}"));
        let rows: Vec<(u32, String)> =
            taken.rows.iter().map(|r| (r.row, shown(r).1.into_iter().map(|(_, text)| text).collect())).collect();
        assert_eq!(rows, [(1, "名称键".into()), (2, "甲厂键".into()), (3, "键".into()), (4, "乙厂键".into())], "{format}");
    }
}

#[tokio::test]
async fn a_cell_of_open_document_is_read_for_what_it_shows() {
    let cell = |attributes: &str, inside: &str| format!("<table:table-cell {attributes}>{inside}</table:table-cell>");
    let row = [
        cell(
            "office:value-type=\"string\"",
            "<text:p>甲厂 &amp;<text:s text:c=\"2\"/>乙<text:span>厂</text:span></text:p>\n  <text:p>第二行&#x4E00;</text:p>",
        ),
        cell("office:value-type=\"string\"", "<office:annotation><text:p>批注</text:p></office:annotation><text:p>丙</text:p>"),
        cell("office:value-type=\"percentage\" office:value=\"0.755\"", "<text:p>75.5%</text:p>"),
        cell("office:value-type=\"date\" office:date-value=\"2019-06-20T08:00:00\"", "<text:p>6月20日</text:p>"),
        cell("office:value-type=\"boolean\" office:boolean-value=\"true\"", "<text:p>TRUE</text:p>"),
        cell("office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"", "<text:p>#N/A</text:p>"),
        cell("office:value-type=\"float\" office:value=\"7\" table:number-columns-repeated=\"2\"", "<text:p>7</text:p>"),
    ];
    let row = format!("<table:table-row table:number-rows-repeated=\"2\">{}</table:table-row>", row.concat());
    let gap = "<table:table-row table:number-rows-repeated=\"97\"><table:table-cell/></table:table-row>";
    let taken = take(&ods(&format!("<table:table table:name=\"表\">{gap}{row}</table:table>"))).await.unwrap();
    assert_eq!(taken.rows.iter().map(|r| r.row).collect::<Vec<_>>(), [98, 99]);
    let cells: Vec<&Cell> = taken.rows[1].cells.iter().map(|(_, cell)| cell).collect();
    assert_eq!(cells[0], &Cell::Text("甲厂 &  乙厂\n第二行一".into()));
    assert_eq!((cells[1], cells[2]), (&Cell::Text("丙".into()), &Cell::Number(0.755)));
    assert_eq!(
        (cells[3].text().into_owned(), cells[4], cells[5]),
        ("2019-06-20".to_owned(), &Cell::Bool(true), &Cell::Error("#N/A".into()))
    );
    assert_eq!(taken.rows[1].cells[6..], [(6, Cell::Number(7.0)), (7, Cell::Number(7.0))]);
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
