//! Finding units: two-character pieces by equality, then the filters.

use super::keys::sought;
use crate::base::{CountyId, Scope};
use crate::platform::database::{Listing, Page, Within, listing};
use crate::vocabulary::{PermitClass, SelfInspectionState, UnitStatus};
use chrono::NaiveDate;
use sqlx::{PgConnection, Postgres, QueryBuilder};
use uuid::Uuid;

/// What is still owed by a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owed {
    /// Not told of the requirements.
    Notification,
    /// Never visited by officers.
    Inspection,
    /// No finished self-inspection, though one is owed.
    SelfInspection,
    /// A problem that is not finished.
    Rectification,
    /// A problem past its due date.
    Overdue,
    /// Facts that filing will ask for.
    Gaps,
}

impl Owed {
    /// All, in the order of the list.
    pub const ALL: [Self; 6] =
        [Self::Notification, Self::Inspection, Self::SelfInspection, Self::Rectification, Self::Overdue, Self::Gaps];

    /// The word in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Notification => "notification",
            Self::Inspection => "inspection",
            Self::SelfInspection => "self_inspection",
            Self::Rectification => "rectification",
            Self::Overdue => "overdue",
            Self::Gaps => "gaps",
        }
    }

    /// The word on the screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Notification => "未告知",
            Self::Inspection => "未排查",
            Self::SelfInspection => "未自查",
            Self::Rectification => "有未完成整改",
            Self::Overdue => "有已到期未完成",
            Self::Gaps => "基本信息待补",
        }
    }

    /// Reads the word in addresses.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|o| o.code() == code)
    }
}

/// What somebody looks for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of a name, former name, code, or initials.
    pub q: Option<String>,
    /// Streets or towns, any of them.
    pub townships: Option<Vec<String>>,
    /// Industry codes, any of them.
    pub industries: Option<Vec<String>>,
    /// 排污许可管理类别, as a code.
    pub permit_class: Option<String>,
    /// 生产状态, as a code.
    pub status: Option<String>,
    /// What is still owed.
    pub owed: Option<Owed>,
    /// The rows behind a figure: a query for `(county_id, id)`, written by `figures` with `$1` counties, `$2` campaign,
    /// `$3` date; never typed by anyone.
    pub figure: Option<String>,
    /// Facts missing that filing will ask for, whatever else is owed.
    pub gaps: bool,
}

/// One line of the list.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Listed {
    /// Where it lies.
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// 厂区.
    pub site: String,
    /// Credit code.
    pub credit_code: Option<String>,
    /// Street or town.
    pub township: String,
    /// Industry code.
    pub industry: Option<String>,
    /// 排污许可管理类别.
    pub permit_class: Option<String>,
    /// 生产状态.
    pub status: String,
    /// Contact.
    pub contact_name: Option<String>,
    /// Telephone, to be masked on a list.
    pub contact_phone: Option<String>,
    /// State of the self-inspection, if any.
    pub self_inspection: Option<String>,
    /// Day of the self-inspection.
    pub inspected_on: Option<NaiveDate>,
    /// 未发现问题 or 发现问题.
    pub found: Option<String>,
    /// Problems that are not finished.
    pub open_problems: i64,
}

impl Listed {
    /// 行业类别 by name.
    pub fn industry_label(&self) -> &str {
        self.industry.as_deref().and_then(crate::vocabulary::industry).map_or("", |i| i.name.as_str())
    }

