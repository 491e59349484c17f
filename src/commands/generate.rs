//! `zhengzhi generate`: load data in realistic proportions. It makes no accounts.

use super::context::{Context, clocks};
use crate::demo;

/// Arguments of `generate`.
#[derive(clap::Args)]
pub struct Arguments {
    /// How many units, over all counties
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=5_000_000))]
    units: u32,
    /// The same seed gives the same data
    #[arg(long, value_name = "S", default_value_t = 2019)]
    seed: u64,
}

/// Runs it.
pub fn run(context: &Context, arguments: Arguments) -> anyhow::Result<()> {
    context.with_database(|opened| async move {
        let say = |step: &str| eprintln!("{step}");
        let written = demo::generate(&opened.db, &opened.key, clocks(None), arguments.units, arguments.seed, say).await?;
        eprintln!("已写入{}家单位、{}个问题、{}件案件。", written.units, written.problems, written.cases);
        Ok(((), opened))
    })
}
