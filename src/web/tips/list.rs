//! `/tips`: the register of tips, what is overdue first.

use crate::base::ability::EnterTip;
use crate::figures::List;
use crate::tips::{self, Filter, Owed, Tip};
use crate::vocabulary::{TipSource, VerifiedAs};
use crate::web::paths;
use crate::web::shell::{Answer, Asked, Choice, Error, Frame, ListView, Visit, page, words};
use askama::Template;
use chrono::NaiveDate;

#[derive(Template)]
#[template(path = "tips/list.html")]
struct ListPage {
    frame: Frame,
    list: ListView,
    tips: Vec<Tip>,
    sources: Vec<Choice>,
    answers: Vec<Choice>,
    owed: Owed,
    may_enter: bool,
    today: NaiveDate,
}

/// What the address asks for.
pub fn asked(visit: &Visit) -> Result<(Asked, Filter), Error> {
    let asked = Asked::of(visit, paths::TIPS, List::Tips)?;
    let filter = Filter {
        q: visit.asked("q").map(str::to_owned),
        source: visit.asked("source").and_then(TipSource::read),
        answer: visit.asked("answer").and_then(VerifiedAs::read),
        pending: visit.asked("pending").is_some(),
        overdue: visit.asked("overdue").is_some(),
        figure: asked.rows(),
    };
    Ok((asked, filter))
}

/// Shows a page of fifty.
pub async fn get(mut visit: Visit) -> Answer {
    let (asked, filter) = asked(&visit)?;
    let found = tips::list(visit.connection(), &asked.within, &filter, asked.after).await?;
    let (within, today) = (asked.within.clone(), visit.today());
    let owed = tips::owed(visit.connection(), &within.scope, within.campaign, today).await?;
    page(&ListPage {
        frame: visit.frame("举报转办"),
        list: ListView::of::<Filter>(&visit, asked, &found),
        tips: found.lines,
        sources: words::<TipSource>(),
        answers: words::<VerifiedAs>(),
        owed,
        may_enter: visit.may::<EnterTip>(),
        today,
    })
}
