//! Tips of the demo: passed on by the city or taken by a county, most of them answered, a few true and turned into problems.

use super::{Desk, june};
use crate::base::CountyId;
use crate::base::Scope;
use crate::base::ability::{Enter, EnterTip};
use crate::counties::Directory;
use crate::history::WriteError;
use crate::platform::database::Within;
use crate::tips::{self, Answer, Contact, Tip, TipChanges};
use crate::units;
use crate::vocabulary::{TipSource as Way, VerifiedAs};

/// Way, what, received, due, answered and how.
const REPORTED: [(Way, &str, u32, u32, Option<(u32, VerifiedAs)>); 6] = [
    (Way::Hotline, "夜间有刺鼻气味，白天不明显，怀疑夜里偷排。", 5, 15, Some((12, VerifiedAs::Substantiated))),
    (Way::Letter, "厂区南侧暗沟有黑色污水流入河道。", 7, 17, Some((14, VerifiedAs::Partly))),
    (Way::Mayor, "料场没有覆盖，起风时扬尘很大。", 10, 18, None),
    (Way::Hotline, "饭店油烟直排，影响楼上居民。", 11, 21, Some((15, VerifiedAs::NotEnvironmental))),
    (Way::Visit, "反映已关停的作坊又在生产。", 13, 23, Some((18, VerifiedAs::Unsubstantiated))),
    (Way::Online, "锅炉烟囱冒黑烟，每天早上六点左右。", 17, 27, None),
];

impl Desk<'_> {
    pub(super) async fn tips(&self, directory: &Directory) -> anyhow::Result<()> {
        for (at, (source, content, received, due, answered)) in REPORTED.into_iter().enumerate() {
            let Some(mut writing) = self.morning(june(received)).await? else { continue };
            let mut made = Vec::new();
            for (n, county) in directory.counties().enumerate().filter(|(n, _)| (n * 5 + at * 3) % 7 < 3) {
                let permit = writing.permit::<EnterTip>(county.id)?;
                let new = TipChanges {
                    source,
                    number: format!("{}{:02}{:03}", if source == Way::Online { "网2019" } else { "长举2019" }, at + 1, n + 1),
                    received_on: june(received),
                    target: "演示举报地点".to_owned(),
                    content: content.to_owned(),
                    assigned_on: Some(june(received)),
                    due_on: Some(june(due)),
                    contact: if n % 2 == 0 {
                        Contact { name: "演示群众".to_owned(), phone: "0355-0000000".to_owned() }
                    } else {
                        Contact::default()
                    },
                    version: 0,
                };
                made.push((county.id, tips::add(&mut writing, &permit, self.campaign.id, &new).await?));
            }
            writing.commit().await?;
            if let Some((day, answer)) = answered {
                self.answer(&made, day, answer).await?;
            }
        }
        Ok(())
    }

    async fn answer(&self, made: &[(CountyId, uuid::Uuid)], day: u32, answer: VerifiedAs) -> Result<(), WriteError> {
        let Some(mut writing) = self.morning(june(day)).await? else { return Ok(()) };
        for (county, id) in made {
            let tip = tips::find(writing.connection(), &self.scope, *id).await?.ok_or(WriteError::Missing)?;
            let permit = writing.permit::<Enter>(*county)?;
            let note = if answer.confirms() {
                "经现场核实，反映情况存在，已责令改正。"
            } else {
                "经现场核实，未发现反映的环境违法情形。"
            };
            let answer = Answer {
                answer,
                on: june(day),
                note: note.to_owned(),
                told: "已电话告知核实处理情况。".to_owned(),
                told_on: Some(june(day)),
                version: tip.version,
            };
            tips::answer(&mut writing, &permit, &tip, &answer).await?;
        }
        Ok(writing.commit().await?)
    }

    /// In every other county the first true tip becomes a problem of a unit.
    pub(super) async fn true_tips(&self) -> anyhow::Result<()> {
        for county in [140403, 140405, 140423, 140428].map(CountyId) {
            let Some(mut writing) = self.morning(june(19)).await? else { return Ok(()) };
            let within = Within { scope: Scope::county(county), campaign: self.campaign.id, date: june(19) };
            let truth = tips::Filter { answer: Some(VerifiedAs::Substantiated), ..tips::Filter::default() };
            let found = tips::list(writing.connection(), &within, &truth, None).await?;
            let unit = units::search(writing.connection(), &within, units::Filter::default(), None).await?;
            let tip: Option<Tip> = found.lines.into_iter().next();
            if let (Some(tip), Some(unit)) = (tip, unit.lines.first()) {
                let permit = writing.permit::<Enter>(county)?;
                tips::turn_into_problem(&mut writing, &permit, (self.campaign.id, &tip, unit.id)).await?;
            }
            writing.commit().await?;
        }
        Ok(())
    }
}
