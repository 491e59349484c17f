//! What was so on a date, as SQL over documented aliases: `u` units, `s` the unit's self-inspection in the campaign (left
//! join), `p` problems, `c` cases, `m` measures. `$date` stands for the data date and is put in by the caller.
//!
//! This is the only place that says how dates become a state; tests hold it equal to the rules in Rust.

/// The status of unit `u` on the date, from its dated rows; one that was not yet known is taken as producing.
pub fn unit_status() -> &'static str {
    "(case when u.status_since is null or u.status_since <= $date then u.status \
      else coalesce((select x.status from unit_statuses x where x.county_id = u.county_id and x.unit_id = u.id \
        and (x.since is null or x.since <= $date) order by x.since desc nulls last, x.id desc limit 1), 'operating') end)"
}

/// The self-inspection state of `s` on the date; null when nothing was registered by then.
pub fn self_inspection() -> &'static str {
    "(case when s.inspected_on > $date then null else s.state end)"
}

/// Whether unit `u` was told of the requirements by the date.
pub fn was_notified() -> &'static str {
    "exists (select 1 from notifications x where x.county_id = u.county_id and x.campaign_id = $campaign and x.unit_id = u.id \
      and x.notified_on <= $date and not x.removed)"
}

/// Whether officers visited unit `u` by the date.
pub fn was_visited() -> &'static str {
    "exists (select 1 from inspections x where x.county_id = u.county_id and x.campaign_id = $campaign and x.unit_id = u.id \
      and x.inspected_on <= $date and not x.removed)"
}

/// Whether problem `p` was found by the date.
pub fn problem_exists() -> &'static str {
    "(p.found_on is null or p.found_on <= $date)"
}

/// The progress of problem `p` on the date, as a code of `vocabulary::Progress`.
pub fn progress() -> &'static str {
    "(case when p.ended_on <= $date then p.ended_as when p.verified_on <= $date then 'verified' \
      when p.completed_on <= $date then 'completed' when p.begun_on <= $date then 'in_progress' \
      when p.plan_filed_on <= $date then 'plan_filed' else 'not_started' end)"
}

/// The due date of problem `p` in force on the date: an extension approved later does not count yet.
pub fn due_on() -> &'static str {
    "(case when p.first_due_on is null or p.first_due_on = p.due_on then p.due_on \
      else coalesce((select x.previous_due_on from extensions x where x.county_id = p.county_id and x.problem_id = p.id \
        and x.approved_on > $date order by x.due_on limit 1), p.due_on) end)"
}

/// Whether measure `m` was taken by the date, and not entered in error. A daily penalty is none before it is decided: its row stands
/// there from the order to correct on, for the clock of the re-check. One with its amount is decided, though its day be missing.
pub fn measure_exists() -> &'static str {
    "(not m.removed and coalesce(coalesce(m.decided_on, m.served_on, m.from_on, \
        case when m.kind <> 'daily_penalty' or m.amount_fen is not null then $date end) <= $date, false))"
}

/// Whether case `c` was there on the date: it is dated by then, and it has a problem, because a case is always about one.
pub fn case_exists() -> String {
    format!("({} and exists (select 1 from case_problems k where k.county_id = c.county_id and k.case_id = c.id))", case_dated())
}

/// The same of a case that is reached by one of its problems: any of its facts is dated by the date, or none is dated at all.
pub fn case_dated() -> &'static str {
    "(coalesce(least(c.clue_received_on, c.order_on, c.case_filed_on, c.not_filed_on, c.decided_on, c.exposed_on), $date) <= $date \
       or exists (select 1 from measures m where m.county_id = c.county_id and m.case_id = c.id \
         and not m.removed and coalesce(m.decided_on, m.served_on, m.from_on) <= $date))"
}

/// Whether problem `p` stands in annex 2: it has a case, or it comes from another source than the unit itself and was not
/// found untrue.
pub fn in_ledger() -> String {
    format!(
        "({} or exists (select 1 from case_problems j join cases c on c.county_id = j.county_id and c.id = j.case_id \
            where j.county_id = p.county_id and j.problem_id = p.id and {}))",
        of_ledger_source(),
        case_dated(),
    )
}

/// The same where the problem's cases that are there on the date are joined already (left, as `c`): a list of lines need
/// not look for them twice.
pub fn in_ledger_joined() -> String {
    format!("({} or c.id is not null)", of_ledger_source())
}

fn of_ledger_source() -> String {
    format!("(p.source <> 'self_inspection' and {} and {} <> 'unfounded')", problem_exists(), progress())
}
