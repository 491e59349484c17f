//! What changed in a line of history, in words: old and new value of each column under its label. The history pages show
//! it; any page that compares two rows may.

mod labels;

use crate::base::{Money, dates, text};
use crate::history::Past;
use chrono::DateTime;
use labels::{Kind, columns};
use serde_json::Value;

/// One column that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeLine {
    /// The column's label; the bare name of a column that has none, so that nothing is left out in silence.
    pub label: String,
    /// What stood there; empty for nothing.
    pub old: String,
    /// What stands there now; empty for nothing.
    pub new: String,
}

/// What a line of history changed, in the order of the record's table of labels.
pub fn lines(past: &Past) -> Vec<ChangeLine> {
    let table = columns(&past.record);
    let mut found: Vec<(usize, ChangeLine)> = Vec::new();
    for (name, old, new) in past.changes() {
        if is_technical(&name) {
            continue;
        }
        let at = table.iter().position(|(column, ..)| *column == name);
        let (label, kind) = at.map_or((name.as_str(), &Kind::Plain), |at| (table[at].1, &table[at].2));
        let (old, mut new) = (words(kind, &old), words(kind, &new));
        if old == new {
            // Alike once said: the hidden digits of a phone, or the seconds of an instant.
            if !matches!(kind, Kind::Phone) {
                continue;
            }
            new.push_str("（隐去的号码有变）");
        }
        found.push((at.unwrap_or(usize::MAX), ChangeLine { label: label.to_owned(), old, new }));
    }
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, line)| line).collect()
}

/// What a record is called: 排污单位, 问题, 案件 …
pub fn record_label(record: &str) -> &'static str {
    match record {
        "units" => "排污单位",
        "unit_statuses" => "生产状态",
        "self_inspections" => "自查",
        "problems" => "问题",
        "extensions" => "延期",
        "cases" => "案件",
        "case_problems" => "案件关联的问题",
        "measures" => "措施",
        "case_events" => "办案进程",
        "exposures" => "曝光稿",
        "blacklistings" => "黑名单",
        "blacklist_rules" => "黑名单规则",
        "zero_reports" => "零报告",
        "summary_paragraphs" => "工作总结",
        "accounts" => "账号",
        "sessions" => "登录",
        "refusals" => "权限",
        "campaigns" => "行动设置",
        "bodies" => "填报单位",
        "calendar_days" => "工作日历",
        "files" => "文件",
        "notifications" => "告知",
        "inspections" => "排查",
        "grids" => "网格",
        "guidance" => "帮扶指导",
        "look_backs" => "回头看",
        "outside_lists" => "外来名单",
        "outside_lines" => "外来名单的行",
        "unit_links" => "企业自报二维码",
        "self_reports" => "企业自报",
        "self_report_problems" => "企业自报的问题",
        "attachments" => "附件",
        "evidence" => "佐证材料",
        "readiness_reasons" => "核对说明",
        "submissions" => "报送",
        "snapshots" => "市级快照",
        "cross_uploads" => "交叉执法结果表",
        "cross_checks" => "交叉执法核查结果",
        "twin_pairs" => "跨县（区）重复登记",
        "publicity" => "宣传",
        "tips" => "举报件",
        "tip_contacts" => "举报人联系方式",
        "supervision_orders" => "督办单",
        "supervision_steps" => "督办环节",
        "submission_remarks" => "审核意见",
        "uploads" => "导入",
        _ => "其他",
    }
}

/// Whether a record is a fact of the field, which everyone of its county may follow; the history of accounts, sign-ins and
/// files is for its readers alone.
pub fn is_field_record(record: &str) -> bool {
    matches!(
        record,
        "units"
            | "unit_statuses"
            | "self_inspections"
            | "problems"
            | "extensions"
            | "cases"
            | "measures"
            | "case_events"
            | "exposures"
            | "blacklistings"
            | "zero_reports"
            | "summary_paragraphs"
            | "publicity"
            | "tips"
            | "supervision_orders"
            | "supervision_steps"
            | "notifications"
            | "inspections"
            | "grids"
            | "guidance"
            | "look_backs"
            | "outside_lists"
            | "outside_lines"
            | "unit_links"
            | "self_reports"
            | "self_report_problems"
            | "evidence"
    )
}

