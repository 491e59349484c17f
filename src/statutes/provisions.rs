//! Articles on discretion (裁量) by date of force.

use chrono::NaiveDate;

/// An article and since when it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Provision {
    /// As an office cites it.
    pub article: &'static str,
    /// 「2018年1月1日起施行」.
    pub since: &'static str,
}

impl Provision {
    /// Article and date of force in one.
    pub fn words(self) -> String {
        format!("{}（{}）", self.article, self.since)
    }
}

const fn revised_2021() -> NaiveDate {
    match NaiveDate::from_ymd_opt(2021, 7, 15) {
        Some(day) => day,
        None => panic!("a day that the calendar has"),
    }
}

/// On lighter, mitigated and no penalty: what stood on a day.
pub fn leniency(on: NaiveDate) -> Provision {
    if on < revised_2021() {
        Provision { article: "行政处罚法（2017年修正）第二十七条", since: "2018年1月1日起施行" }
    } else {
        Provision { article: "行政处罚法（2021年修订）第三十二、三十三条", since: "2021年7月15日起施行" }
    }
}

/// On what may be weighed at all, the attitude of mending among it.
pub const FACTORS: Provision =
    Provision { article: "环境行政处罚办法（部令第8号）第六条", since: "2010年3月1日起施行" };

/// On heavier penalties: three fines of one sort within two years among them.
pub const HEAVIER: Provision = Provision { article: "环执法〔2019〕42号", since: "2019年5月印发" };

/// The city's notice: concealed discharge, forged data and refusal are dealt with severely.
pub const NOTICE: Provision =
    Provision { article: "市生态环境局2019年6月3日通知第二部分", since: "2019年6月3日印发" };

/// On refusing to correct: daily penalties.
pub const REFUSAL: Provision =
    Provision { article: "环境保护法第五十九条，部令第28号第十三条", since: "2015年1月1日起施行" };
