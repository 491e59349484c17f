//! A file's rows as lines of a list: the row of headings found, sums and notes set aside by name, each cell under its field.

use super::headings::{Head, Place};
use super::preview::Ignored;
use crate::platform::sheet::{Cell, Row, Rows, Unreadable, column_letters};
use crate::vocabulary::{fold, industry};
use serde::{Deserialize, Serialize};

/// Rows at the top of a sheet among which the headings are looked for.
const TITLE_ROWS: usize = 30;
/// Lines that one file may hold.
pub const MOST_LINES: usize = 200_000;
/// Gaps of more blank rows are told as one.
const LONG_GAP: u32 = 20;

/// A line as it stands in the file, field by field.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Which of the file's heads it stands under.
    pub head: usize,
    /// Its row.
    pub row: u32,
    /// Field and content of each cell that holds something.
    pub values: Vec<(String, String)>,
    /// Cells that cannot be meant as they stand: field and reason.
    pub spoilt: Vec<(String, String)>,
}

impl Line {
    /// The content of a field, or an empty text.
    pub fn value(&self, field: &str) -> &str {
        self.values.iter().find(|(f, _)| f == field).map_or("", |(_, v)| v)
    }
}

/// All of a file that matters.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lines {
    /// The sheets that were read.
    pub sheets: Vec<String>,
    /// The head of each sheet that has one.
    pub heads: Vec<Head>,
    /// The lines under them.
    pub lines: Vec<Line>,
    /// What was set aside, and why.
    pub ignored: Vec<Ignored>,
}

impl Lines {
    /// Takes all rows of a file. A file in which no sheet has headings is refused.
    pub async fn take(mut rows: Rows) -> Result<Self, Unreadable> {
        let mut taking = Taking::default();
        while let Some(row) = rows.next().await? {
            taking.row(row);
            if taking.lines.lines.len() > MOST_LINES {
                return Err(Unreadable(format!("名单超过{MOST_LINES}行，请分成几个文件后再导入。")));
            }
        }
        taking.end_of_sheet();
        let mut lines = taking.lines;
        if let Some(ended) = rows.ended() {
            lines.sheets.clone_from(&ended.sheets);
            for hidden in &ended.hidden {
                lines.set_aside(hidden, 0, "隐藏的工作表，未读取");
            }
        }
        if lines.heads.is_empty() {
            let what = "没有找到表头：应有一行写明“单位名称”和至少一个其他栏目（如统一社会信用代码、地址）。请按模板调整后重试。";
            return Err(Unreadable(what.to_owned()));
        }
        Ok(lines)
    }

    fn set_aside(&mut self, sheet: &str, row: u32, why: impl Into<String>) {
        self.ignored.push(Ignored { sheet: sheet.to_owned(), row, why: why.into() });
    }
}

/// The state of reading: titles wait until the sheet's headings are found.
#[derive(Default)]
struct Taking {
    lines: Lines,
    sheet: String,
    head: Option<usize>,
    waiting: Vec<Row>,
    last: u32,
}

impl Taking {
    fn row(&mut self, row: Row) {
        if *row.sheet != *self.sheet {
            self.end_of_sheet();
            self.sheet = row.sheet.to_string();
        }
        let Some(index) = self.head else {
            match (self.waiting.len() < TITLE_ROWS).then(|| Head::read(&row)).flatten() {
                Some(head) => self.begin(head),
                None if self.waiting.len() < TITLE_ROWS => self.waiting.push(row),
                None => {}
            }
            return;
        };
        self.gap(row.row);
        self.last = row.row;
        let Some(head) = self.lines.heads.get(index) else { return };
        match aside(&row, head) {
            Some(why) => self.lines.set_aside(&self.sheet, row.row, why),
            None => {
                let line = line(index, head, &row);
                if line.values.is_empty() {
                    self.lines.set_aside(&self.sheet, row.row, "已识别的各栏均为空");
                } else {
                    self.lines.lines.push(line);
                }
            }
        }
    }

    fn begin(&mut self, mut head: Head) {
        for row in std::mem::take(&mut self.waiting) {
            let title: Vec<String> = row.cells.iter().map(|(_, cell)| crate::base::text::tidy(&cell.text())).collect();
            head.titles.push(title.join(" "));
            self.lines.set_aside(&self.sheet, row.row, "表头以上的标题或说明");
        }
        for (column, heading) in &head.unknown {
            let column = column_letters(*column);
            self.lines.set_aside(&self.sheet, head.row, format!("{column}列“{heading}”不是本表栏目，未读取"));
        }
        self.last = head.row;
        self.head = Some(self.lines.heads.len());
        self.lines.heads.push(head);
    }

    /// Blank rows between lines; those below the last line are nobody's.
    fn gap(&mut self, row: u32) {
        let blank = self.last + 1..row;
        if row.saturating_sub(self.last) > LONG_GAP {
            self.lines.set_aside(&self.sheet, blank.start, format!("空行（至第{}行）", row - 1));
        } else {
            for row in blank {
                self.lines.set_aside(&self.sheet, row, "空行");
            }
        }
    }

    fn end_of_sheet(&mut self) {
        if self.head.take().is_none() && !self.waiting.is_empty() {
            let first = self.waiting.first().map_or(0, |row| row.row);
            self.lines.set_aside(&self.sheet, first, "该工作表没有找到表头，未读取");
        }
        self.waiting.clear();
        self.last = 0;
    }
}

