//! `zhengzhi export`: the annexes and the 汇总表 as files, from the command line. What is taken away is in the history.

use super::context::{Context, Opened, clocks};
use crate::annexes::{self, Annex};
use crate::base::{CITY, CountyId, new_id};
use crate::campaigns;
use crate::consolidated::{self, Order, Wanted};
use crate::history::{Action, Entry, Writing};
use anyhow::{Context as _, bail};
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Arguments of `export`.
#[derive(clap::Args)]
pub struct Arguments {
    /// What to write
    #[arg(value_enum)]
    what: What,
    /// Six-digit code of the county; without it the whole city
    #[arg(long, value_name = "CODE")]
    county: Option<String>,
    /// Live facts, or the last accepted submission
    #[arg(long, value_enum, default_value = "live")]
    from: From,
    /// Where to write it
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum What {
    Annex1,
    Annex2,
    RollUp,
    Package,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum From {
    Live,
    Accepted,
}

/// Runs it.
pub fn run(context: &Context, arguments: Arguments) -> anyhow::Result<()> {
    let wanted = match arguments.what {
        What::Annex1 => Wanted::Annex(Annex::One),
        What::Annex2 => Wanted::Annex(Annex::Two),
        What::RollUp => Wanted::RollUp,
        What::Package => bail!("本版本尚不能导出报送包，请分别导出 annex1、annex2、roll-up。"),
    };
    if matches!(arguments.from, From::Accepted) {
        bail!("尚无已接收的报送，请用 --from live 导出实时数据。");
    }
    context.with_database(|opened| async move {
        let lines = write(&opened, wanted, arguments.county.as_deref(), &arguments.out).await?;
        eprintln!("已写入 {}，{lines}行。", arguments.out.display());
        Ok(((), opened))
    })
}

async fn write(opened: &Opened, wanted: Wanted, county: Option<&str>, out: &Path) -> anyhow::Result<i64> {
    let directory = opened.directory().await?;
    let county = county.map(|code| known(&directory, code)).transpose()?;
    let scope = Opened::whole(&directory);
    let campaign = campaigns::find(opened.db.doorstep().await?.connection(), None).await?.context("尚未建立专项行动。")?;
    let clock = clocks(None).business;
    let date = campaign.live_date(clock.today());
    let order =
        Order { wanted, county, campaign: &campaign, date, made_at: clock.now(), directory: &directory, given: &[], basis: None };
    let mut book = consolidated::write(&opened.db, &scope, &order).await.context("导出失败")?;
    // Beside the target first, so that a full disk leaves no half file under its name.
    let folder = out.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut beside = tempfile::Builder::new()
        .permissions(Permissions::from_mode(0o644))
        .tempfile_in(folder)
        .with_context(|| format!("无法写入 {}", out.display()))?;
    std::io::copy(&mut book.file, &mut beside).with_context(|| format!("无法写入 {}", out.display()))?;
    beside.as_file().sync_all()?;
    let actor = opened.actor(None).await?;
    let mut writing = Writing::begin(&opened.db, &opened.key, clocks(None), actor, &scope).await?;
    let note = format!("{}，{}行，命令行导出", book.name, book.lines);
    for base in &mut book.bases {
        annexes::keep(&mut writing, base).await?;
    }
    writing.record(county.unwrap_or(CITY), Entry::event(Action::Disclosed, "files", new_id(), note)).await?;
    writing.commit().await?;
    beside.persist(out).with_context(|| format!("无法写入 {}", out.display()))?;
    Ok(book.lines)
}

fn known(directory: &crate::counties::Directory, code: &str) -> anyhow::Result<CountyId> {
    let county = directory.read(code).filter(|c| *c != CITY);
    county.with_context(|| format!("没有代码为“{code}”的县（区）。"))
}
