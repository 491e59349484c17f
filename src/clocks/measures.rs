//! Clocks of daily penalties, seizures, limited and halted production.

use super::clock::{Clock, after, basis, day_off, pauses, said};
use super::event::{Event, day_of, of};
use crate::calendar::Calendar;
use crate::ledger::{Measure, reckon};
use crate::statutes::{Rule, Span, limit};
use crate::vocabulary::{CaseEvent, ClockKind, MeasureKind};
use chrono::{Days, NaiveDate};

/// What a measure is called in a sentence: its kind, with its number where it has one.
pub(super) fn name(measure: &Measure) -> String {
    match &measure.number {
        Some(number) => format!("{}（{number}）", measure.kind_label()),
        None => measure.kind_label().to_owned(),
    }
}

/// The clocks of one measure; transfers have their own file.
pub(super) fn clocks(measure: &Measure, events: &[Event], calendar: &Calendar) -> Vec<Clock> {
    let own: Vec<&Event> = of(events, Some(measure.id)).collect();
    let found = match measure.kind() {
        Some(MeasureKind::DailyPenalty) => vec![recheck(measure, calendar)],
        Some(MeasureKind::Sealing | MeasureKind::Detaining) => {
            vec![seizure(measure, &own, calendar), lifting_service(measure, events, calendar)]
        }
        Some(MeasureKind::ProductionLimit) => vec![
            production_limit(measure, calendar),
            plan(measure, events, calendar),
            completion(measure, events, calendar),
            tracking(measure, events, calendar),
        ],
        Some(MeasureKind::ProductionHalt) => vec![
            halt(measure),
            plan(measure, events, calendar),
            completion(measure, events, calendar),
            tracking(measure, events, calendar),
        ],
        _ => Vec::new(),
    };
    found.into_iter().flatten().collect()
}

/// From service of the order to correct to the re-check; with the re-check, the days and the amount beside it.
fn recheck(m: &Measure, calendar: &Calendar) -> Option<Clock> {
    let served = m.order_served_on?;
    let limit = limit(Rule::Recheck, served);
    let end = after(served, limit.span, calendar);
    let mut clock = Clock::new(ClockKind::Recheck, Some(m.id), name(m));
    clock.ends_on = Some(end);
    // A re-check after the thirtieth day does not close the matter: the legal office must look at it.
    clock.done_on = m.recheck_on.filter(|on| *on <= end).or(m.recheck_on.and(m.decided_on));
    clock.reckoning = format!(
        "按日连续处罚：责令改正决定书{served}送达，次日起{}内复查，至{}{}。",
        limit.span.words(),
        said(end, served),
        day_off(end, calendar)
    );
    let next = "下一步：以暗查方式复查；仍违法排放的，按日连续处罚并再次责令改正、再次复查；已改正的不予按日连续处罚。";
    clock.basis = basis(limit, served, next);
    if let (Some(fine), Some(reckoned)) = (m.original_fine(), reckon(m.original_fine(), Some(served), m.recheck_on)) {
        clock.reckoning.push_str(&reckoned.words(fine));
    }
    clock.when_over = "已过30日复查期，请报法规科研究。".to_owned();
    if m.decided_on.is_none() && m.recheck_on.is_some_and(|on| on <= end) {
        // Looked at in time and not decided yet: the reckoning stays in sight until it is, and no day runs out.
        clock.done_on = None;
        clock.ends_on = None;
        let next = "下一步：作出按日连续处罚决定，登记决定日期和金额；仍违法排放的，再次责令改正、再次复查。";
        clock.basis = basis(limit, served, next);
    }
    Some(clock)
}

/// Thirty days, once extended; testing and appraisal stand outside.
fn seizure(m: &Measure, own: &[&Event], calendar: &Calendar) -> Option<Clock> {
    let from = m.from_on.or(m.served_on).or(m.decided_on)?;
    let extended = m.extended_until.is_some();
    let limit = limit(if extended { Rule::SeizureExtension } else { Rule::Seizure }, from);
    let out = pauses(own, CaseEvent::Appraisal);
    let most = from + Days::new(if extended { 60 } else { 30 } + out.days);
    let end = m.ends_on().map_or(most, |decided| (decided + Days::new(out.days)).min(most));
    let mut clock = Clock::new(ClockKind::Seizure, Some(m.id), name(m));
    clock.done_on = m.lifted_on;
    clock.paused = out.open.is_some();
    clock.ends_on = Some(end).filter(|_| out.open.is_none());
    let term = if extended { "30日，延长30日" } else { "30日" };
    clock.reckoning = match out.open {
        Some(since) => {
            format!("{}：自{from}起，不超过{term}{}；{since}起检测、检验、鉴定，期间不计入。", m.kind_label(), out.words)
        }
        None if end < most => format!(
            "{}：按决定书载明的期限{}，至{}届满{}；自{from}起，法定不超过{term}（首日不计），最长至{}。",
            m.kind_label(),
            out.words,
            said(end, from),
            day_off(end, calendar),
            said(most, from),
        ),
        None => format!(
            "{}：自{from}起，不超过{term}（首日不计）{}，至{}届满{}。",
            m.kind_label(),
            out.words,
            said(end, from),
            day_off(end, calendar)
        ),
    };
    let next = if extended {
        "下一步：期限届满应即解除，不得再延长。"
    } else {
        "下一步：期满前决定解除；情况复杂需要延长的，经负责人批准并书面告知，最多延长30日，限一次。"
    };
    clock.basis = basis(limit, from, next);
    clock.when_over = format!("{}期限已于{end}届满，尚未登记解除。", m.kind_label());
    Some(clock)
}

