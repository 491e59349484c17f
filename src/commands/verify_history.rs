//! `zhengzhi verify-history`: walks every chain of the history from its start, and holds every frozen submission to its hash.

use super::context::{Context, Opened};
use crate::backup;
use anyhow::bail;

/// Says how many entries hold, or names the first that does not and fails.
pub fn run(context: &Context) -> anyhow::Result<()> {
    let found = context.with_database(|opened| async move {
        let whole = Opened::whole(&opened.directory().await?);
        let mut snapshot = opened.db.snapshot(&whole).await?;
        let found = backup::prove(snapshot.connection(), &whole, &opened.key).await?;
        drop(snapshot);
        Ok((found, opened))
    })?;
    match found {
        Ok((entries, copies)) => println!("共核验日志{entries}条、报送{copies}份，完整。"),
        Err(broken) => bail!(broken),
    }
    Ok(())
}
