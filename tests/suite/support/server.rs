//! A server in this process, on a fresh copy of a migrated database.

use super::person::Person;
use chrono::DateTime;
use sqlx::{ConnectOptions, Connection};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use zhengzhi::accounts::{self, Hasher, NewAccount};
use zhengzhi::base::ability::Administer;
use zhengzhi::base::role::{Actor, Role};
use zhengzhi::base::{CITY, Clock, Clocks, CountyId, Permit, Scope};
use zhengzhi::campaigns::{self, Campaign};
use zhengzhi::counties;
use zhengzhi::history::{Key, Writing};
use zhengzhi::platform::config::Config;
use zhengzhi::platform::database::cluster::{APP_ROLE, Cluster, OWNER_ROLE, throw_away_dir};
use zhengzhi::platform::database::{Database, Endpoint, migrate};
use zhengzhi::self_reports;
use zhengzhi::web::shell::{App, Assets, Inner};

/// The program itself, for what it runs as a child.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_zhengzhi");

static CLUSTER: LazyLock<Cluster> =
    LazyLock::new(|| Cluster::throw_away(&throw_away_dir(), Path::new(PROGRAM)).unwrap_or_else(|e| panic!("{e}")));
static TEMPLATE: tokio::sync::OnceCell<()> = tokio::sync::OnceCell::const_new();
static NUMBER: AtomicU32 = AtomicU32::new(0);

/// The key of every test's history.
const KEY: &[u8] = b"a key of tests, thirty-two bytes";

/// Every test account's password.
pub const PASSWORD: &str = "漳河水清清，又到六月好时节";

/// A running server with its database. The business clock starts at 10:00 on 20 June 2019, 北京时间.
pub struct TestApp {
    /// Where it listens.
    pub url: String,
    /// Its state.
    pub app: App,
    /// How to reach its database.
    pub endpoint: Endpoint,
}

fn endpoint(database: &str) -> Endpoint {
    Endpoint::private(CLUSTER.socket_dir().to_owned(), database)
}

