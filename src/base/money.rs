//! Amounts of money: kept in 分, shown in 万元, read from what clerks type in a 万元 field.
//!
//! Nothing is ever rounded: one 分 is 0.000001万元, so six decimals hold every amount.

use std::fmt;
use std::iter::Sum;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

mod numerals;
mod unit;

pub use unit::{Unit, read_in};

/// 分 in one 万元.
const WAN: i64 = 1_000_000;
/// 分 in one 亿元.
const YI: i64 = 10_000 * WAN;
/// The largest amount [`read_wan`] takes: 1000亿元, in 分.
pub const MAX_FEN: i64 = 1_000 * YI;

/// An amount in 分 (may be negative as a difference). Serialised as that integer.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(i64);

impl Money {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// From a number of 分.
    pub const fn from_fen(fen: i64) -> Self {
        Self(fen)
    }

    /// The number of 分.
    pub const fn fen(self) -> i64 {
        self.0
    }

    /// The sum, or `None` beyond what 64 bits hold.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// In 万元, exact: `12.5`, `0.0001`, `140`; up to six decimals, no trailing zeros.
    pub fn to_wan(self) -> String {
        decimal(self.0, WAN, false)
    }

    /// As [`Money::to_wan`] with thousands separators, for the screen: `1,234.5`.
    pub fn to_wan_grouped(self) -> String {
        decimal(self.0, WAN, true)
    }

    /// In 万元 for a number cell; the nearest double. Not for sums: sum [`Money`] first.
    pub fn as_wan_f64(self) -> f64 {
        self.0 as f64 / WAN as f64
    }

    /// In 元 with thousands separators: `125,000`, `125,000.50`.
    pub fn to_yuan_grouped(self) -> String {
        let mut out = decimal(self.0, 100, true);
        if self.0 % 100 != 0 && self.0 % 10 == 0 {
            out.push('0');
        }
        out
    }

    /// With the unit that suits its size, exact: `5亿元`, `12.5万元`, `800元`.
    pub fn compact(self) -> String {
        match self.0.unsigned_abs() {
            size if size >= YI.unsigned_abs() => format!("{}亿元", decimal(self.0, YI, false)),
            size if size >= WAN.unsigned_abs() => format!("{}万元", self.to_wan()),
            _ => format!("{}元", self.to_yuan_grouped().replace(',', "")),
        }
    }
}

/// Stops at the largest (smallest) amount 64 bits hold instead of wrapping; amounts that
/// [`read_wan`] took reach it only after some 90,000 of the largest.
impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, |total, one| Self(total.0.saturating_add(one.0)))
    }
}

impl<'a> Sum<&'a Money> for Money {
    fn sum<I: Iterator<Item = &'a Self>>(amounts: I) -> Self {
        amounts.copied().sum()
    }
}

/// `value / unit` (a power of ten) as an exact decimal without trailing zeros.
fn decimal(value: i64, unit: i64, grouped: bool) -> String {
    let size = value.unsigned_abs();
    let unit = unit.unsigned_abs();
    let whole = (size / unit).to_string();
    let mut out = String::from(if value < 0 { "-" } else { "" });
    for (at, digit) in whole.chars().enumerate() {
        if grouped && at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    let places = unit.ilog10() as usize;
    let fraction = format!("{:0places$}", size % unit);
    let fraction = fraction.trim_end_matches('0');
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// What was understood from a 万元 field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    /// The amount.
    pub money: Money,
    /// Whether 元, 万 or 亿 was typed; without one the number was taken as 万元.
    pub unit_given: bool,
}

impl Read {
    /// The echo beside the field: `12.5万元（125,000元）`.
    pub fn understood(&self) -> String {
        format!("{}万元（{}元）", self.money.to_wan(), self.money.to_yuan_grouped())
    }
}

/// Why a text is no amount. `Display` is the sentence for the clerk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MoneyError {
    /// Not a number in any accepted form; holds what was typed.
    Unreadable(String),
    /// The same, in a column of 元.
    UnreadableYuan(String),
    /// Below zero.
    Negative,
    /// Finer than one 分.
    TooFine,
    /// Above [`MAX_FEN`].
    TooLarge,
    /// The same, in a column of 元.
    TooLargeYuan,
    /// Thousands separators not before groups of three.
    Commas,
    /// 百 or 千 with neither 元 nor 万 after it.
    NoUnit,
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(typed) => write!(f, "“{}”不是金额，请填数字，单位万元，如12.5。", beginning(typed)),
            Self::UnreadableYuan(typed) => write!(f, "“{}”不是金额，请填数字，单位元，如50000。", beginning(typed)),
            Self::Negative => f.write_str("金额不能为负数，请核对。"),
            Self::TooFine => f.write_str("金额小于1分的部分无法记录，万元最多六位小数，请核对。"),
            Self::TooLarge => f.write_str("金额超过1000亿元。本栏单位为“万元”，请核对是否按“元”填写。"),
            Self::TooLargeYuan => f.write_str("金额超过1000亿元，请核对。"),
            Self::Commas => f.write_str("千分位逗号位置不对，请去掉逗号重填。"),
            Self::NoUnit => f.write_str("请写明是“元”还是“万元”，如5000元、0.5万元。"),
        }
    }
}

