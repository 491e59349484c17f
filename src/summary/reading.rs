//! One body's summary on a data date.

use super::draft::{self, Area, CASE};
use super::paragraph::{Body, Piece, lines};
use super::store::{self, Exposed};
use super::values::Values;
use crate::annexes::Annex;
use crate::base::{CITY, CountyId, Money, Scope, dates};
use crate::campaigns::Campaign;
use crate::counties::{self, Directory};
use crate::figures::{self, Table};
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

/// Most cases that a summary tells (典型案例2至3件).
const CASES: i64 = 3;

/// Which summary.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Whose: a county's, or the city's over all its bodies.
    pub county: CountyId,
    /// In which campaign.
    pub campaign: &'a Campaign,
    /// 数据截止日期.
    pub date: NaiveDate,
    /// 成文日期.
    pub signed_on: NaiveDate,
    /// Names of areas.
    pub directory: &'a Directory,
}

/// A summary as it reads.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Whose.
    pub county: CountyId,
    /// 数据截止日期.
    pub date: NaiveDate,
    /// The title.
    pub title: String,
    /// 主送.
    pub addressee: String,
    /// The lead (导语), then 一 to 八.
    pub sections: Vec<Section>,
    /// What is attached.
    pub attachments: Vec<String>,
    /// The name on the seal.
    pub signed_by: String,
    /// 成文日期 in words.
    pub signed_on: String,
    pub(super) values: Values,
}

/// A section.
#[derive(Clone, Debug)]
pub struct Section {
    /// 「一、组织部署」; the lead has none.
    pub heading: &'static str,
    /// Its paragraphs.
    pub paragraphs: Vec<Paragraph>,
}

/// A paragraph.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// Its name in addresses.
    pub key: String,
    /// What it is made of.
    pub pieces: Vec<Piece>,
    /// Its row, once somebody edited it.
    pub id: Option<Uuid>,
    /// Its version; 0 when nobody ever edited it.
    pub version: i32,
    /// Whether it differs from the draft.
    pub edited: bool,
    pub(super) body: Body,
    pub(super) draft: Body,
}

/// Something to be typed yet (待补).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The paragraph.
    pub key: String,
    /// Its section.
    pub heading: &'static str,
    /// What is to be typed.
    pub hint: String,
}

/// A number typed over one of the data, which say otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The paragraph.
    pub key: String,
    /// Its section.
    pub heading: &'static str,
    /// As typed.
    pub typed: String,
    /// The data's (系统数).
    pub live: String,
}

impl Paragraph {
    /// The words, as they are printed and as they are edited.
    pub fn text(&self) -> &str {
        &self.body.text
    }

    /// The words of the draft.
    pub fn draft_text(&self) -> &str {
        &self.draft.text
    }

    /// The printed paragraphs: several where somebody began new lines, none when all was deleted.
    pub fn lines(&self) -> Vec<Vec<Piece>> {
        lines(&self.pieces)
    }

    /// Whether a number typed over one of the data does not agree with it.
    pub fn mismatched(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Over { .. }))
    }
}

impl Summary {
    /// The paragraph of a key.
    pub fn paragraph(&self, key: &str) -> Option<&Paragraph> {
        self.sections.iter().flat_map(|section| &section.paragraphs).find(|paragraph| paragraph.key == key)
    }

    /// The heading of the section in which a paragraph stands.
    pub fn heading(&self, key: &str) -> &'static str {
        let holds = |section: &&Section| section.paragraphs.iter().any(|paragraph| paragraph.key == key);
        self.sections.iter().find(holds).map_or("", |section| section.heading)
    }

    /// Every piece with its paragraph and the section's heading.
    fn pieces(&self) -> Vec<(&'static str, &Paragraph, &Piece)> {
        let mut pieces = Vec::new();
        for section in &self.sections {
            for paragraph in &section.paragraphs {
                pieces.extend(paragraph.pieces.iter().map(|piece| (section.heading, paragraph, piece)));
            }
        }
        pieces
    }
}

/// What is still to be typed, in order.
pub fn gaps(summary: &Summary) -> Vec<Gap> {
    let gap = |(heading, paragraph, piece): (&'static str, &Paragraph, &Piece)| match piece {
        Piece::Blank { hint, .. } => Some(Gap { key: paragraph.key.clone(), heading, hint: hint.clone() }),
        _ => None,
    };
    summary.pieces().into_iter().filter_map(gap).collect()
}

/// The numbers typed over that no longer agree with the data, in order.
pub fn mismatches(summary: &Summary) -> Vec<Mismatch> {
    let mismatch = |(heading, paragraph, piece): (&'static str, &Paragraph, &Piece)| match piece {
        Piece::Over { text, live, .. } => {
            Some(Mismatch { key: paragraph.key.clone(), heading, typed: text.clone(), live: live.clone() })
        }
        _ => None,
    };
    summary.pieces().into_iter().filter_map(mismatch).collect()
}

