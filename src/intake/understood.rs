//! What a line says, as understood: what a preview shows beside what becomes of it. It is kept nowhere, but read from the line.

use super::findings::Teller;
use super::kind::Kind;
use super::line::{About, Line};
use super::preview::Values;
use super::store::Choices;
use super::work::Terms;
use super::{annexes, units};
use crate::base::CountyId;

/// Field and value of a line, with the county whose facts it tells.
pub fn understood(
    kind: Kind,
    about: &About,
    (line, choices): (&Line, &Choices),
    county: Option<CountyId>,
    terms: &Terms<'_>,
) -> Values {
    let mut values = match kind {
        Kind::Units => units::understood(&Teller { about, line }, terms),
        Kind::Annex(annex) => annexes::understood(annex, about, (line, choices), terms),
    };
    values.extend(county.map(|county| ("county", terms.directory.name(county))));
    values
}
