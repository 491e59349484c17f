//! Which way the doors open, executed: the `use` lines of every source file against the floor plan in `src/lib.rs`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Rooms in floor order, as `src/lib.rs` lists them: an import points at a room before its own.
fn rooms() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("src/lib.rs")).unwrap();
    text.lines().filter_map(|l| l.strip_prefix("pub mod ")).map(|l| l.trim_end_matches(';').to_owned()).collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Every source file by its path under `src`, without the tests at its foot.
fn files() -> BTreeMap<String, String> {
    let mut found = Vec::new();
    sources(&root().join("src"), &mut found);
    found
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let name = path.strip_prefix(root().join("src")).unwrap().display().to_string();
            (name, text.split("#[cfg(test)]").next().unwrap().to_owned())
        })
        .collect()
}

fn room_of(file: &str) -> &str {
    file.split('/').next().unwrap().trim_end_matches(".rs")
}

/// The rooms that a file names after `crate::`.
fn named(text: &str) -> Vec<String> {
    let code = text.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut rooms: Vec<String> = code
        .split("crate::")
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect())
        .filter(|room: &String| !room.is_empty())
        .collect();
    rooms.sort();
    rooms.dedup();
    rooms
}

#[test]
fn every_import_points_down_or_to_a_room_listed_before() {
    let order = rooms();
    let floor = |room: &str| order.iter().position(|r| r == room);
    let mut wrong = Vec::new();
    for (file, text) in files() {
        let own = room_of(&file).to_owned();
        for other in named(&text) {
            if let (Some(from), Some(to)) = (floor(&own), floor(&other))
                && to > from
            {
                wrong.push(format!("{file} imports {other}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rooms_speak_through_their_door_and_web_rooms_not_at_all() {
    let mut wrong = Vec::new();
    for (file, text) in files() {
        let foreign = rooms().into_iter().any(|room| room != room_of(&file) && text.contains(&format!("crate::{room}::store")));
        if foreign {
            wrong.push(format!("{file} names another room's store"));
        }
        let Some(own) = file.strip_prefix("web/").map(|f| f.split('/').next().unwrap().to_owned()) else { continue };
        for rest in text.split("crate::web::").skip(1) {
            let other: String = rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            if !["", "shell", "paths"].contains(&other.as_str()) && other != own {
                wrong.push(format!("{file} imports web room {other}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_web_words_below_the_pages_and_no_sql_on_them() {
    let mut wrong = Vec::new();
    for (file, text) in files() {
        let page = ["web", "app", "commands"].contains(&room_of(&file));
        let words = ["use axum", "axum::", "askama::", "use askama"];
        if !page && words.iter().any(|w| text.contains(w)) {
            wrong.push(format!("{file} speaks of the web"));
        }
        // The shell opens and closes the transaction of a form; it alone touches the table of used form tokens.
        if file.starts_with("web/") && !file.starts_with("web/shell/") && text.contains("sqlx::query") {
            wrong.push(format!("{file} holds SQL"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_table_is_written_by_one_room_only() {
    let mut owners: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (file, text) in files() {
        for verb in ["insert into ", "update ", "delete from "] {
            for rest in text.split(verb).skip(1) {
                let table: String = rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
                let follows = rest[table.len()..].trim_start();
                let is_sql = verb == "insert into "
                    || follows.starts_with("set ")
                    || follows.starts_with("where ")
                    || follows.contains(" set ");
                let room = room_of(&file).to_owned();
                if is_sql && TABLES.contains(&table.as_str()) {
                    let rooms = owners.entry(table).or_default();
                    if !rooms.contains(&room) {
                        rooms.push(room);
                    }
                }
            }
        }
    }
    assert!(owners.len() > 12, "the test reads the statements: {owners:?}");
    let shared: Vec<_> = owners.iter().filter(|(_, rooms)| rooms.len() > 1).collect();
    assert!(shared.is_empty(), "{shared:?}");
}

const TABLES: &[&str] = &[
    "accounts",
    "address_logins",
    "batches",
    "blacklist_rules",
    "blacklistings",
    "bodies",
    "calendar_days",
    "campaign_bodies",
    "campaigns",
    "case_events",
    "case_problems",
    "cases",
    "cross_checks",
    "cross_uploads",
    "evidence",
    "exposures",
    "extensions",
    "form_uses",
    "grids",
    "guest_tries",
    "guidance",
    "history",
    "history_heads",
    "history_key",
    "inspections",
    "login_failures",
    "look_backs",
    "measures",
    "notifications",
    "outside_lines",
    "outside_lists",
    "problems",
    "published_cases",
    "self_inspections",
    "self_report_problems",
    "self_reports",
    "sessions",
    "summary_paragraphs",
    "supervision_orders",
    "supervision_series",
    "submission_heads",
    "supervision_steps",
    "tip_contacts",
    "tips",
    "twin_hints",
    "twin_pairs",
    "unit_grams",
    "unit_links",
    "units",
    "zero_reports",
];

#[test]
fn no_clock_but_the_two_and_no_file_beyond_four_hundred_lines() {
    let mut wrong = Vec::new();
    for (file, text) in files() {
        if file != "base/clock.rs" && ["Utc::now", "Local::now", "SystemTime::now"].iter().any(|now| text.contains(now)) {
            wrong.push(format!("{file} asks the machine for the time"));
        }
        if text.contains("now()") && text.lines().any(|l| !l.trim_start().starts_with("//") && l.contains(" now()")) {
            wrong.push(format!("{file} has now() in SQL"));
        }
        let lines = std::fs::read_to_string(root().join("src").join(&file)).unwrap().lines().count();
        if lines > 400 {
            wrong.push(format!("{file} has {lines} lines"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
