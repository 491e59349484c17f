//! A machine dies; another takes its place.

use super::{Ended, Machine, manifest, member, office, photograph};
use crate::support::{PASSWORD, Person, Served, TestApp};
use sqlx::ConnectOptions;
use std::os::unix::fs::PermissionsExt;
use std::sync::atomic::{AtomicBool, Ordering};
use zhengzhi::backup;
use zhengzhi::base::WallClock;
use zhengzhi::platform::database::{Beside, applied, migrate_as};

#[tokio::test]
async fn a_machine_dies_and_what_was_backed_up_is_found_on_a_new_one() {
    let (old, new) = (Machine::new(), Machine::new());
    std::fs::create_dir(old.data()).unwrap();
    let app = office(&old.data()).await;
    let (clerk, colleague) = (app.clerk(140403).await, app.clerk(140406).await);
    let login = clerk.login.clone().unwrap();
    let entered = clerk.fill("/units/new", &[("name", "潞州漳泽水泥厂"), ("no_code_reason", "no_licence")]).await;
    let unit = entered.location.unwrap();
    let (_, problem) = app.seed_violation(140403, "潞州焦化有限公司").await;
    let sent = clerk
        .upload(&format!("/problems/{problem}"), &format!("/evidence/{problem}/of/problems"), "现场.jpg", photograph())
        .await;
    let picture = clerk.follow(&sent).await.attribute(".evidence img", "src").unwrap();
    let picture = picture.trim_end_matches("/small").to_owned();
    let (_, _, taken) = clerk.download(&picture).await;

    // The backup runs while a colleague goes on entering.
    let (file, ended) = (old.file("夜间备份.zip"), AtomicBool::new(false));
    let entering = async {
        let mut rounds = 0;
        while !ended.load(Ordering::Relaxed) || rounds == 0 {
            rounds += 1;
            let fields = [("name", &*format!("屯留机械厂{rounds}")), ("no_code_reason", "no_licence")];
            assert_eq!(colleague.fill("/units/new", &fields).await.status, 303);
        }
        rounds
    };
    let backing_up = async {
        let backup = Ended::of(app.program(&["backup", "--out", file.to_str().unwrap()], &old.data())).await;
        ended.store(true, Ordering::Relaxed);
        backup
    };
    let (rounds, backup) = tokio::join!(entering, backing_up);
    let said = backup.done();
    assert!(said.starts_with("已备份至") && said.contains("附件1份") && said.contains("请妥善保管"), "{said}");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600, "it holds the key");
    assert!(rounds > 0);
    drop((old.data(), app));

    let said = new.run(&["restore", file.to_str().unwrap()]).await.done();
    assert!(said.starts_with("已恢复") && said.contains("附件1份，已核验"), "{said}");
    new.run(&["check"]).await.done_saying("结构：最新");
    new.run(&["verify-history"]).await.done_saying("完整");
    assert_eq!(std::fs::metadata(new.data().join("history.key")).unwrap().permissions().mode() & 0o777, 0o600);
    let served = Served::alone(&new.data()).await;
    let there = Person::stranger_at(&served.url);
    assert_eq!(there.get("/").await.status, 303, "who was signed in signs in anew");
    assert_eq!(there.post("/login", &[("login", &login), ("password", PASSWORD)]).await.status, 303);
    assert!(there.open(&unit).await.text().contains("潞州漳泽水泥厂"));
    let (status, _, bytes) = there.download(&picture).await;
    assert_eq!((status, bytes), (200, taken), "the picture opens");
    assert_eq!(there.download(&format!("{picture}/small")).await.0, 200);
    let entered = there.fill("/units/new", &[("name", "新机录入单位"), ("no_code_reason", "no_licence")]).await;
    assert_eq!(entered.status, 303, "work goes on");

    // While it serves: a backup, which replaces the one of the same name; no restore.
    let out = file.to_str().unwrap();
    let before = manifest(&file)["made_at"].clone();
    new.run(&["backup", "--out", out]).await.done();
    assert_ne!(manifest(&file)["made_at"], before);
    new.run(&["restore", out, "--overwrite"]).await.refused("正由另一个 zhengzhi 使用");
    assert_eq!(there.get(&unit).await.status, 200);
    served.stop().await;
    new.run(&["verify-history"]).await.done_saying("完整");
}

#[tokio::test]
async fn a_backup_from_before_an_upgrade_is_brought_up_to_this_program() {
    let (old, new) = (Machine::new(), Machine::new());
    std::fs::create_dir(old.data()).unwrap();
    std::fs::write(old.data().join("history.key"), [7; 32]).unwrap();
    let app = TestApp::start().await;
    let mut beside = Beside::look(&app.endpoint).await.unwrap();
    beside.make().await.unwrap();
    let mut now = app.endpoint.owner_options().connect().await.unwrap();
    let mut then = applied(&mut now).await.unwrap();
    then.truncate(then.len() - 5);
    migrate_as(&beside.fresh, &then).await.unwrap();
    let mut owner = beside.fresh.owner_options().connect().await.unwrap();
    sqlx::raw_sql("update accounts set name = '旧版系统'").execute(&mut owner).await.unwrap();
    let file = old.file("升级前.zip");
    backup::take(&beside.fresh, &old.data(), WallClock.now(), &file).await.unwrap();

    new.run(&["restore", file.to_str().unwrap()]).await.done();
    new.run(&["check"]).await.done_saying("结构：最新");
    new.run(&["backup", "--out", file.to_str().unwrap()]).await.done();
    assert!(manifest(&file)["migrations"].as_array().unwrap().len() > then.len());
    assert!(member(&file, "tables/accounts").contains("旧版系统"));
}
