//! Publicity of the demo: what each body told the public, and its line for reports.

use super::{Desk, june};
use crate::accounts;
use crate::base::ability::{Administer, Publicise};
use crate::base::role::{Actor, Role};
use crate::base::{CITY, Permit};
use crate::counties::{self, Directory};
use crate::history::WriteError;
use crate::outreach::{self, PublicityChanges};
use crate::vocabulary::PublicityChannel as Channel;

/// Channel, title, outlet, copies, views, day of June.
const TOLD: [(Channel, &str, &str, Option<i32>, Option<i32>, u32); 8] = [
    (Channel::GovernmentSite, "转发《关于开展违法排污行为大整治的通告》", "县（区）政府网站", None, Some(1260), 4),
    (Channel::Television, "违法排污行为大整治行动启动", "县（区）电视台新闻", None, None, 5),
    (Channel::Wechat, "致全县（区）排污单位的一封信", "生态环境微信公众号", None, Some(3480), 5),
    (Channel::Leaflet, "排污单位自查自纠明白纸", "逐企分发", Some(420), None, 6),
    (Channel::Poster, "举报违法排污有关事项的公告", "乡镇（街道）政务公开栏", Some(160), None, 7),
    (Channel::Weibo, "大整治行动进展：首批问题整改情况", "生态环境官方微博", None, Some(2150), 12),
    (Channel::Newspaper, "铁腕整治违法排污", "本地日报二版", None, None, 14),
    (Channel::Radio, "环保热线12369：您身边的违法排污怎么举报", "综合广播", None, None, 17),
];

impl Desk<'_> {
    pub(super) async fn report_phones(&self, directory: &Directory) -> Result<(), WriteError> {
        let Some(mut writing) = self.morning(june(3)).await? else { return Ok(()) };
        let admin = Actor { role: Role::CityAdmin, ..accounts::system_actor() };
        let permit = Permit::<Administer>::ask(&admin, CITY).ok_or(WriteError::NotPermitted)?;
        for (n, county) in directory.counties().enumerate() {
            let phone = format!("0355-00001{:02}", n + 1);
            counties::set_report_phone(&mut writing, &permit, county.id, &phone).await?;
        }
        Ok(writing.commit().await?)
    }

    /// The bodies tell the same by different channels, some more and some less.
    pub(super) async fn publicity(&self, directory: &Directory) -> anyhow::Result<()> {
        for (at, (channel, title, outlet, copies, views, day)) in TOLD.into_iter().enumerate() {
            let Some(mut writing) = self.morning(june(day)).await? else { continue };
            for (n, county) in directory.counties().enumerate() {
                let more = i32::try_from(n).unwrap_or(0);
                if at > 3 && (n + at) % 3 == 0 {
                    continue;
                }
                let permit = writing.permit::<Publicise>(county.id)?;
                let told = PublicityChanges {
                    channel,
                    on_date: june(day),
                    title: title.to_owned(),
                    outlet: outlet.to_owned(),
                    copies: copies.map(|c| c + more * 35),
                    views: views.map(|v| v + more * 117),
                    link: String::new(),
                    note: String::new(),
                    version: 0,
                };
                outreach::add(&mut writing, &permit, self.campaign.id, &told).await?;
            }
            writing.commit().await?;
        }
        Ok(())
    }
}
