//! Clocks of transfers to the police.

use super::clock::{Clock, after, basis, said};
use super::event::{Event, day_of};
use super::measures::{name, until_event};
use crate::calendar::Calendar;
use crate::ledger::Measure;
use crate::statutes::{Rule, limit};
use crate::vocabulary::{CaseEvent, ClockKind, MeasureKind, PoliceOutcome};
use chrono::NaiveDate;

/// The clocks of a transfer.
pub(super) fn clocks(m: &Measure, events: &[Event], calendar: &Calendar) -> Vec<Clock> {
    let found = match m.kind() {
        Some(MeasureKind::DetentionTransfer) => vec![detention(m, events, calendar), detention_reply(m)],
        Some(MeasureKind::CriminalTransfer) => vec![
            crime_decision(m, events, calendar),
            crime_handover(m, events, calendar),
            crime_reply(m, calendar),
            challenge(m, events, calendar),
        ],
        _ => Vec::new(),
    };
    found.into_iter().flatten().collect()
}

/// When the police have answered: not while they only have it on the table.
fn answered(m: &Measure) -> Option<NaiveDate> {
    m.police_on.filter(|_| m.police_outcome.as_deref() != Some(PoliceOutcome::Pending.code()))
}

fn detention(m: &Measure, events: &[Event], calendar: &Calendar) -> Option<Clock> {
    let decided = day_of(events, Some(m.id), CaseEvent::TransferDecided)?;
    let limit = limit(Rule::DetentionHandover, decided);
    let end = after(decided, limit.span, calendar);
    let mut clock = Clock::new(ClockKind::DetentionHandover, Some(m.id), name(m));
    clock.ends_on = Some(end);
    clock.done_on = m.decided_on;
    clock.reckoning = format!("移送行政拘留：{decided}作出移送决定，次日起{}，至{}。", limit.span.words(), said(end, decided));
    clock.basis = basis(limit, decided, "下一步：连同案件移送审批表、处罚决定书副本和证据清单移送公安机关，并登记移送日期。");
    clock.when_over = "移送期限已过，尚未登记移送日期。".to_owned();
    Some(clock)
}

/// The police's periods run from their own decision, which nobody here knows: so no last day.
fn detention_reply(m: &Measure) -> Option<Clock> {
    let handed = m.decided_on?;
    let mut clock = Clock::new(ClockKind::PoliceReply, Some(m.id), name(m));
    clock.done_on = answered(m);
    clock.reckoning = format!("公安机关答复：{handed}移送，尚无固定届满日。");
    clock.basis = "依据公治〔2014〕853号第十四、十五条：决定拘留的，3个工作日内送交决定书副本；不予拘留的，5个工作日内书面告知。\
                   下一步：收到后登记答复。"
        .to_owned();
    Some(clock)
}

fn crime_decision(m: &Measure, events: &[Event], calendar: &Calendar) -> Option<Clock> {
    let proposed = day_of(events, Some(m.id), CaseEvent::TransferProposed)?;
    let kinds = (ClockKind::CrimeDecision, CaseEvent::TransferDecided);
    let mut clock = until_event(m, events, calendar, kinds, (Rule::CrimeDecision, proposed));
    clock.done_on = clock.done_on.or(m.decided_on);
    let end = clock.ends_on?;
    clock.reckoning = format!("移送涉嫌犯罪审批：{proposed}提出书面报告，主要负责人3日内作出决定，至{}。", said(end, proposed));
    clock.basis.push_str("下一步：批准的，24小时内移送公安机关；不批准的，将理由记录在案。");
    clock.when_over = "移送审批期限已过，尚未登记移送决定。".to_owned();
    Some(clock)
}

/// Twenty-four hours; only the day is known.
fn crime_handover(m: &Measure, events: &[Event], calendar: &Calendar) -> Option<Clock> {
    let decided = day_of(events, Some(m.id), CaseEvent::TransferDecided)?;
    let limit = limit(Rule::CrimeHandover, decided);
    let end = after(decided, limit.span, calendar);
    let mut clock = Clock::new(ClockKind::CrimeHandover, Some(m.id), name(m));
    clock.ends_on = Some(end);
    clock.done_on = m.decided_on;
    clock.reckoning = format!("移送涉嫌犯罪：{decided}决定移送，24小时内移送公安机关，不晚于{}同一时刻。", said(end, decided));
    clock.basis = basis(limit, decided, "下一步：移送全部案卷材料，抄送同级人民检察院，并登记移送日期。");
    clock.when_over = "24小时移送期限已过，尚未登记移送日期。".to_owned();
    Some(clock)
}

fn crime_reply(m: &Measure, calendar: &Calendar) -> Option<Clock> {
    let handed = m.decided_on?;
    let limit = limit(Rule::CrimeReply, handed);
    let end = after(handed, limit.span, calendar);
    let mut clock = Clock::new(ClockKind::PoliceReply, Some(m.id), name(m));
    clock.ends_on = Some(end);
    clock.done_on = answered(m);
    clock.reckoning =
        format!("公安机关答复：{handed}移送，自接受案件起{}内决定是否立案，至{}。", limit.span.words(), said(end, handed));
    let next = "需要查证的7日，重大疑难复杂并经批准的30日。下一步：收到后登记答复；逾期未答复的，可以提请检察机关立案监督。";
    clock.basis = basis(limit, handed, next);
    clock.when_over = "公安机关3日答复期已过，尚未登记答复，请联系公安机关并核对是否属于7日、30日的情形。".to_owned();
    Some(clock)
}

fn challenge(m: &Measure, events: &[Event], calendar: &Calendar) -> Option<Clock> {
    let refused = m.police_outcome.as_deref() == Some(PoliceOutcome::CriminalRefused.code());
    let told = m.police_on.filter(|_| refused)?;
    let mut clock = until_event(m, events, calendar, (ClockKind::Challenge, CaseEvent::Challenged), (Rule::Challenge, told));
    let end = clock.ends_on?;
    clock.reckoning = format!("不予立案复议：{told}收到不予立案通知，3个工作日内可以提请复议，至{}。", said(end, told));
    clock.basis.push_str("下一步：认为应当立案的，向作出决定的公安机关提请复议，或者建议检察机关立案监督。");
    clock.when_over = "提请复议的期限已过；认为应当立案的，可以建议检察机关立案监督。".to_owned();
    Some(clock)
}
