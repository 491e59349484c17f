//! One line of history.

use crate::base::CountyId;
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// A row was made.
    Created,
    /// A row was changed.
    Changed,
    /// A row was taken away (only by undo of what made it).
    Removed,
    /// A change was taken back.
    Undone,
    /// A file was taken away, or a full phone was looked at.
    Disclosed,
    /// Somebody signed in.
    SignedIn,
    /// A sign-in failed.
    SignInFailed,
    /// Somebody signed out.
    SignedOut,
    /// Something was asked for that the role may not do.
    Refused,
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 9] = [
        Self::Created,
        Self::Changed,
        Self::Removed,
        Self::Undone,
        Self::Disclosed,
        Self::SignedIn,
        Self::SignInFailed,
        Self::SignedOut,
        Self::Refused,
    ];

    /// The stable code in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Changed => "changed",
            Self::Removed => "removed",
            Self::Undone => "undone",
            Self::Disclosed => "disclosed",
            Self::SignedIn => "signed_in",
            Self::SignInFailed => "sign_in_failed",
            Self::SignedOut => "signed_out",
            Self::Refused => "refused",
        }
    }

    /// The word on the screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Created => "新增",
            Self::Changed => "修改",
            Self::Removed => "撤除",
            Self::Undone => "撤销",
            Self::Disclosed => "下载",
            Self::SignedIn => "登录",
            Self::SignInFailed => "登录失败",
            Self::SignedOut => "退出",
            Self::Refused => "越权被拒",
        }
    }

    /// Reads a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.code() == code)
    }
}

/// A change to be recorded. `row` is the whole new row as PostgreSQL prints its jsonb (`to_jsonb(t)::text`).
#[derive(Clone, Debug)]
pub struct Entry {
    /// What was done.
    pub action: Action,
    /// The table's name.
    pub record: &'static str,
    /// The row's id.
    pub record_id: Uuid,
    /// The row's version after the change.
    pub version: i32,
    /// The whole new row, or none when there is none.
    pub row: Option<String>,
    /// A short sentence where the row does not say it.
    pub note: Option<String>,
}

impl Entry {
    /// A row was made.
    pub fn created(record: &'static str, record_id: Uuid, row: String) -> Self {
        Self { action: Action::Created, record, record_id, version: 1, row: Some(row), note: None }
    }

    /// A row was changed to `version`.
    pub fn changed(record: &'static str, record_id: Uuid, version: i32, row: String) -> Self {
        Self { action: Action::Changed, record, record_id, version, row: Some(row), note: None }
    }

    /// Something happened that no row holds.
    pub fn event(action: Action, record: &'static str, record_id: Uuid, note: impl Into<String>) -> Self {
        Self { action, record, record_id, version: 0, row: None, note: Some(note.into()) }
    }

    /// The same entry with a sentence.
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}

/// A line of history as read.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Past {
    /// The county whose history it stands in.
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// Who, as named at the time.
    pub actor_name: String,
    /// The role's code at the time.
    pub actor_role: String,
    /// The actor's own county.
    pub actor_county_id: CountyId,
    /// What was done, as a code.
    pub action: String,
    /// The table.
    pub record: String,
    /// The row.
    pub record_id: Uuid,
    /// The row's version after it.
    pub version: i32,
    /// The whole new row.
    pub row: Option<serde_json::Value>,
    /// The row before, where the query asked for it.
    pub previous: Option<serde_json::Value>,
    /// A sentence.
    pub note: Option<String>,
    /// The batch it belongs to.
    pub batch_id: Option<Uuid>,
    /// Business time.
    pub business_at: DateTime<Utc>,
    /// Recorded time.
    pub recorded_at: DateTime<Utc>,
}

impl Past {
    /// The word for what was done.
    pub fn action_label(&self) -> &'static str {
        Action::from_code(&self.action).map_or("变更", Action::label)
    }

    /// The columns whose value changed: name, old, new. A created row lists what it was made with.
    pub fn changes(&self) -> Vec<(String, serde_json::Value, serde_json::Value)> {
        let nothing = serde_json::Map::new();
        let new = self.row.as_ref().and_then(|r| r.as_object()).unwrap_or(&nothing);
        let old = self.previous.as_ref().and_then(|r| r.as_object()).unwrap_or(&nothing);
        let null = serde_json::Value::Null;
        new.iter()
            .filter(|(name, value)| {
                let before = old.get(*name).unwrap_or(&null);
                *value != before && !is_empty(value, before)
            })
            .map(|(name, value)| (name.clone(), old.get(name).cloned().unwrap_or(null.clone()), value.clone()))
            .collect()
    }
}

/// Nothing before and nothing now: an empty text, list or false beside a missing value is no change to a reader.
fn is_empty(new: &serde_json::Value, old: &serde_json::Value) -> bool {
    let empty = |v: &serde_json::Value| match v {
        serde_json::Value::Null | serde_json::Value::Bool(false) => true,
        serde_json::Value::String(s) => s.is_empty(),
        serde_json::Value::Array(a) => a.is_empty(),
        _ => false,
    };
    empty(new) && empty(old)
}
