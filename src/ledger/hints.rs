//! Sentences beside a case. They advise and never decide; nothing here refuses anything.

use super::case::{Case, CaseFile};
use super::grounds::CaseProblem;
use super::measure::Measure;
use super::reckoning::{RECHECK_DAYS, reckon};
use crate::base::Money;
use crate::vocabulary::{Discretion, Kind, MeasureKind};
use chrono::{Days, Months};

/// One sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// What it says.
    pub text: String,
    /// Whether something should be looked at; else it is for information.
    pub remind: bool,
}

impl Hint {
    fn remind(text: impl Into<String>) -> Self {
        Self { text: text.into(), remind: true }
    }

    fn inform(text: impl Into<String>) -> Self {
        Self { text: text.into(), remind: false }
    }
}

/// On leniency (行政处罚法第27条); not for kinds to be dealt with severely.
pub const LENIENCY: &str = "自查发现并主动改正，可作为裁量情节。从轻、减轻须具备行政处罚法第27条第1款情形；不予处罚须同时具备违法行为轻微、\
                            及时纠正、没有造成危害后果。由承办人审查，法规审核。";

/// Of kinds that the notice wants dealt with severely; never 「应高限处罚」.
pub const SEVERE: &str = "属通知要求从严查处的情形。";

/// All sentences of a case, those of its measures included. What runs out on a day is said by its clock (`clocks`).
pub fn hints(file: &CaseFile) -> Vec<Hint> {
    let case = &file.case;
    let severe = file.problems.iter().filter_map(CaseProblem::kind).any(|k| k.severe);
    let mut all: Vec<Hint> = [decision(case, severe), fine(case, &file.problems), exposure(case), leniency(file, severe)]
        .into_iter()
        .flatten()
        .collect();
    all.extend(cautions(file));
    all.extend(halt(file));
    all.extend(file.measures.iter().flat_map(|m| hints_of_measure(m, case)));
    all
}

fn decision(case: &Case, severe: bool) -> Option<Hint> {
    let reason = case.discretion_reason.is_some() || case.other_measures.is_some();
    let bare = case.decided_on.is_some() && case.fine_fen.unwrap_or(0) == 0 && !reason;
    (severe && bare).then(|| Hint::remind(format!("处罚决定未登记罚款金额，也未写明理由，请补充。{SEVERE}")))
}

/// A fine outside what the articles of its problems give; several problems of one decision may add up.
fn fine(case: &Case, problems: &[CaseProblem]) -> Option<Hint> {
    let fine = case.fine().filter(|f| f.fen() > 0)?;
    if case.weight() == Some(Discretion::Mitigated) {
        return None;
    }
    let kinds: Vec<&Kind> = problems.iter().map(CaseProblem::kind).collect::<Option<_>>()?;
    let ranges: Vec<_> = kinds.iter().map(|k| k.usual_fine.as_ref()).collect::<Option<_>>()?;
    let low = ranges.iter().map(|r| *r.start()).min()?;
    let high: i64 = ranges.iter().map(|r| *r.end()).sum();
    let range = format!("{}至{}", Money::from_fen(low).compact(), Money::from_fen(high).compact());
    let outside = !(low..=high).contains(&fine.fen());
    outside.then(|| {
        Hint::remind(format!("罚款{}，不在所列违法行为类型的常见幅度（{range}）内，请核对金额单位和适用条款。", fine.compact()))
    })
}

fn exposure(case: &Case) -> Option<Hint> {
    (case.exposed_on.is_some() && case.decided_on.is_none())
        .then(|| Hint::remind("已登记曝光，但没有处罚决定，请核对；决定前对外表述应为“涉嫌”，且不点名。"))
}

fn leniency(file: &CaseFile, severe: bool) -> Option<Hint> {
    let own = file.problems.iter().any(|p| p.source().own_finding());
    (own && !severe && file.case.closed_on.is_none()).then(|| Hint::inform(LENIENCY))
}

/// What the law asks to be looked at before a case of these kinds is decided, each once.
fn cautions(file: &CaseFile) -> Vec<Hint> {
    let case = &file.case;
    if case.decided_on.is_some() || case.not_filed_on.is_some() || case.closed_on.is_some() {
        return Vec::new();
    }
    let mut said: Vec<&str> = file.problems.iter().filter_map(CaseProblem::kind).map(|k| k.caution).collect();
    said.retain(|caution| !caution.is_empty());
    said.sort_unstable();
    said.dedup();
    said.into_iter().map(Hint::remind).collect()
}

