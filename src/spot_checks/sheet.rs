//! The result sheet of a team: the county's problems with what is claimed of each, locked; only the cells of results are open, with
//! lists to choose from. A hidden key tells each row when the sheet comes back.

use crate::base::CountyId;
use crate::platform::database::Within;
use crate::platform::sheet::{Heading, List, workbook};
use crate::problems::ProgressOn;
use crate::vocabulary::{CrossResult, kinds};
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

/// The sheet of results.
pub(super) const RESULTS: &str = "核查结果";
/// The sheet of new findings.
pub(super) const FINDINGS: &str = "新发现问题";
/// The hidden column.
pub(super) const KEY: &str = "行号（勿改）";

/// Rows of a sheet: beyond it a team needs several.
const MOST: i64 = 2_000;
/// Rows for new findings.
const BLANK_ROWS: usize = 60;

/// A problem and what the county claims of it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Claim {
    /// The county.
    pub county_id: CountyId,
    /// The problem.
    pub id: Uuid,
    /// The unit.
    pub unit: String,
    /// Its street or town.
    pub township: String,
    /// What was found.
    pub description: Option<String>,
    /// 方案备案.
    pub plan_filed_on: Option<NaiveDate>,
    /// Work begun.
    pub begun_on: Option<NaiveDate>,
    /// Completed.
    pub completed_on: Option<NaiveDate>,
    /// Verified.
    pub verified_on: Option<NaiveDate>,
    /// Another end.
    pub ended_as: Option<String>,
    /// Its day.
    pub ended_on: Option<NaiveDate>,
}

impl Claim {
    /// What is claimed on a day.
    pub fn progress(&self, day: NaiveDate) -> crate::vocabulary::Progress {
        ProgressOn {
            plan_filed_on: self.plan_filed_on,
            begun_on: self.begun_on,
            completed_on: self.completed_on,
            verified_on: self.verified_on,
            ended: self.ended_as.as_deref().zip(self.ended_on),
        }
        .at(day)
    }
}

/// The problems that a team checks in a county: those claimed mended first, then those open.
pub async fn claims(connection: &mut PgConnection, within: &Within) -> Result<Vec<Claim>, sqlx::Error> {
    sqlx::query_as(
        "select p.county_id, p.id, u.name as unit, u.township, p.description, p.plan_filed_on, p.begun_on, p.completed_on,
            p.verified_on, p.ended_as, p.ended_on
         from problems p join units u on u.county_id = p.county_id and u.id = p.unit_id
         where p.county_id = any($1) and p.campaign_id = $2 and (p.found_on is null or p.found_on <= $3)
            and p.ended_as is distinct from 'unfounded' and p.ended_as is distinct from 'transferred'
         order by (p.completed_on is null and p.ended_as is null), u.township, u.name, p.id limit $4",
    )
    .bind(within.scope.ids())
    .bind(within.campaign)
    .bind(within.date)
    .bind(MOST)
    .fetch_all(connection)
    .await
}

fn locked(text: &str, width: f64) -> Heading {
    Heading { text: text.to_owned(), width, ..Heading::default() }
}

fn open(text: &str, width: f64, note: &str, options: Vec<String>) -> Heading {
    Heading { text: text.to_owned(), width, note: note.to_owned(), options, open: true, ..Heading::default() }
}

/// The workbook for a team.
pub fn result_sheet(claims: &[Claim], county: &str, day: NaiveDate) -> anyhow::Result<Vec<u8>> {
    let results = CrossResult::OFFERED.iter().map(|r| r.label().to_owned()).collect();
    let row = |claim: &Claim| {
        let date = |d: Option<NaiveDate>| d.map(|d| d.to_string()).unwrap_or_default();
        vec![
            county.to_owned(),
            claim.unit.clone(),
            claim.township.clone(),
            claim.description.clone().unwrap_or_default(),
            claim.progress(day).label().to_owned(),
            date(claim.completed_on.or(claim.ended_on)),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
            format!("{}:{}", claim.county_id, claim.id),
        ]
    };
    let checked = List {
        sheet: RESULTS.to_owned(),
        headings: vec![
            locked("县（区）", 9.0),
            locked("单位名称", 30.0),
            locked("乡镇（街道）", 12.0),
            locked("存在的问题", 42.0),
            locked("申报情况", 13.0),
            locked("申报完成日期", 12.0),
            open("核查结果", 14.0, "请从列表中选择；未核查的不填。", results),
            open("核查日期", 12.0, "如 2019-07-03。", Vec::new()),
            open("核查人", 16.0, "两人以上，用顿号分开。", Vec::new()),
            open("现场情况", 36.0, "未整改到位、反弹的请写明。", Vec::new()),
            Heading { hidden: true, ..locked(KEY, 10.0) },
        ],
        rows: claims.iter().map(row).collect(),
        locked: true,
        ..List::default()
    };
    let kinds = kinds().iter().map(|k| k.short.to_owned()).collect();
    let found = List {
        sheet: FINDINGS.to_owned(),
        headings: vec![
            open("单位名称", 30.0, "与名录一致的全称。", Vec::new()),
            open("问题类型", 16.0, "请从列表中选择。", kinds),
            open("存在的问题", 48.0, "", Vec::new()),
            open("发现日期", 12.0, "如 2019-07-03。", Vec::new()),
            open("核查人", 16.0, "两人以上，用顿号分开。", Vec::new()),
        ],
        rows: vec![vec![String::new(); 5]; BLANK_ROWS],
        locked: true,
        ..List::default()
    };
    Ok(workbook(&[checked, found])?)
}
