//! Two people edited one row: what it was, what the other made of it, what this person typed.

use super::error::Error;
use super::form::Form;
use super::visit::Visit;
use crate::base::{Cells, dates};
use crate::history::{self, WriteError};
use axum::http::StatusCode;
use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// One field on which the two differ.
#[derive(Clone, Debug)]
pub struct Clash {
    /// The field's name.
    pub field: String,
    /// Its label.
    pub label: &'static str,
    /// What it was when this person opened the page.
    pub base: String,
    /// What the other left.
    pub theirs: String,
    /// What this person typed.
    pub mine: String,
}

/// What the page says on top of the form.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// Who changed the row.
    pub who: String,
    /// When, as people say it.
    pub when: String,
    /// The fields to decide on.
    pub clashes: Vec<Clash>,
    /// Fields only the other changed; they were taken over.
    pub taken: Vec<&'static str>,
}

/// What a second editor's page needs to know of the first.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The row as this person saw it; none where the history does not reach back to it (what a migration laid down).
    pub row: Option<serde_json::Value>,
    /// Who left the present row.
    pub who: String,
    /// When, as people say it.
    pub when: String,
}

impl Origin {
    /// Asks the history of `record` for the row at `version` and for its last change.
    pub async fn of(visit: &mut Visit, record: Uuid, version: i32) -> Result<Self, Error> {
        let scope = visit.scope();
        let row = history::before(visit.connection(), &scope, record, version).await?;
        let last = history::of_record(visit.connection(), &scope, record).await?.into_iter().find(|past| past.row.is_some());
        let (who, when) = last.map_or_else(
            || ("他人".to_owned(), "刚才".to_owned()),
            |past| (past.actor_name, dates::instant_long(past.business_at.with_timezone(&dates::beijing()))),
        );
        Ok(Self { row, who, when })
    }
}

impl Form {
    /// The sentence of a rule that refused, at its field, with the status of the page that shows it (422); any other failure goes on.
    pub fn refused(&mut self, error: WriteError) -> Result<StatusCode, Error> {
        match error {
            WriteError::Refused { field, text } => {
                self.cells.refuse(field, text);
                Ok(StatusCode::UNPROCESSABLE_ENTITY)
            }
            error => Err(error.into()),
        }
    }

    /// Somebody else changed the record meanwhile: what it was, theirs and mine stand on the form, which comes back with 409.
    /// `theirs`: the record as it stands; `cells`: the form of a row, as the history kept it.
    pub async fn beaten<T: DeserializeOwned>(
        &mut self,
        visit: &mut Visit,
        (record, seen): (Uuid, i32),
        theirs: &T,
        cells: impl Fn(&T, NaiveDate) -> Cells,
        labels: &[(&'static str, &'static str)],
    ) -> Result<StatusCode, Error> {
        let today = visit.today();
        let origin = Origin::of(visit, record, seen).await?;
        let theirs = cells(theirs, today);
        let base = origin.row.and_then(|row| serde_json::from_value::<T>(row).ok());
        let base = base.map_or_else(|| theirs.clone(), |row| cells(&row, today));
        self.conflict = Some(Conflict::merge(&base, &theirs, &mut self.cells, labels, origin.who, origin.when));
        Ok(StatusCode::CONFLICT)
    }
}

impl Conflict {
    /// Merges three versions of a form: what only the other changed is taken over into `mine`, what both changed is a
    /// clash and keeps what this person typed. `labels` names the fields in order.
    pub fn merge(
        base: &Cells,
        theirs: &Cells,
        mine: &mut Cells,
        labels: &[(&'static str, &'static str)],
        who: String,
        when: String,
    ) -> Self {
        let (mut clashes, mut taken) = (Vec::new(), Vec::new());
        for (field, label) in labels {
            let (was, is, typed) = (values(base, field), values(theirs, field), values(mine, field));
            if is == was || is == typed {
                continue;
            }
            if typed == was {
                mine.set(*field, "");
                mine.lay_over(&is.into_iter().map(|value| ((*field).to_owned(), value)).collect::<Vec<_>>());
                taken.push(*label);
            } else {
                clashes.push(Clash {
                    field: (*field).to_owned(),
                    label,
                    base: said(&was),
                    theirs: said(&is),
                    mine: said(&typed),
                });
            }
        }
        mine.set("version", theirs.raw("version").to_owned());
        Self { who, when, clashes, taken }
    }
}

/// What stands in a field, which may hold several values (其他类型) in any order.
fn values(cells: &Cells, field: &str) -> Vec<String> {
    let mut values: Vec<String> = cells.all(field).filter(|value| !value.is_empty()).map(str::to_owned).collect();
    values.sort_unstable();
    values
}

/// The same for the page; a tick is a word there.
fn said(values: &[String]) -> String {
    values.iter().map(|value| if value == "yes" { "是" } else { value }).collect::<Vec<_>>().join("、")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(name: &str, phone: &str, version: &str) -> Cells {
        let mut cells = Cells::default();
        cells.set("name", name).set("phone", phone).set("version", version);
        cells
    }

    #[test]
    fn what_only_the_other_changed_is_taken_and_what_both_changed_is_asked() {
        let (base, theirs) = (cells("甲厂", "1", "1"), cells("乙厂", "2", "2"));
        let mut mine = cells("丙厂", "1", "1");
        let labels = [("name", "名称"), ("phone", "电话")];
        let conflict = Conflict::merge(&base, &theirs, &mut mine, &labels, "李××".into(), "10时42分".into());
        assert_eq!(conflict.clashes.len(), 1);
        assert_eq!(conflict.taken, ["电话"]);
        assert_eq!((mine.raw("name"), mine.raw("phone"), mine.raw("version")), ("丙厂", "2", "2"));
    }

    #[test]
    fn a_field_of_several_values_is_compared_whole_and_in_any_order() {
        let of = |kinds: &[&str]| {
            let mut cells = Cells::default();
            kinds.iter().for_each(|kind| {
                cells.push("kinds", *kind);
            });
            cells
        };
        let merged = |base: &[&str], theirs: &[&str], typed: &[&str]| {
            let mut mine = of(typed);
            let conflict = Conflict::merge(&of(base), &of(theirs), &mut mine, &[("kinds", "类型")], String::new(), String::new());
            (conflict.clashes.len(), conflict.taken.len(), values(&mine, "kinds"))
        };
        assert_eq!(merged(&["03", "05"], &["03", "08"], &["05", "03"]), (0, 1, vec!["03".into(), "08".into()]));
        assert_eq!(merged(&["03"], &[], &["03"]), (0, 1, Vec::new()), "they took the last one off");
        assert_eq!(merged(&["03"], &["03", "05"], &["08"]), (1, 0, vec!["08".into()]));
    }
}
