//! Workbooks made by hand, part by part: good ones as offices send them, and such as were made to harm.

use std::io::{Cursor, Write};
use zip::write::{SimpleFileOptions, ZipWriter};

/// A workbook in the making.
pub struct Workbook {
    sheets: Vec<(String, String, &'static str)>,
    parts: Vec<(String, Vec<u8>)>,
    base_1904: bool,
    styles: Option<String>,
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A cell of text.
pub fn text(address: &str, text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    format!("<c r=\"{address}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
}

/// A sheet around its rows of XML.
pub fn sheet(rows: &str) -> String {
    format!("<?xml version=\"1.0\"?><worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>")
}

fn address(row: usize, column: usize) -> String {
    format!("{}{row}", zhengzhi::platform::sheet::column_letters(u16::try_from(column).unwrap()))
}

impl Workbook {
    /// Without sheets.
    pub fn new() -> Self {
        Self { sheets: Vec::new(), parts: Vec::new(), base_1904: false, styles: None }
    }

    /// One sheet 名单 of text cells; an empty text is no cell. A cell that begins with `#` is a raw number: `#43636`; with
    /// `@`, a serial day in a date format: `@43636`.
    pub fn of(rows: &[&[&str]]) -> Self {
        Self::new().with("名单", rows)
    }

    /// A further sheet of cells.
    pub fn with(self, name: &str, rows: &[&[&str]]) -> Self {
        let mut xml = String::new();
        for (row, cells) in (1..).zip(rows) {
            xml.push_str(&format!("<row r=\"{row}\">"));
            for (column, cell) in cells.iter().enumerate().filter(|(_, c)| !c.is_empty()) {
                let at = address(row, column);
                xml.push_str(&match (cell.strip_prefix('#'), cell.strip_prefix('@')) {
                    (Some(number), _) => format!("<c r=\"{at}\"><v>{number}</v></c>"),
                    (_, Some(day)) => format!("<c r=\"{at}\" s=\"1\"><v>{day}</v></c>"),
                    _ => text(&at, cell),
                });
            }
            xml.push_str("</row>");
        }
        self.raw(name, sheet(&xml))
    }

    /// A further sheet as XML.
    pub fn raw(mut self, name: &str, xml: String) -> Self {
        self.sheets.push((name.to_owned(), xml, "visible"));
        self
    }

    /// Merges cells of the last sheet: `A1:B2`.
    pub fn merged(mut self, areas: &[&str]) -> Self {
        let merges: String = areas.iter().map(|a| format!("<mergeCell ref=\"{a}\"/>")).collect();
        let xml = &mut self.sheets.last_mut().unwrap().1;
        *xml = xml.replace("</sheetData>", &format!("</sheetData><mergeCells count=\"{}\">{merges}</mergeCells>", areas.len()));
        self
    }

    /// Hides the last sheet.
    pub fn hidden(mut self) -> Self {
        self.sheets.last_mut().unwrap().2 = "hidden";
        self
    }

    /// Counts days from 1904, as old Macintosh programs did.
    pub fn based_1904(mut self) -> Self {
        self.base_1904 = true;
        self
    }

    /// Styles of its own, as XML.
    pub fn styled(mut self, styles: &str) -> Self {
        self.styles = Some(styles.to_owned());
        self
    }

    /// A further part.
    pub fn part(mut self, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.parts.push((name.to_owned(), bytes.into()));
        self
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let mut put = |name: &str, bytes: &[u8]| {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        };
        let sheet_type = |number: usize| kind(&format!("/xl/worksheets/sheet{number}.xml"), "worksheet");
        let sheet_types: String = (1..=self.sheets.len()).map(sheet_type).collect();
        let types = format!(
            "<?xml version=\"1.0\"?><Types xmlns=\"{PACKAGE}/content-types\">\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>{}{}{sheet_types}</Types>",
            kind("/xl/workbook.xml", "sheet.main"),
            kind("/xl/styles.xml", "styles"),
        );
        put("[Content_Types].xml", types.as_bytes());
        put("_rels/.rels", relations(&[("r1".into(), "officeDocument", "xl/workbook.xml".into())]).as_bytes());
        let (mut list, mut links) = (String::new(), Vec::new());
        for (number, (name, _, state)) in (1..).zip(&self.sheets) {
            list.push_str(&format!("<sheet name=\"{name}\" sheetId=\"{number}\" state=\"{state}\" r:id=\"r{number}\"/>"));
            links.push((format!("r{number}"), "worksheet", format!("worksheets/sheet{number}.xml")));
        }
        links.push(("styles".into(), "styles", "styles.xml".into()));
        if self.parts.iter().any(|(name, _)| name == "xl/sharedStrings.xml") {
            links.push(("texts".into(), "sharedStrings", "sharedStrings.xml".into()));
        }
        let base = if self.base_1904 { "<workbookPr date1904=\"1\"/>" } else { "" };
        let book = format!(
            "<?xml version=\"1.0\"?><workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\">{base}<sheets>{list}</sheets></workbook>"
        );
        put("xl/workbook.xml", book.as_bytes());
        put("xl/_rels/workbook.xml.rels", relations(&links).as_bytes());
        let styles = format!(
            "<?xml version=\"1.0\"?><styleSheet xmlns=\"{MAIN}\"><fonts count=\"1\"><font/></fonts>\
             <fills count=\"1\"><fill/></fills><borders count=\"1\"><border/></borders><cellXfs count=\"2\"><xf numFmtId=\"0\"/>\
             <xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>"
        );
        put("xl/styles.xml", self.styles.as_ref().unwrap_or(&styles).as_bytes());
        for (number, (_, xml, _)) in (1..).zip(&self.sheets) {
            put(&format!("xl/worksheets/sheet{number}.xml"), xml.as_bytes());
        }
        for (name, bytes) in &self.parts {
            put(name, bytes);
        }
        zip.finish().unwrap().into_inner()
    }
}

fn kind(part: &str, kind: &str) -> String {
    let office = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    format!("<Override PartName=\"{part}\" ContentType=\"{office}.{kind}+xml\"/>")
}

fn relations(links: &[(String, &str, String)]) -> String {
    let lines: String = links
        .iter()
        .map(|(id, kind, target)| format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>"))
        .collect();
    format!("<?xml version=\"1.0\"?><Relationships xmlns=\"{PACKAGE}/relationships\">{lines}</Relationships>")
}

/// A list of units as an office sends it: a title, headings, units, a sum. Names and codes are invented.
pub fn units_list() -> Workbook {
    Workbook::of(&[
        &["潞州区排污单位名单"],
        &["序号", "企业名称", "统一社会信用代码", "所在乡镇", "行业类别", "联系人", "电话", "有效期至", "地址"],
        &[
            "1",
            "长治市青禾焦化有限公司",
            "91350100M000100Y43",
            "马厂镇",
            "2521 炼焦",
            "王某",
            "0355-2012345",
            "@44196",
            "马厂镇东街1号",
        ],
        &["2", "长治市白石建材厂", "", "黄碾镇", "#3031", "", "#13812340000", "2020年12月31日", ""],
        &["合计", "2家"],
    ])
}

/// A workbook under a password, as far as its wrapping goes (OLE2 with a stream EncryptedPackage).
pub fn locked_workbook() -> Vec<u8> {
    const END: u32 = 0xFFFF_FFFE;
    const FREE: u32 = 0xFFFF_FFFF;
    let words = |words: &[u32]| -> Vec<u8> { words.iter().flat_map(|w| w.to_le_bytes()).collect() };
    let mut file = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    file.resize(24, 0);
    for short in [0x3E_u16, 3, 0xFFFE, 9, 6, 0, 0, 0] {
        file.extend(short.to_le_bytes());
    }
    // Sectors of the directory, of the table; where the directory begins; no small streams; the table is sector 0.
    file.extend(words(&[0, 1, 1, 0, 4096, END, 0, END, 0, 0]));
    file.extend(words(&[FREE; 108]));
    file.extend(words(&[0xFFFF_FFFD, END]));
    file.extend(words(&[FREE; 126]));
    for (name, kind) in [("Root Entry", 5_u8), ("EncryptedPackage", 2), ("", 0), ("", 0)] {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = u16::try_from(if name.is_empty() { 0 } else { entry.len() + 2 }).unwrap();
        entry.resize(64, 0);
        entry.extend(length.to_le_bytes());
        entry.extend([kind, 1]);
        entry.extend(words(&[FREE, FREE, if kind == 5 { 1 } else { FREE }]));
        entry.resize(116, 0);
        entry.extend(words(&[END, 0, 0]));
        file.extend(entry);
    }
    file
}
