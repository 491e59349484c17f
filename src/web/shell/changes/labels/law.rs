//! Columns of the rooms of law.

use super::Kind::{Moment, Plain, Word};
use super::{Column, word};
use crate::vocabulary::CaseEvent;

pub(super) const CASE_EVENTS: &[Column] = &[
    ("kind", "进程", Word(word::<CaseEvent>)),
    ("happened_on", "日期", Plain),
    ("until_on", "结束日期", Plain),
    ("note", "说明", Plain),
    ("recorded_by", "登记人", Plain),
    ("recorded_at", "登记时间", Moment),
    ("removed", "已撤除", Plain),
];

pub(super) const EXPOSURES: &[Column] = &[
    ("title", "标题", Plain),
    ("text", "正文", Plain),
    ("drafted_by", "起草人", Plain),
    ("drafted_on", "起草日期", Plain),
    ("checked_by", "核对人", Plain),
    ("checked_on", "核对日期", Plain),
    ("reviewed_by", "法规审核人", Plain),
    ("reviewed_on", "法规审核日期", Plain),
    ("published_by", "发布人", Plain),
    ("published_on", "发布日期", Plain),
    ("withdrawn_by", "撤下人", Plain),
    ("withdrawn_on", "撤下日期", Plain),
    ("reviewed_decision", "审核时的处罚决定", Plain),
    ("withdrawn_reason", "撤下原因", Plain),
];

pub(super) const BLACKLISTINGS: &[Column] = &[
    ("grounds", "列入事由", Plain),
    ("proposed_by", "提出人", Plain),
    ("proposed_on", "提出日期", Plain),
    ("notice_number", "告知书文号", Plain),
    ("notice_served_on", "告知书送达日期", Plain),
    ("objection_until", "异议期至", Plain),
    ("objection", "异议内容", Plain),
    ("objection_on", "异议日期", Plain),
    ("objection_answer", "复核意见", Plain),
    ("reviewed_by", "法规审核人", Plain),
    ("reviewed_on", "法规审核日期", Plain),
    ("decided_by", "决定人", Plain),
    ("decided_on", "决定日期", Plain),
    ("decision_number", "决定文号", Plain),
    ("withdrawn_by", "撤销人", Plain),
    ("withdrawn_on", "撤销日期", Plain),
    ("withdrawn_reason", "撤销原因", Plain),
];

pub(super) const BLACKLIST_RULES: &[Column] = &[("rule", "规则", Plain), ("value", "数值", Plain)];

pub(super) const CALENDAR_DAYS: &[Column] = &[("day", "日期", Plain), ("name", "名称", Plain), ("works", "上班", Plain)];
