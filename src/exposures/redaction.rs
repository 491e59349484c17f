//! What is personal, by rule: numbers of identity cards, telephones, accounts, and the names of persons that the ledger knows.
//! The rule finds what it can; a person reads the text all the same.

use crate::base::text::half_width;
use std::collections::BTreeSet;

/// A run of digits that means somebody: which, and what stands in its place.
fn kind_of(run: &str) -> Option<(&'static str, &'static str)> {
    let digits: String = run.chars().filter(char::is_ascii_digit).collect();
    let id = run.len() >= 17 && run.chars().all(|c| c.is_ascii_digit() || matches!(c, 'X' | 'x'));
    match digits.len() {
        17 if id && run.ends_with(['X', 'x']) => Some(("身份证号", "［证件号略］")),
        18 | 15 if run.chars().all(|c| c.is_ascii_digit()) => Some(("身份证号", "［证件号略］")),
        16..=19 if run.chars().all(|c| c.is_ascii_digit()) => Some(("银行账号", "［账号略］")),
        11 if digits.starts_with('1') && run.chars().all(|c| c.is_ascii_digit() || c == '-') => Some(("手机号", "［电话略］")),
        10..=12 if digits.starts_with('0') && run.chars().all(|c| c.is_ascii_digit() || c == '-') => Some(("电话", "［电话略］")),
        _ => None,
    }
}

/// The runs of letters, digits and dashes of a text, as byte ranges of its half-width form.
fn runs(text: &str) -> Vec<(usize, usize)> {
    let (mut runs, mut start) = (Vec::new(), None);
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let part = c.is_ascii_alphanumeric() || c == '-';
        match (part, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                runs.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    runs
}

/// The surname, and 某某 for the rest: 王某某.
fn masked(name: &str) -> String {
    name.chars().next().map(|surname| format!("{surname}某某")).unwrap_or_default()
}

/// The text without what is personal.
pub fn redact(text: &str, persons: &[String]) -> String {
    let text = half_width_digits(text);
    let (mut out, mut last) = (String::new(), 0);
    for (from, to) in runs(&text) {
        if let Some((_, instead)) = kind_of(&text[from..to]) {
            out.push_str(&text[last..from]);
            out.push_str(instead);
            last = to;
        }
    }
    out.push_str(&text[last..]);
    for person in persons.iter().filter(|p| is_name(p)) {
        out = out.replace(person.as_str(), &masked(person));
    }
    out
}

/// What is still personal in a text, each as a person would look for it.
pub fn left_over(text: &str, persons: &[String]) -> Vec<String> {
    let plain = half_width_digits(text);
    let numbers = runs(&plain).into_iter().filter_map(|(from, to)| {
        let run = &plain[from..to];
        kind_of(run).map(|(kind, _)| format!("{kind}{run}"))
    });
    let names = persons.iter().filter(|p| is_name(p) && plain.contains(p.as_str())).map(|p| format!("姓名{p}"));
    numbers.chain(names).collect()
}

/// What somebody may be called by before the name stands.
const CALLED: [&str; 14] = [
    "负责人",
    "法定代表人",
    "法人代表",
    "经营者",
    "实际控制人",
    "厂长",
    "矿长",
    "站长",
    "经理",
    "联系人",
    "责任人",
    "业主",
    "当事人",
    "经办人",
];

/// Usual surnames, without those that are more often the beginning of another word (高度, 安全, 应当).
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶苏魏吕丁沈姚卢姜崔钟谭陆汪范石廖贾夏韦付傅\
    邹孟熊秦邱侯尹薛闫阎雷黎龙陶贺顾毛郝龚邵钱严覃武戴莫孔汤牛樊裴申郜";

/// Words that are followed by what may be the name of a person whom the ledger does not know, each with the name: 负责人张三.
pub fn suspected(text: &str) -> BTreeSet<String> {
    let named = |(at, called): (usize, &str)| {
        let rest = text.get(at + called.len()..)?.trim_start_matches(['：', ':', '为', '是', ' ']);
        let chinese = |c: &char| ('\u{4E00}'..='\u{9FFF}').contains(c);
        let name: String = rest.chars().take(3).take_while(chinese).collect();
        let surname = name.chars().next().is_some_and(|c| SURNAMES.contains(c));
        (surname && name.chars().count() > 1 && !name.contains('某')).then(|| format!("{called}{name}"))
    };
    CALLED.iter().flat_map(|called| text.match_indices(called)).filter_map(named).collect()
}

/// Two to four Chinese characters, and not masked already.
pub(super) fn is_name(text: &str) -> bool {
    (2..=4).contains(&text.chars().count())
        && text.chars().all(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c))
        && !text.contains('某')
}

/// Full-width digits and letters as half-width ones; everything else as it is, punctuation above all.
fn half_width_digits(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => half_width(&c.to_string()).chars().next().unwrap_or(c),
            _ => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_known_names_go() {
        let persons = ["王建国".to_owned(), "某公司有限公司".to_owned()];
        let text = "负责人王建国（身份证14040119700101123X，电话１３８00001234、0355-2012345）排放废水，罚款100000元。";
        let clean = redact(text, &persons);
        assert_eq!(clean, "负责人王某某（身份证［证件号略］，电话［电话略］、［电话略］）排放废水，罚款100000元。");
        assert!(left_over(&clean, &persons).is_empty());
        assert_eq!(left_over(text, &persons).len(), 4);
    }

    #[test]
    fn a_name_that_the_ledger_does_not_know_is_suspected() {
        let found = |text: &str| suspected(text).into_iter().collect::<Vec<_>>();
        assert_eq!(found("现场负责人张三在场，法定代表人：李四光。"), ["法定代表人李四光", "负责人张三在"]);
        assert!(found("负责人王某某到场；负责人高度重视，经理应当整改；责任人已处理。").is_empty());
    }

    #[test]
    fn paper_numbers_dates_and_company_codes_stay() {
        for text in ["长环罚〔2019〕12号", "2019-06-20", "91350100M000100Y43", "罚款12345678元"] {
            assert_eq!(redact(text, &[]), text);
        }
        assert!(!left_over("140401197001011234", &[]).is_empty());
    }
}
