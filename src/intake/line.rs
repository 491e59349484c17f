//! A line of a file as it stands there, and what the file holds besides.

use super::headings::Head;
use super::kind::{CONTACT, KEY, OF_CONTACT};
use super::preview::Ignored;
use crate::annexes::Known;
use crate::base::text::{half_width, tidy};
use crate::platform::sheet::Cell;
use crate::vocabulary::industry;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use uuid::Uuid;

/// What is set aside is told up to here; a file of nothing else would fill the memory.
const MOST_IGNORED: usize = 2_000;

/// A line as it stands in the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Which of the file's heads it stands under.
    pub head: usize,
    /// Its row.
    pub row: u32,
    /// Column and content of each cell that holds something.
    pub cells: Vec<(u16, Cell)>,
    /// The columns whose content stands above, in the first row of a merge.
    pub carried: Vec<u16>,
}

/// What a file holds besides its lines.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// The sheets that were read.
    pub sheets: Vec<String>,
    /// The head of each sheet that has one.
    pub heads: Vec<Head>,
    /// What was set aside, and why.
    pub ignored: Vec<Ignored>,
    /// Lines that were downloaded and that the file no longer has: nothing is deleted for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Missing>,
}

/// A line that was downloaded and that the file no longer has.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Missing {
    /// Its unit.
    pub unit: Uuid,
    /// Its problem, if it had one.
    pub problem: Option<Uuid>,
    /// The unit's name.
    pub name: String,
    /// What was found there.
    pub found: String,
}

impl Missing {
    /// What is told of it where there is no page to show it.
    pub fn sentence(&self) -> String {
        let found = if self.found.is_empty() { String::new() } else { format!("（{}）", self.found) };
        format!("下载时有、文件中没有的行：{}{found}。系统中的记录保持不变。", self.name)
    }
}

impl About {
    pub(super) fn set_aside(&mut self, sheet: &str, row: u32, why: impl Into<String>) {
        if self.ignored.len() < MOST_IGNORED {
            self.ignored.push(Ignored { sheet: sheet.to_owned(), row, why: why.into() });
        }
    }

    /// The head of a line.
    pub fn head(&self, line: &Line) -> Option<&Head> {
        self.heads.get(line.head)
    }
}

/// The content of a cell of a field as somebody would have typed it.
pub(super) fn typed<'c>(field: &str, cell: &'c Cell) -> Cow<'c, str> {
    match (field, cell) {
        ("industry", Cell::Number(number)) => industry_number(*number).map_or_else(|_| cell.text(), Cow::Owned),
        _ => cell.text(),
    }
}

/// What is said of a formula that failed.
pub(super) fn broken_formula(shown: &str) -> String {
    format!("该单元格是出错的公式（{shown}），请改为实际内容。")
}

/// Why a cell of a field cannot be what somebody typed, if so.
pub(super) fn spoilt(field: &str, cell: &Cell) -> Option<String> {
    match (field, cell) {
        (_, Cell::Error(shown)) => Some(broken_formula(shown)),
        ("industry", Cell::Number(number)) => industry_number(*number).err(),
        _ => None,
    }
}

impl Line {
    /// Writes into the cell of a field what a person corrected it to; an empty text empties it. `false`: nothing is different but
    /// the way in which a form ends its lines, or the file has no such column.
    pub fn correct(&mut self, head: &Head, field: &str, text: &str) -> bool {
        let plain = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
        let typed = plain(text);
        let Some(place) = head.place(field).filter(|_| plain(&self.value(head, field)) != typed) else { return false };
        self.cells.retain(|(column, _)| *column != place.column);
        self.carried.retain(|column| *column != place.column);
        if !typed.is_empty() {
            self.cells.push((place.column, Cell::Text(typed.into())));
            self.cells.sort_by_key(|(column, _)| *column);
        }
        true
    }

    /// The cell of a column.
    pub fn at(&self, column: u16) -> Option<&Cell> {
        let at = self.cells.binary_search_by_key(&column, |(c, _)| *c).ok()?;
        self.cells.get(at).map(|(_, cell)| cell)
    }

    /// The cell of a field.
    pub fn cell(&self, head: &Head, field: &str) -> Option<&Cell> {
        self.at(head.place(field)?.column)
    }

