//! Tidying of typed and pasted text: width, spaces, comparison keys, two-character
//! pieces for searching, and masking of telephone numbers. Nothing here fails.

mod parts;

pub use parts::{numbered_parts, yes_no};

use std::borrow::Cow;

/// Full-width ASCII (U+FF01 to U+FF5E) and the ideographic space become half width;
/// every other character is left as it is. The number of characters does not change.
pub fn half_width(text: &str) -> String {
    gathered(text, text.chars().map(narrow))
}

/// These characters of a text as a text, with room for all of it from the start.
fn gathered(text: &str, chars: impl Iterator<Item = char>) -> String {
    let mut out = String::with_capacity(text.len());
    out.extend(chars);
    out
}

/// One line, as it should be stored: digits and Latin letters half width; every run of white
/// space (line breaks, tabs, no-break and ideographic spaces too) one half-width space, none at
/// either end; zero-width and control characters removed. Punctuation stays as typed.
pub fn tidy(text: &str) -> String {
    tidied(text).into_owned()
}

/// The same, of a text that is tidy nothing but the text.
pub fn tidied(text: &str) -> Cow<'_, str> {
    if is_tidy(text) { text.into() } else { anew(text).into() }
}

fn anew(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() {
            gap = true;
        } else if !is_invisible(c) {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            let narrowed = narrow(c);
            let keep_wide = !narrowed.is_ascii_alphanumeric();
            out.push(if keep_wide { c } else { narrowed });
        }
    }
    out
}

/// Whether nothing is to be tidied, as far as a quick look tells: Chinese, ASCII, and their punctuation, parted by single spaces.
fn is_tidy(text: &str) -> bool {
    let mut rest = text.as_bytes();
    let mut before = b' ';
    // The first bytes of a character say all that is asked, and every text of a file passes here twice.
    while let [first, ..] = rest {
        let length = match rest {
            [b'!'..=b'~', ..] => 1,
            [b' ', ..] if before != b' ' => 1,
            // U+3001 to U+303E
            [0xE3, 0x80, 0x81..=0xBE, ..] => 3,
            // U+4E00 to U+9FFF
            [0xE4, 0xB8..=0xBF, ..] | [0xE5..=0xE9, ..] => 3,
            // U+FF01 to U+FF0F, U+FF1A to U+FF20
            [0xEF, 0xBC, 0x81..=0x8F | 0x9A..=0xA0, ..] => 3,
            _ => return false,
        };
        before = *first;
        rest = rest.get(length..).unwrap_or_default();
    }
    before != b' ' || text.is_empty()
}

/// As [`tidy`], for text of several lines: line breaks stay (as `\n`), each line is tidied, and
/// empty lines are dropped.
pub fn tidy_lines(text: &str) -> String {
    let lines: Vec<String> = text.split(['\n', '\r']).map(tidy).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// Names as people write several in one field.
pub fn names(text: &str) -> Vec<String> {
    text.split(['、', '，', ',', ';', '；', ' ', '\n']).map(tidy).filter(|name| !name.is_empty()).collect()
}

/// Key for telling whether two names of a unit are the same: half width (brackets too), no white
/// space or invisible characters at all, ASCII letters upper case. Not for display.
pub fn name_key(text: &str) -> String {
    // Most names are plain Chinese.
    if text.chars().all(|c| matches!(c, '!'..='`' | '{'..='~' | '\u{4E00}'..='\u{9FFF}')) {
        return text.to_owned();
    }
    let kept = text.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c));
    gathered(text, kept.map(|c| narrow(c).to_ascii_uppercase()))
}

/// The consecutive two-character pieces of a key, ASCII letters upper case.
pub fn pairs(key: &str) -> Vec<[char; 2]> {
    let mut chars = key.chars().map(|c| c.to_ascii_uppercase());
    let Some(mut first) = chars.next() else { return Vec::new() };
    chars.map(|second| [std::mem::replace(&mut first, second), second]).collect()
}

/// The distinct pieces of a key, in order of first appearance. A key of fewer than two characters has none.
pub fn grams(key: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for pair in pairs(key) {
        let piece = String::from_iter(pair);
        if !out.contains(&piece) {
            out.push(piece);
        }
    }
    out
}

/// A telephone number fit to show. Mobile: `138****1234`. Fixed line: area code and last two
/// digits (`0355-*****45`); without area code the last two. Several numbers parted by
/// 、 ， , ； ; / are masked one by one. Whatever else it is, every character becomes a star.
pub fn mask_phone(text: &str) -> String {
    let plain = tidy(text);
    let mut out = String::with_capacity(plain.len());
    let mut rest = plain.as_str();
    while let Some(at) = rest.find(is_list_mark) {
        let (part, tail) = rest.split_at(at);
        out.push_str(&mask_one(part.trim()));
        let mut tail = tail.chars();
        out.extend(tail.next());
        rest = tail.as_str();
    }
    out.push_str(&mask_one(rest.trim()));
    out
}

