//! How a word list is made: the `vocabulary!` macro, and the reading of what people type.

use std::collections::HashMap;

/// A closed list of words. Generic code (a select box, a cell reader) uses this trait; everything else uses the
/// inherent methods of the same names.
pub trait Vocabulary: Copy + Eq + 'static {
    /// What the list is called on screen, such as 问题来源.
    const NAME: &'static str;
    /// Every word, in the order in which lists show them.
    const ALL: &'static [Self];
    /// The stable word of database, forms and files.
    fn code(self) -> &'static str;
    /// The word on screen and in print.
    fn label(self) -> &'static str;
    /// Every accepted spelling: the code, the label, then the synonyms.
    fn spellings(self) -> &'static [&'static str];
    /// The word with exactly this code.
    fn from_code(code: &str) -> Option<Self>;
    /// The word meant by a typed or imported text: a code, a label or a known synonym.
    fn read(text: &str) -> Option<Self>;
}

/// Brings a typed text to one form: no spaces, brackets, quotes or list marks, half-width, lower case.
///
/// `蓝天保卫战(重点区域)强化督查 ` and `蓝天保卫战（重点区域）强化督查` are then equal.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // Most of what is read; it has no case.
            '\u{4E00}'..='\u{9FFF}' => folded.push(c),
            // Full-width forms stand at a fixed distance from ASCII.
            '\u{FF01}'..='\u{FF5E}' => fold_one(char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c), &mut folded),
            _ => fold_one(c, &mut folded),
        }
    }
    folded
}

fn fold_one(c: char, folded: &mut String) {
    const MARKS: &str = "()[]{}<>\"'“”‘’「」『』《》〈〉【】〔〕、,。.;:/\\|-—·\u{FEFF}\u{200B}";
    if !c.is_whitespace() && !c.is_control() && !MARKS.contains(c) {
        folded.extend(c.to_lowercase());
    }
}

/// What each spelling means, folded once: a table of 200,000 rows asks a million times.
pub(super) fn meanings<T: Copy>(words: impl IntoIterator<Item = (&'static str, T)>) -> HashMap<String, T> {
    let mut meanings = HashMap::new();
    for (spelling, word) in words {
        meanings.entry(fold(spelling)).or_insert(word);
    }
    meanings
}

/// Makes an enum of words with stable codes, labels and synonyms.
///
/// `Name = "code" => "label" | "synonym" | …`; the text after the enum's name is the list's name on screen.
macro_rules! vocabulary {
    (
        $(#[$meta:meta])*
        pub enum $name:ident $title:literal {
            $(
                $(#[$word_meta:meta])*
                $word:ident = $code:literal => $label:literal $(| $synonym:literal)*
            ),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(
                $(#[$word_meta])*
                #[doc = concat!(" (", $label, ")")]
                $word,
            )+
        }

        impl $name {
            /// What the list is called on screen.
            pub const NAME: &'static str = $title;

            /// Every word, in the order in which lists show them.
            pub const ALL: &'static [Self] = &[$(Self::$word),+];

            /// The stable word of database, forms and files.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$word => $code),+ }
            }

            /// The word on screen and in print.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$word => $label),+ }
            }

            /// The word with exactly this code.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$word),)+ _ => None }
            }

            /// Every accepted spelling: the code, the label, then the synonyms.
            pub const fn spellings(self) -> &'static [&'static str] {
                match self { $(Self::$word => &[$code, $label $(, $synonym)*]),+ }
            }

            /// The word meant by a typed or imported text: a code, a label or a known synonym; spaces, brackets
            /// and widths do not matter.
            pub fn read(text: &str) -> Option<Self> {
                static MEANINGS: ::std::sync::LazyLock<::std::collections::HashMap<String, $name>> =
                    ::std::sync::LazyLock::new(|| {
                        let spelt = |word: $name| word.spellings().iter().map(move |spelling| (*spelling, word));
                        $crate::vocabulary::word::meanings($name::ALL.iter().copied().flat_map(spelt))
                    });
                // A code is the word's own first spelling, and most of what is read again is one.
                Self::from_code(text).or_else(|| MEANINGS.get(&$crate::vocabulary::fold(text)).copied())
            }
        }

        impl $crate::vocabulary::Vocabulary for $name {
            const NAME: &'static str = $title;
            const ALL: &'static [Self] = Self::ALL;

            fn code(self) -> &'static str { Self::code(self) }
            fn label(self) -> &'static str { Self::label(self) }
            fn spellings(self) -> &'static [&'static str] { Self::spellings(self) }
            fn from_code(code: &str) -> Option<Self> { Self::from_code(code) }
            fn read(text: &str) -> Option<Self> { Self::read(text) }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let code = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                Self::from_code(&code).ok_or_else(|| {
                    serde::de::Error::custom(format!("{} has no word with the code {code:?}", stringify!($name)))
                })
            }
        }
    };
}

