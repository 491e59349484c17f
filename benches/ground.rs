//! A throw-away cluster with load data, and the product over it.

use anyhow::Context as _;
use chrono::DateTime;
use sqlx::{ConnectOptions, Connection};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Instant;
use zhengzhi::accounts::{self, Hasher, NewAccount};
use zhengzhi::base::ability::Administer;
use zhengzhi::base::role::{Actor, Role};
use zhengzhi::base::{CITY, Clock, Clocks, CountyId, Permit, Scope};
use zhengzhi::history::{Key, Writing};
use zhengzhi::platform::config::Config;
use zhengzhi::platform::database::cluster::{Cluster, DATABASE, throw_away_dir};
use zhengzhi::platform::database::{Database, Endpoint, migrate};
use zhengzhi::web::shell::{App, Assets, Inner};
use zhengzhi::{counties, demo};

/// The program, for what runs as a child.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_zhengzhi");

/// The key of the history here.
pub const KEY: &[u8] = b"a key of benches, thirty-two by.";

/// The county with the most units.
pub const COUNTY: CountyId = CountyId(140_403);

/// Its clerk.
pub const LOGIN: &str = "luzhou-bench";

/// The clerk's password.
pub const PASSWORD: &str = "bench-2019-0628-luzhou";

/// Units after which statistics are taken for the first time.
const FEW: u32 = 5_000;

async fn settle(endpoint: &Endpoint) -> anyhow::Result<()> {
    let mut owner = endpoint.owner_options().connect().await?;
    sqlx::raw_sql("vacuum analyze").execute(&mut owner).await?;
    Ok(owner.close().await?)
}

/// What everything stands on. The cluster goes last.
pub struct Ground {
    /// The product's state.
    pub app: App,
    /// How to reach the database.
    pub endpoint: Endpoint,
    /// The folder of its socket.
    pub socket_dir: PathBuf,
    _cluster: Cluster,
}

impl Ground {
    /// Starts the cluster and writes `units` units with what belongs to them.
    pub async fn prepare(units: u32) -> anyhow::Result<Self> {
        let cluster = tokio::task::spawn_blocking(|| Cluster::throw_away(&throw_away_dir(), Path::new(PROGRAM))).await??;
        let socket_dir = cluster.socket_dir().to_owned();
        let endpoint = Endpoint::private(socket_dir.clone(), DATABASE);
        migrate(&endpoint).await?;
        let db = Database::open(&endpoint, 16);
        let directory = counties::load(db.doorstep().await?.connection()).await?;
        let start = DateTime::parse_from_rfc3339("2019-06-20T10:00:00+08:00")?;
        let app = App::new(Inner {
            db,
            key: Key::of(KEY),
            clocks: Clocks::new(Clock::starting_at(start)),
            hasher: Hasher::new(64)?,
            directory,
            config: Config::default(),
            demo: false,
            assets: Assets::hashed(),
            program: PROGRAM.into(),
        });
        let began = Instant::now();
        // A few first, and then statistics, as a server takes them by itself: without them every plan is for empty tables.
        let (few, say) = (units.min(FEW), |step: &str| eprintln!("{step}"));
        let mut written = demo::generate(&app.db, &app.key, app.clocks, few, 2019, say).await?;
        settle(&endpoint).await?;
        let rest = demo::generate(&app.db, &app.key, app.clocks, units - few, 2019, say).await?;
        written.units += rest.units;
        written.problems += rest.problems;
        written.cases += rest.cases;
        println!(
            "generate: {} units, {} problems, {} cases in {:.1} s",
            written.units,
            written.problems,
            written.cases,
            began.elapsed().as_secs_f64()
        );
        let ground = Self { app, endpoint, socket_dir, _cluster: cluster };
        ground.clerk().await?;
        ground.settle().await?;
        Ok(ground)
    }

    /// All counties.
    pub fn whole(&self) -> anyhow::Result<Scope> {
        Scope::counties(self.app.directory.all().iter().map(|c| c.id).collect()).context("no counties")
    }

    /// What a server that runs for a while does by itself; a throw-away one is started without.
    pub async fn settle(&self) -> anyhow::Result<()> {
        settle(&self.endpoint).await
    }

    /// Serves a router on a free port of this machine; its address.
    pub async fn serve(router: axum::Router) -> anyhow::Result<String> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        Ok(url)
    }

    async fn clerk(&self) -> anyhow::Result<()> {
        let actor = Actor { role: Role::CityAdmin, ..accounts::system_actor() };
        let permit = Permit::<Administer>::ask(&actor, CITY).context("table of roles")?;
        let new = NewAccount {
            login: LOGIN.into(),
            name: "量测".into(),
            role: Role::CountyClerk,
            county: COUNTY,
            legal_review: false,
            phone: String::new(),
            office: String::new(),
        };
        let hash = self.app.hasher.hash(PASSWORD).await?;
        let app = &self.app;
        let mut writing = Writing::begin(&app.db, &app.key, app.clocks, actor, &self.whole()?).await?;
        accounts::add(&mut writing, &permit, &new, &hash, false).await?;
        writing.commit().await?;
        Ok(())
    }
}