fn mask_one(part: &str) -> String {
    let part = half_width(part);
    let all_stars = || "*".repeat(part.chars().count());
    let is_mark = |c: char| matches!(c, ' ' | '-' | '(' | ')' | '+' | '–' | '—');
    if !part.chars().all(|c| c.is_ascii_digit() || is_mark(c)) {
        return all_stars();
    }
    let mut digits: String = part.chars().filter(char::is_ascii_digit).collect();
    if digits.len() == 13 && digits.starts_with("861") {
        digits = digits.split_off(2);
    }
    let count = digits.len();
    if count == 11 && digits.starts_with('1') {
        return format!("{}****{}", &digits[..3], &digits[7..]);
    }
    let area = match count {
        7 | 8 => 0,
        10..=12 if digits.starts_with("01") || digits.starts_with("02") => 3,
        11..=12 if digits.starts_with('0') => 4,
        10 if digits.starts_with("400") || digits.starts_with("800") => 3,
        _ => return all_stars(),
    };
    let dash = if area > 0 && part.chars().any(is_mark) { "-" } else { "" };
    format!("{}{dash}{}{}", &digits[..area], "*".repeat(count - area - 2), &digits[count - 2..])
}

/// Whether [`half_width`] changes a character.
pub fn is_wide(c: char) -> bool {
    narrow(c) != c
}

fn narrow(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

fn is_list_mark(c: char) -> bool {
    matches!(c, '、' | '，' | ',' | '；' | ';' | '/' | '／')
}

/// Zero-width, direction and control characters, which only ever come from a clipboard.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{00AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width() {
        assert_eq!(half_width("ＡＢｃ１２３（甲）　。，"), "ABc123(甲) 。,");
        assert_eq!(half_width("～！"), "~!");
    }

    #[test]
    fn tidied_text_keeps_chinese_punctuation() {
        assert_eq!(
            tidy("\u{feff}　长治市\u{a0}\u{a0} ＡＢ１２（潞州）公司，\t在建。\u{200b}\r\n"),
            "长治市 AB12（潞州）公司， 在建。"
        );
        assert_eq!(tidy(" \u{a0}　\u{200b}"), "");
        assert_eq!(tidy("a\u{0}b"), "ab");
        assert_eq!(tidy_lines("　一、甲 \r\n\r\n 二、 乙\n"), "一、甲\n二、 乙");
    }

    #[test]
    fn what_looks_tidy_is_left_as_it_is() {
        for text in ["", "甲厂", "长治市 AB12（潞州）公司，在建。", "a b", "～！：；？【】《》、—"] {
            assert_eq!(tidy(text), anew(text));
        }
        for c in '\u{1}'..='\u{FFFF}' {
            for text in [format!("{c}"), format!("甲{c}b"), format!("甲 {c}"), format!("{c} 乙")] {
                assert_eq!(tidy(&text), anew(&text), "{text:?}");
            }
        }
    }

    #[test]
    fn keys_agree_across_widths() {
        let key = name_key("山西 长治（潞州）ａb\u{a0}化工\n有限公司");
        assert_eq!(key, "山西长治(潞州)AB化工有限公司");
        assert_eq!(key, name_key("山西长治(潞州)AB化工有限公司"));
    }

    #[test]
    fn two_character_pieces() {
        assert_eq!(grams("长治长治a1"), ["长治", "治长", "治A", "A1"]);
        assert!(grams("长").is_empty());
        assert!(grams("").is_empty());
    }

    #[test]
    fn phones_are_masked() {
        for (typed, shown) in [
            ("13812341234", "138****1234"),
            ("１３８ 1234 1234", "138****1234"),
            ("+86-13812341234", "138****1234"),
            ("0355-2012345", "0355-*****45"),
            ("03552012345", "0355*****45"),
            ("(0355)2012345", "0355-*****45"),
            ("010-65551234", "010-******34"),
            ("2012345", "*****45"),
            ("400-820-8820", "400-*****20"),
            ("12369", "*****"),
            ("0355-2012345转801", "****************"),
            ("张三", "**"),
            ("", ""),
            ("13812341234、0355-2012345", "138****1234、0355-*****45"),
        ] {
            assert_eq!(mask_phone(typed), shown, "{typed}");
        }
    }
}
