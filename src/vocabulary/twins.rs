//! Units of two counties that may be one: on what grounds, and what the city says.

use super::word::vocabulary;

vocabulary! {
    /// Why two units may be one.
    pub enum TwinGround "相同之处" {
        /// The same credit code at the same site.
        Code = "code" => "信用代码相同",
        /// The same name, but for the place and the form of the firm.
        Name = "name" => "名称相近",
        /// The same telephone.
        Phone = "phone" => "电话相同",
        /// The same address.
        Address = "address" => "地址相同",
    }
}

vocabulary! {
    /// What the city says of a pair.
    pub enum TwinVerdict "认定" {
        /// One unit on two registers.
        Same = "same" => "同一单位",
        /// Two units.
        Different = "different" => "不是同一单位",
        /// It moved from one county to the other.
        Moved = "moved" => "搬迁",
    }
}
