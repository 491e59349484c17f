//! One unit.

use crate::base::{Cells, CountyId, dates};
use crate::vocabulary::{NoCodeReason, PermitClass, UnitStatus, industry};
use chrono::NaiveDate;
use uuid::Uuid;

/// A unit on the register.
#[derive(Clone, Debug, serde::Deserialize, sqlx::FromRow)]
pub struct Unit {
    /// Where it lies (属地).
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// For the second editor.
    pub version: i32,
    /// Its name.
    pub name: String,
    /// Names it bore before.
    pub former_names: Vec<String>,
    /// Unified social credit code (GB 32100-2015).
    pub credit_code: Option<String>,
    /// Whether a wrong check digit was confirmed.
    pub code_confirmed: bool,
    /// Why there is no code.
    pub no_code_reason: Option<String>,
    /// 厂区; empty: the only one.
    pub site: String,
    /// Street or town.
    pub township: String,
    /// GB/T 4754-2017 code of two to four characters.
    pub industry: Option<String>,
    /// 排污许可管理类别, as a code.
    pub permit_class: Option<String>,
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
    /// 生产状态, as a code.
    pub status: String,
    /// Since when.
    pub status_since: Option<NaiveDate>,
}

impl Unit {
    /// Name and site as one line.
    pub fn title(&self) -> String {
        if self.site.is_empty() { self.name.clone() } else { format!("{}（{}）", self.name, self.site) }
    }

    /// The industry by code and name.
    pub fn industry_label(&self) -> String {
        self.industry.as_deref().and_then(industry).map(|i| i.title()).unwrap_or_default()
    }

    /// The permit class in words.
    pub fn permit_label(&self) -> &'static str {
        self.permit_class.as_deref().and_then(PermitClass::from_code).map_or("", PermitClass::label)
    }

    /// The status in words.
    pub fn status_label(&self) -> &'static str {
        UnitStatus::from_code(&self.status).map_or("", UnitStatus::label)
    }

    /// The reason for having no code, in words.
    pub fn no_code_label(&self) -> &'static str {
        self.no_code_reason.as_deref().and_then(NoCodeReason::from_code).map_or("", NoCodeReason::label)
    }

    /// The unit as the cells of its form.
    pub fn cells(&self, today: NaiveDate) -> Cells {
        let mut cells = Cells::new(today);
        let text = |t: &Option<String>| t.clone().unwrap_or_default();
        cells
            .set("county", self.county_id.to_string())
            .set("name", &*self.name)
            .set("former_names", self.former_names.join("、"))
            .set("credit_code", text(&self.credit_code))
            .set("confirm_credit_code", if self.code_confirmed { "yes" } else { "" })
            .set("no_code_reason", text(&self.no_code_reason))
            .set("site", &*self.site)
            .set("township", &*self.township)
            .set("industry", self.industry_label())
            .set("permit_class", text(&self.permit_class))
            .set("permit_number", text(&self.permit_number))
            .set("permit_until", self.permit_until.map(dates::short).unwrap_or_default())
            .set("contact_name", text(&self.contact_name))
            .set("contact_phone", text(&self.contact_phone))
            .set("address", text(&self.address))
            .set("status", &*self.status)
            .set("version", self.version.to_string());
        cells
    }
}
