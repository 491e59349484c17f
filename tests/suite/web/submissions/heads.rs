//! Where the history ended is kept where whoever may write in the database does not reach: on receipts, in backups, in the log.

use super::{COUNTY, county, filed, handed_over};
use crate::support::{Person, Served, TestApp, workbook};
use sqlx::ConnectOptions;
use std::path::Path;
use std::process::Output;
use zhengzhi::history::heads_in;

/// Cuts the last entries of a person's chain off, as whoever owns the tables could: so that the rest holds in itself.
async fn cut(app: &TestApp, person: &Person, from: i64) {
    let mut owner = app.endpoint.keeper_options().connect().await.unwrap();
    let account = person.actor.as_ref().unwrap().account;
    let cut = sqlx::query("delete from history where account_id = $1 and seq >= $2").bind(account).bind(from);
    assert!(cut.execute(&mut owner).await.unwrap().rows_affected() > 0);
    sqlx::query(
        "update history_heads e set seq = h.seq, mac = h.mac from history h
         where e.account_id = $1 and h.county_id = e.county_id and h.account_id = $1 and h.seq = $2",
    )
    .bind(account)
    .bind(from - 1)
    .execute(&mut owner)
    .await
    .unwrap();
}

/// The number of the last entry of a person's chain.
async fn last(app: &TestApp, person: &Person) -> i64 {
    let mut owner = app.endpoint.keeper_options().connect().await.unwrap();
    let account = person.actor.as_ref().unwrap().account;
    sqlx::query_scalar("select seq from history_heads where account_id = $1").bind(account).fetch_one(&mut owner).await.unwrap()
}

async fn verified(app: &TestApp, against: Option<&Path>) -> Result<(), String> {
    let mut arguments = vec!["verify-history"];
    arguments.extend(against.iter().flat_map(|file| ["--against", file.to_str().unwrap()]));
    let Output { status, stderr, .. } = app.command(&arguments).await;
    if status.success() { Ok(()) } else { Err(String::from_utf8(stderr).unwrap()) }
}

#[tokio::test]
async fn a_receipt_says_where_the_history_ended_and_a_chain_cut_since_is_missed() {
    let app = TestApp::start().await;
    county(&app).await;
    let clerk = app.clerk(COUNTY).await;
    let frozen = handed_over(&clerk).await;
    let before = last(&app, &clerk).await;
    filed(&clerk, &frozen).await;
    let (status, _, receipt) = clerk.download(&format!("{}/files/receipt", frozen.path)).await;
    let words = workbook::part(&receipt, "word/document.xml");
    let name = &clerk.actor.as_ref().unwrap().name;
    assert!(status == 200 && words.contains(&format!("{name}第{before}条（")), "{words}");
    assert_eq!(verified(&app, None).await, Ok(()));

    assert!(last(&app, &clerk).await > before + 1, "filing and taking the receipt are in the history");
    cut(&app, &clerk, before).await;
    let said = verified(&app, None).await.unwrap_err();
    let expected = format!("{COUNTY} 的日志末尾缺失：回执{COUNTY}-01-");
    assert!(said.contains(&expected) && said.contains(&format!("记有第{before}条，实有{}条", before - 1)), "{said}");
}

#[tokio::test]
async fn what_was_written_after_the_last_receipt_is_missed_against_a_backup_or_the_log() {
    let app = TestApp::start().await;
    let clerk = app.clerk(COUNTY).await;
    let entered = async |name| {
        let fields = [("name", name), ("no_code_reason", "no_licence")];
        assert_eq!(clerk.fill("/units/new", &fields).await.status, 303);
    };
    entered("漳泽水泥厂").await;
    let folder = tempfile::tempdir().unwrap();
    let (file, log, other) = (folder.path().join("b.zip"), folder.path().join("zhengzhi.log"), folder.path().join("other.txt"));
    let done = app.command(&["backup", "--out", file.to_str().unwrap()]).await;
    assert!(done.status.success(), "{done:?}");
    let mut served = Served::start(&app, "Asia/Shanghai").await;
    let line = served.says(&format!("history ends at {COUNTY}/")).await;
    std::fs::write(&log, &line).unwrap();
    std::fs::write(&other, "no ends in here").unwrap();
    let end = last(&app, &clerk).await;
    let account = clerk.actor.as_ref().unwrap().account;
    assert!(heads_in(&line).iter().any(|head| (head.account_id, head.seq) == (account, end)), "{line}");
    entered("漳泽建材厂").await;
    for against in [None, Some(&*file), Some(&*log)] {
        assert_eq!(verified(&app, against).await, Ok(()), "a chain that went on holds");
    }
    assert!(verified(&app, Some(&other)).await.unwrap_err().contains("没有日志末尾的记录"));
    assert!(verified(&app, Some(&folder.path().join("nothing"))).await.unwrap_err().contains("不存在"));

    cut(&app, &clerk, end).await;
    assert_eq!(verified(&app, None).await, Ok(()), "in itself it holds: that is why the ends are kept elsewhere");
    for against in [&file, &log] {
        let said = verified(&app, Some(against)).await.unwrap_err();
        assert!(said.contains("日志末尾缺失") && said.contains(against.to_str().unwrap()), "{said}");
    }
    // As long as before, but another.
    entered("漳泽化工厂").await;
    assert_eq!(last(&app, &clerk).await, end);
    let said = verified(&app, Some(&file)).await.unwrap_err();
    assert!(said.contains(&format!("所记不符：第{end}条")), "{said}");
}
