//! Lines of a list as units: each is read by the function that reads the form, then held against the lines above it.

use crate::base::text::{self, name_key};
use crate::base::{Cells, CountyId, Message};
use crate::counties::Directory;
use crate::intake::findings::Teller;
use crate::intake::preview::Finding;
use crate::intake::{Line, Terms};
use crate::units::UnitChanges;
use std::collections::HashMap;

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
pub fn draft<'a>(teller: &Teller<'a>, terms: &Terms<'_>) -> Result<Draft<'a>, Vec<Finding>> {
    let line = teller.line;
    let Some(head) = teller.head() else { return Err(Vec::new()) };
    let mut cells = Cells::new(terms.today);
    for place in head.places.iter().filter(|p| p.field != "county") {
        cells.set(&place.field, line.value(head, &place.field).replace('\0', ""));
    }
    let spoilt: Vec<(&str, String)> =
        head.places.iter().filter_map(|p| Some((p.field.as_str(), line.spoilt(head, &p.field)?))).collect();
    let mut bad: Vec<Finding> = spoilt.iter().map(|(field, reason)| teller.finding(field, reason.clone())).collect();
    let county = county_of(teller, terms).map_err(|reason| bad.push(teller.finding("county", reason)));
    let (facts, doubts) = read_with_doubts(&mut cells, UnitChanges::read);
    let told = |field: &str| spoilt.iter().any(|(spoilt, _)| *spoilt == field);
    bad.extend(cells.errors().iter().filter(|e| !told(&e.field)).map(|e| teller.finding(&e.field, e.text.clone())));
    match (county, facts) {
        (Ok(county), Some(mut facts)) if bad.is_empty() => {
            if doubts.iter().any(|d| d.field == "credit_code") {
                facts.code_confirmed = false;
            }
            let doubts = doubts.into_iter().map(|d| teller.finding(&d.field, as_told(&d.text))).collect();
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
        cells.set(&format!("confirm_{}", doubt.field), "yes");
    }
    (read(cells), doubts)
}

/// A question of the form as a note: a file has no box to tick.
fn as_told(question: &str) -> String {
    let statement = question.split('；').next().unwrap_or(question).trim_end_matches('。');
    format!("{statement}。已按原文导入，请核对。")
}

/// The county of a line: its own cell, else the county that the import is for, else what the sheet's title says.
pub fn county_of(teller: &Teller<'_>, terms: &Terms<'_>) -> Result<CountyId, String> {
    let Terms { directory, county, .. } = terms;
    let typed = text::tidy(&teller.value("county"));
    if typed.is_empty() {
        return county.or_else(|| by_title(teller, directory)).ok_or_else(|| "未写明所属县区，无法登记。".to_owned());
    }
    let own = directory.read(&typed).ok_or_else(|| format!("“{typed}”不是长治市所辖县区，请核对。"))?;
    match county {
        Some(asked) if *asked != own => {
            Err(format!("该行属于{}，本次只导入{}的名单。", directory.name(own), directory.name(*asked)))
        }
        _ => Ok(own),
    }
}

/// A sheet named after a county, or a title that names exactly one.
fn by_title(teller: &Teller<'_>, directory: &Directory) -> Option<CountyId> {
    let head = teller.head()?;
    if let Some(county) = directory.read(&head.sheet) {
        return Some(county);
    }
    let mut named = directory.counties().filter(|c| head.titles.iter().any(|t| t.contains(&c.name))).map(|c| c.id);
    named.next().filter(|_| named.next().is_none())
}

/// What tells units apart: county, code or key of the name, site.
type Key = (CountyId, String, String);

/// Where each unit of the file stood first: sheet and row.
#[derive(Debug, Default)]
pub struct Seen {
    codes: HashMap<Key, (String, u32)>,
    names: HashMap<Key, (String, u32)>,
    names_without_code: HashMap<Key, (String, u32)>,
}

impl Seen {
    /// Takes a line if no line above is the same unit: same code and site, or same name and site where one of the two has no
    /// code.
    pub fn first(&mut self, teller: &Teller<'_>, draft: &Draft<'_>) -> Result<(), Vec<Finding>> {
        let site = name_key(&draft.facts.site);
        let name = (draft.county, name_key(&draft.facts.name), site.clone());
        let code = draft.facts.credit_code.as_ref().map(|code| (draft.county, code.clone(), site));
        let (field, above) = match &code {
            Some(code) => match self.codes.get(code) {
                Some(above) => ("credit_code", Some(above)),
                None => ("name", self.names_without_code.get(&name)),
            },
            None => ("name", self.names.get(&name)),
        };
        if let Some((sheet, row)) = above {
            let place = if sheet == teller.sheet() { String::new() } else { format!("工作表“{sheet}”") };
            let reason = format!("与{place}第{row}行是同一单位，只导入前一行。同一单位有几个厂区的，请填写“厂区”。");
            return Err(vec![teller.finding(field, reason)]);
        }
        let here = (teller.sheet().to_owned(), teller.line.row);
        match code {
            Some(code) => drop(self.codes.insert(code, here.clone())),
            None => drop(self.names_without_code.insert(name.clone(), here.clone())),
        }
        self.names.entry(name).or_insert(here);
        Ok(())
    }
}
