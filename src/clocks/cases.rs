//! Clocks of the case itself: filing, decision, payment, reminder, enforcement by the court.

use super::clock::{Clock, after, basis, pauses, said};
use super::event::{Event, day_of, of};
use crate::calendar::Calendar;
use crate::ledger::{Case, CaseFile, CaseProblem, SEVERE};
use crate::statutes::{Rule, limit};
use crate::vocabulary::{CaseEvent, ClockKind};
use chrono::{Days, NaiveDate};

/// All of them, in order.
pub(super) fn clocks(file: &CaseFile, events: &[Event], calendar: &Calendar) -> Vec<Clock> {
    let served = day_of(events, None, CaseEvent::DecisionServed);
    [
        filing(file, calendar),
        decision(&file.case, events, calendar),
        payment(&file.case, events, served, calendar),
        demand(events, calendar),
        court(&file.case, events, served),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// From the clue to 立案 or 不予立案.
fn filing(file: &CaseFile, calendar: &Calendar) -> Option<Clock> {
    let case = &file.case;
    let clue = case.clue_received_on.or_else(|| file.problems.iter().filter_map(CaseProblem::clue_day).min())?;
    let limit = limit(Rule::Filing, clue);
    let end = after(clue, limit.span, calendar);
    let severe = file.problems.iter().filter_map(CaseProblem::kind).any(|k| k.severe);
    let mut clock = Clock::new(ClockKind::Filing, None, "案件");
    clock.ends_on = Some(end);
    clock.done_on = case.case_filed_on.or(case.not_filed_on).or(case.decided_on);
    clock.reckoning = format!("立案审查：{clue}收到线索，次日起{}，至{}。", limit.span.words(), said(end, clue));
    clock.basis = basis(limit, clue, "下一步：审查后决定立案或者不予立案，并登记日期和理由。");
    let more = if severe { SEVERE } else { "" };
    clock.when_over = format!("自{clue}起已满7个工作日，尚未登记立案或不予立案。{more}");
    Some(clock)
}

/// From 立案 to the decision, without the time that does not count.
fn decision(case: &Case, events: &[Event], calendar: &Calendar) -> Option<Clock> {
    let filed = case.case_filed_on?;
    let limit = limit(Rule::Decision, filed);
    let own: Vec<&Event> = of(events, None).collect();
    let out = pauses(&own, CaseEvent::Excluded);
    // A period of procedure that would end on a day off ends on the next working day (部令第8号第七十九条).
    let end = calendar.working_day_from(after(filed, limit.span, calendar) + Days::new(out.days));
    let mut clock = Clock::new(ClockKind::Decision, None, "案件");
    clock.done_on = case.decided_on.or(case.closed_on);
    clock.paused = out.open.is_some();
    clock.ends_on = Some(end).filter(|_| out.open.is_none());
    clock.reckoning = match out.open {
        Some(since) => format!("办案期限：{filed}立案，{}{}；{since}起不计入期限，尚未结束。", limit.span.words(), out.words),
        None => format!("办案期限：{filed}立案，{}{}，至{}。", limit.span.words(), out.words, said(end, filed)),
    };
    let next = "听证、公告、监测、鉴定、送达等时间不计入。下一步：期满前作出决定。";
    clock.basis = basis(limit, filed, next);
    clock.when_over = "已超过办案期限，尚未登记处罚决定。有不计入期限的时间，请先登记后再核对。".to_owned();
    Some(clock)
}

fn fined(case: &Case) -> bool {
    case.fine_fen.is_some_and(|fen| fen > 0)
}

/// From service of the decision to payment.
fn payment(case: &Case, events: &[Event], served: Option<NaiveDate>, calendar: &Calendar) -> Option<Clock> {
    let decided = case.decided_on.filter(|_| fined(case))?;
    let limit = limit(Rule::Payment, decided);
    let mut clock = Clock::new(ClockKind::Payment, None, "案件");
    clock.done_on = day_of(events, None, CaseEvent::Paid).or(case.closed_on);
    let next = "下一步：逾期不缴的，可以依法加处罚款，数额不得超过罚款本数（行政强制法第四十五条）。";
    clock.basis = basis(limit, decided, next);
    let Some(served) = served else {
        clock.owed = Some(CaseEvent::DecisionServed);
        return Some(clock);
    };
    let end = calendar.working_day_from(after(served, limit.span, calendar));
    clock.ends_on = Some(end);
    clock.owed = Some(CaseEvent::Paid);
    clock.reckoning = format!("缴纳期限：决定书{served}送达，次日起{}，至{}。", limit.span.words(), said(end, served));
    clock.when_over = format!("缴纳期限已于{end}届满，尚未登记罚款缴清。");
    Some(clock)
}

/// Ten working days after the reminder: only then may the court be asked.
fn demand(events: &[Event], calendar: &Calendar) -> Option<Clock> {
    let served = day_of(events, None, CaseEvent::DemandServed)?;
    let limit = limit(Rule::Demand, served);
    let end = after(served, limit.span, calendar);
    let mut clock = Clock::new(ClockKind::Demand, None, "案件");
    clock.ends_on = Some(end);
    let performed = day_of(events, None, CaseEvent::Paid).or(day_of(events, None, CaseEvent::CourtApplied));
    clock.done_on = performed;
    clock.owed = Some(CaseEvent::CourtApplied);
    clock.reckoning = format!("催告：催告书{served}送达，次日起{}，至{}。", limit.span.words(), said(end, served));
    clock.basis = basis(limit, served, "下一步：期满仍未履行，且起诉期限已届满的，可以申请人民法院强制执行。");
    clock.when_over = "催告期已满，尚未登记履行或者申请强制执行，请核对申请期限。".to_owned();
    Some(clock)
}

/// Three months from the end of the time for a lawsuit.
fn court(case: &Case, events: &[Event], served: Option<NaiveDate>) -> Option<Clock> {
    let served = served.filter(|_| fined(case))?;
    let (paid, applied) = (day_of(events, None, CaseEvent::Paid), day_of(events, None, CaseEvent::CourtApplied));
    if paid.is_some() || (case.closed_on.is_some() && applied.is_none()) {
        return None;
    }
    let (lawsuit, limit) = (limit(Rule::Lawsuit, served), limit(Rule::Court, served));
    let no_calendar = Calendar::default();
    let open_until = after(served, lawsuit.span, &no_calendar);
    let end = after(open_until, limit.span, &no_calendar);
    let mut clock = Clock::new(ClockKind::Court, None, "案件");
    clock.done_on = applied;
    clock.owed = Some(CaseEvent::CourtApplied);
    if let Some(appealed) = day_of(events, None, CaseEvent::Appealed) {
        clock.reckoning = format!("申请强制执行：当事人{appealed}申请复议或提起诉讼，起算日期随复议、诉讼结果另定。");
        clock.basis = basis(limit, served, "下一步：请报法规科研究起算日期。");
        return Some(clock);
    }
    clock.ends_on = Some(end);
    clock.reckoning = format!(
        "申请强制执行：决定书{served}送达，起诉期限{}至{}（{}）；自届满之日起{}内申请，至{}。",
        lawsuit.span.words(),
        said(open_until, served),
        lawsuit.article,
        limit.span.words(),
        said(end, served)
    );
    let next = "下一步：起诉期限届满仍未履行的，先催告；催告书送达10个工作日后仍未履行的，申请人民法院强制执行。";
    clock.basis = basis(limit, served, next);
    clock.when_over = "申请强制执行的期限已届满，请报法规科研究。".to_owned();
    Some(clock)
}
