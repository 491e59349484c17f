//! Settings: a TOML file, then `ZHENGZHI_…` variables over it. Unknown keys are refused, secrets never print.

use serde::Deserialize;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Everything that can be set. Every key has a default, so an empty file is a whole configuration.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where the private cluster, the history key and stored files live.
    pub data_dir: Option<PathBuf>,
    /// How the server listens and is known outside.
    pub server: Server,
    /// Which PostgreSQL.
    pub database: Database,
    /// Rules of signing in.
    pub accounts: Accounts,
    /// Limits of files that come in.
    pub import: Import,
    /// What the public may do without an account.
    pub public: Public,
}

/// `[server]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Server {
    /// Address to listen on.
    pub listen: SocketAddr,
    /// The address people use, as `https://…`; decides Secure cookies and HSTS.
    pub public_url: Option<String>,
    /// Serve plain http beyond loopback (an isolated network); said loudly at start.
    pub allow_plain_http: bool,
    /// The proxy whose `X-Forwarded-For` is believed.
    pub trusted_proxy: Option<std::net::IpAddr>,
}

impl Default for Server {
    fn default() -> Self {
        Self { listen: SocketAddr::from(([127, 0, 0, 1], 8080)), public_url: None, allow_plain_http: false, trusted_proxy: None }
    }
}

/// `[database]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Database {
    /// PostgreSQL as `zhengzhi_app`; without it a private cluster in `data_dir` is used.
    pub url: Option<Secret>,
    /// The same database as `zhengzhi_owner`, for migrations.
    pub owner_url: Option<Secret>,
    /// Folder with `initdb` and `postgres` for the private cluster.
    pub pg_bin: Option<PathBuf>,
    /// Connections in all, for pages, writing and jobs; at least 7.
    pub connections: u32,
}

impl Default for Database {
    fn default() -> Self {
        Self { url: None, owner_url: None, pg_bin: None, connections: 16 }
    }
}

/// `[accounts]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Accounts {
    /// Days after which a password must be changed; 0 for never (NIST 800-63B), 90 where 等保 is read strictly.
    pub password_max_age_days: u32,
    /// Memory of one password check in KiB (Argon2id). A release build refuses less than 64 MiB.
    pub argon2_memory_kib: u32,
}

impl Default for Accounts {
    fn default() -> Self {
        Self { password_max_age_days: 0, argon2_memory_kib: 64 * 1024 }
    }
}

/// `[import]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Import {
    /// Largest uploaded list in MiB.
    pub max_mb: usize,
}

impl Default for Import {
    fn default() -> Self {
        Self { max_mb: 64 }
    }
}

/// `[public]`
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Public {
    /// Whether the public may report by a form (`/public/tip`).
    pub tips: bool,
}

/// A text that never shows in logs or messages.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The text itself, for the one who connects with it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(secret)")
    }
}

/// Why the settings cannot be used: one line.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("无法读取配置文件 {path}：{reason}")]
    Unreadable {
        /// The file as given.
        path: PathBuf,
        /// What the system says.
        reason: std::io::ErrorKind,
    },
    /// The file or a variable is not understood.
    #[error("配置有误（{place}）：{reason}")]
    Invalid {
        /// The file or variable.
        place: String,
        /// What is wrong.
        reason: String,
    },
}

impl Config {
    /// Reads the file (if one is named) and lays `ZHENGZHI_…` variables over it: `[server] public_url` is
    /// `ZHENGZHI_SERVER_PUBLIC_URL`.
    pub fn load(path: Option<&Path>, variables: impl Iterator<Item = (String, String)>) -> Result<Self, ConfigError> {
        let mut table = match path {
            None => toml::Table::new(),
            Some(path) => {
                let text =
                    std::fs::read_to_string(path).map_err(|e| ConfigError::Unreadable { path: path.into(), reason: e.kind() })?;
                toml::from_str(&text)
                    .map_err(|e| ConfigError::Invalid { place: path.display().to_string(), reason: e.message().to_owned() })?
            }
        };
        for (name, value) in variables {
            lay_over(&mut table, &name, &value);
        }
        let config: Self = toml::Value::Table(table).try_into().map_err(|e: toml::de::Error| ConfigError::Invalid {
            place: path.map_or_else(|| "环境变量".to_owned(), |p| p.display().to_string()),
            reason: e.message().to_owned(),
        })?;
        config.checked()
    }

