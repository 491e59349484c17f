//! Words of a case (案件): who handles it, its measures, discretion, and what the police answered.

use super::word::vocabulary;

vocabulary! {
    /// Who acts (办案机关); where the unit lies is another matter (属地).
    pub enum HandledBy "办案机关" {
        /// The county's own bureau.
        CountyBureau = "county_bureau" => "本县(区)局" | "本局" | "县局" | "区局" | "县区局" | "环境保护局" | "县环保局",
        /// The city's bureau.
        CityBureau = "city_bureau" => "市生态环境局" | "市局" | "长治市生态环境局" | "市环保局",
        /// The province's department.
        Province = "province" => "省生态环境厅" | "省厅" | "山西省生态环境厅",
        /// The police.
        Police = "police" => "公安" | "公安局" | "公安机关",
        /// Housing and city management: building sites.
        Housing = "housing" => "住建(城管)" | "住建" | "城管" | "住建局" | "城管局" | "住房和城乡建设局",
        /// A township or street.
        Township = "township" => "乡镇(街道)" | "乡镇" | "街道" | "镇政府" | "乡政府" | "街道办",
        /// The county's government: shutting down (停业、关闭).
        Government = "government" => "县(区)政府" | "县政府" | "区政府" | "人民政府",
        /// Any other.
        Other = "other" => "其他" | "其它",
    }
}

impl HandledBy {
    /// The subset 「其中：市局直接查处」 of the roll-up.
    pub const fn city_direct(self) -> bool {
        matches!(self, Self::CityBureau)
    }
}

vocabulary! {
    /// The five groups in which the ministry counts cases under the by-laws of the law of 2014 (五类案件).
    pub enum Category "五类案件" {
        /// Daily penalties.
        DailyPenalty = "daily_penalty" => "按日连续处罚" | "按日计罚",
        /// Sealing and detaining.
        Seizure = "seizure" => "查封扣押" | "查封" | "扣押",
        /// Limiting or halting production.
        Restriction = "restriction" => "限产停产" | "限制生产、停产整治",
        /// Transfer for detention.
        DetentionTransfer = "detention_transfer" => "移送行政拘留" | "移送拘留",
        /// Transfer of suspected crimes.
        CriminalTransfer = "criminal_transfer" => "移送涉嫌犯罪" | "移送涉嫌环境污染犯罪" | "移送犯罪",
    }
}

vocabulary! {
    /// A measure under a case (措施). Limiting and halting production differ in law and in print.
    pub enum MeasureKind "措施" {
        /// Daily penalty.
        DailyPenalty = "daily_penalty" => "按日连续处罚" | "按日计罚" | "按日处罚",
        /// Sealing premises or equipment.
        Sealing = "sealing" => "查封" | "查封扣押",
        /// Detaining equipment.
        Detaining = "detaining" => "扣押",
        /// Production limited.
        ProductionLimit = "production_limit" => "限制生产" | "限产",
        /// Production halted for rectification.
        ProductionHalt = "production_halt" => "停产整治" | "停产" | "责令停产整治",
        /// Transfer to the police for administrative detention.
        DetentionTransfer = "detention_transfer" => "移送行政拘留" | "移送拘留" | "行政拘留",
        /// Transfer to the police of a suspected crime.
        CriminalTransfer = "criminal_transfer" => "移送涉嫌犯罪" | "移送犯罪" | "移送涉嫌环境污染犯罪" | "移送司法机关",
    }
}

impl MeasureKind {
    /// The group in which it is counted.
    pub const fn category(self) -> Category {
        match self {
            Self::DailyPenalty => Category::DailyPenalty,
            Self::Sealing | Self::Detaining => Category::Seizure,
            Self::ProductionLimit | Self::ProductionHalt => Category::Restriction,
            Self::DetentionTransfer => Category::DetentionTransfer,
            Self::CriminalTransfer => Category::CriminalTransfer,
        }
    }

