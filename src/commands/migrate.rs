//! `zhengzhi migrate`.

use super::context::{Context, runtime};
use crate::platform::database::{migrate, schema};
use anyhow::{Context as _, bail};

/// Brings the database up to this program.
pub fn run(context: &Context) -> anyhow::Result<()> {
    let (endpoint, cluster) = context.open(false, |_| {})?;
    runtime()?.block_on(async {
        if let Some(refusal) = schema(&endpoint).await.context("无法连接数据库")?.refusal() {
            bail!("数据库结构{refusal}");
        }
        migrate(&endpoint).await.context("数据库升级失败，未作改动")
    })?;
    if let Some(cluster) = cluster {
        cluster.stop()?;
    }
    eprintln!("数据库结构已是最新。");
    Ok(())
}
