//! The typefaces of a paper, and what stands in for each where it is not installed: first the names under which it is sold
//! besides, then, for programs that know neither, its family.

/// Songti of titles: 小标宋.
pub(super) const TITLE: &str = "方正小标宋简体";
/// The body: 仿宋.
pub(super) const BODY: &str = "仿宋_GB2312";
/// 一级标题: 黑体.
pub(super) const HEADING_1: &str = "黑体";
/// 二级标题: 楷体.
pub(super) const HEADING_2: &str = "楷体_GB2312";
/// Numbers of pages: 宋体.
pub(super) const PAGE: &str = "宋体";
/// Latin letters and digits.
pub(super) const LATIN: &str = "Times New Roman";

/// Name, other names (a comma between them), family and pitch of each typeface.
const TABLE: [(&str, &str, &str, &str); 6] = [
    (TITLE, "FZXiaoBiaoSong-B05S,华文中宋,STZhongsong", "roman", "variable"),
    (BODY, "仿宋,FangSong,FangSong_GB2312,STFangsong", "modern", "fixed"),
    (HEADING_1, "SimHei,Noto Sans CJK SC", "swiss", "fixed"),
    (HEADING_2, "楷体,KaiTi,KaiTi_GB2312,STKaiti", "modern", "fixed"),
    (PAGE, "SimSun,Noto Serif CJK SC", "roman", "variable"),
    (LATIN, "Liberation Serif", "roman", "variable"),
];

/// `word/fontTable.xml`: the library writes one of its own, which names no Chinese typeface.
pub(super) fn table() -> Vec<u8> {
    let fonts: String = TABLE
        .iter()
        .map(|(name, others, family, pitch)| {
            let charset = if *name == LATIN { "00" } else { "86" };
            format!(
                "<w:font w:name=\"{name}\"><w:altName w:val=\"{others}\"/><w:charset w:val=\"{charset}\"/>\
                 <w:family w:val=\"{family}\"/><w:pitch w:val=\"{pitch}\"/></w:font>"
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
         <w:fonts xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{fonts}</w:fonts>"
    )
    .into_bytes()
}
