//! Workbooks beside another reader of them (calamine): whatever it finds in a cell, ours finds too.

use super::{Taken, take};
use crate::support::corpus::{Named, converted, habits, harmless};
use crate::support::{Workbook, sheet, text};
use calamine::{DataRef, Reader, SheetVisible, Xlsx};
use chrono::NaiveDate;
use std::io::Cursor;
use zhengzhi::platform::sheet::Cell;

/// Sheet, row (from 1), column (from 0) and content.
type Found = (String, u32, u16, Cell);

/// What the other reader finds on the sheets that a person sees.
fn theirs(bytes: &[u8]) -> Vec<Found> {
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let seen: Vec<String> =
        book.sheets_metadata().iter().filter(|s| s.visible == SheetVisible::Visible).map(|s| s.name.clone()).collect();
    let mut found = Vec::new();
    for name in seen {
        let mut cells = book.worksheet_cells_reader(&name).unwrap();
        while let Some(cell) = cells.next_cell().unwrap() {
            let (row, column) = cell.get_position();
            let content = content(cell.get_value()).filter(|content| !content.is_blank());
            found.extend(content.map(|content| (name.clone(), row + 1, u16::try_from(column).unwrap(), content)));
        }
    }
    found
}

fn content(value: &DataRef<'_>) -> Option<Cell> {
    Some(match value {
        DataRef::Empty => return None,
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(text) => Cell::Text(text.as_str().into()),
        DataRef::SharedString(text) => Cell::Text((*text).into()),
        DataRef::Bool(yes) => Cell::Bool(*yes),
        DataRef::DateTime(moment) if moment.is_datetime() && moment.as_f64() >= 1.0 => {
            Cell::Date(moment.as_datetime().unwrap().date())
        }
        DataRef::DateTime(moment) => Cell::Number(moment.as_f64()),
        DataRef::DateTimeIso(text) => Cell::Date(text[..10].parse::<NaiveDate>().unwrap()),
        DataRef::DurationIso(text) => Cell::Text(text.as_str().into()),
        DataRef::Error(error) => Cell::Error(error.to_string().into()),
    })
}

/// What ours finds, without what it carries down from merges.
fn ours(taken: Taken) -> Vec<Found> {
    let own = |row: zhengzhi::platform::sheet::Row| {
        let (name, number, carried) = (row.sheet.to_string(), row.row, row.carried);
        let own = row.cells.into_iter().filter(move |(column, _)| !carried.contains(column));
        own.map(move |(column, content)| (name.clone(), number, column, content))
    };
    taken.rows.into_iter().flat_map(own).collect()
}

