//! `zhengzhi backup`: one file with all, while the server goes on.

use super::context::{Context, runtime};
use crate::backup;
use crate::base::WallClock;
use anyhow::ensure;
use std::path::PathBuf;

/// Arguments of `backup`.
#[derive(clap::Args)]
pub struct Arguments {
    /// The file to write (a zip, readable by its owner only: it holds the key of the history). An older backup of this name is
    /// replaced once the new one is whole; any other file of this name is left alone and refused
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Writes the backup and says what it holds.
pub fn run(context: &Context, arguments: &Arguments) -> anyhow::Result<()> {
    let data_dir = context.config.data_dir();
    // A wrong data folder would be filled with a new cluster, and that one backed up every night.
    let there = context.config.database.url.is_some() || data_dir.join("pgdata").exists();
    ensure!(there, "数据目录 {} 中没有数据库，未作备份。", data_dir.display());
    let (endpoint, cluster) = context.open(false, |_| {})?;
    let taken = runtime()?.block_on(backup::take(&endpoint, &data_dir, WallClock.now(), &arguments.out));
    if let Some(cluster) = cluster {
        cluster.stop()?;
    }
    let taken = taken?;
    let held = &taken.manifest;
    println!(
        "已备份至 {}：{}张表{}行，附件{}份，共{} KiB。内含日志密钥，请妥善保管。",
        arguments.out.display(),
        held.tables.len(),
        held.rows(),
        held.attachments - held.unsound.len(),
        taken.bytes.div_ceil(1024)
    );
    if !held.unsound.is_empty() {
        eprintln!("注意：{}份附件缺失或已损坏，备份中没有其原件：{}", held.unsound.len(), held.unsound.join("、"));
    }
    if let Some(broken) = &held.broken {
        eprintln!("注意：备份已完成，但核验未通过：{broken}");
    }
    Ok(())
}
