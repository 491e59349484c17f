//! `cargo bench`: the product beside the barest thing that does the same work, both in one run, by ratio.
//!
//! Absolute numbers belong to the machine; ratios travel. `ZHENGZHI_BENCH_UNITS` sets the size of the register (default
//! 100,000; 1,000,000 takes a while to write), `ZHENGZHI_BENCH_SECONDS` how long one side of a round is asked for pages. Words
//! after `--` pick some of the five parts: `cargo bench -- incoming`.

mod bare;
mod copied;
mod ground;
mod incoming;
mod memory;
mod pages;
mod served;
mod sheets;
mod table;

use ground::Ground;
use std::time::Instant;

/// Rounds; the sides take turns, and the medians are compared.
const ROUNDS: usize = 5;

fn main() -> anyhow::Result<()> {
    // `cargo test --benches` and the like ask for a list: there is nothing to list.
    if std::env::args().any(|argument| argument == "--list" || argument == "--test") {
        return Ok(());
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let units = setting("ZHENGZHI_BENCH_UNITS", 100_000);
    let ground = runtime.block_on(Ground::prepare(units))?;
    println!("\n{:<44}{:>14}{:>14}{:>9}", "", "product", "bare", "ratio");
    if picked("pages") {
        runtime.block_on(pages::compare(&ground, setting("ZHENGZHI_BENCH_SECONDS", 3)))?;
    }
    if picked("sheets") {
        runtime.block_on(sheets::compare(&ground))?;
    }
    if picked("incoming") {
        runtime.block_on(incoming::compare(&ground))?;
    }
    if picked("memory") {
        memory::look(&ground)?;
    }
    if picked("served") {
        runtime.block_on(served::look(&ground))?;
    }
    runtime.block_on(ground.app.db.close());
    drop(ground);
    Ok(())
}

/// Whether a part is to be measured: all are, unless some are named.
fn picked(part: &str) -> bool {
    let named: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    named.is_empty() || named.iter().any(|name| name == part)
}

fn setting(name: &str, default: u32) -> u32 {
    std::env::var(name).ok().and_then(|text| text.replace('_', "").parse().ok()).unwrap_or(default)
}

/// The middle of several measurements.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The middle of the ratios of rounds: what disturbs one round disturbs both its sides.
fn ratio(over: &[f64], under: &[f64]) -> f64 {
    median(over.iter().zip(under).map(|(over, under)| over / under).collect())
}

/// How long something takes, in seconds.
async fn seconds<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<f64> {
    let start = Instant::now();
    work.await?;
    Ok(start.elapsed().as_secs_f64())
}

/// One line of the table.
fn print(what: &str, product: f64, bare: f64, ratio: f64, unit: &str) {
    println!("{what:<44}{:>14}{:>14}{ratio:>8.2}x", format!("{product:.1} {unit}"), format!("{bare:.1} {unit}"));
}
