//! `/tips/reconciliation`: 来源对账: received = each answer + 核实中, by county and by way.

use crate::base::CountyId;
use crate::tips::{self, Account};
use crate::vocabulary::{TipSource, VerifiedAs};
use crate::web::paths;
use crate::web::shell::{Answer, Frame, Visit, page};
use askama::Template;

/// A line: whose, received, answers, overdue.
struct Line {
    name: String,
    href: String,
    received: i64,
    answers: Vec<i64>,
    overdue: i64,
    agrees: bool,
}

#[derive(Template)]
#[template(path = "tips/accounts.html")]
struct AccountsPage {
    frame: Frame,
    heads: Vec<&'static str>,
    by_source: Vec<Line>,
    by_county: Vec<Line>,
}

fn line<'a>(name: String, href: String, of: impl Iterator<Item = &'a Account>) -> Line {
    let empty = Line { name, href, received: 0, answers: vec![0; VerifiedAs::ALL.len() + 1], overdue: 0, agrees: true };
    of.fold(empty, |mut sum, account| {
        sum.received += account.received;
        sum.overdue += account.overdue;
        sum.agrees &= account.agrees();
        sum.answers.iter_mut().zip(&account.answers).for_each(|(all, one)| *all += one);
        sum
    })
}

/// Shows them.
pub async fn get(mut visit: Visit) -> Answer {
    let (scope, campaign, today) = (visit.scope(), visit.campaign.id, visit.today());
    let accounts = tips::accounts(visit.connection(), &scope, campaign, today).await?;
    let source = |source: &TipSource| {
        let href = paths::with(paths::TIPS, &[("source", source.code())]);
        line(source.label().to_owned(), href, accounts.iter().filter(|a| a.source == *source))
    };
    let county = |id: CountyId, name: &str| {
        let href = paths::with(paths::TIPS, &[("county", &id.to_string())]);
        line(name.to_owned(), href, accounts.iter().filter(|a| a.county == id))
    };
    let mut by_source: Vec<Line> = TipSource::ALL.iter().map(source).filter(|l| l.received > 0).collect();
    by_source.push(line("合计".to_owned(), paths::TIPS.to_owned(), accounts.iter()));
    let counties = visit.app.directory.counties().filter(|c| scope.holds(c.id));
    page(&AccountsPage {
        frame: visit.frame("举报来源对账"),
        heads: VerifiedAs::ALL.iter().map(|v| v.label()).chain([VerifiedAs::PENDING_LABEL]).collect(),
        by_county: counties.map(|c| county(c.id, &c.name)).collect(),
        by_source,
    })
}
