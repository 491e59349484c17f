//! Pinyin initials of names, so that `czsh` finds 长治… whichever reading a character has.

use std::collections::VecDeque;

use pinyin::ToPinyinMulti;

use super::text;

/// The most variants [`initials`] gives for one name.
pub const MAX_VARIANTS: usize = 32;

/// The initials of a name under every reading of its characters: lower-case ASCII letters and
/// digits; Latin letters and digits of the name stay, characters without a reading are skipped.
///
/// At most [`MAX_VARIANTS`], distinct, always in the same order: the usual reading of all
/// characters first, then those where one character has another reading (from the front of the
/// name), then two, and so on. Empty when nothing in the name has a reading.
pub fn initials(name: &str) -> Vec<String> {
    let letters = readings(name);
    if letters.is_empty() {
        return Vec::new();
    }
    let usual: Vec<char> = letters.iter().filter_map(|l| l.first().copied()).collect();
    let mut out = Vec::new();
    let mut waiting = VecDeque::from([(usual, 0)]);
    while let Some((variant, from)) = waiting.pop_front() {
        for (at, choices) in letters.iter().enumerate().skip(from) {
            // What is already waiting comes first, so more than the cap is never needed.
            if out.len() + waiting.len() >= MAX_VARIANTS {
                break;
            }
            for other in choices.iter().skip(1) {
                let mut next = variant.clone();
                next[at] = *other;
                waiting.push_back((next, at + 1));
            }
        }
        out.push(variant.into_iter().collect());
        if out.len() == MAX_VARIANTS {
            break;
        }
    }
    out
}

/// The two-letter pieces of the initials, over each pair of neighbouring characters and all readings of both (skipped
/// characters do not part neighbours). A name of fewer than two readable characters has none.
pub fn initial_pairs(name: &str) -> Vec<[char; 2]> {
    let mut pairs = Vec::new();
    for neighbours in readings(name).windows(2) {
        for first in &neighbours[0] {
            pairs.extend(neighbours[1].iter().map(|second| [*first, *second]));
        }
    }
    pairs
}

/// For each readable character its distinct first letters, the usual reading first; never empty.
fn readings(name: &str) -> Vec<Vec<char>> {
    text::half_width(name)
        .chars()
        .filter_map(|c| {
            if c.is_ascii_alphanumeric() {
                return Some(vec![c.to_ascii_lowercase()]);
            }
            let mut letters = Vec::new();
            for reading in c.to_pinyin_multi()? {
                let first = reading.plain().chars().next();
                if let Some(letter) = first.filter(char::is_ascii_lowercase)
                    && !letters.contains(&letter)
                {
                    letters.push(letter);
                }
            }
            (!letters.is_empty()).then_some(letters)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reading_is_found() {
        let found = initials("长治市");
        assert!(found.contains(&"czs".to_owned()), "{found:?}");
        assert!(found.contains(&"zzs".to_owned()), "{found:?}");
        let usual: Vec<_> = "沁源县".chars().map(|c| readings(&c.to_string())[0][0]).collect();
        assert_eq!(initials("沁源县")[0], usual.into_iter().collect::<String>());
    }

    #[test]
    fn letters_and_digits_stay_and_marks_go() {
        assert!(initials("ＡＢ（长）3号").contains(&"abc3h".to_owned()));
        assert!(initials("（）、。").is_empty());
        assert!(initials("").is_empty());
    }

    #[test]
    fn variants_are_capped_and_begin_at_the_front() {
        let name = "长治长治长治长治重重重重乐乐乐乐厂厂厂厂有限责任公司";
        let found = initials(name);
        assert_eq!(found.len(), MAX_VARIANTS);
        assert_eq!(found, initials(name));
        let mut distinct = found.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), MAX_VARIANTS);
        // The second variant differs from the usual one in its first character only.
        assert_ne!(found[0].chars().next(), found[1].chars().next());
        assert_eq!(found[0][1..], found[1][1..]);
    }

    #[test]
    fn small_names_give_all_combinations() {
        let single: Vec<usize> = ["长", "乐", "重"].map(|c| initials(c).len()).to_vec();
        assert_eq!(initials("长乐重").len(), single.iter().product::<usize>().min(MAX_VARIANTS));
    }

    #[test]
    fn pieces_over_all_readings() {
        let found = initial_pairs("长治（市");
        for piece in [['c', 'z'], ['z', 'z'], ['z', 's']] {
            assert!(found.contains(&piece), "{piece:?} in {found:?}");
        }
        assert_eq!(initial_pairs("czsh"), [['c', 'z'], ['z', 's'], ['s', 'h']]);
        assert!(initial_pairs("长").is_empty());
    }
}
