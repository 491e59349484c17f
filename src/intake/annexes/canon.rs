//! A cell's text as one agreed writing, so that the database, the downloaded file and the file that comes back can be compared:
//! days as `2019-06-20`, money in 万元 without separators, words of vocabularies as codes, texts tidied.

mod lists;
mod words;

pub use words::in_words;

use self::lists::{industry, kinds, parts, restrictions};
use crate::annexes::Column;
use crate::base::dates::Written;
use crate::base::money::Unit;
use crate::base::text::{half_width, is_wide, name_key, tidied, tidy_lines};
use crate::base::{Money, credit_code, dates, money};
use crate::intake::line::broken_formula;
use crate::platform::sheet::{Cell, Kind as Holds};
use crate::vocabulary::{ExposureMedia, HandledBy, PermitClass, Progress, SelfInspectionState, Source};
use chrono::NaiveDate;
use compact_str::CompactString;

/// What a cell says. A file has a million cells: what most of them do not have stands beside them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Canon {
    /// In the agreed writing; empty: nothing.
    pub value: CompactString,
    beside: Option<Box<Beside>>,
}

/// What is to be said of few cells besides their value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Beside {
    key: Option<CompactString>,
    doubt: Option<String>,
    vague: Option<String>,
    bare: Option<Money>,
}

/// 并入上行, in the column of money.
pub const WITH_ABOVE: &str = "并入上行";
/// 人数待定, in the columns of persons.
pub const UNKNOWN: &str = "待定";
/// 未自查, in the column 是否发现问题; the reason follows in brackets.
pub const NOT_INSPECTED: &str = "未自查";

impl Canon {
    /// An amount that is sure.
    pub fn amount(money: Money) -> Self {
        Self::plain(money.to_wan())
    }

    /// A value that is compared as it is.
    pub fn plain(value: impl Into<CompactString>) -> Self {
        Self { value: value.into(), beside: None }
    }

    fn keyed(value: CompactString, key: &str) -> Self {
        let mut canon = Self::plain(value);
        if canon.value != key {
            canon.beside().key = Some(key.into());
        }
        canon
    }

    /// What no value can hold: nothing, with the words and what is to be said of them.
    fn unread(words: &str, doubt: String) -> Self {
        let mut canon = Self::default();
        (canon.beside().vague, canon.beside().doubt) = (Some(words.to_owned()), Some(doubt));
        canon
    }

    fn beside(&mut self) -> &mut Beside {
        self.beside.get_or_insert_default()
    }

    /// What is compared: less than the value, where spaces and widths do not matter.
    pub fn key(&self) -> &str {
        self.beside.as_ref().and_then(|b| b.key.as_deref()).unwrap_or(&self.value)
    }

    /// What is doubtful about it.
    pub fn doubt(&self) -> Option<&str> {
        self.beside.as_ref()?.doubt.as_deref()
    }

    /// What the column cannot hold (6月底前, an industry in words of one's own), to be kept as the text it is.
    pub fn vague(&self) -> Option<&str> {
        self.beside.as_ref()?.vague.as_deref()
    }

    /// A bare amount in a column of 万元: 元 may have been meant.
    pub fn bare(&self) -> Option<Money> {
        self.beside.as_ref()?.bare
    }

    fn doubted(mut self, doubt: impl Into<String>) -> Self {
        self.beside().doubt = Some(doubt.into());
        self
    }

    /// Whether the cell says nothing.
    pub fn is_empty(&self) -> bool {
        self.value.is_empty()
    }
}

/// Reads a cell of a file. `unit`: what bare amounts of its column count.
pub fn of_cell(column: &Column, cell: &Cell, unit: Unit, today: NaiveDate) -> Result<Canon, String> {
    match cell {
        Cell::Error(shown) => Err(broken_formula(shown)),
        Cell::Text(text) => of_text(column, text, unit, today),
        Cell::Date(day) if column.kind == Holds::Date => {
            dates::in_range(*day).map(|day| Canon::plain(dates::short(day))).map_err(|e| e.to_string())
        }
        _ => of_text(column, &cell.text(), unit, today),
    }
}

