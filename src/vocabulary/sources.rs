//! Where a problem came from (问题来源), and what follows from it.

use super::word::vocabulary;

vocabulary! {
    /// The source of a problem. The first three groups are named in the city's notice of 3 June 2019.
    pub enum Source "问题来源" {
        /// Found by the unit itself in the month of self-inspection.
        SelfInspection = "self_inspection" => "企业自查" | "自查" | "自查自纠" | "企业自查自纠" | "单位自查",
        /// Found by the county's officers.
        CountyInspection = "county_inspection" => "县区排查" | "县(区)排查" | "排查" | "日常检查" | "日常监管" | "执法检查" | "县区检查",
        /// Sent down by the central inspection or its second look.
        CentralInspection = "central_inspection" => "中央生态环境保护督察及“回头看”" | "中央环保督察" | "中央督察" | "中央环保督察回头看" | "中央环境保护督察" | "中央生态环境保护督察" | "中央督察回头看" | "环保督察回头看",
        /// Sent down by the ministry's supervision of the key regions.
        NationalSupervision = "national_supervision" => "蓝天保卫战重点区域强化督查(监督)转办" | "强化督查" | "强化督查转办" | "强化监督" | "强化监督转办" | "蓝天保卫战强化监督" | "蓝天保卫战强化督查" | "蓝天保卫战重点区域强化督查" | "蓝天保卫战重点区域强化监督" | "生态环境部强化监督",
        /// Sent down by the province's inspection or its second look.
        ProvincialInspection = "provincial_inspection" => "省环保督察及“回头看”" | "省环保督察" | "省环保督察回头看" | "省级环保督察" | "省督察" | "省生态环境保护督察",
        /// Found in the province's cross-inspection, which began on 1 July 2019.
        ProvincialCross = "provincial_cross" => "省级督察/交叉执法" | "交叉执法" | "省交叉执法" | "省级交叉执法" | "省级督察" | "百日清零" | "省级督查",
        /// Found by the city's supervision.
        CitySupervision = "city_supervision" => "市级督导检查" | "市级督导" | "市级检查" | "市局检查" | "市局督导" | "市级督查" | "市局督办",
        /// Reported by the public and passed on.
        Reported12369 = "reported_12369" => "群众举报(12369/信访)" | "群众举报" | "12369" | "12369举报" | "12369热线" | "12369环保举报" | "12369举报热线" | "信访" | "信访件" | "来信来访" | "举报" | "信访举报" | "环保举报" | "投诉" | "群众投诉",
        /// From the mayor's line.
        MayorHotline = "mayor_hotline" => "市长热线/12345" | "市长热线" | "12345" | "12345热线" | "12345转办" | "政务热线" | "市长信箱",
        /// From a deputy's or a member's proposal.
        Proposals = "proposals" => "人大建议政协提案" | "人大建议" | "政协提案" | "建议提案" | "人大代表建议、政协委员提案",
        /// Passed on by another department.
        Referral = "referral" => "部门移送" | "部门移交" | "移送" | "外部门移送" | "相关部门移送",
        /// Reported in the media.
        Media = "media" => "媒体曝光" | "媒体" | "媒体报道" | "新闻媒体" | "舆情",
        /// Seen by automatic monitoring.
        AutoMonitoring = "auto_monitoring" => "自动监控超标" | "自动监控" | "自动监测" | "在线监控" | "在线监测" | "在线监测超标" | "在线超标",
        /// Carried over from last year.
        LastYear = "last_year" => "上年遗留" | "遗留问题" | "历史遗留" | "上年度遗留" | "往年遗留",
        /// None of these.
        Other = "other" => "其他" | "其它",
    }
}

vocabulary! {
    /// The day from which the seven working days for deciding on 立案 run (环境行政处罚办法, 部令第8号, 第二十二条).
    pub enum ClueDay "线索起算日" {
        /// The day it was sent down.
        Assigned = "assigned" => "交办日" | "交办日期",
        /// The day of the monitoring report.
        MonitoringReport = "monitoring_report" => "监测报告日" | "报告日",
        /// The day it was found.
        Found = "found" => "发现日" | "发现日期",
    }
}

impl Source {
    /// Found by the unit itself: such problems stand in annex 1, and mending them may count as discretion.
    pub const fn own_finding(self) -> bool {
        matches!(self, Self::SelfInspection)
    }

    /// Sent down to the county: the problem carries a number, the day it was assigned and is due, and an answer
    /// (核实情况), and its verification needs two different names.
    pub const fn sent_down(self) -> bool {
        matches!(
            self,
            Self::CentralInspection
                | Self::NationalSupervision
                | Self::ProvincialInspection
                | Self::ProvincialCross
                | Self::CitySupervision
                | Self::Reported12369
                | Self::MayorHotline
                | Self::Proposals
                | Self::Referral
        )
    }

    /// Which day starts the clock of 立案.
    pub const fn clue_day(self) -> ClueDay {
        match self {
            Self::AutoMonitoring => ClueDay::MonitoringReport,
            _ if self.sent_down() => ClueDay::Assigned,
            _ => ClueDay::Found,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_units_own_finding_is_its_own() {
        let own: Vec<_> = Source::ALL.iter().filter(|s| s.own_finding()).collect();
        assert_eq!(own, [&Source::SelfInspection]);
        assert!(Source::ALL.iter().all(|s| !(s.own_finding() && s.sent_down())));
    }

    #[test]
    fn the_clock_starts_where_the_clue_came_from() {
        assert_eq!(Source::NationalSupervision.clue_day(), ClueDay::Assigned);
        assert_eq!(Source::AutoMonitoring.clue_day(), ClueDay::MonitoringReport);
        assert_eq!(Source::CountyInspection.clue_day(), ClueDay::Found);
    }

    #[test]
    fn offices_write_it_shorter() {
        assert_eq!(Source::read("中央环保督察“回头看”"), Some(Source::CentralInspection));
        assert_eq!(Source::read("强化督查转办"), Some(Source::NationalSupervision));
        assert_eq!(Source::read("12345"), Some(Source::MayorHotline));
    }
}
