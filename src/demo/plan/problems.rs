//! Problems and their rectification.

use super::super::names::{Dice, Paper};
use super::{DEMO_DAY, Deed, Draft, Step, counties, date};
use crate::base::Money;
use crate::problems::{Completion, Ending, Extension, ProblemChanges, Start, Verification};
use crate::self_inspections::Found;
use crate::vocabulary::{EndedAs, SelfInspectionState, Source, UnitStatus, VerifiedAs, kind};
use chrono::{Days, NaiveDate};

/// Kinds, by how often units find them themselves.
const OWN: [(&str, usize); 10] =
    [("13", 26), ("09", 16), ("12", 14), ("15", 12), ("14", 8), ("11", 6), ("04", 6), ("02", 5), ("10", 4), ("99", 3)];

/// Kinds, by how often offices find them.
const OFFICIAL: [(&str, usize); 19] = [
    ("13", 23),
    ("09", 15),
    ("15", 10),
    ("05", 8),
    ("14", 7),
    ("02", 6),
    ("12", 5),
    ("04", 5),
    ("01", 4),
    ("11", 4),
    ("10", 4),
    ("03", 3),
    ("07", 3),
    ("17", 3),
    ("16", 3),
    ("08", 1),
    ("06", 1),
    ("18", 1),
    ("19", 1),
];

/// Sources, by how often problems come from them.
const SOURCES: [(Source, usize); 12] = [
    (Source::CountyInspection, 44),
    (Source::NationalSupervision, 14),
    (Source::Reported12369, 13),
    (Source::CitySupervision, 8),
    (Source::CentralInspection, 5),
    (Source::MayorHotline, 4),
    (Source::ProvincialInspection, 3),
    (Source::AutoMonitoring, 3),
    (Source::LastYear, 2),
    (Source::Referral, 2),
    (Source::Proposals, 1),
    (Source::Media, 1),
];

/// What is found when a problem sent down is looked into; none: not answered yet.
const ANSWERS: [(Option<VerifiedAs>, usize); 6] = [
    (Some(VerifiedAs::Substantiated), 68),
    (Some(VerifiedAs::Partly), 9),
    (Some(VerifiedAs::Unsubstantiated), 7),
    (Some(VerifiedAs::Transferred), 2),
    (Some(VerifiedAs::NotEnvironmental), 2),
    (None, 12),
];

/// A problem that the plan may build a case upon.
#[derive(Clone, Debug)]
pub(super) struct Grounds {
    pub problem: usize,
    pub on: usize,
    pub kind: &'static str,
    pub source: Source,
    /// Not found untrue, and not another authority's.
    pub ours: bool,
}

