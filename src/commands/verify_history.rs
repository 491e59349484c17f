//! `zhengzhi verify-history`: walks every chain of the history from its start to where receipts (and a file) say that it ended, and
//! holds every frozen submission to its hash.

use super::context::{Context, Opened};
use crate::backup;
use anyhow::bail;
use std::path::PathBuf;

/// Arguments of `verify-history`.
#[derive(clap::Args)]
pub struct Arguments {
    /// A backup, its manifest or a log: the chains must reach as far as it says
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
}

/// Says how many entries hold, or names the first that does not and fails.
pub fn run(context: &Context, arguments: &Arguments) -> anyhow::Result<()> {
    let kept = arguments.against.as_deref().map(backup::heads_of).transpose()?.unwrap_or_default();
    let found = context.with_database(|opened| async move {
        let whole = Opened::whole(&opened.directory().await?);
        let mut snapshot = opened.db.snapshot(&whole).await?;
        let found = backup::prove(snapshot.connection(), &whole, &opened.key, kept).await?;
        drop(snapshot);
        Ok((found, opened))
    })?;
    match found {
        Ok((entries, copies)) => println!("共核验日志{entries}条、报送{copies}份，完整。"),
        Err(broken) => bail!(broken),
    }
    Ok(())
}
