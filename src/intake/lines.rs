//! A file's rows as lines of a table: the head found, sums and notes set aside by name, each cell where it stands. They come
//! some at a time, so that a file of any length needs the same little memory.

use super::aside::aside;
use super::headings::{Head, Learned};
use super::kind::Kind;
use super::line::{About, Line};
use crate::base::text::tidy;
use crate::platform::sheet::{Row, Rows, Unreadable, column_letters};
use std::collections::VecDeque;
use std::sync::Arc;

/// Rows at the top of a sheet among which the head is looked for.
const TITLE_ROWS: usize = 30;
/// Lines that one file may hold.
pub const MOST_LINES: usize = 200_000;
/// Gaps of more blank rows are told as one.
const LONG_GAP: u32 = 20;
/// What a block that was pasted is called.
const PASTED: &str = "粘贴的内容";

/// A file on its way in.
#[derive(Debug)]
pub struct Incoming {
    rows: Rows,
    taking: Taking,
    /// What its one sheet is called, where it has no name of its own.
    named: Option<Arc<str>>,
    lines: usize,
    ended: bool,
}

impl Incoming {
    /// Begins to read. `learned` are headings that the county has corrected before.
    pub fn new(kind: Kind, learned: Learned, rows: Rows) -> Self {
        Self { rows, taking: Taking::new(kind, learned), named: None, lines: 0, ended: false }
    }

    /// The same for a block that was pasted into the table: without a head of its own it has the table's columns, in their
    /// order.
    pub fn pasted(kind: Kind, learned: Learned, rows: Rows) -> Self {
        let mut incoming = Self::new(kind, learned, rows);
        incoming.taking.headless = true;
        incoming.named = Some(PASTED.into());
        incoming
    }

    /// The next lines, at most `most`; none at the end. A file in which no sheet has a head is refused.
    pub async fn next(&mut self, most: usize) -> Result<Vec<Line>, Unreadable> {
        while self.taking.ready.len() < most && !self.ended {
            match self.rows.next().await? {
                Some(mut row) => {
                    if let Some(name) = &self.named {
                        row.sheet = Arc::clone(name);
                    }
                    self.taking.row(row);
                }
                None => self.end()?,
            }
        }
        let count = most.min(self.taking.ready.len());
        let lines: Vec<Line> = self.taking.ready.drain(..count).collect();
        self.lines += lines.len();
        if self.lines > MOST_LINES {
            return Err(Unreadable(format!("名单超过{MOST_LINES}行，请分成几个文件后再导入。")));
        }
        Ok(lines)
    }

    /// What the file holds besides, as far as it has been read.
    pub fn about(&self) -> &About {
        &self.taking.about
    }

    /// The heads alone, as far as they have been read: what the lines refer to.
    pub fn heads(&self) -> About {
        About { heads: self.taking.about.heads.clone(), ..About::default() }
    }

    fn end(&mut self) -> Result<(), Unreadable> {
        self.ended = true;
        self.taking.end_of_sheet();
        let about = &mut self.taking.about;
        if let Some(ended) = self.rows.ended() {
            match &self.named {
                Some(name) => about.sheets = vec![name.to_string()],
                None => about.sheets.clone_from(&ended.sheets),
            }
            for hidden in &ended.hidden {
                about.set_aside(hidden, 0, "隐藏的工作表，未读取");
            }
        }
        if about.heads.is_empty() {
            let what = "没有找到表头：应有一行写明“单位名称”和至少一个其他栏目（如统一社会信用代码、地址）。请按模板调整后重试。";
            return Err(Unreadable(what.to_owned()));
        }
        Ok(())
    }
}

