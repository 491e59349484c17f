//! Which counties a person may see. The county stands in every key, every query and every row-security policy.

use std::fmt;

/// A county by its six-digit administrative code (GB/T 2260; 140471 is the statistical code of the high-tech zone).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, sqlx::Type)]
#[serde(transparent)]
#[sqlx(transparent)]
pub struct CountyId(pub i32);

/// The city itself (长治市). It has no field facts of its own; its people's history and settings carry it.
pub const CITY: CountyId = CountyId(140400);

impl CountyId {
    /// Reads a six-digit code; `None` when it is not one.
    pub fn from_code(code: &str) -> Option<Self> {
        let digits = code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| code.parse().ok().map(Self)).flatten()
    }
}

impl fmt::Display for CountyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

/// The counties that a person may see: never empty, so that "no scope" cannot be mistaken for "no rows".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope(Vec<CountyId>);

impl Scope {
    /// One county alone.
    pub fn county(county: CountyId) -> Self {
        Self(vec![county])
    }

    /// Several counties; `None` when the list is empty.
    pub fn counties(mut counties: Vec<CountyId>) -> Option<Self> {
        counties.sort_unstable();
        counties.dedup();
        (!counties.is_empty()).then_some(Self(counties))
    }

    /// Whether a county is inside.
    pub fn holds(&self, county: CountyId) -> bool {
        self.0.contains(&county)
    }

    /// The counties as the integers that SQL compares with: `county_id = any($1)`.
    pub fn ids(&self) -> Vec<i32> {
        self.0.iter().map(|c| c.0).collect()
    }

    /// The counties inside.
    pub fn iter(&self) -> impl Iterator<Item = CountyId> + '_ {
        self.0.iter().copied()
    }

    /// The part of this scope that is `county`; `None` when it lies outside.
    pub fn narrowed_to(&self, county: CountyId) -> Option<Self> {
        self.holds(county).then(|| Self::county(county))
    }

    /// The text of the connection setting that the row-security policies read: `{140403,140404}`.
    pub fn setting(&self) -> String {
        let list: Vec<String> = self.0.iter().map(|c| c.0.to_string()).collect();
        format!("{{{}}}", list.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_never_empty() {
        assert!(Scope::counties(vec![]).is_none());
        let both = Scope::counties(vec![CountyId(140404), CountyId(140403), CountyId(140404)]).unwrap();
        assert_eq!(both.setting(), "{140403,140404}");
        assert!(both.narrowed_to(CountyId(140405)).is_none());
    }

    #[test]
    fn a_county_code_has_six_digits() {
        assert_eq!(CountyId::from_code("140403"), Some(CountyId(140403)));
        assert_eq!(CountyId::from_code("1404"), None);
        assert_eq!(CountyId::from_code("14O403"), None);
    }
}