/// The name by which people know the row: a unit's name, a case's number, the start of a problem's text. May be empty.
pub fn title_of(past: &Past) -> String {
    let Some(row) = past.row.as_ref().or(past.previous.as_ref()) else { return String::new() };
    let text = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let first = |names: &[&str]| names.iter().map(|name| text(name)).find(|t| !t.is_empty()).unwrap_or_default();
    let title = match past.record.as_str() {
        "accounts" => format!("{}（{}）", text("name"), text("login")),
        "cases" => first(&["case_number", "decision_number", "respondent"]),
        "measures" | "case_events" | "unit_statuses" | "zero_reports" => {
            let name = match past.record.as_str() {
                "measures" | "case_events" => "kind",
                "unit_statuses" => "status",
                _ => "annex",
            };
            columns(&past.record)
                .iter()
                .find(|(column, ..)| *column == name)
                .map_or_else(String::new, |(_, _, kind)| words(kind, row.get(name).unwrap_or(&Value::Null)))
        }
        _ => first(&["name", "title", "full_name", "document_number", "number", "description", "content", "text"]),
    };
    let short: String = title.chars().take(30).collect();
    if short.len() < title.len() { format!("{short}…") } else { short }
}

/// The label of a column, if it has one.
pub fn column_label(record: &str, column: &str) -> Option<&'static str> {
    columns(record).iter().find(|(name, ..)| *name == column).map(|(_, label, _)| *label)
}

/// A value of a record's column as people read it.
pub fn value_in_words(record: &str, column: &str, value: &Value) -> String {
    let kind = columns(record).iter().find(|(name, ..)| *name == column).map_or(&Kind::Plain, |(.., kind)| kind);
    words(kind, value)
}

/// Columns that say nothing to a reader: keys, what is derived, and what has a line of its own (a sign-in).
pub fn is_technical(column: &str) -> bool {
    matches!(
        column,
        "id" | "problem_ids"
            | "version"
            | "key"
            | "slots"
            | "created_at"
            | "name_key"
            | "search_text"
            | "recurrence_of"
            | "corrects"
            | "content_hash"
            | "filed_account"
            | "last_login_at"
            | "last_login_from"
    ) || column.ends_with("_id")
}

/// A value as people read it; nothing for null and empty lists.
fn words(kind: &Kind, value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(yes) => if *yes { "是" } else { "否" }.to_owned(),
        Value::Array(values) => values.iter().map(|v| words(kind, v)).collect::<Vec<_>>().join("、"),
        Value::Number(number) => match (kind, number.as_i64()) {
            (Kind::Fen, Some(fen)) => format!("{}万元", Money::from_fen(fen).to_wan_grouped()),
            _ => said(kind, &number.to_string()),
        },
        Value::String(text) => said(kind, text),
        Value::Object(fields) if matches!(kind, Kind::Signers) => {
            let text = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default();
            format!("{}{}（{}）", text("post"), text("name"), text("on"))
        }
        Value::Object(_) => value.to_string(),
    }
}

