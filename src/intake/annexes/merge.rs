//! Three-way merge of one cell: what the file was downloaded with (base), what the database says now (ours), what the file
//! says (theirs). Compared by keys, so that the way of writing does not matter.

use super::canon::Canon;

/// What becomes of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merged {
    /// Ours stays.
    Keep,
    /// Theirs goes in.
    Take,
    /// Both changed it, and differently.
    Clash,
}

/// Merges a cell. Without a base every difference is a clash.
pub fn merge(base: Option<&Canon>, ours: &Canon, theirs: &Canon) -> Merged {
    if theirs.key() == ours.key() {
        return Merged::Keep;
    }
    match base {
        Some(base) if base.key() == theirs.key() => Merged::Keep,
        Some(base) if base.key() == ours.key() => Merged::Take,
        _ => Merged::Clash,
    }
}

/// Merges a cell of a table that never was ours: what it says goes in, what it leaves blank stays.
pub fn lay_over(ours: &Canon, theirs: &Canon) -> Merged {
    if theirs.is_empty() || theirs.key() == ours.key() { Merged::Keep } else { Merged::Take }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canon(text: &str) -> Canon {
        Canon::plain(text)
    }

    /// What stands after a merge; a clash is left as ours.
    fn after(base: &str, ours: &str, theirs: &str) -> String {
        match merge(Some(&canon(base)), &canon(ours), &canon(theirs)) {
            Merged::Take => theirs.to_owned(),
            Merged::Keep | Merged::Clash => ours.to_owned(),
        }
    }

    const WORDS: [&str; 4] = ["", "甲", "乙", "丙"];

    #[test]
    fn laws_hold_for_every_three_cells() {
        for base in WORDS {
            for one in WORDS {
                assert_eq!(after(base, base, one), one, "merge(base, base, x) = x");
                assert_eq!(after(base, one, base), one, "an untouched cell changes nothing");
                assert_eq!(after(base, one, one), one, "the same edit twice is one edit");
                for two in WORDS {
                    let merged = merge(Some(&canon(base)), &canon(one), &canon(two));
                    let disputed = base != one && base != two && one != two;
                    assert_eq!(merged == Merged::Clash, disputed, "{base} {one} {two}");
                }
            }
        }
    }

    #[test]
    fn without_a_base_every_difference_is_asked() {
        for ours in WORDS {
            for theirs in WORDS {
                let expected = if ours == theirs { Merged::Keep } else { Merged::Clash };
                assert_eq!(merge(None, &canon(ours), &canon(theirs)), expected);
            }
        }
    }

    #[test]
    fn a_table_of_ones_own_fills_and_never_empties() {
        assert_eq!(lay_over(&canon("甲"), &canon("")), Merged::Keep);
        assert_eq!(lay_over(&canon(""), &canon("乙")), Merged::Take);
        assert_eq!(lay_over(&canon("甲"), &canon("乙")), Merged::Take);
    }
}
