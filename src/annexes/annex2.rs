//! 附件2 违法排污行为大整治工作台账: a line is a problem with a case; all problems from other sources than the unit itself,
//! and those of its own that have a case. Number, dates, money and persons of a case stand on its first line only, so that
//! columns add up; its other lines say where.

use super::annex1::{column, credit_code, industry_of, owes_due};
use super::column::{Cell, Column, Owner};
use super::line::Line;
use crate::figures::Values;
use crate::platform::sheet::Kind;
use crate::vocabulary::{ExposureMedia, HandledBy, Source};

const UNIT: &str = "违法单位";
const FINDING: &str = "发现情况";
const HANDLING: &str = "查处情况";
const RECTIFICATION: &str = "整改情况";
const EXPOSURE: &str = "曝光情况";
const RESPONSIBLE: &str = "责任单位及责任人";

/// The columns in order.
pub const COLUMNS: &[Column] = &[
    column("no", "序号", "", 5.5, Kind::Number, "", Owner::Computed, |l| Cell::Number(l.no)),
    column("county", "县（区）", "", 8.0, Kind::Text, "单位所在地。", Owner::Unit, |l| Cell::text(Some(&*l.county))),
    column("name", "单位名称", UNIT, 20.0, Kind::Text, "按营业执照全称填写。", Owner::Unit, |l| {
        Cell::text(Some(&*l.name)).owed(true)
    }),
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
    column("industry", "行业类别", UNIT, 14.0, Kind::Text, "国民经济行业代码和名称，可填两位大类。", Owner::Unit, industry_of),
    column("found_on", "发现日期", FINDING, 10.8, Kind::Date, "如2019-06-20。", Owner::Problem, |l| {
        Cell::date(l.found_on).owed(true)
    }),
    column("source", "问题来源", FINDING, 10.0, Kind::Text, "", Owner::Problem, |l| {
        Cell::word(l.source.as_deref(), |c| Source::from_code(c).map(Source::label)).owed(true)
    }),
    column(
        "source_number",
        "来源编号",
        FINDING,
        11.0,
        Kind::Code,
        "交办、转办的填写编号，多个编号以分号隔开。",
        Owner::Problem,
        |l| Cell::text(Some(l.source_numbers.join("；"))),
    ),
    column(
        "problem_kind",
        "违法行为类型",
        FINDING,
        13.0,
        Kind::Text,
        "主要类型写在前面，多个类型以分号隔开。",
        Owner::Problem,
        |l| Cell::text(l.kinds()).owed(true),
    ),
    column(
        "problem",
        "违法事实",
        FINDING,
        26.0,
        Kind::Text,
        "作出决定前为涉嫌违法事实。",
        Owner::Problem,
        |l| Cell::text(l.description.as_deref()).owed(true),
    ),
    column("handled_by", "办案机关", HANDLING, 9.0, Kind::Text, "", Owner::Case, |l| {
        Cell::word(l.handled_by.as_deref(), |c| HandledBy::from_code(c).map(HandledBy::label))
    }),
    column("case_number", "案件编号", HANDLING, 12.0, Kind::Code, "", Owner::Case, |l| {
        told(l, Cell::text(l.case_number.as_deref())).owed(l.tells_case())
    }),
    column("respondent", "当事人", HANDLING, 12.0, Kind::Text, "与单位名称相同的可不填。", Owner::Case, |l| {
        Cell::text(l.respondent.as_deref())
    }),
    column("order_on", "责令改正日期", HANDLING, 10.8, Kind::Date, "", Owner::Case, |l| told(l, Cell::date(l.order_on))),
    column("order_number", "责令改正文号", HANDLING, 13.0, Kind::Code, "", Owner::Case, |l| {
        told(l, Cell::text(l.order_number.as_deref()))
    }),
    column("case_filed_on", "立案日期", HANDLING, 10.8, Kind::Date, "", Owner::Case, |l| {
        told(l, Cell::date(l.case_filed_on)).owed(l.tells_case() && l.not_filed_on.is_none())
    }),
    column("decided_on", "处罚决定日期", HANDLING, 10.8, Kind::Date, "", Owner::Case, |l| {
        told(l, Cell::date(l.decided_on))
    }),
    column("decision_number", "处罚决定文号", HANDLING, 13.0, Kind::Code, "", Owner::Case, |l| {
        told(l, Cell::text(l.decision_number.as_deref())).owed(l.tells_case() && l.decided_on.is_some())
    }),
    column(
        "fine",
        "罚款金额（万元）",
        HANDLING,
        9.0,
        Kind::Money,
        "单位为万元；同一案件只在首行填写。",
        Owner::Case,
        |l| told(l, Cell::money(l.fine_fen)),
    ),
    column(
        "daily_penalty",
        "按日连续处罚金额（万元）",
        HANDLING,
        9.5,
        Kind::Money,
        "单位为万元，以决定书为准。",
        Owner::Measure,
        |l| told(l, Cell::money(l.daily_penalty_fen)).owed(l.tells_case() && l.daily_penalties > 0),
    ),
    column(
        "seized_on",
        "查封扣押日期",
        HANDLING,
        10.8,
        Kind::Date,
        "首次日期，空白为无；文号填在备注。",
        Owner::Measure,
        |l| told(l, Cell::date(l.seized_on)).owed(l.tells_case() && l.seizures > 0),
    ),
    column(
        "production_limit_kind",
        "限产停产种类",
        HANDLING,
        9.0,
        Kind::Text,
        "限制生产或停产整治。",
        Owner::Measure,
        |l| told(l, Cell::text(l.restrictions())),
    ),
    column("production_limit_on", "限产停产日期", HANDLING, 10.8, Kind::Date, "", Owner::Measure, |l| {
        told(l, Cell::date(l.restricted_on)).owed(l.tells_case() && !l.restrictions.is_empty())
    }),
    column(
        "detention_transfer_persons",
        "移送行政拘留（人）",
        HANDLING,
        7.0,
        Kind::Number,
        "人数待定的在备注说明。",
        Owner::Measure,
        |l| told(l, persons(l.detention_persons)),
    ),
    column(
        "criminal_transfer_persons",
        "移送涉嫌犯罪（人）",
        HANDLING,
        7.0,
        Kind::Number,
        "人数待定的在备注说明。",
        Owner::Measure,
        |l| told(l, persons(l.criminal_persons)),
    ),
    column(
        "other_measures",
        "其他处理",
        HANDLING,
        12.0,
        Kind::Text,
        "从轻、减轻、不予处罚，责令停业关闭，关停取缔等。",
        Owner::Case,
        |l| told(l, Cell::text(l.other_handling())),
    ),
    column("measures", "整改措施", RECTIFICATION, 22.0, Kind::Text, "", Owner::Problem, |l| {
        Cell::text(l.measures.as_deref())
    }),
    column("due_on", "整改时限", RECTIFICATION, 10.8, Kind::Date, "延期的填批准后的时限。", Owner::Problem, |l| {
        Cell::date(l.due_on).owed(owes_due(l))
    }),
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
    column("verified_on", "复查（销号）日期", RECTIFICATION, 10.8, Kind::Date, "", Owner::Problem, |l| {
        Cell::date(l.verified_on)
    }),
    column("exposed_on", "曝光日期", EXPOSURE, 10.8, Kind::Date, "", Owner::Case, |l| told(l, Cell::date(l.exposed_on))),
    column(
        "exposure_media",
        "曝光媒体",
        EXPOSURE,
        8.5,
        Kind::Text,
        "电视、广播、报纸、政府网站、官方微博、微信。",
        Owner::Case,
        |l| told(l, Cell::word(l.exposure_media.as_deref(), |c| ExposureMedia::from_code(c).map(ExposureMedia::label))),
    ),
    column("responsible_body", "责任单位", RESPONSIBLE, 12.0, Kind::Text, "", Owner::Problem, |l| {
        Cell::text(l.responsible_body.as_deref())
    }),
    column("responsible_person", "责任人", RESPONSIBLE, 8.0, Kind::Text, "", Owner::Problem, |l| {
        Cell::text(l.responsible_person.as_deref())
    }),
    column("remark", "备注", "", 16.0, Kind::Text, "", Owner::Problem, remark),
];