fn said(kind: &Kind, value: &str) -> String {
    let read = match kind {
        Kind::Plain | Kind::Fen | Kind::Signers => None,
        Kind::Moment => DateTime::parse_from_rfc3339(value).ok().map(|at| dates::minute(at.to_utc())),
        Kind::Phone => Some(text::mask_phone(value)),
        Kind::Word(read) => read(value),
    };
    read.unwrap_or_else(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{CITY, new_id};
    use serde_json::json;

    fn past(record: &str, previous: Value, row: Value) -> Past {
        let at = DateTime::parse_from_rfc3339("2019-06-20T10:42:00+08:00").unwrap_or_default().to_utc();
        Past {
            county_id: CITY,
            id: new_id(),
            actor_name: "甲".into(),
            actor_role: "city-admin".into(),
            actor_county_id: CITY,
            action: "changed".into(),
            record: record.into(),
            record_id: new_id(),
            version: 2,
            row: Some(row),
            previous: Some(previous),
            note: None,
            batch_id: None,
            business_at: at,
            recorded_at: at,
        }
    }

    fn line(label: &str, old: &str, new: &str) -> ChangeLine {
        ChangeLine { label: label.into(), old: old.into(), new: new.into() }
    }

    #[test]
    fn values_are_said_as_on_the_pages() {
        let old = json!({"id": "x", "kind": "05", "source": "media", "on_the_spot": false, "invested_fen": null, "version": 1,
            "verifiers": [], "due_on": "2019-06-20"});
        let new = json!({"id": "x", "kind": "07", "source": "other", "on_the_spot": true, "invested_fen": 12_500_000, "version": 2,
            "verifiers": ["甲", "乙"], "due_on": "2019-06-25"});
        let kinds = ["05", "07"].map(|code| crate::vocabulary::kind(code).map_or("", |k| k.label));
        assert_eq!(
            lines(&past("problems", old, new)),
            [
                line("问题类型", kinds[0], kinds[1]),
                line("问题来源", "媒体曝光", "其他"),
                line("立行立改", "否", "是"),
                line("计划完成时限", "2019-06-20", "2019-06-25"),
                line("整改投入资金", "", "12.5万元"),
                line("核查人", "", "甲、乙"),
            ]
        );
    }

    #[test]
    fn a_filing_is_said_in_words() {
        let old = json!({"content_hash": "\\x00", "filed_account": null, "signers": null, "way": null, "lateness": null});
        let new = json!({"content_hash": "\\x01", "filed_account": "x", "way": "paper", "lateness": "excused",
            "signers": [{"post": "主要负责人", "name": "张某某", "on": "2019-06-20"}]});
        assert_eq!(
            lines(&past("submissions", old, new)),
            [
                line("上报方式", "", "纸质签字"),
                line("纸质签字", "", "主要负责人张某某（2019-06-20）"),
                line("迟报认定", "", "已核准"),
            ]
        );
    }

    #[test]
    fn a_deadline_at_midnight_is_said_as_24_hours() {
        let old = json!({"due_at": "2019-06-29T00:00:00+08:00"});
        let new = json!({"due_at": "2019-06-30T17:30:00+08:00"});
        assert_eq!(lines(&past("campaigns", old, new)), [line("报送期限", "2019-06-28 24:00", "2019-06-30 17:30")]);
    }

    #[test]
    fn phones_are_masked_and_unknown_columns_keep_their_name() {
        let old = json!({"phone": "13811111234", "new_column": "a"});
        let new = json!({"phone": "13822221234", "new_column": "b"});
        assert_eq!(
            lines(&past("accounts", old, new)),
            [line("电话", "138****1234", "138****1234（隐去的号码有变）"), line("new_column", "a", "b")]
        );
    }

    #[test]
    fn a_row_is_called_by_the_name_people_know() {
        assert_eq!(title_of(&past("units", json!({}), json!({"name": "山西某某煤化工有限公司"}))), "山西某某煤化工有限公司");
        assert_eq!(title_of(&past("cases", json!({}), json!({"case_number": null, "respondent": "某厂"}))), "某厂");
        assert_eq!(title_of(&past("measures", json!({}), json!({"kind": "sealing"}))), "查封");
        assert_eq!(
            title_of(&past("problems", json!({}), json!({"description": "长".repeat(40)}))),
            format!("{}…", "长".repeat(30))
        );
    }
}
