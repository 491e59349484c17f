//! The folder of stored files: written, synced, renamed and its folder synced, before the row that names the file commits.

use super::kind::{FileKind, redrawn};
use crate::base::{CountyId, new_id};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// How the name of a file begins that is being written.
const COMING: &str = ".coming-";

/// Where files lie: `attachments` in the data folder.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

/// Why a file was not stored.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// What it is not, in one sentence.
    #[error("{0}")]
    Content(&'static str),
    /// The folder could not be written.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// A file that lies in the folder and has no row yet.
#[derive(Debug)]
pub struct Laid {
    pub(super) county: CountyId,
    pub(super) id: Uuid,
    pub(super) kind: FileKind,
    pub(super) bytes: usize,
    pub(super) sha256: Vec<u8>,
}

impl Folder {
    /// In a data folder; it is made when the first file comes.
    pub fn within(data_dir: &Path) -> Self {
        Self(data_dir.join("attachments"))
    }

    fn of(&self, county: CountyId) -> PathBuf {
        self.0.join(county.to_string())
    }

    /// Where a file lies.
    pub fn path(&self, county: CountyId, id: Uuid) -> PathBuf {
        self.of(county).join(id.simple().to_string())
    }

    /// Where its thumbnail lies.
    pub fn thumbnail(&self, county: CountyId, id: Uuid) -> PathBuf {
        self.of(county).join(format!("{}.small", id.simple()))
    }

    /// Lays a file down. It takes its time: off the threads that serve.
    pub(super) fn lay(&self, county: CountyId, bytes: &[u8]) -> Result<Laid, Refused> {
        let kind = FileKind::of(bytes).map_err(Refused::Content)?;
        let id = new_id();
        let folder = self.of(county);
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
        let drawn = if kind.is_picture() { Some(redrawn(kind, bytes).map_err(Refused::Content)?) } else { None };
        let kept = match &drawn {
            Some((picture, small)) => {
                write(&folder, &self.thumbnail(county, id), small)?;
                picture
            }
            None => bytes,
        };
        write(&folder, &self.path(county, id), kept)?;
        // A folder that was made for the first file is lost with the power like the file itself, unless the one above it is synced.
        for above in folder.ancestors().take(3) {
            File::open(above)?.sync_all()?;
        }
        Ok(Laid { county, id, kind, bytes: kept.len(), sha256: Sha256::digest(kept).to_vec() })
    }

    /// Lays a file down again that a backup holds, under its own name; one that lies there as it is stays.
    pub fn lay_again(&self, county: CountyId, (id, small): (Uuid, bool), bytes: &[u8]) -> io::Result<()> {
        let path = if small { self.thumbnail(county, id) } else { self.path(county, id) };
        if fs::read(&path).is_ok_and(|there| there == bytes) {
            return Ok(());
        }
        let folder = self.of(county);
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
        write(&folder, &path, bytes)?;
        for above in folder.ancestors().take(3) {
            File::open(above)?.sync_all()?;
        }
        Ok(())
    }

    /// The ids of the files of a county that are older than so many seconds. What never got its name is thrown away at once.
    pub(super) fn older(&self, county: CountyId, seconds: u64) -> io::Result<BTreeSet<Uuid>> {
        let entries = match fs::read_dir(self.of(county)) {
            Ok(entries) => entries,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
            Err(e) => return Err(e),
        };
        let mut found = BTreeSet::new();
        for entry in entries {
            let entry = entry?;
            if entry.metadata()?.modified()?.elapsed().unwrap_or_default().as_secs() <= seconds {
                continue;
            }
            let name = entry.file_name();
            let name = name.to_str().unwrap_or_default();
            if name.starts_with(COMING) {
                thrown_away(&entry.path());
            }
            found.extend(Uuid::try_parse(name.strip_suffix(".small").unwrap_or(name)).ok());
        }
        Ok(found)
    }

    /// Throws a file away.
    pub(super) fn remove(&self, county: CountyId, id: Uuid) {
        for path in [self.path(county, id), self.thumbnail(county, id)] {
            thrown_away(&path);
        }
    }
}

fn thrown_away(path: &Path) {
    if let Err(error) = fs::remove_file(path)
        && error.kind() != io::ErrorKind::NotFound
    {
        tracing::warn!(%error, path = %path.display(), "a stored file could not be removed");
    }
}

fn write(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut beside = tempfile::Builder::new().prefix(COMING).tempfile_in(folder)?;
    beside.write_all(bytes)?;
    beside.as_file().sync_all()?;
    beside.persist(path).map(drop).map_err(|e| e.error)
}
