//! What a file may list, and the columns that each kind of table has: our own headings, and what others call them.

use super::annexes::synonyms;
use super::units::columns::UNITS;
use crate::annexes::{Annex, KEY_HEADING};
use crate::vocabulary::fold;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a file lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Polluting units.
    Units,
    /// An annex.
    Annex(Annex),
}

/// The field under which the hidden key of a downloaded row stands.
pub const KEY: &str = "key";
/// A column that holds contact and telephone together.
pub const CONTACT: &str = "contact";
/// What such a column holds.
pub const OF_CONTACT: [&str; 2] = ["contact_name", "contact_phone"];

const BOTH_OF_CONTACT: Field = Field {
    id: CONTACT,
    heading: "联系人及电话",
    group: "",
    synonyms: &[
        "联系人及联系电话",
        "联系人及联系方式",
        "联系人和电话",
        "负责人及电话",
        "负责人及联系电话",
        "环保负责人及电话",
        "环保负责人及联系电话",
        "企业负责人及电话",
        "企业环保负责人及联系电话",
    ],
};

/// The register on the screen, column by column; an empty name for what no list brings.
const UNITS_SHOWN: [&str; 10] = ["name", "credit_code", "township", "industry", "permit_class", "status", "", "", "", CONTACT];

/// A column that a table may have.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The field's name, the same word in forms, files and JSON.
    pub id: &'static str,
    /// Our own heading.
    pub heading: &'static str,
    /// The merged head above it.
    pub group: &'static str,
    /// What others call it; with the group before it where the word alone could mean several.
    pub synonyms: &'static [&'static str],
}

/// The fields of a kind with everything that they are called.
#[derive(Debug)]
pub struct Fields {
    /// In the order of our own table.
    pub all: Vec<Field>,
    meanings: HashMap<String, usize>,
}

/// Headings that carry nothing to keep and need no word.
const NUMBERING: [&str; 6] = ["序号", "编号", "行号", "no", super::refused::PLACE, super::refused::REASON];

/// A heading without what offices put around it, and without its unit of money.
fn key(heading: &str) -> String {
    let folded = fold(heading).replace(['*', '＊', '※', '：'], "");
    let plain = folded.replace("必填", "").replace("选填", "").replace("单位万元", "").replace("单位元", "");
    let plain = plain.strip_suffix("万元").or_else(|| plain.strip_suffix('元')).unwrap_or(&plain);
    plain.strip_suffix('人').filter(|rest| rest.starts_with("移送")).unwrap_or(plain).to_owned()
}

/// Whether a heading only numbers the rows.
pub fn is_numbering(heading: &str) -> bool {
    NUMBERING.iter().any(|n| key(n) == key(heading))
}

impl Fields {
    fn of(all: Vec<Field>) -> Self {
        let mut meanings = HashMap::new();
        for (at, field) in all.iter().enumerate() {
            let grouped = format!("{}{}", field.group, field.heading);
            for word in field.synonyms.iter().copied().chain([field.heading, &*grouped]) {
                meanings.entry(key(word)).or_insert(at);
            }
        }
        Self { all, meanings }
    }

    /// The field that a heading means, under its merged head.
    pub fn meant_by(&self, group: &str, heading: &str) -> Option<&Field> {
        let grouped = self.meanings.get(&key(&format!("{group}{heading}")));
        grouped.or_else(|| self.meanings.get(&key(heading))).and_then(|at| self.all.get(*at))
    }

    /// The field of a name.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.all.iter().find(|f| f.id == id)
    }
}

static LISTS: LazyLock<[Fields; 3]> = LazyLock::new(|| {
    let units = UNITS.iter().map(|c| Field { id: c.field, heading: c.heading, group: "", synonyms: c.synonyms });
    [Fields::of(units.chain([BOTH_OF_CONTACT]).collect()), annex(Annex::One), annex(Annex::Two)]
});