fn lifting_service(m: &Measure, events: &[Event], calendar: &Calendar) -> Option<Clock> {
    let lifted = m.lifted_on?;
    let mut clock =
        until_event(m, events, calendar, (ClockKind::LiftingService, CaseEvent::LiftingServed), (Rule::LiftingService, lifted));
    let end = clock.ends_on?;
    clock.reckoning = format!("解除{}：{lifted}作出解除决定，3个工作日内送达，至{}。", m.kind_label(), said(end, lifted));
    clock.basis.push_str("下一步：送达解除决定书，并登记送达日期。");
    clock.when_over = "解除决定的送达期限已过，尚未登记送达。".to_owned();
    Some(clock)
}

/// Three months, once extended.
fn production_limit(m: &Measure, calendar: &Calendar) -> Option<Clock> {
    let from = m.served_on.or(m.from_on).or(m.decided_on)?;
    let extended = m.extended_until.is_some();
    let limit = limit(if extended { Rule::ProductionLimitExtension } else { Rule::ProductionLimit }, from);
    let most = after(from, Span::Months(if extended { 6 } else { 3 }), calendar);
    let end = m.ends_on().map_or(most, |decided| decided.min(most));
    let mut clock = Clock::new(ClockKind::ProductionLimit, Some(m.id), name(m));
    clock.ends_on = Some(end);
    clock.done_on = m.lifted_on;
    let term = if extended { "3个月，延长3个月" } else { "3个月" };
    clock.reckoning = format!("限制生产：自{from}起，不超过{term}，至{}届满{}。", said(end, from), day_off(end, calendar));
    let next = if extended {
        "下一步：期满解除；仍超标的，可以责令停产整治。"
    } else {
        "下一步：期满前决定解除；情况复杂的，经负责人批准可以延长，最多3个月，限一次。"
    };
    clock.basis = basis(limit, from, next);
    clock.when_over = format!("限制生产期限已于{end}届满，尚未登记解除。");
    Some(clock)
}

/// From service until it is lifted: the law sets no last day.
fn halt(m: &Measure) -> Option<Clock> {
    let from = m.served_on.or(m.from_on).or(m.decided_on)?;
    let limit = limit(Rule::ProductionHalt, from);
    let mut clock = Clock::new(ClockKind::ProductionHalt, Some(m.id), name(m));
    clock.done_on = m.lifted_on;
    clock.reckoning = format!("停产整治：自{from}起至解除之日，无固定期限，不计算届满日。");
    clock.basis = basis(limit, from, "下一步：督促报备整改方案；整改完成并报备的，决定自报备之日起解除。");
    Some(clock)
}

fn plan(m: &Measure, events: &[Event], calendar: &Calendar) -> Option<Clock> {
    let served = m.served_on.or(m.from_on).or(m.decided_on)?;
    let mut clock = until_event(m, events, calendar, (ClockKind::Plan, CaseEvent::PlanFiled), (Rule::Plan, served));
    clock.done_on = clock.done_on.or(m.lifted_on);
    let end = clock.ends_on?;
    clock.reckoning = format!("整改方案：决定书{served}送达，15个工作日内报备并向社会公开，至{}。", said(end, served));
    clock.basis.push_str("方案应有改正措施、工程进度、资金保障、责任人员。下一步：收到方案后登记报备日期。");
    clock.when_over = "整改方案报备期限已过，尚未登记报备，请督促。".to_owned();
    Some(clock)
}

fn completion(m: &Measure, events: &[Event], calendar: &Calendar) -> Option<Clock> {
    let rectified = day_of(events, Some(m.id), CaseEvent::Rectified)?;
    let mut clock =
        until_event(m, events, calendar, (ClockKind::Completion, CaseEvent::CompletionFiled), (Rule::Completion, rectified));
    let end = clock.ends_on?;
    clock.reckoning = format!("整改完成报备：{rectified}完成整改任务，15个工作日内报备，至{}。", said(end, rectified));
    clock
        .basis
        .push_str("应附监测报告，整改期间的用电量、用水量、主要产品产量。决定自报备之日起解除。下一步：登记报备和解除日期。");
    clock.when_over = "整改完成报备期限已过，尚未登记报备，请督促。".to_owned();
    Some(clock)
}

fn tracking(m: &Measure, events: &[Event], calendar: &Calendar) -> Option<Clock> {
    let lifted = m.lifted_on?;
    let mut clock = until_event(m, events, calendar, (ClockKind::Tracking, CaseEvent::Tracked), (Rule::Tracking, lifted));
    let end = clock.ends_on?;
    clock.reckoning =
        format!("跟踪检查：{lifted}解除，次日起30日内跟踪检查，至{}{}。", said(end, lifted), day_off(end, calendar));
    clock.basis.push_str("下一步：对整改情况进行跟踪检查，并登记日期。");
    clock.when_over = "解除后30日内的跟踪检查尚未登记。".to_owned();
    Some(clock)
}

/// A clock of a measure that one event stops.
pub(super) fn until_event(
    m: &Measure,
    events: &[Event],
    calendar: &Calendar,
    (kind, stops): (ClockKind, CaseEvent),
    (rule, from): (Rule, NaiveDate),
) -> Clock {
    let limit = limit(rule, from);
    let mut clock = Clock::new(kind, Some(m.id), name(m));
    clock.ends_on = Some(after(from, limit.span, calendar));
    clock.done_on = day_of(events, Some(m.id), stops);
    clock.owed = Some(stops);
    clock.basis = basis(limit, from, "");
    clock
}