    /// 排污许可管理类别 in words.
    pub fn permit_label(&self) -> &'static str {
        self.permit_class.as_deref().and_then(PermitClass::from_code).map_or("", PermitClass::label)
    }

    /// 生产状态 in words.
    pub fn status_label(&self) -> &'static str {
        UnitStatus::from_code(&self.status).map_or("", UnitStatus::label)
    }

    /// 自查 in words.
    pub fn self_inspection_label(&self) -> &'static str {
        match (self.self_inspection.as_deref().and_then(SelfInspectionState::from_code), self.found.as_deref()) {
            (Some(SelfInspectionState::Inspected), Some("none")) => "已自查，未发现问题",
            (Some(SelfInspectionState::Inspected), Some("some")) => "已自查，发现问题",
            (Some(state), _) => state.label(),
            (None, _) => "未自查",
        }
    }

    /// 自查 in words, below a head that says what it is of.
    pub fn self_inspection_short(&self) -> &'static str {
        let words = self.self_inspection_label();
        words.strip_prefix("已自查，").unwrap_or(words)
    }

    /// The look of the self-inspection's state.
    pub fn self_inspection_look(&self) -> &'static str {
        match self.self_inspection.as_deref() {
            Some("inspected") if self.found.as_deref() == Some("some") => "warn",
            Some("inspected") => "ok",
            Some("in_progress") => "busy",
            Some("refused" | "unreachable") => "late",
            Some(_) => "idle",
            None => "warn",
        }
    }

    /// The telephone as a list shows it.
    pub fn masked_phone(&self) -> String {
        self.contact_phone.as_deref().map(crate::base::text::mask_phone).unwrap_or_default()
    }
}

impl Filter {
    /// Whether nothing is asked for but all.
    fn open(&self) -> bool {
        let Self { q, townships, industries, permit_class, status, owed, figure, gaps } = self;
        let words = [q, permit_class, status, figure].into_iter().all(Option::is_none);
        words && townships.is_none() && industries.is_none() && owed.is_none() && !gaps
    }
}

/// A filter with the way that leads to what was typed.
#[derive(Clone, Debug)]
pub struct Search {
    filter: Filter,
    way: Way,
}

/// How to find what was typed.
#[derive(Clone, Debug)]
enum Way {
    /// Nothing was typed.
    All,
    /// Nothing can be found.
    Nowhere,
    /// By the key, and its pieces with the rarest first.
    Pieces {
        /// The key.
        key: String,
        /// Its pieces.
        grams: Vec<String>,
    },
}

/// Finds units, the last registered first.
pub async fn search(
    connection: &mut PgConnection,
    within: &Within,
    filter: Filter,
    after: Option<Uuid>,
) -> Result<Page<Listed>, sqlx::Error> {
    let search = Search::of(connection, &within.scope, filter).await?;
    listing::page(connection, within, &search, after).await
}

impl Search {
    /// The search for what a filter asks. Of the ways to read what was typed, the one whose rarest piece is rarest drives it.
    pub async fn of(connection: &mut PgConnection, scope: &Scope, filter: Filter) -> Result<Self, sqlx::Error> {
        let Some(typed) = &filter.q else { return Ok(Self { filter, way: Way::All }) };
        let mut best: Option<(i64, Way)> = None;
        for (key, mut grams) in sought(typed) {
            let counts: Vec<(String, i64)> = sqlx::query_as(
                "select g.gram, (select count(*) from (
                    select 1 from unit_grams t where t.county_id = any($1) and t.gram = g.gram limit 2000) n)
                 from unnest($2::text[]) as g(gram)",
            )
            .bind(scope.ids())
            .bind(&grams)
            .fetch_all(&mut *connection)
            .await?;
            let rarity = |gram: &String| counts.iter().find(|(g, _)| g == gram).map_or(0, |(_, n)| *n);
            grams.sort_by_key(rarity);
            let least = grams.first().map_or(0, rarity);
            if least > 0 && best.as_ref().is_none_or(|(n, _)| least > *n) {
                best = Some((least, Way::Pieces { key, grams }));
            }
        }
        Ok(Self { filter, way: best.map_or(Way::Nowhere, |(_, way)| way) })
    }
}

impl Listing for Search {
    type Line = Listed;
    const ROW: &'static str = "u";
    const COLUMNS: &'static str =
        "u.county_id, u.id, u.name, u.site, u.credit_code, u.township, u.industry, u.permit_class, u.status,
        u.contact_name, u.contact_phone, s.state as self_inspection, s.inspected_on, s.found,
        (select count(*) from problems p where p.county_id = u.county_id and p.campaign_id = $2
            and p.unit_id = u.id and p.completed_on is null and p.ended_as is null) as open_problems";
    const JOINS: &'static str = "join units u on u.county_id = found.county_id and u.id = found.id
        left join self_inspections s on s.county_id = u.county_id and s.unit_id = u.id and s.campaign_id = $2";

