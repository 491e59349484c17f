//! How a pack keeps its lines, and what would become of them. A file has many lines, and of most there is nothing to say but the
//! outcome.

use super::{json, of_json};
use crate::base::CountyId;
use crate::intake::line::Line;
use crate::intake::preview::{Outcome, Verdict};
use crate::platform::sheet::wire;

/// Stands before the columns of a line whose content came from above; no head has such a number.
const CARRIED: u64 = 1 << 32;

/// Lines as bytes.
pub fn write<'l>(lines: impl IntoIterator<Item = &'l Line>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for line in lines {
        if !line.carried.is_empty() {
            wire::number(&mut bytes, CARRIED);
            wire::number(&mut bytes, line.carried.len() as u64);
            line.carried.iter().for_each(|column| wire::number(&mut bytes, u64::from(*column)));
        }
        wire::number(&mut bytes, line.head as u64);
        wire::number(&mut bytes, line.row.into());
        wire::cells(&mut bytes, &line.cells);
    }
    bytes
}

/// The lines of [`write`].
pub fn read(mut bytes: &[u8]) -> Result<Vec<Line>, sqlx::Error> {
    let mut lines = Vec::new();
    while !bytes.is_empty() {
        let line = line(&mut bytes).ok_or_else(|| sqlx::Error::Decode("a pack of lines is broken".into()))?;
        lines.push(line);
    }
    Ok(lines)
}

fn line(bytes: &mut &[u8]) -> Option<Line> {
    let (first, mut carried): (u64, _) = (wire::small(bytes)?, Vec::new());
    let head = if first == CARRIED {
        carried = wire::many(bytes, wire::small)?;
        wire::small(bytes)?
    } else {
        usize::try_from(first).ok()?
    };
    Some(Line { head, row: wire::small(bytes)?, cells: wire::read_cells(bytes)?, carried })
}

/// What would become of the lines of a pack.
#[derive(sqlx::FromRow)]
pub struct Judged {
    /// A letter a line.
    pub outcomes: String,
    /// Whose facts each line tells.
    pub counties: Vec<Option<CountyId>>,
    /// What else is to be said, by the line's place in the pack; JSON.
    pub said: Vec<u8>,
}

impl Judged {
    /// Of lines with their verdicts.
    pub fn of(pack: &[(&Line, &Verdict)]) -> Result<Self, sqlx::Error> {
        let said: Vec<(usize, &Verdict)> =
            pack.iter().map(|(_, verdict)| *verdict).enumerate().filter(|(_, verdict)| !verdict.is_silent()).collect();
        Ok(Self {
            outcomes: pack.iter().map(|(_, verdict)| letter(verdict.outcome)).collect(),
            counties: pack.iter().map(|(_, verdict)| verdict.county).collect(),
            said: json(&said)?.into_bytes(),
        })
    }

    /// A verdict for each line.
    pub fn verdicts(self) -> Result<Vec<Verdict>, sqlx::Error> {
        let outcome = |l: char| Outcome::ALL.into_iter().find(|o| letter(*o) == l).unwrap_or_default();
        let silent = |(l, county)| Verdict { outcome: outcome(l), county, ..Verdict::default() };
        let mut verdicts: Vec<Verdict> = self.outcomes.chars().zip(self.counties).map(silent).collect();
        for (at, said) in of_json::<Vec<(usize, Verdict)>>(&self.said)? {
            if let Some(verdict) = verdicts.get_mut(at) {
                *verdict = Verdict { outcome: verdict.outcome, county: verdict.county, ..said };
            }
        }
        Ok(verdicts)
    }
}

/// The letter of an outcome: the first of its word, which `unchanged` has to leave to `updated`.
const fn letter(outcome: Outcome) -> char {
    match outcome {
        Outcome::Created => 'c',
        Outcome::Updated => 'u',
        Outcome::Unchanged => '=',
        Outcome::Asked => 'a',
        Outcome::Rejected => 'r',
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::intake::preview::Change;
    use crate::platform::sheet::Cell;

    #[test]
    fn a_pack_comes_back_as_it_was_kept() {
        let cells = || vec![(0, Cell::Text("甲厂".into())), (7, Cell::Number(0.5))];
        let line = |row, carried| Line { head: 1, row, cells: cells(), carried };
        let none = Line { head: 0, row: 5, cells: Vec::new(), carried: Vec::new() };
        let lines = [line(4, Vec::new()), none, line(400_000, vec![0, 300])];
        assert_eq!(read(&write(&lines)).unwrap(), lines);
        assert!(read(&write(&lines)[..3]).is_err());
        let change = |field: &str| Change {
            field: field.to_owned(),
            label: "地址".into(),
            from: "东街".into(),
            to: "西街".into(),
            record: None,
        };
        let county = Some(CountyId(140_403));
        let verdicts = [
            Verdict { outcome: Outcome::Created, county, ..Verdict::default() },
            Verdict { outcome: Outcome::Updated, county, changes: vec![change("site")], ..Verdict::default() },
            Verdict::rejected(Vec::new()),
        ];
        let pack: Vec<(&Line, &Verdict)> = lines.iter().zip(&verdicts).collect();
        let judged = Judged::of(&pack).unwrap();
        assert_eq!(judged.outcomes, "cur");
        assert_eq!(judged.verdicts().unwrap(), verdicts);
        for outcome in Outcome::ALL {
            let told = Verdict { outcome, ..Verdict::default() };
            let judged = Judged::of(&[(&lines[0], &told)]).unwrap();
            assert_eq!(judged.verdicts().unwrap(), [told]);
        }
    }
}
