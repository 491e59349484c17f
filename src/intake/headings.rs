//! The head of a sheet, found by what it means. Tables come from many hands: titles above, columns in any order, headings
//! under other names, in one row or in two with merged groups above.

use super::kind::{CONTACT, Kind, OF_CONTACT, is_numbering};
use crate::base::money::Unit;
use crate::base::text::tidy;
use crate::platform::sheet::Row;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The head of one sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The sheet.
    pub sheet: String,
    /// Its row, the lower one of two; 0 for a pasted block without one.
    pub row: u32,
    /// The upper one of two rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upper: Option<u32>,
    /// The columns that are understood.
    pub places: Vec<Place>,
    /// The columns that are not: column and heading.
    pub unknown: Vec<(u16, String)>,
    /// The merged heads above those.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub groups: BTreeMap<u16, String>,
    /// What stands above: titles, the body that reports.
    pub titles: Vec<String>,
}

/// Where a field stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The column, from 0.
    pub column: u16,
    /// The field.
    pub field: String,
    /// The heading as written.
    pub heading: String,
    /// The merged head above it, as written.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub group: String,
}

/// Headings that an office has used for other fields than we would guess: `(heading, field)`, an empty field for none. A heading
/// under a merged head is known by both, and by itself where it stands once.
pub type Learned = BTreeMap<String, String>;

/// How a heading is known under its merged head: no heading holds a line end.
fn under(group: &str, heading: &str) -> String {
    format!("{group}\n{heading}")
}

impl Head {
    /// Reads a row, with the row of merged groups above it, as a head: it names the unit's name and at least one other thing
    /// we know.
    pub fn read(kind: Kind, learned: &Learned, above: Option<&Row>, row: &Row) -> Option<Self> {
        let mut head = Self { sheet: row.sheet.to_string(), row: row.row, upper: above.map(|a| a.row), ..Self::default() };
        let above: Vec<(u16, String)> =
            above.map(|r| r.cells.iter().map(|(c, cell)| (*c, tidy(&cell.text()))).collect()).unwrap_or_default();
        let mut headings: BTreeMap<u16, (String, String)> = BTreeMap::new();
        for (column, cell) in &row.cells {
            let group = above.iter().rev().find(|(c, _)| c <= column).map_or("", |(_, text)| text);
            headings.insert(*column, (group.to_owned(), tidy(&cell.text())));
        }
        for (column, heading) in above {
            headings.entry(column).or_insert((String::new(), heading));
        }
        let once = |heading: &str| headings.values().filter(|(_, other)| other == heading).count() == 1;
        let taught = |group: &str, heading: &str| {
            let grouped = learned.get(&under(group, heading)).filter(|_| !group.is_empty());
            grouped.or_else(|| learned.get(heading).filter(|_| once(heading)))
        };
        // What an office taught us takes its places before our guesses take theirs.
        let (first, then): (Vec<_>, Vec<_>) = headings
            .iter()
            .map(|(column, (group, heading))| (*column, group.clone(), heading.clone(), taught(group, heading)))
            .partition(|(.., lesson)| lesson.is_some());
        for (column, group, heading, lesson) in first.into_iter().chain(then) {
            let meant = match lesson {
                Some(field) => kind.fields().field(field),
                None => kind.fields().meant_by(&group, &heading),
            };
            match meant {
                Some(meant) if head.place(meant.id).is_none() => {
                    head.places.push(Place { column, field: meant.id.to_owned(), heading, group });
                }
                _ if is_numbering(&heading) => {}
                _ => head.leave(column, group, heading),
            }
        }
        head.places.sort_by_key(|p| p.column);
        (head.place("name").is_some() && head.places.len() > 1).then_some(head)
    }

    /// The head that a block without one has: the columns of the table on the screen in their order, after the row's number where
    /// the first cell is one.
    pub fn own(kind: Kind, first: &Row) -> Self {
        let numbered = first.cell(0).is_some_and(|cell| cell.text().trim().parse::<u32>().is_ok());
        let from = u16::from(numbered);
        let fields = kind.columns_shown(&first.cell(from).map(|cell| tidy(&cell.text())).unwrap_or_default());
        let places = (from..).zip(fields).filter_map(|(column, id)| {
            let field = kind.fields().field(id)?;
            let (field, heading) = (field.id.to_owned(), field.heading.to_owned());
            Some(Place { column, field, heading, group: String::new() })
        });
        Self { sheet: first.sheet.to_string(), places: places.collect(), ..Self::default() }
    }

    /// Its row or rows in words: `4-5`.
    pub fn rows(&self) -> String {
        match self.upper {
            Some(upper) => format!("{upper}-{}", self.row),
            None => self.row.to_string(),
        }
    }