/// The summary of a county within the scope; of the city, over all its bodies within the scope.
pub async fn read(connection: &mut PgConnection, scope: &Scope, asked: &Asked<'_>) -> Result<Summary, sqlx::Error> {
    let within = within(scope, asked)?;
    let table = figures::in_detail(connection, &within, asked.campaign.id, asked.date).await?;
    read_over(connection, scope, asked, &table).await
}

fn within(scope: &Scope, asked: &Asked<'_>) -> Result<Scope, sqlx::Error> {
    if asked.county == CITY { Ok(scope.clone()) } else { scope.narrowed_to(asked.county).ok_or(sqlx::Error::RowNotFound) }
}

/// The same over figures that are given, in detail: those of a snapshot, each body's on its own basis.
pub async fn read_over(
    connection: &mut PgConnection,
    scope: &Scope,
    asked: &Asked<'_>,
    table: &Table,
) -> Result<Summary, sqlx::Error> {
    let city = asked.county == CITY;
    let within = within(scope, asked)?;
    let values = Values::new(table.total(), asked.date);
    let cases = store::exposed(connection, &within, asked.campaign.id, asked.date, CASES).await?;
    let mut stored = store::edited(connection, scope, asked.county, asked.campaign.id).await?;
    let body = counties::body_on(connection, asked.county, asked.date).await?;
    let name = asked.directory.name(asked.county);
    let mut cases: Vec<_> = cases.iter().map(|case| (format!("{CASE}{}", case.id), told(case))).collect();
    let written = stored.iter().filter(|(key, row)| key.starts_with(CASE) && row.body().is_some()).map(|(key, _)| key);
    let gone: Vec<_> = written.filter(|key| cases.iter().all(|(known, _)| known != *key)).cloned().collect();
    cases.extend(gone.into_iter().map(|key| (key, String::new())));
    let area = Area {
        name: if city { "全市" } else { &name },
        city,
        campaign: asked.campaign,
        report_phone: body.as_ref().map(|b| b.report_phone.clone()).unwrap_or_default(),
        cases,
    };
    let mut sections = Vec::new();
    for section in draft::sections(&area) {
        let paragraphs = section.paragraphs.into_iter().map(|(key, template)| {
            let draft = Body::draft(&template, &values);
            let row = stored.remove(&key);
            let body = row.as_ref().and_then(|row| row.body()).map_or_else(|| draft.clone(), |body| body.refreshed(&values));
            Paragraph {
                key,
                pieces: body.pieces(&values),
                id: row.as_ref().map(|row| row.id),
                version: row.as_ref().map_or(0, |row| row.version),
                edited: body != draft,
                body,
                draft,
            }
        });
        sections.push(Section { heading: section.heading, paragraphs: paragraphs.collect() });
    }
    let mut attachments = vec![Annex::One.title().to_owned(), Annex::Two.title().to_owned()];
    if city {
        attachments.push("违法排污行为大整治情况汇总表".to_owned());
    }
    Ok(Summary {
        county: asked.county,
        date: asked.date,
        title: format!("{name}违法排污行为大整治工作总结"),
        addressee: if city { "山西省生态环境厅：".to_owned() } else { format!("{}：", asked.campaign.issuer) },
        sections,
        attachments,
        signed_by: body.map_or(name, |body| body.seal_name),
        signed_on: dates::long(asked.signed_on),
        values,
    })
}

/// A case in the order of a 典型案例: unit, fact, basis, result. The articles of the decision are not among the data.
fn told(case: &Exposed) -> String {
    // What stands in the data must not be read as a slot of the template.
    let words = |text: &str| text.trim_end_matches('。').replace('{', "｛").replace('}', "｝");
    let found = case.found_on.map(|on| format!("{}，", dates::long(on))).unwrap_or_default();
    let fact = words(case.violation.as_deref().unwrap_or("违法排污"));
    let number = case.decision_number.as_ref().map(|number| format!("（{}）", words(number))).unwrap_or_default();
    let decided = case.decided_on.map(|on| format!("{}作出处罚决定{number}", dates::month_day(on))).unwrap_or_default();
    let fine = case.fine_fen.filter(|fen| *fen > 0).map(|fen| format!("，罚款{}万元", Money::from_fen(fen).to_wan()));
    let (respondent, fine) = (words(&case.respondent), fine.unwrap_or_default());
    format!("{respondent}。{found}检查发现该单位{fact}。依据〔待补：处罚依据〕，{decided}{fine}。")
}
