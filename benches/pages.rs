//! Requests a second: the clerk's list of units beside the bare pages. Sixteen connections over loopback, kept alive.

use crate::ground::{Ground, LOGIN, PASSWORD};
use crate::{ROUNDS, bare, median, print, ratio};
use anyhow::ensure;
use std::time::{Duration, Instant};

const CONNECTIONS: usize = 16;

/// Asks both sides in turns.
pub async fn compare(ground: &Ground, seconds: u32) -> anyhow::Result<()> {
    let product = Ground::serve(zhengzhi::app::router(ground.app.clone())).await?;
    let bare = Ground::serve(bare::router(ground).await?).await?;
    let clerk = client()?;
    let form = [("login", LOGIN), ("password", PASSWORD)];
    let answer = clerk.post(format!("{product}/login")).form(&form).send().await?;
    ensure!(answer.status().as_u16() == 303, "the clerk could not sign in: {}", answer.status());
    let anyone = client()?;
    let time = Duration::from_secs(seconds.into());
    let sides = [(&clerk, format!("{product}/units")), (&anyone, format!("{bare}/same")), (&anyone, format!("{bare}/short"))];
    for (client, url) in &sides {
        rate(client, url, time / 3).await?;
    }
    let mut rates = [const { Vec::new() }; 3];
    for _ in 0..ROUNDS {
        for (rates, (client, url)) in rates.iter_mut().zip(&sides) {
            rates.push(rate(client, url, time).await?);
        }
    }
    let [ours, same, short] = rates;
    for (what, theirs) in [("/units / one query for the same cells", same), ("/units / five columns of one table", short)] {
        print(what, median(ours.clone()), median(theirs.clone()), ratio(&theirs, &ours), "/s");
    }
    Ok(())
}

/// A browser of its own, which follows no redirect.
pub fn client() -> anyhow::Result<reqwest::Client> {
    let builder = reqwest::Client::builder().cookie_store(true).pool_max_idle_per_host(CONNECTIONS);
    Ok(builder.redirect(reqwest::redirect::Policy::none()).build()?)
}

/// Answers a second; each must be a whole page.
async fn rate(client: &reqwest::Client, url: &str, time: Duration) -> anyhow::Result<f64> {
    let start = Instant::now();
    let people = (0..CONNECTIONS).map(|_| {
        let (client, url) = (client.clone(), url.to_owned());
        tokio::spawn(async move {
            let mut answers = 0_u32;
            while start.elapsed() < time {
                let answer = client.get(&url).send().await?;
                ensure!(answer.status().as_u16() == 200, "{url}: {}", answer.status());
                ensure!(!answer.bytes().await?.is_empty(), "{url}: an empty page");
                answers += 1;
            }
            Ok(answers)
        })
    });
    let mut answers = 0;
    for person in people.collect::<Vec<_>>() {
        answers += person.await??;
    }
    Ok(f64::from(answers) / start.elapsed().as_secs_f64())
}
