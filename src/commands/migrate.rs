//! `zhengzhi migrate`.

use super::context::{Context, runtime};
use crate::platform::database::{Schema, migrate, schema};
use anyhow::{Context as _, bail};

/// Brings the database up to this program.
pub fn run(context: &Context) -> anyhow::Result<()> {
    let (endpoint, cluster) = context.open(false, |_| {})?;
    runtime()?.block_on(async {
        if schema(&endpoint).await.context("无法连接数据库")? == Schema::Newer {
            bail!("数据库由更新版本的程序建立，本版本不能使用。请换用新版本程序。");
        }
        migrate(&endpoint).await.context("数据库升级失败，未作改动")
    })?;
    if let Some(cluster) = cluster {
        cluster.stop()?;
    }
    eprintln!("数据库结构已是最新。");
    Ok(())
}
