//! 汇总表: a row a county in customary order, 合计, and what the city's bureau handles itself as a part of it.

use crate::base::CountyId;
use crate::counties::Directory;
use crate::figures::{Rate, Table, Values, figure};
use crate::platform::sheet::{Head, Kind, Value};

/// What a column of the roll-up shows.
#[derive(Clone, Copy, Debug)]
pub enum Shows {
    /// The county's name.
    County,
    /// A figure.
    Figure(&'static str),
    /// A rate.
    Rate(fn(&Values) -> Rate),
    /// On what the row rests: 实时, 已上报, 已接收.
    Basis,
}

/// A column of the roll-up.
#[derive(Debug)]
pub struct Column {
    /// Its head.
    pub heading: &'static str,
    /// The merged head above; empty: none.
    pub group: &'static str,
    /// What it shows.
    pub shows: Shows,
}

/// The title.
pub const TITLE: &str = "违法排污行为大整治情况汇总表";

/// The row of what the city's bureau handles itself.
pub const BY_CITY: &str = "其中：市局直接查处";

const fn figured(heading: &'static str, group: &'static str, key: &'static str) -> Column {
    Column { heading, group, shows: Shows::Figure(key) }
}

const fn rate(heading: &'static str, group: &'static str, of: fn(&Values) -> Rate) -> Column {
    Column { heading, group, shows: Shows::Rate(of) }
}

/// The columns in order.
pub const COLUMNS: &[Column] = &[
    Column { heading: "县（区）", group: "", shows: Shows::County },
    figured("应查单位", "单位自查", "to_inspect"),
    figured("应自查", "单位自查", "owed"),
    figured("停产", "单位自查", "halted"),
    figured("已自查", "单位自查", "inspected"),
    rate("自查率", "单位自查", Values::inspected_rate),
    figured("问题数", "问题整改", "problems"),
    figured("其中本次发现", "问题整改", "found_now"),
    figured("完成整改", "问题整改", "finished"),
    rate("完成率", "问题整改", Values::completion),
    rate("到期完成率", "问题整改", Values::due_completion),
    figured("已销号", "问题整改", "verified"),
    figured("已到期未完成", "问题整改", "overdue"),
    figured("台账问题", "查处情况", "ledger"),
    figured("立案（件）", "查处情况", "filed"),
    figured("罚款（万元）", "查处情况", "fine"),
    figured("查封扣押（件）", "查处情况", "seizures"),
    figured("限产停产（件）", "查处情况", "restrictions"),
    figured("件", "按日连续处罚", "daily_penalties"),
    figured("万元", "按日连续处罚", "daily_penalty_amount"),
    figured("件", "移送行政拘留", "detention_transfers"),
    figured("人", "移送行政拘留", "detention_persons"),
    figured("件", "移送涉嫌犯罪", "criminal_transfers"),
    figured("人", "移送涉嫌犯罪", "criminal_persons"),
    figured("关停取缔（家）", "", "shut_down"),
    figured("曝光（件）", "", "exposed"),
    Column { heading: "数据口径", group: "", shows: Shows::Basis },
];

impl Column {
    fn kind(&self) -> Kind {
        match self.shows {
            Shows::County | Shows::Basis => Kind::Text,
            Shows::Rate(_) => Kind::Percent,
            Shows::Figure(key) => match figure(key) {
                Some(f) if f.unit == "万元" => Kind::Money,
                _ => Kind::Number,
            },
        }
    }

    /// Whether the figure is one of cases and measures, of which the city's bureau may handle a part.
    fn of_cases(&self) -> bool {
        use crate::figures::Over;
        matches!(self.shows, Shows::Figure(key) if figure(key).is_some_and(|f| matches!(f.over, Over::Cases | Over::Measures)))
    }

    fn value(&self, name: &str, basis: &str, values: &Values) -> Value {
        match self.shows {
            Shows::County => Value::Text(name.to_owned()),
            Shows::Basis => Value::Text(basis.to_owned()),
            Shows::Rate(of) => {
                let rate = of(values);
                rate.permille().map_or_else(|| Value::Text(rate.to_string()), |_| Value::Number(rate.exact()))
            }
            Shows::Figure(key) => Value::Number(match self.kind() {
                Kind::Money => values.money(key).as_wan_f64(),
                #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
                _ => values.get(key) as f64,
            }),
        }
    }
}

/// The heads of its sheet.
pub fn heads() -> Vec<Head> {
    COLUMNS
        .iter()
        .map(|c| Head {
            group: c.group.to_owned(),
            text: c.heading.to_owned(),
            note: String::new(),
            width: if matches!(c.shows, Shows::County) { 20.0 } else { 10.0 },
            kind: c.kind(),
            hidden: false,
        })
        .collect()
}

/// The rows of its sheet: the counties, each with what it rests on; then 合计 and, when all counties are in it, the part that the city handles.
pub fn rows(table: &Table, directory: &Directory, basis: impl Fn(CountyId) -> String) -> (Vec<Vec<Value>>, Vec<Vec<Value>>) {
    let row = |name: &str, basis: &str, values: &Values| COLUMNS.iter().map(|c| c.value(name, basis, values)).collect();
    let counties = table.rows.iter().map(|r| row(&directory.name(r.county), &basis(r.county), &r.values)).collect();
    let by_city = table.by_city();
    let part = COLUMNS
        .iter()
        .map(|c| match c.shows {
            Shows::County => Value::Text(BY_CITY.to_owned()),
            _ if c.of_cases() => c.value("", "", &by_city),
            _ => Value::Text("/".to_owned()),
        })
        .collect();
    (counties, vec![row("合计", "", &table.total()), part])
}
