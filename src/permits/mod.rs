//! 持证 (三.1): a reading of the register: how many units hold which class of permit, and whose permit is owed or over.

use crate::base::{CountyId, Scope};
use crate::vocabulary::PermitClass;
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

/// Units of one class.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Class {
    /// The class' code; none: not yet said.
    pub code: Option<String>,
    /// Units that stand.
    pub units: i64,
    /// Of these, with a number of a permit.
    pub numbered: i64,
}

impl Class {
    /// The class in words.
    pub fn label(&self) -> &'static str {
        self.code.as_deref().and_then(PermitClass::from_code).map_or("待补", PermitClass::label)
    }
}

/// Why a unit stands in the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// 应发未发.
    Owed,
    /// Over since this day.
    Expired(NaiveDate),
}

/// A unit in the queue.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Queued {
    /// The county.
    pub county_id: CountyId,
    /// The unit.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Its street or town.
    pub township: String,
    /// The permit's number.
    pub permit_number: Option<String>,
    /// Its last day.
    pub permit_until: Option<NaiveDate>,
    /// 应发未发.
    pub owed: bool,
    /// The problem of kind 03 or 04 that it has in the campaign.
    pub problem: Option<Uuid>,
}

impl Queued {
    /// Why it stands there.
    pub fn why(&self) -> Why {
        match self.permit_until {
            Some(until) if !self.owed => Why::Expired(until),
            _ => Why::Owed,
        }
    }

    /// The same in words.
    pub fn why_label(&self) -> &'static str {
        match self.why() {
            Why::Owed => "应发未发",
            Why::Expired(_) => "已过有效期",
        }
    }
}

/// The units that stand, by class.
pub async fn classes(connection: &mut PgConnection, scope: &Scope) -> Result<Vec<Class>, sqlx::Error> {
    sqlx::query_as(
        "select permit_class as code, count(*) as units, count(permit_number) as numbered from units
         where county_id = any($1) and status not in ('closed', 'demolished') group by 1 order by 2 desc",
    )
    .bind(scope.ids())
    .fetch_all(connection)
    .await
}

/// The units that stand and whose permit is owed or over on a day, those without a problem of it first.
pub async fn queue(
    connection: &mut PgConnection,
    scope: &Scope,
    campaign: Uuid,
    today: NaiveDate,
) -> Result<Vec<Queued>, sqlx::Error> {
    sqlx::query_as(
        "select * from (select u.county_id, u.id, u.name, u.township, u.permit_number, u.permit_until, u.permit_class is not distinct from $4 as owed,
            (select p.id from problems p where p.county_id = u.county_id and p.campaign_id = $2 and p.unit_id = u.id
                and p.kind in ('03', '04') and p.ended_as is distinct from 'unfounded' order by p.id limit 1) as problem
         from units u where u.county_id = any($1) and u.status not in ('closed', 'demolished')
            and (u.permit_class = $4 or u.permit_until < $3)) q
         order by q.problem is not null, q.county_id, q.township, q.name",
    )
    .bind(scope.ids())
    .bind(campaign)
    .bind(today)
    .bind(PermitClass::Owed.code())
    .fetch_all(connection)
    .await
}
