//! Every address as a constant or a function: pages link through here, and the route test reads [`ROUTES`].

use crate::annexes::Annex;
use crate::base::CountyId;
use crate::evidence::Owner;
use crate::figures::{self, List};
use chrono::NaiveDate;
use uuid::Uuid;

mod desk;
mod law;
mod routes;

pub use desk::*;
pub use law::{
    BLACKLIST, BLACKLIST_CSV, BLACKLIST_NEW, BLACKLIST_RULES, BLACKLIST_XLSX, CALENDAR, CLOCKS, CLOCKS_FILE, EXPOSURES,
    PUBLIC_CASES, blacklist_act, blacklist_new, blacklisting, calendar_remove, case_event_new, case_event_remove, exposure,
    exposure_act, letter_review, public_case, publication, transfer_package,
};
pub use routes::{Door, ROUTES, is_page};

/// The register.
pub const UNITS: &str = "/units";
/// All problems.
pub const PROBLEMS: &str = "/problems";
/// All cases.
pub const LEDGER: &str = "/ledger";
/// 附件1 on screen.
pub const ANNEX_1: &str = "/annexes/1";
/// 附件2 on screen.
pub const ANNEX_2: &str = "/annexes/2";
/// 汇总表 as a file.
pub const ROLL_UP_FILE: &str = "/annexes/roll-up.xlsx";
/// 零报告.
pub const ZERO_REPORT: &str = "/annexes/zero";
/// 工作总结.
pub const SUMMARY: &str = "/summary";
/// 工作总结 as a file.
pub const SUMMARY_FILE: &str = "/summary.docx";
/// The board.
pub const DASHBOARD: &str = "/dashboard";
/// Accounts.
pub const ACCOUNTS: &str = "/accounts";
/// Campaigns.
pub const CAMPAIGNS: &str = "/campaigns";
/// Names and seals of bodies.
pub const BODIES: &str = "/bodies";
/// The history of all rooms.
pub const HISTORY: &str = "/history";
/// Changing one's password.
pub const PASSWORD: &str = "/password";
/// One's own sessions.
pub const SESSIONS: &str = "/sessions";
/// Ending all of them but the one that asks.
pub const SESSIONS_END_OTHERS: &str = "/sessions/end-others";
/// A list of units from a file.
pub const UNITS_IMPORT: &str = "/units/import";
/// A new problem.
pub const PROBLEMS_NEW: &str = "/problems/new";
/// A new unit.
pub const UNITS_NEW: &str = "/units/new";

/// Signing in, and on to `next` afterwards.
pub fn login(next: &str) -> String {
    if next == "/" || next.is_empty() { "/login".to_owned() } else { format!("/login?{}", query(&[("next", next)])) }
}

/// Ending one of one's other sessions.
pub fn session_end(id: Uuid) -> String {
    format!("{SESSIONS}/{id}/end")
}

/// The next record of a list of which something is missing.
pub fn next_gap(list: &str) -> String {
    format!("{list}/next-gap")
}

/// What a batch did.
pub fn batch(id: Uuid) -> String {
    format!("/batches/{id}")
}

/// The county's word on what the city entered for it (代录).
pub fn batch_confirm(id: Uuid) -> String {
    format!("/batches/{id}/confirm")
}

/// Undoing a batch.
pub fn undo(batch: Uuid) -> String {
    format!("/batches/{batch}/undo")
}

/// One unit (一企一档).
pub fn unit(id: Uuid) -> String {
    format!("/units/{id}")
}

/// One problem.
pub fn problem(id: Uuid) -> String {
    format!("/problems/{id}")
}

/// A case over a new violation.
pub const LEDGER_NEW: &str = "/ledger/new";

/// A case, or a further one, over a problem that stands.
pub fn case_over(problem: Uuid) -> String {
    format!("/ledger/new?problem={problem}")
}

/// A case over a problem of this unit.
pub fn case_of_unit(unit: Uuid) -> String {
    format!("/ledger/new?unit={unit}")
}

/// One case.
pub fn case(id: Uuid) -> String {
    format!("/ledger/{id}")
}

/// The facts of a case.
pub fn case_edit(id: Uuid) -> String {
    format!("/ledger/{id}/edit")
}

/// The problems that a case covers.
pub fn case_problems(id: Uuid) -> String {
    format!("/ledger/{id}/problems")
}

