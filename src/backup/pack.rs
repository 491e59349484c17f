//! Writing the file: under a name of its own beside the wanted one, sealed, synced, and only then renamed.

use super::error::BackupError;
use super::manifest::{MANIFEST, Manifest, Member, PREFIX};
use crate::base::hex;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// How the name of a file begins that is being written.
const COMING: &str = ".zhengzhi-backup-";
/// A file that is being written and grew no more for this long, in seconds, was left by a program that was killed.
const LEFT: u64 = 24 * 60 * 60;
/// Length of the seal: SHA-256 in hexadecimal.
pub(super) const SEAL: u64 = 64;

/// A backup that is being written.
pub(super) struct Pack {
    zip: ZipWriter<BufWriter<File>>,
    coming: NamedTempFile,
    out: PathBuf,
    members: Vec<Member>,
    hash: Sha256,
}

impl Pack {
    /// Begins a file. What is there already under its name is replaced if it is a backup, else nothing is begun.
    pub fn begin(out: &Path) -> Result<Self, BackupError> {
        if out.exists() && !is_backup(out) {
            return Err(BackupError::Refused(format!("{} 已存在，且不是备份文件，未作任何改动。请另取文件名。", out.display())));
        }
        let begin = || {
            let folder = folder_of(out);
            sweep(folder)?;
            let coming = tempfile::Builder::new().prefix(COMING).tempfile_in(folder)?;
            let zip = ZipWriter::new(BufWriter::with_capacity(1 << 18, coming.reopen()?));
            Ok(Self { zip, coming, out: out.to_owned(), members: Vec::new(), hash: Sha256::new() })
        };
        begin().map_err(BackupError::file(out))
    }

    /// Begins a member. Tables are packed, stored files are packed already.
    pub fn start(&mut self, name: String, packed: bool) -> io::Result<()> {
        let method = if packed { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        let level = packed.then_some(3);
        let options = SimpleFileOptions::default().compression_method(method).compression_level(level).unix_permissions(0o600);
        self.zip.start_file(&name, options.large_file(packed))?;
        self.members.push(Member { name, ..Member::default() });
        self.hash = Sha256::new();
        Ok(())
    }

    /// Goes on with a member.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some(member) = self.members.last_mut() {
            member.bytes += bytes.len() as u64;
        }
        self.hash.update(bytes);
        self.zip.write_all(bytes)
    }

    /// Ends a member.
    pub fn end(&mut self) {
        let sum = self.hash.finalize_reset();
        if let Some(member) = self.members.last_mut() {
            member.sha256 = hex::write(&sum);
        }
    }

    /// Writes the manifest and the seal, and gives the file its name. Its size.
    pub fn finish(mut self, manifest: &mut Manifest) -> Result<u64, BackupError> {
        manifest.members = std::mem::take(&mut self.members);
        let out = self.out.clone();
        self.seal(manifest).map_err(BackupError::file(&out))
    }

    fn seal(mut self, manifest: &Manifest) -> io::Result<u64> {
        self.start(MANIFEST.to_owned(), true)?;
        self.write(&serde_json::to_vec_pretty(manifest)?)?;
        self.zip.set_comment("0".repeat(64))?;
        let mut file = self.zip.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(0))?;
        let seal = seal_of(&mut self.coming.reopen()?, length)?;
        file.seek(SeekFrom::Start(length - SEAL))?;
        file.write_all(seal.as_bytes())?;
        file.sync_all()?;
        self.coming.persist(&self.out).map_err(|e| e.error)?;
        File::open(folder_of(&self.out))?.sync_all()?;
        Ok(length)
    }
}

/// What the end of a file of this length must say.
pub(super) fn seal_of(file: &mut File, length: u64) -> io::Result<String> {
    let mut hash = Sha256::new();
    io::copy(&mut file.take(length - SEAL), &mut HashWriter(&mut hash))?;
    Ok(hex::write(&hash.finalize()))
}

struct HashWriter<'a>(&'a mut Sha256);

impl Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Whether a file begins as a backup does, whole or not.
pub(super) fn is_backup(path: &Path) -> bool {
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(30 + PREFIX.len() as u64).read_to_end(&mut start));
    read.is_ok() && start.starts_with(b"PK\x03\x04") && start.ends_with(PREFIX.as_bytes())
}

fn folder_of(out: &Path) -> &Path {
    out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Throws away what killed backups left in a folder.
fn sweep(folder: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let is_coming = entry.file_name().to_string_lossy().starts_with(COMING);
        if is_coming && entry.metadata()?.modified()?.elapsed().unwrap_or_default().as_secs() > LEFT {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