impl CaseFile {
    /// The measures that the page proposes: no halt where the public would be hit (令30〔2014〕第七条). It can still be
    /// recorded where it was decided.
    pub fn proposed(&self) -> Vec<MeasureKind> {
        let utility = self.problems.iter().any(CaseProblem::of_public_utility);
        let fits = |kind: &MeasureKind| !(utility && *kind == MeasureKind::ProductionHalt);
        MeasureKind::ALL.iter().copied().filter(fits).collect()
    }
}

fn halt(file: &CaseFile) -> Option<Hint> {
    let halted = file.measures.iter().any(|m| m.kind() == Some(MeasureKind::ProductionHalt) && !m.lifted());
    let utility = file.problems.iter().any(CaseProblem::of_public_utility);
    (halted && utility).then(|| {
        Hint::remind("污水处理、集中供热、危险废物处置等公共设施的运营单位，可以不予停产整治（令30〔2014〕第七条），请核对是否影响基本民生。")
    })
}

/// The sentences of one measure.
pub fn hints_of_measure(measure: &Measure, case: &Case) -> Vec<Hint> {
    match measure.kind() {
        Some(MeasureKind::DailyPenalty) => daily_penalty(measure, case),
        Some(MeasureKind::Sealing | MeasureKind::Detaining) => seizure(measure),
        Some(MeasureKind::ProductionLimit) => production_limit(measure),
        Some(MeasureKind::DetentionTransfer) => detention(measure, case),
        Some(MeasureKind::CriminalTransfer) => persons(measure).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn daily_penalty(m: &Measure, case: &Case) -> Vec<Hint> {
    let mut hints = Vec::new();
    if let (Some(fine), Some(reckoned)) = (m.original_fine(), reckon(m.original_fine(), m.order_served_on, m.recheck_on)) {
        hints.push(Hint::inform(format!("按日连续处罚测算：{}", reckoned.words(fine))));
        if m.amount().is_some_and(|amount| amount != reckoned.amount) {
            hints.push(Hint::remind("按日连续处罚决定金额与测算不一致，请核对；以决定书为准。"));
        }
    }
    let limit = m.order_served_on.map(|served| served + Days::new(RECHECK_DAYS));
    if matches!((m.recheck_on, limit), (Some(recheck), Some(limit)) if recheck > limit) {
        hints.push(Hint::remind("已过30日复查期，请报法规科研究。"));
    }
    if case.decided_on.is_none() || matches!((m.decided_on, case.decided_on), (Some(daily), Some(first)) if daily < first) {
        hints.push(Hint::remind("按日连续处罚决定应在原处罚决定之后作出（令28第七条），请核对原处罚决定日期。"));
    }
    hints
}

/// 令29第十五条: thirty days, once extended by thirty at most; testing and appraisal stand outside (行政强制法第二十五条).
fn seizure(m: &Measure) -> Vec<Hint> {
    let mut hints = Vec::new();
    if let (Some(from), Some(until)) = (m.from_on, m.ends_on()) {
        let most = if m.extended_until.is_some() { 60 } else { 30 };
        if (until - from).num_days() > most {
            hints.push(Hint::remind(format!(
                "{}期限超过{most}日，请核对；检测、检验、鉴定期间不计入（行政强制法第二十五条）。",
                m.kind_label()
            )));
        }
    }
    hints
}

/// 令30〔2014〕第十五条: three months, once extended by three at most.
fn production_limit(m: &Measure) -> Vec<Hint> {
    let months = if m.extended_until.is_some() { 6 } else { 3 };
    let over = matches!((m.from_on, m.ends_on()), (Some(from), Some(until)) if until > from + Months::new(months));
    let long = over.then(|| Hint::remind(format!("限制生产期限超过{months}个月，请核对（令30〔2014〕第十五条）。")));
    long.into_iter().collect()
}

fn detention(m: &Measure, case: &Case) -> Vec<Hint> {
    let undecided = case.decided_on.is_none();
    let prior = undecided.then(|| Hint::remind("移送行政拘留一般应在作出行政处罚决定之后（公治〔2014〕853号第二条），请核对。"));
    prior.into_iter().chain(persons(m)).collect()
}

fn persons(m: &Measure) -> Option<Hint> {
    let none = m.persons == Some(0);
    let more = matches!((m.detained_persons, m.persons), (Some(detained), Some(sent)) if detained > sent);
    if none {
        Some(Hint::remind(format!("{}登记为0人，件数应不多于人数，请核对；人数不明的请留空。", m.kind_label())))
    } else {
        more.then(|| Hint::remind("公安决定拘留人数多于移送人数，请核对。"))
    }
}
