//! Units of a file by what tells them apart. A file has many, and each row asks.

use crate::base::CountyId;
use crate::intake::numbers::wide_number;
use foldhash::{HashMap, HashMapExt};

/// County, code or key of the name, key of the site.
type Key = [u64; 2];

/// What tells a unit from others.
#[derive(Debug)]
pub struct Identity {
    code: Option<Key>,
    name: Key,
}

impl Identity {
    /// Of a unit of a county with the keys of its name and site, and its code if it has one.
    pub fn new(county: CountyId, code: Option<&str>, name: &str, site: &str) -> Self {
        let key = |what: &str| wide_number((county, what, site));
        Self { code: code.map(key), name: key(name) }
    }

    /// Whether it has a code.
    pub fn has_code(&self) -> bool {
        self.code.is_some()
    }
}

/// Units with what is known of each. Two are the same: same code and site, or same name and site where one of the two has no
/// code.
#[derive(Debug)]
pub struct Alike<T> {
    codes: HashMap<Key, T>,
    names: HashMap<Key, Named<T>>,
}

/// The units of a name.
#[derive(Debug)]
struct Named<T> {
    first: T,
    without_code: Option<T>,
    several: bool,
}

impl<T> Default for Alike<T> {
    fn default() -> Self {
        Self { codes: HashMap::new(), names: HashMap::new() }
    }
}

impl<T: Clone + PartialEq> Alike<T> {
    /// The same unit, with the field by which it is known.
    pub fn find(&self, unit: &Identity) -> Option<(&'static str, &T)> {
        if let Some(same) = unit.code.as_ref().and_then(|code| self.codes.get(code)) {
            return Some(("credit_code", same));
        }
        let named = self.names.get(&unit.name)?;
        let same = if unit.has_code() { named.without_code.as_ref()? } else { &named.first };
        Some(("name", same))
    }

    /// Whether a unit without a code could be more than one.
    pub fn several(&self, unit: &Identity) -> bool {
        !unit.has_code() && self.names.get(&unit.name).is_some_and(|named| named.several)
    }

    /// Takes a unit up, or what more is known by now of one that was taken up.
    pub fn add(&mut self, unit: Identity, known: T) {
        let Identity { code, name } = unit;
        let named = self.names.entry(name);
        let named = named.or_insert_with(|| Named { first: known.clone(), without_code: None, several: false });
        named.several |= named.first != known;
        match (&code, &named.without_code) {
            (None, None) => named.without_code = Some(known.clone()),
            // Its code is known by now.
            (Some(_), Some(same)) if *same == known => named.without_code = None,
            _ => {}
        }
        if let Some(code) = code {
            self.codes.insert(code, known);
        }
    }
}
