//! Which records carry evidence.

/// A kind of record that carries evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// 排污单位.
    Unit,
    /// 问题与整改: before and after, on-site verification.
    Problem,
    /// 案件.
    Case,
    /// 告知: the receipt that was signed, the photograph of the posting.
    Notification,
    /// 排查: photographs of the visit.
    Inspection,
    /// 企业自报: photographs that the unit sent.
    SelfReport,
    /// 黑名单: what the listing rests on.
    Blacklisting,
}

impl Owner {
    const ALL: [Self; 7] =
        [Self::Unit, Self::Problem, Self::Case, Self::Notification, Self::Inspection, Self::SelfReport, Self::Blacklisting];

    /// The table of the record, and the word in addresses.
    pub const fn table(self) -> &'static str {
        match self {
            Self::Unit => "units",
            Self::Problem => "problems",
            Self::Case => "cases",
            Self::Notification => "notifications",
            Self::Inspection => "inspections",
            Self::SelfReport => "self_reports",
            Self::Blacklisting => "blacklistings",
        }
    }

    /// Reads a table's name; `None` when its rows carry no evidence.
    pub fn from_table(table: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|owner| owner.table() == table)
    }
}