/// Every kind of cell that the standard has, as different programs write them.
fn every_kind() -> Workbook {
    let rows = [
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\"><v>2</v></c>\
         <c r=\"D1\" t=\"s\"><v>3</v></c><c r=\"E1\" t=\"s\"><v>4</v></c></row>",
        "<row><c><v>-1.5e3</v></c><c/><c t=\"n\"><v>0.1</v></c><c r=\"F2\"><v>12</v></c><c><v>13</v></c></row>",
        "<row r=\"4\" spans=\"1:9\"><c r=\"A4\" s=\"1\"><v>43636</v></c><c r=\"B4\" s=\"2\"><v>43636.75</v></c>\
         <c r=\"C4\" s=\"3\"><v>0.5</v></c><c r=\"D4\" s=\"4\"><v>1.25</v></c><c r=\"E4\" s=\"5\"><v>43636</v></c>\
         <c r=\"F4\" s=\"99\"><v>43636</v></c><c r=\"G4\" s=\"1\"><v>59</v></c><c r=\"H4\" s=\"1\"><v>60</v></c></row>",
        "<row r=\"5\"><c r=\"A5\" t=\"b\"><v>1</v></c><c r=\"B5\" t=\"b\"><v>false</v></c><c r=\"C5\" t=\"e\"><v>#N/A</v></c>\
         <c r=\"D5\" t=\"str\"><f>A1&amp;\"&lt;\"</f><v>甲&lt;_x000D_乙</v></c><c r=\"E5\" t=\"d\"><v>2019-06-20T08:00:00</v></c>\
         <c r=\"F5\"><f>1+1</f><v>2</v></c><c r=\"G5\"><f>1/0</f></c><c r=\"H5\"><v></v></c><c r=\"I5\"><v/></c></row>",
        "<row r=\"6\"/><row r=\"7\"></row>",
        "<row r=\"8\"><c r=\"A8\" t=\"inlineStr\"><is><t xml:space=\"preserve\"> 甲 </t></is></c>\
         <c r=\"B8\" t=\"inlineStr\"><is><r><t>甲</t></r><r><t>乙</t></r><rPh sb=\"0\" eb=\"1\"><t>JIA</t></rPh></is></c>\
         <c r=\"C8\" t=\"inlineStr\"><is><t>a&#10;b&#x4E8C;&quot;</t></is></c><c r=\"D8\"><v>二</v></c></row>",
    ];
    let texts = "<sst><si><t>甲厂</t></si><si><r><rPr><b/></rPr><t xml:space=\"preserve\">乙 </t></r><r><t>厂</t></r></si>\
                 <si/><si><t> 丙\r\n厂&amp; </t></si><si><t>_x005F_x0041_</t><phoneticPr fontId=\"1\"/></si></sst>";
    let styles = "<styleSheet><numFmts count=\"3\"><numFmt numFmtId=\"165\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/>\
                  <numFmt numFmtId=\"166\" formatCode=\"[h]:mm\"/><numFmt numFmtId=\"167\" formatCode=\"0&quot;days&quot;\"/></numFmts>\
                  <cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>\
                  <xf numFmtId=\"165\"><alignment/></xf><xf numFmtId=\"20\"/><xf numFmtId=\"166\"/><xf numFmtId=\"167\"/></cellXfs>\
                  </styleSheet>";
    let book = Workbook::new().raw("各种", sheet(&rows.concat())).raw("空", sheet(""));
    book.part("xl/sharedStrings.xml", texts.as_bytes().to_vec()).styled(styles)
}

#[tokio::test]
async fn each_cell_is_found_that_another_reader_finds() {
    let every_kind = every_kind().bytes();
    let prefixed = sheet(&format!("<row r=\"1\">{}</row>", text("A1", "甲厂")));
    let prefixed = prefixed.replace("</", "\u{1}").replace('<', "<x:").replace('\u{1}', "</x:").replace("<x:?", "<?");
    let mut books: Vec<Named> =
        habits().into_iter().chain(harmless()).filter(|(_, bytes)| Xlsx::new(Cursor::new(bytes)).is_ok()).collect();
    let resaved: Vec<Named> = books.iter().map(|(name, bytes)| (*name, converted(bytes, "xlsx"))).collect();
    books.extend(resaved);
    books.push(("every kind, saved again", converted(&every_kind, "xlsx")));
    books.push(("every kind", every_kind));
    books.push(("with a prefix", Workbook::new().raw("名单", prefixed).bytes()));
    for (name, bytes) in &books {
        let taken = take(bytes).await.unwrap_or_else(|said| panic!("{name}: {said}"));
        let theirs = theirs(bytes);
        assert!(!theirs.is_empty(), "{name}");
        assert_eq!(ours(taken), theirs, "{name}");
    }
    assert!(books.len() >= 12, "{}", books.len());
}

#[tokio::test]
async fn what_no_standard_knows_is_kept_as_it_is_written() {
    let row = "<row r=\"1\"><c r=\"A1\" t=\"e\"><v>#SPILL!</v></c><c r=\"B1\" t=\"n\"><v>五</v></c><c r=\"C1\" t=\"新\"><v>甲</v></c>\
               <c r=\"D1\"><v>7</v><extLst><ext><v>8</v></ext></extLst></c><c r=\"E1\" t=\"b\"><v>也许</v></c>\
               <c r=\"F1\" t=\"inlineStr\"><is><t>乙</t></is><v>9</v></c></row>";
    let taken = take(&Workbook::new().raw("名单", sheet(row)).bytes()).await.unwrap();
    let text = |text: &str| Cell::Text(text.into());
    let wanted = [Cell::Error("#SPILL!".into()), text("五"), text("甲"), Cell::Number(7.0), text("也许"), text("乙")];
    assert_eq!(ours(taken).into_iter().map(|(.., content)| content).collect::<Vec<_>>(), wanted);
}
