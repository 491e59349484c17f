//! The hidden subcommands: this program runs itself as the child that becomes PostgreSQL, or that reads an uploaded sheet
//! under limits. Both must begin before any thread is started.

use super::database::cluster;
use super::sheet;
use std::ffi::OsString;
use std::process::ExitCode;

/// Runs a hidden subcommand, if the arguments name one.
pub fn run_hidden(mut arguments: impl Iterator<Item = OsString>) -> Option<ExitCode> {
    let first = arguments.next()?;
    if first == sheet::child::HIDDEN_COMMAND {
        return Some(sheet::child::exec());
    }
    (first == cluster::child::HIDDEN_COMMAND).then(|| cluster::child::exec(arguments))
}
