//! What the data say for the slots of a paragraph: figures, rates, lists of kinds and sources, the data date.

use super::align::Shape;
use crate::base::dates;
use crate::figures::{self, Rate};
use crate::vocabulary::{PublicityChannel, Source, kinds};
use chrono::NaiveDate;

/// The data of one summary.
#[derive(Clone, Debug)]
pub(super) struct Values {
    figures: figures::Values,
    date: NaiveDate,
}

/// What stands in a slot as long as nobody types over it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Live {
    /// As it is printed.
    pub text: String,
    /// What it looks like.
    pub shape: Shape,
    /// Its pieces: words, and figures with the key under which their rows are found.
    pub parts: Vec<(String, Option<&'static str>)>,
}

impl Values {
    /// The figures of a date.
    pub(super) fn new(figures: figures::Values, date: NaiveDate) -> Self {
        Self { figures, date }
    }

    /// The data's words for a key; nothing for a key that is none.
    pub(super) fn live(&self, key: &str) -> Option<Live> {
        let figures = &self.figures;
        let rate = |rate: Rate, rows: &'static str| Some(token(rate.to_string(), Some(rows)));
        match key {
            "date" => Some(token(dates::long(self.date), None)),
            "visited_rate" => rate(figures.visited_rate(), "visited"),
            "inspected_rate" => rate(figures.inspected_rate(), "inspected"),
            "completion" => rate(figures.completion(), "finished"),
            "own_completion" => rate(figures.own_completion(), "own_finished"),
            "inspection_completion" => rate(figures.inspection_completion(), "inspection_finished"),
            "own_kinds" => Some(self.kinds("own_kind_")),
            "ledger_kinds" => Some(self.kinds("ledger_kind_")),
            "publicity_channels" => {
                Some(self.list_in(
                    "条",
                    PublicityChannel::ALL.iter().map(|c| (format!("publicity_{}", c.code()), c.label().to_owned())),
                ))
            }
            "ledger_sources" => {
                Some(self.list(Source::ALL.iter().map(|s| (format!("ledger_source_{}", s.code()), in_prose(s.label())))))
            }
            _ => figures::figure(key).map(|figure| token(self.number(figure), Some(figure.key))),
        }
    }

    /// Counts as they are; money in 万元, exact, without separators.
    fn number(&self, figure: &figures::Figure) -> String {
        match figure.unit {
            "万元" => self.figures.money(figure.key).to_wan(),
            _ => self.figures.get(figure.key).to_string(),
        }
    }

    fn kinds(&self, prefix: &str) -> Live {
        let known = kinds().iter().map(|kind| (format!("{prefix}{}", kind.code), kind.short.to_owned()));
        self.list(known.chain([(format!("{prefix}none"), "未填类型".to_owned())]))
    }

    fn list(&self, of: impl Iterator<Item = (String, String)>) -> Live {
        self.list_in("个", of)
    }

    /// 「无证排污12个、超标排放8个」: the most frequent first, those without any left out. `unit`: 个, 条.
    fn list_in(&self, unit: &str, of: impl Iterator<Item = (String, String)>) -> Live {
        let counted =
            of.filter_map(|(key, word)| figures::figure(&key).map(|figure| (self.figures.get(figure.key), figure.key, word)));
        let mut counted: Vec<_> = counted.filter(|(count, ..)| *count > 0).collect();
        counted.sort_by_key(|(count, ..)| std::cmp::Reverse(*count));
        let mut parts = Vec::new();
        for (n, (count, key, word)) in counted.into_iter().enumerate() {
            let comma = if n == 0 { String::new() } else { format!("{unit}、") };
            parts.push((format!("{comma}{word}"), None));
            parts.push((count.to_string(), Some(key)));
        }
        let end = if parts.is_empty() { "无" } else { unit };
        parts.push((end.to_owned(), None));
        let text = parts.iter().map(|(text, _)| text.as_str()).collect();
        Live { text, shape: Shape::Words, parts }
    }
}

/// A word of a list as it stands in prose, before its number: 市长热线/12345 would run into it.
fn in_prose(label: &str) -> String {
    let word = label.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('/');
    word.replace('(', "（").replace(')', "）").replace('/', "、")
}

fn token(text: String, rows: Option<&'static str>) -> Live {
    Live { parts: vec![(text.clone(), rows)], text, shape: Shape::Token }
}
