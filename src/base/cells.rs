//! What somebody typed, cell by cell, and what is to be said about it. A posted form and a line of a spreadsheet are both
//! `Cells`, so that one function reads both.

use super::credit_code::{self, CreditCode};
use super::dates;
use super::money::{self, Money};
use super::text;
use chrono::NaiveDate;
use compact_str::CompactString;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

/// Cells that a row or a form usually has.
const USUAL: usize = 16;

/// A sentence about one field, shown where the person looks.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Message {
    /// The field's name, the same word in forms, files and JSON.
    pub field: String,
    /// The sentence.
    pub text: String,
}

/// Where a name stands among others: most differ in length, which is compared at once.
fn place(name: &str) -> (usize, &str) {
    (name.len(), name)
}

/// Named cells of text with messages beside them. Asking for a cell by name is the only way to its value: what a
/// request carries besides has no effect.
#[derive(Clone, Debug, Default)]
pub struct Cells {
    /// By the length of the name and the name; the values of one name in the order in which they came.
    values: Vec<(Cow<'static, str>, CompactString)>,
    errors: Vec<Message>,
    questions: Vec<Message>,
    /// Amounts as they were read, by field.
    echoes: Vec<(String, money::Read)>,
    today: NaiveDate,
}

impl Cells {
    /// Empty cells; `today` (business date) resolves 「今天」 and dates without a year.
    pub fn new(today: NaiveDate) -> Self {
        Self { values: Vec::with_capacity(USUAL), today, ..Self::default() }
    }

    /// Cells from name/value pairs; a name may come several times.
    pub fn from_pairs(pairs: impl IntoIterator<Item = (String, String)>, today: NaiveDate) -> Self {
        let mut cells = Self::new(today);
        cells.take(pairs);
        cells
    }

    /// Takes pairs in, behind those of the same names.
    fn take(&mut self, pairs: impl IntoIterator<Item = (String, String)>) {
        self.values.extend(pairs.into_iter().map(|(name, value)| (name.into(), value.into())));
        self.values.sort_by(|(one, _), (other, _)| place(one).cmp(&place(other)));
    }

    /// Where the first value of a name stands, or would.
    fn first(&self, name: &str) -> usize {
        self.values.partition_point(|(other, _)| place(other) < place(name))
    }

    /// Where the values of a name stand, or would.
    fn places(&self, name: &str) -> Range<usize> {
        let first = self.first(name);
        let same = self.values.get(first..).unwrap_or_default().partition_point(|(other, _)| *other == name);
        first..first + same
    }

    /// Puts a value in, as when a form is filled from a row. An empty text leaves the cell empty.
    pub fn set(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<CompactString>) -> &mut Self {
        let name = name.into();
        let places = self.places(&name);
        match self.values.get_mut(places.clone()) {
            Some([(_, first), ..]) => {
                *first = value.into();
                self.values.drain(places.start + 1..places.end);
            }
            _ => self.values.insert(places.start, (name, value.into())),
        }
        self
    }

    /// Adds a value to a cell that may be ticked several times.
    pub fn push(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<CompactString>) -> &mut Self {
        let name = name.into();
        self.values.insert(self.places(&name).end, (name, value.into()));
        self
    }

    /// Lays what was typed over the cells: each name that comes takes all its values anew.
    pub fn lay_over(&mut self, typed: &[(String, String)]) -> &mut Self {
        let names: BTreeSet<&str> = typed.iter().map(|(name, _)| name.as_str()).collect();
        self.values.retain(|(name, _)| !names.contains(&**name));
        self.take(typed.iter().cloned());
        self
    }

    /// Forgets what was said about the cells, so that they can be read once more. Reading changes no cell.
    pub fn unread(&mut self) -> &mut Self {
        self.errors.clear();
        self.questions.clear();
        self.echoes.clear();
        self
    }

