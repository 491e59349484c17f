//! What the public is told and what it tells: channels of publicity (宣传), ways by which a tip (举报) comes.

use super::sources::Source;
use super::word::vocabulary;

vocabulary! {
    /// A channel of publicity, as the city's notice of 3 June 2019 lists them (一、2).
    pub enum PublicityChannel "宣传渠道" {
        /// Television.
        Television = "television" => "电视" | "电视台",
        /// Radio.
        Radio = "radio" => "广播" | "电台",
        /// Newspapers.
        Newspaper = "newspaper" => "报纸" | "报刊",
        /// The government's own site.
        GovernmentSite = "government_site" => "政府网站" | "网站" | "官网",
        /// The official microblog.
        Weibo = "weibo" => "官方微博" | "微博",
        /// The official account on WeChat.
        Wechat = "wechat" => "微信" | "微信公众号" | "公众号",
        /// Posters.
        Poster = "poster" => "张贴" | "海报" | "公告栏",
        /// Leaflets.
        Leaflet = "leaflet" => "分发" | "传单" | "宣传单",
    }
}

vocabulary! {
    /// By which way a tip came.
    pub enum TipSource "举报渠道" {
        /// The environmental line.
        Hotline = "hotline_12369" => "12369" | "环保举报热线",
        /// Letters.
        Letter = "letter" => "信访" | "来信",
        /// The mayor's line.
        Mayor = "mayor_hotline" => "市长热线" | "12345" | "市长热线/12345",
        /// Somebody came.
        Visit = "visit" => "来访",
        /// The public form, or another site.
        Online = "online" => "网上" | "网络" | "网上举报",
    }
}

impl PublicityChannel {
    /// Whether its reach is counted in copies (份); else in pieces of news (条).
    pub const fn in_copies(self) -> bool {
        matches!(self, Self::Poster | Self::Leaflet)
    }
}

impl TipSource {
    /// The source of a problem that such a tip leads to.
    pub const fn problem_source(self) -> Source {
        match self {
            Self::Mayor => Source::MayorHotline,
            Self::Hotline | Self::Letter | Self::Visit | Self::Online => Source::Reported12369,
        }
    }
}
