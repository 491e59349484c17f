//! One paragraph: plain text in which some places are slots. A slot follows the data, or holds what somebody typed over them;
//! or it is a blank that the data cannot fill.

use super::align::{Shape, align, plain};
use super::values::Values;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// How a blank begins and ends: 「〔待补：组长姓名〕」.
const BLANK: (&str, char) = ("〔待补：", '〕');

/// A place in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Slot {
    /// First byte.
    from: usize,
    /// Byte after the last.
    to: usize,
    /// The figure; for a blank 「?」 and what is to be typed.
    key: String,
    /// Whether somebody typed what stands there.
    typed: bool,
}

/// A paragraph with its slots, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Body {
    /// As it reads.
    pub text: String,
    /// Its slots.
    pub slots: Vec<Slot>,
}

/// A piece of a paragraph as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Text(String),
    /// A number from the data.
    Figure {
        /// As printed.
        text: String,
        /// The figure whose rows stand behind it; none behind a date.
        rows: Option<&'static str>,
    },
    /// A number typed over one from the data, which says otherwise (该数与系统数不一致).
    Over {
        /// As typed, and as printed.
        text: String,
        /// The data's number (系统数).
        live: String,
        /// The figure whose rows stand behind the data's number.
        rows: Option<&'static str>,
        /// The slot's place in the paragraph, for 恢复为系统数.
        slot: usize,
    },
    /// Words typed into a blank: the data hold nothing to compare them with (手工填写).
    Typed(String),
    /// A blank (待补).
    Blank {
        /// As printed: 「〔待补：组长姓名〕」.
        text: String,
        /// What is to be typed.
        hint: String,
    },
}

impl Piece {
    /// The words as they are printed.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text)
            | Self::Figure { text, .. }
            | Self::Over { text, .. }
            | Self::Typed(text)
            | Self::Blank { text, .. } => text,
        }
    }
}

impl Slot {
    fn is_blank(&self) -> bool {
        self.key.starts_with('?')
    }

    fn range(&self) -> Range<usize> {
        self.from..self.to
    }
}

impl Body {
    /// A draft: 「{key}」 stands for a figure, 「〔待补：…〕」 for a blank.
    pub(super) fn draft(template: &str, values: &Values) -> Self {
        let mut body = Self::default();
        let mut rest = template;
        while let Some(start) = [rest.find('{'), rest.find(BLANK.0)].into_iter().flatten().min() {
            body.text.push_str(&rest[..start]);
            rest = &rest[start..];
            let close = if rest.starts_with('{') { '}' } else { BLANK.1 };
            let end = rest.find(close).map_or(rest.len(), |end| end + close.len_utf8());
            let (mark, after) = rest.split_at(end);
            let (key, shown) = match hint(mark) {
                Some(hint) => (format!("?{hint}"), mark.to_owned()),
                None => {
                    let key = mark.trim_matches(['{', '}']);
                    (key.to_owned(), values.live(key).map_or_else(String::new, |live| live.text))
                }
            };
            body.put(&shown, key, false);
            rest = after;
        }
        body.text.push_str(rest);
        body
    }

    fn put(&mut self, shown: &str, key: String, typed: bool) {
        let from = self.text.len();
        self.text.push_str(shown);
        self.slots.push(Slot { from, to: self.text.len(), key, typed });
    }

    /// The paragraph with today's data: what follows the data does so, and what was typed over is let go once it agrees.
    /// Slots that fit nothing (of an older edition) become words.
    pub(super) fn refreshed(&self, values: &Values) -> Self {
        let mut body = Self::default();
        let mut at = 0;
        for slot in &self.slots {
            let (Some(before), Some(own)) = (self.text.get(at..slot.from), self.text.get(slot.range())) else { continue };
            body.text.push_str(before);
            at = slot.to;
            match values.live(&slot.key) {
                Some(live) if !slot.typed || plain(own) == plain(&live.text) => body.put(&live.text, slot.key.clone(), false),
                Some(_) => body.put(own, slot.key.clone(), true),
                None if slot.is_blank() => body.put(own, slot.key.clone(), slot.typed),
                None => body.text.push_str(own),
            }
        }
        body.text.push_str(self.text.get(at..).unwrap_or_default());
        body
    }

    /// The paragraph as somebody typed it. `shown` is what they were given: a number left as it was then still follows the
    /// data, even when the data moved on meanwhile.
    pub(super) fn edited(&self, shown: &str, new: &str, values: &Values) -> Self {
        let given = if shown.is_empty() { self.clone() } else { self.moved(shown, values) };
        let mut body = given.moved(new, values);
        for slot in &mut body.slots {
            let own = &new[slot.range()];
            slot.typed = match values.live(&slot.key) {
                Some(live) => {
                    let as_given = |s: &Slot| s.key == slot.key && !s.typed && plain(&given.text[s.range()]) == plain(own);
                    plain(own) != plain(&live.text) && !given.slots.iter().any(as_given)
                }
                None => hint(own).is_none(),
            };
        }
        body
    }

