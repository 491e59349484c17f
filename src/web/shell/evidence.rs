//! The panel 佐证材料 on the page of a record: thumbnails, what each file is, and a form to add more. The photographs of a phone
//! come straight from its camera.

use super::error::Error;
use super::visit::Visit;
use crate::base::CountyId;
use crate::evidence::{self, Owner, Piece};
use crate::ledger;
use uuid::Uuid;

/// The evidence of one record, as its page shows it.
#[derive(Clone, Debug)]
pub struct EvidencePanel {
    /// The table of the record.
    pub record: &'static str,
    /// The record.
    pub id: Uuid,
    /// What stands beside it.
    pub pieces: Vec<Piece>,
    /// What the viewer may do with it.
    pub rights: EvidenceRights,
}

impl EvidencePanel {
    /// The panel of a record of a county.
    pub async fn of(visit: &mut Visit, owner: Owner, id: Uuid, county: CountyId) -> Result<Self, Error> {
        let scope = visit.scope();
        let pieces = evidence::of(visit.connection(), &scope, &[id]).await?;
        Ok(Self { record: owner.table(), id, pieces, rights: EvidenceRights::of(visit, owner, id, county).await? })
    }
}

/// What a person may do with the evidence of one record.
#[derive(Clone, Copy, Debug)]
pub struct EvidenceRights {
    /// Put files there.
    pub add: bool,
    /// Take files off.
    pub take_off: bool,
}

impl EvidenceRights {
    /// The viewer's, of a record of a county. Of the cases each side keeps those that it handles.
    pub async fn of(visit: &mut Visit, owner: Owner, id: Uuid, county: CountyId) -> Result<Self, Error> {
        let (scope, actor) = (visit.scope(), visit.viewer.actor.clone());
        let handled = match owner {
            Owner::Case => ledger::find(visit.connection(), &scope, id).await?.is_some_and(|case| case.editable_by(&actor)),
            _ => true,
        };
        Ok(Self { add: handled && owner.open_to(&actor, county), take_off: handled && owner.kept_by(&actor, county) })
    }
}
