//! Backup and restore, as the people of an IT office use them.

mod moved;
mod refused;
mod whole;

use crate::support::{TestApp, alone};
use image::{DynamicImage, ImageFormat};
use std::io::{Cursor, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use tokio::process::Command;
use zhengzhi::platform::config::Config;

/// A machine: a folder for the program's data, which the database's own user can reach, and room for files beside.
struct Machine(TempDir);

impl Machine {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o755)).unwrap();
        Self(folder)
    }

    fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs the program here on the private cluster.
    async fn run(&self, arguments: &[&str]) -> Ended {
        Ended::of(alone(arguments, &self.data())).await
    }

    /// What somebody sees of the data folder: names and contents, without what the database's server writes for itself.
    fn seen(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut seen = Vec::new();
        for name in ["history.key", "attachments"] {
            gather(&self.data().join(name), &mut seen);
        }
        seen
    }
}

fn gather(path: &Path, seen: &mut Vec<(PathBuf, Vec<u8>)>) {
    if path.is_dir() {
        std::fs::read_dir(path).unwrap().for_each(|entry| gather(&entry.unwrap().path(), seen));
    } else if let Ok(bytes) = std::fs::read(path) {
        seen.push((path.to_owned(), bytes));
    }
    seen.sort();
}

/// How a command ended.
#[derive(Debug)]
struct Ended {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Ended {
    async fn of(mut command: Command) -> Self {
        let done = command.output().await.unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: done.status.code(), out: text(done.stdout), err: text(done.stderr) }
    }

    fn done(self) -> String {
        assert_eq!((self.code, &*self.err), (Some(0), ""), "{}", self.out);
        self.out
    }

    fn done_saying(self, what: &str) {
        let said = self.done();
        assert!(said.contains(what), "{said}");
    }

    /// One line on stderr that says why.
    fn refused(self, why: &str) {
        assert_eq!((self.code, &*self.out), (Some(1), ""), "{}", self.err);
        assert!(self.err.contains(why) && self.err.lines().count() == 1, "{}", self.err);
    }
}

/// A server on a database of its own with this data folder.
async fn office(data: &Path) -> TestApp {
    TestApp::start_with(Config { data_dir: Some(data.to_owned()), ..Config::default() }).await
}

/// The list of contents of a backup.
fn manifest(file: &Path) -> serde_json::Value {
    serde_json::from_str(&member(file, "manifest.json")).unwrap()
}

/// What a member of a backup says.
fn member(file: &Path, name: &str) -> String {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(file).unwrap()).unwrap();
    let mut text = String::new();
    zip.by_name(&format!("zhengzhi-backup/{name}")).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn photograph() -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(64, 48).write_to(&mut out, ImageFormat::Jpeg).unwrap();
    out.into_inner()
}
