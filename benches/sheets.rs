//! Annex 1 of the largest county as a workbook, from its tables, beside the same cells written from memory by the library
//! alone in its constant-memory mode.

use crate::ground::{COUNTY, Ground};
use crate::{ROUNDS, median, print, ratio, seconds};
use anyhow::Context as _;
use rust_xlsxwriter::{Format, Workbook};
use zhengzhi::annexes::{Annex, Part, Reading};
use zhengzhi::base::Scope;
use zhengzhi::campaigns::{self, Campaign};
use zhengzhi::consolidated::{self, Order, Wanted};
use zhengzhi::platform::sheet::Value;

/// Most lines that the bare side writes, so that a large register does not take all memory.
const LINES: usize = 20_000;

/// Writes both in turns.
pub async fn compare(ground: &Ground) -> anyhow::Result<()> {
    let campaign = campaigns::find(ground.app.db.doorstep().await?.connection(), None, ground.app.clocks.business.today())
        .await?
        .context("no campaign")?;
    let cells = cells(ground, &campaign).await?;
    let (mut ours, mut theirs, mut lines) = (Vec::new(), Vec::new(), 0);
    for _ in 0..ROUNDS {
        ours.push(
            seconds(async {
                lines = product(ground, &campaign).await?;
                Ok(())
            })
            .await?,
        );
        theirs.push(seconds(async { bare(&cells) }).await?);
    }
    // By line, since the product writes the whole county.
    let each = |seconds: Vec<f64>, lines: f64| -> Vec<f64> { seconds.into_iter().map(|s| s / lines * 1e6).collect() };
    let (ours, theirs) = (each(ours, lines as f64), each(theirs, cells.len().max(1) as f64));
    let ratio = ratio(&ours, &theirs);
    print(&format!("annex 1 as xlsx, {lines} lines, by line"), median(ours), median(theirs), ratio, "us");
    Ok(())
}

async fn product(ground: &Ground, campaign: &Campaign) -> anyhow::Result<i64> {
    let scope = Scope::county(COUNTY);
    let clock = ground.app.clocks.business;
    let order = Order {
        wanted: Wanted::Annex(Annex::One),
        county: Some(COUNTY),
        campaign,
        date: campaign.live_date(clock.today()),
        made_at: clock.now(),
        directory: &ground.app.directory,
        given: &[],
        only_given: false,
        basis: None,
    };
    Ok(consolidated::write(&ground.app.db, &scope, &order).await?.lines)
}

async fn cells(ground: &Ground, campaign: &Campaign) -> anyhow::Result<Vec<Vec<Value>>> {
    let scope = Scope::county(COUNTY);
    let date = campaign.live_date(ground.app.clocks.business.today());
    let mut reading = Reading::new(Annex::One, Part::Whole, COUNTY, campaign.id, date);
    let mut reader = ground.app.db.reader(&scope).await?;
    let mut cells: Vec<Vec<Value>> = Vec::new();
    while cells.len() < LINES {
        let lines = reading.next(reader.connection(), &scope, 2_000).await?;
        if lines.is_empty() {
            break;
        }
        cells.extend(lines.iter().map(|line| Annex::One.columns().iter().map(|c| (c.write)(line).value()).collect()));
    }
    Ok(cells)
}

fn bare(cells: &[Vec<Value>]) -> anyhow::Result<()> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    let (plain, day) = (Format::new().set_text_wrap(), Format::new().set_num_format("yyyy-mm-dd"));
    for (row, line) in (0..).zip(cells) {
        for (column, value) in (0..).zip(line) {
            match value {
                Value::Blank => sheet.write_blank(row, column, &plain)?,
                Value::Text(text) => sheet.write_string_with_format(row, column, text, &plain)?,
                Value::Date(date) => sheet.write_date_with_format(row, column, date, &day)?,
                Value::Number(number) => sheet.write_number_with_format(row, column, *number, &plain)?,
            };
        }
    }
    workbook.save_to_writer(tempfile::tempfile()?)?;
    Ok(())
}
