//! What the pages of this room share: loading a case, the lists to choose from, refusals at their field.

use crate::base::CountyId;
use crate::base::ability::EnterCase;
use crate::history::WriteError;
use crate::ledger::{self, Case, CaseFile};
use crate::vocabulary::{Discretion, HandledBy};
use crate::web::shell::{Choice, Error, Form, Visit, choices};
use uuid::Uuid;

/// The lists of a case's form, and the marks 待补.
pub struct CaseFields {
    /// 办案机关 that this person may enter.
    pub handlers: Vec<Choice>,
    /// 裁量.
    pub discretions: Vec<Choice>,
    gaps: Vec<&'static str>,
}

impl CaseFields {
    /// Of a new case, or of one with its gaps.
    pub fn of(visit: &Visit, case: Option<&Case>) -> Self {
        let of_county = visit.viewer.actor.role.of_a_county();
        let mine = HandledBy::ALL.iter().filter(|h| h.city_direct() != of_county);
        Self {
            handlers: choices(mine.map(|h| (h.code(), h.label()))),
            discretions: choices(Discretion::ALL.iter().map(|d| (d.code(), d.label()))),
            gaps: case.map(|c| c.gaps().iter().map(|g| g.field).collect()).unwrap_or_default(),
        }
    }

    /// Whether a field is marked 待补.
    pub fn gap(&self, field: &str) -> bool {
        self.gaps.contains(&field)
    }
}

/// The case with its problems and measures; somebody else's is like none: 404.
pub async fn load(visit: &mut Visit, id: Uuid) -> Result<CaseFile, Error> {
    let scope = visit.scope();
    ledger::open(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)
}

/// As [`load`], and the person may edit it: else 403.
pub async fn load_mine(visit: &mut Visit, id: Uuid) -> Result<CaseFile, Error> {
    visit.insist::<EnterCase>()?;
    let file = load(visit, id).await?;
    if file.case.editable_by(&visit.viewer.actor) { Ok(file) } else { Err(Error::Forbidden) }
}

/// Whether counties must be told apart on this person's pages.
pub fn many_counties(visit: &Visit) -> bool {
    !visit.viewer.actor.role.of_a_county()
}

/// The name of a county.
pub fn county_name(visit: &Visit, county: CountyId) -> String {
    visit.app.directory.name(county)
}

/// Puts a rule's refusal beside its field; whatever else went wrong stays an error.
pub fn refused(form: &mut Form, error: WriteError) -> Result<(), Error> {
    match error {
        WriteError::Refused { field, text } => {
            form.cells.refuse(field, text);
            Ok(())
        }
        other => Err(other.into()),
    }
}
