//! Units, what becomes of them, and their self-inspections.

use super::super::names::Dice;
use super::{DEMO_DAY, Deed, Draft, counties, date};
use crate::self_inspections::Found;
use crate::units::{NewUnit, StatusChange, UnitChanges};
use crate::vocabulary::{NoCodeReason, PermitClass, SelfInspectionState, UnitStatus};
use chrono::NaiveDate;

/// Industries, by how many units of the area belong to them.
const INDUSTRIES: [(&str, usize); 20] = [
    ("0610", 12),
    ("3021", 12),
    ("3031", 10),
    ("5265", 10),
    ("3012", 6),
    ("3089", 6),
    ("3391", 6),
    ("0313", 6),
    ("4430", 5),
    ("2521", 4),
    ("3011", 4),
    ("2614", 4),
    ("3130", 3),
    ("3140", 3),
    ("4620", 3),
    ("4412", 2),
    ("4411", 1),
    ("2621", 1),
    ("3110", 1),
    ("3120", 1),
];

/// Industries under key management in the catalogue of 2017.
const KEY: [&str; 10] = ["2521", "2614", "2621", "3011", "3110", "3120", "3140", "4411", "4412", "4620"];

/// What becomes of a unit in the month.
#[derive(Clone, Copy)]
enum Fate {
    /// It goes on.
    Ordinary,
    /// 散乱污, closed in the month.
    Closes,
    /// It stops for the time being.
    Halts,
    /// Its self-inspection ends in this state.
    Answers(SelfInspectionState),
}

const FATES: [(Fate, usize); 7] = [
    (Fate::Ordinary, 886),
    (Fate::Closes, 24),
    (Fate::Halts, 60),
    (Fate::Answers(SelfInspectionState::NotFound), 8),
    (Fate::Answers(SelfInspectionState::Unreachable), 9),
    (Fate::Answers(SelfInspectionState::Refused), 6),
    (Fate::Answers(SelfInspectionState::NotApplicable), 7),
];

impl Draft<'_> {
    /// Plans unit number `n` of the county and all that happens to it.
    pub(super) fn unit(&mut self, n: u32) {
        let mut dice = self.names.dice("plan", u64::from(n) << 20 | u64::from(self.county.0.unsigned_abs()));
        let at = self.units.len();
        let facts = self.facts(n, &mut dice);
        self.units.push(NewUnit { county: self.county, facts });
        match dice.weighted(&FATES) {
            Fate::Ordinary => {
                self.inspection(at, &mut dice);
                self.found_by_offices(at, &mut dice);
            }
            Fate::Closes => self.closes(at, &mut dice),
            Fate::Halts => {
                let on = dice.below(DEMO_DAY);
                self.inspected(at, on, SelfInspectionState::Halted, None);
                let note = dice.one_of(&["检修停产", "订单不足，停产待市", "错峰生产安排停产", "设备技改停产"]);
                self.status(at, on, UnitStatus::Halted, note);
                self.found_by_offices(at, &mut dice);
            }
            Fate::Answers(state) => self.inspected(at, 2 + dice.below(DEMO_DAY - 1), state, None),
        }
        self.field(at, n);
    }

    fn facts(&self, n: u32, dice: &mut Dice) -> UnitChanges {
        let (names, county) = (self.names, self.county.0);
        let industry = dice.weighted(&INDUSTRIES);
        let township = match self.townships.len() {
            0 => "",
            some => &*self.townships[dice.below(some)],
        };
        let coded = dice.chance(94);
        let code = coded.then(|| names.credit_code(county, n));
        let class = permit_class(industry, dice);
        let permitted = matches!(class, Some(PermitClass::Key | PermitClass::Simplified)) && dice.chance(90);
        let person = u64::from(n) << 20 | u64::from(county.unsigned_abs());
        let years = 1 + i32::try_from(dice.below(3)).unwrap_or(0);
        let ends = NaiveDate::from_ymd_opt(2019 + years, 1 + u32::try_from(dice.below(12)).unwrap_or(0), 28);
        UnitChanges {
            name: names.unit(county, industry, n),
            former_names: Vec::new(),
            no_code_reason: (!coded && dice.chance(60)).then_some(NoCodeReason::NoLicence),
            permit_number: code.as_ref().filter(|_| permitted).map(|code| format!("{code}001P")),
            credit_code: code,
            code_confirmed: false,
            site: if dice.chance(3) { dice.one_of(&["一厂区", "北厂区", "新厂区"]).to_owned() } else { String::new() },
            township: township.to_owned(),
            industry: Some(industry.to_owned()),
            permit_class: class,
            permit_until: ends.filter(|_| permitted),
            contact_name: dice.chance(94).then(|| names.person(person)),
            contact_phone: dice.chance(91).then(|| names.phone(person)),
            address: dice.chance(95).then(|| names.address(county, township, n)),
            status: if dice.chance(3) { UnitStatus::UnderConstruction } else { UnitStatus::Operating },
            version: 0,
        }
    }

    /// The self-inspection of a unit that owes one: by the demo's day, later in the month, or never.
    fn inspection(&mut self, unit: usize, dice: &mut Dice) {
        let in_time = dice.chance(counties::of(self.county).inspected);
        let on = match in_time {
            true => 1 + dice.below(DEMO_DAY).max(dice.below(DEMO_DAY)),
            false => DEMO_DAY + 1 + dice.below(10),
        };
        if dice.chance(if in_time { 20 } else { 55 }) {
            let begun = on.min(DEMO_DAY).saturating_sub(1 + dice.below(5));
            self.inspected(unit, begun, SelfInspectionState::InProgress, None);
        }
        let some = dice.chance(26);
        let found = if some { Found::Some } else { Found::None };
        self.inspected(unit, on, SelfInspectionState::Inspected, Some(found));
        if some {
            for _ in 0..dice.weighted(&[(1, 60), (2, 30), (3, 10)]) {
                self.found_by_unit(unit, on, dice);
            }
        }
    }

    fn inspected(&mut self, unit: usize, on: usize, state: SelfInspectionState, found: Option<Found>) {
        // One of the bureau's officers keeps the list.
        let [person, _] = self.names.officers(self.county.0, 0);
        self.act(on, Deed::Inspection { unit, state, found, person });
    }

    pub(super) fn status(&mut self, unit: usize, on: usize, status: UnitStatus, note: &str) {
        self.act(on, Deed::Status { unit, change: StatusChange { status, since: date(on), note: note.to_owned() } });
    }
}

fn permit_class(industry: &str, dice: &mut Dice) -> Option<PermitClass> {
    let classes: &[(Option<PermitClass>, usize)] = if KEY.contains(&industry) {
        &[(Some(PermitClass::Key), 88), (Some(PermitClass::Owed), 9), (None, 3)]
    } else {
        &[(Some(PermitClass::Simplified), 48), (Some(PermitClass::None), 44), (Some(PermitClass::Owed), 4), (None, 4)]
    };
    dice.weighted(classes)
}
