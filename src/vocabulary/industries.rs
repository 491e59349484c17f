//! Industries (行业类别) of GB/T 4754-2017: sections, divisions, groups and classes.
//!
//! Two digits are enough to save a unit. Search takes a code, a part of the name, or the initials of its
//! characters in any of their readings (both `zx` and `cx` find 重型).

use super::fold;
use pinyin::ToPinyinMulti;
use serde::Deserialize;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The industries that most polluting units of Changzhi have, offered first. Building sites are entered as 47.
const COMMON: [&str; 21] = [
    "0610", "2521", "2614", "2621", "3011", "3012", "3021", "3031", "3089", "3110", "3120", "3130", "3140", "3391", "4411",
    "4412", "4430", "4620", "0313", "5265", "47",
];

/// What offices call an industry, with the code that they mean.
const SYNONYMS: [(&str, &str); 34] = [
    ("砖瓦", "3031"),
    ("砖厂", "3031"),
    ("砖瓦窑", "3031"),
    ("页岩砖", "3031"),
    ("加油站", "5265"),
    ("洗煤", "0610"),
    ("洗煤厂", "0610"),
    ("选煤", "0610"),
    ("煤矿", "0610"),
    ("煤炭开采", "0610"),
    ("煤炭洗选", "0610"),
    ("养殖", "03"),
    ("畜禽养殖", "03"),
    ("养猪", "0313"),
    ("生猪养殖", "0313"),
    ("养鸡", "0321"),
    ("焦化", "2521"),
    ("水泥", "3011"),
    ("石灰", "3012"),
    ("石料", "3032"),
    ("石材加工", "3032"),
    ("商砼", "3021"),
    ("搅拌站", "3021"),
    ("混凝土搅拌", "3021"),
    ("铸造", "3391"),
    ("钢铁", "31"),
    ("火电", "4411"),
    ("供热", "4430"),
    ("集中供热", "4430"),
    ("污水处理", "4620"),
    ("污水处理厂", "4620"),
    ("汽修", "8111"),
    ("建筑工地", "47"),
    ("餐饮", "62"),
];

/// 污水处理及其再生利用, 热电联产, 热力生产和供应, 危险废物治理.
const PUBLIC_UTILITIES: [&str; 4] = ["462", "4412", "443", "7724"];

/// Which step of the classification an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 门类, a letter.
    Section,
    /// 大类, two digits.
    Division,
    /// 中类, three digits.
    Group,
    /// 小类, four digits.
    Class,
}

/// An entry of the classification.
#[derive(Debug, Deserialize)]
pub struct Industry {
    /// A letter, or two to four digits.
    pub code: String,
    /// The name in the standard.
    pub name: String,
    /// Section, division, group or class.
    pub level: Level,
    /// The code one step above; empty for a section.
    #[serde(rename = "parent_code")]
    pub parent: String,
}

impl Industry {
    /// `2521 炼焦`, as lists and cells show it.
    pub fn title(&self) -> String {
        format!("{} {}", self.code, self.name)
    }

    /// Sewage works, central heating, disposal of hazardous waste: public services, which are not halted for rectification
    /// (令30〔2014〕第七条).
    pub fn public_utility(&self) -> bool {
        PUBLIC_UTILITIES.iter().any(|code| self.code.starts_with(code))
    }
}

/// Letters that a character's readings may begin with, one bit each.
type Initials = u32;

fn bit(letter: char) -> Initials {
    match letter {
        'a'..='z' => 1 << (u32::from(letter) - u32::from('a')),
        _ => 0,
    }
}

fn initials(name: &str) -> Vec<Initials> {
    name.chars()
        .filter_map(|c| match c.to_pinyin_multi() {
            Some(readings) => Some(
                readings
                    .into_iter()
                    .filter_map(|reading| reading.first_letter().chars().next())
                    .fold(0, |letters, first| letters | bit(first)),
            ),
            None => c.is_ascii_alphabetic().then(|| bit(c.to_ascii_lowercase())),
        })
        .collect()
}