    /// The slots found again in another text.
    fn moved(&self, text: &str, values: &Values) -> Self {
        let shape = |slot: &Slot| values.live(&slot.key).map_or(Shape::Words, |live| live.shape);
        let slots: Vec<_> = self.slots.iter().map(|slot| (slot.range(), shape(slot))).collect();
        let places = align(&self.text, &slots, text);
        let slots = self.slots.iter().zip(places).filter_map(|(slot, place)| {
            place.filter(|at| !text[at.clone()].contains('\n')).map(|at| Slot {
                from: at.start,
                to: at.end,
                key: slot.key.clone(),
                typed: slot.typed,
            })
        });
        Self { text: text.to_owned(), slots: slots.collect() }
    }

    /// One slot back to the data (恢复为系统数); nothing when there is no such slot, or it holds no number of the data.
    pub(super) fn restored(&self, slot: usize, values: &Values) -> Option<Self> {
        values.live(&self.slots.get(slot)?.key)?;
        let mut body = self.clone();
        body.slots[slot].typed = false;
        Some(body.refreshed(values))
    }

    /// The pieces to show.
    pub(super) fn pieces(&self, values: &Values) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut at = 0;
        for (n, slot) in self.slots.iter().enumerate() {
            words(&self.text[at..slot.from], &mut pieces);
            at = slot.to;
            let own = self.text[slot.range()].to_owned();
            match values.live(&slot.key) {
                Some(live) if slot.typed => {
                    let rows = live.parts.iter().find_map(|(_, rows)| *rows);
                    pieces.push(Piece::Over { text: own, live: live.text, rows, slot: n });
                }
                Some(live) => pieces.extend(live.parts.into_iter().map(|(text, rows)| {
                    if rows.is_none() && live.shape == Shape::Words { Piece::Text(text) } else { Piece::Figure { text, rows } }
                })),
                None if own.contains(BLANK.0) => words(&own, &mut pieces),
                None => pieces.push(Piece::Typed(own)),
            }
        }
        words(&self.text[at..], &mut pieces);
        pieces
    }
}

/// The printed lines: a line feed begins a paragraph of its own. No slot reaches over one.
pub(super) fn lines(pieces: &[Piece]) -> Vec<Vec<Piece>> {
    let mut lines: Vec<Vec<Piece>> = vec![Vec::new()];
    for piece in pieces {
        let Piece::Text(text) = piece else {
            lines.last_mut().into_iter().for_each(|line| line.push(piece.clone()));
            continue;
        };
        for (n, part) in text.split('\n').enumerate() {
            if n > 0 {
                lines.push(Vec::new());
            }
            lines.last_mut().filter(|_| !part.is_empty()).into_iter().for_each(|line| line.push(Piece::Text(part.to_owned())));
        }
    }
    lines.retain(|line| line.iter().any(|piece| !piece.text().trim().is_empty()));
    lines
}

/// What a blank asks for, if the text is one.
fn hint(text: &str) -> Option<&str> {
    text.strip_prefix(BLANK.0)?.strip_suffix(BLANK.1).filter(|hint| !hint.contains(BLANK.1))
}

