//! `zhengzhi demo`: private cluster, invented data, accounts printed. Binds loopback only and says on every page that it is a demo.

use super::context::{Context, clocks, runtime};
use super::serve::{CLOSE, Stop, application, port_is_free, serve, start_log};
use super::{ClockArguments, ListenArguments};
use crate::base::Clock;
use crate::demo::{self, People};
use anyhow::{Context as _, bail};
use chrono::NaiveDate;
use std::io::Write as _;
use std::path::PathBuf;

/// Arguments of `demo`.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    listen: ListenArguments,
    /// Data folder of the demo
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    #[command(flatten)]
    clock: ClockArguments,
    /// Throw away what was entered and make the data anew
    #[arg(long)]
    fresh: bool,
    /// Print one line of JSON on stdout once it serves
    #[arg(long)]
    json: bool,
}

/// The demo's day, eight days before the deadline.
const DAY: Option<NaiveDate> = NaiveDate::from_ymd_opt(2019, 6, 20);

/// Serves the demo until SIGINT or SIGTERM.
pub fn run(mut context: Context, arguments: Arguments) -> anyhow::Result<()> {
    if let Some(listen) = arguments.listen.listen {
        context.config.server.listen = listen;
    }
    if !context.config.server.listen.ip().is_loopback() {
        bail!("演示只能在本机使用：--listen 须为 127.0.0.1 的地址。");
    }
    context.config.database.url = None;
    // So that the public form and the codes of units can be tried, on this machine only.
    context.config.public.tips = true;
    let own = format!("http://{}", context.config.server.listen);
    context.config.server.public_url.get_or_insert(own);
    context.config.data_dir = Some(arguments.data.unwrap_or_else(|| context.config.data_dir().join("demo")));
    start_log("warn");
    let runtime = runtime()?;
    let stop = runtime.block_on(async { Stop::listen() })?;
    port_is_free(context.config.server.listen)?;
    let (endpoint, cluster) = context.open(true, |step| eprintln!("{step}"))?;
    let served = runtime.block_on(async {
        let clock = arguments.clock.clock().or_else(|| DAY.map(Clock::on));
        if arguments.fresh {
            demo::wipe(&endpoint).await.context("无法清空演示数据")?;
        }
        let db = context.database(&endpoint, true, context.config.database.connections).await?;
        let hasher = context.hasher()?;
        let people = People::ensure(&db, &context.key()?, clocks(clock), &hasher).await.context("无法建立演示账号")?;
        demo::fill(&db, &context.key()?, clocks(clock), |step| eprintln!("{step}")).await.context("无法写入演示数据")?;
        let app = application(&context, db, clock, true).await?;
        serve(app, cluster, stop, |address| people.print(&format!("http://{address}"), arguments.json)).await
    });
    runtime.shutdown_timeout(CLOSE);
    let _ = std::io::stdout().flush();
    served
}
