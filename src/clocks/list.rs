//! The clocks that run in a scope, the first to end on top; and what of them waits for the legal officer.

use super::clock::{Clock, State};
use super::event::Event;
use super::{of_case, store};
use crate::base::{CountyId, Scope};
use crate::calendar::{self, Calendar};
use crate::ledger::{self, CaseFile};
use crate::vocabulary::ClockKind;
use chrono::{Datelike, Days, NaiveDate};
use sqlx::PgConnection;
use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use uuid::Uuid;

/// A clock with the case that it belongs to.
#[derive(Clone, Debug)]
pub struct Running {
    /// Where the unit lies.
    pub county: CountyId,
    /// The case.
    pub case: Uuid,
    /// What the case is called beside its units: its number, else whose it is where that is somebody else.
    pub title: String,
    /// The units of its problems.
    pub units: String,
    /// The clock.
    pub clock: Clock,
}

/// Which clocks by their last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// All that run.
    All,
    /// Ended already.
    Over,
    /// Within seven days.
    SevenDays,
    /// Monday to Sunday of next week: the Friday list.
    NextWeek,
    /// Those that wait for a fact, are paused, or have no last day.
    Undated,
}

impl When {
    /// In the order of the page.
    pub const ALL: [Self; 5] = [Self::All, Self::Over, Self::SevenDays, Self::NextWeek, Self::Undated];

    /// The word in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Over => "over",
            Self::SevenDays => "seven-days",
            Self::NextWeek => "next-week",
            Self::Undated => "undated",
        }
    }

    /// The word on the screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::All => "全部在办",
            Self::Over => "已届满",
            Self::SevenDays => "7日内届满",
            Self::NextWeek => "下周到期",
            Self::Undated => "暂停、无届满日或缺日期",
        }
    }

    /// Reads a code; what nobody knows is all.
    pub fn read(code: &str) -> Self {
        Self::ALL.into_iter().find(|w| w.code() == code).unwrap_or(Self::All)
    }

    fn holds(self, clock: &Clock, today: NaiveDate) -> bool {
        let dated = clock.ends_on.filter(|_| !clock.paused);
        let (monday, sunday) = next_week(today);
        match (self, dated) {
            (Self::All, end) => end.is_some(),
            (Self::Undated, end) => end.is_none(),
            (_, None) => false,
            (Self::Over, Some(end)) => end < today,
            (Self::SevenDays, Some(end)) => (0..=7).contains(&(end - today).num_days()),
            (Self::NextWeek, Some(end)) => (monday..=sunday).contains(&end),
        }
    }
}

/// Monday and Sunday of the week after a day's.
pub fn next_week(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let monday = today + Days::new(u64::from(7 - today.weekday().num_days_from_monday()));
    (monday, monday + Days::new(6))
}

/// What a reader of the list looks for.
#[derive(Clone, Copy, Debug)]
pub struct Filter {
    /// One sort of clock.
    pub kind: Option<ClockKind>,
    /// By the last day.
    pub when: When,
}

/// The clocks that have not been answered, of the campaign's cases in a scope, the first to end on top; those without a last day
/// at the foot.
pub async fn running(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
    today: NaiveDate,
    filter: Filter,
) -> Result<Vec<Running>, sqlx::Error> {
    let calendar = calendar::load(&mut *connection).await?;
    let files = ledger::open_files(&mut *connection, scope, campaign).await?;
    let mut events: HashMap<Uuid, Vec<Event>> = HashMap::new();
    for event in store::events_in(connection, scope, campaign).await? {
        events.entry(event.case_id).or_default().push(event);
    }
    let none = Vec::new();
    let mut all: Vec<Running> =
        files.iter().flat_map(|file| of_file(file, events.get(&file.case.id).unwrap_or(&none), &calendar)).collect();
    let wanted = |r: &Running| filter.kind.is_none_or(|kind| kind == r.clock.kind) && filter.when.holds(&r.clock, today);
    all.retain(wanted);
    all.sort_by_key(|r| (r.clock.ends_on.unwrap_or(NaiveDate::MAX), r.county, r.case));
    Ok(all)
}

fn of_file(file: &CaseFile, events: &[Event], calendar: &Calendar) -> Vec<Running> {
    let names: BTreeSet<&str> = file.problems.iter().map(|p| p.unit_name.as_str()).collect();
    let units = names.into_iter().collect::<Vec<_>>().join("、");
    let other = || file.case.respondent.clone().filter(|respondent| *respondent != units);
    let title = file.case.case_number.clone().or_else(other).unwrap_or_else(|| "未编号".to_owned());
    let running = |clock: Clock| Running {
        county: file.case.county_id,
        case: file.case.id,
        title: title.clone(),
        units: units.clone(),
        clock,
    };
    of_case(file, events, calendar).into_iter().filter(|c| c.done_on.is_none()).map(running).collect()
}

/// The list as plain text for a message, one clock a line.
pub fn plain(list: &[Running], today: NaiveDate, name: impl Fn(CountyId) -> String) -> String {
    let mut text = String::new();
    for (n, r) in list.iter().enumerate() {
        let end = r.clock.ends_on.map(|end| end.to_string()).unwrap_or_default();
        let (county, left) = (name(r.county), r.clock.left(today));
        let _ = writeln!(text, "{}. {end} {county} {} {}：{}（{left}）", n + 1, r.units, r.clock.subject, r.clock.kind.label());
    }
    text
}

/// What waits for the legal officer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LegalMatters {
    /// Seizures whose term ends within three days.
    pub seizures: usize,
    /// Re-checks of daily penalties of which 25 days are over.
    pub rechecks: usize,
    /// Over already.
    pub over: usize,
    /// Ending within seven days, today among them.
    pub soon: usize,
}

/// Counts them in a list of running clocks.
pub fn legal_matters(list: &[Running], today: NaiveDate) -> LegalMatters {
    let count = |fits: &dyn Fn(&Clock) -> bool| list.iter().filter(|r| fits(&r.clock)).count();
    let near = |clock: &Clock, days: i64| clock.ends_on.is_some_and(|end| (0..=days).contains(&(end - today).num_days()));
    LegalMatters {
        seizures: count(&|c| c.kind == ClockKind::Seizure && near(c, 3)),
        rechecks: count(&|c| c.kind == ClockKind::Recheck && matches!(c.state(today), State::Soon | State::Over)),
        over: count(&|c| c.state(today) == State::Over),
        soon: count(&|c| c.state(today) != State::Over && near(c, 7)),
    }
}
