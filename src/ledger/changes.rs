//! A case as typed. Saving refuses only what cannot be true or read; what is missing is 待补.

use super::grounds::Grounds;
use crate::base::{Cells, Money};
use crate::vocabulary::{Discretion, HandledBy};
use chrono::NaiveDate;
use uuid::Uuid;

/// What a form or a line of a list says of a case. An import sets what it has over [`super::Case::cells`].
#[derive(Clone, Debug)]
pub struct CaseChanges {
    /// 办案机关.
    pub handled_by: HandledBy,
    /// 案号.
    pub case_number: Option<String>,
    /// 当事人.
    pub respondent: Option<String>,
    /// 线索接收日期.
    pub clue_received_on: Option<NaiveDate>,
    /// 责令改正日期.
    pub order_on: Option<NaiveDate>,
    /// 责令改正文号.
    pub order_number: Option<String>,
    /// 立案日期.
    pub case_filed_on: Option<NaiveDate>,
    /// 不予立案日期.
    pub not_filed_on: Option<NaiveDate>,
    /// 不予立案理由.
    pub not_filed_reason: Option<String>,
    /// 处罚决定日期.
    pub decided_on: Option<NaiveDate>,
    /// 处罚决定文号.
    pub decision_number: Option<String>,
    /// 罚款决定金额.
    pub fine: Option<Money>,
    /// 裁量.
    pub discretion: Option<Discretion>,
    /// 裁量理由.
    pub discretion_reason: Option<String>,
    /// 其他处理.
    pub other_measures: Option<String>,
    /// 关停取缔.
    pub shut_down: bool,
    /// 结案日期.
    pub closed_on: Option<NaiveDate>,
    /// 备注.
    pub remark: Option<String>,
    /// The version that the editor saw; 0 for a new case.
    pub version: i32,
}

/// A case to be made over problems of one county.
#[derive(Clone, Debug)]
pub struct NewCase {
    /// The campaign.
    pub campaign_id: Uuid,
    /// The problems it covers: at least one.
    pub problems: Vec<Uuid>,
    /// What was typed.
    pub facts: CaseChanges,
}

impl CaseChanges {
    /// A case of which nothing is known yet (转入台账).
    pub fn blank(handled_by: HandledBy, respondent: Option<String>, clue_received_on: Option<NaiveDate>) -> Self {
        Self {
            handled_by,
            case_number: None,
            respondent,
            clue_received_on,
            order_on: None,
            order_number: None,
            case_filed_on: None,
            not_filed_on: None,
            not_filed_reason: None,
            decided_on: None,
            decision_number: None,
            fine: None,
            discretion: None,
            discretion_reason: None,
            other_measures: None,
            shut_down: false,
            closed_on: None,
            remark: None,
            version: 0,
        }
    }

    /// Reads the fields of a case; dates must stand in the order in which things happen.
    pub fn read(cells: &mut Cells, grounds: &Grounds) -> Option<Self> {
        let typed = Self {
            handled_by: cells.choice("handled_by", HandledBy::read).unwrap_or(grounds.handler),
            case_number: cells.text("case_number"),
            respondent: cells.text("respondent"),
            clue_received_on: cells.date("clue_received_on"),
            order_on: cells.date("order_on"),
            order_number: cells.text("order_number"),
            case_filed_on: cells.date("case_filed_on"),
            not_filed_on: cells.date("not_filed_on"),
            not_filed_reason: cells.text("not_filed_reason"),
            decided_on: cells.date("decided_on"),
            decision_number: cells.text("decision_number"),
            fine: cells.money("fine", grounds.usual_fine.clone()),
            discretion: cells.choice("discretion", Discretion::read),
            discretion_reason: cells.text("discretion_reason"),
            other_measures: cells.text("other_measures"),
            shut_down: cells.tick("shut_down"),
            closed_on: cells.date("closed_on"),
            remark: cells.text("remark"),
            version: cells.raw("version").parse().unwrap_or(0),
        };
        typed.check(cells, grounds);
        cells.clean().then_some(typed)
    }

