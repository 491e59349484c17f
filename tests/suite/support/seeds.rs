//! Units and problems that tests stand on, made through their rooms.

use super::TestApp;
use uuid::Uuid;
use zhengzhi::accounts;
use zhengzhi::base::ability::Enter;
use zhengzhi::base::{Cells, CountyId};
use zhengzhi::problems::{self, NewProblem, ProblemChanges};
use zhengzhi::units::{self, NewUnit, UnitChanges};

/// A problem to be made.
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
        let campaign = self.campaign().await.id;
        let mut cells = Cells::new(self.app.clocks.business.today());
        cells.set("source", new.source).set("problem_kind", new.kind).set("found_on", new.found_on);
        cells.set("problem", "废水经旁路直接排入浊漳河");
        let facts = ProblemChanges::read(&mut cells).unwrap();
        let mut writing = self.writing(accounts::system_actor(), &self.whole()).await;
        let permit = writing.permit::<Enter>(CountyId(new.county)).unwrap();
        let problem = NewProblem { campaign, unit: new.unit, recurrence_of: None, facts };
        let id = problems::add(&mut writing, &permit, &problem).await.unwrap();
        writing.commit().await.unwrap();
        id
    }

    /// A unit of a county and one problem of it: kind 05, found by the county's officers on 10 June.
    pub async fn seed_violation(&self, county: i32, name: &str) -> (Uuid, Uuid) {
        let unit = self.seed_unit(county, name).await;
        let new = SeedProblem { county, unit, kind: "05", source: "county_inspection", found_on: "2019-06-10" };
        (unit, self.seed_problem(new).await)
    }
}
