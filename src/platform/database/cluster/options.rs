//! What a cluster is started with.

use std::path::PathBuf;

/// What a cluster is started with.
#[derive(Debug, Clone)]
pub struct Options {
    /// The data folder; the cluster is `pgdata` in it.
    pub data_dir: PathBuf,
    /// The folder of `postgres` and `initdb` (`database.pg_bin`, `ZHENGZHI_PG_BIN`); `None` looks for them.
    pub pg_bin: Option<PathBuf>,
    /// The zhengzhi program, which has the hidden command; `None` is the running program.
    pub exe: Option<PathBuf>,
    /// For tests: nothing is kept safe on disk, everything is quick.
    pub throw_away: bool,
    /// Told what is being done, one short Chinese line a step.
    pub say: fn(&str),
}

impl Options {
    /// A cluster that lasts, in this folder, with binaries that are looked for, in silence.
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        Self { data_dir: data_dir.into(), pg_bin: None, exe: None, throw_away: false, say: |_| {} }
    }
}
