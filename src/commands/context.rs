//! What every command needs: settings, the data folder, the database (configured, or the private cluster), the key.

use crate::accounts::{self, Hasher};
use crate::base::{CITY, Clock, Clocks, Scope, role::Actor};
use crate::counties::{self, Directory};
use crate::history::{self, Key};
use crate::platform::config::Config;
use crate::platform::database::cluster::{Cluster, DATABASE, Options};
use crate::platform::database::{Database, Endpoint, Schema, migrate, role, schema};
use anyhow::{Context as _, bail, ensure};
use std::future::Future;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// Settings, before anything is started.
pub struct Context {
    /// The settings.
    pub config: Config,
}

/// A database that can be reached for as long as this lives.
pub struct Opened {
    /// The pool as `zhengzhi_app`.
    pub db: Database,
    /// The key of the history chain.
    pub key: Key,
    cluster: Option<Cluster>,
}

impl Context {
    /// Reads the settings.
    pub fn load(config: Option<&Path>) -> anyhow::Result<Self> {
        Ok(Self { config: Config::load(config, std::env::vars())? })
    }

    /// The data folder, made if it is not there.
    pub fn data_dir(&self) -> anyhow::Result<PathBuf> {
        let dir = self.config.data_dir();
        if !dir.exists() {
            std::fs::DirBuilder::new()
                .recursive(true)
                .mode(0o711)
                .create(&dir)
                .with_context(|| format!("无法建立数据目录 {}", dir.display()))?;
        }
        dir.canonicalize().with_context(|| format!("无法进入数据目录 {}", dir.display()))
    }

    /// Reaches the database. `holds`: this command serves, so it must be the one that runs the private cluster.
    pub fn open(&self, holds: bool, say: fn(&str)) -> anyhow::Result<(Endpoint, Option<Cluster>)> {
        if let Some(url) = &self.config.database.url {
            let owner = self.config.database.owner_url.as_ref().map(|u| u.expose());
            let endpoint = Endpoint::configured(url.expose(), owner).context("database.url 不是有效的数据库地址")?;
            return Ok((endpoint, None));
        }
        let options = Options { pg_bin: self.config.database.pg_bin.clone(), say, ..Options::new(self.data_dir()?) };
        let cluster = if holds { Cluster::start(&options)? } else { Cluster::start_or_join(&options)? };
        Ok((Endpoint::private(cluster.socket_dir().to_owned(), DATABASE), Some(cluster)))
    }

    /// The key of the history chain.
    pub fn key(&self) -> anyhow::Result<Key> {
        Ok(Key::open(&self.data_dir()?.join("history.key"))?)
    }

    /// The pools over a database that this program may write in: its schema is ours, its history made with our key.
    pub async fn database(&self, endpoint: &Endpoint, private: bool, connections: u32) -> anyhow::Result<Database> {
        up_to_date(endpoint, private).await?;
        let db = Database::open(endpoint, connections);
        let directory = counties::load(db.doorstep().await.context("无法连接数据库")?.connection()).await?;
        let fits = history::settle_key(&db, &Opened::whole(&directory), &self.key()?).await?;
        ensure!(fits, self.other_key()?);
        Ok(db)
    }

    /// What is said of a key that is not the database's.
    pub fn other_key(&self) -> anyhow::Result<String> {
        let key = self.data_dir()?.join("history.key");
        Ok(format!(
            "日志密钥 {} 与数据库不符，数据库的日志由另一把密钥形成。请换回原密钥，多台服务器须用同一密钥。",
            key.display()
        ))
    }

    /// Runs a short command on a database whose schema is this program's.
    pub fn with_database<T, F>(&self, work: impl FnOnce(Opened) -> F) -> anyhow::Result<T>
    where
        F: Future<Output = anyhow::Result<(T, Opened)>>,
    {
        let (endpoint, cluster) = self.open(false, |_| {})?;
        let key = self.key()?;
        runtime()?.block_on(async {
            let db = self.database(&endpoint, cluster.is_some(), 4).await?;
            let (value, opened) = work(Opened { db, key, cluster }).await?;
            opened.db.close().await;
            let cluster = opened.cluster;
            tokio::task::spawn_blocking(move || cluster.map(Cluster::stop)).await?.transpose()?;
            Ok(value)
        })
    }

    /// Password checks with the configured cost.
    pub fn hasher(&self) -> anyhow::Result<Hasher> {
        Ok(Hasher::new(self.config.accounts.argon2_memory_kib)?)
    }
}

impl Opened {
    /// Areas and townships.
    pub async fn directory(&self) -> anyhow::Result<Directory> {
        Ok(counties::load(self.db.doorstep().await?.connection()).await?)
    }

    /// The whole city's scope.
    pub fn whole(directory: &Directory) -> Scope {
        Scope::counties(directory.all().iter().map(|c| c.id).collect()).unwrap_or(Scope::county(CITY))
    }

    /// Who writes: the account named by `--as`, else the system account.
    pub async fn actor(&self, login: Option<&str>) -> anyhow::Result<Actor> {
        let Some(login) = login else { return Ok(accounts::system_actor()) };
        let account = accounts::find_by_login(self.db.doorstep().await?.connection(), login).await?;
        match account {
            Some(account) if account.disabled_at.is_none() => Ok(account.actor()),
            _ => bail!("没有可用的账号“{login}”。"),
        }
    }
}

/// The async runtime of a command.
pub fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().context("无法启动")
}

/// What is said of a role that row security does not hold.
pub fn passes_by(role: &str) -> String {
    format!("角色：{role} 可以绕过行级安全，请改用 zhengzhi_app。")
}

/// Makes sure that the schema is this program's, and on a configured server that the role is one that row security holds. The private
/// cluster is migrated without asking; a configured server only by `zhengzhi migrate`.
async fn up_to_date(endpoint: &Endpoint, private: bool) -> anyhow::Result<()> {
    if !private {
        let (role, passes) = role(endpoint).await.context("无法连接数据库")?;
        ensure!(!passes, passes_by(&role));
    }
    match schema(endpoint).await.context("无法连接数据库")? {
        Schema::Current => Ok(()),
        Schema::Older if private => Ok(migrate(endpoint).await.context("数据库升级失败")?),
        Schema::Older => bail!("数据库结构较旧，请先运行 zhengzhi migrate。"),
        other => bail!("数据库结构{}", other.refusal().unwrap_or_default()),
    }
}

/// Both clocks, rehearsed or real.
pub fn clocks(rehearsal: Option<Clock>) -> Clocks {
    Clocks::new(rehearsal.unwrap_or_else(Clock::real))
}