/// What a file lists, by its first head: the kind under which most of its headings are understood.
pub async fn recognise(mut rows: Rows) -> Result<Kind, Unreadable> {
    let mut above: Option<Row> = None;
    let mut best: Option<(usize, Kind)> = None;
    let mut looked = 0;
    while let Some(row) = rows.next().await? {
        for kind in Kind::ALL {
            let beside = above.as_ref().filter(|a| a.row + 1 == row.row && a.sheet == row.sheet);
            let read = |above| Head::read(kind, &Learned::new(), above, &row).map_or(0, |h| h.places.len());
            let places = read(None).max(beside.map_or(0, |a| read(Some(a))));
            if places > best.map_or(0, |(most, _)| most) {
                best = Some((places, kind));
            }
        }
        looked += 1;
        if looked > TITLE_ROWS {
            break;
        }
        above = Some(row);
    }
    let none = "没有找到表头：应有一行写明“单位名称”和至少一个其他栏目。请按模板或附件格式调整后重试。";
    best.map(|(_, kind)| kind).ok_or_else(|| Unreadable(none.to_owned()))
}

/// The state of reading: titles wait until the sheet's head is found.
#[derive(Debug)]
struct Taking {
    kind: Kind,
    learned: Learned,
    about: About,
    ready: VecDeque<Line>,
    sheet: String,
    head: Option<usize>,
    /// The rows of the head, as long as a second one may follow.
    top: Option<Row>,
    /// The row of groups above the head, which may come again on a new page.
    groups: Option<Row>,
    waiting: Vec<Row>,
    last: u32,
    /// Whether rows without a head are taken for rows of our own table.
    headless: bool,
}

impl Taking {
    fn new(kind: Kind, learned: Learned) -> Self {
        Self {
            kind,
            learned,
            about: About::default(),
            ready: VecDeque::new(),
            sheet: String::new(),
            head: None,
            top: None,
            groups: None,
            waiting: Vec::new(),
            last: 0,
            headless: false,
        }
    }

    fn row(&mut self, row: Row) {
        if *row.sheet != *self.sheet {
            self.end_of_sheet();
            self.sheet = row.sheet.to_string();
        }
        let Some(index) = self.head else { return self.above(row) };
        if let Some(top) = self.top.take()
            && let Some(head) = self.lower_half(index, &top, &row)
        {
            self.last = row.row;
            self.groups = Some(top);
            return self.replace(index, head);
        }
        self.gap(row.row);
        self.last = row.row;
        let Some(head) = self.about.heads.get(index) else { return };
        match aside(self.kind, &row, head, self.groups.as_ref()) {
            Some(why) => self.about.set_aside(&self.sheet, row.row, why),
            None if !head.places.iter().any(|p| row.cell(p.column).is_some()) => {
                let text = row.cells.first().map(|(_, cell)| cell.text()).unwrap_or_default();
                let why = if text.chars().count() > 8 { "表尾的签名或说明" } else { "已识别的各栏均为空" };
                self.about.set_aside(&self.sheet, row.row, why);
            }
            None => {
                let Row { row, cells, carried, .. } = row;
                self.ready.push_back(Line { head: index, row, cells, carried });
            }
        }
    }

    /// A row before the head is known.
    fn above(&mut self, row: Row) {
        if self.waiting.len() >= TITLE_ROWS {
            return;
        }
        let alone = Head::read(self.kind, &self.learned, None, &row);
        let above = self.waiting.last().filter(|w| w.row + 1 == row.row);
        let both = above.and_then(|above| Head::read(self.kind, &self.learned, Some(above), &row));
        let known = |head: &Option<Head>| head.as_ref().map_or(0, |h| h.places.len());
        match (known(&both) > known(&alone), alone.is_some()) {
            (true, _) => {
                self.groups = self.waiting.pop();
                self.begin(both, None);
            }
            (false, true) => self.begin(alone, Some(row)),
            (false, false) => self.waiting.push(row),
        }
        // A head is one row or two.
        if self.headless && self.waiting.len() > 1 {
            self.without_head();
        }
    }

    /// The rows that wait are lines of our own table, from its first column on.
    fn without_head(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let Some(first) = waiting.first() else { return };
        self.last = first.row.saturating_sub(1);
        self.head = Some(self.about.heads.len());
        self.about.heads.push(Head::own(self.kind, first));
        waiting.into_iter().for_each(|row| self.row(row));
    }

