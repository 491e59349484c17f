//! What a provincial team says of a problem (交叉执法), and why a unit stands on the list before it comes (迎检清单).

use super::word::vocabulary;

vocabulary! {
    /// What was found of a problem on the spot.
    pub enum CrossResult "核查结果" {
        /// Mended, as claimed.
        Mended = "mended" => "已整改到位" | "整改到位" | "到位",
        /// Not mended.
        NotMended = "not_mended" => "未整改到位" | "未到位" | "未整改",
        /// Mended once, and come back.
        Relapsed = "relapsed" => "反弹" | "问题反弹",
        /// Found by the team, and new.
        New = "new" => "新发现",
    }
}

vocabulary! {
    /// Why a unit is looked at before the team comes.
    pub enum Exposedness "迎检事项" {
        /// Two problems or more.
        Repeat = "repeat" => "屡查屡犯",
        /// 反弹.
        Relapsed = "relapsed" => "有反弹",
        /// Refuses to inspect itself.
        Refused = "refused" => "拒不开展自查",
        /// Struck off without two people on the spot, or without a photograph.
        OnPaper = "on_paper" => "仅书面销号",
        /// Past its due date.
        Overdue = "overdue" => "已到期未完成",
        /// Open.
        Open = "open" => "整改未完成",
    }
}

impl CrossResult {
    /// What the sheet offers: a new finding has a sheet of its own.
    pub const OFFERED: [Self; 3] = [Self::Mended, Self::NotMended, Self::Relapsed];

    /// Whether a claim of having mended is refuted by it.
    pub const fn refutes(self) -> bool {
        matches!(self, Self::NotMended | Self::Relapsed)
    }
}
