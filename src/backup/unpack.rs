//! Reading the file: nothing of it is used before all of it was checked.

use super::error::BackupError;
use super::manifest::{FORMAT, KEY, MANIFEST, Manifest};
use super::pack::{SEAL, is_backup, seal_of};
use crate::base::hex;
use crate::history::{Head, Key, heads_in};
use crate::platform::database::Schema;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use zip::ZipArchive;

/// A backup that is whole.
pub struct Backup {
    /// What it says of itself.
    pub manifest: Manifest,
    /// The key of the history, as bytes.
    pub(super) key: Vec<u8>,
    zip: ZipArchive<BufReader<File>>,
    path: PathBuf,
}

/// Reads a backup's list of contents alone, of a file that may be whole or not.
pub(super) fn manifest_of(path: &Path) -> Result<(Manifest, ZipArchive<BufReader<File>>), BackupError> {
    let broken = |why: &str| BackupError::Broken { path: path.to_owned(), why: why.to_owned() };
    let file = File::open(path).map_err(BackupError::file(path))?;
    let mut zip = ZipArchive::new(BufReader::new(file)).map_err(|_| broken("结构不完整"))?;
    let mut text = String::new();
    let read = zip.by_name(MANIFEST).map_err(std::io::Error::from).and_then(|mut member| member.read_to_string(&mut text));
    read.map_err(|_| broken("没有清单"))?;
    let value: serde_json::Value = serde_json::from_str(&text).map_err(|_| broken("清单无法识别"))?;
    match value.get("format").and_then(serde_json::Value::as_u64) {
        Some(format) if format > u64::from(FORMAT) => Err(newer()),
        _ => Ok((serde_json::from_value(value).map_err(|_| broken("清单无法识别"))?, zip)),
    }
}

fn newer() -> BackupError {
    BackupError::Refused("备份由更新版本的程序制作，本版本不能恢复，未作任何改动。请换用新版本程序。".to_owned())
}

/// The ends of the chains that a file names: a backup, its list of contents, or a log. Each with the file's name.
pub fn heads_of(path: &Path) -> Result<Vec<(String, Head)>, BackupError> {
    let heads = if is_backup(path) {
        heads_in(&manifest_of(path)?.0.heads.join(" "))
    } else {
        heads_in(&String::from_utf8_lossy(&std::fs::read(path).map_err(BackupError::file(path))?))
    };
    if heads.is_empty() {
        return Err(BackupError::Refused(format!("{} 中没有日志末尾的记录。", path.display())));
    }
    Ok(heads.into_iter().map(|head| (format!(" {} ", path.display()), head)).collect())
}

impl Backup {
    /// Opens a backup and checks it to the last byte: seal, list of contents, each member's size, checksum and lines.
    pub fn open(path: &Path) -> Result<Self, BackupError> {
        let broken = |why: &str| BackupError::Broken { path: path.to_owned(), why: why.to_owned() };
        let failed = |source| BackupError::File { path: path.to_owned(), source };
        let mut file = File::open(path).map_err(failed)?;
        if !is_backup(path) {
            return Err(BackupError::Refused(format!("{} 不是本系统的备份文件，未作任何改动。", path.display())));
        }
        let length = file.metadata().map_err(failed)?.len();
        let mut seal = String::new();
        if length > SEAL {
            let expected = seal_of(&mut file, length).map_err(failed)?;
            file.seek(SeekFrom::Start(length - SEAL)).map_err(failed)?;
            let _ = file.take(SEAL).read_to_string(&mut seal);
            seal = if seal == expected { seal } else { String::new() };
        }
        if seal.is_empty() {
            return Err(broken("校验值不符"));
        }
        let (manifest, zip) = manifest_of(path)?;
        match Schema::of(&manifest.applied()) {
            Schema::Newer => return Err(newer()),
            Schema::Foreign(version) => {
                let said = format!("备份的数据库结构与本程序不符（{version}），未作任何改动。请换用制作备份的程序。");
                return Err(BackupError::Refused(said));
            }
            Schema::Current | Schema::Older => {}
        }
        let mut backup = Self { manifest, key: Vec::new(), zip, path: path.to_owned() };
        backup.check()?;
        Ok(backup)
    }

    /// The key of the history.
    pub fn key(&self) -> Key {
        Key::of(&self.key)
    }

    /// A member's bytes.
    pub(super) fn member(&mut self, name: &str) -> Result<impl Read + '_, BackupError> {
        let why = format!("缺少 {name}");
        let path = self.path.clone();
        self.zip.by_name(name).map_err(|_| BackupError::Broken { path, why })
    }

    fn check(&mut self) -> Result<(), BackupError> {
        let held: BTreeSet<String> = self.zip.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
        let rows: BTreeMap<String, u64> = self.manifest.tables.iter().map(|t| (t.member(), t.rows)).collect();
        let listed: BTreeSet<&str> = self.manifest.members.iter().map(|m| &*m.name).chain([MANIFEST]).collect();
        let same = listed.len() == held.len() && listed.iter().all(|name| held.contains(*name));
        if !same || !rows.keys().all(|table| listed.contains(&**table)) {
            return Err(self.broken("内容与清单不一致"));
        }
        for member in self.manifest.members.clone() {
            let told = tally(self.member(&member.name)?);
            let holds = told.is_ok_and(|(bytes, lines, sum)| {
                bytes == member.bytes && sum == member.sha256 && rows.get(&member.name).is_none_or(|rows| *rows == lines)
            });
            if !holds {
                return Err(self.broken(&format!("{} 与清单不一致", member.name)));
            }
        }
        let mut key = Vec::new();
        let read = self.member(KEY)?.read_to_end(&mut key);
        if read.is_err() || key.len() < 32 {
            return Err(self.broken("日志密钥缺失"));
        }
        self.key = key;
        Ok(())
    }

    fn broken(&self, why: &str) -> BackupError {
        BackupError::Broken { path: self.path.clone(), why: why.to_owned() }
    }
}

/// A member's size, its lines and its checksum.
fn tally(mut member: impl Read) -> std::io::Result<(u64, u64, String)> {
    let (mut bytes, mut lines, mut hash) = (0, 0, Sha256::new());
    let mut buffer = vec![0; 1 << 16];
    loop {
        let n = member.read(&mut buffer)?;
        if n == 0 {
            return Ok((bytes, lines, hex::write(&hash.finalize())));
        }
        bytes += n as u64;
        lines += memchr::memchr_iter(b'\n', &buffer[..n]).count() as u64;
        hash.update(&buffer[..n]);
    }
}
