//! How much of a file is read. Real lists of a county stay far below; what is above was made to harm, or by mistake.

/// Parts of a workbook.
pub const PARTS: usize = 10_000;
/// Bytes of one part, inflated.
pub const PART_BYTES: u64 = 512 * 1024 * 1024;
/// Bytes of all parts, inflated.
pub const ALL_BYTES: u64 = 2 * 1024 * 1024 * 1024;
/// Bytes of parts that are kept as they were inflated first; what is larger is inflated once more.
pub const KEPT_BYTES: usize = 64 * 1024 * 1024;
/// Bytes of the table of shared texts, which is held in memory as a whole.
pub const SHARED_TEXT_BYTES: usize = 128 * 1024 * 1024;
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
/// Cells of all sheets together, those filled from a merge too.
pub const CELLS: u64 = 20_000_000;
/// Bytes of text of all sheets together, each cell counted for itself.
pub const ALL_TEXT_BYTES: u64 = 512 * 1024 * 1024;
/// Merges of a workbook; where there are more, none of that sheet is read.
pub const MERGES: usize = 200_000;
/// Rows at the top of a sheet whose merges are handed over, for whoever looks for the headings.
pub const HEAD_ROWS: u32 = 60;
/// How many rows one row of OpenDocument that holds something may stand for.
pub const REPEATED_ROWS: u32 = 10_000;