/// 曝光 of a case.
pub fn case_exposure(id: Uuid) -> String {
    format!("/ledger/{id}/exposure")
}

/// An act on a case: `review`, `to-city`, `to-county`, `remove`.
pub fn case_act(id: Uuid, act: &str) -> String {
    format!("/ledger/{id}/{act}")
}

/// A new measure of a case; with a kind, that kind is chosen.
pub fn measure_new(case: Uuid, kind: &str) -> String {
    with(&format!("/ledger/{case}/measures/new"), &[("kind", kind)])
}

/// One measure of a case.
pub fn measure_edit(case: Uuid, measure: Uuid) -> String {
    format!("/ledger/{case}/measures/{measure}/edit")
}

/// Taking a measure out of the count.
pub fn measure_remove(case: Uuid, measure: Uuid) -> String {
    format!("/ledger/{case}/measures/{measure}/remove")
}

/// 转入台账 of a problem.
pub fn to_ledger(problem: Uuid) -> String {
    format!("/problems/{problem}/to-ledger")
}

/// An annex on screen.
pub fn annex(annex: Annex) -> &'static str {
    match annex {
        Annex::One => ANNEX_1,
        Annex::Two => ANNEX_2,
    }
}

/// An annex as a file.
pub fn annex_file(annex: Annex) -> &'static str {
    match annex {
        Annex::One => "/annexes/1.xlsx",
        Annex::Two => "/annexes/2.xlsx",
    }
}

/// A paragraph of the summary.
pub fn summary_at(key: &str) -> String {
    format!("{SUMMARY}#p-{key}")
}

/// The list that shows exactly the rows of a figure on a date, of one county or of all in sight.
pub fn figure(key: &str, county: Option<CountyId>, date: NaiveDate) -> String {
    let list = match figures::list_of(key) {
        Some(List::Units) | None => UNITS,
        Some(List::Problems) => PROBLEMS,
        Some(List::Ledger) => LEDGER,
        Some(List::Publicity) => PUBLICITY,
        Some(List::Tips) => TIPS,
        Some(List::Inspections) => INSPECTIONS,
        Some(List::Guidance) => GUIDANCE,
        Some(List::Notifications) => NOTIFICATIONS,
        Some(List::SelfReports) => SELF_REPORTS,
    };
    let county = county.map(|c| c.to_string()).unwrap_or_default();
    with(list, &[("figure", key), ("county", &county), ("date", &date.to_string())])
}

/// Files that came in.
pub const IMPORTS: &str = "/imports";

/// Where a kind of table comes in.
pub fn import_of(kind: &str) -> &'static str {
    match kind {
        "annex1" => "/annexes/1/import",
        "annex2" => "/annexes/2/import",
        _ => UNITS_IMPORT,
    }
}

/// An annex on screen, by its kind of table.
pub fn annex_of(kind: &str) -> &'static str {
    if kind == "annex2" { "/annexes/2" } else { "/annexes/1" }
}

/// A file that came in: its preview, and what became of it.
pub fn import(id: Uuid) -> String {
    format!("/imports/{id}")
}

/// An act on a file that came in: `confirm`, `cancel`, `choose`, `correct`, `headings`, `refused.xlsx`.
pub fn import_act(id: Uuid, act: &str) -> String {
    format!("/imports/{id}/{act}")
}

/// 报送: a county's own submissions; for the city the board of the thirteen bodies.
pub const SUBMISSIONS: &str = "/submissions";
/// 核对与上报.
pub const SUBMISSIONS_CHECK: &str = "/submissions/check";
/// Rules of 核对 and their numbers.
pub const READINESS_RULES: &str = "/readiness/rules";

/// One submission.
pub fn submission(id: Uuid) -> String {
    format!("/submissions/{id}")
}

/// A page or an act of a submission: `file`, `take-back`, `withdraw`, `open`, `return`, `accept`, `accept-open`, `compare`, `scan`,
/// `lateness`, `county-answer`, `remarks`, `package.zip`.
pub fn submission_act(id: Uuid, act: &str) -> String {
    format!("/submissions/{id}/{act}")
}

/// The frozen rows of an annex of a submission.
pub fn submission_lines(id: Uuid, annex: i16) -> String {
    format!("/submissions/{id}/lines/{annex}")
}

