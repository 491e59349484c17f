//! Words of the statutory clocks (法定期限): what is counted, and the events that start, stop or pause a count.

use super::measures::MeasureKind;
use super::word::vocabulary;

vocabulary! {
    /// A period that the law sets for a case or a measure.
    pub enum ClockKind "法定期限" {
        /// Seven working days to decide on filing.
        Filing = "filing" => "立案审查",
        /// Three months (90 days) to decide.
        Decision = "decision" => "作出处罚决定",
        /// Fifteen days to pay.
        Payment = "payment" => "缴纳罚款",
        /// Ten days after the reminder to perform.
        Demand = "demand" => "催告履行",
        /// Three months to apply to the court.
        Court = "court" => "申请法院强制执行",
        /// Thirty days for the re-check of a daily penalty.
        Recheck = "recheck" => "按日连续处罚复查",
        /// Thirty days of sealing or detaining, once extended.
        Seizure = "seizure" => "查封扣押期限",
        /// Three working days to serve the lifting.
        LiftingService = "lifting_service" => "解除查封扣押送达",
        /// Three months of limited production, once extended.
        ProductionLimit = "production_limit" => "限制生产期限",
        /// Halted production: no fixed end.
        ProductionHalt = "production_halt" => "停产整治",
        /// Fifteen working days to file the plan.
        Plan = "plan" => "整改方案报备",
        /// Fifteen working days to report completion.
        Completion = "completion" => "整改完成报备",
        /// Thirty days for the inspection after lifting.
        Tracking = "tracking" => "解除后跟踪检查",
        /// Three working days to hand a detention case over.
        DetentionHandover = "detention_handover" => "移送行政拘留",
        /// Three days to decide on a transfer of a suspected crime.
        CrimeDecision = "crime_decision" => "移送涉嫌犯罪审批",
        /// Twenty-four hours to hand it over.
        CrimeHandover = "crime_handover" => "移送涉嫌犯罪移交",
        /// What the police answer.
        PoliceReply = "police_reply" => "公安机关答复",
        /// Three working days to ask the police to think again.
        Challenge = "challenge" => "对不予立案提请复议",
    }
}

impl ClockKind {
    /// From how many days before its end a clock warns.
    pub const fn warns_before(self) -> i64 {
        match self {
            Self::Court => 30,
            Self::Decision => 15,
            Self::ProductionLimit => 7,
            Self::Recheck | Self::Tracking => 5,
            Self::Seizure | Self::Payment | Self::Plan | Self::Completion => 3,
            Self::Filing => 2,
            _ => 1,
        }
    }
}

vocabulary! {
    /// What is recorded on the way of a case or a measure because a period depends on it (办案进程).
    pub enum CaseEvent "办案进程" {
        /// The decision was served.
        DecisionServed = "decision_served" => "处罚决定书送达",
        /// The fine was paid in full.
        Paid = "paid" => "罚款缴清",
        /// The reminder was served.
        DemandServed = "demand_served" => "催告书送达",
        /// Review or a lawsuit was asked for.
        Appealed = "appealed" => "当事人申请复议或提起诉讼",
        /// The court was asked to enforce.
        CourtApplied = "court_applied" => "申请法院强制执行",
        /// Time that does not count for the decision.
        Excluded = "excluded" => "不计入办案期限的时间",
        /// Testing or appraisal of what was seized.
        Appraisal = "appraisal" => "检测、检验、鉴定期间",
        /// The lifting was served.
        LiftingServed = "lifting_served" => "解除决定送达",
        /// The unit filed its plan.
        PlanFiled = "plan_filed" => "整改方案报备",
        /// The unit has finished mending.
        Rectified = "rectified" => "整改任务完成",
        /// The unit reported completion.
        CompletionFiled = "completion_filed" => "整改完成报备",
        /// The inspection after lifting.
        Tracked = "tracked" => "跟踪检查",
        /// The written report that proposes a transfer.
        TransferProposed = "transfer_proposed" => "提出移送书面报告",
        /// The transfer was decided on.
        TransferDecided = "transfer_decided" => "作出移送决定",
        /// The police were asked to think again.
        Challenged = "challenged" => "提请公安机关复议",
        /// 法规审核 of the letter of transfer.
        LetterReviewed = "letter_reviewed" => "移送函法规审核",
    }
}

impl CaseEvent {
    /// Whether it belongs to the case itself and not to a measure.
    pub const fn of_case(self) -> bool {
        matches!(
            self,
            Self::DecisionServed | Self::Paid | Self::DemandServed | Self::Appealed | Self::CourtApplied | Self::Excluded
        )
    }

    /// Whether it lasts: from a day until a day, and stops a clock meanwhile.
    pub const fn lasts(self) -> bool {
        matches!(self, Self::Excluded | Self::Appraisal)
    }

    /// Whether a measure of a kind can have it.
    pub const fn fits(self, kind: MeasureKind) -> bool {
        use MeasureKind::{CriminalTransfer, Detaining, DetentionTransfer, ProductionHalt, ProductionLimit, Sealing};
        match self {
            Self::Appraisal | Self::LiftingServed => matches!(kind, Sealing | Detaining),
            Self::PlanFiled | Self::Rectified | Self::CompletionFiled | Self::Tracked => {
                matches!(kind, ProductionLimit | ProductionHalt)
            }
            Self::TransferProposed | Self::Challenged => matches!(kind, CriminalTransfer),
            Self::TransferDecided | Self::LetterReviewed => matches!(kind, CriminalTransfer | DetentionTransfer),
            _ => false,
        }
    }
}
