//! What can go wrong, as one line that says what to do.

use std::io;
use std::path::{Path, PathBuf};

/// Why the private cluster does not run. Each shows as one line for the person at the terminal.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)] // the messages are the documentation
pub enum ClusterError {
    #[error(
        "未找到 PostgreSQL 程序,请执行:sudo apt-get install -y --no-install-recommends postgresql(或以 ZHENGZHI_PG_BIN 指定其 bin 目录)"
    )]
    NoBinaries,
    #[error("指定的目录 {0} 中没有可用的 postgres 和 initdb,请更正 ZHENGZHI_PG_BIN(database.pg_bin)")]
    BadBinaries(PathBuf),
    #[error("PostgreSQL {0} 版本过低,请安装 {min} 或更高版本", min = super::binaries::OLDEST)]
    TooOld(u32),
    #[error(
        "数据目录 {data_dir} 由 PostgreSQL {wanted} 建立,本机只有 {found};请安装 PostgreSQL {wanted},或以 ZHENGZHI_PG_BIN 指定其 bin 目录"
    )]
    OtherVersion { data_dir: PathBuf, wanted: u32, found: String },
    #[error("数据目录 {0} 正由另一个 zhengzhi 使用,请先停止该程序,或另选数据目录(--data 或 data_dir)")]
    Busy(PathBuf),
    #[error("{0} 不是完整的数据库目录,请将其移走后重试,或另选数据目录(--data 或 data_dir)")]
    NotACluster(PathBuf),
    #[error("数据库目录 {0} 属于其他用户,请以该用户运行,或另选数据目录(--data 或 data_dir)")]
    OtherOwner(PathBuf),
    #[error("数据库不能以 root 身份运行,而 postgres 用户进不了 {0};请以 --data(或 data_dir)另选目录,例如 /var/lib/zhengzhi")]
    Unreachable(PathBuf),
    #[error("数据库不能以 root 身份运行,请先建立 postgres 用户:useradd --system postgres")]
    NoAccount,
    #[error("上次运行的 PostgreSQL(进程 {0})未能停止,请手工停止后重试")]
    Orphan(i32),
    #[error("建立数据库失败:{0}")]
    Create(String),
    #[error("数据库未能启动:{reason}(详见 {log})")]
    Start { reason: String, log: PathBuf },
    #[error("数据库未能正常停止,已强制结束;下次启动将自动恢复")]
    Stop,
    #[error("{what}:{path}({reason})", reason = reason(source))]
    Io { what: &'static str, path: PathBuf, source: io::Error },
}

impl ClusterError {
    pub(super) fn io(what: &'static str, path: &Path, source: io::Error) -> Self {
        Self::Io { what, path: path.to_path_buf(), source }
    }
}

/// The usual reasons in Chinese, the rest as the system says it.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "没有权限".into(),
        io::ErrorKind::NotFound => "不存在".into(),
        io::ErrorKind::StorageFull => "磁盘已满".into(),
        io::ErrorKind::ReadOnlyFilesystem => "文件系统只读".into(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_one_line_with_its_reason() {
        let denied = io::Error::from(io::ErrorKind::PermissionDenied);
        let shown = ClusterError::io("无法建立目录", Path::new("/srv/x"), denied).to_string();
        assert_eq!(shown, "无法建立目录:/srv/x(没有权限)");
    }
}
