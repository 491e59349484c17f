//! How the columns of an annex look on screen.

use crate::annexes::Column;
use crate::platform::sheet::Kind;

/// The class of a column that stays in view while the table is moved; empty for others.
pub fn frozen(column: &Column) -> &'static str {
    match column.id {
        "no" => "w-no",
        "county" => "w-mid",
        "name" => "w-name",
        _ => "",
    }
}

/// The class of a column's cells: how wide, how aligned, whether they stay while the table is moved.
pub fn class(column: &Column) -> &'static str {
    match (frozen(column), column.kind) {
        ("", Kind::Text) if column.width > 20.0 => "text",
        ("", Kind::Text) if column.width >= 10.0 => "words",
        ("", Kind::Text) => "",
        // Several numbers of lists stand in one cell.
        ("", Kind::Code) if column.id == "source_number" => "words",
        ("", Kind::Code) => "code",
        ("", Kind::Date) => "date",
        ("", Kind::Money | Kind::Number | Kind::Percent) => "num",
        (frozen, _) => frozen,
    }
}
