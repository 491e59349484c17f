//! What the county's people did beside the plan: keepers of townships, guidance, a look back, a list from outside, and what one
//! unit reported through its link.

use super::fill::Author;
use super::plan;
use crate::base::ability::{Attach, Enter, ReportItself};
use crate::base::{Cells, Scope, new_id};
use crate::guidance::{self, GuidanceChanges};
use crate::history::{Key, WriteError};
use crate::inspections::{self, GridChanges};
use crate::look_backs::{self, DrawTerms};
use crate::outside_lists::{self, NewLine};
use crate::self_reports::{self, NewReport};
use chrono::{Days, NaiveDate};

/// Day of the plan on which the keepers were named.
const NAMED: usize = 1;
/// Day on which the bureau went round to help.
const HELPED: usize = 9;
/// Day of the look back.
const LOOKED_BACK: usize = 11;

impl Author<'_> {
    /// Writes it, as far as the business clock has come.
    pub(super) async fn mending(&self, key: &Key, today: NaiveDate) -> Result<(), WriteError> {
        let come = |day: usize| plan::date(day) <= today;
        if come(NAMED) {
            self.keepers().await?;
        }
        if come(HELPED) {
            self.help().await?;
            self.outside_list().await?;
            self.unit_reports(key).await?;
        }
        if come(LOOKED_BACK) {
            self.look_back().await?;
        }
        Ok(())
    }

    async fn keepers(&self) -> Result<(), WriteError> {
        let mut writing = self.morning_of(NAMED).await?;
        let permit = writing.permit::<Enter>(self.county)?;
        let names = self.names();
        for (n, township) in self.directory.townships(self.county).enumerate() {
            let who = u64::from(self.county.0.unsigned_abs()) << 8 | n as u64;
            let mut cells = Cells::new(writing.today());
            cells
                .set("keeper", names.person(who))
                .set("keeper_phone", names.phone(who))
                .set("officers", names.officers(self.county.0, who % 6).join("、"))
                .set("planned_from", "2019-06-05")
                .set("planned_until", if n % 3 == 0 { "2019-06-18" } else { "2019-06-25" });
            if let Some(changes) = GridChanges::read(&mut cells, &township.name) {
                inspections::keep_grid(&mut writing, &permit, self.campaign.id, &changes).await?;
            }
        }
        Ok(writing.commit().await?)
    }

    async fn help(&self) -> Result<(), WriteError> {
        let mut writing = self.morning_of(HELPED).await?;
        let permit = writing.permit::<Enter>(self.county)?;
        let [person, _] = self.names().officers(self.county.0, 2);
        let act = |advice: &str, outcome: Option<&str>| GuidanceChanges {
            guided_on: plan::date(HELPED),
            person: person.clone(),
            advice: advice.to_owned(),
            outcome: outcome.map(str::to_owned),
            removed: false,
            version: 0,
        };
        let class = act("集中讲解自查要点、整改方案四项内容和报备要求", Some("参会单位已领取自查清单"));
        guidance::add_many(&mut writing, &permit, self.campaign.id, self.some_units(8), &class).await?;
        for unit in self.some_units(2) {
            let advice = act("现场指导完善危废台账和标识，核对转移联单", None);
            guidance::add(&mut writing, &permit, self.campaign.id, (*unit, None), &advice).await?;
        }
        Ok(writing.commit().await?)
    }

    async fn outside_list(&self) -> Result<(), WriteError> {
        let mut writing = self.morning_of(HELPED).await?;
        let permit = writing.permit::<Enter>(self.county)?;
        let scope = Scope::county(self.county);
        let known = crate::units::find_many(writing.connection(), &scope, self.some_units(5)).await?;
        let line = |name: String, credit_code: Option<String>, township: Option<String>| NewLine {
            name,
            credit_code,
            township,
            address: None,
        };
        let mut lines: Vec<NewLine> =
            known.into_iter().map(|u| line(u.name, u.credit_code, Some(u.township).filter(|t| !t.is_empty()))).collect();
        let area = self.directory.name(self.county);
        lines.extend(["顺发砖瓦窑", "永固预制构件点"].map(|name| line(format!("{area}{name}"), None, None)));
        let what = ("6月用电异常单位清单", "用电监控名单");
        outside_lists::add(&mut writing, &permit, self.campaign.id, what, &lines).await?;
        Ok(writing.commit().await?)
    }

    async fn unit_reports(&self, key: &Key) -> Result<(), WriteError> {
        let Some(unit) = self.some_units(1).first().copied() else { return Ok(()) };
        let mut writing = self.morning_of(HELPED).await?;
        let permit = writing.permit::<Enter>(self.county)?;
        let until = self.campaign.self_inspection_until + Days::new(7);
        self_reports::make_links(&mut writing, &permit, key, self.campaign.id, &[unit], until).await?;
        let scope = Scope::county(self.county);
        let link = self_reports::links_of(writing.connection(), &scope, self.campaign.id, &[unit]).await?.pop();
        let link = link.ok_or(WriteError::Missing)?;
        let itself = writing.permit::<ReportItself>(self.county)?;
        let reporter = self.names().person(u64::from(self.county.0.unsigned_abs()));
        self_reports::confirm_receipt(&mut writing, &itself, &link, &reporter).await?;
        let mut cells = Cells::new(writing.today());
        cells
            .set("reporter", reporter)
            .set("inspected_on", "2019-06-16")
            .set("found", "some")
            .set("problem_1", "原料堆场东侧抑尘网破损")
            .set("problem_kind_1", "13")
            .set("measures_1", "更换抑尘网，增设喷淋")
            .set("due_on_1", "2019-06-27");
        if let Some(report) = NewReport::read(&mut cells) {
            self_reports::file(&mut writing, &itself, &link, &report).await?;
        }
        Ok(writing.commit().await?)
    }

    async fn look_back(&self) -> Result<(), WriteError> {
        let mut writing = self.morning_of(LOOKED_BACK).await?;
        let permit = writing.permit::<Attach>(self.county)?;
        let terms = DrawTerms { id: new_id(), seed: 20_190_619, each: 2 };
        look_backs::draw(&mut writing, &permit, self.campaign.id, terms).await?;
        Ok(writing.commit().await?)
    }
}
