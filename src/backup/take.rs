//! Making a backup, while the server goes on.

use super::error::BackupError;
use super::manifest::{FORMAT, KEY, Manifest, PREFIX, Table};
use super::pack::Pack;
use super::store;
use crate::attachments::Folder;
use crate::base::{CountyId, dates};
use crate::history::{self, Head, Key};
use crate::platform::database::{Endpoint, Schema, applied, set_whole_scope};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use sqlx::{ConnectOptions, Connection, PgConnection};
use std::path::Path;
use uuid::Uuid;

/// A backup that was made.
#[derive(Debug)]
pub struct Taken {
    /// What it holds.
    pub manifest: Manifest,
    /// Its size in bytes.
    pub bytes: u64,
}

/// Makes a backup of a database and its data folder. All tables are read at one moment; a stored file never changes, and lies there
/// before the row that names it, so the files are read after that.
pub async fn take(endpoint: &Endpoint, data_dir: &Path, at: DateTime<Utc>, out: &Path) -> Result<Taken, BackupError> {
    let key_file = data_dir.join("history.key");
    let key = std::fs::read(&key_file).map_err(BackupError::file(&key_file))?;
    let mut connection = endpoint.keeper_options().connect().await?;
    let applied = applied(&mut connection).await?;
    if applied.is_empty() {
        return Err(BackupError::Refused("数据库尚未建立，没有可备份的内容。".to_owned()));
    }
    let schema = Schema::of(&applied);
    if let Some(refusal) = schema.refusal() {
        return Err(BackupError::Refused(format!("数据库结构{refusal}")));
    }
    if !history::key_fits(&mut connection, &Key::of(&key)).await? {
        let said = format!("日志密钥 {} 与数据库不符，未作备份：这样的备份无法核验。", key_file.display());
        return Err(BackupError::Refused(said));
    }
    set_whole_scope(&mut connection).await?;
    let mut pack = Pack::begin(out)?;
    let mut snapshot = connection.begin_with("begin isolation level repeatable read, read only").await?;
    put(&mut pack, KEY.to_owned(), &key).map_err(BackupError::file(out))?;
    let tables = put_tables(&mut snapshot, &mut pack, out).await?;
    let stored = store::stored(&mut snapshot).await?;
    let whole = store::whole(&mut snapshot).await?;
    let heads: Vec<Head> = history::heads(&mut snapshot, &whole).await?;
    let key = Key::of(&key);
    // Before an upgrade only the history is where this program knows it.
    let broken = match schema {
        Schema::Current => store::prove(&mut snapshot, &whole, &key, Vec::new()).await?.err(),
        _ => history::verify(&mut snapshot, &whole, &key).await?.err(),
    };
    snapshot.rollback().await?;
    connection.close().await?;
    let mut unsound = Vec::new();
    for (county, id, sum) in &stored {
        if !put_stored(&mut pack, &Folder::within(data_dir), (*county, *id), sum).map_err(BackupError::file(out))? {
            unsound.push(format!("attachments/{county}/{}", id.simple()));
        }
    }
    let mut manifest = Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: at.with_timezone(&dates::beijing()),
        migrations: applied.into_iter().map(Into::into).collect(),
        tables,
        attachments: stored.len(),
        unsound,
        broken,
        heads: heads.iter().map(Head::to_string).collect(),
        members: Vec::new(),
    };
    let bytes = pack.finish(&mut manifest)?;
    Ok(Taken { manifest, bytes })
}

async fn put_tables(snapshot: &mut PgConnection, pack: &mut Pack, out: &Path) -> Result<Vec<Table>, BackupError> {
    let mut tables = store::tables(snapshot).await?;
    for table in &mut tables {
        pack.start(table.member(), true).map_err(BackupError::file(out))?;
        table.rows = store::copy_out(snapshot, table, |lines| pack.write(lines).map_err(BackupError::file(out))).await?;
        pack.end();
    }
    Ok(tables)
}

/// Puts a stored file in, with its thumbnail; whether it is what its row says.
fn put_stored(pack: &mut Pack, folder: &Folder, (county, id): (CountyId, Uuid), sum: &[u8]) -> std::io::Result<bool> {
    let name = format!("{PREFIX}attachments/{county}/{}", id.simple());
    if let Ok(small) = std::fs::read(folder.thumbnail(county, id)) {
        put(pack, format!("{name}.small"), &small)?;
    }
    let Ok(bytes) = std::fs::read(folder.path(county, id)) else { return Ok(false) };
    put(pack, name, &bytes)?;
    Ok(Sha256::digest(&bytes).as_slice() == sum)
}

fn put(pack: &mut Pack, name: String, bytes: &[u8]) -> std::io::Result<()> {
    pack.start(name, false)?;
    pack.write(bytes)?;
    pack.end();
    Ok(())
}
