//! The looks of cells, as official papers have them: 方正小标宋 for the title, 仿宋 for the rest. Where a font is missing the
//! character set makes the program take another Chinese one.

use super::write::Kind;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

const BODY: &str = "仿宋_GB2312";
const TITLE: &str = "方正小标宋简体";
const HEADING: &str = "黑体";

/// GB 2312, in the numbers of font tables.
const CHINESE: u8 = 134;

/// All formats of a book, made once.
#[derive(Debug)]
pub struct Formats {
    /// 附件1, above the title.
    pub mark: Format,
    /// The title.
    pub title: Format,
    /// The line below the title: left, middle, right.
    pub line: [Format; 3],
    /// The head.
    pub head: Format,
    /// Rows, by kind of column ([`Kind::index`]).
    pub body: [Format; 6],
    /// The total row, by kind of column.
    pub total: [Format; 6],
    /// A sentence in the table's frame (合计).
    pub sentence: Format,
    /// A sentence below the table.
    pub note: Format,
}

fn plain(size: f64) -> Format {
    Format::new().set_font_name(BODY).set_font_charset(CHINESE).set_font_size(size).set_align(FormatAlign::VerticalCenter)
}

fn framed() -> Format {
    plain(10.0).set_border(FormatBorder::Thin).set_text_wrap()
}

fn of_kind(format: Format, kind: Kind) -> Format {
    match kind {
        Kind::Text => format.set_align(FormatAlign::Left),
        // 49 is the built-in text format, "@".
        Kind::Code => format.set_num_format_index(49).set_align(FormatAlign::Center),
        Kind::Date => format.set_num_format("yyyy-mm-dd").set_align(FormatAlign::Center),
        Kind::Money => format.set_num_format("0.00####").set_align(FormatAlign::Right),
        Kind::Number => format.set_num_format_index(1).set_align(FormatAlign::Right),
        Kind::Percent => format.set_num_format("0.0%").set_align(FormatAlign::Right),
    }
}

impl Formats {
    /// Makes them.
    pub fn new() -> Self {
        let each = |format: &dyn Fn() -> Format| Kind::ALL.map(|kind| of_kind(format(), kind));
        Self {
            mark: plain(12.0).set_font_name(HEADING),
            title: plain(20.0).set_font_name(TITLE).set_align(FormatAlign::Center),
            line: [FormatAlign::Left, FormatAlign::Center, FormatAlign::Right].map(|align| plain(11.0).set_align(align)),
            head: framed().set_font_name(HEADING).set_align(FormatAlign::Center).set_background_color(Color::RGB(0xE8_ED_F4)),
            body: each(&framed),
            total: each(&|| framed().set_bold()),
            sentence: framed().set_bold().set_align(FormatAlign::Left),
            note: plain(10.0).set_text_wrap().set_align(FormatAlign::Left),
        }
    }
}
