//! Numbers of papers, and names of bodies and media, as a county's offices write them.

use super::{Names, words};
use crate::vocabulary::{ExposureMedia, MeasureKind};

/// A paper that bears a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// 责令改正违法行为决定书.
    Order,
    /// 立案审批表.
    CaseFiling,
    /// 行政处罚决定书.
    Penalty,
    /// The paper of a measure.
    Measure(MeasureKind),
    /// 整改方案备案.
    PlanFiling,
    /// 督办单.
    Supervision,
    /// 交办单 of a problem sent down.
    Assignment,
}

impl Paper {
    const fn word(self) -> &'static str {
        match self {
            Self::Order => "责改",
            Self::CaseFiling => "立",
            Self::Penalty => "罚",
            Self::PlanFiling => "整备",
            Self::Supervision => "督",
            Self::Assignment => "交办",
            Self::Measure(kind) => match kind {
                MeasureKind::DailyPenalty => "连罚",
                MeasureKind::Sealing => "查",
                MeasureKind::Detaining => "扣",
                MeasureKind::ProductionLimit => "限产",
                MeasureKind::ProductionHalt => "停产",
                MeasureKind::DetentionTransfer => "移拘",
                MeasureKind::CriminalTransfer => "移",
            },
        }
    }
}

impl Names {
    /// The number of a paper, such as `长环罚〔2019〕12号` for the city and `襄环罚〔2019〕12号` for a county.
    pub fn number(self, county: i32, paper: Paper, year: i32, n: u32) -> String {
        format!("{}环{}〔{year}〕{n}号", words::county(county).short, paper.word())
    }

    /// The office that answers for rectification in a county (责任单位).
    pub fn responsible_body(self, county: i32) -> String {
        match county {
            140_471 => "高新区建设管理部".to_owned(),
            140_400 => "市环境监察支队".to_owned(),
            _ => format!("{}环境监察大队", words::county(county).name),
        }
    }

    /// The outlet of a county for a medium (曝光媒体名称); descriptive, never the title of a paper.
    pub fn outlet(self, county: i32, medium: ExposureMedia) -> String {
        let place = match words::county(county).name {
            "" => "市",
            name => name,
        };
        let what = match medium {
            ExposureMedia::Television => "电视台新闻栏目",
            ExposureMedia::Radio => "广播电台",
            ExposureMedia::Newspaper => "党报环保专栏",
            ExposureMedia::GovernmentSite => "人民政府网站",
            ExposureMedia::Weibo => "环保官方微博",
            ExposureMedia::Wechat => "环保微信公众号",
            ExposureMedia::Other => "政务公开栏",
        };
        format!("{place}{what}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_look_as_offices_write_them() {
        let names = Names::new(1);
        assert_eq!(names.number(140_400, Paper::Penalty, 2019, 12), "长环罚〔2019〕12号");
        let sealing = Paper::Measure(MeasureKind::Sealing);
        assert_eq!(names.number(140_423, sealing, 2019, 3), "襄环查〔2019〕3号");
    }

    #[test]
    fn no_two_counties_share_a_number() {
        let names = Names::new(1);
        let counties = [
            140_400, 140_403, 140_404, 140_405, 140_406, 140_423, 140_425, 140_426, 140_427, 140_428, 140_429, 140_430, 140_431,
            140_471,
        ];
        let numbers: std::collections::HashSet<_> = counties.iter().map(|&c| names.number(c, Paper::Penalty, 2019, 1)).collect();
        assert_eq!(numbers.len(), counties.len());
    }

    #[test]
    fn outlets_carry_their_place() {
        let names = Names::new(1);
        assert_eq!(names.outlet(140_430, ExposureMedia::GovernmentSite), "沁县人民政府网站");
        assert_eq!(names.outlet(140_400, ExposureMedia::Wechat), "市环保微信公众号");
    }
}
