//! Words about rectification (整改): how far it is, how else it ended, and what was found of a sent-down problem.

use super::word::vocabulary;

vocabulary! {
    /// How far rectification has come. Always computed from dates, never typed; 已到期未完成 is not among these,
    /// because it follows from the due date.
    pub enum Progress "整改进展" {
        /// Nothing done yet.
        NotStarted = "not_started" => "未启动" | "未整改" | "未开始",
        /// The plan is filed with the bureau.
        PlanFiled = "plan_filed" => "方案已备案" | "已备案" | "已报方案",
        /// Work has begun.
        InProgress = "in_progress" => "整改中" | "正在整改" | "进行中",
        /// The unit says it is done; nobody has verified it.
        Completed = "completed" => "已完成待核查" | "待核查" | "已完成" | "整改完成" | "已整改" | "完成整改",
        /// Verified on the spot and struck off.
        Verified = "verified" => "已销号" | "销号" | "已核查",
        /// Ended by closing the unit or the line.
        ClosedDown = "closed_down" => "以关代改" | "已关停" | "关停取缔",
        /// Handed to another authority.
        Transferred = "transferred" => "移交" | "已移交" | "已移送",
        /// Looked into and not so.
        Unfounded = "unfounded" => "不属实" | "经核查不属实",
    }
}

impl Progress {
    /// Counts as a problem (问题数): all but those found untrue.
    pub const fn counts(self) -> bool {
        !matches!(self, Self::Unfounded)
    }

    /// In the denominator of 完成率: problems that are ours to finish.
    pub const fn ours(self) -> bool {
        !matches!(self, Self::Unfounded | Self::Transferred)
    }

    /// In the numerator of 完成率: 已完成待核查, 已销号, 以关代改.
    pub const fn finished(self) -> bool {
        matches!(self, Self::Completed | Self::Verified | Self::ClosedDown)
    }

    /// Still to be done; past its due date it is 已到期未完成.
    pub const fn open(self) -> bool {
        matches!(self, Self::NotStarted | Self::PlanFiled | Self::InProgress)
    }
}

vocabulary! {
    /// How a problem ended other than by being mended and struck off.
    pub enum EndedAs "办结方式" {
        /// The unit or the line was closed instead.
        ClosedDown = "closed_down" => "以关代改" | "已关停" | "关停取缔" | "关停",
        /// Another authority has it now.
        Transferred = "transferred" => "移交" | "已移交" | "移送",
        /// It was not so.
        Unfounded = "unfounded" => "不属实" | "经核查不属实",
    }
}

impl EndedAs {
    /// The progress that such an end shows as.
    pub const fn progress(self) -> Progress {
        match self {
            Self::ClosedDown => Progress::ClosedDown,
            Self::Transferred => Progress::Transferred,
            Self::Unfounded => Progress::Unfounded,
        }
    }
}

vocabulary! {
    /// What was found of a problem sent down. None yet means 核实中; the seven make up 来源对账.
    pub enum VerifiedAs "核实情况" {
        /// True.
        Substantiated = "substantiated" => "属实" | "基本属实" | "情况属实",
        /// True in part.
        Partly = "partly" => "部分属实",
        /// Not true.
        Unsubstantiated = "unsubstantiated" => "不属实" | "情况不属实",
        /// True, and no matter of environmental law.
        NotEnvironmental = "not_environmental" => "非环境违法" | "非环境问题" | "非环保问题",
        /// Sent down before under another number.
        Duplicate = "duplicate" => "重复交办" | "重复" | "重复转办" | "重复举报",
        /// Another authority's.
        Transferred = "transferred" => "移交" | "已移交" | "移送",
    }
}

impl VerifiedAs {
    /// The label of a sent-down problem that has no answer yet.
    pub const PENDING_LABEL: &'static str = "核实中";

    /// Confirms a violation, so that rectification is owed.
    pub const fn confirms(self) -> bool {
        matches!(self, Self::Substantiated | Self::Partly)
    }

    /// How a problem with this answer is to be ended; none of what is confirmed.
    pub const fn ends_as(self) -> Option<EndedAs> {
        match self {
            Self::Substantiated | Self::Partly => None,
            Self::Unsubstantiated | Self::NotEnvironmental | Self::Duplicate => Some(EndedAs::Unfounded),
            Self::Transferred => Some(EndedAs::Transferred),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counted_problem_is_open_finished_or_handed_over() {
        for &p in Progress::ALL {
            let homes = [p.open(), p.finished(), p == Progress::Transferred];
            assert_eq!(homes.iter().filter(|h| **h).count(), usize::from(p.counts()), "{}", p.label());
            assert_eq!(p.ours(), p.open() || p.finished());
        }
    }

    #[test]
    fn an_end_shows_by_its_own_name() {
        for &end in EndedAs::ALL {
            assert_eq!(end.label(), end.progress().label());
            assert!(!end.progress().open());
        }
    }
}
