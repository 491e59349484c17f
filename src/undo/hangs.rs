//! What hangs on a row that an undo may take away. A test holds this against the foreign keys of the database.

/// Table of the leaves, the column by which one names what it hangs on, and the table of that. Not here: the pieces by which
/// a unit is found, which go with it, and the ties of a case to its problems ([`super::ties`]).
pub(super) const HANGS: [(&str, &str, &str); 29] = [
    ("case_events", "measure_id", "measures"),
    ("evidence", "record_id", "measures"),
    ("case_events", "case_id", "cases"),
    ("evidence", "record_id", "cases"),
    ("exposures", "case_id", "cases"),
    ("measures", "case_id", "cases"),
    ("cross_checks", "problem_id", "problems"),
    ("evidence", "record_id", "problems"),
    ("extensions", "problem_id", "problems"),
    ("guidance", "problem_id", "problems"),
    ("look_backs", "problem_id", "problems"),
    ("problems", "recurrence_of", "problems"),
    ("self_report_problems", "problem_id", "problems"),
    ("tips", "problem_id", "problems"),
    ("evidence", "record_id", "guidance"),
    ("evidence", "record_id", "notifications"),
    ("evidence", "record_id", "inspections"),
    ("evidence", "record_id", "self_inspections"),
    ("blacklistings", "unit_id", "units"),
    ("evidence", "record_id", "units"),
    ("guidance", "unit_id", "units"),
    ("inspections", "unit_id", "units"),
    ("notifications", "unit_id", "units"),
    ("outside_lines", "unit_id", "units"),
    ("problems", "unit_id", "units"),
    ("self_inspections", "unit_id", "units"),
    ("self_reports", "unit_id", "units"),
    ("tips", "unit_id", "units"),
    ("unit_statuses", "unit_id", "units"),
];

/// The query that lists leaves and what each hangs on.
pub(super) fn query(leaves: &str, column: &str) -> String {
    let still = if leaves == "evidence" { " and not removed" } else { "" };
    format!("select id as leaf, {column} as stem from {leaves} where county_id = any($1){still}")
}
