//! The one table of column labels: record, column, label, and how its values are said. The order is that of the pages.

mod desk;
mod field;
mod law;

use crate::base::{Role, dates};
use crate::submissions::{State, Way};
use crate::vocabulary::{
    self, Discretion, EndedAs, ExposureMedia, HandledBy, MeasureKind, NoCodeReason, PermitClass, PoliceOutcome, Rhythm,
    SelfInspectionState, Source, TransferBasis, UnitStatus, VerifiedAs, Vocabulary,
};
use chrono::{DateTime, Days, NaiveTime};
use law::{BLACKLIST_RULES, BLACKLISTINGS, CALENDAR_DAYS, CASE_EVENTS, EXPOSURES};

/// How the values of a column are said.
pub(super) enum Kind {
    /// As they are: texts, dates, numbers, yes and no.
    Plain,
    /// 分, said in 万元.
    Fen,
    /// An instant, said in 北京时间.
    Moment,
    /// A phone, masked.
    Phone,
    /// Who signed on paper: post, name and day of each.
    Signers,
    /// A code that a vocabulary knows; others are said as they are.
    Word(fn(&str) -> Option<String>),
}

use Kind::{Fen, Moment, Phone, Plain, Signers, Word};

/// A column's name, its label and the kind of its values.
pub(super) type Column = (&'static str, &'static str, Kind);

fn word<V: Vocabulary>(code: &str) -> Option<String> {
    V::from_code(code).map(|word| word.label().to_owned())
}

fn problem_kind(code: &str) -> Option<String> {
    vocabulary::kind(code).map(|kind| kind.label.to_owned())
}

fn industry(code: &str) -> Option<String> {
    vocabulary::industry(code).map(vocabulary::Industry::title)
}

fn role(code: &str) -> Option<String> {
    Role::from_code(code).map(|role| role.label().to_owned())
}

fn found(code: &str) -> Option<String> {
    match code {
        "none" => Some("未发现问题".to_owned()),
        "some" => Some("发现问题".to_owned()),
        _ => None,
    }
}

fn report_state(code: &str) -> Option<String> {
    match code {
        "waiting" => Some("待核".to_owned()),
        "taken" => Some("已采用".to_owned()),
        "set_aside" => Some("未采用".to_owned()),
        _ => None,
    }
}

fn submission_state(code: &str) -> Option<String> {
    State::from_code(code).map(|state| state.label().to_owned())
}

fn filing_way(code: &str) -> Option<String> {
    Way::from_code(code).map(|way| way.label().to_owned())
}

fn lateness(code: &str) -> Option<String> {
    match code {
        "confirmed" => Some("认定为迟报".to_owned()),
        "excused" => Some("已核准".to_owned()),
        _ => None,
    }
}

fn county_answer(code: &str) -> Option<String> {
    match code {
        "confirmed" => Some("确认".to_owned()),
        "contested" => Some("有异议".to_owned()),
        _ => None,
    }
}

fn annex(number: &str) -> Option<String> {
    Some(format!("附件{number}"))
}

fn record(table: &str) -> Option<String> {
    Some(super::record_label(table).to_owned())
}

/// Midnight ends the day before it: 24:00.
fn deadline(instant: &str) -> Option<String> {
    let at = DateTime::parse_from_rfc3339(instant).ok()?.with_timezone(&dates::beijing());
    if at.time() == NaiveTime::MIN {
        return Some(format!("{} 24:00", dates::short(at.date_naive() - Days::new(1))));
    }
    Some(dates::minute(at.to_utc()))
}

