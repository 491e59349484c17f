//! One measure of a case (措施). 件 = rows, 人 = the sum of known persons. Each kind has fields of its own; what a kind does
//! not have is ignored.

use crate::base::{Cells, CountyId, Money, dates};
use crate::vocabulary::{MeasureKind, PoliceOutcome, TransferBasis};
use chrono::NaiveDate;
use std::ops::RangeInclusive;
use uuid::Uuid;

/// A measure as stored.
#[derive(Clone, Debug, sqlx::FromRow, serde::Deserialize)]
pub struct Measure {
    /// Where the unit lies.
    pub county_id: CountyId,
    /// Its id.
    pub id: Uuid,
    /// For the second editor.
    pub version: i32,
    /// Its case.
    pub case_id: Uuid,
    /// A code of [`MeasureKind`].
    pub kind: String,
    /// 文号.
    pub number: Option<String>,
    /// 决定日期; of a transfer, the day it was handed over.
    pub decided_on: Option<NaiveDate>,
    /// 送达日期.
    pub served_on: Option<NaiveDate>,
    /// First day.
    pub from_on: Option<NaiveDate>,
    /// Last day.
    pub until_on: Option<NaiveDate>,
    /// Extended to.
    pub extended_until: Option<NaiveDate>,
    /// 解除日期.
    pub lifted_on: Option<NaiveDate>,
    /// 公开日期.
    pub published_on: Option<NaiveDate>,
    /// 原处罚金额, in 分.
    pub original_fine_fen: Option<i64>,
    /// 责令改正送达日期.
    pub order_served_on: Option<NaiveDate>,
    /// 复查日期.
    pub recheck_on: Option<NaiveDate>,
    /// 决定金额 in 分: as typed, never recomputed.
    pub amount_fen: Option<i64>,
    /// 移送依据, a code of [`TransferBasis`].
    pub basis: Option<String>,
    /// 移送人数; none: unknown.
    pub persons: Option<i32>,
    /// A code of [`PoliceOutcome`].
    pub police_outcome: Option<String>,
    /// When the police answered.
    pub police_on: Option<NaiveDate>,
    /// 公安决定拘留人数.
    pub detained_persons: Option<i32>,
    /// 备注.
    pub remark: Option<String>,
    /// Entered by mistake; counts nowhere.
    pub removed: bool,
}

/// The fields of a measure's form and their names, in order.
pub const MEASURE_LABELS: &[(&str, &str)] = &[
    ("kind", "措施"),
    ("number", "文号"),
    ("decided_on", "决定日期"),
    ("served_on", "送达日期"),
    ("original_fine", "原处罚金额"),
    ("order_served_on", "责令改正送达日期"),
    ("recheck_on", "复查发现日期"),
    ("amount", "按日连续处罚决定金额"),
    ("from_on", "起始日期"),
    ("until_on", "期限届满日期"),
    ("extended_until", "延长至"),
    ("lifted_on", "解除日期"),
    ("published_on", "公开日期"),
    ("basis", "移送依据"),
    ("persons", "移送人数"),
    ("police_outcome", "公安机关处理结果"),
    ("police_on", "公安机关答复日期"),
    ("detained_persons", "公安决定拘留人数"),
    ("remark", "备注"),
];

/// The fields that a kind has, besides `kind`, `number`, `decided_on` and `remark`.
pub const fn fields_of(kind: MeasureKind) -> &'static [&'static str] {
    match kind {
        MeasureKind::DailyPenalty => &["served_on", "original_fine", "order_served_on", "recheck_on", "amount", "published_on"],
        MeasureKind::Sealing | MeasureKind::Detaining => &["served_on", "from_on", "until_on", "extended_until", "lifted_on"],
        MeasureKind::ProductionLimit => &["served_on", "from_on", "until_on", "extended_until", "lifted_on", "published_on"],
        // From service until released: no last day (令30〔2014〕第十五条第二款).
        MeasureKind::ProductionHalt => &["served_on", "from_on", "lifted_on", "published_on"],
        MeasureKind::DetentionTransfer => &["basis", "persons", "police_outcome", "police_on", "detained_persons"],
        MeasureKind::CriminalTransfer => &["persons", "police_outcome", "police_on"],
    }
}

