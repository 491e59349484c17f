//! 附件1 排污单位自查和整改情况表: a line is a unit with a problem it found itself; a unit that found none has one line too,
//! because the notice is about every polluting unit of the area.

use super::column::{Cell, Column, Owner};
use super::line::Line;
use crate::figures::Values;
use crate::platform::sheet::Kind;
use crate::vocabulary::{PermitClass, SelfInspectionState, industry};

const UNIT: &str = "排污单位基本情况";
const INSPECTION: &str = "自查情况";
const RECTIFICATION: &str = "整改情况";
const VERIFICATION: &str = "核查销号";

/// The columns in order.
pub const COLUMNS: &[Column] = &[
    column("no", "序号", "", 5.5, Kind::Number, "", Owner::Computed, |l| Cell::Number(l.no)),
    column(
        "name",
        "单位名称",
        UNIT,
        20.0,
        Kind::Text,
        "按营业执照全称填写；一家单位有多个问题的，逐条填写。",
        Owner::Unit,
        |l| Cell::text(Some(&*l.name)).owed(true),
    ),
    column("site", "厂区", UNIT, 7.0, Kind::Text, "只有一个厂区的不填。", Owner::Unit, |l| {
        Cell::text(Some(&*l.site))
    }),
    column(
        "credit_code",
        "统一社会信用代码",
        UNIT,
        19.5,
        Kind::Code,
        "18位，文本格式；确无代码的填“/”。",
        Owner::Unit,
        credit_code,
    ),
    column("township", "所在乡镇（街道）", UNIT, 9.0, Kind::Text, "", Owner::Unit, |l| Cell::text(Some(&*l.township))),
    column("industry", "行业类别", UNIT, 14.0, Kind::Text, "国民经济行业代码和名称，可填两位大类。", Owner::Unit, industry_of),
    column(
        "permit_class",
        "排污许可管理类别",
        UNIT,
        9.0,
        Kind::Text,
        "重点管理、简化管理、未纳入或应发未发。",
        Owner::Unit,
        |l| Cell::word(l.permit_class.as_deref(), |c| PermitClass::from_code(c).map(PermitClass::label)),
    ),
    column("contact_name", "环保负责人", UNIT, 8.0, Kind::Text, "企业环保负责人。", Owner::Unit, |l| {
        Cell::text(l.contact_name.as_deref())
    }),
    column("contact_phone", "联系电话", UNIT, 12.5, Kind::Code, "文本格式。", Owner::Unit, |l| {
        Cell::text(l.contact_phone.as_deref())
    }),
    column(
        "self_inspection",
        "自查状态",
        INSPECTION,
        8.5,
        Kind::Text,
        "已自查、正在开展、停产、已关闭拆除、查无此单位、联系不上、拒不开展、不适用。",
        Owner::SelfInspection,
        |l| Cell::text(l.inspection().map(SelfInspectionState::label)),
    ),
    column(
        "self_inspected_on",
        "自查完成日期",
        INSPECTION,
        10.8,
        Kind::Date,
        "如2019-06-20。",
        Owner::SelfInspection,
        |l| Cell::date(l.inspected_on).owed(l.inspection() == Some(SelfInspectionState::Inspected)),
    ),
    column(
        "has_problem",
        "是否发现问题",
        INSPECTION,
        9.0,
        Kind::Text,
        "是、否；未自查的填“未自查（原因）”。",
        Owner::SelfInspection,
        has_problem,
    ),
    column(
        "problem_kind",
        "问题类型",
        INSPECTION,
        10.0,
        Kind::Text,
        "主要类型写在前面，多个类型以分号隔开。",
        Owner::Problem,
        |l| Cell::text(l.kinds()).owed(l.has_problem()),
    ),
    column("problem", "存在的问题", INSPECTION, 26.0, Kind::Text, "一行一个问题。", Owner::Problem, |l| {
        Cell::text(l.description.as_deref()).owed(l.has_problem() || l.found.as_deref() == Some("some"))
    }),
    column("measures", "整改措施", RECTIFICATION, 22.0, Kind::Text, "", Owner::Problem, |l| {
        Cell::text(l.measures.as_deref())
    }),
    column(
        "plan_filed_on",
        "整改方案备案日期",
        RECTIFICATION,
        10.8,
        Kind::Date,
        "立行立改的可不填。",
        Owner::Problem,
        |l| Cell::date(l.plan_filed_on),
    ),
    column(
        "due_on",
        "计划完成时限",
        RECTIFICATION,
        10.8,
        Kind::Date,
        "延期的填批准后的时限。",
        Owner::Problem,
        |l| Cell::date(l.due_on).owed(owes_due(l)),
    ),
    column(
        "invested",
        "整改投入资金（万元）",
        RECTIFICATION,
        9.0,
        Kind::Money,
        "单位为万元；几个问题合并计算的填“并入上行”。",
        Owner::Problem,
        invested,
    ),
    column(
        "progress",
        "整改进展",
        RECTIFICATION,
        9.0,
        Kind::Text,
        "由备案、完成、核查等日期得出。",
        Owner::Computed,
        |l| Cell::text(l.progress().map(|p| p.label())),
    ),
    column("completed_on", "实际完成日期", RECTIFICATION, 10.8, Kind::Date, "", Owner::Problem, |l| {
        Cell::date(l.completed_on)
    }),
    column("verified_on", "核查日期", VERIFICATION, 10.8, Kind::Date, "", Owner::Problem, |l| Cell::date(l.verified_on)),
    column("verified", "是否销号", VERIFICATION, 6.0, Kind::Text, "是或否。", Owner::Computed, |l| {
        Cell::text(l.has_problem().then(|| if l.verified_on.is_some() { "是" } else { "否" }))
    }),
    column("supervisor", "监管责任人", VERIFICATION, 8.0, Kind::Text, "", Owner::Problem, |l| {
        Cell::text(l.supervisor.as_deref())
    }),
    column("remark", "备注", "", 16.0, Kind::Text, "", Owner::Problem, |l| Cell::text(l.remark.as_deref())),
];

