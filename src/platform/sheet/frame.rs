//! The frame of a sheet, as the library writes it: title, head, what stands below the rows, the paper.

use super::body::Shown;
use super::clean;
use super::formats::Formats;
use super::write::{Below, Head, Layout, Paper, Value};
use rust_xlsxwriter::{Note, Worksheet, XlsxError};

/// Writes all of a sheet but its rows; `below` is what stands under them, from row `first` on.
pub fn frame(
    sheet: &mut Worksheet,
    formats: &Formats,
    layout: &Layout,
    (first, below): (u32, &[Below]),
) -> Result<(), XlsxError> {
    sheet.set_name(&layout.name)?;
    let shown = layout.columns.iter().filter(|c| !c.hidden).count();
    let last = last_column(shown);
    set_up(sheet, layout);
    for (at, column) in (0..).zip(&layout.columns) {
        sheet.set_column_width(at, column.width.clamp(1.0, 120.0))?;
        if column.hidden {
            sheet.set_column_hidden(at)?;
        }
    }
    let mut row = 0;
    if !layout.mark.is_empty() {
        across(sheet, row, (0, last), &layout.mark, &formats.mark)?;
        row += 1;
    }
    sheet.set_row_height(row, 34.0)?;
    across(sheet, row, (0, last), &layout.title, &formats.title)?;
    row += 1;
    line(sheet, row, last, &layout.line, formats)?;
    row += 1;
    head(sheet, row, &layout.columns, formats)?;
    sheet.set_repeat_rows(row, row + 1)?;
    sheet.set_freeze_panes(row + 2, layout.frozen.min(last))?;
    for (row, below) in (first..).zip(below) {
        match below {
            Below::Row(values, total) => row_below(sheet, row, &layout.columns, (values, *total), formats)?,
            Below::Sentence(text, framed) => {
                let width: f64 = layout.columns.iter().take(shown).map(|column| column.width).sum();
                sheet.set_row_height(row, LINE * lines(text, width) + 5.0)?;
                let format = if *framed { &formats.sentence } else { &formats.note };
                across(sheet, row, (0, last), text, format)?;
            }
        }
    }
    Ok(())
}

fn row_below(
    sheet: &mut Worksheet,
    row: u32,
    columns: &[Head],
    (values, total): (&[Value], bool),
    formats: &Formats,
) -> Result<(), XlsxError> {
    let shown = columns.iter().filter(|column| !column.hidden).map(|column| column.width);
    if let Some(height) = height(shown, values) {
        sheet.set_row_height(row, height)?;
    }
    for ((at, column), value) in (0..).zip(columns).zip(values) {
        let of = if total { &formats.total } else { &formats.body };
        let format = &of[column.kind.index()];
        match Shown::of(value, column.kind) {
            Shown::Blank => sheet.write_blank(row, at, format)?,
            Shown::Number(number) => sheet.write_number_with_format(row, at, number, format)?,
            Shown::Day(day) => sheet.write_date_with_format(row, at, day, format)?,
            Shown::Text(text) => sheet.write_string_with_format(row, at, clean::text(&text), format)?,
        };
    }
    Ok(())
}

/// The height of a line of text, in points.
const LINE: f64 = 14.0;

/// The height of a row of several lines: not every program makes wrapped rows as high as their text. `widths` are those of the
/// columns that are shown.
pub(super) fn height(widths: impl Iterator<Item = f64>, values: &[Value]) -> Option<f64> {
    let wrapped = widths.zip(values).filter_map(|(width, value)| match value {
        Value::Text(text) => Some(lines(text, width)),
        _ => None,
    });
    let lines = wrapped.fold(1.0, f64::max);
    (lines > 1.0).then_some((LINE * lines + 4.0).min(405.0))
}

/// How many lines a text takes in a column: Chinese characters are two wide.
fn lines(text: &str, width: f64) -> f64 {
    let of_line = |line: &str| {
        let wide: f64 = line.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum();
        (wide * 1.08 / (width - 1.0).max(2.0)).ceil().max(1.0)
    };
    text.split('\n').map(of_line).sum::<f64>().min(28.0)
}

fn last_column(columns: usize) -> u16 {
    u16::try_from(columns.saturating_sub(1)).unwrap_or(16_383)
}

fn set_up(sheet: &mut Worksheet, layout: &Layout) {
    sheet.set_landscape();
    sheet.set_paper_size(match layout.paper {
        Paper::A3 => 8,
        Paper::A4 => 9,
    });
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_print_center_horizontally(true);
    sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.2, 0.3);
    sheet.set_footer(clean::footer(&layout.footer[0], &layout.footer[1]));
}

/// One text over several columns of a row; a merge of one cell is none.
fn across(
    sheet: &mut Worksheet,
    row: u32,
    (first, last): (u16, u16),
    text: &str,
    format: &rust_xlsxwriter::Format,
) -> Result<(), XlsxError> {
    let text = clean::text(text);
    if first < last {
        sheet.merge_range(row, first, row, last, &text, format)?;
    } else {
        sheet.write_string_with_format(row, first, text, format)?;
    }
    Ok(())
}

fn line(sheet: &mut Worksheet, row: u32, last: u16, texts: &[String; 3], formats: &Formats) -> Result<(), XlsxError> {
    if last < 5 {
        return across(sheet, row, (0, last), &texts.join("　"), &formats.line[0]);
    }
    let third = (last + 1) / 3;
    let parts = [(0, third - 1), (third, 2 * third - 1), (2 * third, last)];
    for ((part, text), format) in parts.into_iter().zip(texts).zip(&formats.line) {
        across(sheet, row, part, text, format)?;
    }
    Ok(())
}

/// The two rows of the head: groups over neighbours, two-row heads for columns without a group.
fn head(sheet: &mut Worksheet, row: u32, columns: &[Head], formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_row_height(row, 22.0)?;
    let mut at = 0;
    while at < columns.len() {
        let first = u16::try_from(at).unwrap_or(0);
        let group = &columns[at].group;
        if group.is_empty() {
            sheet.merge_range(row, first, row + 1, first, &clean::text(&columns[at].text), &formats.head)?;
            at += 1;
            continue;
        }
        let same = columns[at..].iter().take_while(|c| c.group == *group).count();
        across(sheet, row, (first, first + last_column(same)), group, &formats.head)?;
        at += same;
    }
    sheet.set_row_height(row + 1, 44.0)?;
    for (at, column) in (0..).zip(columns) {
        if !column.group.is_empty() {
            sheet.write_string_with_format(row + 1, at, clean::text(&column.text), &formats.head)?;
        }
        if !column.note.is_empty() {
            let on = if column.group.is_empty() { row } else { row + 1 };
            let note = Note::new(clean::text(&column.note)).set_author("填表说明").add_author_prefix(false);
            sheet.insert_note(on, at, &note.set_width(260).set_height(80))?;
        }
    }
    Ok(())
}
