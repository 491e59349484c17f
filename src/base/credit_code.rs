//! The unified social credit code (统一社会信用代码), GB 32100-2015: 18 characters =
//! registering department, kind of body, region (6 digits), organisation code (8 + its own check
//! character, GB 11714), check character.
//!
//! A wrong check character is no error of [`read`]: codes of the pilot period fail the sum and
//! are lawful. Ask [`CreditCode::check_digit_ok`] and warn.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::text;

/// The 31 characters of the standard in the order of their values (no I O S V Z).
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// The value of each byte that is in the alphabet: lists hold tens of thousands of codes.
const VALUES: [Option<u8>; 256] = {
    let (mut values, mut at) = ([None; 256], 0);
    while at < ALPHABET.len() {
        values[ALPHABET[at] as usize] = Some(at as u8);
        at += 1;
    }
    values
};
const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// A code of the right length and alphabet, half width and upper case. Serialised as text;
/// reading it back goes through [`read`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CreditCode(String);

/// Why a text is no credit code. `Display` is the sentence for the clerk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeError {
    /// Not 18 characters; holds how many there are.
    Length(usize),
    /// A character outside the standard's alphabet.
    Character(char),
    /// Characters 3 to 8 are not all digits.
    Region,
    /// A spreadsheet turned the code into a number and its last digits are lost.
    Rewritten,
    /// Fifteen digits not beginning with 9: an old registration or tax number.
    OldNumber,
}

impl fmt::Display for CodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length(count) => {
                write!(f, "统一社会信用代码应为18位，现为{count}位。请对照执照核对。")
            }
            Self::Character(c) => {
                write!(f, "代码中的“{c}”不能使用，只可用数字和大写字母（没有I、O、S、V、Z）。")?;
                match c {
                    'I' => f.write_str("请核对是否为数字1。"),
                    'O' => f.write_str("请核对是否为数字0。"),
                    'S' => f.write_str("请核对是否为数字5。"),
                    'Z' => f.write_str("请核对是否为数字2。"),
                    _ => f.write_str("请对照执照核对。"),
                }
            }
            Self::Region => f.write_str("代码第3至8位是行政区划，应全为数字。请对照执照核对。"),
            Self::Rewritten => f.write_str(
                "代码被当作数字保存，第15位以后已被表格软件改写，无法还原。请将该列设为“文本”格式后，对照执照重新填写。",
            ),
            Self::OldNumber => f.write_str("这是15位数字，像是旧注册号或税号。请填写执照上18位的统一社会信用代码。"),
        }
    }
}

impl std::error::Error for CodeError {}

/// Reads a typed or pasted code: white space and invisible characters are removed, width and
/// case set right. The check characters are not looked at, except to tell a true code ending in
/// 000 from one cut to 15 digits by a spreadsheet. Empty text gives `Length(0)`; whether a code
/// is needed is the caller's business.
pub fn read(typed: &str) -> Result<CreditCode, CodeError> {
    let code = text::name_key(typed);
    // An apostrophe in front is how a clerk tells the office program that this is text.
    let code = code.trim_start_matches(['\'', '‘', '’', '`']).to_owned();
    let count = code.chars().count();
    let all_digits = code.bytes().all(|b| b.is_ascii_digit());
    if is_scientific(&code) || (count == 15 && all_digits && code.starts_with('9')) {
        return Err(CodeError::Rewritten);
    }
    if count == 15 && all_digits {
        return Err(CodeError::OldNumber);
    }
    let foreign = |c: &char| !u8::try_from(*c).is_ok_and(|b| value(b).is_some());
    if let Some(bad) = code.chars().find(foreign) {
        return Err(CodeError::Character(bad));
    }
    if count != 18 {
        return Err(CodeError::Length(count));
    }
    if !code.bytes().skip(2).take(6).all(|b| b.is_ascii_digit()) {
        return Err(CodeError::Region);
    }
    let code = CreditCode(code);
    let cut = all_digits && code.0.ends_with("000");
    if cut && !(code.check_digit_ok() && code.organisation_part_ok()) {
        return Err(CodeError::Rewritten);
    }
    Ok(code)
}

/// What a number cell shows: `9.11404E+17`, `9.1140400123456e17`.
fn is_scientific(code: &str) -> bool {
    let Some((mantissa, exponent)) = code.split_once('E') else {
        return false;
    };
    if code.len() == 18 && !code.contains(['.', '+']) {
        return false;
    }
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    whole.len() == 1 && digits(whole) && digits(fraction) && digits(exponent.strip_prefix('+').unwrap_or(exponent))
}

impl CreditCode {
    /// The 18 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the last character is what the standard computes. `false` calls for a warning
    /// with 「核对无误」, never for a refusal.
    pub fn check_digit_ok(&self) -> bool {
        self.0.ends_with(self.expected_check_char())
    }