    fn id(line: &Listed) -> Uuid {
        line.id
    }

    fn conditions(&self, query: &mut QueryBuilder<Postgres>) {
        let filter = &self.filter;
        match &self.way {
            Way::Pieces { .. } => query.push(" from unit_grams g join units u on u.county_id = g.county_id and u.id = g.unit_id"),
            Way::All | Way::Nowhere => query.push(" from units u"),
        };
        if filter.owed.is_some() {
            query.push(" left join self_inspections s on s.county_id = u.county_id and s.unit_id = u.id and s.campaign_id = $2");
        }
        query.push(" where u.county_id = area.id");
        self.way.conditions(query);
        for (column, value) in [("permit_class", &filter.permit_class), ("status", &filter.status)] {
            if let Some(value) = value {
                query.push(" and u.").push(column).push(" = ").push_bind(value.clone());
            }
        }
        if let Some(names) = &filter.townships {
            query.push(" and u.township = any(").push_bind(names.clone()).push(")");
        }
        if let Some(codes) = &filter.industries {
            query.push(" and u.industry collate \"C\" = any(").push_bind(codes.clone()).push(")");
        }
        if let Some(owed) = filter.owed {
            query.push(owed.condition());
        }
        if filter.gaps {
            query.push(Owed::Gaps.condition());
        }
        if let Some(figure) = &filter.figure {
            query.push(" and (u.county_id, u.id) in (").push(figure).push(")");
        }
    }

    fn counter(&self) -> Option<&'static str> {
        self.filter.open().then_some(super::store::COUNT)
    }
}

impl Way {
    fn conditions(&self, query: &mut QueryBuilder<Postgres>) {
        let (key, grams) = match self {
            Self::All => return,
            Self::Nowhere => {
                query.push(" and false");
                return;
            }
            Self::Pieces { key, grams } => (key, grams),
        };
        query.push(" and g.county_id = area.id and g.gram = ").push_bind(grams.first().cloned().unwrap_or_default());
        for gram in grams.iter().skip(1).take(5) {
            query.push(" and exists (select 1 from unit_grams m where m.county_id = area.id and m.unit_id = u.id and m.gram = ");
            query.push_bind(gram.clone()).push(")");
        }
        query.push(" and position(").push_bind(key.clone()).push(" in u.search_text) > 0");
    }
}

impl Owed {
    const fn condition(self) -> &'static str {
        match self {
            Self::Notification => {
                " and u.status not in ('closed', 'demolished') and not exists (select 1 from notifications x
                  where x.county_id = area.id and x.campaign_id = $2 and x.unit_id = u.id and not x.removed)"
            }
            Self::Inspection => {
                " and u.status not in ('closed', 'demolished') and not exists (select 1 from inspections x
                  where x.county_id = area.id and x.campaign_id = $2 and x.unit_id = u.id and not x.removed)"
            }
            Self::SelfInspection => {
                " and u.status not in ('closed', 'demolished', 'halted')
                  and coalesce(s.state, '') not in ('inspected', 'halted', 'closed', 'not_found', 'not_applicable')"
            }
            Self::Gaps => {
                " and (u.credit_code is null and u.no_code_reason is null or u.township = '' or u.industry is null
                  or u.permit_class is null or u.contact_phone is null)"
            }
            Self::Rectification => {
                " and exists (select 1 from problems p where p.county_id = area.id and p.campaign_id = $2
                  and p.unit_id = u.id and p.completed_on is null and p.ended_as is null)"
            }
            Self::Overdue => {
                " and exists (select 1 from problems p where p.county_id = area.id and p.campaign_id = $2
                  and p.unit_id = u.id and p.completed_on is null and p.ended_as is null and p.due_on < $3)"
            }
        }
    }
}
