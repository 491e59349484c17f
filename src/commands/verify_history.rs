//! `zhengzhi verify-history`: walks every chain of the history from its start.

use super::context::{Context, Opened};
use crate::history;
use anyhow::bail;

/// Says how many entries hold, or names the first that does not and fails.
pub fn run(context: &Context) -> anyhow::Result<()> {
    let found = context.with_database(|opened| async move {
        let whole = Opened::whole(&opened.directory().await?);
        let mut reader = opened.db.reader(&whole).await?;
        let found = history::verify(reader.connection(), &whole, &opened.key).await?;
        drop(reader);
        Ok((found, opened))
    })?;
    match found {
        Ok(checked) => println!("共核验{checked}条，完整。"),
        Err(broken) => bail!(broken),
    }
    Ok(())
}
