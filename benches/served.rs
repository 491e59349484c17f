//! A large table through the server, as a person brings it: sent, read, confirmed, with the server's memory before and at its
//! highest. The reader of the workbook is a child of the server and not counted.

use crate::ground::{Ground, LOGIN, PASSWORD, PROGRAM};
use crate::memory::{high_water, mib, settings};
use crate::pages::client;
use crate::table;
use anyhow::{Context as _, ensure};
use reqwest::multipart::{Form, Part};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const ROWS: u32 = 200_000;

/// How long reading or confirming may take.
const PATIENCE: Duration = Duration::from_secs(600);

/// Sends the table and waits for both steps.
pub async fn look(ground: &Ground) -> anyhow::Result<()> {
    let book = table::book(ROWS)?;
    let folder = tempfile::tempdir()?;
    let address = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let mut command = Command::new(PROGRAM);
    command.args(["serve", "--listen", &address.to_string(), "--today", "2019-06-20"]);
    settings(&mut command, ground, folder.path())?.env("ZHENGZHI_IMPORT_MAX_MB", "256");
    let mut server = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().context("could not run the program")?;
    let told = bring(&mut server, &format!("http://{address}"), book).await;
    server.kill()?;
    server.wait()?;
    let (read, confirmed, before, after) = told?;
    println!("{ROWS} rows through the server: read in {read:.1} s, confirmed in {confirmed:.1} s");
    let label = format!("peak memory of the server, {ROWS} rows / idle");
    println!("{label:<44}{:>14}{:>14}{:>8.2}x", mib(after), mib(before), after as f64 / before as f64);
    Ok(())
}

/// Seconds to read and to confirm, high-water marks before and after.
async fn bring(server: &mut Child, url: &str, book: Vec<u8>) -> anyhow::Result<(f64, f64, u64, u64)> {
    let clerk = client()?;
    let form = [("login", LOGIN), ("password", PASSWORD)];
    let answer = loop {
        match clerk.post(format!("{url}/login")).form(&form).send().await {
            Ok(answer) => break answer,
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
        ensure!(server.try_wait()?.is_none(), "the server ended before it listened");
    };
    ensure!(answer.status().as_u16() == 303, "the clerk could not sign in: {}", answer.status());
    let page = clerk.get(format!("{url}/annexes/1/import")).send().await?.text().await?;
    let before = high_water(server).context("no memory")?;
    let start = Instant::now();
    let file = Part::bytes(book).file_name("annex1.xlsx");
    let sent = Form::new().text("form_token", token(&page)?).part("file", file);
    let answer = clerk.post(format!("{url}/annexes/1/import")).multipart(sent).send().await?;
    let location = answer.headers().get("location").context("the table was refused")?.to_str()?.to_owned();
    let preview = format!("{url}{location}");
    let page = settled(&clerk, &preview, "确认导入").await?;
    let read = start.elapsed().as_secs_f64();
    let start = Instant::now();
    let answer = clerk.post(format!("{preview}/confirm")).form(&[("form_token", token(&page)?)]).send().await?;
    ensure!(answer.status().as_u16() == 303, "{}", answer.status());
    settled(&clerk, &preview, "导入：新增").await?;
    Ok((read, start.elapsed().as_secs_f64(), before, high_water(server).context("no memory")?))
}

/// The page of the file once it holds a word.
async fn settled(clerk: &reqwest::Client, url: &str, word: &str) -> anyhow::Result<String> {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        let page = clerk.get(url).send().await?.text().await?;
        if page.contains(word) {
            return Ok(page);
        }
        ensure!(page.contains("http-equiv=\"refresh\""), "the table went astray: {page}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    anyhow::bail!("the table takes too long")
}

fn token(page: &str) -> anyhow::Result<String> {
    let rest = page.split_once("name=\"form_token\" value=\"").context("no form on the page")?.1;
    Ok(rest.split('"').next().unwrap_or_default().to_owned())
}
