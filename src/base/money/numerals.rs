//! Numbers and units of a 万元 field: Arabic with multipliers (`12万5000元`) and Chinese
//! (`拾贰万伍仟元整`, `十二点五万`). Everything is exact; nothing is rounded.

use super::{MAX_FEN, MoneyError, WAN};

/// 分 in one 元.
const YUAN: i128 = 100;
/// More digits than this are beyond [`MAX_FEN`] (before the point) or below one 分 (after it).
const MAX_DIGITS: usize = 18;

/// Whether a character is a digit, Arabic or Chinese.
pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || digit(simple(c)).is_some() || simple(c) == '零'
}

/// Whether 元 may follow a character: a digit or a multiplier.
pub(super) fn may_count(c: char) -> bool {
    is_digit(c) || c == '.' || unit(simple(c)).is_some()
}

/// An amount not below zero without spaces, half width: its 分, and whether 元, 万 or 亿 was typed.
pub(super) fn amount(typed: &str) -> Result<(i64, bool), MoneyError> {
    let unreadable = || MoneyError::Unreadable(typed.to_owned());
    let plain: String = typed.chars().map(simple).collect();
    let plain = match plain.strip_suffix('整') {
        Some(rest) if rest.ends_with(['元', '角', '分', '万', '亿']) => rest,
        Some(_) => return Err(unreadable()),
        None => &plain,
    };
    let (main, small) = match plain.split_once('元') {
        Some((main, tail)) => (main, Some(small_change(tail).ok_or_else(unreadable)?)),
        None => (plain, None),
    };
    let big_unit = main.contains(['万', '亿']);
    let unit_given = small.is_some() || big_unit;
    if !unit_given && main.contains(['百', '千']) && main.chars().any(is_digit) {
        return Err(MoneyError::NoUnit);
    }
    let base = if unit_given { YUAN } else { i128::from(WAN) };
    let fen = if main.contains(|c: char| c.is_ascii_digit()) {
        arabic(main, base, small.is_some())?
    } else if let Some((whole, fraction)) = main.split_once('点') {
        arabic(&pointed(whole, fraction).ok_or_else(unreadable)?, base, small.is_some())?
    } else {
        chinese(main).ok_or_else(unreadable)?.saturating_mul(base)
    };
    let fen = fen.saturating_add(small.unwrap_or(0));
    match i64::try_from(fen) {
        Ok(fen) if fen <= MAX_FEN => Ok((fen, unit_given)),
        _ => Err(MoneyError::TooLarge),
    }
}

/// Capital and variant numerals as the plain ones.
fn simple(c: char) -> char {
    match c {
        '〇' | '○' => '零',
        '壹' => '一',
        '贰' | '貳' | '两' => '二',
        '叁' | '參' => '三',
        '肆' => '四',
        '伍' => '五',
        '陆' | '陸' => '六',
        '柒' => '七',
        '捌' => '八',
        '玖' => '九',
        '拾' => '十',
        '佰' => '百',
        '仟' => '千',
        '萬' => '万',
        '億' => '亿',
        '圆' | '圓' => '元',
        '正' => '整',
        '。' => '.',
        _ => c,
    }
}

/// 1 to 9.
fn digit(c: char) -> Option<i128> {
    "一二三四五六七八九".chars().zip(1..).find_map(|(numeral, value)| (numeral == c).then_some(value))
}

fn unit(c: char) -> Option<i128> {
    Some(match c {
        '十' => 10,
        '百' => 100,
        '千' => 1_000,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    })
}

/// What follows 元: nothing, `五角`, `零五分`, `3角2分`. In 分.
fn small_change(tail: &str) -> Option<i128> {
    let mut fen = 0;
    let mut rest = tail;
    for (name, worth) in [('角', 10), ('分', 1)] {
        if let Some((count, after)) = rest.split_once(name) {
            let count = count.strip_prefix('零').unwrap_or(count);
            let mut chars = count.chars();
            let value = chars.next().and_then(|c| {
                let arabic = c.to_digit(10).map(i128::from);
                arabic.or_else(|| digit(c))
            })?;
            if chars.next().is_some() {
                return None;
            }
            fen += value * worth;
            rest = after;
        }
    }
    rest.is_empty().then_some(fen)
}

