//! The home sentence and the trend.

use crate::support::TestApp;
use crate::support::rows::{self, CAMPAIGN};
use chrono::{DateTime, NaiveDate};
use serde_json::json;
use zhengzhi::base::CountyId;
use zhengzhi::dashboards::{self, Words};
use zhengzhi::figures;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2019, 6, day).unwrap()
}

fn read(sentence: &[Words]) -> String {
    sentence.iter().map(|w| w.text.as_str()).collect()
}

#[tokio::test]
async fn the_sentence_says_what_is_owed_and_links_each_part() {
    let app = TestApp::start().await;
    let scope = app.whole();
    let mut reader = app.app.db.reader(&scope).await.unwrap();
    let campaign = app.campaign().await;
    let now = DateTime::parse_from_rfc3339("2019-06-25T17:30:00+08:00").unwrap();
    let empty = figures::by_county(reader.connection(), &scope, CAMPAIGN, day(25)).await.unwrap();
    let calm = dashboards::sentence_for_county(&campaign, now, empty.of(CountyId(140403)).unwrap());
    assert_eq!(read(&calm), "距6月28日24时报送还有3天。自查、时限和整改均已登记，请核对后上报。");
    assert!(read(&dashboards::sentence_for_city(now, &empty, &app.app.directory)).ends_with("各县（区）均无自查登记。"));

    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    rows::unit(&app, 140403, "乙厂", json!({})).await;
    rows::self_inspection(&app, unit, json!({})).await;
    rows::problem(&app, unit, json!({})).await;
    let table = figures::by_county(reader.connection(), &scope, CAMPAIGN, day(25)).await.unwrap();
    let sentence = dashboards::sentence_for_county(&campaign, now, table.of(CountyId(140403)).unwrap());
    assert_eq!(read(&sentence), "距6月28日24时报送还有3天。还差：1家未登记自查、1个问题未填时限。");
    let linked: Vec<_> = sentence.iter().filter_map(|w| w.figure).collect();
    assert_eq!(linked, ["unregistered", "without_due"]);
    let city = read(&dashboards::sentence_for_city(now, &table, &app.app.directory));
    assert!(
        city.starts_with("截至6月25日17时30分：在册单位2家，已自查1家（50.0%）；问题1个，完成率0.0%，0个已到期未完成；"),
        "{city}"
    );
    assert!(city.contains("尚无自查登记的：上党区、屯留区"), "{city}");
}

#[tokio::test]
async fn the_trend_counts_each_day_as_it_was() {
    let app = TestApp::start().await;
    let unit = rows::unit(&app, 140403, "甲厂", json!({})).await;
    rows::problem(&app, unit, json!({"found_on": "2019-06-05", "completed_on": "2019-06-07"})).await;
    rows::problem(&app, unit, json!({"found_on": "2019-06-06", "ended_as": "unfounded", "ended_on": "2019-06-07"})).await;
    let scope = app.whole();
    let mut reader = app.app.db.reader(&scope).await.unwrap();
    let days = dashboards::trend(reader.connection(), &scope, CAMPAIGN, day(4), day(7)).await.unwrap();
    let told: Vec<_> = days.iter().map(|d| (d.found, d.finished)).collect();
    assert_eq!(told, [(0, 0), (1, 0), (2, 0), (1, 1)]);
}