    /// The content of a field as somebody would have typed it, or an empty text.
    pub fn value(&self, head: &Head, field: &str) -> Cow<'_, str> {
        if OF_CONTACT.contains(&field) && head.place(field).is_none() {
            let (name, phone) = contact(&self.cell(head, CONTACT).map(Cell::text).unwrap_or_default());
            return if field == "contact_name" { name } else { phone }.into();
        }
        self.cell(head, field).map_or(Cow::Borrowed(""), |cell| typed(field, cell))
    }

    /// Why a cell cannot be what somebody typed, if so.
    pub fn spoilt(&self, head: &Head, field: &str) -> Option<String> {
        spoilt(field, self.cell(head, field)?)
    }

    /// The hidden key of a row that was downloaded.
    pub fn key(&self, head: &Head) -> Option<Known> {
        self.cell(head, KEY)?.text().parse().ok()
    }
}

/// An industry code typed as a number has lost the nought in front: 0610 became 610. Where both are codes, nobody can tell.
fn industry_number(number: f64) -> Result<String, String> {
    let cell = Cell::Number(number);
    let typed = cell.text();
    let padded = format!("0{typed}");
    match (industry(&typed).is_some(), industry(&padded).is_some()) {
        (true, true) if typed.len() > 1 => Err(format!(
            "行业代码以数字格式保存，开头的0可能已丢失，无法判断是{typed}还是{padded}。请将该列设为“文本”格式，重新录入。"
        )),
        (false, true) => Ok(padded),
        _ => Ok(typed.into_owned()),
    }
}

/// Name and telephone of a cell that holds both: `王某 0355-2012345`, `王某（13800000000）`. The telephone begins with the first
/// run of five digits or more.
fn contact(cell: &str) -> (String, String) {
    const MARKS: [char; 14] = [' ', '(', ')', '（', '）', ':', '：', ',', '，', '、', '/', ';', '；', '-'];
    let plain = tidy(cell);
    let narrow = half_width(&plain);
    let chars: Vec<char> = narrow.chars().collect();
    let digits = |at: usize| chars.iter().skip(at).take_while(|c| c.is_ascii_digit() || **c == '-').count();
    let begins = (0..chars.len()).find(|at| chars.get(*at).is_some_and(char::is_ascii_digit) && digits(*at) >= 5);
    let Some(at) = begins else { return (plain.trim_matches(MARKS).to_owned(), String::new()) };
    let name: String = plain.chars().take(at).collect();
    let phone: String = plain.chars().skip(at).collect();
    let name = name.trim_matches(MARKS);
    let name = ["联系电话", "电话", "手机", "联系方式"].iter().find_map(|w| name.strip_suffix(w)).unwrap_or(name);
    (name.trim_matches(MARKS).to_owned(), phone.trim_matches(MARKS).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::{Kind, Learned};
    use crate::platform::sheet::Row;

    #[test]
    fn name_and_telephone_are_told_apart() {
        let both = |cell: &str| contact(cell);
        let pair = |name: &str, phone: &str| (name.to_owned(), phone.to_owned());
        assert_eq!(both("王某 0355-2012345"), pair("王某", "0355-2012345"));
        assert_eq!(both("王某（１３８００００００００）"), pair("王某", "13800000000"));
        assert_eq!(both("李某、电话：2012345"), pair("李某", "2012345"));
        assert_eq!(both("张某/13800000000、13900000000"), pair("张某", "13800000000、13900000000"));
        assert_eq!(both("13800000000"), pair("", "13800000000"));
        assert_eq!(both("王某"), pair("王某", ""));
        assert_eq!(both(""), pair("", ""));
    }

    #[test]
    fn a_nought_that_the_office_program_ate_is_put_back_or_asked_for() {
        let titles = ["单位名称", "行业", "地址"].map(|title| Cell::Text(title.into()));
        let titles = Row { sheet: "名单".into(), row: 1, cells: (0..).zip(titles).collect(), carried: Vec::new() };
        let head = Head::read(Kind::Units, &Learned::new(), None, &titles).unwrap();
        let line = |cell: Cell| Line { head: 0, row: 2, cells: vec![(1, cell)], carried: Vec::new() };
        assert_eq!(line(Cell::Number(2521.0)).value(&head, "industry"), "2521");
        assert_eq!(line(Cell::Number(610.0)).value(&head, "industry"), "0610");
        let lost = line(Cell::Number(313.0)).spoilt(&head, "industry").unwrap();
        assert!(lost.contains("0313"), "钢压延加工, or pigs");
        assert!(line(Cell::Error("#N/A".into())).spoilt(&head, "industry").unwrap().contains("#N/A"));
    }
}
