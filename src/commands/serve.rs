//! `zhengzhi serve`.

use super::context::{Context, clocks, runtime};
use super::{ClockArguments, ListenArguments};
use crate::accounts;
use crate::attachments::{self, Folder};
use crate::base::{Clock, Scope};
use crate::counties;
use crate::history;
use crate::platform::database::Database;
use crate::platform::database::cluster::Cluster;
use crate::web::shell::{App, Assets, Inner, forget_old_uses};
use anyhow::Context as _;
use chrono::{DateTime, Utc};
use std::future::IntoFuture;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// How long open requests may take after SIGTERM.
const DRAIN: Duration = Duration::from_secs(30);
/// How often is looked whether the private database runs.
const LOOK: Duration = Duration::from_secs(1);

/// The part of the log with the ends of the history.
const HEADS: &str = "heads";
/// What is logged unless somebody says otherwise.
const LOGGED: &str = "warn,heads=info";

/// How long connections to the database, and threads at work, may take to end then.
pub const CLOSE: Duration = Duration::from_secs(5);

/// Arguments of `serve`.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    clock: ClockArguments,
    #[command(flatten)]
    listen: ListenArguments,
}

/// Serves until SIGINT or SIGTERM.
pub fn run(mut context: Context, arguments: Arguments) -> anyhow::Result<()> {
    if let Some(listen) = arguments.listen.listen {
        context.config.server.listen = listen;
        context.config = context.config.checked()?;
    }
    start_log(LOGGED);
    let runtime = runtime()?;
    let stop = runtime.block_on(async { Stop::listen() })?;
    port_is_free(context.config.server.listen)?;
    let (endpoint, cluster) = context.open(true, |step| eprintln!("{step}"))?;
    let served = runtime.block_on(async {
        let private = cluster.is_some();
        let db = context.database(&endpoint, private, context.config.database.connections).await?;
        let app = application(&context, db, arguments.clock.clock(), false).await?;
        if app.config.server.allow_plain_http && !app.config.behind_https() {
            eprintln!("注意：以明文 http 提供服务，仅可用于隔离网络。");
        }
        serve(app, cluster, stop, |address| eprintln!("服务地址：http://{address}")).await
    });
    // A thread in the middle of a table or a picture is not waited for either.
    runtime.shutdown_timeout(CLOSE);
    served
}

/// Logs go to stderr; `RUST_LOG` says how much, else `unsaid`.
pub fn start_log(unsaid: &str) {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| unsaid.into());
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}

/// The application's state over a pool.
pub async fn application(context: &Context, db: Database, clock: Option<Clock>, demo: bool) -> anyhow::Result<App> {
    let directory = counties::load(db.doorstep().await.context("无法连接数据库")?.connection()).await?;
    Ok(App::new(Inner {
        db,
        key: context.key()?,
        clocks: clocks(clock),
        hasher: context.hasher()?,
        directory,
        config: context.config.clone(),
        demo,
        assets: Assets::hashed(),
        program: std::env::current_exe()?,
    }))
}

