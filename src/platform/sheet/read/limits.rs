//! How much of a file is read. Real lists of a county stay far below; what is above was made to harm, or by mistake.

/// Parts of a workbook.
pub const PARTS: usize = 10_000;
/// Bytes of one part, inflated.
pub const PART_BYTES: u64 = 512 * 1024 * 1024;
/// Bytes of all parts, inflated.
pub const ALL_BYTES: u64 = 2 * 1024 * 1024 * 1024;
/// Bytes of the table of shared texts, which is held in memory as a whole.
pub const SHARED_TEXT_BYTES: u64 = 128 * 1024 * 1024;
/// Entries of that table.
pub const SHARED_TEXTS: usize = 3_000_000;
/// Bytes within which the first element of a part of XML must begin.
pub const PROLOGUE_BYTES: usize = 4096;
/// Rows of a sheet, as many as the office program has.
pub const ROWS: u32 = 1_048_576;
/// Columns of a sheet.
pub const COLUMNS: u32 = 512;
/// Characters in a cell, as many as the office program allows.
pub const CELL_CHARS: usize = 32_767;
/// Bytes of text in a row.
pub const ROW_BYTES: usize = 1024 * 1024;
/// Sheets of a workbook.
pub const SHEETS: usize = 200;
