//! `/supervision/changes`: what changed since the last report, county by county, and whose data stand still.

use crate::base::ability::ReadCity;
use crate::base::dates;
use crate::figures::{self, Values};
use crate::snapshots::{self, COMPARED, Moved, QUIET_DAYS, Since};
use crate::vocabulary::Rhythm;
use crate::web::paths;
use crate::web::shell::{Answer, Choice, Error, Frame, Visit, page};
use askama::Template;
use chrono::NaiveDate;

#[derive(Template)]
#[template(path = "supervision/changes.html")]
struct ChangesPage {
    frame: Frame,
    heads: Vec<&'static str>,
    rows: Vec<Line>,
    total: Vec<(String, String)>,
    quiet: Vec<String>,
    since: String,
    chosen: String,
    choices: Vec<Choice>,
    rhythm: &'static str,
}

/// A county on the page.
struct Line {
    name: String,
    /// Figure now, difference, address of the rows.
    cells: Vec<(String, String, String)>,
    quiet_days: Option<i64>,
    quiet: bool,
    supervise: String,
}

fn head(key: &str) -> &'static str {
    figures::figure(key).map_or("", |f| f.label)
}

/// The moments to choose from: the end of the last period by each rhythm, and the snapshots.
async fn moments(visit: &mut Visit) -> Result<(Vec<Choice>, Vec<snapshots::Kept>), Error> {
    let (scope, campaign, today) = (visit.scope(), visit.campaign.id, visit.today());
    let kept = snapshots::list(visit.connection(), &scope, campaign).await?;
    let mut choices: Vec<Choice> = Rhythm::ALL
        .iter()
        .map(|r| Choice::new(r.code(), format!("上期（{}，截至{}24时）", r.label(), dates::month_day(r.last_report(today)))))
        .collect();
    choices.extend(
        kept.iter().map(|k| Choice::new(k.id.to_string(), format!("市级快照第{}号（{}）", k.number, dates::minute(k.made_at)))),
    );
    Ok((choices, kept))
}

/// Shows it.
pub async fn get(mut visit: Visit) -> Answer {
    visit.insist::<ReadCity>()?;
    let (choices, mut kept) = moments(&mut visit).await?;
    let chosen = visit.asked("since").unwrap_or(visit.campaign.rhythm().code()).to_owned();
    let at = kept.iter().position(|k| k.id.to_string() == chosen);
    let from = match (at, Rhythm::from_code(&chosen)) {
        (Some(at), _) => Since::Snapshot(Box::new(kept.swap_remove(at))),
        (None, Some(rhythm)) => Since::EndOf(rhythm.last_report(visit.today())),
        (None, None) => return Err(Error::NotFound),
    };
    let (app, scope, campaign, now) = (visit.app.clone(), visit.scope(), visit.campaign.clone(), visit.now());
    let moved = snapshots::since(&app.db, &scope, &campaign, &from, now).await?;
    let sum = |of: fn(&Moved) -> &Values| moved.iter().fold(Values::default(), |sum, m| sum.plus(of(m)));
    let (then, all) = (sum(|m| &m.then), sum(|m| &m.now));
    let live = campaign.live_date(visit.today());
    page(&ChangesPage {
        frame: visit.frame("上期以来变化"),
        heads: COMPARED.iter().map(|key| head(key)).collect(),
        total: COMPARED.iter().map(|key| snapshots::cell(&then, &all, key)).collect(),
        quiet: moved.iter().filter(|m| m.quiet()).map(|m| app.directory.name(m.county)).collect(),
        rows: moved.iter().map(|m| line(m, app.directory.name(m.county), live)).collect(),
        since: choices.iter().find(|c| c.value == chosen).map(|c| c.label.clone()).unwrap_or_default(),
        chosen,
        choices,
        rhythm: campaign.rhythm().label(),
    })
}

fn line(moved: &Moved, name: String, date: NaiveDate) -> Line {
    let cell = |key: &&'static str| {
        let (now, by) = moved.cell(key);
        (now, by, paths::figure(key, Some(moved.county), date))
    };
    Line {
        name,
        cells: COMPARED.iter().map(cell).collect(),
        quiet_days: moved.quiet_days,
        quiet: moved.quiet(),
        supervise: paths::with(paths::SUPERVISION_NEW, &[("late", &moved.county.to_string())]),
    }
}

impl ChangesPage {
    fn quiet_sentence(&self) -> String {
        format!("数据{QUIET_DAYS}日无变化的：{}。", self.quiet.join("、"))
    }
}
