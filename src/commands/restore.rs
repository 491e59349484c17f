//! `zhengzhi restore`: a backup in the place of what is there.

use super::context::{Context, runtime};
use crate::backup::{self, Backup, Target};
use std::path::PathBuf;

/// Arguments of `restore`.
#[derive(clap::Args)]
pub struct Arguments {
    /// The backup
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Replace the data that are there; the database replaced is kept beside until the next restore
    #[arg(long)]
    overwrite: bool,
}

/// Checks the file, then the place, then restores; says what was restored.
pub fn run(context: &Context, arguments: &Arguments) -> anyhow::Result<()> {
    let mut backup = Backup::open(&arguments.file)?;
    // Held, not joined: nobody serves meanwhile.
    let (endpoint, cluster) = context.open(true, |_| {})?;
    let data_dir = context.data_dir()?;
    let restored = runtime()?.block_on(async {
        let target = Target::look(&endpoint, arguments.overwrite).await?;
        backup::restore(target, &mut backup, &data_dir).await
    });
    if let Some(cluster) = cluster {
        cluster.stop()?;
    }
    let restored = restored?;
    let held = &backup.manifest;
    println!(
        "已恢复 {} 的备份：{}张表{}行，附件{}份，已核验。",
        held.made_at.format("%Y年%-m月%-d日%H:%M"),
        held.tables.len(),
        held.rows(),
        held.attachments - held.unsound.len()
    );
    if let Some(replaced) = restored.replaced {
        println!("原数据库保留为 {replaced}，下次恢复时清除。");
    }
    if !held.unsound.is_empty() {
        eprintln!("注意：备份时已有{}份附件缺失或损坏：{}", held.unsound.len(), held.unsound.join("、"));
    }
    if let Some(broken) = &held.broken {
        eprintln!("注意：备份时核验即未通过，已按原样恢复：{broken}");
    }
    Ok(())
}
