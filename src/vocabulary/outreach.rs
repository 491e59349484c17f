//! How a unit is told of the requirements (告知).

use super::word::vocabulary;

vocabulary! {
    /// A way in which a unit was told.
    pub enum NotificationChannel "告知方式" {
        /// Face to face, the sheet handed over.
        InPerson = "in_person" => "当面送达" | "当面" | "现场告知",
        /// By mail.
        Mail = "mail" => "邮寄" | "快递",
        /// By WeChat.
        Wechat = "wechat" => "微信" | "微信群",
        /// By telephone.
        Phone = "phone" => "电话" | "短信",
        /// Posted at the gate.
        Posted = "posted" => "张贴" | "张贴公告",
        /// At a meeting.
        Meeting = "meeting" => "会议" | "集中告知" | "培训会",
        /// The unit itself confirmed through its link.
        Link = "link" => "扫码确认",
        /// Any other.
        Other = "other" => "其他" | "其它",
    }
}
