//! What a case rests on: its problems, and what follows from them for what may be typed.

use crate::base::role::Actor;
use crate::base::{Cells, CountyId, Money};
use crate::vocabulary::industries::{Industry, industry};
use crate::vocabulary::{ClueDay, HandledBy, Kind, Source, kind};
use chrono::NaiveDate;
use std::ops::RangeInclusive;
use uuid::Uuid;

/// A problem as a case sees it, with its unit's name.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CaseProblem {
    /// Where the unit lies.
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// The campaign.
    pub campaign_id: Uuid,
    /// Whose it is.
    pub unit_id: Uuid,
    /// The unit's name.
    pub unit_name: String,
    /// The unit's industry, a code.
    pub industry: Option<String>,
    /// Its main kind, a code.
    pub kind: Option<String>,
    /// Where it came from, a code of [`Source`].
    pub source: String,
    /// What was found.
    pub description: Option<String>,
    /// When it was found.
    pub found_on: Option<NaiveDate>,
    /// When it was sent down.
    pub assigned_on: Option<NaiveDate>,
    /// When it must be mended.
    pub due_on: Option<NaiveDate>,
    /// When it was mended.
    pub completed_on: Option<NaiveDate>,
    /// When that was verified.
    pub verified_on: Option<NaiveDate>,
}

impl CaseProblem {
    /// Its main kind.
    pub fn kind(&self) -> Option<&'static Kind> {
        self.kind.as_deref().and_then(kind)
    }

    /// Its main kind in words; 待补 is for the page to say.
    pub fn kind_label(&self) -> &'static str {
        self.kind().map_or("", |k| k.short)
    }

    /// Whether its unit serves the public so that a halt is not proposed (令30〔2014〕第七条).
    pub fn of_public_utility(&self) -> bool {
        self.industry.as_deref().and_then(industry).is_some_and(Industry::public_utility)
    }

    /// Where it came from.
    pub fn source(&self) -> Source {
        Source::from_code(&self.source).unwrap_or(Source::Other)
    }

    /// Where it came from in words; nothing while it is 待补.
    pub fn source_label(&self) -> &'static str {
        Source::from_code(&self.source).map_or("", Source::label)
    }

    /// The day on which the clue came in (office: sent down: 交办日; else the day it was found).
    pub fn clue_day(&self) -> Option<NaiveDate> {
        match self.source().clue_day() {
            ClueDay::Assigned => self.assigned_on.or(self.found_on),
            ClueDay::MonitoringReport | ClueDay::Found => self.found_on,
        }
    }
}

/// What reading a case's form needs to know.
#[derive(Clone, Debug)]
pub struct Grounds {
    /// Who acts when the form does not say.
    pub handler: HandledBy,
    /// The earliest day on which one of its problems was found.
    pub found_on: Option<NaiveDate>,
    /// Usual fines, for the question 万元 or 元.
    pub usual_fine: RangeInclusive<Money>,
}

impl Grounds {
    /// Of a case over these problems.
    pub fn of(actor: &Actor, problems: &[CaseProblem]) -> Self {
        let found = problems.iter().filter_map(|p| p.found_on).min();
        Self::from(actor, found, problems.iter().filter_map(CaseProblem::kind))
    }

    /// Of a case over a violation typed in the same form (`found_on`, `problem_kind`).
    pub fn typed(actor: &Actor, cells: &Cells) -> Self {
        let mut probe = cells.clone();
        let found = probe.date("found_on");
        Self::from(actor, found, Kind::read(cells.raw("problem_kind")))
    }

    fn from(actor: &Actor, found_on: Option<NaiveDate>, kinds: impl IntoIterator<Item = &'static Kind>) -> Self {
        let handler = if actor.role.of_a_county() { HandledBy::CountyBureau } else { HandledBy::CityBureau };
        Self { handler, found_on, usual_fine: usual_fine(kinds) }
    }
}

/// From 0.1万元 to the highest usual fine of these kinds, at least 100万元: wide, because an amount ten thousand times too
/// large is the same slip whatever the article, and the question only costs a tick.
fn usual_fine(kinds: impl IntoIterator<Item = &'static Kind>) -> RangeInclusive<Money> {
    let highest = kinds.into_iter().filter_map(|k| k.usual_fine.as_ref()).map(|r| *r.end()).max().unwrap_or(0);
    Money::from_fen(100_000)..=Money::from_fen(highest.max(100_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slip_is_asked_within_the_widest_usual_range() {
        let range = usual_fine([kind("02").unwrap(), kind("13").unwrap()]);
        assert_eq!((range.start().to_wan(), range.end().to_wan()), ("0.1".into(), "200".into()));
        let unknown = usual_fine([kind("01").unwrap()]);
        assert_eq!(unknown.end().to_wan(), "100");
    }
}
