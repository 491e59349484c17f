//! `/submissions/{id}`: one submission: where it stands, its files, what the city says, and what changed since.

use crate::base::ability::{Download, Enter, File, Review};
use crate::base::dates;
use crate::figures;
use crate::submissions::{self, Move, Remark, Settled, State, Submission};
use crate::web::paths;
use crate::web::shell::{Answer, Form, Frame, Path, Visit, page_with};
use askama::Template;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "submissions/show.html")]
struct SubmissionPage {
    frame: Frame,
    form: Form,
    s: Submission,
    county: String,
    figures: Vec<(String, String)>,
    remarks: Vec<Remark>,
    settled: Vec<Settled>,
    changes: usize,
    previous: Option<Submission>,
    moves: Vec<Move>,
    may_answer: bool,
    may_download: bool,
    may_scan: bool,
    may_remark: bool,
    may_excuse: bool,
    may_speak_on_behalf: bool,
    mend_within: i32,
}

impl SubmissionPage {
    fn moment(&self, at: &Option<DateTime<Utc>>) -> String {
        at.map(dates::minute).unwrap_or_default()
    }

    fn instant(&self, at: &DateTime<Utc>) -> String {
        dates::minute(*at)
    }

    fn may(&self, wanted: Move) -> bool {
        self.moves.contains(&wanted)
    }

    fn act(&self, act: &str) -> String {
        paths::submission_act(self.s.id, act)
    }

    fn file(&self, kind: &str) -> String {
        paths::submission_file(self.s.id, kind)
    }

    fn open_remarks(&self) -> usize {
        self.remarks.iter().filter(|r| r.answer.is_none()).count()
    }
}

/// What is shown of the figures.
const SHOWN: [&str; 12] =
    ["units", "owed", "inspected", "own", "problems", "finished", "verified", "overdue", "ledger", "filed", "fine", "exposed"];

/// Shows it.
pub async fn get(mut visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let s = super::find(&mut visit, id).await?;
    let form = visit.form(visit.cells());
    shown(&mut visit, StatusCode::OK, form, s).await
}

/// The page of a submission, with a form that may have come back.
pub(super) async fn shown(visit: &mut Visit, status: StatusCode, form: Form, s: Submission) -> Answer {
    let scope = visit.scope();
    let remarks = submissions::remarks(visit.connection(), &scope, &s).await?;
    let changes = match s.state() {
        State::Void | State::Withdrawn => 0,
        _ => submissions::since_filed(visit.connection(), &scope, &s).await?.len(),
    };
    let rounds = submissions::of_county(visit.connection(), &scope, s.county_id, s.campaign_id).await?;
    let previous = rounds.into_iter().find(|p| p.round < s.round && !matches!(p.state(), State::Void | State::Withdrawn));
    let actor = visit.viewer.actor.clone();
    let paper = visit.campaign.paper_signature;
    let mine = |m: &Move| {
        let there = m.from() == s.state() && m.allowed(&actor, paper);
        there
            && match m {
                Move::Withdraw => s.opened_at.is_none() && s.filed_account == Some(actor.account),
                Move::Open => s.opened_at.is_none(),
                Move::Return | Move::Accept | Move::AcceptOpen => s.opened_at.is_some(),
                Move::TakeBack | Move::File => true,
            }
    };
    let values = s.values();
    let figure = |key: &&'static str| {
        let figure = figures::figure(key)?;
        let unit = if figure.unit == "万元" { "（万元）" } else { "" };
        Some((format!("{}{unit}", figure.label), values.shown(key)))
    };
    let shown = SubmissionPage {
        frame: visit.frame(s.title()),
        form,
        county: visit.app.directory.name(s.county_id),
        figures: SHOWN.iter().filter_map(figure).collect(),
        settled: s.settled(),
        changes,
        previous,
        moves: Move::ALL.into_iter().filter(mine).collect(),
        may_answer: visit.may_in::<Enter>(s.county_id),
        may_download: visit.may::<Download>(),
        may_scan: visit.may_in::<File>(s.county_id) && !matches!(s.state(), State::Void | State::Withdrawn | State::HandedOver),
        may_remark: visit.may::<Review>() && s.state() == State::Filed,
        may_excuse: visit.may::<Review>() && s.late && s.filed_at.is_some(),
        may_speak_on_behalf: s.way.as_deref() == Some("city") && s.county_answer.is_none() && visit.may_in::<Enter>(s.county_id),
        mend_within: visit.campaign.mend_within_days,
        remarks,
        s,
    };
    page_with(status, &shown)
}
