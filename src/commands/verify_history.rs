//! `zhengzhi verify-history`: walks every chain of the history from its start, and holds every frozen submission to its hash.

use super::context::{Context, Opened};
use crate::history;
use crate::submissions;
use anyhow::bail;

/// Says how many entries hold, or names the first that does not and fails.
pub fn run(context: &Context) -> anyhow::Result<()> {
    let found = context.with_database(|opened| async move {
        let whole = Opened::whole(&opened.directory().await?);
        let mut reader = opened.db.reader(&whole).await?;
        let found = history::verify(reader.connection(), &whole, &opened.key).await?;
        let frozen = submissions::verify(reader.connection(), &whole).await?;
        drop(reader);
        Ok((found.and_then(|entries| frozen.map(|copies| (entries, copies))), opened))
    })?;
    match found {
        Ok((entries, copies)) => println!("共核验日志{entries}条、报送{copies}份，完整。"),
        Err(broken) => bail!(broken),
    }
    Ok(())
}
