//! The panel 佐证材料 on the page of a record: thumbnails, what each file is, and a form to add more. The photographs of a phone
//! come straight from its camera.

use super::error::Error;
use super::visit::Visit;
use crate::base::CountyId;
use crate::base::ability::Attach;
use crate::evidence::{self, Owner, Piece};
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
    /// Whether the viewer may add to it.
    pub may_add: bool,
}

impl EvidencePanel {
    /// The panel of a record of a county.
    pub async fn of(visit: &mut Visit, owner: Owner, id: Uuid, county: CountyId) -> Result<Self, Error> {
        let scope = visit.scope();
        let pieces = evidence::of(visit.connection(), &scope, &[id]).await?;
        Ok(Self { record: owner.table(), id, pieces, may_add: visit.may_in::<Attach>(county) })
    }
}
