//! `/clocks`: every clock that runs in the viewer's scope, the first to end on top; `when=next-week` is the list for Friday.

use crate::base::{CountyId, dates};
use crate::clocks::{self, Filter, Running, When};
use crate::counties::Directory;
use crate::vocabulary::ClockKind;
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Error, Frame, Visit, choices, page, words};
use askama::Template;
use chrono::NaiveDate;

/// Lines on a page; the file has all.
const MOST: usize = 300;

/// What the address asks for.
pub struct Wanted {
    /// The room's filter.
    pub filter: Filter,
    /// One county, or all in sight.
    pub county: Option<CountyId>,
}

impl Wanted {
    /// Reads the query; a foreign county is a 404.
    pub fn of(visit: &Visit) -> Result<Self, Error> {
        let filter = Filter {
            kind: visit.asked("kind").and_then(ClockKind::read),
            when: When::read(visit.asked("when").unwrap_or_default()),
        };
        Ok(Self { filter, county: visit.asked_county()? })
    }

    /// The same with other days.
    fn address(&self, path: &str, when: When) -> String {
        let county = self.county.map(|c| c.to_string()).unwrap_or_default();
        let kind = self.filter.kind.map_or("", ClockKind::code);
        paths::with(path, &[("when", when.code()), ("kind", kind), ("county", &county)])
    }

    /// What it finds.
    pub async fn found(&self, visit: &mut Visit) -> Result<Vec<Running>, Error> {
        let scope = visit.scope();
        let scope = self.county.and_then(|county| scope.narrowed_to(county)).unwrap_or(scope);
        let (campaign, today) = (visit.campaign.id, visit.today());
        Ok(clocks::running(visit.connection(), &scope, campaign, today, self.filter).await?)
    }

    /// What the list is called.
    pub fn title(&self, today: NaiveDate) -> String {
        if self.filter.when != When::NextWeek {
            return "法定期限".to_owned();
        }
        let (monday, sunday) = clocks::next_week(today);
        format!("下周到期的法定期限（{}至{}）", dates::month_day(monday), dates::month_day(sunday))
    }
}

#[derive(Template)]
#[template(path = "clocks/list.html")]
struct ClocksPage {
    frame: Frame,
    title: String,
    wanted: Wanted,
    clocks: Vec<Running>,
    total: usize,
    plain: String,
    kinds: Vec<Choice>,
    counties: Vec<Choice>,
    names: Directory,
    city: bool,
    may_download: bool,
    today: NaiveDate,
}

impl ClocksPage {
    fn tabs(&self) -> Vec<(String, &'static str, bool)> {
        let tab = |when: When| (self.wanted.address(paths::CLOCKS, when), when.label(), when == self.wanted.filter.when);
        When::ALL.into_iter().map(tab).collect()
    }

    fn file(&self) -> String {
        self.wanted.address(paths::CLOCKS_FILE, self.wanted.filter.when)
    }

    fn kind(&self) -> &'static str {
        self.wanted.filter.kind.map_or("", ClockKind::code)
    }

    fn county(&self) -> String {
        self.wanted.county.map(|c| c.to_string()).unwrap_or_default()
    }

    fn end(&self, r: &Running) -> String {
        r.clock.ends_on.map(dates::short).unwrap_or_default()
    }
}

/// Shows it.
pub async fn get(mut visit: Visit) -> Answer {
    let wanted = Wanted::of(&visit)?;
    let mut found = wanted.found(&mut visit).await?;
    let (total, today, names) = (found.len(), visit.today(), visit.app.directory.clone());
    found.truncate(MOST);
    let title = wanted.title(today);
    let plain = format!("{title}\n{}", clocks::plain(&found, today, |county| names.name(county)));
    let of_scope = names.all().iter().filter(|c| c.id != crate::base::CITY && visit.viewer.scope.holds(c.id));
    page(&ClocksPage {
        frame: visit.frame(title.clone()),
        title,
        wanted,
        clocks: found,
        total,
        plain,
        kinds: words::<ClockKind>(),
        counties: choices(of_scope.map(|c| (c.id.to_string(), c.name.clone()))),
        city: !visit.viewer.actor.role.of_a_county(),
        may_download: visit.may::<crate::base::ability::Download>(),
        names,
        today,
    })
}
