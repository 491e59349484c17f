//! Every address as a constant or a function: pages link through here, and the route test reads [`ROUTES`].

use crate::annexes::Annex;
use crate::base::CountyId;
use crate::figures::{self, List};
use chrono::NaiveDate;
use uuid::Uuid;

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

/// An act on a case: `review`, `to-city`, `remove`.
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

/// Who may open an address: read by the route test, which also replays each as every role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// No sign-in.
    Open,
    /// Everyone who is signed in.
    Anyone,
    /// Those who enter facts of their county.
    Enter,
    /// Those who enter cases.
    EnterCase,
    /// Those who edit a work summary.
    Summarise,
    /// Those who take files away.
    Download,
    /// Those who bring lists in.
    Import,
    /// The city's administrator.
    Administer,
    /// Readers of the history.
    ReadHistory,
    /// 法规审核.
    LegalReview,
    /// Those who file a county's tables.
    File,
    /// The city's reviewers.
    Review,
}

/// Whether an address is a page that can be opened.
pub fn is_page(path: &str) -> bool {
    let fits = |pattern: &str| {
        pattern.split('/').zip(path.split('/')).all(|(l, r)| l == r || (l.starts_with('{') && !r.is_empty()))
            && pattern.split('/').count() == path.split('/').count()
    };
    ROUTES.iter().any(|(method, pattern, _)| *method == "GET" && fits(pattern))
}

