//! One thing told to the public.

use crate::base::{Cells, CountyId, dates};
use crate::vocabulary::PublicityChannel;
use chrono::NaiveDate;
use uuid::Uuid;

/// A piece of publicity.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Publicity {
    /// Whose.
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// For the second editor.
    pub version: i32,
    /// The channel's code.
    pub channel: String,
    /// When.
    pub on_date: NaiveDate,
    /// Its title or content.
    pub title: String,
    /// The outlet or the place.
    pub outlet: String,
    /// 份.
    pub copies: Option<i32>,
    /// Times seen.
    pub views: Option<i32>,
    /// Its address.
    pub link: String,
    /// Anything else.
    pub note: String,
}

impl Publicity {
    /// The channel in words.
    pub fn channel_label(&self) -> &'static str {
        PublicityChannel::from_code(&self.channel).map_or("", PublicityChannel::label)
    }

    /// As the cells of its form.
    pub fn cells(&self, today: NaiveDate) -> Cells {
        let mut cells = Cells::new(today);
        let count = |n: Option<i32>| n.map(|n| n.to_string()).unwrap_or_default();
        cells
            .set("channel", &*self.channel)
            .set("on_date", dates::short(self.on_date))
            .set("title", &*self.title)
            .set("outlet", &*self.outlet)
            .set("copies", count(self.copies))
            .set("views", count(self.views))
            .set("link", &*self.link)
            .set("note", &*self.note)
            .set("version", self.version.to_string());
        cells
    }
}

/// A piece of publicity as typed.
#[derive(Clone, Debug)]
pub struct PublicityChanges {
    /// The channel.
    pub channel: PublicityChannel,
    /// When.
    pub on_date: NaiveDate,
    /// Its title or content.
    pub title: String,
    /// The outlet or the place.
    pub outlet: String,
    /// 份.
    pub copies: Option<i32>,
    /// Times seen.
    pub views: Option<i32>,
    /// Its address.
    pub link: String,
    /// Anything else.
    pub note: String,
    /// The version that the editor saw.
    pub version: i32,
}

impl PublicityChanges {
    /// Reads `channel`, `on_date`, `title`, `outlet`, `copies`, `views`, `link`, `note`.
    pub fn read(cells: &mut Cells) -> Option<Self> {
        let channel = cells.choice("channel", PublicityChannel::read);
        if channel.is_none() && cells.error("channel").is_none() {
            cells.refuse("channel", "请选择宣传渠道。");
        }
        let on_date = cells.date("on_date");
        if on_date.is_none() && cells.error("on_date").is_none() {
            cells.refuse("on_date", "请填写日期。");
        }
        cells.not_in_future("on_date", "日期", on_date);
        let title = cells.required("title", "请填写标题或内容。");
        let (copies, views) = (cells.count("copies"), cells.count("views"));
        let link = cells.text("link").unwrap_or_default();
        if !link.is_empty() && !link.starts_with("http://") && !link.starts_with("https://") {
            cells.refuse("link", "网址应以 http:// 或 https:// 开头。");
        }
        let (outlet, note) = (cells.text("outlet").unwrap_or_default(), cells.text("note").unwrap_or_default());
        let version = cells.raw("version").parse().unwrap_or(0);
        cells.clean().then_some(())?;
        Some(Self { channel: channel?, on_date: on_date?, title: title?, outlet, copies, views, link, note, version })
    }
}