/// The signals that end the server; listened to before the database starts, so that none is lost.
pub struct Stop {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

impl Stop {
    /// Begins to listen.
    pub fn listen() -> anyhow::Result<Self> {
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    async fn asked(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// Says at once when the port is taken: a database takes long to build, and it is of no use then.
pub fn port_is_free(address: SocketAddr) -> anyhow::Result<()> {
    std::net::TcpListener::bind(address).map(drop).map_err(|e| taken(address, &e))
}

fn taken(address: SocketAddr, error: &std::io::Error) -> anyhow::Error {
    match error.kind() {
        std::io::ErrorKind::AddrInUse => anyhow::anyhow!("端口 {} 已被占用，请用 --listen 换一个地址。", address.port()),
        _ => anyhow::anyhow!("无法监听 {address}：{error}"),
    }
}

/// At the start, and every day: throws away what can no longer matter, and says in the log where the chains of the history end
/// (`verify-history --against` reads it there).
async fn daily(app: App) {
    let (db, folder) = (app.db.for_jobs(), Folder::within(&app.config.data_dir()));
    let Some(whole) = Scope::counties(app.directory.all().iter().map(|county| county.id).collect()) else { return };
    let mut days = tokio::time::interval(Duration::from_secs(24 * 60 * 60));
    loop {
        days.tick().await;
        let swept = async { attachments::sweep(db.reader(&whole).await?.connection(), &whole, &folder).await };
        match swept.await {
            Ok(0) => {}
            Ok(files) => tracing::info!(files, "stored files without a row were thrown away"),
            Err(error) => tracing::warn!(%error, "stored files could not be swept"),
        }
        if let Err(error) = forget_old(&db, app.clocks.wall.now()).await {
            tracing::warn!(%error, "old uses of forms and failed sign-ins could not be forgotten");
        }
        let ends = async { history::heads(db.reader(&whole).await?.connection(), &whole).await };
        match ends.await {
            Ok(heads) => heads.chunk_by(|a, b| a.county_id == b.county_id).for_each(log_heads),
            Err(error) => tracing::warn!(%error, "the ends of the history could not be read"),
        }
    }
}

fn log_heads(of_a_county: &[history::Head]) {
    let heads: Vec<String> = of_a_county.iter().map(history::Head::to_string).collect();
    tracing::info!(target: HEADS, "history ends at {}", heads.join(" "));
}

async fn forget_old(db: &Database, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    let mut door = db.doorstep().await?;
    let uses = forget_old_uses(door.connection(), now).await?;
    let failures = accounts::forget_old_failures(door.connection(), now).await?;
    tracing::info!(uses, failures, "old uses of forms and failed sign-ins were forgotten");
    Ok(())
}

/// Listens and answers until told to stop; then drains, closes the pool and stops the private cluster.
pub async fn serve(app: App, cluster: Option<Cluster>, mut stop: Stop, ready: impl FnOnce(SocketAddr)) -> anyhow::Result<()> {
    let address = app.config.server.listen;
    let listener = TcpListener::bind(address).await.map_err(|e| taken(address, &e))?;
    let bound = listener.local_addr()?;
    let daily = tokio::spawn(daily(app.clone()));
    let (db, router) = (app.db.clone(), crate::app::router(app));
    let (quit, mut quitting) = tokio::sync::watch::channel(false);
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        let _ = quitting.changed().await;
    });
    let mut server = Box::pin(server.into_future());
    let cluster = Arc::new(Mutex::new(cluster));
    let watch = tokio::spawn(keep_alive(Arc::clone(&cluster)));
    ready(bound);
    tokio::select! {
        ended = &mut server => ended?,
        () = stop.asked() => {
            let _ = quit.send(true);
            let _ = tokio::time::timeout(DRAIN, server).await;
        }
    }
    watch.abort();
    daily.abort();
    // Whoever is not done by now holds a connection still; the database takes back what was not committed.
    let _ = tokio::time::timeout(CLOSE, db.close()).await;
    tokio::task::spawn_blocking(move || held(&cluster).take().map(Cluster::stop)).await?.transpose()?;
    Ok(())
}

fn held(cluster: &Mutex<Option<Cluster>>) -> MutexGuard<'_, Option<Cluster>> {
    cluster.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Looks after the private cluster: a server that was killed, or that gave up on a full disk, is started again. The pools find
/// it by themselves.
async fn keep_alive(cluster: Arc<Mutex<Option<Cluster>>>) {
    loop {
        tokio::time::sleep(LOOK).await;
        let cluster = Arc::clone(&cluster);
        let revived = tokio::task::spawn_blocking(move || held(&cluster).as_mut().map(Cluster::revive)).await;
        match revived {
            Ok(None) | Err(_) => return,
            Ok(Some(Ok(false))) => {}
            Ok(Some(Ok(true))) => tracing::error!("the database had ended and was started again"),
            Ok(Some(Err(error))) => tracing::error!(%error, "the database has ended and does not start"),
        }
    }
}