    /// The head of two rows, if this row is the lower one.
    fn lower_half(&self, index: usize, top: &Row, row: &Row) -> Option<Head> {
        let head = self.about.heads.get(index)?;
        let both = Head::read(self.kind, &self.learned, Some(top), row).filter(|_| top.row + 1 == row.row)?;
        let own = |p: &&super::headings::Place| row.cell(p.column).is_some_and(|cell| tidy(&cell.text()) == p.heading);
        (both.places.len() > head.places.len() && both.places.iter().filter(own).count() > 1).then_some(both)
    }

    fn begin(&mut self, head: Option<Head>, top: Option<Row>) {
        let Some(mut head) = head else { return };
        for row in std::mem::take(&mut self.waiting) {
            let title: Vec<String> = row.cells.iter().map(|(_, cell)| tidy(&cell.text())).collect();
            head.titles.push(title.join(" "));
            self.about.set_aside(&self.sheet, row.row, "表头以上的标题或说明");
        }
        self.last = head.row;
        self.head = Some(self.about.heads.len());
        self.top = top;
        self.about.heads.push(head);
    }

    fn replace(&mut self, index: usize, mut head: Head) {
        if let Some(old) = self.about.heads.get_mut(index) {
            head.titles = std::mem::take(&mut old.titles);
            *old = head;
        }
    }

    /// Blank rows between lines; those below the last line are nobody's.
    fn gap(&mut self, row: u32) {
        let blank = self.last + 1..row;
        if row.saturating_sub(self.last) > LONG_GAP {
            self.about.set_aside(&self.sheet, blank.start, format!("空行（至第{}行）", row - 1));
        } else {
            for row in blank {
                self.about.set_aside(&self.sheet, row, "空行");
            }
        }
    }

