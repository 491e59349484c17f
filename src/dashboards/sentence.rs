//! The sentence on top of the home page: what is due, what is still missing, each part with the figure behind it.

use crate::base::dates;
use crate::campaigns::Campaign;
use crate::counties::Directory;
use crate::figures::{Table, Values};
use chrono::{DateTime, FixedOffset};

/// A piece of a sentence; with a figure, a link to its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// What is read.
    pub text: String,
    /// The key of the figure behind it.
    pub figure: Option<&'static str>,
}

fn words(text: impl Into<String>) -> Words {
    Words { text: text.into(), figure: None }
}

/// 「距6月28日24时报送还有3天。还差：12家未登记自查、4个问题未填时限。」
pub fn sentence_for_county(campaign: &Campaign, now: DateTime<FixedOffset>, values: &Values) -> Vec<Words> {
    let owed = [
        ("unregistered", "家未登记自查"),
        ("without_due", "个问题未填时限"),
        ("overdue", "个问题已到期未完成"),
        ("completed", "个问题待核查"),
    ];
    let mut sentence = vec![words(format!("{}。", campaign.countdown(now)))];
    let mut before = "还差：";
    for (key, what) in owed {
        let count = values.get(key);
        if count > 0 {
            sentence.push(words(before));
            sentence.push(Words { text: format!("{count}{what}"), figure: Some(key) });
            before = "、";
        }
    }
    sentence.push(words(if before == "、" { "。" } else { "自查、时限和整改均已登记，请核对后上报。" }));
    sentence
}

/// 「截至6月20日10时0分：在册单位…家，已自查…家（…），问题…个，完成率…，…个已到期未完成。尚无自查登记的：沁县、壶关县。」
pub fn sentence_for_city(now: DateTime<FixedOffset>, table: &Table, directory: &Directory) -> Vec<Words> {
    let total = table.total();
    let figure = |key: &'static str, what: &str| Words { text: format!("{}{what}", total.shown(key)), figure: Some(key) };
    let silent: Vec<String> =
        table.rows.iter().filter(|r| r.values.get("inspected") == 0).map(|r| directory.name(r.county)).collect();
    let end = match silent.len() {
        0 => "。".to_owned(),
        n if n == table.rows.len() => "。各县（区）均无自查登记。".to_owned(),
        _ => format!("。尚无自查登记的：{}。", silent.join("、")),
    };
    vec![
        words(format!("截至{}：在册单位", dates::instant_long(now))),
        figure("units", "家"),
        words("，已自查"),
        figure("inspected", "家"),
        words(format!("（{}）；问题", total.inspected_rate())),
        figure("problems", "个"),
        words(format!("，完成率{}，", total.completion())),
        figure("overdue", "个已到期未完成"),
        words("；立案"),
        figure("filed", "件"),
        words("，罚款"),
        figure("fine", "万元"),
        words(end),
    ]
}
