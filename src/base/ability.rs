//! One table: which role may do what. A [`Permit`] can only be made here, and every write of every room asks for one.

use super::role::{Actor, Role};
use super::scope::{CITY, CountyId};
use std::marker::PhantomData;

/// One kind of thing that a person may do.
pub trait Ability {
    /// Whether a person may do it at all, to rows of some county.
    fn granted(actor: &Actor) -> bool;

    /// Whether a person may do it to rows of this county. County people: their own; city people: any.
    fn granted_in(actor: &Actor, county: CountyId) -> bool {
        Self::granted(actor) && (actor.county == CITY || actor.county == county)
    }
}

macro_rules! abilities {
    ($($(#[$doc:meta])* $name:ident: $($role:ident)|*;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy)]
            pub struct $name;
            impl Ability for $name {
                fn granted(actor: &Actor) -> bool {
                    matches!(actor.role, $(Role::$role)|*)
                }
            }
        )*
    };
}

abilities! {
    /// Enter and edit units, self-inspections, problems; cases handled by anyone.
    Enter: CountyClerk | CountyLead | System;
    /// Enter and edit cases and their measures. City reviewers only those that the city handles; the page asks
    /// [`may_enter_case`] besides.
    EnterCase: CountyClerk | CountyLead | CityReviewer | System;
    /// Bring a list in from a file; the city's reviewers for a county (代录).
    Import: CountyClerk | CountyLead | CityReviewer | System;
    /// Hand over, file and withdraw a county's submission; clerks only where the campaign lets them (`submissions::Move`).
    File: CountyClerk | CountyLead | System;
    /// Receive, return and remark on submissions; file for a county (代报); snapshots and bulletins of the city.
    Review: CityReviewer | System;
    /// 督办: issue orders to counties, look on the spot, strike off, send back.
    Supervise: CityReviewer | System;
    /// Confirm and report through a unit's own link (企业自报): the page without sign-in acts as the system.
    ReportItself: System;
    /// Put photographs and papers beside records (佐证材料), and take them off: which, `evidence::Owner` says. Look back at what was
    /// verified (回头看).
    Attach: CountyClerk | CountyLead | CityReviewer | System;
    /// Compare the registers of several counties, and say which units are one.
    Compare: CityReviewer | System;
    /// Record tips (举报) and pass them on: the city to any county, a county its own.
    EnterTip: CountyClerk | CountyLead | CityReviewer | System;
    /// Look at who reported; each look leaves a trace.
    SeeReporter: CountyClerk | CountyLead | CityReviewer;
    /// Take tables and papers away as files.
    Download: CountyClerk | CountyLead | CityReviewer | CityAdmin;
    /// Look at what is the city's own: figures of the day, snapshots, bulletins.
    ReadCity: CityReviewer | CityAdmin | Auditor;
    /// Keep accounts, the campaign and its parameters.
    Administer: CityAdmin;
    /// Read the history of all rooms as one list.
    ReadHistory: Auditor | CityAdmin;
    /// Look at the city's board over all bodies.
    SeeBoard: CountyClerk | CountyLead | CityReviewer | CityAdmin | Auditor;
}

/// 法规审核: a permission that an account may hold besides its role; needed for exposure (曝光).
#[derive(Debug, Clone, Copy)]
pub struct LegalReview;

impl Ability for LegalReview {
    fn granted(actor: &Actor) -> bool {
        actor.legal_review && actor.role != Role::Auditor
    }
}

/// Edit a work summary: each its own body's, the city's people the city's.
#[derive(Debug, Clone, Copy)]
pub struct Summarise;

impl Ability for Summarise {
    fn granted(actor: &Actor) -> bool {
        matches!(actor.role, Role::CountyClerk | Role::CountyLead | Role::CityReviewer)
    }

    fn granted_in(actor: &Actor, county: CountyId) -> bool {
        Self::granted(actor) && actor.county == county
    }
}

/// Log publicity (宣传): each its own body's.
#[derive(Debug, Clone, Copy)]
pub struct Publicise;

impl Ability for Publicise {
    fn granted(actor: &Actor) -> bool {
        matches!(actor.role, Role::CountyClerk | Role::CountyLead | Role::CityReviewer | Role::System)
    }

    fn granted_in(actor: &Actor, county: CountyId) -> bool {
        Self::granted(actor) && (actor.role == Role::System || actor.county == county)
    }
}

/// Whether a person may enter a case that `by_the_city` handles or not (contract, table of roles).
pub fn may_enter_case(actor: &Actor, by_the_city: bool) -> bool {
    match actor.role {
        Role::CountyClerk | Role::CountyLead => !by_the_city,
        Role::CityReviewer => by_the_city,
        Role::CityAdmin | Role::Auditor => false,
        Role::System => true,
    }
}

/// The same of what a file brings: the city enters what a county's file says (代录).
pub fn may_bring_case(actor: &Actor, by_the_city: bool) -> bool {
    actor.role == Role::CityReviewer || may_enter_case(actor, by_the_city)
}

/// The right to one write: proof that a person may do `A` to rows of one county.
#[derive(Debug, Clone)]
pub struct Permit<A> {
    actor: Actor,
    county: CountyId,
    /// 代录: the city enters what a county's file says.
    on_behalf: bool,
    ability: PhantomData<A>,
}

impl<A: Ability> Permit<A> {
    /// Asks the table. `None` when the person may not.
    pub fn ask(actor: &Actor, county: CountyId) -> Option<Self> {
        A::granted_in(actor, county).then(|| Self { actor: actor.clone(), county, on_behalf: false, ability: PhantomData })
    }

    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The county whose rows may be written.
    pub fn county(&self) -> CountyId {
        self.county
    }
}

impl Permit<Import> {
    /// The right to enter what the file says: whoever may bring it in may do so.
    pub fn entering(&self) -> Permit<Enter> {
        self.for_the_file()
    }

    /// The same for cases, whoever handles them.
    pub fn entering_cases(&self) -> Permit<EnterCase> {
        self.for_the_file()
    }

    fn for_the_file<A>(&self) -> Permit<A> {
        Permit { actor: self.actor.clone(), county: self.county, on_behalf: true, ability: PhantomData }
    }
}

impl Permit<EnterCase> {
    /// Whether a case that `by_the_city` handles or not may be written: [`may_enter_case`], and what a county's file says.
    pub fn covers(&self, by_the_city: bool) -> bool {
        if self.on_behalf { may_bring_case(&self.actor, by_the_city) } else { may_enter_case(&self.actor, by_the_city) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::new_id;

    fn actor(role: Role, county: i32) -> Actor {
        Actor { account: new_id(), name: "甲".into(), role, county: CountyId(county), legal_review: false }
    }

    #[test]
    fn a_clerk_enters_facts_of_the_own_county_only() {
        let clerk = actor(Role::CountyClerk, 140403);
        assert!(Permit::<Enter>::ask(&clerk, CountyId(140403)).is_some());
        assert!(Permit::<Enter>::ask(&clerk, CountyId(140404)).is_none());
    }

    #[test]
    fn the_city_reviewer_enters_only_what_the_city_handles() {
        let reviewer = actor(Role::CityReviewer, 140400);
        assert!(Permit::<Enter>::ask(&reviewer, CountyId(140403)).is_none());
        assert!(Permit::<EnterCase>::ask(&reviewer, CountyId(140403)).is_some());
        assert!(may_enter_case(&reviewer, true));
        assert!(!may_enter_case(&reviewer, false));
        assert!(!may_enter_case(&actor(Role::CountyClerk, 140403), true));
    }

    #[test]
    fn nobody_edits_the_summary_of_another_body() {
        let reviewer = actor(Role::CityReviewer, 140400);
        assert!(Permit::<Summarise>::ask(&reviewer, CITY).is_some());
        assert!(Permit::<Summarise>::ask(&reviewer, CountyId(140403)).is_none());
        let clerk = actor(Role::CountyClerk, 140403);
        assert!(Permit::<Summarise>::ask(&clerk, CountyId(140403)).is_some());
        assert!(Permit::<Summarise>::ask(&clerk, CITY).is_none());
    }

    #[test]
    fn an_auditor_takes_nothing_away() {
        let auditor = actor(Role::Auditor, 140400);
        assert!(Permit::<Download>::ask(&auditor, CITY).is_none());
        assert!(Permit::<ReadHistory>::ask(&auditor, CITY).is_some());
    }
}