/// What stands below the table.
pub const FOOTNOTES: &[&str] = &[
    "注：1.同一案件采取两种以上措施的分别统计，各类之和可能大于案件总数。2.一个案件涉及多个问题的，文号、日期、金额和人数只在首行填写，其余行注明“同案，见第N行”（N为序号）。",
    "3.本表反映数据截止日期当日的状态，其后发生的不计入。4.作出处罚决定前的“违法事实”为涉嫌违法事实。5.不属实且未立案的问题不列入。6.金额单位为万元。",
];

/// The figures in the row of totals.
pub const FIGURES: &[&str] = &[
    "ledger_units",
    "ledger",
    "filed",
    "fine",
    "daily_penalties",
    "daily_penalty_amount",
    "seizures",
    "restrictions",
    "detention_transfers",
    "detention_persons",
    "criminal_transfers",
    "criminal_persons",
    "ledger_finished",
    "exposed",
];

/// 合计.
pub fn totals(v: &Values) -> String {
    let n = |key| v.shown(key);
    format!(
        "合计：涉及单位{}家（去重）；问题{}个；立案{}件；罚款{}万元；按日连续处罚{}件{}万元；查封扣押{}件；限产停产{}件；\
         移送行政拘留{}件{}人；移送涉嫌犯罪{}件{}人；已完成整改{}个；曝光{}件。",
        n("ledger_units"),
        n("ledger"),
        n("filed"),
        n("fine"),
        n("daily_penalties"),
        n("daily_penalty_amount"),
        n("seizures"),
        n("restrictions"),
        n("detention_transfers"),
        n("detention_persons"),
        n("criminal_transfers"),
        n("criminal_persons"),
        n("ledger_finished"),
        n("exposed"),
    )
}

/// A fact of the case: on its first line only.
fn told(line: &Line, cell: Cell) -> Cell {
    if line.tells_case() { cell } else { Cell::Blank }
}

fn persons(known: Option<i64>) -> Cell {
    known.map_or(Cell::Blank, Cell::Number)
}

fn remark(line: &Line) -> Cell {
    let written = [line.remark.as_deref(), line.case_remark.as_deref().filter(|_| line.tells_case())];
    let written = written.into_iter().flatten().filter(|t| !t.is_empty()).collect::<Vec<_>>().join("；");
    Cell::text(Some(format!("{}{written}", line.computed_remark().unwrap_or_default())))
}