/// A file of a submission: `annex1`, `annex2`, `summary`, `receipt`.
pub fn submission_file(id: Uuid, kind: &str) -> String {
    format!("/submissions/{id}/files/{kind}")
}

/// A page of the city about a county: `behalf`, `remind`, `deadline`.
pub fn submission_of(county: CountyId, act: &str) -> String {
    format!("/submissions/{act}?county={county}")
}

/// 今日出数.
pub const TODAY: &str = "/today";

/// A snapshot of the city.
pub fn snapshot(id: Uuid) -> String {
    format!("/snapshots/{id}")
}

/// One account.
pub fn account(id: Uuid) -> String {
    format!("/accounts/{id}")
}

/// A new account.
pub const ACCOUNTS_NEW: &str = "/accounts/new";

/// Name, telephone and 科室 of an account.
pub fn account_edit(id: Uuid) -> String {
    format!("/accounts/{id}/edit")
}

/// A new campaign.
pub const CAMPAIGNS_NEW: &str = "/campaigns/new";

/// A body's name from a day on.
pub fn body(county: crate::base::CountyId) -> String {
    format!("/bodies/{county}")
}

/// 告知.
pub const NOTIFICATIONS: &str = "/notifications";
/// 排查.
pub const INSPECTIONS: &str = "/inspections";
/// 排查覆盖 by township, with its keepers and plan.
pub const COVERAGE: &str = "/inspections/coverage";
/// Units looked up on the spot, with a telephone.
pub const ON_SITE: &str = "/inspections/on-site";

/// 帮扶指导.
pub const GUIDANCE: &str = "/guidance";
/// 持证 queue.
pub const PERMITS: &str = "/permits";
/// 回头看.
pub const LOOK_BACKS: &str = "/look-backs";
/// 交办问题对账.
pub const SENT_DOWN: &str = "/sent-down";
/// Lists from outside held against the register.
pub const OUTSIDE_LISTS: &str = "/outside-lists";

/// One act of guidance.
pub fn guidance(id: Uuid) -> String {
    format!("/guidance/{id}")
}

/// One problem that was drawn.
pub fn look_back(id: Uuid) -> String {
    format!("/look-backs/{id}")
}

/// One list from outside.
pub fn outside_list(id: Uuid) -> String {
    format!("/outside-lists/{id}")
}

/// 告知书, to be printed.
pub const NOTIFICATION_SHEETS: &str = "/notifications/sheets";
/// 企业自报.
pub const SELF_REPORTS: &str = "/self-reports";

/// What a unit reported.
pub fn self_report(id: Uuid) -> String {
    format!("/self-reports/{id}")
}

/// The page of one unit without sign-in, by the token of its link.
pub fn public_unit(token: &str) -> String {
    format!("/public/units/{token}")
}

/// One notification.
pub fn notification(id: Uuid) -> String {
    format!("/notifications/{id}")
}

/// One visit.
pub fn inspection(id: Uuid) -> String {
    format!("/inspections/{id}")
}

/// Keeper and plan of a township.
pub fn grid(county: CountyId, township: &str) -> String {
    with("/inspections/grid", &[("county", &county.to_string()), ("township", township)])
}

/// The page of a record that carries evidence.
pub fn of_record(owner: Owner, id: Uuid) -> String {
    match owner {
        Owner::Unit => unit(id),
        Owner::Problem => problem(id),
        Owner::Case => case(id),
        Owner::Notification => notification(id),
        Owner::Inspection => inspection(id),
        Owner::SelfReport => self_report(id),
        Owner::Guidance => guidance(id),
        Owner::LookBack => look_back(id),
        Owner::Order => supervision(id),
        Owner::Publicity => publicity(id),
        Owner::Tip => tip(id),
        Owner::Blacklisting => blacklisting(id),
    }
}

/// The history of one record.
pub fn history(record: Uuid) -> String {
    format!("/history/{record}")
}

/// One campaign.
pub fn campaign(id: Uuid) -> String {
    format!("/campaigns/{id}")
}

/// Names and values as a query, percent-encoded; empty values are left out.
pub fn query(pairs: &[(&str, &str)]) -> String {
    serde_urlencoded::to_string(pairs.iter().filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>()).unwrap_or_default()
}

/// An address with a query; without one, the bare address.
pub fn with(path: &str, pairs: &[(&str, &str)]) -> String {
    let query = query(pairs);
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}
