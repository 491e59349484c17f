//! One clock: since when, until when, how that was counted.

use super::event::Event;
use crate::base::dates;
use crate::calendar::Calendar;
use crate::statutes::{Limit, Span};
use crate::vocabulary::{CaseEvent, ClockKind};
use chrono::{Datelike, Days, Months, NaiveDate};
use uuid::Uuid;

/// A period of one case or measure.
#[derive(Clone, Debug)]
pub struct Clock {
    /// Which.
    pub kind: ClockKind,
    /// The measure it belongs to; none: the case.
    pub measure: Option<Uuid>,
    /// What it is over, in words: 「查封（潞环查〔2019〕3号）」.
    pub subject: String,
    /// The last day; none when the law sets none, a fact is missing, or the clock is paused.
    pub ends_on: Option<NaiveDate>,
    /// When what the law asks was done.
    pub done_on: Option<NaiveDate>,
    /// Whether an event holds it.
    pub paused: bool,
    /// What was counted, as a sentence for the case note.
    pub reckoning: String,
    /// The article and the next lawful step, as a sentence for the case note.
    pub basis: String,
    /// What should be looked at once the last day has gone by.
    pub when_over: String,
    /// The event that is missing to start or to stop it.
    pub owed: Option<CaseEvent>,
}

/// How a clock stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// The last day has gone by.
    Over,
    /// It ends within the days of warning.
    Soon,
    /// It runs.
    Running,
    /// Held by a recorded event.
    Paused,
    /// The law sets no last day.
    Open,
    /// A fact is missing without which nothing can be counted.
    Missing,
    /// Done.
    Done,
}

impl State {
    /// The word on the screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Over => "已届满",
            Self::Soon => "即将届满",
            Self::Running => "进行中",
            Self::Paused => "暂停计算",
            Self::Open => "无固定期限",
            Self::Missing => "缺日期",
            Self::Done => "已办",
        }
    }

    /// Its colour: a kind of `_shell/badge.html`.
    pub const fn badge(self) -> &'static str {
        match self {
            Self::Over => "late",
            Self::Soon | Self::Missing => "warn",
            Self::Running | Self::Open => "busy",
            Self::Paused => "idle",
            Self::Done => "ok",
        }
    }
}

impl Clock {
    /// A clock of which nothing has been counted yet.
    pub(super) fn new(kind: ClockKind, measure: Option<Uuid>, subject: impl Into<String>) -> Self {
        Self {
            kind,
            measure,
            subject: subject.into(),
            ends_on: None,
            done_on: None,
            paused: false,
            reckoning: String::new(),
            basis: String::new(),
            when_over: String::new(),
            owed: None,
        }
    }

    /// How it stands on a day.
    pub fn state(&self, today: NaiveDate) -> State {
        match (self.done_on, self.paused, self.ends_on) {
            (Some(_), ..) => State::Done,
            (_, true, _) => State::Paused,
            (_, _, Some(end)) if end < today => State::Over,
            (_, _, Some(end)) if (end - today).num_days() <= self.kind.warns_before() => State::Soon,
            (_, _, Some(_)) => State::Running,
            (..) if self.owed.is_some() && self.reckoning.is_empty() => State::Missing,
            _ => State::Open,
        }
    }

    /// How many days are left, or how many it is over; nothing where none are counted.
    pub fn left(&self, today: NaiveDate) -> String {
        match (self.done_on, self.ends_on) {
            (None, Some(end)) if !self.paused => match (end - today).num_days() {
                0 => "今天届满".to_owned(),
                left if left > 0 => format!("还有{left}天"),
                over => format!("已过{}天", -over),
            },
            _ => String::new(),
        }
    }

    /// The sentence of warning on a day, if there is one.
    pub fn warning(&self, today: NaiveDate) -> Option<&str> {
        (self.state(today) == State::Over && !self.when_over.is_empty()).then_some(&*self.when_over)
    }

    /// The two lines that go into the case note.
    pub fn note(&self) -> String {
        if self.reckoning.is_empty() { self.basis.clone() } else { format!("{}\n{}", self.reckoning, self.basis) }
    }
}

/// The last day of a span that begins with what happened on `from`; the first day does not count.
pub(super) fn after(from: NaiveDate, span: Span, calendar: &Calendar) -> NaiveDate {
    match span {
        Span::Days(days) => from + Days::new(days.into()),
        Span::WorkingDays(days) => calendar.after_working_days(from, days as usize),
        Span::Months(months) => from + Months::new(months),
    }
}

/// The days that recorded periods take out of a clock, each with its dates; `None` when one of them still lasts.
pub(super) struct Pauses {
    /// How many days in all.
    pub days: u64,
    /// The period that has no end yet.
    pub open: Option<NaiveDate>,
    /// 「扣除检测、检验、鉴定期间5日（6月13日至6月17日）」; empty when there is none.
    pub words: String,
}

/// Adds up the periods of one kind; days that two of them share count once.
pub(super) fn pauses(events: &[&Event], kind: CaseEvent) -> Pauses {
    let mut periods: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    let mut open = None;
    for event in events.iter().filter(|e| e.kind() == Some(kind)) {
        match event.until_on {
            Some(until) => periods.push((event.happened_on, until)),
            None => open = Some(event.happened_on),
        }
    }
    periods.sort_unstable();
    let mut merged: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for (from, until) in periods {
        match merged.last_mut() {
            Some(last) if from <= last.1 + Days::new(1) => last.1 = last.1.max(until),
            _ => merged.push((from, until)),
        }
    }
    let length = |(from, until): &(NaiveDate, NaiveDate)| u64::try_from((*until - *from).num_days() + 1).unwrap_or(0);
    let days = merged.iter().map(length).sum();
    let spans: Vec<String> =
        merged.iter().map(|(from, until)| format!("{}至{}", dates::month_day(*from), dates::month_day(*until))).collect();
    let words = if days == 0 { String::new() } else { format!("，扣除{}{days}日（{}）", kind.label(), spans.join("、")) };
    Pauses { days, open, words }
}

/// 「依据…。下一步：…」
pub(super) fn basis(limit: &Limit, on: NaiveDate, next: &str) -> String {
    format!("依据{}。{next}", limit.cited(on))
}

/// A date in a sentence: with its year only where that is not the other's.
pub(super) fn said(date: NaiveDate, beside: NaiveDate) -> String {
    if date.year() == beside.year() { dates::month_day(date) } else { dates::long(date) }
}

/// A last day that is a day off, said so that people act before it.
pub(super) fn day_off(end: NaiveDate, calendar: &Calendar) -> &'static str {
    if calendar.is_working_day(end) { "" } else { "（当日非工作日，请提前办理）" }
}
