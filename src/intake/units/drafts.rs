//! Lines of a list as units: each is read by the function that reads the form, then held against the lines above it.

use super::alike::{Alike, Identity};
use crate::base::text::{self, name_key};
use crate::base::{Cells, CountyId, Message};
use crate::counties::Directory;
use crate::intake::findings::Teller;
use crate::intake::preview::Finding;
use crate::intake::{About, Head, Line, Terms};
use crate::units::UnitChanges;
use crate::vocabulary::industries::{self, Industry};

/// A line that can be read as a unit.
#[derive(Debug)]
pub struct Draft<'a> {
    pub line: &'a Line,
    pub county: CountyId,
    /// The facts of the line alone.
    pub facts: UnitChanges,
    /// What went in and should be checked.
    pub doubts: Vec<Finding>,
}

/// Reads one line: the unit and the doubts that go in with it, or everything that is wrong.
pub fn draft<'a>(teller: &Teller<'a>, titled: &Titled, terms: &Terms<'_>) -> Result<Draft<'a>, Vec<Finding>> {
    let line = teller.line;
    let Some(head) = teller.head() else { return Err(Vec::new()) };
    let mut cells = Cells::new(terms.today);
    let (mut bad, mut doubts) = (Vec::new(), Vec::new());
    for field in head.given().filter(|f| *f != "county") {
        cells.set(field.to_owned(), line.value(head, field).replace('\0', ""));
    }
    if let Some(doubt) = unread_industry(&mut cells) {
        doubts.push(teller.finding("industry", doubt));
    }
    let spoilt: Vec<(&str, String)> =
        head.places.iter().filter_map(|p| Some((p.field.as_str(), line.spoilt(head, &p.field)?))).collect();
    bad.extend(spoilt.iter().map(|(field, reason)| teller.finding(field, reason.clone())));
    let county = titled.county_of(teller, terms).map_err(|reason| bad.push(teller.finding("county", reason)));
    let (facts, asked) = read_with_doubts(&mut cells, UnitChanges::read);
    let told = |field: &str| spoilt.iter().any(|(spoilt, _)| *spoilt == field);
    bad.extend(cells.errors().iter().filter(|e| !told(&e.field)).map(|e| teller.finding(&e.field, e.text.clone())));
    match (county, facts) {
        (Ok(county), Some(mut facts)) if bad.is_empty() => {
            if asked.iter().any(|d| d.field == "credit_code") {
                facts.code_confirmed = false;
            }
            doubts.extend(asked.into_iter().map(|d| teller.finding(&d.field, as_told(&d.text))));
            Ok(Draft { line, county, facts, doubts })
        }
        _ => Err(bad),
    }
}

/// Reads cells; what the form would ask about and a tick would settle is settled, and told.
pub fn read_with_doubts<T>(cells: &mut Cells, read: impl Fn(&mut Cells) -> Option<T>) -> (Option<T>, Vec<Message>) {
    let first = read(cells);
    let doubts = cells.questions().to_vec();
    if first.is_some() || doubts.is_empty() || !cells.errors().is_empty() {
        return (first, Vec::new());
    }
    cells.unread();
    for doubt in &doubts {
        cells.set(format!("confirm_{}", doubt.field), "yes");
    }
    (read(cells), doubts)
}

/// A question of the form as a note: a file has no box to tick.
pub fn as_told(question: &str) -> String {
    match question.split_once("，请核对原件；") {
        Some((statement, _)) => format!("{statement}，已按原文导入，请核对原件。"),
        None => question.to_owned(),
    }
}

/// Takes words out of the cell of the industry that name none: the unit comes in with a gap there, and the words are told.
fn unread_industry(cells: &mut Cells) -> Option<String> {
    let doubt = industry_of(cells.raw("industry")).err()?;
    cells.set("industry", "");
    Some(doubt)
}

/// The industry that a cell names, none of an empty one; or the sentence about words that name none.
pub fn industry_of(typed: &str) -> Result<Option<&'static Industry>, String> {
    let plain = text::tidied(typed);
    let near = || match industries::search(&plain, 2).as_slice() {
        [only] => Some(*only),
        _ => None,
    };
    match industries::read(&plain).or_else(near) {
        _ if plain.is_empty() => Ok(None),
        Some(industry) => Ok(Some(industry)),
        None => Err(format!("未识别的行业“{plain}”，已按待补导入，请补填代码（两位即可）或名称。")),
    }
}

/// The county that each head of a file names: by its sheet, or by a title.
#[derive(Debug)]
pub struct Titled(Vec<Option<CountyId>>);

impl Titled {
    /// Of all heads of a file.
    pub fn of(about: &About, directory: &Directory) -> Self {
        Self(about.heads.iter().map(|head| by_title(head, directory)).collect())
    }

    /// The county of a line: its own cell, else the county that the import is for, unless the sheet's name or title says another.
    pub fn county_of(&self, teller: &Teller<'_>, terms: &Terms<'_>) -> Result<CountyId, String> {
        let Terms { directory, county, .. } = terms;
        let typed = teller.value("county");
        let typed = text::tidied(&typed);
        if typed.is_empty() {
            return match (*county, self.0.get(teller.line.head).copied().flatten()) {
                (Some(asked), Some(titled)) if asked != titled => Err(format!(
                    "该表为{}的表（见标题或工作表名），本次只导入{}的内容，请核对是否选错了文件。",
                    directory.name(titled),
                    directory.name(asked)
                )),
                (asked, titled) => asked.or(titled).ok_or_else(|| "未写明所属县区，无法登记。".to_owned()),
            };
        }
        let own = directory.read(&typed).ok_or_else(|| format!("“{typed}”不是长治市所辖县区，请核对。"))?;
        match county {
            Some(asked) if *asked != own => {
                Err(format!("该行属于{}，本次只导入{}的名单。", directory.name(own), directory.name(*asked)))
            }
            _ => Ok(own),
        }
    }
}

/// A sheet named after a county, or a title that names exactly one.
fn by_title(head: &Head, directory: &Directory) -> Option<CountyId> {
    if let Some(county) = directory.read(&head.sheet) {
        return Some(county);
    }
    let mut named = directory.counties().filter(|c| head.titles.iter().any(|t| t.contains(&c.name))).map(|c| c.id);
    named.next().filter(|_| named.next().is_none())
}

/// Where each unit of the file stood first: sheet and row.
#[derive(Debug, Default)]
pub struct Seen(Alike<(String, u32)>);

impl Seen {
    /// What tells the unit of a line, if no line above is the same.
    pub fn first(&self, teller: &Teller<'_>, draft: &Draft<'_>) -> Result<Identity, Vec<Finding>> {
        let UnitChanges { name, site, credit_code, .. } = &draft.facts;
        let unit = Identity::new(draft.county, credit_code.as_deref(), &name_key(name), &name_key(site));
        if let Some((field, (sheet, row))) = self.0.find(&unit) {
            let place = if sheet == teller.sheet() { String::new() } else { format!("工作表“{sheet}”") };
            let reason = format!("与{place}第{row}行是同一单位，只导入前一行。同一单位有几个厂区的，请填写“厂区”。");
            return Err(vec![teller.finding(field, reason)]);
        }
        Ok(unit)
    }

    /// Takes up a unit that goes in.
    pub fn add(&mut self, unit: Identity, teller: &Teller<'_>) {
        self.0.add(unit, (teller.sheet().to_owned(), teller.line.row));
    }
}