/// Numbers each with its multiplier, largest first: `12.5万`, `12万5千`, `1亿2000万`, `5`. `base` is
/// the 分 of one; a last number without multiplier after others needs 元 behind it.
fn arabic(text: &str, base: i128, yuan: bool) -> Result<i128, MoneyError> {
    let unreadable = || MoneyError::Unreadable(text.to_owned());
    let mut fen: i128 = 0;
    let mut above = i128::MAX;
    let mut rest = text;
    while !rest.is_empty() {
        let in_number = |c: char| c.is_ascii_digit() || c == ',' || c == '.';
        let number_end = rest.find(|c| !in_number(c)).unwrap_or(rest.len());
        let (number, tail) = rest.split_at(number_end);
        let unit_end = tail.find(in_number).unwrap_or(tail.len());
        let (units, tail) = tail.split_at(unit_end);
        let times = multiplier(units).ok_or_else(unreadable)?;
        if times >= above {
            return Err(unreadable());
        }
        if times == 1 && above < i128::MAX && !yuan {
            return Err(MoneyError::NoUnit);
        }
        let (mantissa, scale) = number_parts(number)?;
        let exact = mantissa.checked_mul(times * base).ok_or(MoneyError::TooLarge)?;
        if exact % scale != 0 {
            return Err(MoneyError::TooFine);
        }
        fen = fen.saturating_add(exact / scale);
        above = times;
        rest = tail;
    }
    Ok(fen)
}

/// `""`, `千`, `万`, `百万`, `千亿`.
fn multiplier(units: &str) -> Option<i128> {
    let mut chars = units.chars();
    match (chars.next(), chars.next(), chars.next()) {
        (None, _, _) => Some(1),
        (Some(one), None, _) => unit(one),
        (Some(small), Some(big), None) => {
            let (small, big) = (unit(small)?, unit(big)?);
            (small < 10_000 && big >= 10_000).then_some(small * big)
        }
        _ => None,
    }
}

/// A decimal as an integer and the power of ten it is to be divided by.
fn number_parts(number: &str) -> Result<(i128, i128), MoneyError> {
    let unreadable = || MoneyError::Unreadable(number.to_owned());
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if fraction.contains('.') || (whole.is_empty() && fraction.is_empty()) {
        return Err(unreadable());
    }
    if whole.contains(',') {
        let groups: Vec<&str> = whole.split(',').collect();
        let first_fits = (1..=3).contains(&groups[0].len());
        if !first_fits || groups[1..].iter().any(|group| group.len() != 3) {
            return Err(MoneyError::Commas);
        }
    }
    if fraction.contains(',') {
        return Err(MoneyError::Commas);
    }
    let whole = whole.replace(',', "");
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    if whole.len() > MAX_DIGITS {
        return Err(MoneyError::TooLarge);
    }
    // Even 千亿 before 元 leaves thirteen places.
    if fraction.len() > 13 {
        return Err(MoneyError::TooFine);
    }
    let digits = format!("0{whole}{fraction}");
    let mantissa: i128 = digits.parse().map_err(|_| unreadable())?;
    let scale = fraction.chars().fold(1, |scale, _| scale * 10);
    Ok((mantissa, scale))
}

/// `十二点五万` in Arabic digits: `12.5万`.
fn pointed(whole: &str, fraction: &str) -> Option<String> {
    let mut out = format!("{}.", chinese(whole)?);
    let mut units = false;
    for c in fraction.chars() {
        match (digit(c), c) {
            (Some(value), _) if !units => out.push_str(&value.to_string()),
            (None, '零') if !units => out.push('0'),
            _ if unit(c).is_some() && !out.ends_with('.') => {
                units = true;
                out.push(c);
            }
            _ => return None,
        }
    }
    (!out.ends_with('.')).then_some(out)
}

