//! 告知 and 排查: the bureau goes out in the first weeks, tells almost every unit, and visits most of them.

use super::{DEMO_DAY, Deed, Draft, counties};
use crate::vocabulary::{InspectionResult, NotificationChannel, Source};

/// Ways of telling, by how often they are used.
const CHANNELS: [(NotificationChannel, usize); 5] = [
    (NotificationChannel::InPerson, 52),
    (NotificationChannel::Meeting, 22),
    (NotificationChannel::Wechat, 14),
    (NotificationChannel::Mail, 8),
    (NotificationChannel::Posted, 4),
];

impl Draft<'_> {
    /// Plans when unit number `n` is told, and when officers come.
    pub(super) fn field(&mut self, unit: usize, n: u32) {
        // Dice of its own: what else happens in the month stays as it is.
        let mut dice = self.names.dice("field", u64::from(n) << 20 | u64::from(self.county.0.unsigned_abs()));
        if dice.chance(95) {
            let [person, _] = self.names.officers(self.county.0, dice.below(6) as u64);
            self.act(dice.below(8), Deed::Told { unit, channel: dice.weighted(&CHANNELS), person });
        }
        // Where officers found something, they were there on that day.
        let found = self.acts.iter().find_map(|act| match &act.deed {
            Deed::Problem { unit: at, facts, .. } if *at == unit && facts.source == Some(Source::CountyInspection) => {
                Some(act.on)
            }
            _ => None,
        });
        let officers = self.names.officers(self.county.0, dice.below(6) as u64).to_vec();
        let routine = dice.chance(counties::of(self.county).inspected - 8).then(|| 2 + dice.below(DEMO_DAY - 1));
        let result = if found.is_some() { InspectionResult::Problems } else { InspectionResult::Clear };
        if let Some(on) = found.or(routine) {
            self.act(on, Deed::Visited { unit, officers, result });
        }
    }
}
