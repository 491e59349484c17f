//! `zhengzhi check`: one line a thing; exit 1 when something is wrong.

use super::context::{Context, passes_by, runtime};
use crate::history;
use crate::platform::database::{Schema, role, schema};
use anyhow::bail;
use sqlx::{ConnectOptions, Connection};

/// Free space below which the disk is called full, in MiB.
const LEAST_FREE_MIB: u64 = 512;

/// Looks at configuration, database, roles, migrations, clock and disk.
pub fn run(context: &Context) -> anyhow::Result<()> {
    let data_dir = context.data_dir()?;
    let mut wrong = Vec::new();
    println!("配置：可用；数据目录 {}", data_dir.display());
    let disk = nix::sys::statvfs::statvfs(&data_dir)?;
    let free = disk.blocks_available() * disk.fragment_size() / (1024 * 1024);
    println!("磁盘：可用 {free} MiB");
    if free < LEAST_FREE_MIB {
        wrong.push(format!("磁盘：数据目录所在磁盘只剩 {free} MiB，请清理。"));
    }
    let key = context.key()?;
    let (endpoint, cluster) = context.open(false, |_| {})?;
    runtime()?.block_on(async {
        let mut app = endpoint.app_options().connect().await.map_err(|e| anyhow::anyhow!("数据库：无法以应用角色连接（{e}）"))?;
        let (role, passes) = role(&endpoint).await?;
        println!("数据库：可连接，应用角色 {role}");
        if passes {
            wrong.push(passes_by(&role));
        }
        match schema(&endpoint).await? {
            Schema::Current => println!("结构：最新"),
            Schema::Older => wrong.push("结构：较旧，请运行 zhengzhi migrate。".to_owned()),
            other => wrong.push(format!("结构：{}", other.refusal().unwrap_or_default())),
        }
        if !history::key_fits(&mut app, &key).await? {
            wrong.push(context.other_key()?);
        }
        let theirs: chrono::DateTime<chrono::Utc> = sqlx::query_scalar("select clock_timestamp()").fetch_one(&mut app).await?;
        let apart = (theirs - crate::base::WallClock.now()).num_seconds().abs();
        println!("时钟：与数据库相差 {apart} 秒");
        if apart > 60 {
            wrong.push(format!("时钟：本机与数据库相差 {apart} 秒，请校时。"));
        }
        app.close().await?;
        anyhow::Ok(())
    })?;
    if let Some(cluster) = cluster {
        cluster.stop()?;
    }
    if wrong.is_empty() { Ok(()) } else { bail!(wrong.join("\n")) }
}
