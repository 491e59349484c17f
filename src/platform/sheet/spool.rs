//! A file without a name: what comes in is laid down there and is gone when nobody holds it any more.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;

/// Makes an empty file that only its holder can reach.
pub fn spool() -> io::Result<File> {
    let path = std::env::temp_dir().join(format!("zhengzhi-{}", uuid::Uuid::new_v4().simple()));
    let file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(&path)?;
    std::fs::remove_file(&path)?;
    Ok(file)
}
