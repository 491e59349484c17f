//! A few long journeys in a real browser.

mod main_job;
mod spreadsheets;