/// The columns of a record; none for a record without rows (sign-ins, files).
pub(super) fn columns(record: &str) -> &'static [Column] {
    match record {
        "units" => UNITS,
        "unit_statuses" => UNIT_STATUSES,
        "self_inspections" => SELF_INSPECTIONS,
        "problems" => PROBLEMS,
        "extensions" => EXTENSIONS,
        "cases" => CASES,
        "measures" => MEASURES,
        "case_events" => CASE_EVENTS,
        "exposures" => EXPOSURES,
        "blacklistings" => BLACKLISTINGS,
        "blacklist_rules" => BLACKLIST_RULES,
        "zero_reports" => ZERO_REPORTS,
        "summary_paragraphs" => SUMMARY_PARAGRAPHS,
        "accounts" => ACCOUNTS,
        "campaigns" => CAMPAIGNS,
        "bodies" => BODIES,
        "calendar_days" => CALENDAR_DAYS,
        "notifications" => field::NOTIFICATIONS,
        "inspections" => field::INSPECTIONS,
        "grids" => field::GRIDS,
        "guidance" => field::GUIDANCE,
        "look_backs" => field::LOOK_BACKS,
        "outside_lines" => field::OUTSIDE_LINES,
        "self_reports" => field::SELF_REPORTS,
        "self_report_problems" => field::SELF_REPORT_PROBLEMS,
        "attachments" => ATTACHMENTS,
        "evidence" => field::EVIDENCE,
        "readiness_reasons" => READINESS_REASONS,
        "submissions" => SUBMISSIONS,
        "submission_remarks" => SUBMISSION_REMARKS,
        "snapshots" => SNAPSHOTS,
        "cross_uploads" => desk::CROSS_UPLOADS,
        "cross_checks" => desk::CROSS_CHECKS,
        "twin_pairs" => desk::TWIN_PAIRS,
        "publicity" => desk::PUBLICITY,
        "tips" => desk::TIPS,
        "supervision_orders" => desk::SUPERVISION_ORDERS,
        "supervision_steps" => desk::SUPERVISION_STEPS,
        _ => &[],
    }
}

const UNITS: &[Column] = &[
    ("name", "单位名称", Plain),
    ("former_names", "曾用名", Plain),
    ("credit_code", "统一社会信用代码", Plain),
    ("code_confirmed", "代码经核对无误", Plain),
    ("no_code_reason", "无代码原因", Word(word::<NoCodeReason>)),
    ("site", "厂区", Plain),
    ("township", "所在乡镇（街道）", Plain),
    ("industry", "行业类别", Word(industry)),
    ("permit_class", "排污许可管理类别", Word(word::<PermitClass>)),
    ("permit_number", "排污许可证编号", Plain),
    ("permit_until", "许可证有效期至", Plain),
    ("contact_name", "企业环保负责人", Plain),
    ("contact_phone", "联系电话", Phone),
    ("address", "地址", Plain),
    ("status", "生产状态", Word(word::<UnitStatus>)),
    ("status_since", "状态起始日期", Plain),
];

const UNIT_STATUSES: &[Column] =
    &[("status", "生产状态", Word(word::<UnitStatus>)), ("since", "起始日期", Plain), ("note", "说明", Plain)];

const SELF_INSPECTIONS: &[Column] = &[
    ("state", "自查状态", Word(word::<SelfInspectionState>)),
    ("inspected_on", "自查日期", Plain),
    ("found", "是否发现问题", Word(found)),
    ("person", "经办人", Plain),
    ("note", "说明", Plain),
];

const PROBLEMS: &[Column] = &[
    ("kind", "问题类型", Word(problem_kind)),
    ("other_kinds", "其他类型", Word(problem_kind)),
    ("source", "问题来源", Word(word::<Source>)),
    ("description", "存在的问题", Plain),
    ("found_on", "发现日期", Plain),
    ("source_numbers", "交办编号", Plain),
    ("assigned_on", "交办日期", Plain),
    ("assigned_due_on", "交办时限", Plain),
    ("verified_as", "核实情况", Word(word::<VerifiedAs>)),
    ("on_the_spot", "立行立改", Plain),
    ("measures", "整改措施", Plain),
    ("plan_schedule", "工程进度", Plain),
    ("plan_funds", "资金保障", Plain),
    ("plan_filed_on", "整改方案备案日期", Plain),
    ("begun_on", "整改开始日期", Plain),
    ("due_on", "计划完成时限", Plain),
    ("first_due_on", "原定完成时限", Plain),
    ("invested_fen", "整改投入资金", Fen),
    ("invested_with_above", "投入并入上行", Plain),
    ("completed_on", "实际完成日期", Plain),
    ("completion_note", "完成情况", Plain),
    ("verified_on", "核查销号日期", Plain),
    ("verifiers", "核查人", Plain),
    ("verification_note", "核查意见", Plain),
    ("ended_as", "办结方式", Word(word::<EndedAs>)),
    ("ended_on", "办结日期", Plain),
    ("ended_note", "办结说明", Plain),
    ("returned_on", "退回日期", Plain),
    ("returned_note", "退回理由", Plain),
    ("supervisor", "监管责任人", Plain),
    ("responsible_body", "责任单位", Plain),
    ("responsible_person", "责任人", Plain),
    ("remark", "备注", Plain),
];

