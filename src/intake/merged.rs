//! Amounts of merged cells. What a merge hands down holds for each of its rows, but an amount is one: it stands with the first, and
//! the others say 并入上行.

use super::annexes::{WITH_ABOVE, says_nothing};
use super::headings::Head;
use super::kind::Kind;
use super::line::Line;
use crate::annexes::{Column, Owner};
use crate::base::text::tidied;
use crate::platform::sheet::{Cell, Kind as Holds};

/// What each line of a case has: its numbers, by which the lines find each other, and who handles it.
const OF_EACH_LINE: [&str; 4] = ["case_number", "decision_number", "handled_by", "respondent"];

/// What stands instead of cells of a line whose content came from above, by column: 并入上行 for an amount, and nothing for the
/// other facts of a case whose money was handed down, which are the first row's.
pub fn instead(kind: Kind, head: &Head, line: &Line) -> Vec<(u16, Option<Cell>)> {
    let Kind::Annex(annex) = kind else { return Vec::new() };
    if line.carried.is_empty() {
        return Vec::new();
    }
    let place = |column: &'static Column| Some((column, head.place(column.id)?.column));
    let handed_down: Vec<(&Column, u16)> =
        annex.columns().iter().filter_map(place).filter(|(_, at)| line.carried.contains(at)).collect();
    let amount = |at: u16| line.at(at).is_some_and(|cell| !says_nothing(&tidied(&cell.text())));
    let money: Vec<_> = handed_down.iter().filter(|(column, at)| column.kind == Holds::Money && amount(*at)).collect();
    let mut instead: Vec<_> = money.iter().map(|(_, at)| (*at, Some(Cell::Text(WITH_ABOVE.into())))).collect();
    if money.iter().any(|(column, _)| of_case(column)) {
        let first_rows = |column: &Column| of_case(column) && column.kind != Holds::Money && !OF_EACH_LINE.contains(&column.id);
        instead.extend(handed_down.iter().filter(|(column, _)| first_rows(column)).map(|(_, at)| (*at, None)));
    }
    instead
}

fn of_case(column: &Column) -> bool {
    matches!(column.owner, Owner::Case | Owner::Measure)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annexes::Annex;
    use crate::intake::Learned;
    use crate::intake::headings::tests::row;

    fn texts(annex: Annex, headings: &[&str], cells_of: &[&str], carried: &[u16]) -> Vec<String> {
        let head = Head::read(Kind::Annex(annex), &Learned::new(), None, &row(headings)).unwrap();
        let line = Line { head: 0, row: 3, cells: row(cells_of).cells, carried: carried.to_vec() };
        let instead = instead(Kind::Annex(annex), &head, &line);
        let cell = |(at, cell): &(u16, Cell)| match instead.iter().find(|(column, _)| column == at) {
            Some((_, instead)) => instead.clone(),
            None => Some(cell.clone()),
        };
        line.cells.iter().filter_map(cell).map(|cell| cell.text().into_owned()).collect()
    }

    #[test]
    fn an_amount_is_handed_down_as_a_word() {
        let headings = ["企业名称", "存在问题", "投入资金"];
        let read = |amount: &str, carried: &[u16]| texts(Annex::One, &headings, &["甲厂", "烟气超标", amount], carried);
        assert_eq!(read("12", &[0, 2]), ["甲厂", "烟气超标", WITH_ABOVE], "a name is handed down as it is");
        assert_eq!(read("12", &[0]), ["甲厂", "烟气超标", "12"], "the row's own");
        assert_eq!(read("/", &[0, 2]), ["甲厂", "烟气超标", "/"]);
    }

    #[test]
    fn with_its_fine_a_case_stands_in_the_first_row() {
        let headings = ["企业名称", "违法事实", "处罚日期", "处罚文号", "罚款金额"];
        let read = |carried: &[u16]| texts(Annex::Two, &headings, &["甲厂", "废水直排", "6.12", "1号", "10"], carried);
        assert_eq!(read(&[0, 2, 3, 4]), ["甲厂", "废水直排", "1号", WITH_ABOVE], "its number tells which case");
        assert_eq!(read(&[0, 4]), ["甲厂", "废水直排", "6.12", "1号", WITH_ABOVE], "a day of the row's own stays");
        assert_eq!(read(&[0, 2]), ["甲厂", "废水直排", "6.12", "1号", "10"], "two fines of one day are two");
    }
}
