//! The prescribed tables, one file each: columns in order, where its lines come from, its sentences. The same columns fill the
//! sheet, the page and the import's preview, so that headings cannot drift.
//!
//! - [`annex1`] holds 排污单位自查和整改情况表
//! - [`annex2`] holds 违法排污行为大整治工作台账
//! - [`roll_up`] holds 汇总表
//!
//! A line shows the state on the data date: a fact dated later is not in it. The room owns `zero_reports`, and
//! `downloads` with the lines they were written from.

pub mod annex1;
pub mod annex2;
mod column;
mod download;
mod line;
mod reading;
pub mod roll_up;
mod zero;

pub use column::{Cell, Column, KEY_HEADING, Owner, heads};
pub use download::{Base, Kept, Known, keep, kept, left_out};
pub use line::{Line, SAME_CASE};
pub use reading::{Position, Reading, lines_of};
pub use zero::{ZeroReport, confirm_zero, zero_report};

use crate::figures::Values;

/// Which annex.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Annex {
    /// 附件1.
    One,
    /// 附件2.
    Two,
}

/// Which of an annex's lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All.
    Whole,
    /// Annex 1 without the units that have no problem.
    WithProblem,
    /// 附件1续表: the units that have no problem.
    Clear,
}

/// What is printed below every table, beside the names to be signed.
pub const SIGN_OFF: [&str; 4] = ["填报人", "审核人", "分管领导", "主要负责人"];

/// 零报告, in the notice's words of an office.
pub const ZERO: &str = "经核实，本期无此类情况（零报告）";

impl Annex {
    /// 1 or 2, as in addresses and in the table of zero reports.
    pub const fn number(self) -> i16 {
        match self {
            Self::One => 1,
            Self::Two => 2,
        }
    }

    /// Reads 1 or 2.
    pub fn from_number(text: &str) -> Option<Self> {
        match text {
            "1" => Some(Self::One),
            "2" => Some(Self::Two),
            _ => None,
        }
    }

    /// The word for this kind of table in addresses, commands and JSON (contract).
    pub const fn kind_code(self) -> &'static str {
        match self {
            Self::One => "annex1",
            Self::Two => "annex2",
        }
    }

    /// 附件1, above the title.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::One => "附件1",
            Self::Two => "附件2",
        }
    }

    /// The title in the notice of 3 June 2019.
    pub const fn title(self) -> &'static str {
        match self {
            Self::One => "排污单位自查和整改情况表",
            Self::Two => "违法排污行为大整治工作台账",
        }
    }

    /// The columns in order.
    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::One => annex1::COLUMNS,
            Self::Two => annex2::COLUMNS,
        }
    }

    /// The cells of a line, in the order of the columns.
    pub fn cells(self, line: &Line) -> Vec<Cell> {
        self.columns().iter().map(|column| (column.write)(line)).collect()
    }

    /// 合计, in one sentence; from the figures, never from the lines.
    /// It is made of [`figures`](Self::figures) alone.
    pub fn totals(self, values: &Values) -> String {
        match self {
            Self::One => annex1::totals(values),
            Self::Two => annex2::totals(values),
        }
    }

    /// The figures in the row of totals.
    pub const fn figures(self) -> &'static [&'static str] {
        match self {
            Self::One => annex1::FIGURES,
            Self::Two => annex2::FIGURES,
        }
    }

    /// What stands below the table.
    pub const fn footnotes(self) -> &'static [&'static str] {
        match self {
            Self::One => annex1::FOOTNOTES,
            Self::Two => annex2::FOOTNOTES,
        }
    }

    /// The parts that are sheets of their own, with what is added to their names: with 附件1续表 when the campaign wants units
    /// without a problem apart.
    pub const fn parts(self, clear_units_apart: bool) -> &'static [(Part, &'static str)] {
        match (self, clear_units_apart) {
            (Self::One, true) => &[(Part::WithProblem, ""), (Part::Clear, "续表")],
            _ => &[(Part::Whole, "")],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::figures;

    #[test]
    fn the_row_of_totals_shows_the_figures_that_are_counted_for_it() {
        for annex in [Annex::One, Annex::Two] {
            let all: Vec<(&'static str, i64)> = figures().iter().zip(1..).map(|(figure, n)| (figure.key, n * 10_000)).collect();
            let own: Vec<_> = all.iter().copied().filter(|(key, _)| annex.figures().contains(key)).collect();
            assert_eq!(own.len(), annex.figures().len(), "each is a figure");
            assert_eq!(annex.totals(&Values::of(&own)), annex.totals(&Values::of(&all)));
        }
    }
}
