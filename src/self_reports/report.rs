//! What a unit reports.

use crate::base::{Cells, CountyId, Money};
use crate::problems::USUAL_INVESTMENT;
use crate::self_inspections::Found;
use crate::vocabulary::{Kind, kind};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

/// Most problems that one report tells; more go into a second.
pub const MOST_PROBLEMS: usize = 5;

/// A report as kept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Report {
    /// The county.
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// For the second clerk.
    pub version: i32,
    /// The unit.
    pub unit_id: Uuid,
    /// When it came (business time).
    pub received_at: DateTime<Utc>,
    /// Who at the unit reported.
    pub reporter: String,
    /// Their telephone.
    pub phone: Option<String>,
    /// The day of the self-inspection.
    pub inspected_on: Option<NaiveDate>,
    /// `none` or `some`.
    pub found: Option<String>,
    /// A sentence.
    pub note: Option<String>,
    /// `waiting`, `taken` or `set_aside`.
    pub state: String,
    /// Who took it over or set it aside.
    pub settled_by: Option<String>,
    /// When.
    pub settled_at: Option<DateTime<Utc>>,
    /// Why it was set aside.
    pub settled_note: Option<String>,
}

impl Report {
    /// Whether it waits for a clerk.
    pub fn waits(&self) -> bool {
        self.state == "waiting"
    }

    /// The state in words.
    pub fn state_label(&self) -> &'static str {
        state_label(&self.state)
    }

    /// What was found, in words.
    pub fn found_label(&self) -> &'static str {
        match self.found.as_deref() {
            Some("none") => "未发现问题",
            Some("some") => "发现问题",
            _ => "",
        }
    }
}

/// A state in words.
pub(super) fn state_label(state: &str) -> &'static str {
    match state {
        "waiting" => "企业自报·待核",
        "taken" => "已采用",
        _ => "未采用",
    }
}

/// One problem of a report.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ReportedProblem {
    /// Its id.
    pub id: Uuid,
    /// The kind's code.
    pub kind: Option<String>,
    /// What was found.
    pub description: String,
    /// 改正措施.
    pub measures: Option<String>,
    /// 责任人员.
    pub responsible_person: Option<String>,
    /// 计划完成时限.
    pub due_on: Option<NaiveDate>,
    /// 资金, in 分.
    pub invested_fen: Option<i64>,
    /// Completed already.
    pub completed_on: Option<NaiveDate>,
    /// The problem that it was taken over into.
    pub problem_id: Option<Uuid>,
}

impl ReportedProblem {
    /// The kind in words.
    pub fn kind_label(&self) -> &'static str {
        self.kind.as_deref().and_then(kind).map_or("", |k| k.label)
    }

    /// The money in 万元, as it is typed.
    pub fn invested(&self) -> String {
        self.invested_fen.map(|fen| Money::from_fen(fen).to_wan()).unwrap_or_default()
    }
}

/// A report as typed.
#[derive(Clone, Debug)]
pub struct NewReport {
    /// Who reports.
    pub reporter: String,
    /// Their telephone.
    pub phone: Option<String>,
    /// The day of the self-inspection.
    pub inspected_on: NaiveDate,
    /// What was found.
    pub found: Found,
    /// A sentence.
    pub note: Option<String>,
    /// The problems.
    pub problems: Vec<NewReported>,
}

/// A problem as typed.
#[derive(Clone, Debug)]
pub struct NewReported {
    /// The kind's code.
    pub kind: Option<String>,
    /// What was found.
    pub description: String,
    /// 改正措施.
    pub measures: Option<String>,
    /// 责任人员.
    pub responsible_person: Option<String>,
    /// 计划完成时限.
    pub due_on: Option<NaiveDate>,
    /// 资金.
    pub invested: Option<Money>,
    /// Completed already.
    pub completed_on: Option<NaiveDate>,
}

