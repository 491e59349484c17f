//! What stands below a head and is no line.

use super::headings::{Head, Learned};
use super::kind::Kind;
use crate::base::text::{tidied, tidy};
use crate::platform::sheet::{Cell, Row};
use crate::vocabulary::fold;
use std::borrow::Cow;

/// Why a row below the head is no line: a sum, the head once more, numbers of columns, a note at the foot.
pub(super) fn aside(kind: Kind, row: &Row, head: &Head, groups: Option<&Row>) -> Option<&'static str> {
    const SUMS: [&str; 7] = ["合计", "小计", "总计", "共计", "累计", "本页小计", "本页合计"];
    const NOTES: [&str; 13] = [
        "填报人",
        "审核人",
        "制表人",
        "制表单位",
        "填表人",
        "填报单位",
        "填报日期",
        "填表说明",
        "填报说明",
        "备注：",
        "数据口径",
        "注：",
        "说明：",
    ];
    fn text(cell: &Cell) -> Cow<'_, str> {
        match cell.text() {
            Cow::Borrowed(text) => tidied(text),
            Cow::Owned(text) => Cow::Owned(tidy(&text)),
        }
    }
    let first = row.cells.first().map(|(_, cell)| text(cell)).unwrap_or_default();
    let name = head.place("name").and_then(|p| row.cell(p.column)).map(text).unwrap_or_default();
    let sum = |text: &str| {
        // What each of them holds.
        if !text.contains(['计', '共']) {
            return false;
        }
        let folded = fold(text);
        let sentence = |s: &&str| text.strip_prefix(*s).is_some_and(|rest| rest.starts_with(['：', ':']));
        let counted = |s: &&str| {
            let rest = folded.strip_prefix("以上").unwrap_or(&folded).strip_prefix(*s);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_digit()))
        };
        SUMS.iter().any(|s| counted(s) || sentence(s)) || count(&folded)
    };
    if sum(&first) || sum(&name) {
        return Some("合计行");
    }
    let same = |other: &Row| other.cells.len() == row.cells.len() && other.cells == row.cells;
    let again = head.place("name").is_some_and(|p| p.heading == name) && Head::read(kind, &Learned::new(), None, row).is_some();
    if again || groups.is_some_and(same) {
        return Some("重复的表头");
    }
    let numbers = row.cells.iter().map(|(_, cell)| text(cell).trim_matches(['(', ')', '（', '）']).parse::<u32>());
    if row.cells.len() > 3 && numbers.zip(1..).all(|(n, expected)| n == Ok(expected)) {
        return Some("栏次编号");
    }
    let note = NOTES.iter().any(|n| first.starts_with(n));
    (note && row.cells.len() <= 8).then_some("表尾的签名或说明")
}

/// How many lines a list has, as its foot says it: `共132条。`
fn count(folded: &str) -> bool {
    const OF: [&str; 8] = ["条", "家", "行", "个", "户", "件", "家单位", "家企业"];
    folded.strip_prefix('共').is_some_and(|rest| {
        OF.contains(&rest.trim_start_matches(|c: char| c.is_ascii_digit())) && rest.starts_with(|c: char| c.is_ascii_digit())
    })
}