const EXTENSIONS: &[Column] = &[
    ("previous_due_on", "原时限", Plain),
    ("due_on", "延期至", Plain),
    ("approved_by", "批准人", Plain),
    ("approved_on", "批准日期", Plain),
    ("number", "批准文号", Plain),
    ("reason", "延期理由", Plain),
];

const CASES: &[Column] = &[
    ("handled_by", "办案机关", Word(word::<HandledBy>)),
    ("case_number", "案号", Plain),
    ("respondent", "当事人", Plain),
    ("clue_received_on", "线索接收日期", Plain),
    ("order_on", "责令改正日期", Plain),
    ("order_number", "责令改正文号", Plain),
    ("case_filed_on", "立案日期", Plain),
    ("not_filed_on", "不予立案日期", Plain),
    ("not_filed_reason", "不予立案理由", Plain),
    ("decided_on", "处罚决定日期", Plain),
    ("decision_number", "处罚决定文号", Plain),
    ("fine_fen", "罚款决定金额", Fen),
    ("discretion", "裁量", Word(word::<Discretion>)),
    ("discretion_reason", "裁量理由", Plain),
    ("other_measures", "其他处理", Plain),
    ("shut_down", "关停取缔", Plain),
    ("closed_on", "结案日期", Plain),
    ("legal_reviewed_on", "法规审核日期", Plain),
    ("legal_reviewed_by", "法规审核人", Plain),
    ("exposed_on", "曝光日期", Plain),
    ("exposure_media", "曝光媒体", Word(word::<ExposureMedia>)),
    ("exposure_outlet", "媒体名称", Plain),
    ("remark", "备注", Plain),
];

const MEASURES: &[Column] = &[
    ("kind", "措施", Word(word::<MeasureKind>)),
    ("number", "文号", Plain),
    ("decided_on", "决定日期", Plain),
    ("served_on", "送达日期", Plain),
    ("from_on", "起始日期", Plain),
    ("until_on", "截止日期", Plain),
    ("extended_until", "延长至", Plain),
    ("lifted_on", "解除日期", Plain),
    ("published_on", "公开日期", Plain),
    ("original_fine_fen", "原处罚金额", Fen),
    ("order_served_on", "责令改正送达日期", Plain),
    ("recheck_on", "复查日期", Plain),
    ("amount_fen", "按日连续处罚金额", Fen),
    ("basis", "移送依据", Word(word::<TransferBasis>)),
    ("persons", "移送人数", Plain),
    ("police_outcome", "公安机关处理结果", Word(word::<PoliceOutcome>)),
    ("police_on", "公安机关答复日期", Plain),
    ("detained_persons", "公安决定拘留人数", Plain),
    ("remark", "备注", Plain),
    ("removed", "已撤除", Plain),
];

const ZERO_REPORTS: &[Column] = &[
    ("annex", "附件", Word(annex)),
    ("confirmed_by", "确认人", Plain),
    ("confirmed_on", "确认日期", Plain),
    ("withdrawn_on", "撤回日期", Plain),
];

const SUMMARY_PARAGRAPHS: &[Column] = &[("text", "本段内容", Plain)];