    /// Where a field stands on this sheet.
    pub fn place(&self, field: &str) -> Option<&Place> {
        self.places.iter().find(|p| p.field == field)
    }

    /// The place from which a field is read: its own, or the column that holds it beside another (联系人及电话).
    pub fn source(&self, field: &str) -> Option<&Place> {
        let shared = || self.place(CONTACT).filter(|_| OF_CONTACT.contains(&field));
        self.place(field).or_else(shared)
    }

    /// The fields that a line gives: a column of two gives both.
    pub fn given(&self) -> impl Iterator<Item = &str> {
        let own = self.places.iter().map(|p| p.field.as_str()).filter(|f| *f != CONTACT);
        let shared = OF_CONTACT.into_iter().filter(|f| self.place(f).is_none() && self.place(CONTACT).is_some());
        own.chain(shared)
    }

    /// What bare amounts of a column count: its heading says it, else the head above, else a title of the table.
    pub fn unit_of(&self, place: &Place) -> Unit {
        let said = Unit::of_heading(&place.heading).or_else(|| Unit::of_heading(&place.group));
        said.or_else(|| self.titles.iter().rev().find_map(|title| Unit::of_title(title))).unwrap_or(Unit::Wan)
    }

    /// A column's heading, and the merged head above it.
    fn called(&self, column: u16) -> Option<(&str, &str)> {
        let known = self.places.iter().find(|p| p.column == column).map(|p| (p.group.as_str(), p.heading.as_str()));
        let group = self.groups.get(&column).map_or("", String::as_str);
        known.or_else(|| self.unknown.iter().find(|(c, _)| *c == column).map(|(_, heading)| (group, heading.as_str())))
    }

    /// By which names what a column means is remembered: with its merged head, and alone where no other column is called so.
    pub fn names(&self, column: u16) -> Vec<String> {
        let Some((group, heading)) = self.called(column) else { return Vec::new() };
        let known = self.places.iter().map(|p| &p.heading);
        let alike = known.chain(self.unknown.iter().map(|(_, heading)| heading)).filter(|other| *other == heading).count();
        let grouped = (!group.is_empty()).then(|| under(group, heading));
        grouped.into_iter().chain((alike == 1).then(|| heading.to_owned())).collect()
    }

    /// Says what a column means, or with no field that it means nothing; whoever held the field before loses it.
    pub fn set(&mut self, column: u16, field: Option<&str>) {
        let called = self.called(column).map(|(group, heading)| (group.to_owned(), heading.to_owned()));
        let Some((group, heading)) = called else { return };
        self.places.retain(|p| p.column != column);
        self.unknown.retain(|(c, _)| *c != column);
        self.groups.remove(&column);
        let Some(field) = field else { return self.leave(column, group, heading) };
        if let Some(lost) = self.places.iter().position(|p| p.field == field).map(|at| self.places.remove(at)) {
            self.leave(lost.column, lost.group, lost.heading);
        }
        self.places.push(Place { column, field: field.to_owned(), heading, group });
        self.places.sort_by_key(|p| p.column);
    }