/// Why a row below the headings is no line: a sum, the headings once more, a note at the foot.
fn aside(row: &Row, head: &Head) -> Option<&'static str> {
    const SUMS: [&str; 7] = ["合计", "小计", "总计", "共计", "累计", "本页小计", "本页合计"];
    const NOTES: [&str; 10] =
        ["填报人", "审核人", "制表人", "制表单位", "填表人", "填报单位", "填报日期", "填表说明", "填报说明", "备注："];
    let text = |cell: &Cell| crate::base::text::tidy(&cell.text());
    let first = row.cells.first().map(|(_, cell)| text(cell)).unwrap_or_default();
    let name = head.place("name").and_then(|p| row.cell(p.column)).map(text).unwrap_or_default();
    let sum = |text: &str| {
        let folded = fold(text);
        SUMS.iter()
            .any(|s| folded == *s || folded.strip_prefix(s).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())))
    };
    if sum(&first) || sum(&name) {
        return Some("合计行");
    }
    let repeated = head.place("name").is_some_and(|p| p.heading == name) && Head::read(row).is_some();
    if repeated {
        return Some("重复的表头");
    }
    let note = NOTES.iter().any(|n| first.starts_with(n)) || first.starts_with("注：") || first.starts_with("说明：");
    (note && row.cells.len() <= 8).then_some("表尾的签名或说明")
}

fn line(index: usize, head: &Head, row: &Row) -> Line {
    let mut line = Line { head: index, row: row.row, ..Line::default() };
    for Place { column, field, .. } in &head.places {
        let Some(cell) = row.cell(*column) else { continue };
        match content(field, cell) {
            Ok(text) => line.values.push((field.clone(), text)),
            Err(reason) => {
                line.values.push((field.clone(), cell.text()));
                line.spoilt.push((field.clone(), reason));
            }
        }
    }
    line
}

/// What a cell says, or why it cannot be what somebody typed.
fn content(field: &str, cell: &Cell) -> Result<String, String> {
    match (field, cell) {
        (_, Cell::Error(shown)) => Err(format!("该单元格是出错的公式（{shown}），请改为实际内容。")),
        ("industry", Cell::Number(number)) => industry_number(*number),
        _ => Ok(cell.text()),
    }
}

/// An industry code typed as a number has lost the nought in front: 0610 became 610. Where both are codes, nobody can tell.
fn industry_number(number: f64) -> Result<String, String> {
    let typed = Cell::Number(number).text();
    let padded = format!("0{typed}");
    match (industry(&typed).is_some(), industry(&padded).is_some()) {
        (true, true) if typed.len() > 1 => Err(format!(
            "行业代码以数字格式保存，开头的0可能已丢失，无法判断是{typed}还是{padded}。请将该列设为“文本”格式，重新录入。"
        )),
        (false, true) => Ok(padded),
        _ => Ok(typed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: u32, cells: &[&str]) -> Row {
        let cells = (0_u16..).zip(cells).filter(|(_, text)| !text.is_empty());
        let cells = cells.map(|(c, text)| (c, Cell::Text((*text).to_owned()))).collect();
        Row { sheet: "名单".into(), row: number, cells, carried: Vec::new() }
    }

    fn taken(rows: Vec<Row>) -> Lines {
        let mut taking = Taking::default();
        rows.into_iter().for_each(|r| taking.row(r));
        taking.end_of_sheet();
        taking.lines
    }

    #[test]
    fn titles_sums_and_signatures_are_set_aside_by_name() {
        let lines = taken(vec![
            row(1, &["潞州区排污单位名单"]),
            row(3, &["序号", "单位名称", "地址", "法人"]),
            row(4, &["1", "甲厂", "东街"]),
            row(6, &["2", "合计单位服务部", "西街"]),
            row(7, &["合计", "2家"]),
            row(8, &["序号", "单位名称", "地址", "法人"]),
            row(9, &["填报人：张三", "", "审核人：李四"]),
        ]);
        let names: Vec<(u32, &str)> = lines.lines.iter().map(|l| (l.row, l.value("name"))).collect();
        assert_eq!(names, [(4, "甲厂"), (6, "合计单位服务部")]);
        let aside: Vec<(u32, &str)> = lines.ignored.iter().map(|i| (i.row, i.why.as_str())).collect();
        assert_eq!(
            aside,
            [
                (1, "表头以上的标题或说明"),
                (3, "D列“法人”不是本表栏目，未读取"),
                (5, "空行"),
                (7, "合计行"),
                (8, "重复的表头"),
                (9, "表尾的签名或说明"),
            ]
        );
        assert_eq!(lines.heads[0].titles, ["潞州区排污单位名单"]);
    }

    #[test]
    fn a_far_row_is_one_gap() {
        let lines = taken(vec![row(1, &["单位名称", "地址"]), row(2, &["甲厂"]), row(1_048_576, &["乙厂"])]);
        assert_eq!(lines.lines.len(), 2);
        assert_eq!((lines.ignored.len(), lines.ignored[0].why.as_str()), (1, "空行（至第1048575行）"));
    }

    #[test]
    fn a_nought_that_the_office_program_ate_is_put_back_or_asked_for() {
        assert_eq!(content("industry", &Cell::Number(2521.0)), Ok("2521".into()));
        assert_eq!(content("industry", &Cell::Number(610.0)), Ok("0610".into()));
        assert!(content("industry", &Cell::Number(313.0)).unwrap_err().contains("0313"), "钢压延加工, or pigs");
        assert!(content("address", &Cell::Error("#N/A".into())).unwrap_err().contains("#N/A"));
    }
}
