//! A workbook as a program reads it, and as it lies in its zip.

use calamine::{Data, Reader, Xlsx};
use std::io::{Cursor, Read};

/// The names of the sheets.
pub fn sheets(bytes: &[u8]) -> Vec<String> {
    open(bytes).sheet_names()
}

/// A sheet's cells as texts: dates as 2019-06-20, numbers without trailing zeros.
pub fn grid(bytes: &[u8], sheet: &str) -> Vec<Vec<String>> {
    let range = open(bytes).worksheet_range(sheet).unwrap();
    range.rows().map(|row| row.iter().map(shown).collect()).collect()
}

fn open(bytes: &[u8]) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes.to_vec())).unwrap()
}

/// A cell as a person reads it: dates as 2019-06-20, numbers without trailing zeros.
pub fn shown(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::DateTime(day) => day.as_datetime().unwrap().date().to_string(),
        Data::Float(number) => number.to_string(),
        other => other.to_string(),
    }
}

/// Every part of the file by name.
pub fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|at| {
            let mut file = zip.by_index(at).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

/// The names of the parts of an archive.
pub fn names(bytes: &[u8]) -> Vec<String> {
    let zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..zip.len()).map(|at| zip.name_for_index(at).unwrap().unwrap().into_owned()).collect()
}

/// One part of an archive whose other parts are no texts.
pub fn part_alone(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    zip::ZipArchive::new(Cursor::new(bytes)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// One part of the file.
pub fn part(bytes: &[u8], name: &str) -> String {
    parts(bytes).into_iter().find(|(n, _)| n == name).unwrap_or_else(|| panic!("no {name}")).1
}
