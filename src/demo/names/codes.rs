//! Unified social credit codes that are well formed and were never issued (GB 32100-2015, GB 11714).

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Weights of positions 1 to 17 (GB 32100-2015): powers of three modulo 31.
const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/// Weights of the eight characters of an organisation code (GB 11714).
const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

fn check_character(first_17: &str) -> Option<char> {
    let mut sum = 0;
    for (byte, weight) in first_17.bytes().zip(WEIGHTS) {
        sum += ALPHABET.iter().position(|known| *known == byte)? * weight;
    }
    Some(char::from(ALPHABET[(31 - sum % 31) % 31]))
}

fn organisation_check(first_8: &str) -> char {
    let sum: u32 = first_8.chars().zip(ORGANISATION_WEIGHTS).map(|(c, weight)| c.to_digit(36).unwrap_or(0) * weight).sum();
    match 11 - sum % 11 {
        10 => 'X',
        11 => '0',
        digit => char::from_digit(digit, 10).unwrap_or('0'),
    }
}

/// Code number `n` of a county: `91` (a firm), the county, an organisation code, the check character.
///
/// Organisation codes seen in the public register begin with a digit, MA, L or X; these begin with YY, a series that
/// is not issued, so no firm holds one.
pub(super) fn invented(county: i32, n: u32) -> String {
    let body = format!("YY{:06}", n % 1_000_000);
    let first_17 = format!("91{county:06}{body}{}", organisation_check(&body));
    let last = check_character(&first_17).unwrap_or('0');
    format!("{first_17}{last}")
}

/// Whether a code has 18 characters of the alphabet and the right check character.
pub fn is_valid(code: &str) -> bool {
    code.len() == 18 && code.is_ascii() && check_character(&code[..17]).is_some_and(|last| code.ends_with(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_agrees_with_known_vectors() {
        for code in ["91350100M000100Y43", "913502000728319549", "91440101MA5CJQ4N59", "91350206MA31LUJ437", "91350213678251743X"]
        {
            assert!(is_valid(code), "{code}");
        }
        assert!(!is_valid("91350100M000100Y4Z"));
        assert!(!is_valid("91350100M000100I43") && !is_valid("9135"));
    }

    #[test]
    fn the_inner_check_agrees_with_known_vectors() {
        assert_eq!(organisation_check("67825174"), '3');
        assert_eq!(organisation_check("MA31LUJ4"), '3');
    }

    #[test]
    fn invented_codes_are_valid_and_differ() {
        let codes: std::collections::HashSet<_> = (0..5_000).map(|n| invented(140_403, n)).collect();
        assert_eq!(codes.len(), 5_000);
        assert!(codes.iter().all(|code| is_valid(code) && code.starts_with("91140403YY")));
    }
}