/// The columns of an annex, the county (which a table of several has), and the hidden key.
fn annex(annex: Annex) -> Fields {
    let of_unit = |id: &str| UNITS.iter().find(|c| c.field == id);
    let mut all: Vec<Field> = annex
        .columns()
        .iter()
        .filter(|c| c.id != "no")
        .map(|c| {
            let synonyms = synonyms::of(annex, c.id).unwrap_or_else(|| of_unit(c.id).map_or(&[], |u| u.synonyms));
            Field { id: c.id, heading: c.heading, group: c.group, synonyms }
        })
        .collect();
    if !all.iter().any(|f| f.id == "county") {
        let synonyms = of_unit("county").map_or(&[][..], |c| c.synonyms);
        all.push(Field { id: "county", heading: "县（区）", group: "", synonyms });
    }
    all.push(BOTH_OF_CONTACT);
    all.push(Field { id: KEY, heading: KEY_HEADING, group: "", synonyms: &["行标识"] });
    Fields::of(all)
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Units, Self::Annex(Annex::One), Self::Annex(Annex::Two)];

    /// The word in addresses, JSON and the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Units => "units",
            Self::Annex(annex) => annex.kind_code(),
        }
    }

    /// Reads a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.code() == code)
    }

    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Units => "单位名单",
            Self::Annex(annex) => annex.mark(),
        }
    }

    /// A value as people read it: words of vocabularies by their labels.
    pub fn in_words(self, field: &str, value: &str) -> String {
        match self {
            Self::Units => super::units::in_words(field, value.to_owned()),
            Self::Annex(_) => super::annexes::in_words(field, value),
        }
    }

    /// The columns of its table on the screen, in their order; an empty name for one that no file brings. A list of units may
    /// also be the template's, which begins with the county.
    pub fn columns_shown(self, first: &str) -> Vec<&'static str> {
        let shown = |field: &Field| !matches!(field.id, KEY | CONTACT);
        let own = || self.fields().all.iter().filter(|f| shown(f)).map(|f| f.id).collect();
        let county = first.chars().count() <= 4 && first.ends_with(['县', '区', '市']);
        match self {
            Self::Units if !county => UNITS_SHOWN.to_vec(),
            Self::Units | Self::Annex(_) => own(),
        }
    }

    /// Its columns.
    pub fn fields(self) -> &'static Fields {
        let [units, one, two] = &*LISTS;
        match self {
            Self::Units => units,
            Self::Annex(Annex::One) => one,
            Self::Annex(Annex::Two) => two,
        }
    }
}

/// The columns of the database that hold a field, whose history says who wrote it.
pub fn columns_of(field: &str) -> &[&str] {
    match field {
        "problem" => &["description"],
        "problem_kind" => &["kind", "other_kinds"],
        "source_number" => &["source_numbers"],
        "invested" => &["invested_fen", "invested_with_above"],
        "self_inspection" => &["state"],
        "self_inspected_on" => &["inspected_on"],
        "has_problem" => &["found", "state"],
        "fine" => &["fine_fen"],
        "other_measures" => &["other_measures", "discretion", "shut_down"],
        "credit_code" => &["credit_code", "no_code_reason"],
        "exposure_media" => &["exposure_media", "exposure_outlet"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_headings_mean_their_columns() {
        for kind in Kind::ALL {
            for field in &kind.fields().all {
                let meant = kind.fields().meant_by(field.group, field.heading).map(|f| f.id);
                assert_eq!(meant, Some(field.id), "{} {}", kind.code(), field.heading);
            }
        }
    }

    #[test]
    fn no_synonym_means_two_columns() {
        for kind in Kind::ALL {
            let fields = kind.fields();
            for field in &fields.all {
                for word in field.synonyms {
                    assert_eq!(fields.meant_by("", word).map(|f| f.id), Some(field.id), "{} {word}", kind.code());
                }
            }
        }
    }

    #[test]
    fn the_unit_of_money_is_no_part_of_the_name() {
        let fields = Kind::Annex(Annex::Two).fields();
        for heading in ["罚款金额（元）", "罚款金额（万元）", "罚款金额（单位：元）", "罚款"] {
            assert_eq!(fields.meant_by("", heading).map(|f| f.id), Some("fine"), "{heading}");
        }
        assert_eq!(fields.meant_by("曝光情况", "日期").map(|f| f.id), Some("exposed_on"));
        assert!(is_numbering("序 号"));
    }
}
