//! Problem kinds (问题类型, 违法行为类型), each tied to the law in force in June 2019.
//!
//! The list is data: a new kind is a new entry in `kinds/list.rs`, and rules ask an entry for a property. Codes are
//! two digits and stable. Laws are cited by short name; the versions meant are 环境保护法 2014, 大气污染防治法 2018,
//! 水污染防治法 2017, 环境影响评价法 2018, 固体废物污染环境防治法 2016, 建设项目环境保护管理条例 2017.

use super::word::{fold, meanings, vocabulary};
use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

mod list;

vocabulary! {
    /// The medium that a problem concerns (污染要素).
    pub enum Medium "污染要素" {
        /// Air.
        Air = "air" => "气" | "大气" | "废气" | "空气",
        /// Water.
        Water = "water" => "水" | "废水" | "污水",
        /// Solid and hazardous waste.
        Solid = "solid" => "固废" | "固体废物" | "危废" | "危险废物" | "土壤",
        /// Noise.
        Noise = "noise" => "噪声" | "噪音",
        /// None of these, or not told by the kind.
        Other = "other" => "其他" | "其它",
    }
}

/// A kind of problem.
#[derive(Debug)]
pub struct Kind {
    /// Two digits, stable.
    pub code: &'static str,
    /// The full text on screen and in print.
    pub label: &'static str,
    /// A short form for narrow columns and charts.
    pub short: &'static str,
    /// The legal basis, as an office cites it.
    pub basis: &'static str,
    /// The medium that a form proposes; `Medium::Other` when the kind does not tell. A problem keeps its own.
    pub medium: Medium,
    /// Named in the notice as to be dealt with severely (从严): the hint of leniency is never shown.
    pub severe: bool,
    /// Verification must name two different officers; for other kinds that is a reminder.
    pub two_verifiers: bool,
    /// The usual range of a fine on a unit, in fen (分), where one article gives one; a fine outside asks for a
    /// second look and is never refused. Fines on persons and daily penalties have their own.
    pub usual_fine: Option<RangeInclusive<i64>>,
    /// What the law asks to be looked at before such a case is decided; empty for most kinds.
    pub caution: &'static str,
    /// Other spellings that imports accept, `|` between them.
    synonyms: &'static str,
}

impl Kind {
    /// `07 逃避监管排污`, as lists show it.
    pub fn title(&self) -> String {
        format!("{} {}", self.code, self.short)
    }

    /// Whether a fine on a unit, in fen, lies in the usual range; `None` when the kind has no range.
    pub fn fine_is_usual(&self, fen: i64) -> Option<bool> {
        self.usual_fine.as_ref().map(|range| range.contains(&fen))
    }

    /// The kind meant by a typed or imported text: `07`, `7`, the label, the short form, a synonym, or the code
    /// followed by any of these.
    pub fn read(text: &str) -> Option<&'static Kind> {
        let typed = fold(text);
        let digits = typed.chars().take_while(char::is_ascii_digit).count();
        if digits > 0 {
            let coded = kind(&format!("{:0>2}", &typed[..digits]))?;
            let rest = &typed[digits..];
            return (rest.is_empty() || meant_by(rest).is_some_and(|kind| kind.code == coded.code)).then_some(coded);
        }
        meant_by(&typed)
    }

    /// Every spelling but the code.
    fn spellings(&self) -> impl Iterator<Item = &'static str> {
        let synonyms = self.synonyms.split('|').filter(|s| !s.is_empty());
        [self.label, self.short].into_iter().chain(synonyms)
    }
}

/// The kind of a folded spelling.
fn meant_by(folded: &str) -> Option<&'static Kind> {
    static MEANINGS: LazyLock<HashMap<String, &'static Kind>> = LazyLock::new(|| {
        let spelt = |kind: &'static Kind| kind.spellings().map(move |spelling| (spelling, kind));
        meanings(kinds().iter().flat_map(spelt))
    });
    MEANINGS.get(folded).copied()
}

/// All kinds, in order of code.
pub fn kinds() -> &'static [Kind] {
    &list::KINDS
}

/// The kind with this code.
pub fn kind(code: &str) -> Option<&'static Kind> {
    kinds().iter().find(|kind| kind.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn codes_run_from_01_to_19_and_99() {
        let codes: Vec<_> = kinds().iter().map(|k| k.code).collect();
        let mut expected: Vec<_> = (1..=19).map(|n| format!("{n:02}")).collect();
        expected.push("99".into());
        assert_eq!(codes, expected);
    }

    #[test]
    fn no_spelling_means_two_kinds() {
        let mut seen = HashSet::new();
        for kind in kinds() {
            let own: HashSet<_> = kind.spellings().map(fold).collect();
            for spelling in own {
                assert!(seen.insert(spelling.clone()), "{spelling}");
            }
            assert!(!kind.basis.is_empty() || kind.code == "99");
        }
    }

    #[test]
    fn properties_stand_on_the_kinds_that_have_them() {
        let codes = |wanted: fn(&Kind) -> bool| -> Vec<_> { kinds().iter().filter(|k| wanted(k)).map(|k| k.code).collect() };
        assert_eq!(codes(|k| k.severe), ["07", "08"]);
        assert_eq!(codes(|k| k.two_verifiers), ["07", "08", "15", "16"]);
    }

    #[test]
    fn a_kind_is_read_from_what_people_write() {
        let code = |text: &str| Kind::read(text).map(|k| k.code);
        assert_eq!(code("7"), Some("07"));
        assert_eq!(code("07 逃避监管排污"), Some("07"));
        assert_eq!(code("13、扬尘"), Some("13"));
        assert_eq!(code("未批先建（环评未批擅自开工）"), Some("01"));
        assert_eq!(code("“散乱污”企业"), Some("16"));
        assert_eq!(code("07 未批先建"), None, "code and words contradict each other");
        assert_eq!(code("20"), None);
        assert_eq!(code(""), None);
    }

    #[test]
    fn the_range_is_in_fen() {
        // 大气污染防治法第九十九条: 十万元以上一百万元以下.
        let excess = kind("05").expect("a kind");
        assert_eq!(excess.fine_is_usual(10_000_000), Some(true));
        assert_eq!(excess.fine_is_usual(9_999_999), Some(false));
        assert_eq!(kind("01").expect("a kind").fine_is_usual(1), None);
    }
}