const ACCOUNTS: &[Column] = &[
    ("login", "登录名", Plain),
    ("name", "姓名", Plain),
    ("role", "岗位", Word(role)),
    ("legal_review", "法规审核", Plain),
    ("phone", "电话", Phone),
    ("office", "科室", Plain),
    ("must_change", "须修改密码", Plain),
    ("password_changed_at", "密码设置时间", Moment),
    ("disabled_at", "停用时间", Moment),
];

const CAMPAIGNS: &[Column] = &[
    ("title", "行动名称", Plain),
    ("slug", "代号", Plain),
    ("issuer", "发文单位", Plain),
    ("basis", "依据", Plain),
    ("contacts", "联系方式", Plain),
    ("starts_on", "开始日期", Plain),
    ("self_inspection_until", "自查截止日期", Plain),
    ("due_at", "报送期限", Word(deadline)),
    ("cross_enforcement_from", "交叉执法开始日", Plain),
    ("data_cutoff_on", "数据截止日期", Plain),
    ("ranking_floor", "排名起算数", Plain),
    ("clear_units_apart", "无问题单位列入附件1续表", Plain),
    ("paper_signature", "纸质签字后可由填报员上报", Plain),
    ("scan_within_days", "盖章件补传期限（日）", Plain),
    ("mend_within_days", "带问题接收的整改期限（工作日）", Plain),
    ("supervision_prefix", "督办文号字头", Plain),
    ("report_rhythm", "调度频次", Word(word::<Rhythm>)),
    ("notice", "告知书正文", Plain),
];

const ATTACHMENTS: &[Column] = &[("original_name", "文件名", Plain), ("kind", "格式", Plain), ("bytes", "字节数", Plain)];

const READINESS_REASONS: &[Column] =
    &[("rule", "核对规则", Plain), ("value", "当时内容", Plain), ("reason", "说明", Plain), ("given_by", "说明人", Plain)];

const SUBMISSIONS: &[Column] = &[
    ("round", "第几次", Plain),
    ("state", "状态", Word(submission_state)),
    ("correction_reason", "更正原因", Plain),
    ("data_date", "数据截止日期", Plain),
    ("body_name", "报送单位", Plain),
    ("version_code", "版本码", Plain),
    ("handed_over_by", "定稿人", Plain),
    ("handed_over_at", "定稿时间", Moment),
    ("filed_by", "上报人", Plain),
    ("filed_at", "上报时间", Moment),
    ("way", "上报方式", Word(filing_way)),
    ("signers", "纸质签字", Signers),
    ("first_filed_at", "首次上报时间", Moment),
    ("arrived_at", "收到邮件时间", Moment),
    ("receipt_number", "回执编号", Plain),
    ("late", "迟报", Plain),
    ("lateness", "迟报认定", Word(lateness)),
    ("lateness_note", "迟报说明", Plain),
    ("behalf_reason", "代报原因", Plain),
    ("county_answer", "县（区）答复", Word(county_answer)),
    ("county_answer_note", "县（区）意见", Plain),
    ("opened_by", "审核人", Plain),
    ("opened_at", "开始审核时间", Moment),
    ("reviewed_by", "办结人", Plain),
    ("reviewed_at", "办结时间", Moment),
    ("review_note", "审核意见", Plain),
    ("mend_by", "整改期限", Plain),
];

const SNAPSHOTS: &[Column] = &[
    ("number", "第几号", Plain),
    ("data_date", "数据截止日期", Plain),
    ("made_by", "冻结人", Plain),
    ("made_at", "冻结时间", Moment),
];

const SUBMISSION_REMARKS: &[Column] = &[
    ("text", "意见", Plain),
    ("made_by", "提出人", Plain),
    ("line_no", "行", Plain),
    ("answer", "答复", Plain),
    ("answered_by", "答复人", Plain),
];

const BODIES: &[Column] = &[
    ("full_name", "单位全称", Plain),
    ("seal_name", "印章名称", Plain),
    ("valid_from", "启用日期", Plain),
    ("may_punish", "可以自己名义处罚", Plain),
    ("report_phone", "举报电话", Plain),
];