async fn as_owner(database: &str, sql: String) {
    let mut connection = endpoint(database).owner_options().connect().await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

/// A database of its own: a copy of the migrated template.
pub async fn fresh_database() -> Endpoint {
    TEMPLATE
        .get_or_init(|| async {
            tokio::task::spawn_blocking(|| LazyLock::force(&CLUSTER)).await.unwrap();
            as_owner("zhengzhi", "create database template_migrated".into()).await;
            migrate(&endpoint("template_migrated")).await.unwrap();
        })
        .await;
    let name = format!("test_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    as_owner("zhengzhi", format!("create database {name} template template_migrated strategy file_copy")).await;
    endpoint(&name)
}

impl TestApp {
    /// Starts a server at the usual moment.
    pub async fn start() -> Self {
        Self::start_at("2019-06-20T10:00:00+08:00").await
    }

    /// Starts a server at a business moment.
    pub async fn start_at(moment: &str) -> Self {
        Self::begin(moment, Config::default()).await
    }

    /// Starts a server at the usual moment with settings of its own.
    pub async fn start_with(config: Config) -> Self {
        Self::begin("2019-06-20T10:00:00+08:00", config).await
    }

    async fn begin(moment: &str, config: Config) -> Self {
        let endpoint = fresh_database().await;
        let db = Database::open(&endpoint, 16);
        let directory = counties::load(db.doorstep().await.unwrap().connection()).await.unwrap();
        let app = App::new(Inner {
            db,
            key: Key::of(KEY),
            clocks: Clocks::new(Clock::starting_at(DateTime::parse_from_rfc3339(moment).unwrap())),
            hasher: Hasher::new(64).unwrap(),
            directory,
            config,
            demo: false,
            assets: Assets::hashed(),
            program: PROGRAM.into(),
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let service = zhengzhi::app::router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        Self { url, app, endpoint }
    }

    /// Runs the program's command line on this server's database, with a data folder of its own.
    pub async fn command(&self, arguments: &[&str]) -> std::process::Output {
        let folder = tempfile::tempdir().unwrap();
        self.program(arguments, folder.path()).output().await.unwrap()
    }

    /// The program with arguments, on this server's database.
    pub fn program(&self, arguments: &[&str], data: &Path) -> tokio::process::Command {
        self.program_as(APP_ROLE, arguments, data)
    }

    /// The same as another role of the database. The data folder gets this server's key.
    pub fn program_as(&self, role: &str, arguments: &[&str], data: &Path) -> tokio::process::Command {
        let key = data.join("history.key");
        if !key.exists() {
            std::fs::write(key, KEY).unwrap();
        }
        let mut command = tokio::process::Command::new(PROGRAM);
        command.args(arguments).env("ZHENGZHI_DATABASE_URL", self.url_of(role)).env("ZHENGZHI_DATA_DIR", data);
        command.env("ZHENGZHI_DATABASE_OWNER_URL", self.url_of(OWNER_ROLE));
        command
    }

    /// This server's database as a role reaches it.
    pub fn url_of(&self, role: &str) -> String {
        format!("postgres://{role}@localhost/{}?host={}", self.endpoint.database(), CLUSTER.socket_dir().display())
    }

    /// The whole city's scope.
    pub fn whole(&self) -> Scope {
        Scope::counties(self.app.directory.all().iter().map(|c| c.id).collect()).unwrap()
    }

    /// The campaign of today.
    pub async fn campaign(&self) -> Campaign {
        let mut door = self.app.db.doorstep().await.unwrap();
        campaigns::find(door.connection(), None, self.app.clocks.business.today()).await.unwrap().unwrap()
    }

    /// Comes back when so many wait for a lock in this server's database.
    pub async fn until_waiting(&self, sessions: i64) {
        let mut watch = self.endpoint.owner_options().connect().await.unwrap();
        let waiting = "select count(*) from pg_locks where not granted
            and pid in (select l.pid from pg_locks l join pg_database d on d.oid = l.database where d.datname = current_database())";
        while sqlx::query_scalar::<_, i64>(waiting).fetch_one(&mut watch).await.unwrap() < sessions {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    /// An act of writing by anyone.
    pub async fn writing(&self, actor: Actor, scope: &Scope) -> Writing {
        Writing::begin(&self.app.db, &self.app.key, self.app.clocks, actor, scope).await.unwrap()
    }

    /// Makes an account; its password is [`PASSWORD`] and need not be changed unless `must_change`.
    pub async fn account(&self, login: &str, role: Role, county: CountyId, legal_review: bool, must_change: bool) -> Actor {
        let actor = Actor { role: Role::CityAdmin, ..accounts::system_actor() };
        let permit = Permit::<Administer>::ask(&actor, CITY).unwrap();
        let new = NewAccount {
            login: login.into(),
            name: format!("测试{login}"),
            role,
            county,
            legal_review,
            phone: String::new(),
            office: String::new(),
        };
        let hash = self.app.hasher.hash(PASSWORD).await.unwrap();
        let mut writing = self.writing(actor, &self.whole()).await;
        let account = accounts::add(&mut writing, &permit, &new, &hash, must_change).await.unwrap();
        writing.commit().await.unwrap();
        Actor { account, name: new.name, role, county, legal_review }
    }

    /// A person of a role in a county, signed in.
    pub async fn person(&self, role: Role, county: i32) -> Person {
        let login = format!("{}-{county}-{}", role.code(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let actor = self.account(&login, role, CountyId(county), false, false).await;
        Person::signed_in(self, actor, &login).await
    }

    /// Insists that every chain of the history holds.
    pub async fn history_holds(&self) {
        let scope = self.whole();
        let mut reader = self.app.db.reader(&scope).await.unwrap();
        let verified = zhengzhi::history::verify(reader.connection(), &scope, &self.app.key).await.unwrap();
        assert!(verified.is_ok(), "{verified:?}");
    }

    /// The token of a unit's open link, as its printed code says it.
    pub async fn token_of(&self, unit: uuid::Uuid) -> String {
        let scope = self.whole();
        let mut reader = self.app.db.reader(&scope).await.unwrap();
        let links = self_reports::links_of(reader.connection(), &scope, super::rows::CAMPAIGN, &[unit]).await.unwrap();
        self_reports::token(&self.app.key, links[0].id)
    }

    /// Lets every link of a unit end on a day.
    pub async fn end_links_on(&self, day: &str) {
        let mut connection = self.endpoint.owner_options().connect().await.unwrap();
        sqlx::query("update unit_links set expires_on = $1::text::date").bind(day).execute(&mut connection).await.unwrap();
    }

    /// A clerk of a county, signed in.
    pub async fn clerk(&self, county: i32) -> Person {
        self.person(Role::CountyClerk, county).await
    }

    /// The city's reviewer, signed in.
    pub async fn reviewer(&self) -> Person {
        self.person(Role::CityReviewer, CITY.0).await
    }

    /// The city's administrator, signed in.
    pub async fn admin(&self) -> Person {
        self.person(Role::CityAdmin, CITY.0).await
    }

    /// The auditor, signed in.
    pub async fn auditor(&self) -> Person {
        self.person(Role::Auditor, CITY.0).await
    }
}
