//! Why there is no backup, or nothing was restored: one line each.

use std::io;
use std::path::{Path, PathBuf};

/// Said while others are connected to the database that is to be replaced.
pub(super) const IN_USE: &str = "数据库正在使用，未作任何改动。请先停止服务再恢复。";

/// Why a backup was not made or not restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A sentence that says it all.
    #[error("{0}")]
    Refused(String),
    /// The file is no whole backup.
    #[error("备份文件 {path} 不完整或已损坏（{why}），未作任何改动。")]
    Broken {
        /// The file.
        path: PathBuf,
        /// What does not fit.
        why: String,
    },
    /// A file could not be read or written.
    #[error("无法读写 {path}：{reason}", reason = reason(.source))]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The database failed.
    #[error("数据库：{0}")]
    Database(sqlx::Error),
}

impl From<sqlx::Error> for BackupError {
    fn from(error: sqlx::Error) -> Self {
        let Some(said) = error.as_database_error() else { return Self::Database(error) };
        match said.code().as_deref() {
            Some("55006") => Self::Refused(IN_USE.to_owned()),
            Some("42501") => Self::Refused(format!("数据库角色权限不足，未作任何改动（{}）。", said.message())),
            _ => Self::Refused(format!("数据库：{}", said.message())),
        }
    }
}

impl BackupError {
    pub(super) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        |source| Self::File { path: path.to_owned(), source }
    }
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        _ if crate::platform::is_full(error) => "磁盘已满".to_owned(),
        io::ErrorKind::PermissionDenied => "没有权限".to_owned(),
        io::ErrorKind::NotFound => "不存在".to_owned(),
        io::ErrorKind::IsADirectory => "是一个目录".to_owned(),
        _ => error.to_string(),
    }
}
