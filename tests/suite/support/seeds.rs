//! Rows of other rooms that a test of the ledger stands on, as the database holds them.

use super::TestApp;
use sqlx::ConnectOptions;
use uuid::Uuid;
use zhengzhi::accounts;
use zhengzhi::base::{Cells, CountyId, new_id};
use zhengzhi::units::{self, NewUnit, UnitChanges};

/// A problem in the database.
pub struct SeedProblem<'a> {
    /// Its county.
    pub county: i32,
    /// Its unit.
    pub unit: Uuid,
    /// Its kind's code.
    pub kind: &'a str,
    /// Its source's code.
    pub source: &'a str,
    /// The day it was found.
    pub found_on: &'a str,
}

impl TestApp {
    async fn seed(&self, sql: &'static str, county: i32, id: Uuid, values: &[&str], other: Uuid) {
        let mut connection = self.endpoint.app_options().connect().await.unwrap();
        sqlx::query("select set_config('zhengzhi.counties', $1, false)")
            .bind(format!("{{{county}}}"))
            .execute(&mut connection)
            .await
            .unwrap();
        let values: Vec<String> = values.iter().map(|v| (*v).to_owned()).collect();
        let now = self.app.clocks.wall.now();
        sqlx::query(sql).bind(county).bind(id).bind(values).bind(other).bind(now).execute(&mut connection).await.unwrap();
    }

    /// A unit of a county.
    pub async fn seed_unit(&self, county: i32, name: &str) -> Uuid {
        let mut writing = self.writing(accounts::system_actor(), &self.whole()).await;
        let mut cells = Cells::default();
        let new = NewUnit { county: CountyId(county), facts: UnitChanges::read(cells.set("name", name)).unwrap() };
        let permit = writing.permit(CountyId(county)).unwrap();
        let id = units::add(&mut writing, &permit, &new).await.unwrap();
        writing.commit().await.unwrap();
        id
    }

    /// A problem of a unit.
    pub async fn seed_problem(&self, new: SeedProblem<'_>) -> Uuid {
        let id = new_id();
        let sql = "insert into problems (county_id, id, version, campaign_id, unit_id, kind, source, description, found_on, created_at)
                   select $1, $2, 1, (select id from campaigns limit 1), $4, $3[1], $3[2], '废水经旁路直接排入浊漳河', $3[3]::date, $5";
        self.seed(sql, new.county, id, &[new.kind, new.source, new.found_on], new.unit).await;
        id
    }

    /// A unit of a county and one problem of it: kind 05, found by the county's officers on 10 June.
    pub async fn seed_violation(&self, county: i32, name: &str) -> (Uuid, Uuid) {
        let unit = self.seed_unit(county, name).await;
        let new = SeedProblem { county, unit, kind: "05", source: "county_inspection", found_on: "2019-06-10" };
        (unit, self.seed_problem(new).await)
    }
}
