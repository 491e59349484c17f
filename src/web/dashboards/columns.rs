//! The columns of the board.

use crate::base::CountyId;
use crate::figures::{Rate, Row, Values};
use crate::web::paths;
use chrono::NaiveDate;

/// What a column shows.
#[derive(Clone, Copy)]
pub enum Shows {
    /// A figure, by its key.
    Figure,
    /// A rate.
    Rate(fn(&Values) -> Rate),
}

/// A column.
pub struct Column {
    /// Its name in addresses; a figure's key.
    pub key: &'static str,
    /// Its head.
    pub heading: &'static str,
    shows: Shows,
}

const fn figured(key: &'static str, heading: &'static str) -> Column {
    Column { key, heading, shows: Shows::Figure }
}

/// All columns in order.
pub const COLUMNS: [Column; 22] = [
    figured("units", "单位"),
    figured("owed", "应自查"),
    figured("inspected", "已自查"),
    Column { key: "inspected_rate", heading: "自查率", shows: Shows::Rate(Values::inspected_rate) },
    figured("problems", "问题"),
    Column { key: "completion", heading: "完成率", shows: Shows::Rate(Values::completion) },
    Column { key: "due_completion", heading: "到期完成率", shows: Shows::Rate(Values::due_completion) },
    figured("verified", "销号"),
    figured("overdue", "已到期未完成"),
    figured("cases", "案件"),
    figured("fine", "罚款（万元）"),
    figured("daily_penalties", "按日计罚（件）"),
    figured("seizures", "查封扣押（件）"),
    figured("restrictions", "限产停产（件）"),
    figured("detention_transfers", "移送拘留（件）"),
    figured("detention_persons", "移送拘留（人）"),
    figured("criminal_transfers", "移送犯罪（件）"),
    figured("criminal_persons", "移送犯罪（人）"),
    figured("shut_down", "关停取缔（家）"),
    figured("exposed", "曝光（件）"),
    Column { key: "notified_rate", heading: "告知率", shows: Shows::Rate(Values::notified_rate) },
    Column { key: "visited_rate", heading: "排查率", shows: Shows::Rate(Values::visited_rate) },
];

/// A cell of the board.
pub struct Shown {
    /// What is read.
    pub text: String,
    /// What it is sorted by.
    pub sort: i64,
    /// The rows behind it.
    pub href: Option<String>,
    /// Red: overdue.
    pub late: bool,
}

impl Column {
    /// The cell of a county, or of all.
    pub fn cell(&self, values: &Values, county: Option<CountyId>, date: NaiveDate) -> Shown {
        match self.shows {
            Shows::Figure => Shown {
                text: values.shown(self.key),
                sort: values.get(self.key),
                href: Some(paths::figure(self.key, county, date)),
                late: self.key == "overdue" && values.get(self.key) > 0,
            },
            Shows::Rate(of) => Shown { text: of(values).to_string(), sort: self.order(values), href: None, late: false },
        }
    }

    /// What rows are sorted by; an empty rate is below every other.
    pub fn order(&self, values: &Values) -> i64 {
        match self.shows {
            Shows::Figure => values.get(self.key),
            Shows::Rate(of) => of(values).permille().unwrap_or(-1),
        }
    }
}

/// Rows in the order asked for; an unknown column leaves the customary order.
pub fn sorted<'a>(rows: &'a [Row], key: Option<&str>, ascending: bool) -> Vec<&'a Row> {
    let mut rows: Vec<&Row> = rows.iter().collect();
    if let Some(column) = key.and_then(|key| COLUMNS.iter().find(|c| c.key == key)) {
        rows.sort_by_key(|row| if ascending { column.order(&row.values) } else { -column.order(&row.values) });
    }
    rows
}
