//! A list and its lines.

use crate::base::{CountyId, text};
use crate::intake::{Incoming, Learned};
use crate::platform::sheet::{Rows, Unreadable};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Most lines of one list.
const MOST: usize = 5_000;

/// A list as kept, with how far it has come.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OutsideList {
    /// The county.
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub title: String,
    /// Where it came from.
    pub origin: String,
    /// Who brought it in.
    pub made_by: String,
    /// When.
    pub made_at: DateTime<Utc>,
    /// Its lines.
    pub lines: i64,
    /// Of these, on the register.
    pub known: i64,
    /// Of these, dismissed with a reason.
    pub dismissed: i64,
}

impl OutsideList {
    /// In their list and not in ours: what is still to be decided.
    pub fn missing(&self) -> i64 {
        self.lines - self.known - self.dismissed
    }
}

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// On the register.
    Known,
    /// In their list, not in ours.
    Missing,
    /// Does not belong on it, with a reason.
    Dismissed,
}

/// A line.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OutsideLine {
    /// The county.
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// Its list.
    pub list_id: Uuid,
    /// For the second clerk.
    pub version: i32,
    /// Its number in the list.
    pub place: i32,
    /// The name as written.
    pub name: String,
    /// The credit code as written.
    pub credit_code: Option<String>,
    /// The township as written.
    pub township: Option<String>,
    /// The address as written.
    pub address: Option<String>,
    /// The unit that it is, by decision, code or name.
    pub known_as: Option<Uuid>,
    /// That unit's name.
    pub known_name: Option<String>,
    /// Why it does not belong.
    pub dismissed: Option<String>,
    /// Who decided.
    pub decided_by: Option<String>,
}

impl OutsideLine {
    /// Where it stands.
    pub fn standing(&self) -> Standing {
        match (&self.known_as, &self.dismissed) {
            (Some(_), _) => Standing::Known,
            (None, Some(_)) => Standing::Dismissed,
            (None, None) => Standing::Missing,
        }
    }
}

/// A line as it came.
#[derive(Clone, Debug)]
pub struct NewLine {
    /// The name.
    pub name: String,
    /// The credit code.
    pub credit_code: Option<String>,
    /// The township.
    pub township: Option<String>,
    /// The address.
    pub address: Option<String>,
}

/// What a person decided about a line.
#[derive(Clone, Debug)]
pub enum Decision {
    /// It is this unit, under another name.
    Unit(Uuid),
    /// It does not belong on the register.
    Dismissed(String),
}

/// The lines of a file or a pasted block, by the heads that lists of units have, and the rows that name no unit.
pub async fn taken(rows: Rows, pasted: bool) -> Result<(Vec<NewLine>, Vec<u32>), Unreadable> {
    let kind = crate::intake::Kind::Units;
    let mut incoming =
        if pasted { Incoming::pasted(kind, Learned::new(), rows) } else { Incoming::new(kind, Learned::new(), rows) };
    let (mut taken, mut nameless) = (Vec::new(), Vec::new());
    loop {
        let lines = incoming.next(500).await?;
        if lines.is_empty() {
            return Ok((taken, nameless));
        }
        let about = incoming.heads();
        for line in lines {
            let Some(head) = about.head(&line) else { continue };
            let value = |field: &str| Some(text::tidy(&line.value(head, field))).filter(|v| !v.is_empty());
            let Some(name) = value("name") else {
                nameless.push(line.row);
                continue;
            };
            let credit_code = value("credit_code").map(|code| text::name_key(&code));
            taken.push(NewLine { name, credit_code, township: value("township"), address: value("address") });
        }
        if taken.len() > MOST {
            return Err(Unreadable(format!("名单超过{MOST}行，请分成几个文件后再比对。")));
        }
    }
}
