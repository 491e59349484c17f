//! The reference table of areas, read once at start: it changes by migration only.

use crate::base::text::name_key;
use crate::base::{CITY, CountyId};

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
}

impl Directory {
    /// Puts the areas into their customary order.
    pub fn new(mut counties: Vec<County>, townships: Vec<Township>) -> Self {
        counties.sort_by_key(|c| c.rank);
        Self { counties, townships }
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
        let is = |c: &County, wanted: &str| {
            c.id.to_string() == wanted || name_key(&c.name) == wanted || c.former_names.iter().any(|n| name_key(n) == wanted)
        };
        self.counties().find(|c| is(c, &key) || is(c, short)).map(|c| c.id)
    }

    /// The townships of an area.
    pub fn townships(&self, county: CountyId) -> impl Iterator<Item = &Township> {
        self.townships.iter().filter(move |t| t.county_id == county)
    }
}
