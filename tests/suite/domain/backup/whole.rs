//! Nothing is left out in silence.

use super::{Ended, Machine, manifest, office};
use crate::support::rows;
use serde_json::json;
use sqlx::{AssertSqlSafe, ConnectOptions};
use std::collections::BTreeMap;

#[tokio::test]
async fn an_owner_whom_row_security_holds_backs_up_every_row_of_every_county() {
    let machine = Machine::new();
    std::fs::create_dir(machine.data()).unwrap();
    let app = office(&machine.data()).await;
    for county in [140403, 140404, 140471] {
        let unit = rows::unit(&app, county, "排污单位\\甲\n第二行", json!({})).await;
        rows::problem(&app, unit, json!({})).await;
        app.clerk(county).await;
    }
    let file = machine.file("b.zip");
    Ended::of(app.program(&["backup", "--out", file.to_str().unwrap()], &machine.data())).await.done();
    let mut superuser = app.endpoint.keeper_options().connect().await.unwrap();
    let names: Vec<String> = sqlx::query_scalar("select tablename::text from pg_tables where schemaname = 'public' order by 1")
        .fetch_all(&mut superuser)
        .await
        .unwrap();
    let mut there = BTreeMap::new();
    for name in names.iter().filter(|name| !["_sqlx_migrations", "sessions"].contains(&name.as_str())) {
        let sql = AssertSqlSafe(format!("select count(*) from {name}"));
        there.insert(name.clone(), sqlx::query_scalar::<_, i64>(sql).fetch_one(&mut superuser).await.unwrap());
    }
    assert_eq!((there["units"], there["accounts"]), (3, 4));
    let held = manifest(&file);
    let tables = held["tables"].as_array().unwrap().iter();
    let held: BTreeMap<String, i64> =
        tables.map(|t| (t["name"].as_str().unwrap().to_owned(), t["rows"].as_i64().unwrap())).collect();
    assert_eq!(held, there);
}

/// Made of a unit's name and code, always together with the unit, and too many to be tied to it.
const DERIVED: [&str; 2] = ["twin_hints", "unit_grams"];

/// The owner sees the rows of all counties that there are. That these are all rows is what the keys say.
#[tokio::test]
async fn no_row_can_lie_in_a_county_that_is_not_there() {
    let machine = Machine::new();
    let app = office(&machine.data()).await;
    let mut superuser = app.endpoint.keeper_options().connect().await.unwrap();
    let loose: Vec<String> = sqlx::query_scalar(
        "with recursive tied as (
            select 'counties'::regclass as id
            union
            select c.conrelid::regclass from tied
            join pg_constraint c on c.contype = 'f' and c.confrelid = tied.id
            join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1] and a.attname = 'county_id'
         )
         select oid::regclass::text from pg_class where relforcerowsecurity and oid not in (select id from tied) order by 1",
    )
    .fetch_all(&mut superuser)
    .await
    .unwrap();
    assert_eq!(loose, DERIVED);
}

#[tokio::test]
async fn a_file_that_is_gone_is_told_and_the_rest_backed_up() {
    let machine = Machine::new();
    std::fs::create_dir(machine.data()).unwrap();
    let app = office(&machine.data()).await;
    let (_, problem) = app.seed_violation(140403, "潞州焦化有限公司").await;
    let (clerk, file) = (app.clerk(140403).await, machine.file("b.zip"));
    for name in ["甲.jpg", "乙.jpg"] {
        let action = format!("/evidence/{problem}/of/problems");
        assert_eq!(clerk.upload(&format!("/problems/{problem}"), &action, name, super::photograph()).await.status, 303);
    }
    let stored = machine.data().join("attachments/140403");
    let pictures =
        std::fs::read_dir(stored).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_none());
    let lost = pictures.min().unwrap();
    std::fs::remove_file(&lost).unwrap();
    let backup = Ended::of(app.program(&["backup", "--out", file.to_str().unwrap()], &machine.data())).await;
    assert_eq!(backup.code, Some(0), "a night without any backup would be worse: {backup:?}");
    assert!(backup.out.contains("附件1份"), "{}", backup.out);
    let name = lost.file_name().unwrap().to_str().unwrap();
    assert!(backup.err.contains("1份附件缺失或已损坏") && backup.err.contains(name), "{}", backup.err);

    let new = Machine::new();
    let restored = new.run(&["restore", file.to_str().unwrap()]).await;
    assert!(restored.code == Some(0) && restored.err.contains(name), "{restored:?}");
}