impl Draft<'_> {
    /// A problem that a unit found on the day of its self-inspection.
    pub(super) fn found_by_unit(&mut self, unit: usize, on: usize, dice: &mut Dice) {
        let kind = dice.weighted(&OWN);
        let grounds = self.problem(unit, on, kind, Source::SelfInspection, None, dice);
        if dice.chance(6) {
            self.case(unit, &[grounds], dice);
        }
    }

    /// What offices find at a unit, if anything, and the cases that follow.
    pub(super) fn found_by_offices(&mut self, unit: usize, dice: &mut Dice) {
        if !dice.chance(38) {
            return;
        }
        let mut all = Vec::new();
        for _ in 0..dice.weighted(&[(1, 65), (2, 25), (3, 10)]) {
            let on = if dice.chance(88) { dice.below(DEMO_DAY + 1) } else { DEMO_DAY + 1 + dice.below(6) };
            let (kind, source) = (dice.weighted(&OFFICIAL), dice.weighted(&SOURCES));
            all.push(self.problem(unit, on, kind, source, None, dice));
        }
        all.retain(|grounds| grounds.ours);
        // One decision may cover several violations.
        if all.len() > 1 && dice.chance(30) {
            self.case(unit, &all, dice);
            return;
        }
        for grounds in &all {
            if dice.chance(58) {
                self.case(unit, std::slice::from_ref(grounds), dice);
            }
        }
    }

    /// A 散乱污 workshop that is closed in the month: 以关代改.
    pub(super) fn closes(&mut self, unit: usize, dice: &mut Dice) {
        let found = dice.below(8);
        let closed = found + 2 + dice.below(4);
        let (problem, facts, _) = self.facts_of_problem(unit, found, "16", Source::CountyInspection, dice);
        self.act(found, Deed::Problem { problem, unit, facts: Box::new(facts), recurrence_of: None });
        let [person, _] = self.names.officers(self.county.0, 0);
        let state = SelfInspectionState::Closed;
        self.act(closed, Deed::Inspection { unit, state, found: None::<Found>, person });
        let note = "已断水断电、清除原料和产品、拆除设备，乡镇验收。".to_owned();
        let ending = Ending { ended_as: EndedAs::ClosedDown, ended_on: date(closed), note: Some(note) };
        self.act(closed, Deed::Step { problem, step: Step::End(ending) });
        self.status(unit, closed, UnitStatus::Closed, "列入散乱污清单，予以取缔");
    }

    fn problem(
        &mut self,
        unit: usize,
        on: usize,
        kind: &'static str,
        source: Source,
        recurrence_of: Option<usize>,
        dice: &mut Dice,
    ) -> Grounds {
        let (problem, facts, answer) = self.facts_of_problem(unit, on, kind, source, dice);
        let due = facts.due_on;
        let on_the_spot = facts.on_the_spot.is_some();
        self.act(on, Deed::Problem { problem, unit, facts: Box::new(facts), recurrence_of });
        let ended = match answer {
            Some(VerifiedAs::Unsubstantiated) => Some((EndedAs::Unfounded, "现场核查未见所反映情况，已向交办单位书面说明。")),
            Some(VerifiedAs::Transferred | VerifiedAs::NotEnvironmental) => {
                Some((EndedAs::Transferred, "属其他部门职责，已移交并抄报交办单位。"))
            }
            _ => None,
        };
        let ours = ended.is_none();
        if let Some((ended_as, note)) = ended {
            let at = on + 1 + dice.below(3);
            let ending = Ending { ended_as, ended_on: date(at), note: Some(note.to_owned()) };
            self.act(at, Deed::Step { problem, step: Step::End(ending) });
        } else if on_the_spot {
            self.verified(problem, on + 1 + dice.below(4), dice);
        } else {
            self.rectification(problem, on, due, dice);
        }
        // 反弹: 销号 did not last.
        if on_the_spot && recurrence_of.is_none() && dice.chance(4) {
            self.problem(unit, on + 6, kind, Source::CountyInspection, Some(problem), dice);
        }
        Grounds { problem, on, kind, source, ours }
    }

    fn facts_of_problem(
        &mut self,
        unit: usize,
        on: usize,
        kind: &'static str,
        source: Source,
        dice: &mut Dice,
    ) -> (usize, ProblemChanges, Option<VerifiedAs>) {
        let problem = self.problems;
        self.problems += 1;
        let county = self.county.0;
        let finding = self.names.finding(kind, (unit as u64) << 32 | u64::from(self.paper) << 8 | (problem as u64 % 256));
        let sent_down = source.sent_down();
        let mut answer = if sent_down { dice.weighted(&ANSWERS) } else { None };
        if sent_down && answer.is_none() && counties::of(self.county).files.is_some() {
            answer = Some(VerifiedAs::Substantiated);
        }
        let numbers = if sent_down { 1 + usize::from(dice.chance(4)) } else { 0 };
        let from = if source == Source::CitySupervision { 140_400 } else { county };
        let on_the_spot = dice.chance(15) && !severe(kind) && answer != Some(VerifiedAs::Unsubstantiated);
        let planned = dice.one_of(&[5, 7, 7, 10, 10, 15, 20, 30]);
        let facts = ProblemChanges {
            source: Some(source),
            kind: self.there(95, dice).then(|| kind.to_owned()),
            other_kinds: if dice.chance(5) && kind != "12" { vec!["12".to_owned()] } else { Vec::new() },
            description: self.there(98, dice).then_some(finding.text),
            found_on: self.there(98, dice).then(|| date(on)),
            source_numbers: (0..numbers).map(|_| self.number(from, Paper::Assignment)).collect(),
            assigned_on: sent_down.then(|| date(on)),
            assigned_due_on: sent_down.then(|| date(on) + Days::new(dice.one_of(&[10, 15, 20]))),
            verified_as: answer,
            on_the_spot: on_the_spot.then(|| date(on)),
            measures: dice.chance(93).then_some(finding.measures),
            due_on: if on_the_spot { Some(date(on)) } else { self.there(90, dice).then(|| date(on) + Days::new(planned)) },
            invested: dice.chance(45).then(|| Money::from_fen(investment(dice))),
            supervisor: dice.chance(85).then(|| self.names.officers(county, dice.below(12) as u64)[0].clone()),
            responsible_body: dice.chance(90).then(|| self.names.responsible_body(county)),
            responsible_person: dice.chance(80).then(|| self.names.officers(county, dice.below(12) as u64)[1].clone()),
            ..ProblemChanges::default()
        };
        (problem, facts, answer)
    }

    /// Plan, work, completion and verification, as far as the county's pace goes.
    fn rectification(&mut self, problem: usize, found: usize, due: Option<NaiveDate>, dice: &mut Dice) {
        let pace = counties::of(self.county).pace;
        let filed = found + 1 + dice.below(3);
        let start = |filed, begun| Step::Start(Start { plan_filed_on: filed, begun_on: begun, ..Start::default() });
        if dice.chance(82) {
            self.act(filed, Deed::Step { problem, step: start(Some(date(filed)), None) });
        }
        let begun = filed + dice.below(2);
        if dice.chance(85) {
            self.act(begun, Deed::Step { problem, step: start(None, Some(date(begun))) });
        }
        if !dice.chance(pace) {
            if let Some(due) = due.filter(|_| dice.chance(18)) {
                let on = begun + 1 + dice.below(2);
                self.extended(problem, on, due, dice);
            }
            return;
        }
        let done = begun + 1 + dice.below(5);
        let note = "已按整改方案完成，现场照片和监测报告附卷。".to_owned();
        let completion = Completion { completed_on: date(done), note: dice.chance(60).then_some(note) };
        self.act(done, Deed::Step { problem, step: Step::Complete(completion) });
        if dice.chance(80) {
            self.verified(problem, done + dice.below(4), dice);
        }
    }

    fn verified(&mut self, problem: usize, on: usize, dice: &mut Dice) {
        let verifiers = self.names.officers(self.county.0, dice.below(60) as u64).to_vec();
        let note = "现场核查，措施已落实，同意销号。".to_owned();
        let verification = Verification { verified_on: date(on), verifiers, note: Some(note) };
        self.act(on, Deed::Step { problem, step: Step::Verify(verification) });
    }

    fn extended(&mut self, problem: usize, on: usize, due: NaiveDate, dice: &mut Dice) {
        let extension = Extension {
            due_on: due + Days::new(dice.one_of(&[7, 10, 15])),
            approved_by: self.names.responsible_body(self.county.0),
            approved_on: Some(date(on)),
            number: self.number(self.county.0, Paper::PlanFiling),
            reason: dice.one_of(&["治理设备采购周期较长", "雨天影响施工", "需停炉方能施工，待检修期实施"]).to_owned(),
        };
        self.act(on, Deed::Step { problem, step: Step::Extend(due, extension) });
    }
}

/// Named in the notice as to be dealt with severely.
pub(super) fn severe(code: &str) -> bool {
    kind(code).is_some_and(|k| k.severe)
}

/// 0.2 to 60 万元, more often little, in 分.
fn investment(dice: &mut Dice) -> i64 {
    let thousands = match dice.below(10) {
        0..=5 => 2 + dice.below(48),
        6..=8 => 50 + dice.below(150),
        _ => 200 + dice.below(400),
    };
    i64::try_from(thousands).unwrap_or(0) * 100_000
}
