//! What a person sees, and is refused: one folder a room, one file a page.

mod accounts;
mod annexes;
mod blacklist;
mod bodies;
mod calendar;
mod campaigns;
mod clocks;
mod crowd;
mod dashboards;
mod desk;
mod evidence;
mod exposures;
mod history;
mod imports;
mod inspections;
mod ledger;
mod lists;
mod notifications;
mod problems;
mod routes;
mod self_reports;
mod submissions;
mod summary;
mod units;
