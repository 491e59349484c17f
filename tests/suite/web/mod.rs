//! What a person sees, and is refused: one folder a room, one file a page.

mod accounts;
mod annexes;
mod bodies;
mod calendar;
mod campaigns;
mod clocks;
mod crowd;
mod dashboards;
mod evidence;
mod history;
mod imports;
mod ledger;
mod lists;
mod problems;
mod routes;
mod submissions;
mod summary;
mod units;