/// Words, with the blanks among them: also those that somebody typed as a note to themselves.
fn words(text: &str, pieces: &mut Vec<Piece>) {
    let mut rest = text;
    while let Some(start) = rest.find(BLANK.0)
        && let Some(length) = rest[start..].find(BLANK.1)
    {
        let end = start + length + BLANK.1.len_utf8();
        if rest[start..end].contains('\n') {
            break;
        }
        if start > 0 {
            pieces.push(Piece::Text(rest[..start].to_owned()));
        }
        let blank = &rest[start..end];
        let hint = blank[BLANK.0.len()..length].to_owned();
        pieces.push(Piece::Blank { text: blank.to_owned(), hint });
        rest = &rest[end..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures;

    fn values(problems: i64, finished: i64) -> Values {
        let figures =
            [("problems", problems), ("finished", finished), ("ours", problems), ("own_kind_03", 2), ("own_kind_05", 7)];
        Values::new(figures::Values::of(&figures), chrono::NaiveDate::from_ymd_opt(2019, 6, 27).unwrap())
    }

    const DRAFT: &str = "截至{date}，问题{problems}个，完成率{completion}，应告知〔待补：应告知家数〕家。按类型分：{own_kinds}。";

    fn draft() -> Body {
        Body::draft(DRAFT, &values(12, 9))
    }

    fn edit(body: &Body, new: &str, values: &Values) -> Body {
        body.edited(&body.text, new, values)
    }

    fn marks(body: &Body, values: &Values) -> Vec<(String, String)> {
        let over = |piece: Piece| match piece {
            Piece::Over { text, live, .. } => Some((text, live)),
            _ => None,
        };
        body.pieces(values).into_iter().filter_map(over).collect()
    }

    #[test]
    fn a_draft_reads_as_official_prose_and_its_pieces_say_the_same() {
        let body = draft();
        assert_eq!(
            body.text,
            "截至2019年6月27日，问题12个，完成率75.0%，应告知〔待补：应告知家数〕家。按类型分：超标排放7个、无证排污2个。"
        );
        let pieces = body.pieces(&values(12, 9));
        assert_eq!(pieces.iter().map(Piece::text).collect::<String>(), body.text);
        assert!(pieces.contains(&Piece::Figure { text: "7".into(), rows: Some("own_kind_05") }));
        assert!(pieces.contains(&Piece::Blank { text: "〔待补：应告知家数〕".into(), hint: "应告知家数".into() }));
    }

    #[test]
    fn figures_follow_the_data_and_a_number_typed_over_one_is_marked_until_they_agree() {
        let body = edit(&draft(), &draft().text.replace("问题12个", "查出问题13个"), &values(12, 9));
        assert_eq!(marks(&body, &values(12, 9)), [("13".to_owned(), "12".to_owned())]);
        let later = body.refreshed(&values(13, 9));
        assert_eq!(marks(&later, &values(13, 9)), [], "the data have caught up");
        assert!(later.text.contains("查出问题13个，完成率69.2%"));
        assert!(later.refreshed(&values(14, 9)).text.contains("查出问题14个"), "and it follows them again");
        let back = body.restored(1, &values(12, 9)).unwrap();
        assert_eq!((marks(&back, &values(12, 9)).len(), back.text.contains("查出问题12个")), (0, true));
        assert!(body.restored(3, &values(12, 9)).is_none(), "nothing to go back to in a blank");
    }

    #[test]
    fn a_number_left_as_it_was_given_follows_the_data_that_moved_meanwhile() {
        let given = draft().text;
        let moved = draft().refreshed(&values(14, 9));
        let body = moved.edited(&given, &given.replace("应告知〔待补：应告知家数〕家", "应告知120家"), &values(14, 9));
        assert_eq!(marks(&body, &values(14, 9)), []);
        let body = body.refreshed(&values(14, 9));
        assert!(body.text.contains("问题14个") && body.pieces(&values(14, 9)).contains(&Piece::Typed("120".into())));
    }

    #[test]
    fn a_list_follows_the_data_until_somebody_writes_it() {
        let own = "其中超标排放最多，有7个";
        let body = edit(&draft(), &draft().text.replace("超标排放7个、无证排污2个", own), &values(12, 9));
        assert_eq!(marks(&body, &values(12, 9)), [(own.to_owned(), "超标排放7个、无证排污2个".to_owned())]);
    }

    #[test]
    fn whatever_is_typed_stands_in_the_text_and_comes_back() {
        let (seed, values) = (draft(), values(12, 9));
        for text in ["", "另报。", "{problems}〔待补：", "〔待补：日期〕召开", "12", "问题12个，12个，12个", "\u{2028}—%𠮷\"'<>&"]
        {
            let body = edit(&seed, text, &values);
            assert_eq!(body.text, text);
            assert_eq!(body.pieces(&values).iter().map(Piece::text).collect::<String>(), text);
            let again = edit(&body, &seed.text, &values);
            assert_eq!(again.text, seed.text, "from {text}");
        }
    }

    #[test]
    fn a_note_of_a_blank_is_a_blank_wherever_it_stands() {
        let body = edit(&draft(), "〔待补：日期〕召开会议。", &values(12, 9));
        let hints: Vec<_> = body.pieces(&values(12, 9)).into_iter().filter(|p| matches!(p, Piece::Blank { .. })).collect();
        assert_eq!(hints, [Piece::Blank { text: "〔待补：日期〕".into(), hint: "日期".into() }]);
    }

    #[test]
    fn slots_that_no_longer_fit_the_text_become_words() {
        let slot = |from, to, key: &str| Slot { from, to, key: key.into(), typed: false };
        let body =
            Body { text: "问题".into(), slots: vec![slot(1, 2, "problems"), slot(3, 90, "problems"), slot(0, 3, "no_such")] };
        assert_eq!(body.refreshed(&values(1, 1)).text, "问题");
    }
}
