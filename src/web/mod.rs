//! FLOOR 3: pages. One folder a room, one file a page; rooms do not import each other.

pub mod paths;
pub mod self_reports;
pub mod shell;

pub mod accounts;
pub mod annexes;
pub mod batches;
pub mod bodies;
pub mod campaigns;
pub mod cross_checks;
pub mod dashboards;
pub mod evidence;
pub mod guidance;
pub mod history;
pub mod home;
pub mod imports;
pub mod inspections;
pub mod ledger;
pub mod look_backs;
pub mod notifications;
pub mod outside_lists;
pub mod permits;
pub mod problems;
pub mod public;
pub mod publicity;
pub mod readiness;
pub mod submissions;
pub mod summary;
pub mod supervision;
pub mod tips;
pub mod today;
pub mod twins;
pub mod units;
