//! What spreadsheet programs refuse or "repair", made impossible before it is written.

use std::borrow::Cow;
use std::collections::HashSet;

/// The longest text a cell may hold, in UTF-16 units.
const LONGEST_TEXT: usize = 32_767;

/// The longest name of a sheet, in UTF-16 units.
const LONGEST_NAME: usize = 31;

/// The longest footer, codes included.
const LONGEST_FOOTER: usize = 255;

/// A text that a cell can hold: no control characters but tab and line feed, nothing that XML cannot carry, cut to length.
pub fn text(text: &str) -> Cow<'_, str> {
    let held = |c: char| (!c.is_control() || matches!(c, '\n' | '\t')) && !matches!(c, '\u{FFFE}' | '\u{FFFF}');
    if text.len() <= LONGEST_TEXT && text.chars().all(held) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(cut(text.chars().filter(|c| held(*c)), LONGEST_TEXT))
}

fn cut(chars: impl Iterator<Item = char>, longest: usize) -> String {
    let mut units = 0;
    chars
        .take_while(|c| {
            units += c.len_utf16();
            units <= longest
        })
        .collect()
}

/// The name of a sheet that a program accepts, different from all in `taken` (which it joins).
pub fn sheet_name(wanted: &str, taken: &mut HashSet<String>) -> String {
    let plain: String = text(wanted)
        .chars()
        .map(|c| match c {
            '[' | '{' => '（',
            ']' | '}' => '）',
            ':' | '*' | '?' | '/' | '\\' | '\'' | '\n' | '\t' => ' ',
            _ => c,
        })
        .collect();
    let plain = plain.trim();
    // The program keeps this name for itself.
    let plain = if plain.is_empty() || plain.eq_ignore_ascii_case("history") { "工作表" } else { plain };
    (1..)
        .map(|n| {
            let suffix = if n == 1 { String::new() } else { format!("({n})") };
            let room = LONGEST_NAME - suffix.encode_utf16().count();
            format!("{}{suffix}", cut(plain.chars(), room))
        })
        .find(|name| taken.insert(name.to_lowercase()))
        .unwrap_or_default()
}

/// A footer with text left, page numbers in the middle, text right; `&` is a code there, so it is doubled.
pub fn footer(left: &str, right: &str) -> String {
    const MIDDLE: &str = "第 &P 页　共 &N 页";
    let room = (LONGEST_FOOTER - MIDDLE.encode_utf16().count() - 12) / 2;
    // A digit right after a code would be read as a size: a space stands between.
    let part = |t: &str| cut(text(t).replace('\n', " ").chars(), room / 2).replace('&', "&&");
    format!("&L {}&C{MIDDLE}&R {}", part(left), part(right))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_lose_what_no_file_can_carry() {
        assert_eq!(text("a\u{0}b\u{7}c\r\nd\te\u{FFFF}𠮷"), "abc\nd\te𠮷");
        let long = "𠮷".repeat(20_000);
        assert_eq!(text(&long).encode_utf16().count(), 32_766, "a character is never halved");
    }

    #[test]
    fn sheet_names_are_accepted_and_differ() {
        let mut taken = HashSet::new();
        assert_eq!(sheet_name("潞州区", &mut taken), "潞州区");
        assert_eq!(sheet_name("潞州区", &mut taken), "潞州区(2)");
        assert_eq!(sheet_name("a[b]:*?/\\c'", &mut taken), "a（b）     c");
        assert_eq!(sheet_name("History", &mut taken), "工作表");
        assert_eq!(sheet_name("", &mut taken), "工作表(2)");
        let long = "山西长治高新技术产业园区".repeat(4);
        assert_eq!(sheet_name(&long, &mut taken).encode_utf16().count(), 31);
        let second = sheet_name(&long, &mut taken);
        assert!(second.encode_utf16().count() == 31 && second.ends_with("(2)"));
        assert_eq!(sheet_name("ABC", &mut taken), "ABC");
        assert_eq!(sheet_name("abc", &mut taken), "abc(2)", "programs compare without case");
    }

    #[test]
    fn a_footer_stays_within_its_length() {
        let footer = footer(&"A&B".repeat(100), &"数据".repeat(100));
        assert!(footer.encode_utf16().count() <= 255, "{footer}");
        assert!(footer.contains("第 &P 页"));
    }
}
