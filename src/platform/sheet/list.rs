//! Small lists as a workbook: templates to fill in, and rows handed back with reasons. Only text cells, so no content becomes
//! a formula, and no office program rewrites a code or a phone.

use super::clean::sheet_name;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, Format, FormatAlign, FormatBorder, Note, Workbook, Worksheet, XlsxError,
};
use std::collections::HashSet;

/// The media type of a workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Characters that a drop-down list may have in all.
const OPTIONS: usize = 255;
/// Rows of a template that get drop-down lists.
const LISTED_ROWS: u32 = 2000;

/// A column.
#[derive(Clone, Debug, Default)]
pub struct Heading {
    /// The word on top.
    pub text: String,
    /// The width in characters.
    pub width: f64,
    /// What to write there, shown when the mouse rests on the heading; may be empty.
    pub note: String,
    /// What to choose from; other words are possible.
    pub options: Vec<String>,
    /// Whether a row needs it.
    pub must: bool,
    /// Whether its cells may be filled in on a locked list; then only its options are possible.
    pub open: bool,
    /// Not shown, but there: what a row that comes back is known by.
    pub hidden: bool,
}

/// A list with one row of headings.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// The sheet's name.
    pub sheet: String,
    /// The columns.
    pub headings: Vec<Heading>,
    /// The rows, cell by cell.
    pub rows: Vec<Vec<String>>,
    /// Notes on cells: row and column from 0, and the text.
    pub notes: Vec<(usize, usize, String)>,
    /// Whether only the cells of open columns, within the rows given, may be changed.
    pub locked: bool,
}

/// Several lists as one workbook, a sheet each.
pub fn workbook(lists: &[List]) -> Result<Vec<u8>, XlsxError> {
    let (mut book, mut names) = (Workbook::new(), HashSet::new());
    if lists.is_empty() {
        book.add_worksheet();
    }
    for list in lists {
        list.fill(book.add_worksheet(), &sheet_name(&list.sheet, &mut names))?;
    }
    book.save_to_buffer()
}

impl List {
    /// The workbook's bytes.
    pub fn write(&self) -> Result<Vec<u8>, XlsxError> {
        workbook(std::slice::from_ref(self))
    }

    fn fill(&self, sheet: &mut Worksheet, name: &str) -> Result<(), XlsxError> {
        let font = Format::new().set_font_name("宋体").set_font_size(11);
        let text = font.clone().set_num_format("@").set_align(FormatAlign::VerticalCenter);
        let head = font.set_bold().set_text_wrap().set_border(FormatBorder::Thin).set_align(FormatAlign::Center);
        let head = head.set_align(FormatAlign::VerticalCenter).set_background_color("#E9F1FA");
        let must = head.clone().set_font_color("#B3261E");
        let fill = text.clone().set_unlocked().set_background_color("#FFFBE6").set_border(FormatBorder::Thin);
        if self.locked {
            sheet.protect();
        }
        sheet.set_name(name)?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        sheet.set_repeat_rows(0, 0)?.set_freeze_panes(1, 0)?.set_row_height(0, 34)?;
        for (column, heading) in (0_u16..).zip(&self.headings) {
            sheet.set_column_width(column, heading.width)?.set_column_format(column, &text)?;
            sheet.write_string_with_format(0, column, &heading.text, if heading.must { &must } else { &head })?;
            if !heading.note.is_empty() {
                sheet.insert_note(0, column, &Note::new(&heading.note).set_author("填表说明").add_author_prefix(false))?;
            }
            if heading.hidden {
                sheet.set_column_hidden(column)?;
            }
            let letters: usize = heading.options.iter().map(|o| o.chars().count() + 1).sum();
            if letters > 0 && letters <= OPTIONS {
                let list = DataValidation::new().allow_list_strings(&heading.options)?;
                sheet.add_data_validation(
                    1,
                    column,
                    LISTED_ROWS,
                    column,
                    &list.set_error_style(if self.locked {
                        DataValidationErrorStyle::Stop
                    } else {
                        DataValidationErrorStyle::Warning
                    }),
                )?;
            }
        }
        for (row, cells) in (1_u32..).zip(&self.rows) {
            for ((column, cell), heading) in (0_u16..).zip(cells).zip(&self.headings) {
                let open = self.locked && heading.open;
                match cell.is_empty() {
                    true if open => sheet.write_blank(row, column, &fill)?,
                    true => sheet,
                    false => sheet.write_string_with_format(row, column, cell, if open { &fill } else { &text })?,
                };
            }
        }
        for (row, column, text) in &self.notes {
            let (Ok(row), Ok(column)) = (u32::try_from(row + 1), u16::try_from(*column)) else { continue };
            sheet.insert_note(row, column, &Note::new(text).set_author("未导入原因").add_author_prefix(false))?;
        }
        Ok(())
    }
}