/// Reads a text that stands in a column.
pub fn of_text(column: &Column, written: &str, unit: Unit, today: NaiveDate) -> Result<Canon, String> {
    let id = column.id;
    let plain = tidied(written);
    if plain.len() < written.len() && written.contains('\0') {
        return Err("含有无法保存的字符，请重新录入。".to_owned());
    }
    if plain.is_empty() {
        return Ok(Canon::default());
    }
    if let Some(read) = named(id, &plain, written) {
        return read;
    }
    if id == "remark" {
        return Ok(long_text(&tidied(super::row::without_computed(&plain))));
    }
    match column.kind {
        Holds::Date => date(&plain, today),
        Holds::Money => amount(&plain, unit),
        Holds::Number => persons(&plain),
        _ => Ok(if written.contains(['\n', '\r']) { long_text(&tidy_lines(written)) } else { long_text(&plain) }),
    }
}

/// Whether a cell is filled in to say that there is nothing.
pub fn says_nothing(plain: &str) -> bool {
    matches!(plain, "/" | "／" | "—" | "-" | "--" | "无")
}

/// Columns with a reading of their own. `written`: with its line ends, which part what a cell lists.
fn named(id: &str, plain: &str, written: &str) -> Option<Result<Canon, String>> {
    let none = says_nothing(plain);
    Some(match id {
        "name" | "site" => Ok(Canon::keyed(plain.into(), &name_key(plain))),
        // It says that there is none: the same as what stands where none is known.
        "credit_code" if none => Ok(Canon::keyed("/".into(), "")),
        "credit_code" => code(plain),
        "industry" => industry(plain),
        "permit_class" if none => Ok(Canon::default()),
        "permit_class" => word(plain, "排污许可管理类别", PermitClass::read, PermitClass::code),
        "self_inspection" => self_inspection(plain),
        "has_problem" => has_problem(plain),
        "problem_kind" if none => Ok(Canon::default()),
        "problem_kind" => kinds(written),
        "problem" if none || matches!(plain, "未发现问题" | "未发现" | "无问题" | "没有问题" | "不存在问题") => {
            Ok(Canon::default())
        }
        "source" => Ok(match Source::read(plain) {
            Some(source) => Canon::plain(source.code()),
            None => Canon::unread(plain, format!("未识别的问题来源“{plain}”，已按待补导入，请补填。")),
        }),
        "source_number" if none => Ok(Canon::default()),
        "source_number" => Ok(Canon::plain(parts(written).join("；"))),
        "handled_by" => word(plain, "办案机关", HandledBy::read, HandledBy::code),
        "exposure_media" if none => Ok(Canon::default()),
        "exposure_media" => word(plain, "曝光媒体", ExposureMedia::read, ExposureMedia::code),
        "production_limit_kind" if none => Ok(Canon::default()),
        "production_limit_kind" => restrictions(plain),
        "verified" => yes_no(plain),
        "progress" if none || matches!(plain, "无需整改" | "不需整改" | "不涉及") => Ok(Canon::default()),
        "progress" => Ok(match Progress::read(plain) {
            Some(progress) => Canon::plain(progress.code()),
            None => Canon::unread(plain, format!("未识别的整改进展“{plain}”；整改进展由日期得出，请核对。")),
        }),
        "contact_phone" => Ok(Canon::plain(half_width(plain))),
        "case_number" | "order_number" | "decision_number" | "responsible_person" | "supervisor" | "contact_name" if none => {
            Ok(Canon::default())
        }
        _ if none && !matches!(id, "problem" | "remark" | "measures" | "other_measures") => Ok(Canon::default()),
        _ => return None,
    })
}

/// A text as tidied, compared without its spaces and widths.
fn long_text(text: &str) -> Canon {
    if text.chars().all(|c| !c.is_whitespace() && !is_wide(c)) {
        return Canon::plain(text);
    }
    let mut key = half_width(text);
    key.retain(|c| !c.is_whitespace());
    Canon::keyed(text.into(), &key)
}

fn word<T: Copy>(
    plain: &str,
    list: &str,
    read: impl Fn(&str) -> Option<T>,
    code: impl Fn(T) -> &'static str,
) -> Result<Canon, String> {
    read(plain).map(|w| Canon::plain(code(w))).ok_or_else(|| format!("“{plain}”不在“{list}”的可选项内，请核对。"))
}

fn code(plain: &str) -> Result<Canon, String> {
    let code = credit_code::read(plain).map_err(|e| e.to_string())?;
    let canon = Canon::plain(code.as_str());
    Ok(if code.check_digit_ok() {
        canon
    } else {
        canon.doubted("该代码末位校验不符，已按原文导入，请核对原件。")
    })
}