    /// The settings, if they fit together.
    pub fn checked(self) -> Result<Self, ConfigError> {
        let invalid = |place: &str, reason: &str| Err(ConfigError::Invalid { place: place.into(), reason: reason.into() });
        if let Some(url) = &self.server.public_url
            && !(url.starts_with("http://") || url.starts_with("https://"))
        {
            return invalid("server.public_url", "须以 http:// 或 https:// 开头");
        }
        if !cfg!(debug_assertions) && self.accounts.argon2_memory_kib < 64 * 1024 {
            return invalid("accounts.argon2_memory_kib", "正式版本不得低于 65536");
        }
        let plain = !self.behind_https();
        if plain && !self.server.listen.ip().is_loopback() && !self.server.allow_plain_http {
            return invalid(
                "server.listen",
                "对外监听须配置 https 的 server.public_url；隔离网内确需明文的，设 server.allow_plain_http = true",
            );
        }
        Ok(self)
    }

    /// Whether people reach the server by https: then cookies are Secure and HSTS is sent.
    pub fn behind_https(&self) -> bool {
        self.server.public_url.as_deref().is_some_and(|u| u.starts_with("https://"))
    }

    /// The data folder: the setting, else `/var/lib/zhengzhi` for root and the user's data folder for others.
    pub fn data_dir(&self) -> PathBuf {
        if let Some(dir) = &self.data_dir {
            return dir.clone();
        }
        if nix::unistd::geteuid().is_root() {
            return PathBuf::from("/var/lib/zhengzhi");
        }
        let base = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from);
        base.or_else(|| std::env::var_os("HOME").map(|h| PathBuf::from(h).join(".local/share")))
            .unwrap_or_else(std::env::temp_dir)
            .join("zhengzhi")
    }
}

const SECTIONS: [&str; 5] = ["server", "database", "accounts", "import", "public"];

fn lay_over(table: &mut toml::Table, name: &str, text: &str) {
    let Some(key) = name.strip_prefix("ZHENGZHI_") else { return };
    let key = key.to_lowercase();
    let value = text.parse::<i64>().map(toml::Value::Integer).or_else(|_| text.parse::<bool>().map(toml::Value::Boolean));
    let value = value.unwrap_or_else(|_| toml::Value::String(text.to_owned()));
    if key == "data_dir" {
        table.insert(key, toml::Value::String(text.to_owned()));
        return;
    }
    for section in SECTIONS {
        if let Some(rest) = key.strip_prefix(section).and_then(|r| r.strip_prefix('_')) {
            let inner = table.entry(section).or_insert_with(|| toml::Value::Table(toml::Table::new()));
            if let toml::Value::Table(inner) = inner {
                inner.insert(rest.to_owned(), value);
            }
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::load(None, pairs.iter().map(|(a, b)| (a.to_string(), b.to_string())))
    }

    #[test]
    fn variables_set_what_the_file_would() {
        let config =
            load(&[("ZHENGZHI_SERVER_PUBLIC_URL", "https://example.cn"), ("ZHENGZHI_DATABASE_CONNECTIONS", "4")]).unwrap();
        assert!(config.behind_https());
        assert_eq!(config.database.connections, 4);
    }

    #[test]
    fn unknown_keys_are_refused_by_name() {
        let error = load(&[("ZHENGZHI_SERVER_PUBLIK_URL", "x")]).unwrap_err();
        assert!(error.to_string().contains("publik_url"), "{error}");
    }

    #[test]
    fn plain_http_beyond_loopback_needs_a_word() {
        assert!(load(&[("ZHENGZHI_SERVER_LISTEN", "0.0.0.0:8080")]).is_err());
        assert!(load(&[("ZHENGZHI_SERVER_LISTEN", "0.0.0.0:8080"), ("ZHENGZHI_SERVER_ALLOW_PLAIN_HTTP", "true")]).is_ok());
    }

    #[test]
    fn secrets_do_not_print() {
        let config = load(&[("ZHENGZHI_DATABASE_URL", "postgres://u:geheim@h/d")]).unwrap();
        assert!(!format!("{config:?}").contains("geheim"));
    }

    /// Every key of the example, uncommented, is understood; and it names every variable that there is.
    #[test]
    fn the_example_file_is_understood() {
        let example = include_str!("../../config.example.toml");
        let opened: String = example
            .lines()
            .map(|line| line.strip_prefix('#').filter(|rest| !rest.starts_with(' ')).unwrap_or(line).to_owned() + "\n")
            .collect();
        let config: Config = toml::from_str(&opened).unwrap();
        assert_eq!(config.clone().checked().unwrap().accounts.argon2_memory_kib, Accounts::default().argon2_memory_kib);
        assert!(config.database.owner_url.is_some() && config.server.trusted_proxy.is_some() && config.data_dir.is_some());
        let named = example.matches("ZHENGZHI_").count() - 1;
        assert_eq!(opened.lines().filter(|line| line.contains(" = ") && !line.starts_with('#')).count(), named);
    }
}
