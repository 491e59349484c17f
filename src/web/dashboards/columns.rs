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
pub const COLUMNS: [Column; 20] = [
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

/// Gives amounts the same number of decimals, so that their points stand below each other.
pub fn align(amounts: &mut [&mut String]) {
    let decimals = |text: &str| text.split_once('.').map_or(0, |(_, part)| part.len());
    let most = amounts.iter().map(|text| decimals(text)).max().unwrap_or(0);
    let numbers = amounts.iter_mut().filter(|text| text.starts_with(|c: char| c.is_ascii_digit()));
    for text in numbers {
        let missing = most - decimals(text);
        if missing == most && most > 0 {
            text.push('.');
        }
        text.push_str(&"0".repeat(missing));
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

#[cfg(test)]
mod tests {
    use super::align;

    #[test]
    fn points_stand_below_each_other() {
        let mut texts = ["12.5", "1,204", "0", "/", "3.0125"].map(str::to_owned);
        align(&mut texts.iter_mut().collect::<Vec<_>>());
        assert_eq!(texts, ["12.5000", "1,204.0000", "0.0000", "/", "3.0125"]);
        let mut whole = ["12", "0"].map(str::to_owned);
        align(&mut whole.iter_mut().collect::<Vec<_>>());
        assert_eq!(whole, ["12", "0"]);
    }
}
