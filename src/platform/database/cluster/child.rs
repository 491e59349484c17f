//! The hidden command: how this program turns into PostgreSQL.
//!
//! Between fork and exec a child would have to give up root and ask the kernel to be told when its parent dies. In Rust
//! that takes `unsafe`; so the child is this very program once more, does both in safe Rust and then replaces itself by
//! `postgres` or `initdb`. It starts as root, so it may lie in a folder that the server's user cannot enter.

use std::convert::Infallible;
use std::ffi::{OsStr, OsString};
use std::io::Read;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use nix::sys::prctl::set_pdeathsig;
use nix::sys::signal::Signal;
use nix::unistd::{Gid, Pid, Uid, getppid, setgid, setgroups, setuid};

use super::account::{Account, mask};
use super::binaries::Binaries;
use super::folder;

/// The hidden command's name: the program's first argument.
pub const HIDDEN_COMMAND: &str = "__postgres";

/// What a child is started with.
#[derive(Debug)]
pub(super) struct Launcher {
    pub exe: PathBuf,
    pub binaries: Binaries,
    pub account: Account,
    pub throw_away: bool,
}

impl Launcher {
    /// A command that runs one of PostgreSQL's programs as the right user and ends with us.
    pub fn command(&self, program: &str) -> Command {
        let mut command = match self.account {
            Account::Masked { uid, gid } => mask(uid, gid),
            _ => Command::new(&self.exe),
        };
        if let Account::Masked { .. } = self.account {
            command.arg(&self.exe);
        }
        command.arg(HIDDEN_COMMAND).arg("--parent").arg(std::process::id().to_string());
        if let Account::Dropped { uid, gid } = self.account {
            command.arg("--uid").arg(uid.to_string()).arg("--gid").arg(gid.to_string());
        }
        command.arg("--").arg(self.binaries.program(program));
        clean(&mut command);
        command
    }
}

/// The hidden command that clears a throw-away folder when its standard input ends.
pub(super) fn janitor(exe: &Path, dir: &Path) -> Command {
    let mut command = Command::new(exe);
    command.arg(HIDDEN_COMMAND).arg("--janitor").arg(dir);
    clean(&mut command);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// A child's surroundings: a group of its own, so that the terminal's Ctrl-C reaches only us; a folder that everyone
/// may stand in; English messages; none of the variables that PostgreSQL obeys.
fn clean(command: &mut Command) {
    command.process_group(0).current_dir("/").env("LC_ALL", "C").stdin(Stdio::null());
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("PG") {
            command.env_remove(name);
        }
    }
}

/// Does what the hidden command says; `args` are what follows [`HIDDEN_COMMAND`]. Returns only in failure, or when the
/// work was not to become another program. Call it first thing, before threads.
pub fn exec(args: impl Iterator<Item = OsString>) -> ExitCode {
    let (order, program) = match parse(args) {
        Ok(parsed) => parsed,
        Err(message) => {
            eprintln!("zhengzhi {HIDDEN_COMMAND}: {message}");
            return ExitCode::from(2);
        }
    };
    if let Some(dir) = order.janitor {
        return sweep_at_end(&dir);
    }
    match become_program(&order, &program) {
        Ok(never) => match never {},
        Err(message) => {
            eprintln!("FATAL: zhengzhi {HIDDEN_COMMAND}: {message}");
            ExitCode::from(126)
        }
    }
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Order {
    parent: Option<i32>,
    uid: Option<u32>,
    gid: Option<u32>,
    janitor: Option<PathBuf>,
}

fn parse(mut args: impl Iterator<Item = OsString>) -> Result<(Order, Vec<OsString>), String> {
    let mut order = Order::default();
    while let Some(arg) = args.next() {
        if arg == "--" {
            break;
        }
        let name = arg.to_string_lossy().into_owned();
        let value = args.next().ok_or_else(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--parent" => order.parent = Some(number(&value)?),
            "--uid" => order.uid = Some(number(&value)?),
            "--gid" => order.gid = Some(number(&value)?),
            "--janitor" => order.janitor = Some(PathBuf::from(value)),
            _ => return Err(format!("{name} is unknown")),
        }
    }
    Ok((order, args.collect()))
}

fn number<T: std::str::FromStr>(text: &OsStr) -> Result<T, String> {
    text.to_str().and_then(|text| text.parse().ok()).ok_or_else(|| format!("{} is no number", text.display()))
}

fn become_program(order: &Order, program: &[OsString]) -> Result<Infallible, String> {
    let [name, args @ ..] = program else {
        return Err("no program".into());
    };
    let parent = order.parent.ok_or("no parent")?;
    if let (Some(uid), Some(gid)) = (order.uid, order.gid) {
        let (uid, gid) = (Uid::from_raw(uid), Gid::from_raw(gid));
        let dropped = setgroups(&[gid]).and_then(|()| setgid(gid)).and_then(|()| setuid(uid));
        dropped.map_err(|e| format!("cannot become user {uid}: {e}"))?;
    }
    // After the change of user, which clears it. A parent that died before is noticed by the number.
    set_pdeathsig(Signal::SIGINT).map_err(|e| format!("cannot follow the parent: {e}"))?;
    if getppid() != Pid::from_raw(parent) {
        return Err("the parent is gone".into());
    }
    let failed = Command::new(name).args(args).exec();
    Err(format!("cannot run {}: {failed}", name.display()))
}

/// Standard input is a pipe from the test process: it ends when that process does, also by `kill -9`. Its server then
/// stops by its own signal, and `remove` waits for that.
fn sweep_at_end(dir: &Path) -> ExitCode {
    drop(std::io::stdin().read_to_end(&mut Vec::new()));
    match folder::remove(dir) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(words: &str) -> Result<(Order, Vec<OsString>), String> {
        parse(words.split_whitespace().map(OsString::from))
    }

    #[test]
    fn orders_end_where_the_program_begins() {
        let (order, program) = parsed("--parent 7 --uid 101 --gid 104 -- /bin/postgres -D /d --uid 0").expect("right");
        assert_eq!(order, Order { parent: Some(7), uid: Some(101), gid: Some(104), janitor: None });
        assert_eq!(program, ["/bin/postgres", "-D", "/d", "--uid", "0"]);
    }

    #[test]
    fn wrong_orders_are_refused() {
        for words in ["--uid root -- x", "--uid", "--colour red", "--uid -1 -- x"] {
            assert!(parsed(words).is_err(), "{words}");
        }
        let orphan = Order { parent: Some(-5), ..Order::default() };
        assert!(become_program(&Order::default(), &["true".into()]).is_err());
        assert!(become_program(&orphan, &[]).is_err());
    }
}