fn rows() -> &'static [Industry] {
    static ROWS: OnceLock<Vec<Industry>> = OnceLock::new();
    ROWS.get_or_init(|| {
        csv::Reader::from_reader(include_str!("industries.csv").as_bytes())
            .into_deserialize()
            .collect::<Result<_, _>>()
            .expect("industries.csv is part of the program and read by a test")
    })
}

struct Index {
    by_code: HashMap<&'static str, usize>,
    /// By the folded name; of several of one name the lowest in the classification.
    by_name: HashMap<String, usize>,
    initials: Vec<Vec<Initials>>,
    common: HashMap<&'static str, usize>,
}

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    let by_name = || {
        let mut by_name: Vec<(Level, String, usize)> =
            (0..).zip(rows()).map(|(at, row)| (row.level, fold(&row.name), at)).collect();
        by_name.sort_by_key(|(level, ..)| *level);
        by_name.into_iter().map(|(_, name, at)| (name, at)).collect()
    };
    INDEX.get_or_init(|| Index {
        by_code: (0..).zip(rows()).map(|(at, row)| (row.code.as_str(), at)).collect(),
        by_name: by_name(),
        initials: rows().iter().map(|row| initials(&row.name)).collect(),
        common: (0..).zip(COMMON).map(|(at, code)| (code, at)).collect(),
    })
}

/// The industry with this code.
pub fn industry(code: &str) -> Option<&'static Industry> {
    index().by_code.get(code).map(|&at| &rows()[at])
}

/// The industries that are common in Changzhi, in the order in which a list offers them.
pub fn common() -> Vec<&'static Industry> {
    COMMON.iter().filter_map(|code| industry(code)).collect()
}

/// The industry and what stands above it, the section first; empty for an unknown code.
pub fn path(code: &str) -> Vec<&'static Industry> {
    let mut steps: Vec<_> = std::iter::successors(industry(code), |below| industry(&below.parent)).collect();
    steps.reverse();
    steps
}

/// The industry meant by an imported text: a code, a name, or a code with its name.
///
/// A group and its only class often share a name; the class is meant.
pub fn read(text: &str) -> Option<&'static Industry> {
    let typed = text.trim();
    let digits = typed.chars().take_while(char::is_ascii_digit).count();
    if digits > 0 {
        return industry(&typed[..digits]);
    }
    let named = fold(typed);
    let found = index().by_name.get(&named).map(|&at| &rows()[at]);
    let plain = named.strip_suffix("行业").or_else(|| named.strip_suffix('业')).unwrap_or(&named);
    found.or_else(|| SYNONYMS.iter().find(|(word, _)| *word == plain).and_then(|(_, code)| industry(code)))
}

/// The code with all that stand below it.
pub fn beginning(code: &str) -> impl Iterator<Item = &'static str> {
    rows().iter().map(|row| row.code.as_str()).filter(move |known| known.starts_with(code))
}

/// The codes that somebody means who looks for an industry: those that begin with the digits, or whose names hold the words, or
/// that the words mean otherwise.
pub fn meant(typed: &str) -> Vec<&'static str> {
    let wanted = fold(typed);
    let digits: String = wanted.chars().take_while(char::is_ascii_digit).collect();
    if !digits.is_empty() {
        return beginning(&digits).collect();
    }
    let mut codes: Vec<&str> = match wanted.is_empty() {
        true => Vec::new(),
        false => rows().iter().filter(|row| fold(&row.name).contains(&wanted)).map(|row| row.code.as_str()).collect(),
    };
    codes.extend(read(typed).into_iter().flat_map(|row| beginning(&row.code)));
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// How well an entry answers a query; smaller is better.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Exact,
    CodeStart,
    NameStart,
    InitialsStart,
    NamePart,
    InitialsPart,
}

