//! Cases: order, filing, decision, measures, exposure.

use super::super::names::{Dice, Paper};
use super::problems::{Grounds, severe};
use super::{DEMO_DAY, Deed, Draft, date};
use crate::base::{CITY, CountyId, Money};
use crate::ledger::{CaseChanges, MeasureChanges};
use crate::vocabulary::{Discretion, ExposureMedia, HandledBy, MeasureKind, PoliceOutcome, Source, TransferBasis, kind};
use chrono::Days;

/// The high-tech zone's body may not punish in its own name: the city handles its cases.
const NO_POWER: CountyId = CountyId(140_471);

const HANDLERS: [(HandledBy, usize); 6] = [
    (HandledBy::CountyBureau, 88),
    (HandledBy::CityBureau, 6),
    (HandledBy::Housing, 3),
    (HandledBy::Township, 1),
    (HandledBy::Government, 1),
    (HandledBy::Province, 1),
];

const DISCRETION: [(Option<Discretion>, usize); 5] = [
    (Some(Discretion::Ordinary), 68),
    (Some(Discretion::Lighter), 12),
    (Some(Discretion::NoPenalty), 5),
    (Some(Discretion::Mitigated), 3),
    (None, 12),
];

const MEDIA: [ExposureMedia; 5] = [
    ExposureMedia::GovernmentSite,
    ExposureMedia::Wechat,
    ExposureMedia::Newspaper,
    ExposureMedia::Television,
    ExposureMedia::Weibo,
];

/// A case as it stands while the plan goes through its stages.
struct Stage {
    case: usize,
    kind: &'static str,
    issuer: i32,
    ordered: usize,
    facts: CaseChanges,
}

