//! One line of history as the pages show it.

use crate::base::{Role, dates};
use crate::counties::Directory;
use crate::history::Past;
use crate::web::paths;
use crate::web::shell::{ChangeLine, lines, record_label, title_of};
use chrono::{DateTime, Utc};

/// Who did what to what, when, and what changed by it.
pub(super) struct EntryRow {
    /// Business time.
    pub time: String,
    /// The real time, where a rehearsal clock makes it another.
    pub recorded: Option<String>,
    /// The county whose history it stands in.
    pub county: String,
    /// The person's name at the time.
    pub actor: String,
    /// The person's role at the time.
    pub role: &'static str,
    /// The word for what was done.
    pub action: &'static str,
    /// What kind of record.
    pub object: &'static str,
    /// What people call it.
    pub title: String,
    /// The history of that record alone.
    pub href: String,
    /// What changed.
    pub lines: Vec<ChangeLine>,
    /// A sentence where the row does not say it.
    pub note: String,
}

impl EntryRow {
    /// The line of `past`.
    pub(super) fn of(past: &Past, directory: &Directory) -> Self {
        let time = second(past.business_at);
        let recorded = (past.business_at - past.recorded_at).abs().num_minutes() > 0;
        Self {
            time,
            recorded: recorded.then(|| second(past.recorded_at)),
            county: directory.name(past.county_id),
            actor: past.actor_name.clone(),
            role: Role::from_code(&past.actor_role).unwrap_or(Role::System).label(),
            action: past.action_label(),
            object: record_label(&past.record),
            title: title_of(past),
            href: paths::history(past.record_id),
            lines: lines(past),
            note: past.note.clone().unwrap_or_default(),
        }
    }
}

fn second(at: DateTime<Utc>) -> String {
    at.with_timezone(&dates::beijing()).format("%Y-%m-%d %H:%M:%S").to_string()
}