pub(super) use vocabulary;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::*;
    use serde::de::IntoDeserializer;
    use serde::de::value::{Error, StrDeserializer};

    /// Codes are stable snake_case, labels differ, and no spelling can mean two words of one list.
    fn check<T: Vocabulary + std::fmt::Debug>() {
        assert!(!T::NAME.is_empty() && !T::ALL.is_empty());
        let mut seen: HashMap<String, T> = HashMap::new();
        for &word in T::ALL {
            let code = word.code();
            assert!(code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'), "{code}");
            assert_eq!(T::from_code(code), Some(word));
            for &spelling in word.spellings() {
                assert_eq!(T::read(spelling), Some(word), "{spelling}");
                if let Some(other) = seen.insert(fold(spelling), word) {
                    assert_eq!(other, word, "{spelling} stands twice in {}", T::NAME);
                }
            }
        }
        assert_eq!(T::from_code("no_such_word"), None);
        assert_eq!(T::read("没有这个词"), None);
        assert_eq!(T::read(" \u{3000}"), None);
    }

    #[test]
    fn every_list_is_sound() {
        check::<Medium>();
        check::<Source>();
        check::<ClueDay>();
        check::<UnitStatus>();
        check::<PermitClass>();
        check::<SelfInspectionState>();
        check::<NoCodeReason>();
        check::<Progress>();
        check::<EndedAs>();
        check::<VerifiedAs>();
        check::<HandledBy>();
        check::<MeasureKind>();
        check::<Category>();
        check::<Discretion>();
        check::<TransferBasis>();
        check::<PoliceOutcome>();
        check::<ExposureMedia>();
        check::<CrossResult>();
        check::<Exposedness>();
        check::<TwinGround>();
        check::<TwinVerdict>();
        check::<PublicityChannel>();
        check::<TipSource>();
        check::<SupervisionLevel>();
        check::<SupervisionMatter>();
        check::<SupervisionState>();
        check::<SupervisionStep>();
        check::<Rhythm>();
    }

    #[test]
    fn widths_brackets_and_spaces_do_not_matter() {
        assert_eq!(fold(" ＡＢ（一） "), "ab一");
        assert_eq!(Source::read("群众举报（12369／信访）"), Some(Source::Reported12369));
        assert_eq!(Source::read("12369举报"), Some(Source::Reported12369), "as duty officers write it");
        assert_eq!(Source::read("\u{3000}企业自查\t"), Some(Source::SelfInspection));
        assert_eq!(Source::read("CITY_SUPERVISION"), Some(Source::CitySupervision));
    }

    #[test]
    fn serde_uses_the_code_only() {
        let read = |code: &'static str| -> Result<Source, Error> {
            let from: StrDeserializer<'static, Error> = code.into_deserializer();
            serde::Deserialize::deserialize(from)
        };
        assert_eq!(read("media"), Ok(Source::Media));
        assert!(read("媒体曝光").is_err());
    }
}