/// The codes of the kinds that have a field, `a|b`: the condition of `data-when`.
pub fn kinds_with(field: &str) -> String {
    let having = MeasureKind::ALL.iter().filter(|k| fields_of(**k).contains(&field));
    having.map(|k| k.code()).collect::<Vec<_>>().join("|")
}

impl Measure {
    /// Whether no day says since when it holds: it is counted, and the table has a gap for it.
    pub fn undated(&self) -> bool {
        self.decided_on.is_none() && self.served_on.is_none() && self.from_on.is_none()
    }

    /// Its kind.
    pub fn kind(&self) -> Option<MeasureKind> {
        MeasureKind::from_code(&self.kind)
    }

    /// Its kind in words.
    pub fn kind_label(&self) -> &'static str {
        self.kind().map_or("其他措施", MeasureKind::label)
    }

    /// Whether it ended by being lifted.
    pub fn lifted(&self) -> bool {
        self.lifted_on.is_some()
    }

    /// The last day on which it holds, where it has one.
    pub fn ends_on(&self) -> Option<NaiveDate> {
        self.extended_until.or(self.until_on)
    }

    /// The amount decided.
    pub fn amount(&self) -> Option<Money> {
        self.amount_fen.map(Money::from_fen)
    }

    /// The fine that daily penalties multiply.
    pub fn original_fine(&self) -> Option<Money> {
        self.original_fine_fen.map(Money::from_fen)
    }

    /// The measure as the cells of its form.
    pub fn cells(&self, today: NaiveDate) -> Cells {
        let mut cells = Cells::new(today);
        let day = |date: Option<NaiveDate>| date.map(dates::short).unwrap_or_default();
        let words = |text: &Option<String>| text.clone().unwrap_or_default();
        let count = |number: Option<i32>| number.map(|n| n.to_string()).unwrap_or_default();
        let wan = |money: Option<Money>| money.map(Money::to_wan).unwrap_or_default();
        cells
            .set("kind", &*self.kind)
            .set("number", words(&self.number))
            .set("decided_on", day(self.decided_on))
            .set("served_on", day(self.served_on))
            .set("original_fine", wan(self.original_fine()))
            .set("order_served_on", day(self.order_served_on))
            .set("recheck_on", day(self.recheck_on))
            .set("amount", wan(self.amount()))
            .set("from_on", day(self.from_on))
            .set("until_on", day(self.until_on))
            .set("extended_until", day(self.extended_until))
            .set("lifted_on", day(self.lifted_on))
            .set("published_on", day(self.published_on))
            .set("basis", words(&self.basis))
            .set("persons", count(self.persons))
            .set("police_outcome", words(&self.police_outcome))
            .set("police_on", day(self.police_on))
            .set("detained_persons", count(self.detained_persons))
            .set("remark", words(&self.remark))
            .set("version", self.version.to_string());
        cells
    }
}

/// A measure as typed.
#[derive(Clone, Debug)]
pub struct MeasureChanges {
    /// Which.
    pub kind: MeasureKind,
    /// 文号.
    pub number: Option<String>,
    /// 决定日期.
    pub decided_on: Option<NaiveDate>,
    /// 送达日期.
    pub served_on: Option<NaiveDate>,
    /// First day.
    pub from_on: Option<NaiveDate>,
    /// Last day.
    pub until_on: Option<NaiveDate>,
    /// Extended to.
    pub extended_until: Option<NaiveDate>,
    /// 解除日期.
    pub lifted_on: Option<NaiveDate>,
    /// 公开日期.
    pub published_on: Option<NaiveDate>,
    /// 原处罚金额.
    pub original_fine: Option<Money>,
    /// 责令改正送达日期.
    pub order_served_on: Option<NaiveDate>,
    /// 复查日期.
    pub recheck_on: Option<NaiveDate>,
    /// 决定金额.
    pub amount: Option<Money>,
    /// 移送依据.
    pub basis: Option<TransferBasis>,
    /// 移送人数.
    pub persons: Option<i32>,
    /// What the police answered.
    pub police_outcome: Option<PoliceOutcome>,
    /// When.
    pub police_on: Option<NaiveDate>,
    /// 公安决定拘留人数.
    pub detained_persons: Option<i32>,
    /// 备注.
    pub remark: Option<String>,
    /// The version that the editor saw; 0 for a new measure.
    pub version: i32,
}

