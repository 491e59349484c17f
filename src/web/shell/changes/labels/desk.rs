//! Labels of what the desk records: 督办, 宣传, 举报转办, 交叉执法, 跨县（区）重复登记.

use super::Kind::{Plain, Word};
use super::{Column, word};
use crate::vocabulary::{
    CrossResult, Progress, PublicityChannel, SupervisionLevel, SupervisionMatter, SupervisionState, SupervisionStep, TipSource,
    TwinGround, TwinVerdict, VerifiedAs,
};

pub(super) const SUPERVISION_ORDERS: &[Column] = &[
    ("document_number", "文号", Plain),
    ("level", "层级", Word(word::<SupervisionLevel>)),
    ("state", "状态", Word(word::<SupervisionState>)),
    ("about", "事由", Word(word::<SupervisionMatter>)),
    ("matter", "督办事项", Plain),
    ("requirement", "督办要求", Plain),
    ("issued_on", "下达日期", Plain),
    ("due_on", "办理时限", Plain),
    ("issued_by", "下达人", Plain),
    ("replied_on", "回复日期", Plain),
    ("checked_on", "核查日期", Plain),
    ("closed_on", "销号日期", Plain),
    ("number", "序号", Plain),
];

pub(super) const SUPERVISION_STEPS: &[Column] = &[
    ("kind", "环节", Word(word::<SupervisionStep>)),
    ("on_date", "日期", Plain),
    ("level", "层级", Word(word::<SupervisionLevel>)),
    ("due_on", "办理时限", Plain),
    ("people", "人员", Plain),
    ("note", "情况", Plain),
    ("made_by", "登记人", Plain),
];

pub(super) const PUBLICITY: &[Column] = &[
    ("channel", "渠道", Word(word::<PublicityChannel>)),
    ("on_date", "日期", Plain),
    ("title", "标题或内容", Plain),
    ("outlet", "媒体或地点", Plain),
    ("copies", "份数", Plain),
    ("views", "阅读（播放）量", Plain),
    ("link", "网址", Plain),
    ("note", "说明", Plain),
];

pub(super) const TIPS: &[Column] = &[
    ("source", "举报渠道", Word(word::<TipSource>)),
    ("number", "编号", Plain),
    ("received_on", "收到日期", Plain),
    ("target", "被举报单位或地点", Plain),
    ("content", "举报内容", Plain),
    ("assigned_on", "交办日期", Plain),
    ("due_on", "办理时限", Plain),
    ("answer", "核实情况", Word(word::<VerifiedAs>)),
    ("answered_on", "答复日期", Plain),
    ("answer_note", "核实和处理情况", Plain),
    ("told", "告知举报人情况", Plain),
    ("told_on", "告知日期", Plain),
];

pub(super) const CROSS_UPLOADS: &[Column] = &[
    ("team", "核查组", Plain),
    ("file_name", "文件名", Plain),
    ("made_by", "登记人", Plain),
    ("made_at", "上传时间", super::Kind::Moment),
    ("state", "状态", Word(upload_state)),
];

fn upload_state(code: &str) -> Option<String> {
    Some(if code == "done" { "已登记" } else { "待确认" }.to_owned())
}

pub(super) const CROSS_CHECKS: &[Column] = &[
    ("team", "核查组", Plain),
    ("checked_on", "核查日期", Plain),
    ("checkers", "核查人", Plain),
    ("result", "核查结果", Word(word::<CrossResult>)),
    ("note", "现场情况", Plain),
    ("claimed", "申报情况", Word(word::<Progress>)),
];

pub(super) const TWIN_PAIRS: &[Column] = &[
    ("grounds", "相同之处", Word(word::<TwinGround>)),
    ("found_on", "发现日期", Plain),
    ("verdict", "认定", Word(word::<TwinVerdict>)),
    ("reason", "理由", Plain),
    ("decided_by", "认定人", Plain),
    ("decided_on", "认定日期", Plain),
    ("first_county", "县（区）代码", Plain),
    ("first_unit", "单位标识", Plain),
    ("second_county", "县（区）代码", Plain),
    ("second_unit", "单位标识", Plain),
];
