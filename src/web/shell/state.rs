//! What every page can reach. No state beyond the tables read at start and caches with a time limit.

use super::assets::Assets;
use crate::accounts::Hasher;
use crate::base::Clocks;
use crate::counties::Directory;
use crate::history::Key;
use crate::platform::config::Config;
use crate::platform::database::Database;
use std::path::PathBuf;
use std::sync::Arc;

/// The application's state, cheap to clone.
#[derive(Clone, Debug)]
pub struct App(Arc<Inner>);

/// The parts of [`App`].
#[derive(Debug)]
pub struct Inner {
    /// The pool.
    pub db: Database,
    /// The key of the history chain.
    pub key: Key,
    /// Both clocks.
    pub clocks: Clocks,
    /// Password checks.
    pub hasher: Hasher,
    /// Areas and townships.
    pub directory: Directory,
    /// Settings.
    pub config: Config,
    /// Whether this is the demo, said on every page.
    pub demo: bool,
    /// Style sheet and script under hashed names.
    pub assets: Assets,
    /// This program's own file, for the child process that reads sheets.
    pub program: PathBuf,
}

impl App {
    /// Wraps the parts.
    pub fn new(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }
}

impl std::ops::Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}
