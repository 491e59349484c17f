//! The command line: one file a command. `zhengzhi` alone prints help that names `demo`.

mod account;
mod backup;
mod check;
mod context;
mod demo;
mod export;
mod generate;
mod import;
mod migrate;
mod restore;
mod serve;
mod verify_history;

use chrono::{DateTime, FixedOffset, NaiveDate};
use clap::{CommandFactory, Parser, Subcommand};
use context::Context;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

/// 违法排污行为大整治工作平台. To look at it at once: `zhengzhi demo`.
#[derive(Parser)]
#[command(name = "zhengzhi", version, about, subcommand_required = false)]
struct Cli {
    /// Configuration file (TOML)
    #[arg(long, global = true, value_name = "FILE", env = "ZHENGZHI_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Private cluster, invented data; prints accounts and URL. Start here
    Demo(demo::Arguments),
    /// Serve from the configured database, or from the private cluster in data_dir
    Serve(serve::Arguments),
    /// Bring the database up to this program
    Migrate,
    /// Look at configuration, database, roles, migrations, clock and disk; say what is wrong
    Check,
    /// Write load data in realistic proportions: units, self-inspections, problems, cases
    Generate(generate::Arguments),
    /// Accounts: add, reset, disable
    #[command(subcommand)]
    Account(account::Arguments),
    /// Write annex 1, annex 2 or the roll-up as xlsx
    Export(export::Arguments),
    /// Check the chains of the history; names the first entry that does not hold, exit 1
    VerifyHistory(verify_history::Arguments),
    /// Bring a list in from a file: units
    Import(import::Arguments),
    /// Write everything into one file, while the server goes on: database, stored files, the key of the history
    Backup(backup::Arguments),
    /// Check a backup to the last byte and bring it back; the server must be stopped
    Restore(restore::Arguments),
}

/// A clock to be set for a rehearsal.
#[derive(clap::Args, Clone, Default)]
struct ClockArguments {
    /// Business date of a rehearsal, e.g. 2019-06-20
    #[arg(long, value_name = "DATE", conflicts_with = "now")]
    today: Option<NaiveDate>,
    /// Business moment of a rehearsal in 北京时间, e.g. 2019-06-28T17:30:00+08:00; the clock ticks on from there
    #[arg(long, value_name = "TIME", value_parser = read_moment)]
    now: Option<DateTime<FixedOffset>>,
}

impl ClockArguments {
    fn clock(&self) -> Option<crate::base::Clock> {
        use crate::base::Clock;
        self.now.map(Clock::starting_at).or_else(|| self.today.map(Clock::on))
    }
}

/// A moment with an offset, or without one in 北京时间.
fn read_moment(text: &str) -> Result<DateTime<FixedOffset>, String> {
    crate::base::clock::read_moment(text).ok_or_else(|| "须为 2019-06-28T17:30:00 这样的时间（北京时间）".to_owned())
}

/// An address to listen on, where the command line gives one.
#[derive(clap::Args, Clone, Default)]
struct ListenArguments {
    /// Address to listen on
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
}

/// Reads the command line and runs the command. 0 done, 1 refused or failed (one line), 2 wrong usage.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let Some(command) = cli.command else {
        let _ = Cli::command().print_long_help();
        return ExitCode::SUCCESS;
    };
    let result = Context::load(cli.config.as_deref()).and_then(|context| match command {
        Command::Demo(arguments) => demo::run(context, arguments),
        Command::Serve(arguments) => serve::run(context, arguments),
        Command::Migrate => migrate::run(&context),
        Command::Check => check::run(&context),
        Command::Generate(arguments) => generate::run(&context, arguments),
        Command::Account(arguments) => account::run(&context, arguments),
        Command::Export(arguments) => export::run(&context, arguments),
        Command::VerifyHistory(arguments) => verify_history::run(&context, &arguments),
        Command::Import(arguments) => import::run(&context, arguments),
        Command::Backup(arguments) => backup::run(&context, &arguments),
        Command::Restore(arguments) => restore::run(&context, &arguments),
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