/// Every route: method, pattern, door.
pub const ROUTES: &[(&str, &str, Door)] = &[
    ("GET", "/healthz", Door::Open),
    ("GET", "/readyz", Door::Open),
    ("GET", "/static/{name}", Door::Open),
    ("GET", "/login", Door::Open),
    ("POST", "/login", Door::Open),
    ("POST", "/logout", Door::Anyone),
    ("GET", "/password", Door::Anyone),
    ("POST", "/password", Door::Anyone),
    ("GET", "/", Door::Anyone),
    ("GET", "/units", Door::Anyone),
    ("GET", "/units.xlsx", Door::Download),
    ("GET", "/units/next-gap", Door::Anyone),
    ("GET", "/units/new", Door::Enter),
    ("POST", "/units/new", Door::Enter),
    ("GET", "/units/batch", Door::Enter),
    ("POST", "/units/batch", Door::Enter),
    ("GET", "/units/{id}", Door::Anyone),
    ("GET", "/units/{id}/edit", Door::Enter),
    ("POST", "/units/{id}/edit", Door::Enter),
    ("GET", "/units/{id}/status", Door::Enter),
    ("POST", "/units/{id}/status", Door::Enter),
    ("GET", "/units/{id}/self-inspection", Door::Enter),
    ("POST", "/units/{id}/self-inspection", Door::Enter),
    ("GET", "/batches/{id}", Door::EnterCase),
    ("POST", "/batches/{id}/confirm", Door::Enter),
    ("GET", "/batches/{id}/undo", Door::EnterCase),
    ("POST", "/batches/{id}/undo", Door::EnterCase),
    ("GET", "/problems", Door::Anyone),
    ("GET", "/problems.xlsx", Door::Download),
    ("GET", "/problems/next-gap", Door::Anyone),
    ("GET", "/problems/new", Door::Enter),
    ("POST", "/problems/new", Door::Enter),
    ("GET", "/problems/batch", Door::Enter),
    ("POST", "/problems/batch", Door::Enter),
    ("GET", "/problems/{id}", Door::Anyone),
    ("GET", "/problems/{id}/edit", Door::Enter),
    ("POST", "/problems/{id}/edit", Door::Enter),
    ("GET", "/problems/{id}/{step}", Door::Enter),
    ("POST", "/problems/{id}/{step}", Door::Enter),
    ("GET", "/annexes/1", Door::Anyone),
    ("GET", "/annexes/2", Door::Anyone),
    ("GET", "/annexes/1.xlsx", Door::Download),
    ("GET", "/annexes/2.xlsx", Door::Download),
    ("GET", "/annexes/roll-up.xlsx", Door::Download),
    ("POST", "/annexes/zero", Door::Enter),
    ("GET", "/summary", Door::Anyone),
    ("GET", "/summary.docx", Door::Download),
    ("GET", "/summary/{key}/edit", Door::Summarise),
    ("POST", "/summary/{key}/edit", Door::Summarise),
    ("POST", "/summary/{key}/restore", Door::Summarise),
    ("POST", "/summary/{key}/reset", Door::Summarise),
    ("GET", "/dashboard", Door::Anyone),
    ("GET", "/accounts", Door::Administer),
    ("GET", "/accounts/new", Door::Administer),
    ("POST", "/accounts/new", Door::Administer),
    ("GET", "/accounts/{id}", Door::Administer),
    ("GET", "/accounts/{id}/edit", Door::Administer),
    ("POST", "/accounts/{id}/edit", Door::Administer),
    ("POST", "/accounts/{id}/reset", Door::Administer),
    ("POST", "/accounts/{id}/disable", Door::Administer),
    ("POST", "/accounts/{id}/enable", Door::Administer),
    ("POST", "/accounts/{id}/legal-review", Door::Administer),
    ("GET", "/campaigns", Door::Administer),
    ("GET", "/campaigns/new", Door::Administer),
    ("POST", "/campaigns/new", Door::Administer),
    ("GET", "/campaigns/{id}", Door::Administer),
    ("POST", "/campaigns/{id}", Door::Administer),
    ("GET", "/bodies", Door::Administer),
    ("POST", "/bodies/{county}", Door::Administer),
    ("GET", "/history", Door::ReadHistory),
    ("GET", "/history/{id}", Door::Anyone),
    ("GET", "/ledger", Door::Anyone),
    ("GET", "/ledger.xlsx", Door::Download),
    ("GET", "/ledger/next-gap", Door::Anyone),
    ("GET", "/ledger/batch", Door::EnterCase),
    ("POST", "/ledger/batch", Door::EnterCase),
    ("GET", "/ledger/new", Door::EnterCase),
    ("POST", "/ledger/new", Door::EnterCase),
    ("POST", "/problems/{id}/to-ledger", Door::EnterCase),
    ("GET", "/ledger/{id}", Door::Anyone),
    ("GET", "/ledger/{id}/edit", Door::EnterCase),
    ("POST", "/ledger/{id}/edit", Door::EnterCase),
    ("GET", "/ledger/{id}/problems", Door::EnterCase),
    ("POST", "/ledger/{id}/problems", Door::EnterCase),
    ("GET", "/ledger/{id}/measures/new", Door::EnterCase),
    ("POST", "/ledger/{id}/measures/new", Door::EnterCase),
    ("GET", "/ledger/{id}/measures/{measure}/edit", Door::EnterCase),
    ("POST", "/ledger/{id}/measures/{measure}/edit", Door::EnterCase),
    ("POST", "/ledger/{id}/measures/{measure}/remove", Door::EnterCase),
    ("POST", "/ledger/{id}/review", Door::LegalReview),
    ("POST", "/ledger/{id}/to-city", Door::EnterCase),
    ("POST", "/ledger/{id}/remove", Door::EnterCase),
    ("GET", "/ledger/{id}/exposure", Door::EnterCase),
    ("POST", "/ledger/{id}/exposure", Door::EnterCase),
    ("GET", "/units/import", Door::Import),
    ("POST", "/units/import", Door::Import),
    ("GET", "/units/import/template.xlsx", Door::Import),
    ("GET", "/annexes/1/import", Door::Import),
    ("POST", "/annexes/1/import", Door::Import),
    ("GET", "/annexes/2/import", Door::Import),
    ("POST", "/annexes/2/import", Door::Import),
    ("GET", "/submissions", Door::Anyone),
    ("GET", "/submissions/check", Door::Anyone),
    ("POST", "/submissions/check/explain", Door::Enter),
    ("POST", "/submissions/hand-over", Door::Enter),
    ("GET", "/submissions/behalf", Door::Review),
    ("POST", "/submissions/behalf", Door::Review),
    ("GET", "/submissions/remind", Door::Review),
    ("POST", "/submissions/remind", Door::Review),
    ("GET", "/submissions/deadline", Door::Review),
    ("POST", "/submissions/deadline", Door::Review),
    ("GET", "/submissions/{id}", Door::Anyone),
    ("GET", "/submissions/{id}/file", Door::File),
    ("POST", "/submissions/{id}/file", Door::File),
    ("POST", "/submissions/{id}/take-back", Door::Enter),
    ("POST", "/submissions/{id}/withdraw", Door::File),
    ("POST", "/submissions/{id}/open", Door::Review),
    ("POST", "/submissions/{id}/return", Door::Review),
    ("POST", "/submissions/{id}/accept", Door::Review),
    ("POST", "/submissions/{id}/accept-open", Door::Review),
    ("POST", "/submissions/{id}/lateness", Door::Review),
    ("POST", "/submissions/{id}/county-answer", Door::Enter),
    ("POST", "/submissions/{id}/remarks", Door::Review),
    ("POST", "/submissions/{id}/remarks/{remark}/answer", Door::Enter),
    ("GET", "/submissions/{id}/lines/{annex}", Door::Anyone),
    ("GET", "/submissions/{id}/compare", Door::Anyone),
    ("GET", "/submissions/{id}/files/{kind}", Door::Download),
    ("GET", "/submissions/{id}/package.zip", Door::Download),
    ("POST", "/submissions/{id}/scan", Door::File),
    ("GET", "/submissions/{id}/scan", Door::Download),
    ("GET", "/readiness/rules", Door::Anyone),
    ("POST", "/readiness/rules", Door::Administer),
    ("GET", "/imports", Door::Import),
    ("POST", "/imports", Door::Import),
    ("GET", "/imports/{id}", Door::Import),
    ("POST", "/imports/{id}/confirm", Door::Import),
    ("POST", "/imports/{id}/cancel", Door::Import),
    ("POST", "/imports/{id}/choose", Door::Import),
    ("POST", "/imports/{id}/correct", Door::Import),
    ("GET", "/imports/{id}/headings", Door::Import),
    ("POST", "/imports/{id}/headings", Door::Import),
    ("GET", "/imports/{id}/refused.xlsx", Door::Import),
];
