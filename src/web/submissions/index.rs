//! `/submissions`: a county's own submissions and what to do next; for the city the thirteen bodies and what each has filed.

use crate::base::ability::{Enter, Review};
use crate::base::dates;
use crate::submissions::{self, Standing, State, Submission};
use crate::summary;
use crate::web::paths;
use crate::web::shell::{Answer, Frame, Visit, page};
use askama::Template;
use chrono::{DateTime, FixedOffset, Utc};

/// Days without a change after which the board says so.
const STALE_DAYS: i64 = 3;

/// A body on the board.
struct Body {
    name: String,
    check: String,
    state: &'static str,
    look: &'static str,
    href: Option<String>,
    round: String,
    correction: Option<Correction>,
    filed: String,
    punctuality: &'static str,
    annex_1: String,
    annex_2: String,
    summary: usize,
    scan: &'static str,
    scan_look: &'static str,
    left: String,
    late: bool,
    stale: Option<i64>,
    /// Filed or received: nothing to be asked for.
    in_hand: bool,
    remind: String,
    behalf: String,
    deadline: String,
    supervise: String,
}

/// A 更正版 beside the submission that counts.
struct Correction {
    href: String,
    title: String,
    state: &'static str,
    look: &'static str,
}

impl Correction {
    fn of(s: &Submission) -> Self {
        Self { href: paths::submission(s.id), title: s.title(), state: s.state().label(), look: s.state().look() }
    }
}

#[derive(Template)]
#[template(path = "submissions/board.html")]
struct BoardPage {
    frame: Frame,
    bodies: Vec<Body>,
    tally: String,
    may_review: bool,
}

#[derive(Template)]
#[template(path = "submissions/own.html")]
struct OwnPage {
    frame: Frame,
    rounds: Vec<Submission>,
    due: String,
    reason: Option<String>,
    next: &'static str,
    may_enter: bool,
    data_date: String,
}

impl OwnPage {
    fn moment(&self, at: &Option<DateTime<Utc>>) -> String {
        at.map(dates::minute).unwrap_or_default()
    }

    fn instant(&self, at: &DateTime<Utc>) -> String {
        dates::minute(*at)
    }

    fn current(&self) -> Option<&Submission> {
        self.rounds.iter().find(|s| !matches!(s.state(), State::Void | State::Withdrawn))
    }
}

/// Shows it.
pub async fn get(mut visit: Visit) -> Answer {
    if visit.viewer.actor.role.of_a_county() { own(&mut visit).await } else { board(&mut visit).await }
}

async fn own(visit: &mut Visit) -> Answer {
    let (scope, county, campaign) = (visit.scope(), visit.viewer.actor.county, visit.campaign.clone());
    let rounds = submissions::of_county(visit.connection(), &scope, county, campaign.id).await?;
    let due = submissions::deadline(visit.connection(), &scope, county, &campaign).await?;
    let next = match rounds.iter().find(|s| !matches!(s.state(), State::Void | State::Withdrawn)).map(Submission::state) {
        None => "尚未定稿。请先核对，再定稿、上报。",
        Some(State::HandedOver) => "已定稿，待签发上报。",
        Some(State::Filed) => "已上报，待市局审核。",
        Some(State::Returned) => "市局已退回。请逐条答复并修改数据，重新定稿上报。",
        Some(State::AcceptedOpen) => "市局已带问题接收。请在期限内逐条答复、整改。",
        Some(State::Accepted) => "市局已接收。如需更正，请修改数据后申请更正。",
        Some(State::Void | State::Withdrawn) => "",
    };
    page(&OwnPage {
        frame: visit.frame("报送"),
        rounds,
        due: dates::deadline(due.at),
        reason: due.reason,
        next,
        may_enter: visit.may::<Enter>(),
        data_date: dates::long(super::data_date(visit)),
    })
}

async fn board(visit: &mut Visit) -> Answer {
    let (scope, campaign, now) = (visit.scope(), visit.campaign.clone(), visit.now());
    let date = super::data_date(visit);
    let standings = submissions::board(visit.connection(), &scope, &campaign, date).await?;
    let tally = tally(&standings, now, &visit.app.directory);
    let mut bodies = Vec::new();
    let directory = visit.app.directory.clone();
    for standing in standings {
        let asked = summary::Asked {
            county: standing.county,
            campaign: &campaign,
            date,
            signed_on: now.date_naive(),
            directory: &directory,
        };
        let prose = summary::read(visit.connection(), &scope, &asked).await?;
        bodies.push(body(visit, standing, summary::gaps(&prose).len(), now));
    }
    page(&BoardPage { frame: visit.frame("报送进度"), bodies, tally, may_review: visit.may::<Review>() })
}

/// 「截至6月28日17时30分：已接收9个，已上报待审2个，未报2个（沁县、壶关县）。」
fn tally(standings: &[Standing], now: DateTime<FixedOffset>, directory: &crate::counties::Directory) -> String {
    let of = |wanted: &[State]| {
        standings.iter().filter(|s| s.submission.as_ref().is_some_and(|x| wanted.contains(&x.state()))).count()
    };
    let missing =
        standings.iter().filter(|s| !s.submission.as_ref().is_some_and(|x| x.state().received() || x.state() == State::Filed));
    let names: Vec<String> = missing.map(|s| directory.name(s.county)).collect();
    let named =
        if names.is_empty() || names.len() == standings.len() { String::new() } else { format!("（{}）", names.join("、")) };
    format!(
        "截至{}：已接收{}个，已上报待审{}个，未报{}个{named}。",
        dates::instant_long(now),
        of(&[State::Accepted, State::AcceptedOpen]),
        of(&[State::Filed]),
        names.len()
    )
}

fn body(visit: &Visit, standing: Standing, gaps: usize, now: DateTime<FixedOffset>) -> Body {
    let Standing { county, values, submission, correction, deadline, changed_at } = standing;
    let filed = submission.as_ref().is_some_and(|s| s.state() == State::Filed || s.state().received());
    let (state, look) = match &submission {
        Some(s) => (s.state().label(), s.state().look()),
        None if changed_at.is_none() => ("未填报", "idle"),
        None => ("填报中", "busy"),
    };
    let (scan, scan_look) = match &submission {
        Some(s) if s.scan_id.is_some() => ("已上传", "ok"),
        Some(s) if s.owes_scan() => ("未上传", "warn"),
        _ => ("—", "idle"),
    };
    let stale = changed_at.map(|at| (now.to_utc() - at).num_days()).filter(|days| *days >= STALE_DAYS && !filed);
    Body {
        name: visit.app.directory.name(county),
        check: paths::with(paths::SUBMISSIONS_CHECK, &[("county", &county.to_string())]),
        state,
        look,
        href: submission.as_ref().map(|s| paths::submission(s.id)),
        round: submission.as_ref().map(Submission::title).unwrap_or_default(),
        correction: correction.as_ref().map(Correction::of),
        filed: submission.as_ref().and_then(|s| s.filed_at).map(dates::minute).unwrap_or_default(),
        punctuality: submission.as_ref().map_or("", Submission::punctuality),
        annex_1: format!("{}/{}", values.shown("inspected"), values.shown("owed")),
        annex_2: values.shown("ledger"),
        summary: gaps,
        scan,
        scan_look,
        left: if filed { String::new() } else { dates::remaining(now, deadline.at) },
        late: !filed && now >= deadline.at,
        stale,
        in_hand: filed,
        remind: paths::submission_of(county, "remind"),
        behalf: paths::submission_of(county, "behalf"),
        deadline: paths::submission_of(county, "deadline"),
        supervise: paths::supervise("late", &county.to_string()),
    }
}