    /// The check character the standard computes from the first 17.
    pub fn expected_check_char(&self) -> char {
        let sum: u32 = self.0.bytes().zip(WEIGHTS).map(|(b, weight)| u32::from(value(b).unwrap_or(0)) * weight).sum();
        let value = (31 - sum % 31) % 31;
        ALPHABET.get(value as usize).map_or('0', |b| char::from(*b))
    }

    /// Whether the organisation code (characters 9 to 16) agrees with its own check character
    /// (17), GB 11714. As above, `false` is for a warning.
    pub fn organisation_part_ok(&self) -> bool {
        let sum: u32 = self
            .0
            .bytes()
            .skip(8)
            .zip(ORGANISATION_WEIGHTS)
            .map(|(b, weight)| char::from(b).to_digit(36).unwrap_or(0) * weight)
            .sum();
        let expected = match 11 - sum % 11 {
            10 => b'X',
            11 => b'0',
            digit => b'0' + digit as u8,
        };
        self.0.as_bytes().get(16) == Some(&expected)
    }
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for CreditCode {
    type Error = CodeError;

    fn try_from(text: String) -> Result<Self, CodeError> {
        read(&text)
    }
}

impl From<CreditCode> for String {
    fn from(code: CreditCode) -> Self {
        code.0
    }
}

fn value(b: u8) -> Option<u8> {
    VALUES[usize::from(b)]
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn valid_codes() {
        for code in ["91350100M000100Y43", "913502000728319549", "91440101MA5CJQ4N59", "91350206MA31LUJ437", "91350213678251743X"]
        {
            let read = read(code).unwrap();
            assert_eq!(read.as_str(), code);
            assert!(read.check_digit_ok(), "{code}");
        }
        assert!(read("91350213678251743X").unwrap().organisation_part_ok());
        assert!(read("913502000728319549").unwrap().organisation_part_ok());
    }

    #[test]
    fn the_sum_of_the_standard() {
        let sum: u32 = "91350100M000100Y4".bytes().zip(WEIGHTS).map(|(b, w)| u32::from(value(b).unwrap_or(0)) * w).sum();
        assert_eq!((sum, sum % 31), (1640, 28));
        assert_eq!(read("91350100M000100Y4Z"), Err(CodeError::Character('Z')));
    }

    #[test]
    fn pilot_codes_are_lawful() {
        for (code, expected) in [("91350100M0001TGQXM", '1'), ("91350211M0000XUF46", 'R')] {
            let read = read(code).unwrap();
            assert!(!read.check_digit_ok());
            assert_eq!(read.expected_check_char(), expected);
        }
    }

    #[test]
    fn an_altered_organisation_part_is_noticed() {
        assert!(!read("913502000728319149").unwrap().organisation_part_ok());
        assert!(!read("91350213678251753X").unwrap().organisation_part_ok());
    }

    #[test]
    fn typing_is_forgiven() {
        let code = read("　９１３５０２１３ 67825\u{a0}1743x\u{200b}\n").unwrap();
        assert_eq!(code.to_string(), "91350213678251743X");
        assert_eq!(read("'91350213678251743x").map(|c| c.to_string()).as_deref(), Ok("91350213678251743X"));
    }

    #[test]
    fn what_spreadsheets_do() {
        for text in ["9.11404E+17", "9.11404001234567e+17", "9.1E17", "9E+17", "911404001234567000", "911404001234567"] {
            assert_eq!(read(text), Err(CodeError::Rewritten), "{text}");
        }
        assert_eq!(read("140400200012345"), Err(CodeError::OldNumber));
        assert!(CodeError::Rewritten.to_string().contains("文本"));
    }

    #[test]
    fn a_true_code_ending_in_000_is_kept() {
        let found = (0..100_000_u32).find_map(|n| {
            let text = format!("9114040012{n:05}000");
            read(&text).ok()
        });
        let code = found.unwrap();
        assert!(code.check_digit_ok() && code.organisation_part_ok());
    }

    #[test]
    fn refusals() {
        assert_eq!(read(""), Err(CodeError::Length(0)));
        assert_eq!(read("9135020007283195"), Err(CodeError::Length(16)));
        assert_eq!(read("91350200O728319549"), Err(CodeError::Character('O')));
        assert_eq!(read("9135A2000728319549"), Err(CodeError::Region));
        assert_eq!(read("无证照"), Err(CodeError::Character('无')));
        assert!(CodeError::Character('O').to_string().contains("数字0"));
        assert!(CodeError::Length(17).to_string().contains("17位"));
    }

    #[test]
    fn altering_any_character_breaks_the_check() {
        let good = "91350213678251743X";
        for at in 0..17 {
            let mut bytes = good.as_bytes().to_vec();
            bytes[at] = if bytes[at] == b'1' { b'2' } else { b'1' };
            let code = read(&String::from_utf8(bytes).unwrap()).unwrap();
            assert!(!code.check_digit_ok(), "{at}");
        }
    }
}
