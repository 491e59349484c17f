//! The reference table of areas, read once at start: it changes by migration only.

use crate::base::text::name_key;
use crate::base::{CITY, CountyId};
use std::collections::HashMap;

/// One area.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct County {
    /// Its six-digit code.
    pub id: CountyId,
    /// Its name of 2019, e.g. 潞州区.
    pub name: String,
    /// Former names and codes that a list may still carry.
    pub former_names: Vec<String>,
    /// Its place in the customary order; 0 for the city.
    pub rank: i16,
    /// Column of its tile on the map.
    pub tile_column: Option<i16>,
    /// Row of its tile on the map.
    pub tile_row: Option<i16>,
}

/// A street or town of a county.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Township {
    /// Nine-digit code.
    pub code: String,
    /// The county it lies in.
    pub county_id: CountyId,
    /// Its name.
    pub name: String,
}

/// All areas and townships.
#[derive(Clone, Debug)]
pub struct Directory {
    counties: Vec<County>,
    townships: Vec<Township>,
    /// What each reporting area is called, in whatever writing: a table of 200,000 rows asks for each of them.
    called: HashMap<String, CountyId>,
}

impl Directory {
    /// Puts the areas into their customary order.
    pub fn new(mut counties: Vec<County>, townships: Vec<Township>) -> Self {
        counties.sort_by_key(|c| c.rank);
        let mut called = HashMap::new();
        for county in counties.iter().filter(|c| c.id != CITY) {
            let names = std::iter::once(&county.name).chain(&county.former_names).map(|name| name_key(name));
            for name in names.chain([county.id.to_string()]) {
                called.entry(name).or_insert(county.id);
            }
        }
        Self { counties, townships, called }
    }

    /// The reporting areas in customary order, without the city.
    pub fn counties(&self) -> impl Iterator<Item = &County> {
        self.counties.iter().filter(|c| c.id != CITY)
    }

    /// Every area, the city first.
    pub fn all(&self) -> &[County] {
        &self.counties
    }

    /// One area.
    pub fn find(&self, id: CountyId) -> Option<&County> {
        self.counties.iter().find(|c| c.id == id)
    }

    /// The name of an area; the code itself where it is unknown.
    pub fn name(&self, id: CountyId) -> String {
        self.find(id).map_or_else(|| id.to_string(), |c| c.name.clone())
    }

    /// Reads a name, a former name or a code, with 长治市 or 山西省长治市 before it or not.
    pub fn read(&self, text: &str) -> Option<CountyId> {
        let key = name_key(text);
        let short = key.trim_start_matches("山西省").trim_start_matches("长治市");
        self.called.get(&key).or_else(|| self.called.get(short)).copied()
    }

    /// The townships of an area.
    pub fn townships(&self, county: CountyId) -> impl Iterator<Item = &Township> {
        self.townships.iter().filter(move |t| t.county_id == county)
    }
}