impl Draft<'_> {
    /// A case over problems of a unit.
    pub(super) fn case(&mut self, unit: usize, grounds: &[Grounds], dice: &mut Dice) {
        let Some(last) = grounds.iter().max_by_key(|g| g.on) else { return };
        let gravest = grounds.iter().find(|g| severe(g.kind)).unwrap_or(last);
        let handler = if self.county == NO_POWER { HandledBy::CityBureau } else { dice.weighted(&HANDLERS) };
        let issuer = if handler.city_direct() { CITY.0 } else { self.county.0 };
        let ordered = last.on + dice.below(2);
        let first = grounds.iter().map(|g| g.on).min().unwrap_or(last.on);
        let respondent = dice.chance(98).then(|| self.units[unit].facts.name.clone());
        let mut facts = CaseChanges::blank(handler, respondent, Some(date(first)));
        if self.there(92, dice) {
            facts.order_on = Some(date(ordered));
            facts.order_number = self.there(95, dice).then(|| self.number(issuer, Paper::Order));
        }
        let case = self.cases;
        self.cases += 1;
        let problems = grounds.iter().map(|g| g.problem).collect();
        self.act(ordered, Deed::Case { case, problems, facts: Box::new(facts.clone()) });
        let mut stage = Stage { case, kind: gravest.kind, issuer, ordered, facts };
        let own = gravest.source == Source::SelfInspection;
        if self.files(&mut stage, own, dice) {
            self.decides(&mut stage, own, unit, gravest.problem, dice);
        }
    }

    /// 立案 or 不予立案; whether the case was filed.
    fn files(&mut self, stage: &mut Stage, own: bool, dice: &mut Dice) -> bool {
        let on = stage.ordered + 1 + dice.below(4);
        if own && dice.chance(40) || dice.chance(6) {
            stage.facts.not_filed_on = Some(date(on));
            stage.facts.not_filed_reason = Some("违法行为轻微，已及时改正，未造成危害后果。".to_owned());
            self.goes_on(stage, on);
            return false;
        }
        if !dice.chance(80) {
            return false;
        }
        stage.facts.case_filed_on = Some(date(on));
        stage.facts.case_number = Some(self.number(stage.issuer, Paper::CaseFiling));
        self.goes_on(stage, on);
        match self.measure_of_turn(stage.case) {
            Some(kind @ (MeasureKind::Sealing | MeasureKind::Detaining)) => self.seizure(stage, kind, on, dice),
            Some(MeasureKind::CriminalTransfer) => self.transfer(stage, MeasureKind::CriminalTransfer, on, dice),
            Some(kind @ (MeasureKind::ProductionLimit | MeasureKind::ProductionHalt)) => self.restriction(stage, kind, on),
            _ => {}
        }
        true
    }

    /// The decision and what follows it.
    fn decides(&mut self, stage: &mut Stage, own: bool, unit: usize, problem: usize, dice: &mut Dice) {
        if !dice.chance(78) {
            return;
        }
        let on = stage.ordered + 4 + dice.below(6);
        let mut weight = dice.weighted(&DISCRETION);
        if severe(stage.kind) {
            weight = Some(Discretion::Heavier);
        } else if own {
            weight = Some(Discretion::Lighter);
        }
        stage.facts.decided_on = Some(date(on));
        stage.facts.decision_number = self.there(96, dice).then(|| self.number(stage.issuer, Paper::Penalty));
        stage.facts.discretion = weight;
        stage.facts.discretion_reason = match weight {
            Some(Discretion::NoPenalty) => Some("违法行为轻微并及时纠正，没有造成危害后果。".to_owned()),
            Some(Discretion::Heavier) => Some("属通知要求从严查处的情形。".to_owned()),
            Some(Discretion::Lighter | Discretion::Mitigated) => dice.chance(80).then(|| "主动消除违法行为危害后果。".to_owned()),
            _ => None,
        };
        let fined = weight != Some(Discretion::NoPenalty) && self.there(97, dice);
        stage.facts.fine = fined.then(|| Money::from_fen(fine(stage.kind, dice)));
        self.goes_on(stage, on);
        match self.measure_of_turn(stage.case) {
            Some(MeasureKind::DailyPenalty) if fined => self.daily_penalty(stage, on + 1),
            Some(MeasureKind::DetentionTransfer) => self.transfer(stage, MeasureKind::DetentionTransfer, on, dice),
            _ => {}
        }
        if fined && dice.chance(22) {
            let (media, at) = (dice.one_of(&MEDIA), on + 1 + dice.below(2));
            self.act(at, Deed::Exposure { case: stage.case, media, outlet: self.names.outlet(self.county.0, media) });
        }
        if dice.chance(30) {
            let closed = on + 1 + dice.below(4);
            stage.facts.closed_on = Some(date(closed));
            self.goes_on(stage, closed);
        }
        if fined && dice.chance(5) {
            self.person_in_charge(stage, on, unit, problem);
        }
    }

    /// One violation may bring two decisions: one on the unit, one on the person in charge.
    fn person_in_charge(&mut self, stage: &Stage, on: usize, unit: usize, problem: usize) {
        let Some(person) = self.units[unit].facts.contact_name.clone() else { return };
        let case = self.cases;
        self.cases += 1;
        let mut facts = CaseChanges::blank(stage.facts.handled_by, Some(person), stage.facts.clue_received_on);
        facts.case_number = Some(self.number(stage.issuer, Paper::CaseFiling));
        facts.case_filed_on = stage.facts.case_filed_on;
        facts.decided_on = Some(date(on));
        facts.decision_number = Some(self.number(stage.issuer, Paper::Penalty));
        facts.discretion = Some(Discretion::Ordinary);
        facts.fine = Some(Money::from_fen(5_000_000));
        self.act(on, Deed::Case { case, problems: vec![problem], facts: Box::new(facts) });
    }

    fn goes_on(&mut self, stage: &Stage, on: usize) {
        self.act(on, Deed::CaseGoesOn { case: stage.case, facts: Box::new(stage.facts.clone()) });
    }

    /// Which measure a case may come to. By turns, so that all seven are seen in the smallest demo.
    fn measure_of_turn(&self, case: usize) -> Option<MeasureKind> {
        use MeasureKind::*;
        const TURNS: [Option<MeasureKind>; 19] = [
            Some(Sealing),
            None,
            Some(ProductionHalt),
            None,
            Some(DetentionTransfer),
            None,
            Some(Sealing),
            Some(DailyPenalty),
            None,
            Some(ProductionLimit),
            None,
            Some(CriminalTransfer),
            Some(DetentionTransfer),
            None,
            Some(Detaining),
            None,
            Some(DailyPenalty),
            Some(ProductionHalt),
            None,
        ];
        let offset = usize::try_from(self.county.0 % 19).unwrap_or(0);
        TURNS[(case + offset * 4) % TURNS.len()]
    }

    fn measure(&mut self, stage: &Stage, on: usize, measure: MeasureChanges) {
        self.act(on, Deed::Measure { case: stage.case, measure: Box::new(measure) });
    }

    fn paper(&mut self, stage: &Stage, kind: MeasureKind, on: usize) -> MeasureChanges {
        let number = self.number(stage.issuer, Paper::Measure(kind));
        MeasureChanges { number: Some(number), decided_on: Some(date(on)), ..blank(kind) }
    }

    /// 30 days at most (部令29 第十五条).
    fn seizure(&mut self, stage: &Stage, kind: MeasureKind, on: usize, dice: &mut Dice) {
        let mut measure = self.paper(stage, kind, on);
        measure.served_on = Some(date(on));
        measure.from_on = Some(date(on));
        // By turns the full term, and a short one that ends two days after the demo's own.
        let soon = stage.case.is_multiple_of(3) && on < DEMO_DAY;
        measure.until_on = Some(if soon { date(DEMO_DAY) + Days::new(2) } else { date(on) + Days::new(29) });
        // A measure lifted by now was typed when it was lifted.
        let lifted = on + 4 + dice.below(3);
        let typed = if dice.chance(20) { lifted } else { on };
        measure.lifted_on = (typed == lifted).then(|| date(lifted));
        self.measure(stage, typed, measure);
    }

    /// 限制生产 3 months at most; 停产整治 without a last day (令30〔2014〕 第十五条).
    fn restriction(&mut self, stage: &Stage, kind: MeasureKind, on: usize) {
        let mut measure = self.paper(stage, kind, on);
        measure.served_on = Some(date(on));
        measure.from_on = Some(date(on));
        measure.published_on = Some(date(on));
        if kind == MeasureKind::ProductionLimit {
            measure.until_on = Some(date(on) + Days::new(89));
        }
        self.measure(stage, on, measure);
    }

    /// The fine times the days from the one after service to the re-check (令28 第十七、十九条).
    fn daily_penalty(&mut self, stage: &Stage, on: usize) {
        let kind = MeasureKind::DailyPenalty;
        let mut measure = self.paper(stage, kind, on);
        let (served, recheck) = (date(stage.ordered), date(on));
        let days = (recheck - served).num_days();
        measure.served_on = Some(date(on));
        measure.order_served_on = Some(served);
        measure.recheck_on = Some(recheck);
        measure.original_fine = stage.facts.fine;
        measure.amount = stage.facts.fine.map(|fine| Money::from_fen(fine.fen() * days));
        self.measure(stage, on, measure);
    }

    fn transfer(&mut self, stage: &Stage, kind: MeasureKind, on: usize, dice: &mut Dice) {
        let mut measure = self.paper(stage, kind, on);
        let persons = 1 + i32::try_from(dice.below(2)).unwrap_or(0);
        measure.persons = dice.chance(90).then_some(persons);
        let detention = kind == MeasureKind::DetentionTransfer;
        if detention {
            measure.basis = Some(TransferBasis::EnvironmentalLaw63);
        }
        // An answered transfer was typed when the answer came.
        let answered = on + 2;
        let typed = if dice.chance(50) { answered } else { on };
        if typed == answered {
            measure.police_on = Some(date(answered));
            measure.police_outcome = Some(if detention { PoliceOutcome::Detained } else { PoliceOutcome::CriminalOpened });
            measure.detained_persons = detention.then_some(persons);
        } else {
            measure.police_outcome = Some(PoliceOutcome::Pending);
        }
        self.measure(stage, typed, measure);
    }
}

fn blank(kind: MeasureKind) -> MeasureChanges {
    MeasureChanges {
        kind,
        number: None,
        decided_on: None,
        served_on: None,
        from_on: None,
        until_on: None,
        extended_until: None,
        lifted_on: None,
        published_on: None,
        original_fine: None,
        order_served_on: None,
        recheck_on: None,
        amount: None,
        basis: None,
        persons: None,
        police_outcome: None,
        police_on: None,
        detained_persons: None,
        remark: None,
        version: 0,
    }
}

/// A fine inside the usual range of its kind, more often near its foot; of the others a small one with an odd end, as per
/// cents of an investment are.
fn fine(code: &str, dice: &mut Dice) -> i64 {
    match kind(code).and_then(|k| k.usual_fine.clone()) {
        Some(range) => {
            let tenths = i64::from(dice.one_of(&[10_u8, 10, 10, 12, 15, 20, 25, 30, 50]));
            (range.start() * tenths / 10).min(*range.end())
        }
        None => 1_000_000 + i64::try_from(dice.below(70_000)).unwrap_or(0) * 100,
    }
}
