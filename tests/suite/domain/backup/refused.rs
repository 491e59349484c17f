//! What is refused, and that nothing is touched then.

use super::{Ended, Machine, manifest, office};
use crate::support::Served;
use sha2::{Digest, Sha256};
use sqlx::{ConnectOptions, Connection};
use std::io::{Read, Write};
use std::path::Path;
use zhengzhi::base::hex;

/// A machine with some data, and a backup of it.
async fn backed_up() -> (Machine, std::path::PathBuf) {
    let machine = Machine::new();
    machine.run(&["generate", "--units", "20"]).await;
    let file = machine.file("backup.zip");
    machine.run(&["backup", "--out", file.to_str().unwrap()]).await.done();
    (machine, file)
}

/// The same file with a manifest that somebody wrote anew, sealed as a backup is.
fn with_manifest(file: &Path, change: impl FnOnce(&mut serde_json::Value)) {
    rewritten(file, &std::fs::read(file.with_file_name("data/history.key")).unwrap(), change);
}

/// The same with this key of the history.
fn rewritten(file: &Path, key: &[u8], change: impl FnOnce(&mut serde_json::Value)) {
    let mut said = manifest(file);
    said["members"][0]["sha256"] = hex::write(&Sha256::digest(key)).into();
    change(&mut said);
    let mut old = zip::ZipArchive::new(std::fs::File::open(file).unwrap()).unwrap();
    let mut new = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let mut member = old.by_index(at).unwrap();
        let name = member.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).unwrap();
        if name.ends_with("manifest.json") {
            bytes = serde_json::to_vec(&said).unwrap();
        }
        if name.ends_with("history.key") {
            bytes = key.to_vec();
        }
        new.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        new.write_all(&bytes).unwrap();
    }
    new.set_comment("0".repeat(64)).unwrap();
    let mut bytes = new.finish().unwrap().into_inner();
    bytes.truncate(bytes.len() - 64);
    let seal = hex::write(&Sha256::digest(&bytes));
    bytes.extend(seal.bytes());
    std::fs::write(file, bytes).unwrap();
}

#[tokio::test]
async fn a_broken_backup_is_refused_before_anything_is_touched() {
    let (machine, file) = backed_up().await;
    let (good, empty) = (std::fs::read(&file).unwrap(), Machine::new());
    let path = file.to_str().unwrap();
    let refused = async |why: &str| {
        empty.run(&["restore", path]).await.refused(why);
        assert!(!empty.data().exists(), "not even a folder was made");
    };
    // A byte of a table, of a name, of the list of contents, of the seal.
    for at in [50, 700, good.len() / 2, good.len() - 200, good.len() - 1] {
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        std::fs::write(&file, bytes).unwrap();
        refused("不完整或已损坏").await;
    }
    for length in [good.len() / 2, good.len() - 1, 60] {
        std::fs::write(&file, &good[..length]).unwrap();
        refused("不完整或已损坏").await;
    }
    for other in [&b""[..], b"PK\x03\x04", b"-- PostgreSQL database dump"] {
        std::fs::write(&file, other).unwrap();
        refused("不是本系统的备份文件").await;
    }
    std::fs::remove_file(&file).unwrap();
    refused("不存在").await;
    drop(machine);
}

#[tokio::test]
async fn a_backup_that_does_not_agree_with_itself_or_is_newer_is_refused() {
    let (machine, file) = backed_up().await;
    let (good, empty) = (std::fs::read(&file).unwrap(), Machine::new());
    let refused = async |why: &str, change: fn(&mut serde_json::Value)| {
        std::fs::write(&file, &good).unwrap();
        with_manifest(&file, change);
        empty.run(&["restore", file.to_str().unwrap()]).await.refused(why);
        assert!(!empty.data().exists());
    };
    refused("由更新版本的程序制作", |said| said["format"] = 2.into()).await;
    let newer = |said: &mut serde_json::Value| {
        let mut later = said["migrations"][0].clone();
        later["version"] = 29_990_101_000_000_i64.into();
        said["migrations"].as_array_mut().unwrap().push(later);
    };
    refused("由更新版本的程序制作", newer).await;
    refused("与本程序不符", |said| said["migrations"][3]["checksum"] = "00".into()).await;
    refused("与清单不一致", |said| said["members"][1]["sha256"] = "00".into()).await;
    refused("与清单不一致", |said| said["tables"][0]["rows"] = 7.into()).await;
    refused("内容与清单不一致", |said| drop(said["members"].as_array_mut().unwrap().pop())).await;
    refused("清单无法识别", |said| *said = serde_json::Value::Null).await;
    drop(machine);
}

#[tokio::test]
async fn what_only_shows_once_it_is_filled_leaves_the_old_as_it_was() {
    let (machine, file) = backed_up().await;
    let before = machine.seen();
    let path = file.to_str().unwrap();
    let whole = std::fs::read(&file).unwrap();
    // A head that the chains do not have: somebody cut them before the backup was sealed.
    with_manifest(&file, |said| said["heads"][0] = said["heads"][0].as_str().unwrap().replace('/', "/0").into());
    machine.run(&["restore", path, "--overwrite"]).await.refused("日志末尾与清单不一致");
    std::fs::write(&file, &whole).unwrap();
    with_manifest(&file, |said| said["broken"] = "某处不连续".into());
    machine.run(&["restore", path, "--overwrite"]).await.refused("核验不通过");
    std::fs::write(&file, &whole).unwrap();
    rewritten(&file, &[7; 32], |_| ());
    machine.run(&["restore", path, "--overwrite"]).await.refused("日志密钥与其数据库不符");
    assert_eq!(machine.seen(), before);
    machine.run(&["verify-history"]).await.done();
}

