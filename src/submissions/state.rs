//! Where a submission stands, and who may move it: one table.

use crate::base::ability::{Ability, Enter, File, Review};
use crate::base::role::{Actor, Role};

/// Where a submission stands. Before the first 定稿 a round is 填报中, which is computed and stored nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// 待签发: frozen, waiting to be filed.
    HandedOver,
    /// Taken back before it was filed; its code is void.
    Void,
    /// 已上报.
    Filed,
    /// 已撤回.
    Withdrawn,
    /// 已退回.
    Returned,
    /// 已接收.
    Accepted,
    /// 带问题接收.
    AcceptedOpen,
}

impl State {
    /// All, in the order of a round.
    pub const ALL: [Self; 7] =
        [Self::HandedOver, Self::Void, Self::Filed, Self::Withdrawn, Self::Returned, Self::Accepted, Self::AcceptedOpen];

    /// The word in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::HandedOver => "handed_over",
            Self::Void => "void",
            Self::Filed => "filed",
            Self::Withdrawn => "withdrawn",
            Self::Returned => "returned",
            Self::Accepted => "accepted",
            Self::AcceptedOpen => "accepted_open",
        }
    }

    /// Reads a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// The word on the screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::HandedOver => "待签发",
            Self::Void => "已退回填报（版本码作废）",
            Self::Filed => "已上报",
            Self::Withdrawn => "已撤回",
            Self::Returned => "已退回",
            Self::Accepted => "已接收",
            Self::AcceptedOpen => "带问题接收",
        }
    }

    /// The look of its badge.
    pub const fn look(self) -> &'static str {
        match self {
            Self::HandedOver | Self::AcceptedOpen => "warn",
            Self::Void | Self::Withdrawn => "idle",
            Self::Filed => "busy",
            Self::Returned => "late",
            Self::Accepted => "ok",
        }
    }

    /// Whether the city has received it.
    pub const fn received(self) -> bool {
        matches!(self, Self::Accepted | Self::AcceptedOpen)
    }

    /// Whether somebody still has to move it.
    pub const fn in_flight(self) -> bool {
        matches!(self, Self::HandedOver | Self::Filed)
    }
}

/// A move of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// 待签发 -> 填报中.
    TakeBack,
    /// 上报.
    File,
    /// 撤回.
    Withdraw,
    /// A reviewer begins: nothing is withdrawn from then on.
    Open,
    /// 退回.
    Return,
    /// 接收.
    Accept,
    /// 带问题接收.
    AcceptOpen,
}

impl Move {
    /// All.
    pub const ALL: [Self; 7] =
        [Self::TakeBack, Self::File, Self::Withdraw, Self::Open, Self::Return, Self::Accept, Self::AcceptOpen];

    /// The word in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TakeBack => "take-back",
            Self::File => "file",
            Self::Withdraw => "withdraw",
            Self::Open => "open",
            Self::Return => "return",
            Self::Accept => "accept",
            Self::AcceptOpen => "accept-open",
        }
    }

    /// Reads a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.code() == code)
    }

    /// The state that it starts from.
    pub const fn from(self) -> State {
        match self {
            Self::TakeBack | Self::File => State::HandedOver,
            Self::Withdraw | Self::Open | Self::Return | Self::Accept | Self::AcceptOpen => State::Filed,
        }
    }

    /// The state that it leads to.
    pub const fn to(self) -> State {
        match self {
            Self::TakeBack => State::Void,
            Self::File | Self::Open => State::Filed,
            Self::Withdraw => State::Withdrawn,
            Self::Return => State::Returned,
            Self::Accept => State::Accepted,
            Self::AcceptOpen => State::AcceptedOpen,
        }
    }

    /// Whether a person's role may make it at all. `paper`: the campaign lets clerks file what was signed on paper.
    pub fn allowed(self, actor: &Actor, paper: bool) -> bool {
        match self {
            Self::TakeBack => Enter::granted(actor),
            Self::File | Self::Withdraw => File::granted(actor) && (actor.role != Role::CountyClerk || paper),
            Self::Open | Self::Return | Self::Accept | Self::AcceptOpen => Review::granted(actor),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{CountyId, new_id};

    fn actor(role: Role) -> Actor {
        Actor { account: new_id(), name: "甲".into(), role, county: CountyId(140_403), legal_review: false }
    }

    #[test]
    fn words_are_read_back() {
        assert!(State::ALL.into_iter().all(|s| State::from_code(s.code()) == Some(s)));
        assert!(Move::ALL.into_iter().all(|m| Move::from_code(m.code()) == Some(m)));
    }

    #[test]
    fn the_county_files_and_the_city_receives() {
        let may = |m: Move, role, paper| m.allowed(&actor(role), paper);
        assert!(may(Move::File, Role::CountyLead, false) && may(Move::File, Role::CountyClerk, true));
        assert!(!may(Move::File, Role::CountyClerk, false), "without paper only the lead files");
        for role in [Role::CountyClerk, Role::CountyLead, Role::CityAdmin, Role::Auditor] {
            assert!(!may(Move::Accept, role, true) && !may(Move::Return, role, true) && !may(Move::Open, role, true));
        }
        for m in [Move::TakeBack, Move::File, Move::Withdraw] {
            assert!(!may(m, Role::CityReviewer, true) && !may(m, Role::Auditor, true));
        }
    }
}