fn self_inspection(plain: &str) -> Result<Canon, String> {
    let told = match plain {
        "是" | "√" | "✓" | "已" | "已开展" | "已完成" => Some(SelfInspectionState::Inspected),
        "否" | "未自查" | "未开展" | "×" => return Ok(Canon::default()),
        _ => SelfInspectionState::read(plain),
    };
    told.map(|s| Canon::plain(s.code())).ok_or_else(|| format!("“{plain}”不是可识别的自查状态，请核对。"))
}

fn has_problem(plain: &str) -> Result<Canon, String> {
    if let Some(rest) = plain.strip_prefix(NOT_INSPECTED) {
        let reason = rest.trim_matches(['（', '）', '(', ')', '：', ':', '，', ' ']);
        return Ok(Canon::keyed(reason_in_brackets(reason).into(), NOT_INSPECTED));
    }
    match plain {
        "是" | "有" | "√" | "✓" | "存在" | "发现问题" | "发现" | "有问题" => Ok(Canon::plain("some")),
        "否" | "无" | "×" | "未发现" | "未发现问题" | "不存在" | "没有" | "无问题" | "/" => {
            Ok(Canon::plain("none"))
        }
        _ => Err(format!("“{plain}”应写“是”“否”或“未自查（原因）”。")),
    }
}

fn reason_in_brackets(reason: &str) -> String {
    if reason.is_empty() { NOT_INSPECTED.to_owned() } else { format!("{NOT_INSPECTED}（{reason}）") }
}

fn yes_no(plain: &str) -> Result<Canon, String> {
    match plain {
        "是" | "√" | "✓" | "已销号" | "已" => Ok(Canon::plain("yes")),
        "否" | "×" | "未" | "未销号" | "/" => Ok(Canon::plain("no")),
        _ => Err(format!("“{plain}”应写“是”或“否”。")),
    }
}

fn date(plain: &str, today: NaiveDate) -> Result<Canon, String> {
    if says_nothing(plain) {
        return Ok(Canon::default());
    }
    match dates::read_written(plain, today) {
        Written::Day(day) => Ok(Canon::plain(dates::short(day))),
        Written::Doubtful(day, doubt) => Ok(Canon::plain(dates::short(day)).doubted(doubt.to_string())),
        Written::Vague(text) => {
            let doubt = format!("“{text}”不是具体日期，未作为日期导入。");
            Ok(Canon::unread(&text, doubt))
        }
        Written::Unreadable(error) => Err(error.to_string()),
    }
}

fn amount(plain: &str, unit: Unit) -> Result<Canon, String> {
    if says_nothing(plain) {
        return Ok(Canon::default());
    }
    if plain.contains("并入") || plain.contains("合并") {
        return Ok(Canon::plain(WITH_ABOVE));
    }
    let read = money::read_in(plain, unit).map_err(|e| e.to_string())?;
    let mut canon = Canon::amount(read.money);
    if unit == Unit::Wan && !read.unit_given {
        canon.beside().bare = Some(read.money);
    }
    // The table's own columns are in 万元: what was understood of another unit is told.
    let told = unit == Unit::Yuan && !read.unit_given;
    Ok(if told { canon.doubted(format!("该列单位为元，按{}导入。", read.understood())) } else { canon })
}