#[tokio::test]
async fn data_are_replaced_only_when_somebody_says_so_and_what_was_replaced_is_kept() {
    let (machine, file) = backed_up().await;
    let path = file.to_str().unwrap();
    let rows = |machine: &Machine| manifest(&machine.file("now.zip"))["tables"].clone();
    let now = machine.file("now.zip");
    let count = async || {
        machine.run(&["backup", "--out", now.to_str().unwrap()]).await.done();
        rows(&machine)
    };
    let then = count().await;
    machine.run(&["generate", "--units", "5"]).await;
    let grown = count().await;
    assert_ne!(grown, then);
    machine.run(&["restore", path]).await.refused("目标数据库中已有数据");
    assert_eq!(count().await, grown);
    let said = machine.run(&["restore", path, "--overwrite"]).await.done();
    assert!(said.contains("原数据库保留为 zhengzhi_replaced"), "{said}");
    assert_eq!(count().await, then);
    machine.run(&["restore", now.to_str().unwrap(), "--overwrite"]).await.done();
    assert_eq!(count().await, then, "twice in a row");
    machine.run(&["verify-history"]).await.done();
}

#[tokio::test]
async fn a_configured_database_in_use_is_left_alone() {
    let (machine, file) = backed_up().await;
    let office_machine = Machine::new();
    std::fs::create_dir(office_machine.data()).unwrap();
    let app = office(&office_machine.data()).await;
    let served = Served::start(&app, "Asia/Shanghai").await;
    app.app.db.close().await;
    let restore = ["restore", file.to_str().unwrap(), "--overwrite"];
    Ended::of(app.program(&restore, &office_machine.data())).await.refused("数据库正在使用");
    served.stop().await;
    Ended::of(app.program(&restore, &office_machine.data())).await.done();
    drop(machine);
}

#[tokio::test]
async fn a_restore_that_is_killed_leaves_the_old_and_may_be_begun_again() {
    let (machine, file) = backed_up().await;
    let other = Machine::new();
    std::fs::create_dir(other.data()).unwrap();
    let app = office(&other.data()).await;
    let clerk = app.clerk(140403).await;
    app.app.db.close().await;
    let restore = ["restore", file.to_str().unwrap(), "--overwrite"];
    let mut killed = app.program(&restore, &other.data()).spawn().unwrap();
    let mut superuser = app.endpoint.beside("postgres").keeper_options().connect().await.unwrap();
    let fresh = format!("{}_restoring", app.endpoint.database());
    let begun = "select exists (select 1 from pg_database where datname = $1)";
    while !sqlx::query_scalar::<_, bool>(begun).bind(&fresh).fetch_one(&mut superuser).await.unwrap() {
        assert!(killed.try_wait().unwrap().is_none(), "it ended before it began");
    }
    killed.kill().await.unwrap();
    Ended::of(app.program(&["verify-history"], &other.data())).await.done();
    let mut old = app.endpoint.keeper_options().connect().await.unwrap();
    let there = "select exists (select 1 from accounts where login = $1)";
    assert!(sqlx::query_scalar::<_, bool>(there).bind(clerk.login).fetch_one(&mut old).await.unwrap());
    old.close().await.unwrap();
    Ended::of(app.program(&restore, &other.data())).await.done();
    Ended::of(app.program(&["verify-history"], &other.data())).await.done();
    drop(machine);
}

#[tokio::test]
async fn another_file_is_not_written_over_and_what_cannot_be_written_is_told() {
    let (machine, file) = backed_up().await;
    let (letter, folder) = (machine.file("通知.docx"), machine.file("没有这个目录/b.zip"));
    std::fs::write(&letter, "PK\x03\x04 a letter").unwrap();
    machine.run(&["backup", "--out", letter.to_str().unwrap()]).await.refused("已存在，且不是备份文件");
    assert_eq!(std::fs::read(&letter).unwrap(), b"PK\x03\x04 a letter");
    machine.run(&["backup", "--out", folder.to_str().unwrap()]).await.refused("不存在");
    machine.run(&["backup", "--out", machine.0.path().to_str().unwrap()]).await.refused("已存在，且不是备份文件");
    // A backup that was cut is a backup still: the next night's replaces it.
    let whole = std::fs::read(&file).unwrap();
    std::fs::write(&file, &whole[..whole.len() / 2]).unwrap();
    machine.run(&["backup", "--out", file.to_str().unwrap()]).await.done();
    machine.run(&["restore", file.to_str().unwrap(), "--overwrite"]).await.done();
    let left: Vec<_> = std::fs::read_dir(machine.0.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "the data, the letter, the backup: {left:?}");
}

#[tokio::test]
async fn a_folder_without_a_database_is_not_backed_up() {
    let machine = Machine::new();
    machine.run(&["backup", "--out", machine.file("b.zip").to_str().unwrap()]).await.refused("没有数据库");
    assert!(!machine.data().exists() && !machine.file("b.zip").exists());
}
