//! Peak memory of a process that writes the smallest county's annex, and of one that writes the whole city's: it must stay
//! flat.

use crate::ground::{Ground, KEY, PROGRAM};
use anyhow::{Context as _, ensure};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Exports both with the program itself.
pub fn look(ground: &Ground) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let small = peak(ground, folder.path(), Some("140430"))?;
    let large = peak(ground, folder.path(), None)?;
    let label = "peak memory, annex 1 of one county / the city";
    println!("{label:<44}{:>14}{:>14}{:>8.2}x", mib(large), mib(small), large as f64 / small as f64);
    Ok(())
}

/// A size for people.
pub fn mib(kib: u64) -> String {
    format!("{:.1} MiB", kib as f64 / 1024.0)
}

/// Sets the program on the ground's database, with a data folder of its own that has the ground's key.
pub fn settings<'a>(command: &'a mut Command, ground: &Ground, folder: &Path) -> anyhow::Result<&'a mut Command> {
    std::fs::write(folder.join("history.key"), KEY)?;
    let url = |role: &str| format!("postgres:///zhengzhi?host={}&port=5432&user={role}", ground.socket_dir.display());
    Ok(command
        .env("ZHENGZHI_DATA_DIR", folder)
        .env("ZHENGZHI_DATABASE_URL", url("zhengzhi_app"))
        .env("ZHENGZHI_DATABASE_OWNER_URL", url("zhengzhi_owner"))
        .stdin(Stdio::null()))
}

/// The highest VmHWM (in KiB) seen until the child ends.
fn peak(ground: &Ground, folder: &Path, county: Option<&str>) -> anyhow::Result<u64> {
    let mut command = Command::new(PROGRAM);
    command.args(["export", "annex1", "--out"]).arg(folder.join("annex1.xlsx"));
    if let Some(code) = county {
        command.args(["--county", code]);
    }
    let mut child = settings(&mut command, ground, folder)?.spawn().context("could not run the program")?;
    let mut peak = 0;
    let status = loop {
        peak = peak.max(high_water(&child).unwrap_or(0));
        if let Some(status) = child.try_wait()? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    ensure!(status.success(), "export ended with {status}");
    Ok(peak)
}

/// The high-water mark of a process's memory, in KiB.
pub fn high_water(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}
