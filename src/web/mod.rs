//! FLOOR 3: pages. One folder a room, one file a page; rooms do not import each other.

pub mod paths;
pub mod self_reports;
pub mod shell;

pub mod accounts;
pub mod annexes;
pub mod batches;
pub mod blacklist;
pub mod bodies;
pub mod calendar;
pub mod campaigns;
pub mod clocks;
pub mod dashboards;
pub mod evidence;
pub mod exposures;
pub mod history;
pub mod home;
pub mod imports;
pub mod inspections;
pub mod ledger;
pub mod notifications;
pub mod problems;
pub mod readiness;
pub mod submissions;
pub mod summary;
pub mod supervision;
pub mod today;
pub mod units;
