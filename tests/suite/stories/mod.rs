//! A few long journeys in a real browser.

mod desk;
mod filing;
mod law;
mod main_job;
mod spreadsheets;
