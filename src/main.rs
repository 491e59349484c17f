//! Reads arguments and calls one command.

use std::process::ExitCode;
use zhengzhi::commands;
use zhengzhi::platform::child;

fn main() -> ExitCode {
    // The hidden subcommands come first: they must run before any thread is started.
    if let Some(code) = child::run_hidden(std::env::args_os().skip(1)) {
        return code;
    }
    commands::run()
}