    /// The cell as typed (the first value), or an empty text.
    pub fn raw(&self, name: &str) -> &str {
        self.values.get(self.first(name)).filter(|(other, _)| other == name).map_or("", |(_, value)| value)
    }

    /// All values of a cell that may be ticked several times.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let values = self.values.get(self.places(name)).unwrap_or_default();
        values.iter().map(|(_, value)| value.as_str())
    }

    /// Whether the cell was there at all, even empty (an import without the column leaves the fact alone).
    pub fn has(&self, name: &str) -> bool {
        !self.places(name).is_empty()
    }

    /// The cell tidied of stray spaces and full-width letters; `None` when empty.
    pub fn text(&mut self, name: &str) -> Option<String> {
        let value = self.tidied(name)?;
        if value.len() > 4000 && value.chars().count() > 4000 {
            self.refuse(name, "内容过长，请控制在4000字以内。");
            return None;
        }
        Some(value.into_owned())
    }

    /// The same as it is read, whatever its length.
    fn tidied(&self, name: &str) -> Option<Cow<'_, str>> {
        Some(text::tidied(self.raw(name))).filter(|value| !value.is_empty())
    }

    /// A text that must be there.
    pub fn required(&mut self, name: &str, missing: &str) -> Option<String> {
        let value = self.text(name);
        if value.is_none() && self.error(name).is_none() {
            self.refuse(name, missing);
        }
        value
    }

    /// A date as offices write it; `None` when empty or unreadable (then with a message).
    pub fn date(&mut self, name: &str) -> Option<NaiveDate> {
        match dates::read_date(&self.tidied(name)?, self.today) {
            Ok(date) => Some(date),
            Err(error) => {
                self.refuse(name, error.to_string());
                None
            }
        }
    }

    /// An amount in 万元 as typed; echoes what was understood. `usual` is the range for the 万元/元 question.
    pub fn money(&mut self, name: &str, usual: std::ops::RangeInclusive<Money>) -> Option<Money> {
        match money::read_wan(&self.tidied(name)?) {
            Ok(read) => {
                if let Some(question) = money::slip(&read, usual) {
                    self.ask(name, question);
                }
                let money = read.money;
                self.echoes.push((name.to_owned(), read));
                Some(money)
            }
            Err(error) => {
                self.refuse(name, error.to_string());
                None
            }
        }
    }

    /// A whole number that is not negative.
    pub fn count(&mut self, name: &str) -> Option<i32> {
        match self.tidied(name)?.parse::<i32>() {
            Ok(number) if (0..=100_000).contains(&number) => Some(number),
            _ => {
                self.refuse(name, "请填写0以上的整数。");
                None
            }
        }
    }

    /// A unified social credit code. A wrong check digit is lawful (pilot codes), so it is asked, not refused.
    pub fn credit_code(&mut self, name: &str) -> Option<CreditCode> {
        match credit_code::read(&self.tidied(name)?) {
            Ok(code) => {
                if !code.check_digit_ok() {
                    self.ask(name, "该代码末位校验不符，请核对原件；确属如此的，请勾选“核对无误”。");
                }
                Some(code)
            }
            Err(error) => {
                self.refuse(name, error.to_string());
                None
            }
        }
    }

    /// A value of a vocabulary, read by `read` from code, label or synonym.
    pub fn choice<T>(&mut self, name: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let found = read(&self.tidied(name)?);
        if found.is_none() {
            let value = self.text(name)?;
            self.refuse(name, format!("“{value}”不在可选项内，请重新选择。"));
        }
        found
    }

    /// A tick box.
    pub fn tick(&mut self, name: &str) -> bool {
        matches!(&*text::tidied(self.raw(name)), "yes" | "true" | "on" | "1" | "是" | "√" | "有" | "已")
    }

    /// Refuses a field with a sentence.
    pub fn refuse(&mut self, field: &str, text: impl Into<String>) {
        self.errors.push(Message { field: field.to_owned(), text: text.into() });
    }

    /// Asks about a field: the person ticks `confirm_FIELD` to go on. A confirmed question is not asked again.
    pub fn ask(&mut self, field: &str, text: impl Into<String>) {
        if !self.confirmed(field) {
            self.questions.push(Message { field: field.to_owned(), text: text.into() });
        }
    }

    /// Whether the person has confirmed the question about a field.
    pub fn confirmed(&self, field: &str) -> bool {
        let confirms = |name: &str| name.strip_prefix("confirm_") == Some(field);
        self.values.iter().find(|(name, _)| confirms(name)).is_some_and(|(_, value)| value == "yes")
    }

    /// The first error of a field.
    pub fn error(&self, field: &str) -> Option<&str> {
        self.errors.iter().find(|m| m.field == field).map(|m| m.text.as_str())
    }

    /// The open question of a field.
    pub fn question(&self, field: &str) -> Option<&str> {
        self.questions.iter().find(|m| m.field == field).map(|m| m.text.as_str())
    }

    /// What an amount was understood as.
    pub fn echo(&self, field: &str) -> Option<String> {
        self.echoes.iter().find(|(name, _)| name == field).map(|(_, read)| read.understood())
    }

    /// All errors in order.
    pub fn errors(&self) -> &[Message] {
        &self.errors
    }

    /// All open questions in order.
    pub fn questions(&self) -> &[Message] {
        &self.questions
    }

    /// Whether everything could be read and nothing is left to ask.
    pub fn clean(&self) -> bool {
        self.errors.is_empty() && self.questions.is_empty()
    }

    /// Business date that these cells are read on.
    pub fn today(&self) -> NaiveDate {
        self.today
    }

    /// Refuses when `later` comes before `earlier`; both sentences' names are what the person sees.
    pub fn in_order(&mut self, earlier: (Option<NaiveDate>, &str), later: (Option<NaiveDate>, &str, &str)) {
        if let ((Some(first), first_label), (Some(second), second_label, field)) = (earlier, later)
            && second < first
        {
            self.refuse(field, format!("{second_label}（{second}）早于{first_label}（{first}），请核对。"));
        }
    }

    /// Refuses a date that lies after today: what is recorded has happened.
    pub fn not_in_future(&mut self, field: &str, label: &str, date: Option<NaiveDate>) {
        if date.is_some_and(|d| d > self.today) {
            self.refuse(field, format!("{label}晚于今天（{}），请核对。", self.today));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn all<'c>(cells: &'c Cells, name: &str) -> Vec<&'c str> {
        cells.all(name).collect()
    }

    #[test]
    fn values_of_a_name_keep_their_order_whatever_stands_between() {
        let mut cells =
            Cells::from_pairs(pairs(&[("kind", "07"), ("name", "甲厂"), ("kind", "01"), ("site", "")]), NaiveDate::default());
        cells.push("kind", "13").push("note", "急");
        assert_eq!(all(&cells, "kind"), ["07", "01", "13"]);
        assert_eq!((cells.raw("kind"), cells.raw("name"), cells.raw("note"), cells.raw("none")), ("07", "甲厂", "急", ""));
        assert!(cells.has("site") && !cells.has("none") && all(&cells, "none").is_empty(), "an empty cell was there");
    }

    #[test]
    fn what_is_set_or_typed_over_stands_alone() {
        let mut cells = Cells::from_pairs(pairs(&[("kind", "07"), ("kind", "01"), ("name", "甲厂")]), NaiveDate::default());
        cells.set("kind", "13").set("site", "东厂区");
        assert_eq!((all(&cells, "kind"), cells.raw("site")), (vec!["13"], "东厂区"));
        cells.lay_over(&pairs(&[("site", "a"), ("site", "b"), ("more", "c")]));
        assert_eq!((all(&cells, "site"), cells.raw("more"), cells.raw("name")), (vec!["a", "b"], "c", "甲厂"));
    }
}
