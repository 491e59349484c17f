//! What hangs on a row that an undo takes away.

use crate::support::TestApp;
use std::collections::BTreeSet;

#[tokio::test]
async fn every_foreign_key_onto_what_an_undo_takes_away_is_known_to_it() {
    let app = TestApp::start().await;
    let scope = app.whole();
    let mut reader = app.app.db.reader(&scope).await.unwrap();
    let keys: BTreeSet<(String, String, String)> = sqlx::query_as::<_, (String, String, String)>(
        "select k.conrelid::regclass::text, a.attname::text, k.confrelid::regclass::text
         from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[2]
         where k.contype = 'f' and k.confrelid = any($1::text[]::regclass[])",
    )
    .bind(["units", "problems", "self_inspections", "guidance", "notifications", "inspections", "cases", "measures"])
    .fetch_all(reader.connection())
    .await
    .unwrap()
    .into_iter()
    // The pieces of a name go with its unit, ties with their case or by themselves.
    .filter(|(leaves, ..)| leaves != "unit_grams" && leaves != "case_problems")
    .collect();
    let source = include_str!("../../../src/undo/hangs.rs");
    let unknown: Vec<_> = keys.iter().filter(|(l, c, s)| !source.contains(&format!("(\"{l}\", \"{c}\", \"{s}\")"))).collect();
    assert!(keys.len() > 15 && unknown.is_empty(), "{unknown:?}");
}
