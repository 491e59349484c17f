//! Files as they really come: habits of offices, and what was made to harm. All made here, by script.

use super::incoming::{Workbook, sheet, text};
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::Command;
use zip::write::{SimpleFileOptions, ZipWriter};

/// A file and what to call it.
pub type Named = (&'static str, Vec<u8>);

/// A county's table with everything that offices do: titles, a head of two rows, one name merged over several problems, the
/// head once more after a page break, a sum, a signature, a table that begins at C4, a hidden sheet.
pub fn office_table() -> Workbook {
    let head = |book: &[&'static str]| -> Vec<&'static str> { ["", ""].iter().chain(book).copied().collect() };
    let rows: Vec<Vec<&str>> = vec![
        vec![],
        head(&["附件1"]),
        head(&["潞州区违法排污行为大整治问题台账"]),
        head(&["序号", "单位", "", "存在问题", "完成时限"]),
        head(&["", "企业名称", "信用代码", "", ""]),
        head(&["#1", "甲厂", "91350100M000100Y43", "１．废气直排", "@43636"]),
        head(&["", "", "", "2．废水直排", "6月底前"]),
        head(&["", "", "", "3．固废乱堆", "#43636"]),
        head(&["序号", "企业名称", "信用代码", "存在问题", "完成时限"]),
        head(&["#2", "乙厂", "", "无证排污", "2019.6.28"]),
        head(&["合计", "2家"]),
        head(&["填报人：张三"]),
    ];
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    Workbook::new()
        .with("台账", &rows)
        .merged(&["C3:G3", "C4:C5", "D4:E4", "F4:F5", "G4:G5", "C6:C8", "D6:D8", "E6:E8"])
        .with("内部", &[&["秘密"]])
        .hidden()
}

/// A workbook saved by LibreOffice in another format (`xls`, `ods`, `xlsx`).
pub fn converted(xlsx: &[u8], format: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("in.xlsx"), xlsx).unwrap();
    let out = folder.path().join("out");
    let done = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}/profile", folder.path().display()))
        .args(["--headless", "--convert-to", format, "--outdir"])
        .arg(&out)
        .arg(folder.path().join("in.xlsx"))
        .output()
        .expect("LibreOffice (soffice) is needed by the file tests: scripts/prepare test installs it");
    std::fs::read(out.join(Path::new("in").with_extension(format))).unwrap_or_else(|e| panic!("{e}: {done:?}"))
}

/// A table of OpenDocument around its XML.
pub fn ods(tables: &str) -> Vec<u8> {
    let space = "urn:oasis:names:tc:opendocument:xmlns";
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"{space}:office:1.0\" xmlns:table=\"{space}:table:1.0\" \
         xmlns:text=\"{space}:text:1.0\"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>\
         </office:document-content>"
    );
    let manifest = format!("<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\"{space}:manifest:1.0\"/>");
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".to_vec()),
        ("META-INF/manifest.xml", manifest.into_bytes()),
        ("content.xml", content.into_bytes()),
    ])
}

/// The parts of an archive, inflated.
pub fn unzipped(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    (0..zip.len())
        .map(|at| {
            let mut part = zip.by_index(at).ok()?;
            let mut inside = Vec::new();
            part.by_ref().take(16 << 20).read_to_end(&mut inside).ok()?;
            Some((part.name().ok()?.into_owned(), inside))
        })
        .collect()
}