    fn end_of_sheet(&mut self) {
        if self.headless && self.head.is_none() {
            self.without_head();
        }
        match self.head.take().and_then(|index| self.about.heads.get(index)) {
            Some(head) => {
                let unknown: Vec<String> = head
                    .unknown
                    .iter()
                    .map(|(column, heading)| format!("{}列“{heading}”不是本表栏目，未读取", column_letters(*column)))
                    .collect();
                let row = head.row;
                unknown.into_iter().for_each(|why| self.about.set_aside(&self.sheet, row, why));
            }
            None if !self.waiting.is_empty() => {
                let first = self.waiting.first().map_or(0, |row| row.row);
                self.about.set_aside(&self.sheet, first, "该工作表没有找到表头，未读取");
            }
            None => {}
        }
        self.waiting.clear();
        (self.top, self.groups, self.last) = (None, None, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::sheet::Cell;

    fn row(number: u32, cells: &[&str]) -> Row {
        let cells = (0_u16..).zip(cells).filter(|(_, text)| !text.is_empty());
        let cells = cells.map(|(c, text)| (c, Cell::Text((*text).into()))).collect();
        Row { sheet: "名单".into(), row: number, cells, carried: Vec::new() }
    }

    fn taken(kind: Kind, rows: Vec<Row>) -> Taking {
        let mut taking = Taking::new(kind, Learned::new());
        rows.into_iter().for_each(|r| taking.row(r));
        taking.end_of_sheet();
        taking
    }

    fn names(taking: &Taking) -> Vec<(u32, String)> {
        taking.ready.iter().map(|l| (l.row, l.value(taking.about.head(l).unwrap(), "name").into_owned())).collect()
    }

    #[test]
    fn titles_sums_and_signatures_are_set_aside_by_name() {
        let taking = taken(
            Kind::Units,
            vec![
                row(1, &["潞州区排污单位名单"]),
                row(3, &["序号", "单位名称", "地址", "法人"]),
                row(4, &["1", "甲厂", "东街"]),
                row(6, &["2", "合计单位服务部", "西街"]),
                row(7, &["合计", "2家"]),
                row(8, &["序号", "单位名称", "地址", "法人"]),
                row(9, &["填报人：张三", "", "审核人：李四"]),
            ],
        );
        assert_eq!(names(&taking), [(4, "甲厂".to_owned()), (6, "合计单位服务部".to_owned())]);
        let aside: Vec<(u32, &str)> = taking.about.ignored.iter().map(|i| (i.row, i.why.as_str())).collect();
        assert_eq!(
            aside,
            [
                (1, "表头以上的标题或说明"),
                (5, "空行"),
                (7, "合计行"),
                (8, "重复的表头"),
                (9, "表尾的签名或说明"),
                (3, "D列“法人”不是本表栏目，未读取"),
            ]
        );
        assert_eq!(taking.about.heads[0].titles, ["潞州区排污单位名单"]);
    }

    #[test]
    fn a_head_of_two_rows_is_one_wherever_the_name_stands() {
        let annex = Kind::Annex(crate::annexes::Annex::One);
        let name_above = taken(
            annex,
            vec![
                row(2, &["序号", "单位名称", "整改情况", "", "", "备注"]),
                row(3, &["", "", "措施", "整改措施", "整改时限", ""]),
                row(4, &["1", "2", "3", "4", "5", "6"]),
                row(5, &["1", "甲厂", "", "封堵", "6.25", "急"]),
                row(6, &["序号", "单位名称", "整改情况", "", "", "备注"]),
                row(7, &["合计：1家"]),
            ],
        );
        assert_eq!(names(&name_above), [(5, "甲厂".to_owned())]);
        let fields: Vec<&str> = name_above.about.heads[0].places.iter().map(|p| p.field.as_str()).collect();
        assert_eq!(fields, ["name", "measures", "due_on", "remark"]);
        let name_below = taken(
            annex,
            vec![
                row(2, &["序号", "基本情况", "", "备注"]),
                row(3, &["", "单位名称", "联系电话", ""]),
                row(4, &["1", "甲厂", "2012345", "急"]),
                row(5, &["序号", "基本情况", "", "备注"]),
            ],
        );
        assert_eq!(names(&name_below), [(4, "甲厂".to_owned())]);
        let fields: Vec<&str> = name_below.about.heads[0].places.iter().map(|p| p.field.as_str()).collect();
        assert_eq!(fields, ["name", "contact_phone", "remark"]);
    }

    #[test]
    fn a_pasted_block_without_a_head_has_the_columns_of_the_table() {
        let pasted = |rows: Vec<Row>| {
            let mut taking = Taking::new(Kind::Annex(crate::annexes::Annex::One), Learned::new());
            taking.headless = true;
            rows.into_iter().for_each(|r| taking.row(r));
            taking.end_of_sheet();
            taking
        };
        let code = "91350100M000100Y43";
        let numbered = pasted(vec![row(1, &["1", "甲厂", code]), row(2, &["2", "乙厂"]), row(3, &["合计", "2家"])]);
        assert_eq!(names(&numbered), [(1, "甲厂".to_owned()), (2, "乙厂".to_owned())]);
        let plain = pasted(vec![row(1, &["甲厂", "", code])]);
        assert_eq!(names(&plain), [(1, "甲厂".to_owned())]);
        let headed = pasted(vec![row(1, &["企业名称", "信用代码"]), row(2, &["丙厂", code])]);
        assert_eq!(names(&headed), [(2, "丙厂".to_owned())], "a head of its own comes first");
    }

    #[test]
    fn a_far_row_is_one_gap() {
        let rows = vec![row(1, &["单位名称", "地址"]), row(2, &["甲厂"]), row(1_048_576, &["乙厂"])];
        let taking = taken(Kind::Units, rows);
        assert_eq!(taking.ready.len(), 2);
        assert_eq!((taking.about.ignored.len(), taking.about.ignored[0].why.as_str()), (1, "空行（至第1048575行）"));
    }
}