fn fit(row: &Industry, initials: &[Initials], query: &str) -> Option<Fit> {
    let name = fold(&row.name);
    if row.code.eq_ignore_ascii_case(query) || name == query {
        return Some(Fit::Exact);
    }
    if query.bytes().all(|b| b.is_ascii_digit()) {
        return row.code.starts_with(query).then_some(Fit::CodeStart);
    }
    if name.starts_with(query) {
        return Some(Fit::NameStart);
    }
    if name.contains(query) {
        return Some(Fit::NamePart);
    }
    if !query.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let wanted: Vec<_> = query.chars().map(bit).collect();
    let at = initials.windows(wanted.len()).position(|run| run.iter().zip(&wanted).all(|(has, wants)| has & wants != 0))?;
    Some(if at == 0 { Fit::InitialsStart } else { Fit::InitialsPart })
}

/// Industries that answer a query, best first: what is common in Changzhi, then by fit, classes before groups.
/// An empty query offers the common ones.
pub fn search(query: &str, limit: usize) -> Vec<&'static Industry> {
    let query = fold(query);
    if query.is_empty() {
        return common().into_iter().take(limit).collect();
    }
    let index = index();
    let mut found: Vec<_> = rows()
        .iter()
        .zip(&index.initials)
        .filter_map(|(row, initials)| {
            let fit = fit(row, initials, &query)?;
            let common = index.common.get(row.code.as_str()).copied().unwrap_or(usize::MAX);
            Some(((common, fit, Reverse(row.level), row.code.as_str()), row))
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found.into_iter().take(limit).map(|(_, row)| row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(query: &str, limit: usize) -> Vec<&'static str> {
        search(query, limit).iter().map(|row| row.code.as_str()).collect()
    }

    #[test]
    fn the_standard_is_whole_and_every_entry_has_its_parent() {
        assert_eq!(rows().len(), 1972);
        for row in rows() {
            let above = path(&row.code);
            assert_eq!(above[0].level, Level::Section, "{}", row.code);
            assert!(above.is_sorted_by(|a, b| a.level < b.level), "{}", row.code);
        }
        assert_eq!(common().len(), COMMON.len(), "a common code is not in the standard");
    }

    #[test]
    fn a_path_leads_from_the_section_down() {
        let names: Vec<_> = path("2521").iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names[0], "制造业");
        assert_eq!(names[names.len() - 1], "炼焦");
        assert_eq!(names.len(), 4);
        assert!(path("9999").is_empty());
    }

    #[test]
    fn search_takes_codes_names_and_initials() {
        assert_eq!(codes("2521", 3)[0], "2521");
        assert!(codes("30", 50).iter().all(|code| code.starts_with("30")));
        assert_eq!(codes("水泥", 2), ["3011", "3021"]);
        assert_eq!(codes("lj", 1), ["2521"]);
        assert_eq!(codes(" SNZZ", 1), ["3011"]);
        assert!(codes("没有这个行业", 5).is_empty());
        assert_eq!(codes("", 3), ["0610", "2521", "2614"]);
        assert_eq!(codes("制造", 7).len(), 7);
    }

    #[test]
    fn a_character_is_found_by_each_of_its_readings() {
        // 重 is read zhong and chong.
        let both = initials("重");
        assert!(both[0] & bit('z') != 0 && both[0] & bit('c') != 0);
    }

    #[test]
    fn imports_name_an_industry_in_several_ways() {
        let code = |text: &str| read(text).map(|row| row.code.as_str());
        assert_eq!(code("2521 炼焦"), Some("2521"));
        assert_eq!(code("炼焦"), Some("2521"));
        assert_eq!(code("烟煤和无烟煤开采洗选"), Some("0610"));
        assert_eq!(code("47"), Some("47"));
        assert_eq!(code("不知道"), None);
        assert_eq!(code("砖瓦"), Some("3031"));
        assert_eq!(code("养殖业"), Some("03"));
        for (word, meant) in SYNONYMS {
            assert_eq!(code(word), Some(meant), "{word}");
        }
        assert!(meant("没有这个行业").is_empty() && meant("").is_empty());
        assert!(meant("水泥").contains(&"3011") && !meant("水泥").contains(&"3012"));
        assert_eq!(meant("加油站"), ["5265"]);
        assert!(meant("养殖").contains(&"0313") && meant("25").contains(&"2521"));
        assert_eq!(meant("2521 炼焦"), ["2521"]);
    }
}
