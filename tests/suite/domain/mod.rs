//! Rules and SQL of the rooms, each test on a database of its own.

mod agreement;
mod annexes;
mod backup;
mod clocks;
mod dashboards;
mod demo;
mod figures;
mod history;
mod import_command;
mod incoming;
mod intake;
mod ledger;
mod second_wall;
mod serving;
mod sheet;
mod sheets_in;
mod summary;
mod undo;
mod uploads;
