//! Which records carry evidence, and who puts it there and takes it off.

use crate::base::CountyId;
use crate::base::ability::{Ability, Attach, Enter, EnterCase, EnterTip, Publicise, Review};
use crate::base::role::Actor;

/// Makes the list: name, table, what is kept there.
macro_rules! owners {
    ($($(#[$doc:meta])* $name:ident: $table:literal;)*) => {
        /// A kind of record that carries evidence.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Owner {
            $($(#[$doc])* $name,)*
        }

        impl Owner {
            /// The table of the record, and the word in addresses.
            pub const fn table(self) -> &'static str {
                match self {
                    $(Self::$name => $table,)*
                }
            }

            /// Reads a table's name; `None` when its rows carry no evidence.
            pub fn from_table(table: &str) -> Option<Self> {
                [$(Self::$name),*].into_iter().find(|owner| owner.table() == table)
            }
        }
    };
}

owners! {
    /// 排污单位.
    Unit: "units";
    /// 问题与整改: before and after, on-site verification.
    Problem: "problems";
    /// 案件.
    Case: "cases";
    /// 告知: the receipt that was signed, the photograph of the posting.
    Notification: "notifications";
    /// 排查: photographs of the visit.
    Inspection: "inspections";
    /// 企业自报: photographs that the unit sent.
    SelfReport: "self_reports";
    /// 帮扶指导.
    Guidance: "guidance";
    /// 回头看: what the place looks like now.
    LookBack: "look_backs";
    /// 督办单: what answers it, and what was seen on the spot.
    Order: "supervision_orders";
    /// 宣传: a clipping, a picture of what was posted.
    Publicity: "publicity";
    /// 举报件.
    Tip: "tips";
    /// 黑名单: what the listing rests on.
    Blacklisting: "blacklistings";
}

impl Owner {
    /// Whether a person may put files beside a record of this kind in a county: whoever keeps such records, and a county that
    /// answers an order of the city.
    pub fn open_to(self, actor: &Actor, county: CountyId) -> bool {
        self.kept_by(actor, county) || (self == Self::Order && Enter::granted_in(actor, county))
    }

    /// Whether a person may take files off a record of this kind in a county: whoever enters such records. What a case needs besides
    /// only the ledger knows.
    pub fn kept_by(self, actor: &Actor, county: CountyId) -> bool {
        match self {
            Self::Unit | Self::Problem | Self::Notification | Self::Inspection | Self::SelfReport | Self::Guidance => {
                Enter::granted_in(actor, county)
            }
            Self::Case => EnterCase::granted_in(actor, county),
            Self::LookBack => Attach::granted_in(actor, county),
            Self::Publicity => Publicise::granted_in(actor, county),
            Self::Tip => EnterTip::granted_in(actor, county),
            Self::Order | Self::Blacklisting => Review::granted_in(actor, county),
        }
    }
}
