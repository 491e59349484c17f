//! What officers found when they visited a unit (排查).

use super::word::vocabulary;

vocabulary! {
    /// The result of a visit.
    pub enum InspectionResult "排查结果" {
        /// Nothing found.
        Clear = "clear" => "未发现问题" | "无问题",
        /// Problems found: each is registered as a problem.
        Problems = "problems" => "发现问题" | "有问题",
        /// Production stopped.
        Halted = "halted" => "停产",
        /// Closed or torn down.
        Closed = "closed" => "已关闭拆除" | "关闭" | "拆除",
        /// No such unit there.
        NotFound = "not_found" => "查无此单位",
        /// The unit refused or obstructed.
        Refused = "refused" => "拒绝检查" | "阻挠检查",
        /// Any other.
        Other = "other" => "其他" | "其它",
    }
}
