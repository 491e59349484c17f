//! Labels of what happens in the field: 告知, 排查, 企业自报, and the files beside records.

use super::Kind::{Fen, Moment, Phone, Plain, Word};
use super::{Column, found, problem_kind, record, report_state, word};
use crate::look_backs::LookBackResult;
use crate::vocabulary::{InspectionResult, NotificationChannel};

pub(super) const NOTIFICATIONS: &[Column] = &[
    ("notified_on", "告知日期", Plain),
    ("channel", "告知方式", Word(word::<NotificationChannel>)),
    ("person", "告知人", Plain),
    ("receiver", "接收人", Plain),
    ("note", "说明", Plain),
    ("removed", "录入有误，已撤除", Plain),
];

pub(super) const INSPECTIONS: &[Column] = &[
    ("inspected_on", "排查日期", Plain),
    ("officers", "执法人员", Plain),
    ("persons", "人次", Plain),
    ("result", "排查结果", Word(word::<InspectionResult>)),
    ("note", "说明", Plain),
    ("removed", "录入有误，已撤除", Plain),
];

pub(super) const GRIDS: &[Column] = &[
    ("township", "乡镇（街道）", Plain),
    ("keeper", "网格员", Plain),
    ("keeper_phone", "网格员电话", Phone),
    ("officers", "执法人员", Plain),
    ("planned_from", "计划开始日期", Plain),
    ("planned_until", "计划完成日期", Plain),
];

pub(super) const SELF_REPORTS: &[Column] = &[
    ("received_at", "收到时间", Moment),
    ("reporter", "填报人", Plain),
    ("phone", "联系电话", Phone),
    ("inspected_on", "自查完成日期", Plain),
    ("found", "是否发现问题", Word(found)),
    ("note", "说明", Plain),
    ("state", "处理", Word(report_state)),
    ("settled_by", "处理人", Plain),
    ("settled_at", "处理时间", Moment),
    ("settled_note", "处理说明", Plain),
];

pub(super) const SELF_REPORT_PROBLEMS: &[Column] = &[
    ("place", "序号", Plain),
    ("kind", "问题类型", Word(problem_kind)),
    ("description", "存在的问题", Plain),
    ("measures", "整改措施", Plain),
    ("responsible_person", "责任人", Plain),
    ("due_on", "计划完成时限", Plain),
    ("invested_fen", "整改投入资金", Fen),
    ("completed_on", "完成日期", Plain),
];

pub(super) const EVIDENCE: &[Column] = &[
    ("record", "所属", Word(record)),
    ("caption", "说明", Plain),
    ("added_by", "添加人", Plain),
    ("added_at", "添加时间", Moment),
    ("removed", "已撤下", Plain),
];

pub(super) const GUIDANCE: &[Column] = &[
    ("guided_on", "帮扶日期", Plain),
    ("person", "帮扶人", Plain),
    ("advice", "指导意见", Plain),
    ("outcome", "落实情况", Plain),
    ("removed", "录入有误，已撤除", Plain),
];

pub(super) const LOOK_BACKS: &[Column] = &[
    ("seed", "随机种子", Plain),
    ("pool", "可抽数", Plain),
    ("drawn_by", "抽取人", Plain),
    ("drawn_on", "抽取日期", Plain),
    ("result", "结果", Word(look_back_result)),
    ("checked_on", "核查日期", Plain),
    ("people", "核查人", Plain),
    ("note", "现场情况", Plain),
];

pub(super) const OUTSIDE_LINES: &[Column] = &[
    ("place", "序号", Plain),
    ("name", "单位名称", Plain),
    ("credit_code", "统一社会信用代码", Plain),
    ("township", "乡镇（街道）", Plain),
    ("address", "地址", Plain),
    ("dismissed", "不列入名录的原因", Plain),
    ("decided_by", "核对人", Plain),
];

fn look_back_result(code: &str) -> Option<String> {
    LookBackResult::from_code(code).map(|r| r.label().to_owned())
}