/// An archive of parts.
pub fn zipped(parts: &[(impl AsRef<str>, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name.as_ref(), SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut out = bytes.to_vec();
    let mut at = 0;
    while let Some(found) = out[at..].windows(from.len()).position(|w| w == from) {
        out[at + found..at + found + to.len()].copy_from_slice(to);
        at += found + to.len();
    }
    out
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Small good files of every kind: what the mutator begins with.
pub fn habits() -> Vec<Named> {
    let table = office_table().bytes();
    let (gb, _, _) = encoding_rs::GB18030.encode("单位名称,信用代码\r\n甲厂,=\"91350100M000100Y43\"\r\n");
    vec![
        ("台账.xls", converted(&table, "xls")),
        ("台账.ods", converted(&table, "ods")),
        ("台账.xlsx", table),
        ("1904.xlsx", Workbook::of(&[&["日期", "地址"], &["@42174", "东街"]]).based_1904().bytes()),
        ("gb18030.csv", gb.into_owned()),
        ("utf8.csv", "\u{feff}单位名称,地址\r\n\"甲\n厂\",'0355\r\n".as_bytes().to_vec()),
        ("unicode.txt", wide("\u{feff}单位名称\t地址\r\n甲厂\t东街\r\n")),
    ]
}

/// Files that were made to harm, or came to harm: each must end in one sentence.
pub fn refused() -> Vec<Named> {
    let good = office_table().bytes();
    let plain = || Workbook::of(&[&["甲"]]);
    let raw = |rows: &str| Workbook::new().raw("名单", sheet(rows)).bytes();
    let with_entities = |entities: &str, text: &str| {
        let texts = format!("<?xml version=\"1.0\"?><!DOCTYPE sst [{entities}]><sst><si><t>{text}</t></si></sst>");
        plain().part("xl/sharedStrings.xml", texts.into_bytes()).bytes()
    };
    let laughs: String = (1..20).map(|n| format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10))).collect();
    let long_text = "长".repeat(30_000);
    let texts = format!("<sst><si><t>{long_text}</t></si></sst>");
    let heavy_row = |r: u32| format!("<row r=\"{r}\">{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(10));
    let many_rows: String = (1..=700).map(heavy_row).collect();
    let cell = "<table:table-cell office:value-type=\"float\" office:value=\"1\"";
    let repeated = format!(
        "<table:table table:name=\"a\"><table:table-row table:number-rows-repeated=\"1048576\">{cell} \
         table:number-columns-repeated=\"500\"/></table:table-row></table:table>"
    );
    let wide_row = format!(
        "<table:table table:name=\"a\"><table:table-row>{cell} table:number-columns-repeated=\"4294967295\"/></table:table-row></table:table>"
    );
    let mut wrong_sum = good.clone();
    let central = good.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    wrong_sum[central + 16] ^= 0xFF;
    let mut secret = good.clone();
    for (mark, flag) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let places: Vec<usize> = good.windows(4).enumerate().filter(|(_, w)| w == mark).map(|(at, _)| at).collect();
        places.into_iter().for_each(|at| secret[at + flag] |= 1);
    }
    let twice = plain().part("xl/worksheets/sheet9.xml", sheet("").into_bytes()).bytes();
    let ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    let xls = converted(&good, "xls");
    let mut files = vec![
        ("billion laughs", with_entities(&format!("<!ENTITY a0 \"ha\">{laughs}"), "&a19;")),
        ("xxe", with_entities("<!ENTITY x SYSTEM \"file:///etc/passwd\">", "&x;")),
        ("a doctype behind a long comment", {
            let late = sheet("").replace("<worksheet", &format!("<!--{}--><!DOCTYPE a><worksheet", " ".repeat(5000)));
            Workbook::new().raw("名单", late).bytes()
        }),
        ("one text a hundred thousand times", {
            let book = Workbook::new().raw("名单", sheet(&many_rows));
            book.part("xl/sharedStrings.xml", texts.into_bytes()).bytes()
        }),
        ("a shared text that is not there", raw("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>99</v></c></row>")),
        ("rows that go back", raw(&format!("<row r=\"2\">{}</row><row r=\"1\">{}</row>", text("A2", "x"), text("A1", "y")))),
        ("a cell that stands twice", raw(&format!("<row r=\"1\">{}{}</row>", text("A1", "x"), text("A1", "y")))),
        ("a sheet of nothing but the word that ends it", {
            let word = sheet("").replace("</sheetData>", &"sheetData".repeat(2_000_000)).replace("</worksheet>", "");
            Workbook::new().raw("名单", word).bytes()
        }),
        ("never closed, very deep", {
            let deep = sheet("").replace("<sheetData>", &"<a>".repeat(200_000));
            Workbook::new().raw("名单", deep).bytes()
        }),
        ("ods, a row a million times", ods(&repeated)),
        ("ods, a cell four billion times", ods(&wide_row)),
        (
            "ods, an entity of its own",
            ods("<table:table table:name=\"&x;\"><table:table-row>&x;</table:table-row></table:table>"),
        ),
        ("a part with a wrong sum", wrong_sum),
        ("parts under a password", secret),
        ("a part that stands twice", replaced(&twice, b"sheet9.xml", b"sheet1.xml")),
        (
            "a macro book by its content type",
            plain().part("docProps/[Content_Types].xml", *b"<x/>").part("xl/vbaProject.bin", *b"x").bytes(),
        ),
        ("OLE2 of nothing", [&ole[..], &[0; 2048]].concat()),
        ("OLE2 of noise", [&ole[..], &(0..4096_u32).map(|n| (n * 31 % 251) as u8).collect::<Vec<u8>>()].concat()),
        ("xls cut in half", xls[..xls.len() / 2].to_vec()),
        ("csv with a nul", b"a,b\n1,\0\n".to_vec()),
        ("csv of one line of 100 MB", [&b"a,b\n"[..], &vec![b'x'; 100 << 20]].concat()),
        ("csv with a quote that never closes", [&b"a,b\n\""[..], &b"x,y\n".repeat(400_000)].concat()),
        ("csv in UTF-8, cut within a character", "长治市潞州区排污单位名单".as_bytes()[..35].to_vec()),
        ("csv in no encoding", b"\xB5\xA5\xFF\xFF\n".to_vec()),
        ("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()),
        ("a photograph", b"\xFF\xD8\xFF\xE0\0\x10JFIF".to_vec()),
        ("nothing", Vec::new()),
        ("an archive of pictures", zipped(&[("a.jpg", b"\xFF\xD8\xFF".to_vec())])),
    ];
    for (name, part) in [("cut at a tenth", 10), ("cut in half", 50), ("cut near its end", 95), ("cut by a byte", 100)] {
        let end = (good.len() * part / 100).min(good.len() - 1);
        files.push((name, good[..end].to_vec()));
    }
    files
}

/// Files with something in them that is never followed: they are read for their cells.
pub fn harmless() -> Vec<Named> {
    let call = "<row r=\"1\"><c r=\"A1\"><f>cmd|' /C calc'!A0</f><v>1</v></c></row>";
    let link = "<externalLink><ddeLink ddeService=\"cmd\" ddeTopic=\"/C calc\"/></externalLink>";
    let lying = sheet(&format!("<row r=\"1\">{}</row>", text("A1", "甲厂")))
        .replace("<sheetData>", "<dimension ref=\"A1:XFD1048576\"/><sheetData>");
    let empty = "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
    let row = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>甲厂</text:p></table:table-cell></table:table-row>";
    vec![
        (
            "dde",
            Workbook::new().raw("名单", sheet(call)).part("xl/externalLinks/externalLink1.xml", link.as_bytes().to_vec()).bytes(),
        ),
        ("a lying size", Workbook::new().raw("名单", lying).bytes()),
        ("a merge of everything", Workbook::of(&[&["甲"], &["", "乙"]]).merged(&["A1:XFD1048576"]).bytes()),
        ("ods, a million rows of nothing", ods(&format!("<table:table table:name=\"a\">{row}{empty}</table:table>"))),
    ]
}