fn persons(plain: &str) -> Result<Canon, String> {
    let number = half_width(plain);
    let number = number.trim_end_matches(['人', '名', ' ']);
    if number.contains(UNKNOWN) || number.contains("不明") {
        return Ok(Canon::plain(UNKNOWN));
    }
    match number.parse::<u32>() {
        Ok(0) => Ok(Canon::default()),
        Ok(count) if count <= 1000 => Ok(Canon::plain(count.to_string())),
        _ if matches!(plain, "/" | "—" | "-" | "无") => Ok(Canon::default()),
        _ => Err(format!("“{plain}”不是人数，请填写整数。")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annexes::Annex;

    fn column(annex: Annex, id: &str) -> &'static Column {
        annex.columns().iter().find(|c| c.id == id).unwrap()
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2019, 6, 20).unwrap()
    }

    fn read(annex: Annex, id: &str, text: &str) -> Result<String, String> {
        of_text(column(annex, id), text, Unit::Wan, today()).map(|c| c.value.into())
    }

    #[test]
    fn many_writings_are_one() {
        let same = |annex, id: &str, writings: &[&str], value: &str| {
            for writing in writings {
                assert_eq!(read(annex, id, writing), Ok(value.to_owned()), "{id} {writing}");
            }
        };
        same(
            Annex::One,
            "due_on",
            &["2019-06-28", "2019.6.28", "2019年6月28日", "20190628", "6月28日", "２０１９/6/28"],
            "2019-06-28",
        );
        same(Annex::Two, "fine", &["5", "5万", "5万元", "50000元", "伍万元整"], "5");
        same(Annex::Two, "fine", &["2.5625万元", "2.5625"], "2.5625");
        same(Annex::One, "has_problem", &["是", "有", "√", "发现问题"], "some");
        same(Annex::One, "invested", &["并入上行", "并入第3行"], WITH_ABOVE);
        same(Annex::Two, "detention_transfer_persons", &["2", "2人", "２"], "2");
        same(Annex::Two, "production_limit_kind", &["限制生产、停产整治", "停产整治/限产"], "production_halt；production_limit");
        same(Annex::One, "credit_code", &["/", "无", "—"], "/");
    }

    #[test]
    fn what_is_doubtful_is_said() {
        let doubt =
            |id: &str, text: &str| of_text(column(Annex::One, id), text, Unit::Wan, today()).unwrap().doubt().map(str::to_owned);
        assert!(doubt("due_on", "6月28日").unwrap().contains("没有写年份"));
        assert_eq!(doubt("due_on", "2019年6月28日"), None);
        let vague = of_text(column(Annex::One, "due_on"), "6月底前", Unit::Wan, today()).unwrap();
        assert_eq!((vague.value.as_str(), vague.vague()), ("", Some("6月底前")), "kept as a text");
        let yuan = of_text(column(Annex::Two, "fine"), "50000", Unit::Yuan, today()).unwrap();
        assert_eq!(yuan.value, "5");
        assert!(yuan.doubt().unwrap().contains("单位为元"));
        let number = of_cell(column(Annex::One, "due_on"), &Cell::Number(43644.0), Unit::Wan, today()).unwrap();
        assert_eq!(number.value, "2019-06-28");
        assert!(number.doubt().unwrap().contains("日期序号"));
    }

    #[test]
    fn texts_are_compared_without_their_spaces_and_line_ends() {
        let key = |text: &str| of_text(column(Annex::One, "problem"), text, Unit::Wan, today()).unwrap().key().to_owned();
        assert_eq!(key("除尘器 停运，\n已修复"), key("除尘器停运，已修复"));
        assert_ne!(key("除尘器停运"), key("除尘器运行"));
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_what_to_write() {
        assert!(read(Annex::One, "has_problem", "也许").unwrap_err().contains("未自查（原因）"));
        assert!(read(Annex::Two, "production_limit_kind", "关门").unwrap_err().contains("停产整治"));
        assert!(read(Annex::Two, "detention_transfer_persons", "若干").is_err());
    }

    #[test]
    fn words_of_ones_own_are_a_gap_and_kept() {
        let words = [("industry", "做豆腐的"), ("problem_kind", "天气不好"), ("source", "听说的"), ("progress", "完成80%")];
        for (id, words) in words {
            let canon = of_text(column(Annex::Two, id), words, Unit::Wan, today()).unwrap();
            assert_eq!((canon.value.as_str(), canon.vague()), ("", Some(words)));
            assert!(canon.doubt().unwrap().contains("未识别"), "{id}");
        }
        assert_eq!(read(Annex::One, "problem_kind", "扬尘、天气不好"), Ok("13".to_owned()), "what is known goes in");
    }

    #[test]
    fn every_label_of_our_own_tables_is_read_back() {
        for kind in crate::vocabulary::kinds() {
            assert_eq!(read(Annex::One, "problem_kind", kind.short), Ok(kind.code.to_owned()));
            assert_eq!(in_words("problem_kind", kind.code), kind.short);
        }
        for state in SelfInspectionState::ALL {
            assert_eq!(read(Annex::One, "self_inspection", state.label()), Ok(state.code().to_owned()));
        }
        for source in Source::ALL {
            assert_eq!(read(Annex::Two, "source", source.label()), Ok(source.code().to_owned()));
        }
    }
}
