//! An annex 1 as an office fills it in: clean rows of units that nobody has registered, three of ten with a problem that is
//! mended or not. Texts are shared, as office programs write them.

use rust_xlsxwriter::{Format, Workbook, XlsxError};
use zhengzhi::annexes::Annex;
use zhengzhi::demo::names::Names;

/// Industries.
const INDUSTRIES: [&str; 5] = ["0610", "3021", "3031", "5265", "2521"];

/// Kinds of problems.
const KINDS: [(&str, &str); 3] = [("13", "扬尘和无组织排放"), ("05", "超标排放"), ("01", "未批先建")];

/// The county that their names and codes tell of. They are brought in elsewhere, where the register has no such name.
pub const NAMED: i32 = 140_471;

/// The first number of these units: none of the register has one as high.
const FIRST: u32 = 600_000;

/// A cell: nothing, a text, a day of June 2019, an amount.
enum Cell {
    Blank,
    Text(String),
    Day(u32),
    Amount(f64),
}

/// A table of `rows` rows, written in little memory.
pub fn book(rows: u32) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet_with_low_memory()?;
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for (at, column) in (0..).zip(Annex::One.columns()) {
        sheet.write_string(0, at, column.heading)?;
    }
    let names = Names::new(2020);
    for n in 0..rows {
        for (at, column) in (0..).zip(Annex::One.columns()) {
            match cell(names, column.id, n) {
                Cell::Blank => continue,
                Cell::Text(text) => sheet.write_string(n + 1, at, text)?,
                Cell::Day(june) => sheet.write_number_with_format(n + 1, at, f64::from(43_616 + june), &day)?,
                Cell::Amount(amount) => sheet.write_number(n + 1, at, amount)?,
            };
        }
    }
    workbook.save_to_buffer()
}

fn cell(names: Names, id: &str, n: u32) -> Cell {
    let number = FIRST + n;
    let industry = INDUSTRIES[n as usize % INDUSTRIES.len()];
    let (kind, word) = KINDS[n as usize % KINDS.len()];
    let (problem, mended) = (n % 10 < 3, n.is_multiple_of(2));
    let text = |text: &str| Cell::Text(text.to_owned());
    match id {
        "no" => Cell::Amount(f64::from(n + 1)),
        "name" => Cell::Text(names.unit(NAMED, industry, n)),
        "credit_code" => Cell::Text(names.credit_code(NAMED, number)),
        "township" => text("东街街道"),
        "industry" => text(industry),
        "permit_class" => text(if n.is_multiple_of(4) { "重点管理" } else { "简化管理" }),
        "contact_name" => Cell::Text(names.person(number.into())),
        "contact_phone" => Cell::Text(names.phone(number.into())),
        "self_inspection" => text("已自查"),
        "self_inspected_on" => Cell::Day(3 + n % 10),
        "has_problem" => text(if problem { "是" } else { "否" }),
        "problem_kind" if problem => text(word),
        "problem" if problem => Cell::Text(names.finding(kind, number.into()).text),
        "measures" if problem => Cell::Text(names.finding(kind, number.into()).measures),
        "due_on" if problem => Cell::Day(25 + n % 5),
        "plan_filed_on" if problem => Cell::Day(10 + n % 5),
        "invested" if problem => Cell::Amount(f64::from(1 + n % 40) / 2.0),
        "progress" if problem => text(if mended { "已完成待核查" } else { "整改中" }),
        "verified" if problem => text("否"),
        "completed_on" if problem && mended => Cell::Day(13 + n % 5),
        "supervisor" if problem => Cell::Text(names.person(u64::from(number) + 1)),
        _ => Cell::Blank,
    }
}