impl NewReport {
    /// Reads the unit's form: who, when, whether problems were found; then up to [`MOST_PROBLEMS`] blocks of fields that end in
    /// `_1` to `_5`.
    pub fn read(cells: &mut Cells) -> Option<Self> {
        let reporter = cells.required("reporter", "请填写填报人姓名。");
        let phone = cells.text("phone");
        let inspected_on = cells.date("inspected_on");
        if inspected_on.is_none() && cells.error("inspected_on").is_none() {
            cells.refuse("inspected_on", "请填写自查完成日期。");
        }
        cells.not_in_future("inspected_on", "自查完成日期", inspected_on);
        let found = cells.choice("found", Found::read);
        if found.is_none() && cells.error("found").is_none() {
            cells.refuse("found", "请选择是否发现问题。");
        }
        let note = cells.text("note");
        if found == Some(Found::None) && (1..=MOST_PROBLEMS).any(|n| cells.text(&format!("problem_{n}")).is_some()) {
            cells.refuse("found", "您已填写发现的问题，请选“发现问题”；确无问题的，请清空下面的问题。");
        }
        let problems = match found {
            Some(Found::Some) => (1..=MOST_PROBLEMS).filter_map(|n| NewReported::read(cells, n)).collect(),
            _ => Vec::new(),
        };
        if found == Some(Found::Some) && problems.is_empty() && cells.clean() {
            cells.refuse("problem_1", "请写明发现的问题。");
        }
        cells.clean().then_some(())?;
        Some(Self { reporter: reporter?, phone, inspected_on: inspected_on?, found: found?, note, problems })
    }
}

impl NewReported {
    fn read(cells: &mut Cells, n: usize) -> Option<Self> {
        let field = |name: &str| format!("{name}_{n}");
        let description = cells.text(&field("problem"));
        let new = Self {
            kind: cells.choice(&field("problem_kind"), Kind::read).map(|k| k.code.to_owned()),
            description: description.clone().unwrap_or_default(),
            measures: cells.text(&field("measures")),
            responsible_person: cells.text(&field("responsible_person")),
            due_on: cells.date(&field("due_on")),
            invested: cells.money(&field("invested"), USUAL_INVESTMENT),
            completed_on: cells.date(&field("completed_on")),
        };
        cells.not_in_future(&field("completed_on"), "完成日期", new.completed_on);
        let said = new.measures.is_some() || new.due_on.is_some() || new.invested.is_some() || new.completed_on.is_some();
        if description.is_none() && said {
            cells.refuse(&field("problem"), "请写明发现的问题，或清空本条其他内容。");
        }
        description.map(|_| new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&'static str, &str)]) -> (Option<NewReport>, Cells) {
        let mut cells = Cells::new(NaiveDate::from_ymd_opt(2019, 6, 20).unwrap_or_default());
        cells.set("reporter", "王某").set("inspected_on", "6.18");
        for (name, value) in pairs {
            cells.set(*name, *value);
        }
        (NewReport::read(&mut cells), cells)
    }

    #[test]
    fn a_report_says_who_when_and_what() {
        let (report, _) = read(&[("found", "some"), ("problem_1", "除尘布袋破损"), ("due_on_1", "6.28"), ("invested_1", "2.5")]);
        let report = report.unwrap();
        assert_eq!((report.problems.len(), report.problems[0].description.as_str()), (1, "除尘布袋破损"));
        let (clear, _) = read(&[("found", "none")]);
        assert!(clear.unwrap().problems.is_empty());
        let (_, cells) = read(&[("found", "none"), ("problem_1", "写了问题却选了没有问题")]);
        assert!(cells.error("found").is_some(), "nothing typed is lost");
        let (_, cells) = read(&[("found", "some"), ("problem_1", "布袋破损"), ("invested_1", "50000")]);
        assert!(cells.question("invested_1").unwrap().contains("是否应为"), "元 for 万元 is asked");
    }

    #[test]
    fn what_is_missing_is_said_where_it_is_missing() {
        assert!(read(&[]).1.error("found").is_some());
        assert!(read(&[("found", "some")]).1.error("problem_1").unwrap().contains("请写明"));
        assert!(read(&[("found", "some"), ("problem_1", "甲"), ("measures_2", "更换")]).1.error("problem_2").is_some());
    }
}
