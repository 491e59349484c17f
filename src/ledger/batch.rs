//! One act on many cases at once: 立案, 法规审核, 曝光, 结案, 移送市局办理.

use super::exposure::ExposureChanges;
use super::many::enterable;
use crate::base::ability::{EnterCase, LegalReview};
use crate::base::{CITY, CountyId, Permit, Scope};
use crate::history::{Entry, WriteError, Writing};
use crate::vocabulary::{ExposureMedia, HandledBy};
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

/// One act for many cases.
#[derive(Clone, Debug)]
pub enum BatchStep {
    /// 立案, where neither filing, refusal nor decision is recorded.
    File(NaiveDate),
    /// 法规审核 of decided cases.
    Review,
    /// 曝光 of decided and reviewed cases.
    Expose(ExposureChanges),
    /// 结案 of decided cases.
    Close(NaiveDate),
    /// 移送市局办理 of cases without a decision.
    HandToCity,
}

impl BatchStep {
    /// What is set, which rows it fits, and the sentence about the others. `$4` date, `$5` and `$6` words.
    fn rule(&self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::File(_) => (
                "case_filed_on = $4",
                "case_filed_on is null and not_filed_on is null and decided_on is null and closed_on is null
                    and not exists (select 1 from case_problems k
                        join problems p on p.county_id = k.county_id and p.id = k.problem_id
                        where k.county_id = c.county_id and k.case_id = c.id
                        having min(p.found_on) > $4)",
                "已立案、不予立案或已作出决定，或立案日期早于发现日期",
            ),
            Self::Review => (
                "legal_reviewed_on = $4, legal_reviewed_by = $5",
                "decided_on is not null and legal_reviewed_on is null",
                "尚未作出处罚决定，或已经审核",
            ),
            Self::Expose(_) => (
                "exposed_on = $4, exposure_media = $5, exposure_outlet = $6",
                "exposed_on is null and decided_on <= $4 and legal_reviewed_on is not null",
                "尚未作出处罚决定、未经法规审核、已登记曝光，或曝光日期早于决定日期",
            ),
            Self::Close(_) => {
                ("closed_on = $4", "closed_on is null and decided_on <= $4", "尚未作出处罚决定、已结案，或结案日期早于决定日期")
            }
            Self::HandToCity => {
                ("handled_by = 'city_bureau'", "decided_on is null and closed_on is null", "已登记处罚决定或已结案")
            }
        }
    }

    /// Why cases are left alone.
    pub fn otherwise(&self) -> &'static str {
        self.rule().2
    }
}

/// These cases, as far as they lie within the scope, by county.
pub async fn by_county(
    connection: &mut PgConnection,
    scope: &Scope,
    ids: &[Uuid],
) -> Result<Vec<(CountyId, Vec<Uuid>)>, sqlx::Error> {
    sqlx::query_as("select county_id, array_agg(id) from cases where county_id = any($1) and id = any($2) group by 1 order by 1")
        .bind(scope.ids())
        .bind(ids)
        .fetch_all(connection)
        .await
}

/// Takes one act with many cases of the permit's county, as far as the person enters them; how many it fitted. The caller
/// opens the batch. 法规审核 needs its own permission besides.
pub async fn step_many(
    writing: &mut Writing,
    permit: &Permit<EnterCase>,
    ids: &[Uuid],
    step: &BatchStep,
) -> Result<usize, WriteError> {
    let mut handlers = enterable(permit);
    let today = writing.today();
    let (date, first, second) = match step {
        BatchStep::File(date) | BatchStep::Close(date) => (*date, None, None),
        BatchStep::Expose(e) => {
            (e.exposed_on.unwrap_or(today), e.media.map(|m| ExposureMedia::code(m).to_owned()), e.outlet.clone())
        }
        BatchStep::HandToCity => (today, None, None),
        BatchStep::Review => {
            let reviewer = writing.permit::<LegalReview>(permit.county())?;
            // The city reviews any case, a county those that the city does not handle.
            let all = reviewer.actor().county == CITY;
            handlers = HandledBy::ALL.iter().filter(|h| all || !h.city_direct()).map(|h| h.code()).collect();
            (today, Some(reviewer.actor().name.clone()), None)
        }
    };
    let (set, rule, _) = step.rule();
    let sql = sqlx::AssertSqlSafe(format!(
        "with given as (select $4::date, $5::text, $6::text)
         update cases c set version = version + 1, {set}
         where county_id = $1 and id = any($2) and handled_by = any($3) and {rule} returning id, version, to_jsonb(c)::text"
    ));
    let written: Vec<(Uuid, i32, String)> = sqlx::query_as(sql)
        .bind(permit.county())
        .bind(ids)
        .bind(handlers)
        .bind(date)
        .bind(first)
        .bind(second)
        .fetch_all(writing.connection())
        .await?;
    let count = written.len();
    let note = match step {
        BatchStep::HandToCity => Some("移送市局办理"),
        BatchStep::Review => Some("法规审核"),
        BatchStep::File(_) | BatchStep::Expose(_) | BatchStep::Close(_) => None,
    };
    let entry = |(id, version, row)| {
        let entry = Entry::changed("cases", id, version, row);
        note.map_or(entry.clone(), |note| entry.with_note(note))
    };
    writing.record_all(permit.county(), written.into_iter().map(entry).collect()).await?;
    Ok(count)
}
