//! A few long journeys in a real browser.

mod filing;
mod law;
mod main_job;
mod spreadsheets;
