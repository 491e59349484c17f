//! One visit.

use crate::base::{Cells, CountyId, dates, text};
use crate::vocabulary::InspectionResult;
use chrono::NaiveDate;
use uuid::Uuid;

/// Officers that the law wants at the least (环境行政处罚办法, 部令第8号, 第二十八条).
pub const FEWEST_OFFICERS: usize = 2;

/// A visit as registered.
#[derive(Clone, Debug, serde::Deserialize, sqlx::FromRow)]
pub struct Inspection {
    /// The county.
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// For the second editor.
    pub version: i32,
    /// The unit.
    pub unit_id: Uuid,
    /// The day.
    pub inspected_on: NaiveDate,
    /// Who went.
    pub officers: Vec<String>,
    /// The result's code.
    pub result: Option<String>,
    /// A sentence.
    pub note: Option<String>,
    /// Entered by mistake.
    pub removed: bool,
}

impl Inspection {
    /// The result.
    pub fn result(&self) -> Option<InspectionResult> {
        self.result.as_deref().and_then(InspectionResult::from_code)
    }

    /// The result in words.
    pub fn result_label(&self) -> &'static str {
        self.result().map_or("", InspectionResult::label)
    }

    /// Whether problems were found, which are to be registered.
    pub fn found(&self) -> bool {
        self.result() == Some(InspectionResult::Problems)
    }

    /// What is missing.
    pub fn gaps(&self) -> Vec<&'static str> {
        let few = self.officers.len() < FEWEST_OFFICERS;
        [(few, "执法人员不足两名"), (self.result.is_none(), "排查结果")]
            .into_iter()
            .filter(|(lacks, _)| *lacks)
            .map(|(_, w)| w)
            .collect()
    }

    /// As the cells of its form.
    pub fn cells(&self, today: NaiveDate) -> Cells {
        let mut cells = Cells::new(today);
        cells
            .set("inspected_on", dates::short(self.inspected_on))
            .set("officers", self.officers.join("、"))
            .set("result", self.result.clone().unwrap_or_default())
            .set("note", self.note.clone().unwrap_or_default())
            .set("removed", if self.removed { "yes" } else { "" })
            .set("version", self.version.to_string());
        cells
    }
}

/// A visit as typed.
#[derive(Clone, Debug)]
pub struct InspectionChanges {
    /// The day.
    pub inspected_on: NaiveDate,
    /// Who went.
    pub officers: Vec<String>,
    /// The result.
    pub result: Option<InspectionResult>,
    /// A sentence.
    pub note: Option<String>,
    /// Entered by mistake: it counts no more.
    pub removed: bool,
    /// The version that the editor saw; 0 for a new one.
    pub version: i32,
}

impl InspectionChanges {
    /// Reads the form. A visit has a day and somebody who went; a second officer may be missing for the moment, the same name
    /// twice is refused.
    pub fn read(cells: &mut Cells) -> Option<Self> {
        let inspected_on = cells.date("inspected_on");
        if inspected_on.is_none() && cells.error("inspected_on").is_none() {
            cells.refuse("inspected_on", "请填写排查日期。");
        }
        cells.not_in_future("inspected_on", "排查日期", inspected_on);
        let officers = names(cells, "officers");
        if officers.is_empty() && cells.error("officers").is_none() {
            cells.refuse("officers", "请填写执法人员姓名，两名以上用顿号隔开。");
        }
        let result = cells.choice("result", InspectionResult::read);
        let note = cells.text("note");
        let removed = cells.tick("removed");
        let version = cells.raw("version").parse().unwrap_or(0);
        cells.clean().then_some(())?;
        Some(Self { inspected_on: inspected_on?, officers, result, note, removed, version })
    }
}

/// Names as people write them in one field, each once.
pub(super) fn names(cells: &mut Cells, field: &str) -> Vec<String> {
    let names = text::names(&cells.text(field).unwrap_or_default());
    if let Some(twice) = names.iter().enumerate().find_map(|(at, name)| names[..at].contains(name).then_some(name)) {
        cells.refuse(field, format!("“{twice}”填写了两次，请核对。"));
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(officers: &str) -> Result<Vec<String>, String> {
        let mut cells = Cells::new(NaiveDate::from_ymd_opt(2019, 6, 20).unwrap_or_default());
        cells.set("inspected_on", "6.18").set("officers", officers);
        InspectionChanges::read(&mut cells).map(|c| c.officers).ok_or_else(|| cells.error("officers").unwrap_or("").to_owned())
    }

    #[test]
    fn officers_are_written_as_offices_write_them_and_each_once() {
        assert_eq!(read("张某、李某"), Ok(vec!["张某".to_owned(), "李某".to_owned()]));
        assert_eq!(read(" 张某 ,李某； "), Ok(vec!["张某".to_owned(), "李某".to_owned()]));
        assert!(read("张某 张某").unwrap_err().contains("填写了两次"));
        assert!(read("").unwrap_err().contains("请填写执法人员"));
    }
}
