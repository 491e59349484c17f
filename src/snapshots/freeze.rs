//! Freezing the city's figures: bases, books and bulletin, read in one snapshot of the database.

use super::bulletin::bulletin;
use super::reconciliation::{SourceTally, reconcile};
use super::today::{Today, today};
use crate::annexes::Annex;
use crate::base::{CITY, Scope, new_id};
use crate::campaigns::Campaign;
use crate::consolidated::{self, Given, Order, Wanted};
use crate::counties::{self, Directory};
use crate::platform::database::Database;
use crate::submissions::{self, FreezeError};
use crate::summary;
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::io::Read;
use uuid::Uuid;

/// What is frozen, under which number.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// In which campaign.
    pub campaign: &'a Campaign,
    /// Names of counties.
    pub directory: &'a Directory,
    /// 数据截止日期 of what is live.
    pub date: NaiveDate,
    /// The business moment.
    pub now: DateTime<FixedOffset>,
    /// 第N号.
    pub number: i32,
}

/// A frozen snapshot, not kept yet.
#[derive(Clone, Debug)]
pub struct Frozen {
    /// Its id.
    pub id: Uuid,
    /// 第N号.
    pub number: i32,
    /// 数据截止日期 of what is live.
    pub date: NaiveDate,
    /// One entry a body.
    pub bodies: Value,
    /// 来源对账.
    pub sources: Vec<SourceTally>,
    /// Over bodies and accounts.
    pub hash: Vec<u8>,
    /// The files: kind, name, bytes.
    pub files: Vec<(&'static str, String, Vec<u8>)>,
}

/// The bodies of a snapshot as they are kept.
pub(super) fn bodies(today: &Today) -> Value {
    let body = |b: &super::BodyToday| {
        json!({"county": b.county, "basis": b.basis, "submission": b.submission.as_ref().map(|s| s.id),
               "values": b.values.to_json(), "by_city": b.by_city.to_json()})
    };
    today.bodies.iter().map(body).collect()
}

/// Freezes the city's figures as they stand.
pub async fn freeze(db: &Database, scope: &Scope, terms: Terms<'_>) -> Result<Frozen, FreezeError> {
    let Terms { campaign, directory, date, now, number } = terms;
    // Whoever asks for this holds a reader of the pages.
    let db = db.for_jobs();
    let mut snapshot = db.snapshot(scope).await?;
    let connection = snapshot.connection();
    let today = today(connection, scope, campaign, date).await?;
    let sources = reconcile(connection, scope, campaign.id, date).await?;
    let mut given: Vec<Given> = Vec::new();
    for submission in today.bodies.iter().filter_map(|b| b.submission.as_ref()) {
        given.push(submissions::given(connection, scope, submission).await?);
    }
    let bodies = bodies(&today);
    let id = new_id();
    let head = json!([id, number, date, bodies, sources]).to_string();
    let hash = Sha256::digest(head.as_bytes()).to_vec();
    let short: String = hash.iter().take(4).map(|b| format!("{b:02X}")).collect();
    let basis = format!("市级快照第{number}号，校验码{short}");
    let mut files = Vec::new();
    for (wanted, kind) in
        [(Wanted::Annex(Annex::One), "annex1"), (Wanted::Annex(Annex::Two), "annex2"), (Wanted::RollUp, "roll-up")]
    {
        let order = Order {
            wanted,
            county: None,
            campaign,
            date,
            made_at: now,
            directory,
            given: &given,
            only_given: false,
            basis: Some(&basis),
        };
        let mut book = consolidated::write_in(connection, scope, &order).await?;
        let mut bytes = Vec::new();
        book.file.read_to_end(&mut bytes)?;
        files.push((kind, book.name, bytes));
    }
    let asked = summary::Asked { county: CITY, campaign, date, signed_on: now.date_naive(), directory };
    let prose = summary::document(&summary::read_over(connection, scope, &asked, &today.table()).await?);
    files.push(("summary", format!("全市工作总结-市级快照第{number}号.docx"), prose.to_docx()?));
    let issuer = counties::body_on(connection, CITY, date).await?.map_or_else(|| directory.name(CITY), |b| b.full_name);
    let paper = bulletin(&today, campaign, directory, (number, now, &issuer));
    files.push(("bulletin", format!("通报-市级快照第{number}号.docx"), paper.to_docx()?));
    Ok(Frozen { id, number, date, bodies, sources, hash, files })
}
