//! Two clocks, handed out, never taken from the air: the business clock, which a rehearsal may set, and the wall clock.

use super::dates;
use chrono::{DateTime, Duration, FixedOffset, NaiveDate, NaiveTime, TimeZone, Utc};

/// Business time in 北京时间: today's date, deadlines, "overdue". Can be set for a rehearsal, and then ticks on.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    ahead: Duration,
    rehearsal: bool,
}

impl Clock {
    /// The real time.
    pub fn real() -> Self {
        Self { ahead: Duration::zero(), rehearsal: false }
    }

    /// A rehearsal that begins at `start` and ticks on from there.
    pub fn starting_at(start: DateTime<FixedOffset>) -> Self {
        Self { ahead: start.with_timezone(&Utc) - WallClock.now(), rehearsal: true }
    }

    /// A rehearsal on a given day: the time of day is the real one in 北京时间.
    pub fn on(day: NaiveDate) -> Self {
        let time = WallClock.now().with_timezone(&dates::beijing()).time();
        Self::starting_at(beijing_instant(day, time))
    }

    /// The moment in 北京时间.
    pub fn now(&self) -> DateTime<FixedOffset> {
        (WallClock.now() + self.ahead).with_timezone(&dates::beijing())
    }

    /// Today's date in 北京时间.
    pub fn today(&self) -> NaiveDate {
        self.now().date_naive()
    }

    /// Whether this clock was set for a rehearsal: every page then says so.
    pub fn is_rehearsal(&self) -> bool {
        self.rehearsal
    }
}

/// Recorded time: sessions, throttles, when a row was really written. Cannot be set.
#[derive(Clone, Copy, Debug)]
pub struct WallClock;

impl WallClock {
    /// The real moment.
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for the time")]
    pub fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// Both clocks, as the application hands them to whoever writes.
#[derive(Clone, Copy, Debug)]
pub struct Clocks {
    /// Business time.
    pub business: Clock,
    /// Recorded time.
    pub wall: WallClock,
}

impl Clocks {
    /// Both clocks around a business clock.
    pub fn new(business: Clock) -> Self {
        Self { business, wall: WallClock }
    }
}

/// A day and a time of day in 北京时间 as an instant.
pub fn beijing_instant(day: NaiveDate, time: NaiveTime) -> DateTime<FixedOffset> {
    let local = day.and_time(time);
    dates::beijing()
        .from_local_datetime(&local)
        .single()
        .unwrap_or_else(|| Utc.from_utc_datetime(&local).with_timezone(&dates::beijing()))
}

/// A moment as scripts write it: `2019-06-28T17:30`, with or without seconds, in 北京时间 unless it names its own offset.
pub fn read_moment(text: &str) -> Option<DateTime<FixedOffset>> {
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Some(moment);
    }
    let formats = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"];
    let local = formats.iter().find_map(|format| chrono::NaiveDateTime::parse_from_str(text, format).ok())?;
    Some(beijing_instant(local.date(), local.time()))
}
