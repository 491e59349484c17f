//! Media by which decided cases are made public (曝光).

use super::word::vocabulary;

vocabulary! {
    /// A medium of exposure, as the city's notice of 3 June 2019 lists them.
    pub enum ExposureMedia "曝光媒体" {
        /// Television.
        Television = "television" => "电视" | "电视台",
        /// Radio.
        Radio = "radio" => "广播" | "广播电台" | "电台",
        /// Newspapers.
        Newspaper = "newspaper" => "报纸" | "报刊" | "日报",
        /// The government's own site.
        GovernmentSite = "government_site" => "政府网站" | "网站" | "门户网站" | "官网" | "政府门户网站",
        /// The official microblog.
        Weibo = "weibo" => "官方微博" | "微博",
        /// The official account on WeChat.
        Wechat = "wechat" => "微信" | "微信公众号" | "官方微信" | "公众号",
        /// Any other.
        Other = "other" => "其他" | "其它",
    }
}
