//! A unit as typed or imported: one function reads both.

use crate::base::{Cells, CountyId, text};
use crate::vocabulary::{NoCodeReason, PermitClass, UnitStatus, industries};
use chrono::NaiveDate;

/// The fields of a unit with their labels, in the order of the form.
pub const LABELS: &[(&str, &str)] = &[
    ("name", "单位名称"),
    ("former_names", "曾用名"),
    ("credit_code", "统一社会信用代码"),
    ("no_code_reason", "无代码原因"),
    ("site", "厂区"),
    ("township", "所在乡镇（街道）"),
    ("industry", "行业类别"),
    ("permit_class", "排污许可管理类别"),
    ("permit_number", "排污许可证编号"),
    ("permit_until", "许可证有效期至"),
    ("contact_name", "企业环保负责人"),
    ("contact_phone", "联系电话"),
    ("address", "生产地址"),
    ("status", "生产状态"),
];

/// The facts of a unit as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitChanges {
    /// Its name.
    pub name: String,
    /// Names it bore before.
    pub former_names: Vec<String>,
    /// Credit code.
    pub credit_code: Option<String>,
    /// Whether a wrong check digit was confirmed.
    pub code_confirmed: bool,
    /// Why there is no code.
    pub no_code_reason: Option<NoCodeReason>,
    /// 厂区.
    pub site: String,
    /// Street or town.
    pub township: String,
    /// Industry code.
    pub industry: Option<String>,
    /// 排污许可管理类别.
    pub permit_class: Option<PermitClass>,
    /// Number of the permit.
    pub permit_number: Option<String>,
    /// Last day of the permit.
    pub permit_until: Option<NaiveDate>,
    /// 企业环保负责人.
    pub contact_name: Option<String>,
    /// The contact's telephone.
    pub contact_phone: Option<String>,
    /// Where it stands.
    pub address: Option<String>,
    /// 生产状态; operating where nothing is said.
    pub status: UnitStatus,
    /// The version that the editor saw; 0 for a new unit.
    pub version: i32,
}

/// A unit to be registered, in its county.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUnit {
    /// Where it lies.
    pub county: CountyId,
    /// Its facts.
    pub facts: UnitChanges,
}

impl UnitChanges {
    /// Reads the fields of [`LABELS`]. Only the name must be there; what cannot be read is refused at its field.
    pub fn read(cells: &mut Cells) -> Option<Self> {
        let name = cells.required("name", "请填写单位名称。");
        let former_names = cells.text("former_names").map(|t| split_names(&t)).unwrap_or_default();
        let code = cells.credit_code("credit_code");
        let code_confirmed = cells.confirmed("credit_code") && code.as_ref().is_some_and(|c| !c.check_digit_ok());
        let no_code_reason = cells.choice("no_code_reason", NoCodeReason::read).filter(|_| code.is_none());
        let industry = read_industry(cells);
        let permit_class = cells.choice("permit_class", PermitClass::read);
        let status = cells.choice("status", UnitStatus::read).unwrap_or(UnitStatus::Operating);
        let permit_until = cells.date("permit_until");
        let facts = Self {
            name: name.unwrap_or_default(),
            former_names,
            credit_code: code.map(|c| c.as_str().to_owned()),
            code_confirmed,
            no_code_reason,
            site: cells.text("site").unwrap_or_default(),
            township: cells.text("township").unwrap_or_default(),
            industry,
            permit_class,
            permit_number: cells.text("permit_number"),
            permit_until,
            contact_name: cells.text("contact_name"),
            contact_phone: cells.text("contact_phone"),
            address: cells.text("address"),
            status,
            version: cells.raw("version").parse().unwrap_or(0),
        };
        cells.clean().then_some(facts)
    }
}

impl NewUnit {
    /// Reads a new unit: its county by `county_of` from the field `county`, then its facts.
    pub fn read(cells: &mut Cells, county_of: impl Fn(&str) -> Option<CountyId>) -> Option<Self> {
        let county = cells.choice("county", county_of);
        if county.is_none() && cells.error("county").is_none() {
            cells.refuse("county", "未写明所属县区，无法登记。");
        }
        let facts = UnitChanges::read(cells);
        Some(Self { county: county?, facts: facts? })
    }
}

/// An industry by code, name or the initials of its name; several that fit are offered.
fn read_industry(cells: &mut Cells) -> Option<String> {
    let typed = cells.text("industry")?;
    if let Some(found) = industries::read(&typed) {
        return Some(found.code.clone());
    }
    let near = industries::search(&typed, 6);
    if let [only] = near.as_slice() {
        return Some(only.code.clone());
    }
    let offered: Vec<String> = near.iter().map(|i| i.title()).collect();
    let advice = if offered.is_empty() {
        "未找到该行业，请填写国民经济行业代码（两位即可）或名称。".to_owned()
    } else {
        format!("有多个相近行业，请填写其中之一：{}。", offered.join("；"))
    };
    cells.refuse("industry", advice);
    None
}

fn split_names(text: &str) -> Vec<String> {
    text.split(['、', '，', ',', ';', '；', '/']).map(text::tidy).filter(|n| !n.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(pairs: &[(&str, &str)]) -> Cells {
        Cells::from_pairs(pairs.iter().map(|(a, b)| (a.to_string(), b.to_string())), NaiveDate::default())
    }

    #[test]
    fn only_the_name_must_be_there() {
        let unit = UnitChanges::read(&mut cells(&[("name", " 甲 厂 ")])).unwrap();
        assert_eq!((unit.name.as_str(), unit.status), ("甲 厂", UnitStatus::Operating));
        assert!(UnitChanges::read(&mut cells(&[("address", "某街")])).is_none());
    }

    #[test]
    fn a_wrong_check_digit_is_asked_and_can_be_confirmed() {
        let mut asked = cells(&[("name", "甲厂"), ("credit_code", "91350100M000100Y44")]);
        assert!(UnitChanges::read(&mut asked).is_none());
        assert!(asked.question("credit_code").is_some() && asked.errors().is_empty());
        let mut confirmed = cells(&[("name", "甲厂"), ("credit_code", "91350100M000100Y44"), ("confirm_credit_code", "yes")]);
        assert!(UnitChanges::read(&mut confirmed).unwrap().code_confirmed);
    }
}