    /// What cannot be true.
    fn check(&self, cells: &mut Cells, grounds: &Grounds) {
        let found = (grounds.found_on, "发现日期");
        cells.in_order(found, (self.order_on, "责令改正日期", "order_on"));
        cells.in_order(found, (self.case_filed_on, "立案日期", "case_filed_on"));
        cells.in_order(found, (self.not_filed_on, "不予立案日期", "not_filed_on"));
        let (before, word) = match self.case_filed_on {
            Some(filed) => (Some(filed), "立案日期"),
            None => found,
        };
        cells.in_order((before, word), (self.decided_on, "处罚决定日期", "decided_on"));
        let (before, word) = match self.decided_on {
            Some(decided) => (Some(decided), "处罚决定日期"),
            None => (before, word),
        };
        cells.in_order((before, word), (self.closed_on, "结案日期", "closed_on"));
        if self.not_filed_on.is_some() && (self.case_filed_on.is_some() || self.decided_on.is_some()) {
            cells.refuse("not_filed_on", "已登记立案或处罚决定的案件不能同时登记不予立案，请保留一项。");
        }
        for (field, label, date) in [
            ("clue_received_on", "线索接收日期", self.clue_received_on),
            ("order_on", "责令改正日期", self.order_on),
            ("case_filed_on", "立案日期", self.case_filed_on),
            ("not_filed_on", "不予立案日期", self.not_filed_on),
            ("decided_on", "处罚决定日期", self.decided_on),
            ("closed_on", "结案日期", self.closed_on),
        ] {
            cells.not_in_future(field, label, date);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Message;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2019, 6, d).unwrap()
    }

    fn read(fields: &[(&str, &str)]) -> Result<CaseChanges, Cells> {
        let grounds = Grounds {
            handler: HandledBy::CountyBureau,
            found_on: Some(day(10)),
            usual_fine: Money::from_fen(10_000_000)..=Money::from_fen(100_000_000),
        };
        let mut cells = Cells::from_pairs(fields.iter().map(|(n, v)| ((*n).into(), (*v).into())), day(20));
        CaseChanges::read(&mut cells, &grounds).ok_or(cells)
    }

    fn sentence(fields: &[(&str, &str)], field: &str) -> String {
        let cells = read(fields).unwrap_err();
        let said: Vec<&Message> = cells.errors().iter().chain(cells.questions()).collect();
        said.iter().find(|m| m.field == field).map_or_else(|| format!("{said:?}"), |m| m.text.clone())
    }

    #[test]
    fn an_empty_form_is_a_case_with_gaps_and_no_error() {
        let case = read(&[]).unwrap();
        assert_eq!(case.handled_by, HandledBy::CountyBureau);
        let lenient = read(&[("discretion", "减轻"), ("decided_on", "6.18")]).unwrap();
        assert!(lenient.discretion_reason.is_none(), "a missing reason is 待补, never a refusal");
    }

    #[test]
    fn things_happen_in_their_order() {
        assert!(sentence(&[("case_filed_on", "6.9")], "case_filed_on").contains("早于发现日期"));
        let typed = [("case_filed_on", "6.15"), ("decided_on", "6.14")];
        assert!(sentence(&typed, "decided_on").contains("早于立案日期"));
        assert!(sentence(&[("decided_on", "6.19"), ("closed_on", "6.18")], "closed_on").contains("早于处罚决定日期"));
        assert!(sentence(&[("decided_on", "6.21")], "decided_on").contains("晚于今天"));
        let both = [("case_filed_on", "6.15"), ("not_filed_on", "6.15")];
        assert!(sentence(&both, "not_filed_on").contains("请保留一项"));
        assert!(read(&[("case_filed_on", "6.10"), ("decided_on", "6.10"), ("closed_on", "6.10")]).is_ok(), "all in a day");
    }

    #[test]
    fn yuan_typed_as_wan_is_asked_and_may_be_confirmed() {
        assert!(sentence(&[("fine", "500000")], "fine").contains("是否应为50万元"));
        let confirmed = read(&[("fine", "500000"), ("confirm_fine", "yes")]).unwrap();
        assert_eq!(confirmed.fine.map(Money::to_wan).as_deref(), Some("500000"));
        assert!(read(&[("fine", "十万元")]).is_ok());
        assert!(sentence(&[("fine", "若干")], "fine").contains("不是金额"));
    }
}
