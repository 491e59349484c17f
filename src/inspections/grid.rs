//! 网格: who keeps a township, and the plan for its visits.

use super::inspection::names;
use crate::base::ability::Enter;
use crate::base::{Cells, CountyId, Permit, Scope, dates, new_id};
use crate::history::{Action, Entry, WriteError, Writing};
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

/// A township's keeper and plan.
#[derive(Clone, Debug, Default, sqlx::FromRow)]
pub struct Grid {
    /// For the second editor.
    pub version: i32,
    /// The township.
    pub township: String,
    /// 网格员.
    pub keeper: Option<String>,
    /// His telephone.
    pub keeper_phone: Option<String>,
    /// The officers who are to go.
    pub officers: Vec<String>,
    /// First planned day.
    pub planned_from: Option<NaiveDate>,
    /// Last planned day.
    pub planned_until: Option<NaiveDate>,
}

impl Grid {
    /// As the cells of its form.
    pub fn cells(&self, today: NaiveDate) -> Cells {
        let mut cells = Cells::new(today);
        let day = |date: Option<NaiveDate>| date.map(dates::short).unwrap_or_default();
        cells
            .set("township", &*self.township)
            .set("keeper", self.keeper.clone().unwrap_or_default())
            .set("keeper_phone", self.keeper_phone.clone().unwrap_or_default())
            .set("officers", self.officers.join("、"))
            .set("planned_from", day(self.planned_from))
            .set("planned_until", day(self.planned_until))
            .set("version", self.version.to_string());
        cells
    }
}

/// A keeper and plan as typed.
#[derive(Clone, Debug)]
pub struct GridChanges(Grid);

impl GridChanges {
    /// Reads the form; the township is given by the page's address.
    pub fn read(cells: &mut Cells, township: &str) -> Option<Self> {
        let (keeper, keeper_phone) = (cells.text("keeper"), cells.text("keeper_phone"));
        let officers = names(cells, "officers");
        let (from, until) = (cells.date("planned_from"), cells.date("planned_until"));
        cells.in_order((from, "计划开始日期"), (until, "计划完成日期", "planned_until"));
        let version = cells.raw("version").parse().unwrap_or(0);
        let township = township.to_owned();
        let grid = Grid { version, township, keeper, keeper_phone, officers, planned_from: from, planned_until: until };
        cells.clean().then_some(Self(grid))
    }
}

/// The keeper and plan of a township, if there is one.
pub async fn grid_of(
    connection: &mut PgConnection,
    scope: &Scope,
    county: CountyId,
    campaign: Uuid,
    township: &str,
) -> Result<Option<Grid>, sqlx::Error> {
    sqlx::query_as(
        "select version, township, keeper, keeper_phone, officers, planned_from, planned_until from grids
         where county_id = any($1) and county_id = $2 and campaign_id = $3 and township = $4",
    )
    .bind(scope.ids())
    .bind(county)
    .bind(campaign)
    .bind(township)
    .fetch_optional(connection)
    .await
}

/// Keeps who keeps a township, and its plan.
pub async fn keep_grid(
    writing: &mut Writing,
    permit: &Permit<Enter>,
    campaign: Uuid,
    GridChanges(grid): &GridChanges,
) -> Result<(), WriteError> {
    let written: Option<(Uuid, i32, String)> = sqlx::query_as(
        "insert into grids as g (county_id, id, version, campaign_id, township, keeper, keeper_phone, officers, planned_from, planned_until)
         values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9)
         on conflict (county_id, campaign_id, township) do update set version = g.version + 1, keeper = $5, keeper_phone = $6,
            officers = $7, planned_from = $8, planned_until = $9 where g.version = $10
         returning id, version, to_jsonb(g)::text",
    )
    .bind(permit.county())
    .bind(new_id())
    .bind(campaign)
    .bind(&grid.township)
    .bind(&grid.keeper)
    .bind(&grid.keeper_phone)
    .bind(&grid.officers)
    .bind(grid.planned_from)
    .bind(grid.planned_until)
    .bind(grid.version)
    .fetch_optional(writing.connection())
    .await?;
    let (id, version, row) = written.ok_or(WriteError::Stale)?;
    let action = if version == 1 { Action::Created } else { Action::Changed };
    let entry = Entry { action, record: "grids", record_id: id, version, row: Some(row), note: None };
    writing.record(permit.county(), entry).await?;
    Ok(())
}
