//! `zhengzhi export`: the annexes, the 汇总表 and the package of a submission as files, from the command line: live, as the city
//! received them, or as of a moment. What is taken away is in the history.

use super::context::{Context, Opened, clocks};
use super::read_moment;
use crate::annexes::{self, Annex};
use crate::base::{CITY, CountyId, Scope, dates, new_id};
use crate::campaigns::{self, Campaign};
use crate::consolidated::{self, Given, Order, Wanted};
use crate::counties::Directory;
use crate::history::{Action, Entry, Writing};
use crate::{as_of, submissions};
use anyhow::{Context as _, bail};
use chrono::{DateTime, FixedOffset};
use std::fs::Permissions;
use std::io::{self, Read};
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
    /// Live facts, or what the city received last
    #[arg(long, value_enum, default_value = "live")]
    from: From,
    /// The facts as they stood at a moment (北京时间), e.g. 2019-06-28T17:30
    #[arg(long, value_name = "TIME", value_parser = read_moment)]
    as_of: Option<DateTime<FixedOffset>>,
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

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum From {
    Live,
    Accepted,
}

/// Runs it.
pub fn run(context: &Context, arguments: Arguments) -> anyhow::Result<()> {
    let wanted = match arguments.what {
        What::Annex1 => Some(Wanted::Annex(Annex::One)),
        What::Annex2 => Some(Wanted::Annex(Annex::Two)),
        What::RollUp => Some(Wanted::RollUp),
        What::Package => None,
    };
    if arguments.as_of.is_some() && (wanted.is_none() || arguments.from == From::Accepted) {
        bail!("--as-of 只用于实时数据的 annex1、annex2、roll-up。");
    }
    context.with_database(|opened| async move {
        let said = match wanted {
            Some(wanted) => format!("{}行", write(&opened, wanted, &arguments).await?),
            None => package(&opened, &arguments).await?,
        };
        eprintln!("已写入 {}，{said}。", arguments.out.display());
        Ok(((), opened))
    })
}

/// What every kind of export stands on.
struct Ground {
    directory: Directory,
    scope: Scope,
    campaign: Campaign,
    county: Option<CountyId>,
}

impl Ground {
    async fn of(opened: &Opened, arguments: &Arguments) -> anyhow::Result<Self> {
        let directory = opened.directory().await?;
        let county = arguments.county.as_deref().map(|code| known(&directory, code)).transpose()?;
        let scope = Opened::whole(&directory);
        let campaign = campaigns::find(opened.db.doorstep().await?.connection(), None, clocks(None).business.today())
            .await?
            .context("尚未建立专项行动。")?;
        Ok(Self { directory, scope, campaign, county })
    }
}

async fn write(opened: &Opened, wanted: Wanted, arguments: &Arguments) -> anyhow::Result<i64> {
    let Ground { directory, scope, campaign, county } = Ground::of(opened, arguments).await?;
    let clock = clocks(None).business;
    let given = match arguments.from {
        From::Live => Vec::new(),
        From::Accepted => accepted(opened, &scope, &campaign, county).await?,
    };
    let at = arguments.as_of;
    let basis = at.map(|at| format!("截至{}的记录", dates::instant_long(at)));
    let date = campaign.live_date(clock.today());
    let order = Order {
        wanted,
        county,
        campaign: &campaign,
        date: at.map_or(date, |at| date.min(at.date_naive())),
        made_at: clock.now(),
        directory: &directory,
        given: &given,
        only_given: arguments.from == From::Accepted,
        basis: basis.as_deref(),
    };
    let mut book = match at {
        Some(at) => {
            let mut past = as_of::restore(&opened.db, &scope, at.to_utc()).await?;
            consolidated::write_in(past.connection(), &scope, &order).await
        }
        None => consolidated::write(&opened.db, &scope, &order).await,
    }
    .context("导出失败")?;
    if at.is_some() || order.only_given {
        // What is past or filed is no table to edit and bring back.
        book.bases.clear();
    }
    let lines = book.lines;
    let bases = book.bases;
    let note = format!("{}，{lines}行，命令行导出", book.name);
    lay(&arguments.out, &mut book.file, async {
        let actor = opened.actor(None).await?;
        let mut writing = Writing::begin(&opened.db, &opened.key, clocks(None), actor, &scope).await?;
        for mut base in bases {
            annexes::keep(&mut writing, &mut base).await?;
        }
        writing.record(county.unwrap_or(CITY), Entry::event(Action::Disclosed, "files", new_id(), note)).await?;
        Ok(writing.commit().await?)
    })
    .await?;
    Ok(lines)
}

/// The tables that the city received.
async fn accepted(opened: &Opened, scope: &Scope, campaign: &Campaign, county: Option<CountyId>) -> anyhow::Result<Vec<Given>> {
    let mut reader = opened.db.reader(scope).await?;
    let mut given = Vec::new();
    for submission in submissions::accepted(reader.connection(), scope, campaign.id).await? {
        if county.is_none_or(|c| c == submission.county_id) {
            given.push(submissions::given(reader.connection(), scope, &submission).await?);
        }
    }
    if given.is_empty() {
        bail!("尚无已接收的报送，请用 --from live 导出实时数据。");
    }
    Ok(given)
}

/// The files of a county's last submission as one archive.
async fn package(opened: &Opened, arguments: &Arguments) -> anyhow::Result<String> {
    let Ground { scope, campaign, county, .. } = Ground::of(opened, arguments).await?;
    let county = county.context("导出报送包须用 --county 指明县（区）。")?;
    let mut reader = opened.db.reader(&scope).await?;
    let wanted = match arguments.from {
        From::Live => submissions::latest(reader.connection(), &scope, campaign.id).await?,
        From::Accepted => submissions::accepted(reader.connection(), &scope, campaign.id).await?,
    };
    let submission = wanted.into_iter().find(|s| s.county_id == county).context("该县（区）还没有可导出的报送。")?;
    let bytes = submissions::package(reader.connection(), &scope, &submission).await?;
    drop(reader);
    let said = format!("{}，版本码{}", submission.title(), submission.version_code);
    let note = format!("报送包，{said}，命令行导出");
    lay(&arguments.out, &mut bytes.as_slice(), async {
        let actor = opened.actor(None).await?;
        let mut writing = Writing::begin(&opened.db, &opened.key, clocks(None), actor, &scope).await?;
        writing.record(county, Entry::event(Action::Disclosed, "files", submission.id, note)).await?;
        Ok(writing.commit().await?)
    })
    .await?;
    Ok(said)
}

/// Writes a file beside its place first, so that a full disk leaves no half file under its name; it takes its name when the
/// history says that it was taken.
async fn lay(out: &Path, bytes: &mut impl Read, recorded: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    let folder = out.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let failed = || format!("无法写入 {}", out.display());
    let mut builder = tempfile::Builder::new();
    let mut beside = builder.permissions(Permissions::from_mode(0o644)).tempfile_in(folder).with_context(failed)?;
    io::copy(bytes, &mut beside).with_context(failed)?;
    beside.as_file().sync_all()?;
    recorded.await?;
    beside.persist(out).with_context(failed)?;
    Ok(())
}

fn known(directory: &Directory, code: &str) -> anyhow::Result<CountyId> {
    let county = directory.read(code).filter(|c| *c != CITY);
    county.with_context(|| format!("没有代码为“{code}”的县（区）。"))
}
