//! The five roles, and who a person is when something is written.

use super::scope::CountyId;
use uuid::Uuid;

/// What a person is at the bureau. What each may do stands in one table: [`super::ability`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// 填报员 of a county.
    CountyClerk,
    /// 审核签发 of a county.
    CountyLead,
    /// 市局调度: sees all counties, reviews, enters what the city itself handles.
    CityReviewer,
    /// 市局管理员: accounts, campaign, parameters.
    CityAdmin,
    /// 审计员: reads everything and the history, changes nothing, takes nothing away.
    Auditor,
    /// The command line itself (import and generate without `--as`): nobody can sign in as it.
    System,
}

impl Role {
    /// The roles of people, in the order of the contract's table.
    pub const ALL: [Self; 5] = [Self::CountyClerk, Self::CountyLead, Self::CityReviewer, Self::CityAdmin, Self::Auditor];

    /// The stable code used on the command line, in forms and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::CountyClerk => "county-clerk",
            Self::CountyLead => "county-lead",
            Self::CityReviewer => "city-reviewer",
            Self::CityAdmin => "city-admin",
            Self::Auditor => "auditor",
            Self::System => "system",
        }
    }

    /// The word on the screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::CountyClerk => "县区填报员",
            Self::CountyLead => "县区审核签发",
            Self::CityReviewer => "市局调度",
            Self::CityAdmin => "市局管理员",
            Self::Auditor => "审计员",
            Self::System => "系统",
        }
    }

    /// Reads a code; `None` when it names no role.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Whether the role belongs to one county (else it belongs to the city).
    pub const fn of_a_county(self) -> bool {
        matches!(self, Self::CountyClerk | Self::CountyLead)
    }
}

/// Who acts: the account, its role, and the county it belongs to (140400 for the city's people).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The account.
    pub account: Uuid,
    /// The name shown in the history.
    pub name: String,
    /// The role at the time of acting.
    pub role: Role,
    /// The actor's own county, not that of the row.
    pub county: CountyId,
    /// Whether the account also holds 法规审核.
    pub legal_review: bool,
}
