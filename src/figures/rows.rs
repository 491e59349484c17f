//! The rows that a figure counts, for the lists behind its link: `?figure=KEY&date=…` shows exactly these.

use super::count::{bound, source};
use super::list::{Figure, How, Over, figure};

/// The list that shows a figure's rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// The register: the units counted.
    Units,
    /// The problems counted.
    Problems,
    /// The cases counted, or those whose measures are.
    Ledger,
    /// The log of publicity.
    Publicity,
    /// The register of tips.
    Tips,
    /// The visits counted.
    Inspections,
    /// The acts of guidance counted.
    Guidance,
    /// No figure counts these rows; their lists know none.
    Notifications,
    /// The same.
    SelfReports,
}

/// Which rows.
#[derive(Clone, Debug)]
pub struct Rows {
    /// The list that shows them.
    pub list: List,
    /// A query that gives `(county_id, id)` of the list's rows, each once: a list adds
    /// `and (u.county_id, u.id) in (SQL)` with its own alias.
    pub sql: String,
}

/// A figure's condition as it stands, with `$date` for the data date, over the aliases of [`Over`].
pub fn predicate(key: &str) -> Option<(Over, &'static str)> {
    figure(key).map(|f| (f.over, f.predicate.as_str()))
}

/// The list that shows a figure's rows. `None` when no figure has the key.
pub fn list_of(key: &str) -> Option<List> {
    figure(key).map(|f| listed(f).0)
}

fn listed(figure: &Figure) -> (List, &'static str) {
    match (figure.over, figure.how) {
        (Over::Units, _) => (List::Units, "u.county_id, u.id"),
        (Over::Problems, How::DistinctUnits) => (List::Units, "distinct p.county_id, p.unit_id"),
        (Over::Problems, _) => (List::Problems, "p.county_id, p.id"),
        (Over::Cases, _) => (List::Ledger, "c.county_id, c.id"),
        (Over::Publicity, _) => (List::Publicity, "x.county_id, x.id"),
        (Over::Tips, _) => (List::Tips, "t.county_id, t.id"),
        (Over::Measures, _) => (List::Ledger, "distinct m.county_id, m.case_id"),
        (Over::Guidance, How::Distinct(_)) => (List::Units, "distinct g.county_id, g.unit_id"),
        (Over::Guidance, _) => (List::Guidance, "g.county_id, g.id"),
        (Over::Inspections, _) => (List::Inspections, "i.county_id, i.id"),
    }
}

/// The rows behind a figure. `counties`, `campaign` and `date` are the numbers of the list's parameters: the scope's
/// counties (`integer[]`), the campaign's id and the data date. Behind a sum stand the rows that add to it. `None` when no
/// figure has the key.
pub fn rows(key: &str, counties: usize, campaign: usize, date: usize) -> Option<Rows> {
    let figure = figure(key)?;
    let (list, id) = listed(figure);
    let adds = match figure.how {
        How::SumFen(column) | How::SumCopies(column) | How::SumPersons(column) => format!(" and {column} > 0"),
        How::Count | How::DistinctUnits | How::Distinct(_) => String::new(),
    };
    let sql = format!("select {id} from {} and {}{adds}", source(figure.over), figure.predicate);
    Some(Rows { list, sql: bound(&sql, counties, campaign, date) })
}
