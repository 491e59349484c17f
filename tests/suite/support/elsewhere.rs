//! An annex that was taken home: edited in another program, and written by it in its own way.

use super::workbook;
use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::{Format, Workbook as Writer};
use std::io::Cursor;

/// Rows of title and head above the lines.
const ABOVE: usize = 5;

/// A table as another program holds it: contents, no styles, no names, no rules.
#[derive(Clone)]
pub struct Elsewhere {
    sheet: String,
    rows: Vec<Vec<Data>>,
    lines: usize,
}

impl Elsewhere {
    /// Opens the first sheet of a downloaded file.
    pub fn open(bytes: &[u8]) -> Self {
        let mut book = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
        let sheet = book.sheet_names()[0].clone();
        let range = book.worksheet_range(&sheet).unwrap();
        let rows: Vec<Vec<Data>> = range.rows().map(<[Data]>::to_vec).collect();
        let lines = rows[ABOVE..].iter().take_while(|r| !r[0].to_string().starts_with("合计")).count();
        Self { sheet, rows, lines }
    }

    fn column(&self, heading: &str) -> usize {
        let found = |row: &Vec<Data>| row.iter().position(|cell| cell.to_string().starts_with(heading));
        self.rows[..ABOVE].iter().rev().find_map(found).unwrap_or_else(|| panic!("no column {heading}"))
    }

    fn line(&self, unit: &str) -> usize {
        let name = self.column("单位名称");
        let found = self.rows[ABOVE..ABOVE + self.lines].iter().position(|row| row[name] == unit);
        ABOVE + found.unwrap_or_else(|| panic!("no line of {unit}"))
    }

    /// The names of the units, line by line.
    pub fn units(&self) -> Vec<String> {
        let name = self.column("单位名称");
        self.rows[ABOVE..ABOVE + self.lines].iter().map(|row| row[name].to_string()).collect()
    }

    /// What a cell of a unit's first line holds.
    pub fn get(&self, unit: &str, heading: &str) -> String {
        workbook::shown(&self.rows[self.line(unit)][self.column(heading)])
    }

    /// What a column holds on each line of a unit.
    pub fn all(&self, unit: &str, heading: &str) -> Vec<String> {
        let (name, column) = (self.column("单位名称"), self.column(heading));
        let lines = self.rows[ABOVE..ABOVE + self.lines].iter().filter(|row| row[name] == unit);
        lines.map(|row| workbook::shown(&row[column])).collect()
    }

    /// Types into a cell of a unit's first line.
    pub fn set(&mut self, unit: &str, heading: &str, value: &str) -> &mut Self {
        self.set_below(unit, 0, heading, value)
    }

    /// Types into a cell some lines below a unit's first one.
    pub fn set_below(&mut self, unit: &str, below: usize, heading: &str, value: &str) -> &mut Self {
        let (row, column) = (self.line(unit) + below, self.column(heading));
        self.rows[row][column] = if value.is_empty() { Data::Empty } else { Data::String(value.to_owned()) };
        self
    }

    /// Sorts the lines the other way round.
    pub fn reverse(&mut self) -> &mut Self {
        self.rows[ABOVE..ABOVE + self.lines].reverse();
        self
    }

    /// Deletes a unit's first line.
    pub fn delete(&mut self, unit: &str) -> &mut Self {
        let row = self.line(unit);
        self.rows.remove(row);
        self.lines -= 1;
        self
    }

    /// Copies a unit's first line whole, hidden cells and all, below itself; the edits go into the copy.
    pub fn copy(&mut self, unit: &str, edits: &[(&str, &str)]) -> &mut Self {
        let row = self.line(unit);
        let mut copy = self.rows[row].clone();
        for (heading, value) in edits {
            copy[self.column(heading)] = Data::String((*value).to_owned());
        }
        self.rows.insert(row + 1, copy);
        self.lines += 1;
        self
    }

    /// Clears a column: its contents are lost, hidden or not.
    pub fn clear(&mut self, heading: &str) -> &mut Self {
        let column = self.column(heading);
        self.rows.iter_mut().for_each(|row| row[column] = Data::Empty);
        self
    }

    /// The file as another program writes it: shared strings, its own formats, nothing merged, no names, no rules.
    pub fn bytes(&self) -> Vec<u8> {
        let mut book = Writer::new();
        let day = Format::new().set_num_format("yyyy/m/d");
        let sheet = book.add_worksheet().set_name(&self.sheet).unwrap();
        for (row, cells) in (0..).zip(&self.rows) {
            for (column, cell) in (0..).zip(cells) {
                match cell {
                    Data::Empty => Ok(&mut *sheet),
                    Data::Float(number) => sheet.write(row, column, *number),
                    Data::DateTime(at) => sheet.write_with_format(row, column, at.as_f64(), &day),
                    other => sheet.write(row, column, other.to_string()),
                }
                .unwrap();
            }
        }
        book.save_to_buffer().unwrap()
    }
}
