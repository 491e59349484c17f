//! 数据不打架: for data made at random, the city's total is the sum of its counties, of their rows, of what stands in the annexes
//! and in the summaries.

use crate::support::TestApp;
use std::collections::HashSet;
use zhengzhi::base::money::read_wan;
use zhengzhi::base::{CITY, CountyId, Scope};
use zhengzhi::campaigns;
use zhengzhi::figures::{self, How};
use zhengzhi::submissions::{self, Terms};
use zhengzhi::summary::{self, Piece};

const UNITS: u32 = 120;

#[tokio::test]
async fn totals_counties_rows_annexes_and_summaries_agree_for_random_data() {
    for seed in [3, 1_000_003] {
        let app = TestApp::start().await;
        let inner = &app.app;
        zhengzhi::demo::generate(&inner.db, &inner.key, inner.clocks, UNITS, seed, |_| {}).await.unwrap();
        let whole = app.whole();
        let mut reader = inner.db.reader(&whole).await.unwrap();
        let campaign = app.campaign().await;
        let now = inner.clocks.business.now();
        let date = campaign.live_date(now.date_naive());
        let table = figures::by_county(reader.connection(), &whole, campaign.id, date).await.unwrap();
        let total = table.total();
        let mut sums = [0_i64; 6];
        for county in inner.directory.all().iter().map(|c| c.id).filter(|c| *c != CITY) {
            let own = Scope::county(county);
            let alone = figures::by_county(reader.connection(), &own, campaign.id, date).await.unwrap();
            let values = table.of(county).unwrap();
            assert_eq!(alone.of(county), Some(values), "{county}, seed {seed}: alone as among the others");
            rows_agree(&mut reader, &own, campaign.id, date, values).await;

            let terms = Terms { county, campaign: &campaign, directory: &inner.directory, date, now, round: 1 };
            let frozen = submissions::freeze(&inner.db, &whole, terms).await.unwrap();
            let of = |annex: i16| frozen.lines.iter().filter(move |l| l.annex == annex);
            let problems = |annex| of(annex).filter_map(|l| l.problem_id).collect::<HashSet<_>>().len() as i64;
            let fen = |column: &str| -> i64 {
                of(2).map(|l| l.cell(column)).filter(|c| !c.is_empty()).map(|c| read_wan(c).map_or(0, |r| r.money.fen())).sum()
            };
            let units = of(1).map(|l| l.unit_id).collect::<HashSet<_>>().len() as i64;
            let counted = [units, problems(1), problems(2), fen("fine"), fen("daily_penalty"), exposed(&frozen)];
            let keys = ["units", "own", "ledger", "fine", "daily_penalty_amount", "exposed"];
            for (key, counted) in keys.into_iter().zip(counted) {
                assert_eq!(values.get(key), counted, "{key} of {county}, seed {seed}: figure and annex");
            }
            sums.iter_mut().zip(counted).for_each(|(sum, n)| *sum += n);
            summary_agrees(&app, &whole, &campaign, county, values).await;
        }
        for (key, sum) in ["units", "own", "ledger", "fine", "daily_penalty_amount", "exposed"].into_iter().zip(sums) {
            assert_eq!(total.get(key), sum, "{key}, seed {seed}: the city and its annexes");
        }
        assert!(total.get("problems") > 20 && total.get("fine") > 0, "there was something to add up");
        summary_agrees(&app, &whole, &campaign, CITY, &total).await;
    }
}

/// Cases that the annex tells as exposed.
fn exposed(frozen: &submissions::Frozen) -> i64 {
    let told = frozen.lines.iter().filter(|l| l.annex == 2 && !l.cell("exposed_on").is_empty());
    told.filter_map(|l| l.case_id).collect::<HashSet<_>>().len() as i64
}

/// Behind each count stand as many rows.
async fn rows_agree(
    reader: &mut zhengzhi::platform::database::Reader,
    scope: &Scope,
    campaign: uuid::Uuid,
    date: chrono::NaiveDate,
    values: &figures::Values,
) {
    for figure in figures::figures().iter().filter(|f| matches!(f.how, How::Count | How::DistinctUnits)) {
        // Behind a count of measures stand their cases, which may have several.
        if figure.over == figures::Over::Measures {
            continue;
        }
        let rows = figures::rows(figure.key, 1, 2, 3).unwrap();
        let sql = format!("select count(*) from ({}) r", rows.sql);
        let count: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .bind(scope.ids())
            .bind(campaign)
            .bind(date)
            .fetch_one(reader.connection())
            .await
            .unwrap();
        assert_eq!(values.get(figure.key), count, "{}", figure.key);
    }
}

/// Each figure of the prose is the figure.
async fn summary_agrees(
    app: &TestApp,
    scope: &Scope,
    campaign: &campaigns::Campaign,
    county: CountyId,
    values: &figures::Values,
) {
    let today = app.app.clocks.business.today();
    let date = campaign.live_date(today);
    let asked = summary::Asked { county, campaign, date, signed_on: today, directory: &app.app.directory };
    let mut reader = app.app.db.reader(scope).await.unwrap();
    let read = summary::read(reader.connection(), scope, &asked).await.unwrap();
    let mut compared = 0;
    for piece in read.sections.iter().flat_map(|s| &s.paragraphs).flat_map(|p| &p.pieces) {
        let Piece::Figure { text, rows: Some(key) } = piece else { continue };
        // A rate leads to the rows of its part; lists of kinds and sources are counted in detail.
        if text.ends_with('%') || text == "—" || !figures::figures().iter().any(|f| f.key == *key) {
            continue;
        }
        assert_eq!(text.replace(',', ""), values.shown(key).replace(',', ""), "{key} of {county}");
        compared += 1;
    }
    assert!(compared > 10, "the prose is full of figures: {compared}");
}
