//! Facts put straight into the tables, for tests of the readings: a row has sensible values unless the test says otherwise,
//! in the table's own column names.

use super::server::TestApp;
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use uuid::Uuid;
use zhengzhi::base::{CountyId, new_id, text};

/// The campaign that every database begins with.
pub const CAMPAIGN: Uuid = uuid::uuid!("019b0000-0000-7000-8000-000000000001");

/// A row that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Made {
    /// Its county.
    pub county: CountyId,
    /// Its id.
    pub id: Uuid,
}

async fn insert(app: &TestApp, table: &str, mut row: Value, said: Value) {
    let columns = row.as_object_mut().unwrap();
    columns.extend(said.as_object().unwrap().clone());
    let mut writer = app.app.db.writer(&app.whole()).await.unwrap();
    let sql = format!("insert into {table} select * from jsonb_populate_record(null::{table}, $1)");
    sqlx::query(AssertSqlSafe(sql)).bind(&row).execute(writer.connection()).await.unwrap_or_else(|e| panic!("{row}: {e}"));
    writer.commit().await.unwrap();
}

/// A producing unit.
pub async fn unit(app: &TestApp, county: i32, name: &str, said: Value) -> Made {
    let made = Made { county: CountyId(county), id: new_id() };
    let row = json!({
        "county_id": county, "id": made.id, "version": 1, "name": name, "former_names": [], "code_confirmed": false, "site": "",
        "township": "", "status": "operating", "name_key": text::name_key(name), "search_text": name,
        "created_at": "2019-06-03T09:00:00+08:00",
    });
    insert(app, "units", row, said).await;
    made
}

/// A dated status of a unit.
pub async fn status(app: &TestApp, unit: Made, status: &str, since: &str) {
    let row = json!({"county_id": unit.county, "id": new_id(), "unit_id": unit.id, "status": status, "since": since, "note": ""});
    insert(app, "unit_statuses", row, json!({})).await;
}

/// A unit's self-inspection, done on 10 June with nothing found.
pub async fn self_inspection(app: &TestApp, unit: Made, said: Value) {
    let row = json!({
        "county_id": unit.county, "id": new_id(), "version": 1, "campaign_id": CAMPAIGN, "unit_id": unit.id,
        "state": "inspected", "inspected_on": "2019-06-10", "found": "none",
    });
    insert(app, "self_inspections", row, said).await;
}

/// A problem that county officers found on 10 June.
pub async fn problem(app: &TestApp, unit: Made, said: Value) -> Made {
    let made = Made { county: unit.county, id: new_id() };
    let row = json!({
        "county_id": unit.county, "id": made.id, "version": 1, "campaign_id": CAMPAIGN, "unit_id": unit.id, "kind": "13",
        "other_kinds": [], "source": "county_inspection", "description": "物料堆场未覆盖", "found_on": "2019-06-10",
        "source_numbers": [], "on_the_spot": false, "invested_with_above": false, "verifiers": [],
        "created_at": "2019-06-10T09:00:00+08:00",
    });
    insert(app, "problems", row, said).await;
    made
}

/// An extension of a problem's due date.
pub async fn extension(app: &TestApp, problem: Made, from: &str, to: &str, approved_on: &str) {
    let row = json!({
        "county_id": problem.county, "id": new_id(), "problem_id": problem.id, "previous_due_on": from, "due_on": to,
        "approved_by": "张某", "approved_on": approved_on, "number": "", "reason": "",
    });
    insert(app, "extensions", row, json!({})).await;
}

/// A case of the county's bureau over problems, filed on 12 June.
pub async fn case(app: &TestApp, problems: &[Made], said: Value) -> Made {
    let made = Made { county: problems[0].county, id: new_id() };
    let row = json!({
        "county_id": made.county, "id": made.id, "version": 1, "campaign_id": CAMPAIGN, "handled_by": "county_bureau",
        "case_filed_on": "2019-06-12", "shut_down": false, "created_at": "2019-06-12T09:00:00+08:00",
    });
    insert(app, "cases", row, said).await;
    for problem in problems {
        let link = json!({"county_id": made.county, "case_id": made.id, "problem_id": problem.id});
        insert(app, "case_problems", link, json!({})).await;
    }
    made
}

/// A measure under a case, decided on 14 June.
pub async fn measure(app: &TestApp, case: Made, kind: &str, said: Value) -> Made {
    let made = Made { county: case.county, id: new_id() };
    let row = json!({
        "county_id": case.county, "id": made.id, "version": 1, "case_id": case.id, "kind": kind, "decided_on": "2019-06-14",
        "removed": false,
    });
    insert(app, "measures", row, said).await;
    made
}

/// An event on the way of a case or of one of its measures.
pub async fn event(app: &TestApp, case: Made, measure: Option<Made>, kind: &str, said: Value) {
    let row = json!({
        "county_id": case.county, "id": new_id(), "version": 1, "case_id": case.id, "measure_id": measure.map(|m| m.id),
        "kind": kind, "recorded_by": "测试", "recorded_at": "2019-06-20T09:00:00+08:00", "removed": false,
    });
    insert(app, "case_events", row, said).await;
}

/// An entry of the black list, proposed on 5 June.
pub async fn blacklisting(app: &TestApp, county: i32, unit: Uuid, said: Value) -> Uuid {
    let id = new_id();
    let row = json!({
        "county_id": county, "id": id, "version": 1, "campaign_id": CAMPAIGN, "unit_id": unit, "grounds": "行动期间检查发现违法2次。",
        "proposed_by": "测试", "proposed_on": "2019-06-05",
    });
    insert(app, "blacklistings", row, said).await;
    id
}

/// A tip on a unit, received on 10 June.
pub async fn tip(app: &TestApp, unit: Made, said: Value) {
    let row = json!({
        "county_id": unit.county, "id": new_id(), "version": 1, "campaign_id": CAMPAIGN, "source": "12369", "number": "",
        "received_on": "2019-06-10", "target": "", "content": "夜间冒黑烟", "unit_id": unit.id, "answer_note": "", "told": "",
        "created_at": "2019-06-10T09:00:00+08:00",
    });
    insert(app, "tips", row, said).await;
}
