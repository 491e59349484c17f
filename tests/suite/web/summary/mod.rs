//! 工作总结: the page, one form a paragraph, the file.

mod download;
mod edit;
mod show;

use crate::support::TestApp;
use crate::support::rows;
use serde_json::json;

/// The county of these tests.
const COUNTY: i32 = 140403;

/// A unit of 潞州区 that inspected itself and found two problems, one of them mended.
async fn facts(app: &TestApp) {
    let unit = rows::unit(app, COUNTY, "甲厂", json!({})).await;
    rows::self_inspection(app, unit, json!({"found": "some"})).await;
    rows::problem(app, unit, json!({"source": "self_inspection", "kind": "03", "completed_on": "2019-06-15"})).await;
    rows::problem(app, unit, json!({"source": "self_inspection", "kind": "05"})).await;
}
