//! Making a cluster: `initdb`, the roles, the database; only then its name.
//!
//! The roles belong to the cluster, not to a database, so they are made here and once. The server's single-user mode runs
//! the SQL before anyone can connect; an interruption leaves a draft folder that the next start throws away.

use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::process::{Command, Stdio};

use super::child::Launcher;
use super::folder::Folder;
use super::{APP_ROLE, CLUSTER_ROLE, ClusterError, DATABASE, OWNER_ROLE};

const DRAFT: &str = "pgdata.new.";

/// Makes the cluster of this folder. The caller holds the folder's lock and knows that there is none yet.
pub(super) fn create(folder: &Folder, launcher: &Launcher) -> Result<(), ClusterError> {
    throw_drafts_away(&folder.root).map_err(|e| ClusterError::io("无法清理未完成的数据库目录", &folder.root, e))?;
    // Numbered, so that an initdb that is still dying cannot clean up in ours.
    let draft = folder.root.join(format!("{DRAFT}{}", std::process::id()));
    let make = || {
        fs::DirBuilder::new().mode(0o700).create(&draft)?;
        launcher.account.own(&draft)
    };
    make().map_err(|e| ClusterError::io("无法建立数据库目录", &draft, e))?;
    let made = initdb(launcher, &draft).and_then(|()| bootstrap(launcher, &draft)).and_then(|()| {
        let rename = || {
            fs::rename(&draft, folder.pgdata())?;
            File::open(&folder.root)?.sync_all()
        };
        rename().map_err(|e| ClusterError::io("无法建立数据库目录", &folder.pgdata(), e))
    });
    if made.is_err() {
        drop(fs::remove_dir_all(&draft));
    }
    made
}

fn throw_drafts_away(root: &Path) -> io::Result<()> {
    for entry in fs::read_dir(root)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(DRAFT) {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

/// Text is UTF-8 and compared byte by byte: an index then serves ranges and prefixes as well, on every machine alike.
/// Chinese order is asked for where it is wanted. Only the socket's folder guards the server, hence `trust`.
fn initdb(launcher: &Launcher, draft: &Path) -> Result<(), ClusterError> {
    let mut command = launcher.command("initdb");
    command.arg("-D").arg(draft).args(["-U", CLUSTER_ROLE, "-E", "UTF8", "-A", "trust"]);
    command.args(["--locale=C.UTF-8", "--lc-collate=C", "--lc-messages=C", "--text-search-config=simple"]);
    if launcher.throw_away {
        command.arg("--no-sync");
    }
    run(command, "")
}

fn bootstrap(launcher: &Launcher, draft: &Path) -> Result<(), ClusterError> {
    let mut command = launcher.command("postgres");
    command.arg("--single").arg("-D").arg(draft).args(["-c", "exit_on_error=on"]);
    if launcher.throw_away {
        command.arg("-F");
    }
    command.arg("postgres");
    run(command, &sql())
}

/// One command a line, as the single-user mode wants it.
fn sql() -> String {
    [
        format!("CREATE ROLE {OWNER_ROLE} LOGIN NOSUPERUSER NOBYPASSRLS NOREPLICATION NOCREATEROLE CREATEDB;"),
        format!("CREATE ROLE {APP_ROLE} LOGIN NOSUPERUSER NOBYPASSRLS NOREPLICATION NOCREATEROLE NOCREATEDB;"),
        format!("CREATE DATABASE {DATABASE} OWNER {OWNER_ROLE} TEMPLATE template0 ENCODING 'UTF8';"),
        String::new(),
    ]
    .join("\n")
}

/// Runs a program to its end with this input; its last words are the error.
fn run(mut command: Command, input: &str) -> Result<(), ClusterError> {
    let mut talk = || {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            // A program that ends early says why itself.
            drop(stdin.write_all(input.as_bytes()));
        }
        child.wait_with_output()
    };
    let output = talk().map_err(|e| ClusterError::Create(format!("{}({e})", command.get_program().display())))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(ClusterError::Create(last_words(&said).unwrap_or_else(|| output.status.to_string())))
}

/// The line that tells most: the last one that names an error, else the last.
pub(super) fn last_words(said: &str) -> Option<String> {
    let lines = || said.lines().rev().map(str::trim).filter(|line| !line.is_empty());
    let telling = ["FATAL", "PANIC", "ERROR", "error:", "could not"];
    let found = lines().find(|line| telling.iter().any(|word| line.contains(word)));
    found.or_else(|| lines().next()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_telling_line_is_found() {
        let said = "Data page checksums are disabled.\ninitdb: error: could not access directory \"/x\"\nHINT: run it\n\n";
        assert_eq!(last_words(said).as_deref(), Some("initdb: error: could not access directory \"/x\""));
        assert_eq!(last_words("a\nb\n").as_deref(), Some("b"));
        assert_eq!(last_words("\n"), None);
    }

    #[test]
    fn every_statement_is_a_line() {
        assert!(sql().lines().all(|line| line.ends_with(';')) && sql().ends_with('\n'));
    }
}
