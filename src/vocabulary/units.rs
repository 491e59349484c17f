//! Words about a unit (排污单位): its status, permit class, self-inspection, and why it has no credit code.

use super::word::vocabulary;
use chrono::NaiveDate;

vocabulary! {
    /// What a unit is doing; dated on the register, so that a closed unit is never deleted.
    pub enum UnitStatus "生产状态" {
        /// Producing.
        Operating = "operating" => "在产" | "正常生产" | "生产" | "在营" | "正常" | "运行",
        /// Stopped for the time being.
        Halted = "halted" => "停产" | "停业" | "临时停产" | "长期停产" | "停运",
        /// Being built.
        UnderConstruction = "under_construction" => "在建" | "建设中" | "未投产",
        /// Closed for good.
        Closed = "closed" => "关闭" | "已关闭" | "关停" | "取缔" | "关停取缔",
        /// Closed, and taken down.
        Demolished = "demolished" => "拆除" | "已拆除",
    }
}

impl UnitStatus {
    /// Gone for good: the unit is not among those to be inspected (应查).
    pub const fn gone(self) -> bool {
        matches!(self, Self::Closed | Self::Demolished)
    }
}

vocabulary! {
    /// The class of a unit under the catalogue of discharge permits.
    ///
    /// The catalogue of 2017, in force in June 2019, knows two classes only (第二条); 登记管理 came with the
    /// catalogue of 2019, published on 20 December 2019.
    pub enum PermitClass "排污许可管理类别" {
        /// Key management.
        Key = "key" => "重点管理" | "重点",
        /// Simplified management.
        Simplified = "simplified" => "简化管理" | "简化",
        /// Registration, since 20 December 2019.
        Registration = "registration" => "登记管理" | "登记" | "排污登记",
        /// Outside the catalogue: no permit needed.
        None = "none" => "未纳入(无需发证)" | "未纳入" | "无需发证" | "不纳入" | "无需办理",
        /// Needs a permit and has none.
        Owed = "owed" => "应发未发" | "应办未办" | "应领未领" | "未办理",
    }
}

impl PermitClass {
    /// The first day on which the class exists in law; `None` for those that already did in June 2019.
    pub fn from_date(self) -> Option<NaiveDate> {
        match self {
            Self::Registration => NaiveDate::from_ymd_opt(2019, 12, 20),
            _ => None,
        }
    }

    /// Whether the class exists in law on that day.
    pub fn exists_on(self, day: NaiveDate) -> bool {
        self.from_date().is_none_or(|first| first <= day)
    }
}

vocabulary! {
    /// How far a unit's self-inspection (自查) has come.
    pub enum SelfInspectionState "自查状态" {
        /// Done.
        Inspected = "inspected" => "已自查" | "已完成" | "完成" | "是" | "自查完成",
        /// Going on.
        InProgress = "in_progress" => "正在开展" | "进行中" | "自查中" | "开展中",
        /// Production stopped: shown apart, owes nothing now.
        Halted = "halted" => "停产" | "停业" | "已停产",
        /// Closed and taken down.
        Closed = "closed" => "已关闭拆除" | "已关闭" | "关闭" | "已拆除" | "拆除" | "关停" | "已取缔",
        /// No such unit there.
        NotFound = "not_found" => "查无此单位" | "查无" | "查无此企业" | "不存在",
        /// Nobody could be reached.
        Unreachable = "unreachable" => "联系不上" | "无法联系" | "失联",
        /// Refused, with date and person; goes on the list for July.
        Refused = "refused" => "拒不开展" | "拒不自查" | "拒绝自查" | "拒绝",
        /// The duty does not concern it.
        NotApplicable = "not_applicable" => "不适用" | "无需自查" | "不需自查",
    }
}

impl SelfInspectionState {
    /// Counts among 应自查: on the register, and not closed, missing, exempt or halted.
    pub const fn owes(self) -> bool {
        matches!(self, Self::Inspected | Self::InProgress | Self::Unreachable | Self::Refused)
    }

    /// Counts among 已自查.
    pub const fn done(self) -> bool {
        matches!(self, Self::Inspected)
    }

    /// Needs a day and the name of who found it so.
    pub const fn needs_witness(self) -> bool {
        matches!(self, Self::Refused | Self::NotFound | Self::Unreachable)
    }
}

vocabulary! {
    /// Why a unit has no unified social credit code (GB 32100-2015).
    pub enum NoCodeReason "无代码原因" {
        /// No licence at all, as small scattered workshops have none.
        NoLicence = "no_licence" => "无证照" | "无照" | "无营业执照" | "无证无照",
        /// A sole trader who never registered.
        UnregisteredTrader = "unregistered_trader" => "个体未办照" | "个体" | "个体户" | "个体工商户",
        /// A public institution or the like.
        Institution = "institution" => "事业单位/其他" | "事业单位" | "其他" | "其它",
        /// Still to be found out.
        Pending = "pending" => "待查" | "待核实" | "不详" | "待补",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registration_is_no_class_of_june_2019() {
        let day = |m, d| NaiveDate::from_ymd_opt(2019, m, d).expect("a day");
        let notice = day(6, 3);
        let catalogue = day(12, 20);
        assert!(!PermitClass::Registration.exists_on(notice));
        assert!(PermitClass::Registration.exists_on(catalogue));
        let then: Vec<_> = PermitClass::ALL.iter().filter(|c| c.exists_on(notice)).collect();
        assert_eq!(then.len(), 4);
    }

    #[test]
    fn who_is_gone_or_exempt_owes_no_self_inspection() {
        use SelfInspectionState::*;
        for state in [Halted, Closed, NotFound, NotApplicable] {
            assert!(!state.owes(), "{}", state.label());
        }
        assert!(Refused.owes() && !Refused.done() && Inspected.done());
    }
}
