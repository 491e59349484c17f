//! Units of a file by what tells them apart.

use crate::base::CountyId;
use std::collections::HashMap;

/// County, code or key of the name, key of the site.
type Key = (CountyId, String, String);

/// What tells a unit from others.
#[derive(Debug)]
pub struct Identity {
    /// Its county.
    pub county: CountyId,
    /// Its code, if it has one.
    pub code: Option<String>,
    /// The key of its name.
    pub name: String,
    /// The key of its site.
    pub site: String,
}

/// Units with what is known of each. Two are the same: same code and site, or same name and site where one of the two has no
/// code.
#[derive(Debug)]
pub struct Alike<T> {
    codes: HashMap<Key, T>,
    names: HashMap<Key, Named<T>>,
}

/// The first unit of a name, and the first without a code.
#[derive(Debug)]
struct Named<T> {
    first: T,
    without_code: Option<T>,
}

impl<T> Default for Alike<T> {
    fn default() -> Self {
        Self { codes: HashMap::new(), names: HashMap::new() }
    }
}

impl<T: Clone> Alike<T> {
    /// The same unit, with the field by which it is known.
    pub fn find(&self, unit: &Identity) -> Option<(&'static str, &T)> {
        let coded = unit.code.as_ref().and_then(|code| self.codes.get(&(unit.county, code.clone(), unit.site.clone())));
        let named = || self.names.get(&(unit.county, unit.name.clone(), unit.site.clone()));
        match (coded, &unit.code) {
            (Some(same), _) => Some(("credit_code", same)),
            (None, Some(_)) => named().and_then(|named| named.without_code.as_ref()).map(|same| ("name", same)),
            (None, None) => named().map(|named| ("name", &named.first)),
        }
    }

    /// Takes a unit up, or what more is known by now of one that was taken up.
    pub fn add(&mut self, unit: Identity, known: T) {
        let Identity { county, code, name, site } = unit;
        let without_code = code.is_none().then(|| known.clone());
        let named = self.names.entry((county, name, site.clone()));
        let named = named.or_insert_with(|| Named { first: known.clone(), without_code: None });
        if named.without_code.is_none() {
            named.without_code = without_code;
        }
        if let Some(code) = code {
            self.codes.insert((county, code, site), known);
        }
    }
}
