//! What taking a batch back does to each row: compared column by column with what the batch left and what stands now.

use super::Chosen;
use crate::base::{CITY, CountyId};
use crate::history::{Back, Past};
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashMap, HashSet};
use uuid::Uuid;

/// Columns that say which row it is, and which writing of it.
const KEYS: [&str; 4] = ["county_id", "id", "version", "created_at"];

/// A column that was edited after the batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// Its name; empty for the row as a whole, which the batch made.
    pub column: String,
    /// What stood there before the batch.
    pub before: Value,
    /// What the batch wrote.
    pub wrote: Value,
    /// What stands there now.
    pub now: Value,
    /// Whether something that stays needs it: then nobody can choose to take it back.
    pub needed: bool,
}

impl Kept {
    /// The row as a whole.
    fn whole(needed: bool) -> Self {
        Self { column: String::new(), before: Value::Null, wrote: Value::Null, now: Value::Null, needed }
    }
}

/// What can stand in a row only beside something else: a column of a table, and what the table's rules ask for then.
const LEANS: [(&str, &str, &str); 5] = [
    ("problems", "verified_on", "completed_on"),
    ("problems", "ended_as", "ended_on"),
    ("problems", "ended_on", "ended_as"),
    ("cases", "exposed_on", "legal_reviewed_on"),
    ("cases", "exposed_on", "legal_reviewed_by"),
];

/// What happens to one row.
#[derive(Clone, Debug)]
pub struct Step {
    /// The row's county.
    pub county: CountyId,
    /// Its table.
    pub record: String,
    /// Its id.
    pub id: Uuid,
    /// The version that it has now.
    pub version: i32,
    /// What it is to hold; none: it goes.
    pub to: Option<Value>,
    /// The row as it stands, for its name on the page.
    pub now: Past,
    /// What stays because somebody edited it since, or because others need it.
    pub kept: Vec<Kept>,
    /// Whether something of the row is taken back at all.
    pub acts: bool,
    /// Whether the person may not enter it at all.
    pub(super) closed: bool,
}

impl Step {
    /// The row as it is to be written; none when it stays as it is.
    pub(super) fn back(&self) -> Option<Back> {
        self.acts.then(|| Back { id: self.id, version: self.version, row: self.to.clone() })
    }

    /// The row stays as it is, because something else stands on it or the person may not enter it.
    pub(super) fn stay(&mut self) {
        self.hold(|_| true);
        self.acts = false;
        self.tell();
    }

    /// Says of a row of which nothing is kept yet that it is, as a whole.
    pub(super) fn tell(&mut self) {
        if self.kept.is_empty() {
            self.kept.push(Kept::whole(true));
        }
    }

    /// Columns keep what the batch wrote, because something that stays needs it.
    pub(super) fn hold(&mut self, held: impl Fn(&str) -> bool) {
        let now = self.now.row.as_ref().and_then(Value::as_object);
        let (Some(now), Some(Value::Object(to))) = (now, &mut self.to) else { return };
        for (column, value) in to.iter_mut() {
            if let Some(stands) = now.get(column).filter(|stands| *stands != value && held(column)) {
                let before = std::mem::replace(value, stands.clone());
                let (wrote, now) = (stands.clone(), stands.clone());
                self.kept.push(Kept { column: column.clone(), before, wrote, now, needed: true });
            }
        }
        self.acts = to != now;
    }
}

/// What happens to all rows of a batch.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Each row.
    pub steps: Vec<Step>,
    /// The county of whoever did the batch.
    pub made_in: CountyId,
    /// Ties of cases that stood before to problems, which go: county, case, problem.
    pub(super) ties: BTreeSet<(CountyId, Uuid, Uuid)>,
}

impl Plan {
    /// Holds what the batch did (newest first) against what stands now.
    pub(super) fn of(rows: Vec<Past>, last: Vec<Past>, chosen: &Chosen) -> Self {
        let made_in = rows.first().map_or(CITY, |row| row.actor_county_id);
        // A row is known by its table and its id: what else happened to a unit stands under the unit's id as well.
        let key = |past: &Past| (past.record.clone(), past.record_id);
        let mut now: HashMap<(String, Uuid), Past> = last.into_iter().map(|past| (key(&past), past)).collect();
        let mut order: Vec<(String, Uuid)> = Vec::new();
        // What a row was before the batch's first act on it, and what the last one left.
        let mut acts: HashMap<(String, Uuid), (Option<Value>, Past)> = HashMap::new();
        // A change of what no history holds can be put back by nobody.
        let created: HashSet<(String, Uuid)> = rows.iter().filter(|r| r.action == "created").map(key).collect();
        for row in rows {
            match acts.get_mut(&key(&row)) {
                Some((before, _)) => *before = row.previous.clone(),
                None => {
                    order.push(key(&row));
                    acts.insert(key(&row), (row.previous.clone(), row));
                }
            }
        }
        let step = |key: (String, Uuid)| {
            let (before, left) = acts.remove(&key)?;
            let stands = now.remove(&key).filter(|past| past.row.is_some() && past.action != "removed")?;
            match before {
                Some(before) => Some(changed(&before, &left, stands, chosen)),
                None => created.contains(&key).then(|| made(&left, stands, chosen)),
            }
        };
        Self { steps: order.into_iter().filter_map(step).collect(), made_in, ties: BTreeSet::new() }
    }

    /// Rows of a table that go.
    pub(super) fn going(&self, record: &str) -> Vec<Uuid> {
        self.steps.iter().filter(|s| s.record == record && s.acts && s.to.is_none()).map(|s| s.id).collect()
    }

