//! What a backup holds beside the tables, laid down again: stored files, and the key of the history.

use super::error::BackupError;
use super::manifest::PREFIX;
use super::unpack::Backup;
use crate::attachments::Folder;
use crate::base::CountyId;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, lchown};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// Lays the stored files down beside those that lie there: under their own ids, so nothing of now is in their way.
pub(super) fn lay_stored(backup: &mut Backup, data_dir: &Path) -> Result<(), BackupError> {
    let folder = Folder::within(data_dir);
    for member in backup.manifest.members.clone() {
        let Some((county, id, small)) = stored(&member.name) else { continue };
        let mut bytes = Vec::new();
        let laid =
            backup.member(&member.name)?.read_to_end(&mut bytes).and_then(|_| folder.lay_again(county, (id, small), &bytes));
        laid.map_err(BackupError::file(&folder.path(county, id)))?;
    }
    Ok(())
}

/// The file of which a member's name tells: county, id, and whether it is a thumbnail.
fn stored(name: &str) -> Option<(CountyId, Uuid, bool)> {
    let (county, file) = name.strip_prefix(PREFIX)?.strip_prefix("attachments/")?.split_once('/')?;
    let id = Uuid::try_parse(file.strip_suffix(".small").unwrap_or(file)).ok()?;
    Some((CountyId::from_code(county)?, id, file.ends_with(".small")))
}

/// The key of the history in its place, and the one that lay there before under another name.
pub(super) struct NewKey {
    key: PathBuf,
    replaced: Option<PathBuf>,
}

impl NewKey {
    /// Lays a key down; nothing is done where it lies already.
    pub fn lay(data_dir: &Path, bytes: &[u8]) -> Result<Option<Self>, BackupError> {
        let key = data_dir.join("history.key");
        if fs::read(&key).is_ok_and(|there| there == bytes) {
            return Ok(None);
        }
        let (coming, old) = (data_dir.join("history.key.restoring"), data_dir.join("history.key.replaced"));
        let lay = || {
            let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&coming)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            let replaced = key.exists().then(|| fs::rename(&key, &old)).transpose()?.map(|()| old.clone());
            fs::rename(&coming, &key)?;
            File::open(data_dir)?.sync_all()?;
            Ok(Self { key: key.clone(), replaced })
        };
        lay().map(Some).map_err(BackupError::file(&key))
    }

    /// Puts the one before back.
    pub fn take_back(self) -> io::Result<()> {
        match self.replaced {
            Some(replaced) => fs::rename(replaced, self.key),
            None => fs::remove_file(self.key),
        }
    }
}

/// Gives what was laid down to the owner of the data folder, where root restores for a service.
pub(super) fn hand_over(data_dir: &Path) -> io::Result<()> {
    let owner = fs::metadata(data_dir)?;
    if !nix::unistd::geteuid().is_root() || owner.uid() == 0 {
        return Ok(());
    }
    let mut open = vec![data_dir.join("attachments"), data_dir.join("history.key")];
    while let Some(path) = open.pop() {
        let Ok(found) = fs::symlink_metadata(&path) else { continue };
        lchown(&path, Some(owner.uid()), Some(owner.gid()))?;
        if found.is_dir() {
            open.extend(fs::read_dir(&path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?);
        }
    }
    Ok(())
}
