//! The measures of GB/T 9704-2012, as named styles that an office program shows and can change.
//!
//! Text area 156 mm by 225 mm with 22 lines of 28 characters: a line every 28.95 points, and characters of 16 points drawn
//! together by a quarter of a point.

use super::fonts;
use docx_rs::{AlignmentType, LineSpacing, LineSpacingType, PageMargin, RunFonts, SpecialIndentType, Style, StyleType};

/// Twentieths of a point, the unit of lengths.
const MM: f32 = 56.693;
/// A4 in width and height.
pub(super) const PAGE: (u32, u32) = (11_906, 16_838);
/// A line of the body.
pub(super) const LINE: i32 = 579;
/// A character of the body, with the space after it.
pub(super) const CHARACTER: i32 = 315;
/// Characters in a line.
pub(super) const CHARACTERS: i32 = 28;
/// The width of the text.
pub(super) const WIDTH: usize = 8_844;

/// The names of styles in the file.
pub(super) const TITLE: &str = "GwTitle";
pub(super) const BODY: &str = "GwBody";
pub(super) const LINE_LEFT: &str = "GwLine";
pub(super) const HEADING_1: &str = "Heading1";
pub(super) const HEADING_2: &str = "Heading2";
pub(super) const SIGN_OFF: &str = "GwSignOff";
pub(super) const HEAD: &str = "GwTableHead";
pub(super) const CELL: &str = "GwTableCell";
pub(super) const FOOTER: &str = "Footer";

#[expect(clippy::cast_possible_truncation, reason = "some thousand at most")]
fn mm(length: u16) -> i32 {
    (f32::from(length) * MM).round() as i32
}

/// 天头 37, 下 35, 订口 28, 切口 26 mm; the number of the page stands 7 mm below the text.
pub(super) fn margins() -> PageMargin {
    PageMargin { top: mm(37), bottom: mm(35), left: mm(28), right: mm(26), header: mm(15), footer: mm(22), gutter: 0 }
}

/// Chinese and Latin typeface.
pub(super) fn face(chinese: &str) -> RunFonts {
    RunFonts::new().ascii(fonts::LATIN).hi_ansi(fonts::LATIN).cs(fonts::LATIN).east_asia(chinese)
}

/// Lines at a fixed distance.
pub(super) fn exact(line: i32) -> LineSpacing {
    LineSpacing::new().line_rule(LineSpacingType::Exact).line(line)
}

/// Sizes are in half points.
fn style(id: &str, name: &str, chinese: &str, size: usize, align: AlignmentType, line: i32) -> Style {
    Style::new(id, StyleType::Paragraph).name(name).fonts(face(chinese)).size(size).align(align).line_spacing(exact(line))
}

/// All styles.
pub(super) fn all() -> Vec<Style> {
    use AlignmentType::{Both, Center, Left};
    let two_characters = Some(SpecialIndentType::FirstLine(2 * CHARACTER));
    let drawn_together = |mut style: Style| {
        style.run_property = style.run_property.character_spacing(CHARACTER - 320);
        style
    };
    let text = |id, name, chinese, align| drawn_together(style(id, name, chinese, 32, align, LINE));
    let heading = |id, name, chinese, level: usize| {
        let mut heading = text(id, name, chinese, Both).indent(None, two_characters, None, None).outline_lvl(level);
        heading.paragraph_property = heading.paragraph_property.keep_next(true);
        heading
    };
    vec![
        style(TITLE, "公文标题", fonts::TITLE, 44, Center, 640),
        text(BODY, "公文正文", fonts::BODY, Both).indent(None, two_characters, None, None),
        text(LINE_LEFT, "公文主送", fonts::BODY, Left),
        heading(HEADING_1, "heading 1", fonts::HEADING_1, 0),
        heading(HEADING_2, "heading 2", fonts::HEADING_2, 1),
        text(SIGN_OFF, "公文落款", fonts::BODY, Center),
        style(HEAD, "公文表头", fonts::HEADING_1, 24, Center, 360),
        style(CELL, "公文表格", fonts::BODY, 24, Center, 360),
        style(FOOTER, "footer", fonts::PAGE, 28, Left, 360),
    ]
}