/// A whole number in Chinese numerals. Short forms that can be read two ways (十二万五, 一百五) and
/// digits in a row (一二三) are refused.
fn chinese(text: &str) -> Option<i128> {
    let mut total: i128 = 0;
    let mut section: i128 = 0;
    let mut pending: Option<i128> = None;
    let mut zero = false;
    let mut last_small = i128::MAX;
    let mut last_big = i128::MAX;
    for c in text.chars() {
        if c == '零' {
            if pending.is_some() {
                return None;
            }
            zero = true;
        } else if let Some(value) = digit(c) {
            if pending.replace(value).is_some() {
                return None;
            }
        } else {
            let worth = unit(c)?;
            if worth < 10_000 {
                let implied = (worth == 10 && section == 0).then_some(1);
                if worth >= last_small {
                    return None;
                }
                section += pending.take().or(implied)? * worth;
                last_small = worth;
            } else {
                section += ones(pending.take(), last_small, zero)?;
                if section == 0 || worth >= last_big {
                    return None;
                }
                total += section * worth;
                section = 0;
                last_big = worth;
                last_small = worth;
            }
            zero = false;
        }
    }
    let known = zero || pending.is_some() || section > 0 || total > 0;
    known.then_some(total + section + ones(pending, last_small, zero)?)
}

/// The last digit of a section: it must follow 十, 零 or nothing.
fn ones(pending: Option<i128>, last_unit: i128, zero: bool) -> Option<i128> {
    match pending {
        None => Some(0),
        Some(value) if zero || last_unit == 10 || last_unit == i128::MAX => Some(value),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_amounts() {
        for (text, fen) in [
            ("伍万元整", 5_000_000),
            ("伍仟元整", 500_000),
            ("拾贰万伍仟元整", 12_500_000),
            ("壹拾贰万伍仟圆正", 12_500_000),
            ("十二万五千元", 12_500_000),
            ("五千元", 500_000),
            ("两万", 2_000_000),
            ("十二点五万元", 12_500_000),
            ("一百零五元", 10_500),
            ("壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分", 123_456_789),
            ("叁元零伍分", 305),
            ("壹亿零伍万元", 10_005_000_000),
            ("五百万", 500_000_000),
            ("零元整", 0),
        ] {
            assert_eq!(amount(text), Ok((fen, true)), "{text}");
        }
        assert_eq!(amount("十二"), Ok((12_000_000, false)));
        assert_eq!(amount("十二点五"), Ok((12_500_000, false)));
    }

    #[test]
    fn arabic_with_multipliers() {
        let huge = "999999999999999999.1234567890123千亿元";
        assert_eq!(amount(huge), Err(MoneyError::TooLarge));
        for (text, fen) in [
            ("12万5000元", 12_500_000),
            ("12万5千", 12_500_000),
            ("5千万元", 5_000_000_000),
            ("1亿2000万元", 12_000_000_000),
            ("12元5角", 1_250),
            ("0.5亿", 5_000_000_000),
            ("5000元整", 500_000),
        ] {
            assert_eq!(amount(text), Ok((fen, true)), "{text}");
        }
    }

    #[test]
    fn two_readings_are_refused() {
        for text in ["5千", "五千", "12万5", "三百"] {
            assert_eq!(amount(text), Err(MoneyError::NoUnit), "{text}");
        }
        let texts = "十二万五元 一百五元 一二三元 万 亿元 五万十万 5万6万 12万伍仟元 五零万 千元 五角 \
                     五元六 点五万 五点万 5整 5元整整 一万亿";
        for text in texts.split_whitespace() {
            let found = amount(text);
            assert!(matches!(found, Err(MoneyError::Unreadable(_))), "{text}: {found:?}");
        }
    }
}
