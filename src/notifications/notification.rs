//! One time that a unit was told.

use crate::base::{Cells, CountyId, dates};
use crate::vocabulary::NotificationChannel;
use chrono::NaiveDate;
use uuid::Uuid;

/// A notification as registered.
#[derive(Clone, Debug, serde::Deserialize, sqlx::FromRow)]
pub struct Notification {
    /// The county.
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// For the second editor.
    pub version: i32,
    /// The unit.
    pub unit_id: Uuid,
    /// The day.
    pub notified_on: NaiveDate,
    /// How, as a code.
    pub channel: String,
    /// Who told it.
    pub person: Option<String>,
    /// Who at the unit was told.
    pub receiver: Option<String>,
    /// A sentence.
    pub note: Option<String>,
    /// Entered by mistake.
    pub removed: bool,
}

impl Notification {
    /// How, in words.
    pub fn channel_label(&self) -> &'static str {
        NotificationChannel::from_code(&self.channel).map_or("", NotificationChannel::label)
    }

    /// As the cells of its form.
    pub fn cells(&self, today: NaiveDate) -> Cells {
        let mut cells = Cells::new(today);
        cells
            .set("notified_on", dates::short(self.notified_on))
            .set("channel", &*self.channel)
            .set("person", self.person.clone().unwrap_or_default())
            .set("receiver", self.receiver.clone().unwrap_or_default())
            .set("note", self.note.clone().unwrap_or_default())
            .set("removed", if self.removed { "yes" } else { "" })
            .set("version", self.version.to_string());
        cells
    }
}

/// A notification as typed.
#[derive(Clone, Debug)]
pub struct NotificationChanges {
    /// The day.
    pub notified_on: NaiveDate,
    /// How.
    pub channel: NotificationChannel,
    /// Who told it.
    pub person: Option<String>,
    /// Who at the unit was told.
    pub receiver: Option<String>,
    /// A sentence.
    pub note: Option<String>,
    /// Entered by mistake: it counts no more.
    pub removed: bool,
    /// The version that the editor saw; 0 for a new one.
    pub version: i32,
}

impl NotificationChanges {
    /// Reads the form: day and way make the fact, everything else may come later.
    pub fn read(cells: &mut Cells) -> Option<Self> {
        let notified_on = cells.date("notified_on");
        if notified_on.is_none() && cells.error("notified_on").is_none() {
            cells.refuse("notified_on", "请填写告知日期。");
        }
        cells.not_in_future("notified_on", "告知日期", notified_on);
        let channel = cells.choice("channel", NotificationChannel::read);
        if channel.is_none() && cells.error("channel").is_none() {
            cells.refuse("channel", "请选择告知方式。");
        }
        let (person, receiver, note) = (cells.text("person"), cells.text("receiver"), cells.text("note"));
        let removed = cells.tick("removed");
        let version = cells.raw("version").parse().unwrap_or(0);
        cells.clean().then_some(())?;
        Some(Self { notified_on: notified_on?, channel: channel?, person, receiver, note, removed, version })
    }
}