    /// Rows of which something stays that the batch wrote.
    pub fn kept(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| !step.kept.is_empty())
    }
}

/// A row that the batch made goes, unless it was edited since.
fn made(left: &Past, now: Past, chosen: &Chosen) -> Step {
    let id = now.record_id;
    let edited = now.version != left.version && !chosen.contains(&(id, String::new()));
    let kept = if edited { vec![Kept::whole(false)] } else { Vec::new() };
    step(now, None, kept, !edited)
}

/// A row that the batch changed gets back each column that still says what the batch wrote.
fn changed(before: &Value, left: &Past, now: Past, chosen: &Chosen) -> Step {
    let empty = Map::new();
    let object = |value: &'_ Value| value.as_object().cloned().unwrap_or_default();
    let wrote = left.row.as_ref().and_then(Value::as_object).unwrap_or(&empty);
    let mut row = now.row.as_ref().map(object).unwrap_or_default();
    let (mut kept, mut acts) = (Vec::new(), false);
    for (column, before) in object(before) {
        let Some(wrote) = wrote.get(&column).filter(|wrote| **wrote != before && !KEYS.contains(&column.as_str())) else {
            continue;
        };
        let stands = row.get(&column).cloned().unwrap_or_default();
        if stands == before {
            continue;
        }
        if stands == *wrote || chosen.contains(&(now.record_id, column.clone())) {
            acts = true;
            row.insert(column, before);
        } else if !matches!(column.as_str(), "name_key" | "search_text") {
            kept.push(Kept { column, before, wrote: wrote.clone(), now: stands, needed: false });
        }
    }
    let mut step = step(now, Some(Value::Object(row)), kept, acts);
    for (record, stands, needs) in LEANS {
        let filled = |column: &str| step.to.as_ref().is_some_and(|row| !row[column].is_null());
        if step.record == record && filled(stands) && !filled(needs) {
            step.hold(|column| column == needs);
        }
    }
    step
}

fn step(now: Past, to: Option<Value>, kept: Vec<Kept>, acts: bool) -> Step {
    let (county, record, id, version) = (now.county_id, now.record.clone(), now.record_id, now.version);
    Step { county, record, id, version, to, now, kept, acts, closed: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::new_id;
    use chrono::DateTime;
    use serde_json::json;

    fn past(id: Uuid, version: i32, action: &str, row: Option<Value>, previous: Option<Value>) -> Past {
        Past {
            county_id: CountyId(140_403),
            id: new_id(),
            actor_name: "甲".into(),
            actor_role: "county-clerk".into(),
            actor_county_id: CountyId(140_403),
            action: action.into(),
            record: "units".into(),
            record_id: id,
            version,
            row,
            previous,
            note: None,
            batch_id: None,
            business_at: DateTime::UNIX_EPOCH,
            recorded_at: DateTime::UNIX_EPOCH,
        }
    }

    fn row(name: &str, township: &str) -> Value {
        json!({"id": "x", "version": 1, "name": name, "township": township})
    }

    #[test]
    fn what_nobody_touched_goes_back_whole() {
        let id = new_id();
        let did = past(id, 2, "changed", Some(row("乙", "马厂镇")), Some(row("甲", "")));
        let now = past(id, 2, "changed", Some(row("乙", "马厂镇")), None);
        let plan = Plan::of(vec![did], vec![now], &Chosen::new());
        let back = plan.steps[0].back().unwrap();
        assert_eq!((back.version, &back.row.unwrap()["name"]), (2, &json!("甲")));
        assert_eq!(plan.kept().count(), 0);
    }

    #[test]
    fn a_cell_edited_since_stays_unless_it_is_chosen() {
        let id = new_id();
        let did = past(id, 2, "changed", Some(row("乙", "马厂镇")), Some(row("甲", "")));
        let now = past(id, 3, "changed", Some(row("丙", "马厂镇")), None);
        let plan = Plan::of(vec![did.clone()], vec![now.clone()], &Chosen::new());
        assert_eq!(plan.steps[0].to.as_ref().unwrap()["name"], "丙");
        assert_eq!(plan.steps[0].to.as_ref().unwrap()["township"], "", "the other cell goes back all the same");
        let kept = &plan.steps[0].kept;
        assert_eq!((kept.len(), kept[0].column.as_str(), &kept[0].wrote), (1, "name", &json!("乙")));
        let plan = Plan::of(vec![did], vec![now], &Chosen::from([(id, "name".to_owned())]));
        assert_eq!(plan.steps[0].to.as_ref().unwrap()["name"], "甲");
    }

    #[test]
    fn a_row_that_the_batch_made_goes_unless_it_was_edited() {
        let id = new_id();
        let made = past(id, 1, "created", Some(row("甲", "")), None);
        let plan = |version, chosen: &Chosen| {
            Plan::of(vec![made.clone()], vec![past(id, version, "changed", Some(row("甲", "")), None)], chosen)
        };
        assert!(plan(1, &Chosen::new()).steps[0].back().unwrap().row.is_none());
        assert!(plan(2, &Chosen::new()).steps[0].back().is_none());
        assert!(plan(2, &Chosen::from([(id, String::new())])).steps[0].back().is_some());
    }

    #[test]
    fn what_is_gone_already_is_left_alone() {
        let id = new_id();
        let did = past(id, 1, "created", Some(row("甲", "")), None);
        assert!(Plan::of(vec![did], vec![past(id, 2, "removed", None, None)], &Chosen::new()).steps.is_empty());
    }
}