impl std::error::Error for MoneyError {}

/// The first twenty characters of what was typed.
fn beginning(typed: &str) -> String {
    let more = if typed.chars().nth(20).is_some() { "…" } else { "" };
    typed.chars().take(20).chain(more.chars()).collect()
}

/// Reads what was typed in a 万元 field: `12.5`, `1,234.5` (万元 meant), `12.5万`, `12.5万元`,
/// `125000元`, `12万5000元`, `1.2亿`, `伍万元整`, `拾贰万伍仟元整`, `五千元`, `叁元伍角`; full width too, with
/// or without ¥ or 人民币 before it. Empty text is for the caller to settle beforehand (here
/// unreadable).
pub fn read_wan(typed: &str) -> Result<Read, MoneyError> {
    read_in(typed, Unit::Wan)
}

/// The classic slip, 元 typed in a 万元 field: a question for the clerk when no unit was typed, the
/// amount is outside the `usual` range, and a ten-thousandth of it lies inside. Otherwise `None`
/// (also when a ten-thousandth is no whole number of 分: nobody typed 元 then).
pub fn slip(read: &Read, usual: RangeInclusive<Money>) -> Option<String> {
    let meant = slipped(read.money, usual).filter(|_| !read.unit_given)?;
    let money = read.money;
    Some(format!("本栏单位为“万元”。您填写{}，即{}，是否应为{}？", money.to_wan(), money.compact(), meant.compact()))
}

