//! `/publicity`: the log of publicity.

use crate::base::ability::Publicise;
use crate::figures::List;
use crate::outreach::{self, Filter, Publicity};
use crate::vocabulary::PublicityChannel;
use crate::web::paths;
use crate::web::shell::{Answer, Asked, Choice, Error, Frame, ListView, Visit, page, words};
use askama::Template;

#[derive(Template)]
#[template(path = "publicity/list.html")]
struct ListPage {
    frame: Frame,
    list: ListView,
    entries: Vec<Publicity>,
    channels: Vec<Choice>,
    may_enter: bool,
}

/// What the address asks for.
pub fn asked(visit: &Visit) -> Result<(Asked, Filter), Error> {
    let asked = Asked::of(visit, paths::PUBLICITY, List::Publicity)?;
    let filter = Filter {
        q: visit.asked("q").map(str::to_owned),
        channel: visit.asked("channel").and_then(PublicityChannel::read),
        figure: asked.rows(),
    };
    Ok((asked, filter))
}

/// Shows a page of fifty.
pub async fn get(mut visit: Visit) -> Answer {
    let (asked, filter) = asked(&visit)?;
    let found = outreach::list(visit.connection(), &asked.within, &filter, asked.after).await?;
    page(&ListPage {
        frame: visit.frame("宣传"),
        list: ListView::of::<Filter>(&visit, asked, &found),
        entries: found.lines,
        channels: words::<PublicityChannel>(),
        may_enter: visit.may::<Publicise>(),
    })
}
