//! Bringing a backup back: beside what is there, proved, and only then in its place.

use super::error::{BackupError, IN_USE};
use super::files::{NewKey, hand_over, lay_stored};
use super::store;
use super::unpack::Backup;
use crate::history::{self, Head};
use crate::platform::database::{Beside, Database, Endpoint, migrate, migrate_as};
use sqlx::{Connection, PgConnection};
use std::path::Path;

/// Where a backup is to be restored.
#[derive(Debug)]
pub struct Target {
    beside: Beside,
    holds_data: bool,
}

/// A backup that was restored.
#[derive(Debug)]
pub struct Restored {
    /// The name of the database that was replaced, where one with data was.
    pub replaced: Option<String>,
}

impl Target {
    /// Looks at the place: refused while others use it, and where it holds data that nobody said may be replaced.
    pub async fn look(endpoint: &Endpoint, overwrite: bool) -> Result<Self, BackupError> {
        let mut beside = Beside::look(endpoint).await?;
        if beside.visitors().await? > 0 {
            return Err(BackupError::Refused(IN_USE.to_owned()));
        }
        let holds_data = beside.exists().await? && store::holds_data(endpoint).await?;
        if holds_data && !overwrite {
            let said = "目标数据库中已有数据，未作任何改动。确需以备份取代的，请加 --overwrite。";
            return Err(BackupError::Refused(said.to_owned()));
        }
        Ok(Self { beside, holds_data })
    }
}

/// Restores a whole backup. Whatever fails on the way leaves database and key as they were.
pub async fn restore(mut target: Target, backup: &mut Backup, data_dir: &Path) -> Result<Restored, BackupError> {
    let done = fill_and_switch(&mut target, backup, data_dir).await;
    if done.is_err() {
        // What failed is told; that the draft stays there is not worth a word: the next attempt throws it away.
        drop(target.beside.drop_fresh().await);
    } else if !target.holds_data {
        target.beside.drop_replaced().await?;
    }
    done.map(|()| Restored { replaced: target.holds_data.then(|| target.beside.replaced()) })
}

async fn fill_and_switch(target: &mut Target, backup: &mut Backup, data_dir: &Path) -> Result<(), BackupError> {
    target.beside.make().await?;
    let fresh = target.beside.fresh.clone();
    migrate_as(&fresh, &backup.manifest.applied()).await?;
    let mut owner = store::as_owner(&fresh).await?;
    fill(&mut owner, backup).await?;
    sqlx::raw_sql("analyze").execute(&mut owner).await?;
    owner.close().await?;
    migrate(&fresh).await?;
    holds(&fresh, backup).await?;
    lay_stored(backup, data_dir)?;
    let key = NewKey::lay(data_dir, &backup.key)?;
    hand_over(data_dir).map_err(BackupError::file(data_dir))?;
    let switched = target.beside.take_place().await;
    if switched.is_err()
        && let Some(key) = key
    {
        key.take_back().map_err(BackupError::file(data_dir))?;
    }
    Ok(switched?)
}

/// Fills the fresh tables in one transaction.
async fn fill(owner: &mut PgConnection, backup: &mut Backup) -> Result<(), BackupError> {
    let tables = backup.manifest.tables.clone();
    let mut filling = owner.begin().await?;
    let mut expected = store::tables(&mut filling).await?;
    expected.iter_mut().zip(&tables).for_each(|(table, held)| table.rows = held.rows);
    if expected != tables {
        return Err(BackupError::Refused("备份中的表与其数据库结构不一致，未作任何改动。".to_owned()));
    }
    let back = store::open_walls(&mut filling).await?;
    store::empty(&mut filling, &tables).await?;
    for table in &tables {
        let taken = store::copy_in(&mut filling, table, backup.member(&table.member())?).await?;
        if taken != table.rows {
            let said = format!("表 {} 应有{}行，实有{taken}行，未作任何改动。", table.name, table.rows);
            return Err(BackupError::Refused(said));
        }
    }
    store::run(&mut filling, &back).await?;
    Ok(filling.commit().await?)
}

/// Proves what was filled as the application sees it: the chains end where the backup says, and hold as they held when it was made.
async fn holds(fresh: &Endpoint, backup: &Backup) -> Result<(), BackupError> {
    let db = Database::open(fresh, 4);
    let whole = store::whole(db.doorstep().await?.connection()).await?;
    let mut snapshot = db.snapshot(&whole).await?;
    let proved = store::prove(snapshot.connection(), &whole, &backup.key(), Vec::new()).await?;
    let fits = history::key_fits(snapshot.connection(), &backup.key()).await?;
    let heads = history::heads(snapshot.connection(), &whole).await?;
    drop(snapshot);
    db.close().await;
    if !fits {
        return Err(BackupError::Refused("备份中的日志密钥与其数据库不符，未作任何改动。".to_owned()));
    }
    let broken = proved.err();
    if broken != backup.manifest.broken {
        let said = broken.unwrap_or_default();
        return Err(BackupError::Refused(format!("备份内容核验不通过，未作任何改动：{said}")));
    }
    if heads.iter().map(Head::to_string).ne(backup.manifest.heads.iter().cloned()) {
        return Err(BackupError::Refused("备份的日志末尾与清单不一致，未作任何改动。".to_owned()));
    }
    Ok(())
}
