//! Ticks, and cells that hold several things.

use super::{name_key, tidy};

/// Whether a cell is ticked: √ ✓ 是 有 已 Y 1 against × 否 无 未 N 0. `None` for anything else, an empty cell too.
pub fn yes_no(text: &str) -> Option<bool> {
    match name_key(text).as_str() {
        "√" | "✓" | "✔" | "☑" | "是" | "有" | "已" | "对" | "Y" | "YES" | "TRUE" | "1" => Some(true),
        "×" | "✗" | "✘" | "☐" | "□" | "否" | "无" | "未" | "没有" | "不" | "X" | "N" | "NO" | "FALSE" | "0" => {
            Some(false)
        }
        _ => None,
    }
}

/// The signs that number the parts of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// `1.` `1．` `1、` `1)` `1）`
    Figure,
    /// `（1）` `(1)`
    Bracketed,
    /// `①`
    Circled,
    /// `一、`
    Numeral,
    /// `（一）`
    BracketedNumeral,
    /// A figure and a space at the beginning of a line.
    Line,
}

const STYLES: [Style; 6] =
    [Style::Figure, Style::Bracketed, Style::Circled, Style::Numeral, Style::BracketedNumeral, Style::Line];

/// The parts of a cell that numbers its contents ("1.…；2.…", "（1）…（2）…", "①…②…", "一、…二、…", lines with a number each),
/// without their numbers. Numbers must count up from 1 and begin the cell; else the cell is one part. Dates and decimals are
/// no numbers of parts. An empty cell has none.
pub fn numbered_parts(text: &str) -> Vec<String> {
    let whole = text.trim();
    STYLES.into_iter().find_map(|style| parts(whole, style)).unwrap_or_else(|| {
        let one = tidy(whole);
        if one.is_empty() { Vec::new() } else { vec![one] }
    })
}

fn parts(text: &str, style: Style) -> Option<Vec<String>> {
    let mut begins = vec![(0, sign(text, style, 1)?)];
    for (at, _) in text.char_indices().skip(1) {
        let (last, sign_length) = *begins.last()?;
        let number = begins.len() + 1;
        if at < last + sign_length || !may_begin(text.get(..at)?, style) {
            continue;
        }
        if let Some(length) = sign(text.get(at..)?, style, number) {
            begins.push((at, length));
        }
    }
    let ends = begins.iter().skip(1).map(|(at, _)| *at).chain([text.len()]);
    let part = |((at, length), end): (&(usize, usize), usize)| {
        let part = tidy(text.get(at + length..end)?);
        let part = part.trim_end_matches(['；', ';', '，', ',', '、', ' ']);
        (!part.is_empty()).then(|| part.to_owned())
    };
    let parts: Option<Vec<String>> = begins.iter().zip(ends).map(part).collect();
    parts.filter(|p| p.len() > 1)
}

/// Whether a number may stand behind `before`: plain figures only behind a stop or a gap.
fn may_begin(before: &str, style: Style) -> bool {
    match style {
        Style::Circled | Style::Bracketed | Style::BracketedNumeral => true,
        Style::Line => before.ends_with(['\n', '\r']),
        Style::Figure | Style::Numeral => before.ends_with(|c: char| c.is_whitespace() || "；;。，,、：:".contains(c)),
    }
}

/// How long the sign of a number is at the beginning of a text.
fn sign(text: &str, style: Style, number: usize) -> Option<usize> {
    let narrow = |c: char| super::half_width(c.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(c);
    let mut chars = text.char_indices().map(|(at, c)| (at + c.len_utf8(), narrow(c)));
    if matches!(style, Style::Bracketed | Style::BracketedNumeral) {
        chars.next().filter(|(_, c)| *c == '(')?;
    }
    let wanted = match style {
        Style::Circled => u32::try_from(number).ok().filter(|n| *n <= 20).and_then(|n| char::from_u32(0x245F + n))?.to_string(),
        Style::Numeral | Style::BracketedNumeral => chinese(number)?,
        _ => number.to_string(),
    };
    let mut end = 0;
    for digit in wanted.chars() {
        end = chars.next().filter(|(_, c)| *c == digit)?.0;
    }
    let (after, mark) = chars.next().unwrap_or((end, '\0'));
    match style {
        Style::Circled => Some(end),
        Style::Bracketed | Style::BracketedNumeral => (mark == ')').then_some(after),
        Style::Numeral => matches!(mark, '、' | '.').then_some(after),
        Style::Line => mark.is_whitespace().then_some(after),
        Style::Figure if mark == '.' => {
            // A decimal, or a date.
            let next = chars.next().map_or(' ', |(_, c)| c);
            (!next.is_ascii_digit()).then_some(after)
        }
        Style::Figure => matches!(mark, '、' | ')').then_some(after),
    }
}

/// 一 to 九十九.
fn chinese(number: usize) -> Option<String> {
    let digit = |n: usize| "一二三四五六七八九".chars().nth(n.checked_sub(1)?).map(String::from);
    match number {
        1..=9 => digit(number),
        10..=99 => {
            let tens = if number < 20 { String::new() } else { digit(number / 10)? };
            Some(format!("{tens}十{}", digit(number % 10).unwrap_or_default()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_read_and_nothing_is_guessed() {
        for text in ["√", "✓", "是", "有", "已", "Y", "y", "ｙ", "1", " 是 "] {
            assert_eq!(yes_no(text), Some(true), "{text}");
        }
        for text in ["否", "无", "未", "×", "0", "０", "n"] {
            assert_eq!(yes_no(text), Some(false), "{text}");
        }
        for text in ["", "是否", "2", "已停产", "未知", "/"] {
            assert_eq!(yes_no(text), None, "{text}");
        }
    }

    #[test]
    fn numbered_cells_come_apart() {
        for text in [
            "1.废气直排；2.废水超标",
            "1、废气直排；2、废水超标。",
            "1．废气直排\n2．废水超标",
            "（1）废气直排（2）废水超标",
            "(1)废气直排;(2)废水超标",
            "①废气直排②废水超标",
            "①废气直排；②废水超标；",
            "一、废气直排。二、废水超标",
            "（一）废气直排（二）废水超标",
            "1 废气直排\n2 废水超标",
            "１）废气直排 ２）废水超标",
        ] {
            let parts: Vec<String> = numbered_parts(text).iter().map(|p| p.trim_end_matches('。').to_owned()).collect();
            assert_eq!(parts, ["废气直排", "废水超标"], "{text}");
        }
        assert_eq!(numbered_parts("1.罚款1.5万元，2019.6.1整改；2.无证；3.渗坑2.5米").len(), 3);
    }

    #[test]
    fn what_is_not_numbered_stays_whole() {
        for text in [
            "废气直排；废水超标",
            "1.5万元罚款，2.5万元未缴",
            "2019.6.1检查发现废气直排；2019.6.2复查",
            "1、2号锅炉未安装脱硫设施",
            "1、2、3号锅炉未脱硫",
            "1.废气直排",
            "1.废气直排；3.废水超标",
            "第1.废气；2.废水",
            "1#炉除尘坏；2#炉停用",
            "1.2019年6月超标；2.2019年7月超标",
        ] {
            assert_eq!(numbered_parts(text), [text], "{text}");
        }
        assert_eq!(numbered_parts(" \n "), [] as [String; 0]);
    }
}