/// What was meant if 元 was typed in a 万元 field: the ten-thousandth of an amount that is unusual and becomes usual by it.
pub fn slipped(money: Money, usual: RangeInclusive<Money>) -> Option<Money> {
    let meant = Money(money.0 / 10_000);
    (!usual.contains(&money) && money.0 % 10_000 == 0 && usual.contains(&meant)).then_some(meant)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn fen(text: &str) -> i64 {
        match read_wan(text) {
            Ok(read) => read.money.fen(),
            Err(error) => panic!("{text}: {error}"),
        }
    }

    fn wan(n: i64) -> Money {
        Money::from_fen(n * WAN)
    }

    #[test]
    fn writing() {
        for (fen, plain, grouped) in [
            (12_500_000, "12.5", "12.5"),
            (100, "0.0001", "0.0001"),
            (1, "0.000001", "0.000001"),
            (140 * WAN, "140", "140"),
            (0, "0", "0"),
            (-1_500_000, "-1.5", "-1.5"),
            (1_234_500_000, "1234.5", "1,234.5"),
            (1_234_567 * WAN, "1234567", "1,234,567"),
            (123_456 * WAN, "123456", "123,456"),
        ] {
            assert_eq!(Money(fen).to_wan(), plain);
            assert_eq!(Money(fen).to_wan_grouped(), grouped);
        }
        assert!(Money(i64::MIN).to_wan().starts_with("-9223372036854.77"));
        assert_eq!(Money(12_500_000).as_wan_f64(), 12.5);
        assert_eq!(Money(12_500_050).to_yuan_grouped(), "125,000.50");
        assert_eq!(Money(5).to_yuan_grouped(), "0.05");
        assert_eq!(wan(50_000).compact(), "5亿元");
        assert_eq!(wan(5).compact(), "5万元");
        assert_eq!(Money(123_450).compact(), "1234.50元");
    }

    #[test]
    fn sums() {
        let amounts = [Money(1), Money(2), Money(i64::MAX)];
        assert_eq!(amounts[..2].iter().sum::<Money>(), Money(3));
        assert_eq!(amounts.into_iter().sum::<Money>(), Money(i64::MAX));
        assert_eq!(amounts[0].checked_add(amounts[2]), None);
        assert_eq!(amounts[0].checked_add(amounts[1]), Some(Money(3)));
    }

    #[test]
    fn what_clerks_type() {
        for (text, expected, unit_given) in [
            ("12.5", 12_500_000, false),
            ("12.50000000", 12_500_000, false),
            (" 12.5 万 ", 12_500_000, true),
            ("12.5万元", 12_500_000, true),
            ("125000元", 12_500_000, true),
            ("125,000.05元", 12_500_005, true),
            ("1,234.5", 1_234_500_000, false),
            ("１２．５", 12_500_000, false),
            ("１，２３４．５万元", 1_234_500_000, true),
            ("12。5", 12_500_000, false),
            ("0", 0, false),
            (".5", 500_000, false),
            ("5.", 5_000_000, false),
            ("0.000001", 1, false),
            ("￥5", 5_000_000, false),
            ("人民币伍万元整", 5_000_000, true),
            ("1.2亿元", 12_000_000_000, true),
            ("10000000", MAX_FEN, false),
        ] {
            let read = read_wan(text).unwrap();
            let found = (read.money.fen(), read.unit_given);
            assert_eq!(found, (expected, unit_given), "{text}");
        }
        let read = read_wan("12.5").unwrap();
        assert_eq!(read.understood(), "12.5万元（125,000元）");
        assert_eq!(fen(&wan(7).to_wan()), wan(7).fen());
    }

    #[test]
    fn refusals() {
        let cases = [
            ("-5", MoneyError::Negative),
            ("－5万元", MoneyError::Negative),
            ("¥-5", MoneyError::Negative),
            ("负伍万元", MoneyError::Negative),
            ("(5)", MoneyError::Negative),
            ("0.0000001", MoneyError::TooFine),
            ("0.001元", MoneyError::TooFine),
            ("10000000.000001", MoneyError::TooLarge),
            ("99999999999999999999999999999999999999", MoneyError::TooLarge),
            ("12,5", MoneyError::Commas),
            ("1,2345", MoneyError::Commas),
            (",123", MoneyError::Commas),
            ("5千", MoneyError::NoUnit),
        ];
        for (text, error) in cases {
            assert_eq!(read_wan(text), Err(error), "{text}");
        }
        let texts = " |-|—|无|12.5a|1.2E+5|约5万|10-20万|5万余元|1.2.3|.|元|万元|5元5元|5吨|NaN|¥|负责人";
        for text in texts.split('|') {
            let error = read_wan(text).unwrap_err();
            assert!(matches!(error, MoneyError::Unreadable(_)), "{text}: {error:?}");
        }
        let told = read_wan("abc").unwrap_err().to_string();
        assert_eq!(told, "“abc”不是金额，请填数字，单位万元，如12.5。");
    }

    #[test]
    fn the_slip_is_asked_only_when_it_explains_the_amount() {
        let usual = || wan(1)..=wan(200);
        let ask = |text: &str| slip(&read_wan(text).unwrap(), usual());
        assert_eq!(ask("50000").unwrap(), "本栏单位为“万元”。您填写50000，即5亿元，是否应为5万元？");
        assert!(ask("125000.5").unwrap().contains("是否应为12.50005万元"));
        assert_eq!(ask("50000万元"), None, "unit given");
        assert_eq!(ask("50"), None, "usual");
        assert_eq!(ask("500"), None, "still outside");
        assert_eq!(ask("12345.678"), None, "no whole 分");
    }
}