    /// A column that is not understood.
    fn leave(&mut self, column: u16, group: String, heading: String) {
        self.unknown.push((column, heading));
        self.unknown.sort();
        if !group.is_empty() {
            self.groups.insert(column, group);
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::annexes::Annex;
    use crate::intake::units::columns::{UNITS, template};
    use crate::platform::sheet::Cell;

    /// A row of texts.
    pub fn row(cells: &[&str]) -> Row {
        let cells = (0_u16..).zip(cells).filter(|(_, text)| !text.is_empty());
        let cells = cells.map(|(c, text)| (c, Cell::Text((*text).into()))).collect();
        Row { sheet: "名单".into(), row: 3, cells, carried: Vec::new() }
    }

    fn units(cells: &[&str]) -> Option<Head> {
        Head::read(Kind::Units, &Learned::new(), None, &row(cells))
    }

    fn fields(head: &Head) -> Vec<&str> {
        head.places.iter().map(|p| p.field.as_str()).collect()
    }

    #[test]
    fn headings_are_read_by_meaning() {
        let head = units(&["序号", " 企业名称*", "信用代码（必填）", "所属 乡镇（街道）", "法人", "电话", "手机"]).unwrap();
        assert_eq!(fields(&head), ["name", "credit_code", "township", "contact_phone"]);
        assert_eq!(head.unknown, [(4, "法人".to_owned()), (6, "手机".to_owned())], "the second phone has no place");
    }

    #[test]
    fn a_title_is_no_head() {
        assert_eq!(units(&["长治市潞州区排污单位名单"]), None);
        assert_eq!(units(&["单位名称"]), None, "a name alone may be anything");
        assert_eq!(units(&["地址", "电话"]), None);
    }

    #[test]
    fn the_template_is_understood() {
        let headings: Vec<String> = template().into_iter().map(|h| h.text).collect();
        let head = units(&headings.iter().map(String::as_str).collect::<Vec<_>>()).unwrap();
        assert_eq!((head.places.len(), head.unknown.len()), (UNITS.len(), 0));
    }

    #[test]
    fn groups_tell_what_a_word_alone_would_not() {
        let above = row(&["序号", "企业名称", "曝光情况", "", "备注"]);
        let below = row(&["", "", "日期", "媒体", ""]);
        let head = Head::read(Kind::Annex(Annex::Two), &Learned::new(), Some(&above), &below).unwrap();
        assert_eq!(fields(&head), ["name", "exposed_on", "exposure_media", "remark"]);
    }

    #[test]
    fn what_an_office_taught_us_comes_before_our_guess() {
        let learned = Learned::from([("法人".to_owned(), "contact_name".to_owned()), ("电话".to_owned(), String::new())]);
        let head = Head::read(Kind::Units, &learned, None, &row(&["企业名称", "法人", "电话", "地址"])).unwrap();
        assert_eq!(fields(&head), ["name", "contact_name", "address"]);
    }

    #[test]
    fn a_heading_that_stands_twice_is_taught_with_its_group() {
        let above = row(&["企业名称", "自查情况", "", "整改情况", "", ""]);
        let below = row(&["", "日期", "是否存在问题", "整改措施", "日期", "资金来源"]);
        let kind = Kind::Annex(Annex::One);
        let read = |learned: &Learned| Head::read(kind, learned, Some(&above), &below).unwrap();
        let head = read(&Learned::new());
        assert_eq!(head.names(4), ["整改情况\n日期"], "alone it could mean two columns");
        assert_eq!(head.names(5), ["整改情况\n资金来源", "资金来源"]);
        let grouped = Learned::from([(head.names(4).remove(0), "completed_on".to_owned())]);
        assert_eq!(fields(&read(&grouped)), ["name", "self_inspected_on", "has_problem", "measures", "completed_on"]);
        let plain = Learned::from([("日期".to_owned(), "completed_on".to_owned())]);
        assert_eq!(fields(&read(&plain)), fields(&head), "of two nobody can tell which was meant");
        let once = row(&["企业名称", "日期", "整改措施"]);
        assert_eq!(fields(&Head::read(kind, &plain, None, &once).unwrap()), ["name", "completed_on", "measures"]);
        let mut set = head;
        set.set(4, Some("completed_on"));
        assert_eq!(set.place("completed_on").map(|p| p.group.as_str()), Some("整改情况"));
    }

    #[test]
    fn one_column_may_hold_contact_and_telephone() {
        let head = units(&["企业名称", "联系人及电话", "地址"]).unwrap();
        assert_eq!(fields(&head), ["name", "contact", "address"]);
        assert_eq!(head.given().collect::<Vec<_>>(), ["name", "address", "contact_name", "contact_phone"]);
        let both = units(&["企业名称", "联系人及电话", "联系人"]).unwrap();
        assert_eq!(both.given().collect::<Vec<_>>(), ["name", "contact_name", "contact_phone"], "its own column comes first");
    }

    #[test]
    fn a_title_gives_bare_amounts_their_unit() {
        let read = |cells: &[&str]| Head::read(Kind::Annex(Annex::Two), &Learned::new(), None, &row(cells)).unwrap();
        let unit = |head: &Head| head.unit_of(head.place("fine").unwrap());
        let mut head = read(&["企业名称", "罚款金额"]);
        assert_eq!(unit(&head), Unit::Wan);
        head.titles = vec!["违法排污行为台账".into(), "填报单位：潞州区分局 单位：元".into()];
        assert_eq!(unit(&head), Unit::Yuan);
        let mut named = read(&["企业名称", "罚款金额（万元）"]);
        named.titles.clone_from(&head.titles);
        assert_eq!(unit(&named), Unit::Wan, "the column's own word comes first");
    }

    #[test]
    fn a_corrected_column_takes_the_field_from_another() {
        let mut head = units(&["企业名称", "电话", "手机"]).unwrap();
        head.set(2, Some("contact_phone"));
        assert_eq!((fields(&head), head.unknown.clone()), (vec!["name", "contact_phone"], vec![(1, "电话".to_owned())]));
        head.set(2, None);
        assert_eq!(fields(&head), ["name"]);
    }
}