/// What stands below the table.
pub const FOOTNOTES: &[&str] = &[
    "注：1.一家单位有多个问题的，逐条填写，单位数按单位去重统计。2.本表反映数据截止日期当日的状态，其后发生的不计入。3.不属实的问题不列入。",
    "4.完成率=（已完成待核查+已销号+以关代改）÷（问题数-移交）；分母为0时以“—”表示。5.金额单位为万元。",
];

#[expect(clippy::too_many_arguments, reason = "a line of the list above reads as the official sheet does")]
pub(super) const fn column(
    id: &'static str,
    heading: &'static str,
    group: &'static str,
    width: f64,
    kind: Kind,
    hint: &'static str,
    owner: Owner,
    write: fn(&Line) -> Cell,
) -> Column {
    Column { id, heading, group, width, kind, hint, owner, write }
}

/// The figures in the row of totals.
pub const FIGURES: &[&str] = &["inspected", "own_units", "own", "own_finished", "own_ours", "own_verified", "own_invested"];

/// 合计.
pub fn totals(v: &Values) -> String {
    format!(
        "合计：自查单位{}家；发现问题单位{}家；问题{}个；已完成整改{}个（完成率{}）；已销号{}个；整改投入{}万元。",
        v.shown("inspected"),
        v.shown("own_units"),
        v.shown("own"),
        v.shown("own_finished"),
        v.own_completion(),
        v.shown("own_verified"),
        v.shown("own_invested"),
    )
}

pub(super) fn credit_code(line: &Line) -> Cell {
    match &line.credit_code {
        Some(code) => Cell::Text(code.clone()),
        None if line.code_explained() => Cell::Slash,
        None => Cell::Gap,
    }
}

pub(super) fn industry_of(line: &Line) -> Cell {
    Cell::text(line.industry.as_ref().map(|code| industry(code).map_or_else(|| code.clone(), |i| i.title())))
}

fn has_problem(line: &Line) -> Cell {
    let inspected = line.inspection() == Some(SelfInspectionState::Inspected);
    match (line.has_problem(), line.found.as_deref()) {
        (true, _) => Cell::Text("是".into()),
        (false, Some("some")) if inspected => Cell::Text("是".into()),
        (false, Some("none")) if inspected => Cell::Text("否".into()),
        _ if inspected => Cell::Gap,
        _ => Cell::Text(line.no_inspection_reason().map_or("未自查".to_owned(), |reason| format!("未自查（{reason}）"))),
    }
}

fn invested(line: &Line) -> Cell {
    if line.invested_with_above { Cell::Text("并入上行".into()) } else { Cell::money(line.invested_fen) }
}

/// Filing asks for a due date or a completion, of problems that are ours to finish.
pub(super) fn owes_due(line: &Line) -> bool {
    line.progress().is_some_and(|p| p.open())
}