    /// The law it rests on, as of June 2019. The two orders numbered 30 (2014 and 2023) are told apart by year.
    pub const fn basis(self) -> &'static str {
        match self {
            Self::DailyPenalty => "环境保护法第五十九条；环境保护主管部门实施按日连续处罚办法（部令第28号,2014年）",
            Self::Sealing | Self::Detaining => "环境保护法第二十五条；环境保护主管部门实施查封、扣押办法（部令第29号,2014年）",
            Self::ProductionLimit => "环境保护法第六十条；环境保护主管部门实施限制生产、停产整治办法（部令第30号,2014年）第五条",
            Self::ProductionHalt => "环境保护法第六十条；环境保护主管部门实施限制生产、停产整治办法（部令第30号,2014年）第六条",
            Self::DetentionTransfer => {
                "环境保护法第六十三条；行政主管部门移送适用行政拘留环境违法案件暂行办法（公治〔2014〕853号）"
            }
            Self::CriminalTransfer => "行政处罚法第二十二条；环境保护行政执法与刑事司法衔接工作办法（环环监〔2017〕17号）",
        }
    }

    /// Handed to the police: carries 移送依据, a number of persons (may be unknown) and the police's answer.
    pub const fn to_police(self) -> bool {
        matches!(self, Self::DetentionTransfer | Self::CriminalTransfer)
    }

    /// Carries an amount of its own.
    pub const fn has_amount(self) -> bool {
        matches!(self, Self::DailyPenalty)
    }

    /// 行政强制措施 in the strict sense (行政强制法第九条). The notice calls all of them so; reports keep its words.
    pub const fn coercive(self) -> bool {
        matches!(self, Self::Sealing | Self::Detaining)
    }
}

vocabulary! {
    /// The weight that a decision gives (裁量).
    pub enum Discretion "裁量" {
        /// No special circumstance.
        Ordinary = "ordinary" => "一般" | "一般处罚" | "正常",
        /// Lighter within the range.
        Lighter = "lighter" => "从轻处罚" | "从轻",
        /// Below the range.
        Mitigated = "mitigated" => "减轻处罚" | "减轻",
        /// No penalty.
        NoPenalty = "none" => "不予处罚" | "免予处罚" | "免于处罚" | "不处罚",
        /// Heavier within the range.
        Heavier = "heavier" => "从重处罚" | "从重",
    }
}

impl Discretion {
    /// The rule it rests on, as of June 2019; empty for the ordinary case.
    pub const fn basis(self) -> &'static str {
        match self {
            Self::Ordinary => "",
            Self::Lighter | Self::Mitigated => "行政处罚法（2017年修正）第二十七条第一款",
            Self::NoPenalty => "行政处罚法（2017年修正）第二十七条第二款；环境行政处罚办法（部令第8号）第七条",
            Self::Heavier => "环境行政处罚办法（部令第8号）第六条；环执法〔2019〕42号",
        }
    }

    /// A decision of this weight owes a written reason.
    pub const fn needs_reason(self) -> bool {
        !matches!(self, Self::Ordinary)
    }

    /// To the unit's favour.
    pub const fn lenient(self) -> bool {
        matches!(self, Self::Lighter | Self::Mitigated | Self::NoPenalty)
    }
}

vocabulary! {
    /// On what a transfer for detention rests (移送依据).
    pub enum TransferBasis "移送依据" {
        /// The environmental protection law.
        EnvironmentalLaw63 = "environmental_law_63" => "环境保护法第六十三条" | "环保法63条" | "环保法第63条" | "环境保护法63条" | "环保法",
        /// The law on public order.
        PublicOrderLaw = "public_order_law" => "治安管理处罚法" | "治安处罚法",
        /// Any other.
        Other = "other" => "其他" | "其它",
    }
}

vocabulary! {
    /// What the police answered to a transfer (公治〔2014〕853号第十四、十五条; 行刑衔接工作办法第九条).
    pub enum PoliceOutcome "公安机关处理结果" {
        /// No answer yet.
        Pending = "pending" => "尚未答复" | "待答复" | "办理中",
        /// Detention decided; only these persons count as 公安决定拘留.
        Detained = "detained" => "决定行政拘留" | "行政拘留" | "已拘留",
        /// Detention refused.
        NotDetained = "not_detained" => "不予行政拘留" | "不予拘留",
        /// Criminal case opened.
        CriminalOpened = "criminal_opened" => "刑事立案" | "决定立案" | "立案侦查",
        /// No criminal case opened.
        CriminalRefused = "criminal_refused" => "不予刑事立案" | "不予立案",
        /// Sent back for more papers.
        Returned = "returned" => "退回补充材料" | "退回" | "补充材料",
        /// Passed to the authority that has jurisdiction.
        PassedOn = "passed_on" => "转送有管辖权机关" | "转送" | "移转",
    }
}

impl PoliceOutcome {
    /// The persons of such a transfer count as 公安决定拘留(人).
    pub const fn detained(self) -> bool {
        matches!(self, Self::Detained)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seven_measures_make_five_categories() {
        let mut groups: Vec<_> = MeasureKind::ALL.iter().map(|m| m.category()).collect();
        groups.dedup();
        assert_eq!(groups, Category::ALL);
        assert!(MeasureKind::ALL.iter().all(|m| !m.basis().is_empty()));
    }

    #[test]
    fn favour_and_severity_owe_a_reason() {
        for &weight in Discretion::ALL {
            assert_eq!(weight.needs_reason(), !weight.basis().is_empty());
        }
        assert!(!Discretion::Heavier.lenient());
    }
}
