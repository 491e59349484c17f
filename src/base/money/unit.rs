//! The unit that a column's heading gives its bare numbers.

use super::{Money, MoneyError, Read, numerals};
use crate::base::text;

/// What a number without a unit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// 元.
    Yuan,
    /// 万元.
    Wan,
}

impl Unit {
    /// The unit that a heading names: `罚款金额（元）`, `罚款金额(万元)`, `单位：万元`; `None` if it names none.
    pub fn of_heading(heading: &str) -> Option<Self> {
        let key = text::name_key(heading);
        if key.contains("万元") {
            return Some(Self::Wan);
        }
        let named = ["(元)", "单位:元", "/元", ",元)"].iter().any(|word| key.contains(word));
        (named && !key.contains("亿元")).then_some(Self::Yuan)
    }

    /// The unit that a title gives to the whole table: `单位：元`, `金额单位：万元`, `（元）`; `None` if it gives none. Nothing may
    /// follow the word: `填报单位：元通焦化` names a body.
    pub fn of_title(title: &str) -> Option<Self> {
        let plain = text::half_width(title).replace("单 位", "单位");
        let closed = |rest: &str| rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
        let after = |rest: &str| {
            let rest = rest.trim_start().trim_start_matches("人民币");
            let wan = rest.strip_prefix("万元").filter(|rest| closed(rest)).map(|_| Self::Wan);
            wan.or_else(|| rest.strip_prefix('元').filter(|rest| closed(rest)).map(|_| Self::Yuan))
        };
        let said = plain.match_indices("单位").filter_map(|(at, word)| {
            let rest = plain.get(at + word.len()..)?.trim_start();
            after(rest.strip_prefix(':').unwrap_or(rest))
        });
        let bracketed = plain.match_indices('(').filter_map(|(at, _)| after(plain.get(at + 1..)?));
        said.chain(bracketed).last()
    }
}

/// Reads an amount in a column whose bare numbers count `unit`: as [`super::read_wan`] does, but `50000` under `（元）` is
/// 5万元, and so is 五万. What names its own unit (`5万元`, `50000元`) means the same under every heading.
pub fn read_in(typed: &str, unit: Unit) -> Result<Read, MoneyError> {
    let key = text::name_key(typed);
    let plain = key.strip_prefix("人民币").unwrap_or(&key);
    let plain = plain.strip_prefix(['¥', '￥']).unwrap_or(plain);
    if plain.starts_with(['-', '−', '–', '—', '负', '(']) && plain.chars().any(numerals::is_digit) {
        return Err(MoneyError::Negative);
    }
    let bare = unit == Unit::Yuan && plain.ends_with(numerals::may_count);
    let amount = if bare { numerals::amount(&format!("{plain}元")) } else { numerals::amount(plain) };
    let (fen, unit_given) = amount.map_err(|error| match (error, unit) {
        (MoneyError::Unreadable(_), Unit::Wan) => MoneyError::Unreadable(text::tidy(typed)),
        (MoneyError::Unreadable(_), Unit::Yuan) => MoneyError::UnreadableYuan(text::tidy(typed)),
        (MoneyError::TooLarge, Unit::Yuan) => MoneyError::TooLargeYuan,
        (other, _) => other,
    })?;
    let given = if bare { plain.contains(['万', '萬', '亿', '億']) } else { unit_given };
    Ok(Read { money: Money::from_fen(fen), unit_given: given })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fen(typed: &str, unit: Unit) -> i64 {
        read_in(typed, unit).unwrap_or_else(|e| panic!("{typed}: {e}")).money.fen()
    }

    #[test]
    fn the_heading_gives_bare_numbers_their_unit() {
        for typed in [
            "50000",
            "50,000",
            "５００００",
            "50000.00",
            "￥50000",
            "五万",
            "5万",
            "50000元",
            "5万元",
            "伍万元整",
            "人民币伍万元整",
        ] {
            assert_eq!(fen(typed, Unit::Yuan), 5_000_000, "{typed}");
        }
        for typed in ["5", "5.0", "5万", "5万元", "50000元", "伍万元整", "￥5", "５", "五"] {
            assert_eq!(fen(typed, Unit::Wan), 5_000_000, "{typed}");
        }
        assert_eq!(fen("2.5625万元", Unit::Yuan), 2_562_500);
        assert_eq!(fen("25625", Unit::Yuan), 2_562_500);
        assert_eq!(fen("1,234.5", Unit::Yuan), 123_450);
        assert_eq!(fen("1,234.5", Unit::Wan), 1_234_500_000);
        assert_eq!(fen("5千", Unit::Yuan), 500_000);
        assert!(!read_in("50000", Unit::Yuan).is_ok_and(|r| r.unit_given));
        assert!(read_in("5万", Unit::Yuan).is_ok_and(|r| r.unit_given));
    }

    #[test]
    fn refusals_name_the_column_s_own_unit() {
        assert!(read_in("若干", Unit::Yuan).is_err_and(|e| e.to_string().contains("单位元")));
        assert!(read_in("若干", Unit::Wan).is_err_and(|e| e.to_string().contains("单位万元")));
        assert_eq!(read_in("99999999999999", Unit::Yuan), Err(MoneyError::TooLargeYuan));
        assert_eq!(read_in("-5", Unit::Yuan), Err(MoneyError::Negative));
        assert_eq!(read_in("0.001", Unit::Yuan), Err(MoneyError::TooFine));
        assert!(read_in("", Unit::Yuan).is_err());
    }

    #[test]
    fn headings_name_units() {
        for (heading, unit) in [
            ("罚款金额（元）", Some(Unit::Yuan)),
            ("罚款金额(万元)", Some(Unit::Wan)),
            ("罚款（单位：元）", Some(Unit::Yuan)),
            ("处罚金额/万元", Some(Unit::Wan)),
            ("罚款（万 元）", Some(Unit::Wan)),
            ("罚款金额", None),
            ("单元", None),
            ("公元", None),
        ] {
            assert_eq!(Unit::of_heading(heading), unit, "{heading}");
        }
    }

    #[test]
    fn titles_name_units_for_the_whole_table() {
        for (title, unit) in [
            ("单位：元", Some(Unit::Yuan)),
            ("金额单位：元　填报日期：2019年6月20日", Some(Unit::Yuan)),
            ("违法排污行为台账（元）", Some(Unit::Yuan)),
            ("台账（单位：万元）", Some(Unit::Wan)),
            ("单 位：人民币元", Some(Unit::Yuan)),
            ("单位：人民币元", Some(Unit::Yuan)),
            ("填报单位：元通焦化有限公司", None),
            ("填报单位：潞州区分局", None),
            ("（元旦后报）", None),
        ] {
            assert_eq!(Unit::of_title(title), unit, "{title}");
        }
    }
}