/// A daily penalty multiplies a fine by days: its usual amounts reach far higher than a fine's.
pub const USUAL_DAILY_PENALTY: RangeInclusive<Money> = Money::from_fen(100_000)..=Money::from_fen(3_000_000_000);

impl MeasureChanges {
    /// Reads the fields that the kind has. `found_on`: the earliest day on which a problem of the case was found.
    pub fn read(cells: &mut Cells, found_on: Option<NaiveDate>, usual_fine: &RangeInclusive<Money>) -> Option<Self> {
        let kind = cells.choice("kind", MeasureKind::read);
        let Some(kind) = kind else {
            if cells.error("kind").is_none() {
                cells.refuse("kind", "请选择措施。");
            }
            return None;
        };
        let mut own = Own { cells, fields: fields_of(kind) };
        let typed = Self {
            kind,
            served_on: own.date("served_on"),
            from_on: own.date("from_on"),
            until_on: own.date("until_on"),
            extended_until: own.date("extended_until"),
            lifted_on: own.date("lifted_on"),
            published_on: own.date("published_on"),
            original_fine: own.has("original_fine").and_then(|c| c.money("original_fine", usual_fine.clone())),
            order_served_on: own.date("order_served_on"),
            recheck_on: own.date("recheck_on"),
            amount: own.has("amount").and_then(|c| c.money("amount", USUAL_DAILY_PENALTY)),
            basis: own.has("basis").and_then(|c| c.choice("basis", TransferBasis::read)),
            persons: own.has("persons").and_then(|c| c.count("persons")),
            police_outcome: own.has("police_outcome").and_then(|c| c.choice("police_outcome", PoliceOutcome::read)),
            police_on: own.date("police_on"),
            detained_persons: own.has("detained_persons").and_then(|c| c.count("detained_persons")),
            number: cells.text("number"),
            decided_on: cells.date("decided_on"),
            remark: cells.text("remark"),
            version: cells.raw("version").parse().unwrap_or(0),
        };
        typed.check(cells, found_on);
        cells.clean().then_some(typed)
    }

    /// What cannot be true.
    fn check(&self, cells: &mut Cells, found_on: Option<NaiveDate>) {
        let decided_word = if self.kind.to_police() { "移送日期" } else { "决定日期" };
        cells.in_order((found_on, "发现日期"), (self.decided_on, decided_word, "decided_on"));
        cells.in_order((self.decided_on, decided_word), (self.served_on, "送达日期", "served_on"));
        cells.in_order((self.from_on, "起始日期"), (self.until_on, "期限届满日期", "until_on"));
        let (end, word) = match self.until_on {
            Some(until) => (Some(until), "期限届满日期"),
            None => (self.from_on, "起始日期"),
        };
        cells.in_order((end, word), (self.extended_until, "延长后的届满日期", "extended_until"));
        cells.in_order((self.from_on, "起始日期"), (self.lifted_on, "解除日期", "lifted_on"));
        cells.in_order((self.order_served_on, "责令改正送达日期"), (self.recheck_on, "复查发现日期", "recheck_on"));
        cells.in_order((self.decided_on, decided_word), (self.published_on, "公开日期", "published_on"));
        cells.in_order((self.decided_on, decided_word), (self.police_on, "公安机关答复日期", "police_on"));
        for (field, label, date) in [
            ("decided_on", decided_word, self.decided_on),
            ("served_on", "送达日期", self.served_on),
            ("lifted_on", "解除日期", self.lifted_on),
            ("published_on", "公开日期", self.published_on),
            ("order_served_on", "责令改正送达日期", self.order_served_on),
            ("recheck_on", "复查发现日期", self.recheck_on),
            ("police_on", "公安机关答复日期", self.police_on),
        ] {
            cells.not_in_future(field, label, date);
        }
    }
}

/// Cells of which only those of one kind are read.
struct Own<'a> {
    cells: &'a mut Cells,
    fields: &'static [&'static str],
}

impl Own<'_> {
    fn has(&mut self, field: &str) -> Option<&mut Cells> {
        self.fields.contains(&field).then_some(&mut *self.cells)
    }

    fn date(&mut self, field: &str) -> Option<NaiveDate> {
        self.has(field).and_then(|cells| cells.date(field))
    }
}
