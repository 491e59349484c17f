//! What a unit is found by: pieces of two characters, compared by equality, because LIKE gets no index under a policy.

use super::changes::UnitChanges;
use crate::base::{initials, text};

/// The keys of one unit.
pub(super) struct Keys {
    /// The name without spaces and widths.
    pub name_key: String,
    /// All keys, one a line: a hit is verified against it.
    pub search_text: String,
    /// Distinct pieces of names and code (upper case) and of pinyin initials (lower case), sorted.
    pub grams: Vec<Gram>,
}

/// A piece of two characters. There are fifty a unit, so each is kept without a place of its own in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Gram {
    utf8: [u8; 8],
    length: usize,
}

impl Gram {
    fn of([first, second]: [char; 2]) -> Self {
        let mut utf8 = [0; 8];
        let middle = first.encode_utf8(&mut utf8).len();
        let length = middle + second.encode_utf8(&mut utf8[middle..]).len();
        Self { utf8, length }
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.utf8[..self.length]).unwrap_or_default()
    }
}

/// Makes the keys of a unit.
pub(super) fn keys(unit: &UnitChanges) -> Keys {
    keys_of(&unit.name, &unit.former_names, unit.credit_code.as_deref())
}

/// Makes the keys of a unit of these names and this code.
pub(super) fn keys_of(name: &str, former_names: &[String], code: Option<&str>) -> Keys {
    let mut lines = Vec::new();
    for name in std::iter::once(name).chain(former_names.iter().map(String::as_str)) {
        lines.push(text::name_key(name));
        lines.extend(initials::initials(name));
    }
    lines.extend(code.map(str::to_owned));
    Keys { name_key: text::name_key(name), search_text: lines.join("\n"), grams: grams(name, former_names, code) }
}

/// The distinct pieces by which a unit of these names and this code is found, sorted.
pub(super) fn grams(name: &str, former_names: &[String], code: Option<&str>) -> Vec<Gram> {
    let mut pairs = code.map(text::pairs).unwrap_or_default();
    for name in std::iter::once(name).chain(former_names.iter().map(String::as_str)) {
        pairs.extend(text::pairs(&text::name_key(name)));
        pairs.extend(initials::initial_pairs(name));
    }
    let mut grams: Vec<Gram> = pairs.into_iter().map(Gram::of).collect();
    grams.sort_unstable();
    grams.dedup();
    grams
}

/// What somebody typed into the search, as keys to try: as a name or code, and, when it is all Latin letters, as initials.
pub(super) fn sought(typed: &str) -> Vec<(String, Vec<String>)> {
    let key = text::name_key(typed);
    if key.chars().count() < 2 {
        return Vec::new();
    }
    let mut ways = vec![(key.clone(), text::grams(&key))];
    if key.chars().all(|c| c.is_ascii_alphanumeric()) && key.chars().any(|c| c.is_ascii_alphabetic()) {
        let lower = key.to_lowercase();
        let chars: Vec<char> = lower.chars().collect();
        let grams = chars.windows(2).map(|w| w.iter().collect()).collect();
        ways.push((lower, grams));
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Cells;

    #[test]
    fn a_unit_is_found_by_name_code_and_initials() {
        let mut cells = Cells::default();
        cells.set("name", "长治市恒昌焦化有限公司").set("credit_code", "91350100M000100Y43");
        let unit = UnitChanges::read(&mut cells).unwrap();
        let keys = keys(&unit);
        let held: Vec<&str> = keys.grams.iter().map(Gram::as_str).collect();
        for typed in ["恒昌", "焦化", "czshc", "zzshc", "91350100", "000100y43"] {
            let found = sought(typed)
                .iter()
                .any(|(key, grams)| keys.search_text.contains(key.as_str()) && grams.iter().all(|g| held.contains(&g.as_str())));
            assert!(found, "{typed}");
        }
        assert!(sought("焦").is_empty(), "from two characters on");
    }
}
