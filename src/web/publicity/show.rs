//! `/publicity/{id}`: one entry of the log with its clippings.

use crate::base::ability::Publicise;
use crate::evidence::Owner;
use crate::outreach::{self, Publicity};
use crate::web::shell::{Answer, Error, EvidencePanel, Frame, Path, Visit, page};
use askama::Template;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "publicity/show.html")]
struct ShowPage {
    frame: Frame,
    entry: Publicity,
    county: String,
    may_edit: bool,
    evidence: EvidencePanel,
}

/// One entry within the viewer's scope.
pub(super) async fn entry_of(visit: &mut Visit, id: Uuid) -> Result<Publicity, Error> {
    let scope = visit.scope();
    outreach::find(visit.connection(), &scope, id).await?.ok_or(Error::NotFound)
}

/// Shows it.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let entry = entry_of(&mut visit, id).await?;
    let evidence = EvidencePanel::of(&mut visit, Owner::Publicity, id, entry.county_id).await?;
    page(&ShowPage {
        frame: visit.frame("宣传"),
        county: visit.app.directory.name(entry.county_id),
        may_edit: visit.may_in::<Publicise>(entry.county_id),
        entry,
        evidence,
    })
}
