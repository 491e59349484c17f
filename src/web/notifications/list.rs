//! `/notifications`: who was told, and how far it has come.

use crate::base::ability::Enter;
use crate::figures::{self, List, Values};
use crate::notifications::{self, Filter, Listed};
use crate::web::paths;
use crate::web::shell::{Answer, Asked, Choice, Error, Frame, ListView, Visit, page, words};
use askama::Template;

#[derive(Template)]
#[template(path = "notifications/list.html")]
struct ListPage {
    frame: Frame,
    list: ListView,
    notifications: Vec<Listed>,
    channels: Vec<Choice>,
    values: Values,
    may_enter: bool,
}

impl ListPage {
    fn figure(&self, key: &str) -> String {
        let county = self.list.value("county");
        paths::with(paths::UNITS, &[("figure", key), ("county", county)])
    }
}

/// What the address asks for.
pub fn asked(visit: &Visit) -> Result<(Asked, Filter), Error> {
    let asked = Asked::of(visit, paths::NOTIFICATIONS, List::Notifications)?;
    let filter = Filter {
        q: visit.asked("q").map(str::to_owned),
        channel: visit.asked("channel").map(str::to_owned),
        township: visit.asked("township").map(str::to_owned),
        bare: visit.asked("bare").is_some(),
    };
    Ok((asked, filter))
}

/// Shows a page of fifty.
pub async fn get(mut visit: Visit) -> Answer {
    let (asked, filter) = asked(&visit)?;
    let found = notifications::list(visit.connection(), &asked.within, &filter, asked.after).await?;
    let date = visit.campaign.live_date(visit.today());
    let campaign = visit.campaign.id;
    let values = figures::by_county(visit.connection(), &asked.within.scope, campaign, date).await?.total();
    page(&ListPage {
        frame: visit.frame("告知"),
        list: ListView::of::<Filter>(&visit, asked, &found),
        notifications: found.lines,
        channels: words::<crate::vocabulary::NotificationChannel>(),
        values,
        may_enter: visit.may::<Enter>(),
    })
}
