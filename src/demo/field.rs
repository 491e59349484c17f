//! 告知 and 排查 of the plan, written as a clerk's batch entry does: the same day, way and people in one act.

use super::plan::{self, Deed};
use crate::base::Permit;
use crate::base::ability::Enter;
use crate::history::{WriteError, Writing};
use crate::inspections::{self, InspectionChanges};
use crate::notifications::{self, NotificationChanges};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Writes what of these deeds is 告知 or 排查, each with the number of its working day.
pub(super) async fn go_out<'a>(
    writing: &mut Writing,
    permit: &Permit<Enter>,
    campaign: Uuid,
    units: &[Uuid],
    deeds: impl Iterator<Item = (usize, &'a Deed)>,
) -> Result<(), WriteError> {
    let (mut told, mut visited) = (BTreeMap::new(), BTreeMap::new());
    for (on, deed) in deeds {
        match deed {
            Deed::Told { unit, channel, person } => {
                told.entry((on, *channel, person.clone())).or_insert_with(Vec::new).push(units[*unit]);
            }
            Deed::Visited { unit, officers, result } => {
                visited.entry((on, officers.clone(), *result)).or_insert_with(Vec::new).push(units[*unit]);
            }
            _ => {}
        }
    }
    for ((on, channel, person), units) in told {
        let new = NotificationChanges {
            notified_on: plan::date(on),
            channel,
            person: Some(person),
            receiver: None,
            note: None,
            removed: false,
            version: 0,
        };
        notifications::add_many(writing, permit, campaign, &units, &new).await?;
    }
    for ((on, officers, result), units) in visited {
        let new = InspectionChanges {
            inspected_on: plan::date(on),
            officers,
            result: Some(result),
            note: None,
            removed: false,
            version: 0,
        };
        inspections::add_many(writing, permit, campaign, &units, &new).await?;
    }
    Ok(())
}
