//! Where the slots of a paragraph went when somebody edited it as plain text: the old text and the new are laid side by
//! side, and a slot is found again by the words around it.

use crate::base::text::half_width;
use std::ops::Range;

/// What a slot looks like in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A number, a rate or a date: one piece of the text.
    Token,
    /// Words of any length, between the words before and after.
    Words,
}

/// A piece of a text: a number, a date, or one character.
#[derive(Debug)]
struct Token {
    at: Range<usize>,
    /// Half width and without thousands separators, so that ways of typing compare equal.
    key: String,
    sort: Sort,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Number,
    Date,
    Other,
}

/// The same spelling for the same number: half width, without thousands separators.
pub(super) fn plain(text: &str) -> String {
    half_width(text.trim()).replace(',', "")
}

/// For each slot of `old` (in order, apart from each other): where it is in `new`, or nothing if it is gone.
pub(super) fn align(old: &str, slots: &[(Range<usize>, Shape)], new: &str) -> Vec<Option<Range<usize>>> {
    let (left, right) = (tokens(old), tokens(new));
    let pairs = pairs(&left, &right);
    let mut claims: Vec<(u8, usize, Range<usize>)> = Vec::new();
    for (slot, (range, shape)) in slots.iter().enumerate() {
        let first = left.iter().position(|t| t.at.end > range.start).unwrap_or(left.len());
        let past = left.iter().position(|t| t.at.start >= range.end).unwrap_or(left.len());
        let found = Around::of(&pairs, first, past, right.len()).found(&left, &right, (first, past), &pairs, *shape);
        claims.extend(found.map(|(weight, at)| (weight, slot, at)));
    }
    claims.sort_by_key(|(weight, slot, _)| (std::cmp::Reverse(*weight), *slot));
    let mut places: Vec<Option<Range<usize>>> = vec![None; slots.len()];
    for (_, slot, at) in claims {
        let before = places[..slot].iter().flatten().all(|other| other.end <= at.start);
        let after = places[slot + 1..].iter().flatten().all(|other| other.start >= at.end);
        if before && after {
            places[slot] = Some(at);
        }
    }
    let bytes = |at: Range<usize>| right[at.start].at.start..right[at.end - 1].at.end;
    places.into_iter().map(|place| place.map(bytes)).collect()
}

/// Where the words beside a slot are in the new text: the place after the one before it, and that of the one after it.
struct Around {
    begin: Option<usize>,
    end: Option<usize>,
}

impl Around {
    fn of(pairs: &[Option<usize>], first: usize, past: usize, all: usize) -> Self {
        let begin = if first == 0 { Some(0) } else { pairs[first - 1].map(|at| at + 1) };
        let end = if past == pairs.len() { Some(all) } else { pairs[past] };
        Self { begin, end }
    }

    /// The slot's new place, in tokens, and how sure it is.
    fn found(
        &self,
        left: &[Token],
        right: &[Token],
        (first, past): (usize, usize),
        pairs: &[Option<usize>],
        shape: Shape,
    ) -> Option<(u8, Range<usize>)> {
        let own = pairs.get(first).copied().flatten();
        match shape {
            Shape::Words => match (self.begin, self.end) {
                (Some(begin), Some(end)) if begin < end => Some((3, begin..end)),
                _ => {
                    let whole = (first..past).zip(own?..).all(|(old, new)| pairs[old] == Some(new));
                    whole.then(|| (2, own.unwrap_or(0)..own.unwrap_or(0) + past - first))
                }
            },
            Shape::Token => {
                let fits = |at: usize| right.get(at).is_some_and(|t| t.sort == left[first].sort || dash(t) || dash(&left[first]));
                let near = |edge: Option<usize>, at: usize| edge.is_some_and(|e| e.abs_diff(at) <= NEAR);
                let one = |weight, at: usize| Some((weight, at..at + 1));
                match (own, self.begin, self.end) {
                    (Some(at), ..) if near(self.begin, at) || near(self.end, at + 1) => one(4, at),
                    (_, Some(begin), Some(end)) if begin + 1 == end && fits(begin) => one(3, begin),
                    (_, Some(begin), _) if fits(begin) => one(2, begin),
                    (_, _, Some(end)) if end > 0 && fits(end - 1) => one(1, end - 1),
                    _ => None,
                }
            }
        }
    }
}

/// How far a number that did not change may have come from the words beside it.
const NEAR: usize = 6;

/// A rate of nothing is printed as a dash.
fn dash(token: &Token) -> bool {
    token.key == "—"
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let rest = &text[start..];
        let (length, sort) = match (date(rest), number(rest)) {
            (Some(length), _) => (length, Sort::Date),
            (None, Some(length)) => (length, Sort::Number),
            (None, None) => (rest.chars().next().map_or(1, char::len_utf8), Sort::Other),
        };
        tokens.push(Token { at: start..start + length, key: plain(&rest[..length]), sort });
        start += length;
    }
    tokens
}

fn digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// The length of a run of digits at the start.
fn digits(text: &str) -> Option<usize> {
    let length: usize = text.chars().take_while(|c| digit(*c)).map(char::len_utf8).sum();
    (length > 0).then_some(length)
}

/// The length of a number at the start: digits, with points and thousands separators between them, perhaps a percent sign.
fn number(text: &str) -> Option<usize> {
    let mut length = digits(text)?;
    while let Some(mark) = text[length..].chars().next().filter(|c| matches!(c, '.' | ',' | '．'))
        && let Some(more) = digits(&text[length + mark.len_utf8()..])
    {
        length += mark.len_utf8() + more;
    }
    Some(length + text[length..].chars().next().filter(|c| matches!(c, '%' | '％')).map_or(0, char::len_utf8))
}

/// The length of 2019年6月27日 or 6月27日 at the start.
fn date(text: &str) -> Option<usize> {
    let part = |from: usize, mark: char| {
        let length = digits(&text[from..])?;
        text[from + length..].starts_with(mark).then(|| from + length + mark.len_utf8())
    };
    let month = part(0, '年').unwrap_or(0);
    part(month, '月').and_then(|day| part(day, '日'))
}

/// The longest common sequence of two texts: for each token of the left, its partner on the right. Among equal ones that with
/// the longest unbroken runs.
fn pairs(left: &[Token], right: &[Token]) -> Vec<Option<usize>> {
    let same = |l: &Token, r: &Token| l.key == r.key && l.sort == r.sort;
    let lead = left.iter().zip(right).take_while(|(l, r)| same(l, r)).count();
    let rest = (left.len() - lead).min(right.len() - lead);
    let tail = (0..rest).take_while(|n| same(&left[left.len() - 1 - n], &right[right.len() - 1 - n])).count();
    let mut pairs: Vec<Option<usize>> = vec![None; left.len()];
    for (at, pair) in pairs.iter_mut().enumerate() {
        let from_end = left.len() - at;
        *pair = if at < lead {
            Some(at)
        } else if from_end <= tail {
            Some(right.len() - from_end)
        } else {
            None
        };
    }
    let (l, r) = (&left[lead..left.len() - tail], &right[lead..right.len() - tail]);
    for (a, b) in middle(l, r, same) {
        pairs[lead + a] = Some(lead + b);
    }
    pairs
}

/// A pair weighs two, and one more when it goes on from the pair before it.
fn middle(left: &[Token], right: &[Token], same: impl Fn(&Token, &Token) -> bool) -> Vec<(usize, usize)> {
    let width = right.len() + 1;
    let place = |a: usize, b: usize| a * width + b;
    let mut best = vec![0_u32; (left.len() + 1) * width];
    let mut paired = vec![0_u32; (left.len() + 1) * width];
    for a in 1..=left.len() {
        for b in 1..=right.len() {
            if same(&left[a - 1], &right[b - 1]) {
                let before = place(a - 1, b - 1);
                let goes_on = if paired[before] > 0 { paired[before] + 1 } else { 0 };
                paired[place(a, b)] = 2 + goes_on.max(best[before]);
            }
            best[place(a, b)] = paired[place(a, b)].max(best[place(a - 1, b)]).max(best[place(a, b - 1)]);
        }
    }
    let mut found = Vec::new();
    let (mut a, mut b, mut chained) = (left.len(), right.len(), false);
    while a > 0 && b > 0 {
        let here = place(a, b);
        if chained || paired[here] == best[here] && paired[here] > 0 {
            found.push((a - 1, b - 1));
            let before = place(a - 1, b - 1);
            chained = paired[before] > 0 && paired[here] == paired[before] + 3;
            (a, b) = (a - 1, b - 1);
        } else if best[here] == best[place(a - 1, b)] {
            a -= 1;
        } else {
            b -= 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Slots are the places in braces; words in brackets may be of any length.
    fn read(marked: &str) -> (String, Vec<(Range<usize>, Shape)>) {
        let (mut text, mut slots) = (String::new(), Vec::new());
        for c in marked.chars() {
            match c {
                '{' | '[' => slots.push((text.len()..text.len(), if c == '{' { Shape::Token } else { Shape::Words })),
                '}' | ']' => slots.last_mut().unwrap().0.end = text.len(),
                _ => text.push(c),
            }
        }
        (text, slots)
    }

    fn found(marked: &str, new: &str) -> Vec<Option<String>> {
        let (old, slots) = read(marked);
        align(&old, &slots, new).into_iter().map(|at| at.map(|at| new[at].to_owned())).collect()
    }

    fn all(texts: &[&str]) -> Vec<Option<String>> {
        texts.iter().map(|t| (!t.is_empty()).then(|| (*t).to_owned())).collect()
    }

    const OLD: &str = "截至{2019年6月27日}，发现问题{12}个，完成整改{8}个，完成率{66.7%}；罚款{1234.5}万元。";

    #[test]
    fn a_slot_is_known_by_the_words_beside_it() {
        let kept = found(OLD, "截至6月28日，我县共发现各类问题15个，完成整改8个，完成率53.3％；罚款1,234.5万元，均已入库。");
        assert_eq!(kept, all(&["6月28日", "15", "8", "53.3％", "1,234.5"]));
        assert_eq!(
            found(OLD, "截至2019年6月27日，查出问题12件，完成整改8个，完成率66.7%。"),
            all(&["2019年6月27日", "12", "8", "66.7%", ""])
        );
        assert_eq!(found("完成率{—}。", "完成率95%。"), all(&["95%"]));
    }

    #[test]
    fn a_slot_whose_words_are_gone_is_gone() {
        assert_eq!(found(OLD, "情况另报，共12项。"), all(&["", "", "", "", ""]));
        assert_eq!(found(OLD, ""), all(&["", "", "", "", ""]));
        assert_eq!(found("查封{3}件、限产{2}件、移送{1}件。", "查封3件、移送1件。"), all(&["3", "", "1"]));
        assert_eq!(found("查封{2}件、限产{2}件。", "限产2件。"), all(&["", "2"]));
    }

    #[test]
    fn words_of_any_length_stand_between_their_neighbours() {
        let old = "由[〔待补：组长〕]任组长，告知[〔待补：家数〕]家。按类型分：[超标3个]。";
        assert_eq!(
            found(old, "由副区长王某任组长，告知120家。按类型分：超标2个、其他1个。"),
            all(&["副区长王某", "120", "超标2个、其他1个"])
        );
        assert_eq!(found(old, "告知120家。按类型分：超标3个。"), all(&["", "120", "超标3个"]));
        assert_eq!(found(old, "由任组长，告知家。"), all(&["", "", ""]));
    }

    /// Small numbers from one seed: tests that take many ways through the texts, the same every time.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, most: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(self.0 >> 33).unwrap() % most.max(1)
        }
    }

    /// The characters of the words between the slots, each with its place.
    fn between(marked: &str) -> Vec<usize> {
        let (old, slots) = read(marked);
        let free = |at: &usize| slots.iter().all(|(range, _)| !range.contains(at));
        old.char_indices().map(|(at, _)| at).filter(free).collect()
    }

    #[test]
    fn slots_survive_edits_elsewhere() {
        let mut dice = Dice(20190603);
        let (old, slots) = read(OLD);
        let was: Vec<_> = slots.iter().map(|(range, _)| Some(old[range.clone()].to_owned())).collect();
        for _ in 0..300 {
            let places = between(OLD);
            let at = places[dice.below(places.len())];
            let words = ["共", "其中，", "（详见附件1）", "各类", "7件"][dice.below(5)];
            // A number typed directly before or after another makes one of the two.
            let splits_number = slots.iter().any(|(range, _)| range.end == at || range.start == at) && words.starts_with('7');
            if !splits_number {
                let new = format!("{}{words}{}", &old[..at], &old[at..]);
                assert_eq!(found(OLD, &new), was, "{new}");
            }
        }
    }

    #[test]
    fn deleting_a_slot_with_its_words_loses_only_it() {
        let parts = ["问题{12}个", "立案{5}件", "罚款{12.5}万元", "拘留{5}人", "完成率{95.0%}"];
        let whole = parts.join("，");
        for gone in 0..parts.len() {
            let rest: Vec<&str> = parts.iter().enumerate().filter(|(n, _)| *n != gone).map(|(_, p)| *p).collect();
            let new = rest.join("，").replace(['{', '}'], "");
            let kept: Vec<bool> = found(&whole, &new).iter().map(Option::is_some).collect();
            assert_eq!(kept, (0..parts.len()).map(|n| n != gone).collect::<Vec<_>>(), "{new}");
        }
    }

    #[test]
    fn places_are_in_order_and_apart_whatever_is_typed() {
        let mut dice = Dice(7);
        let (old, slots) = read(OLD);
        let pieces: Vec<char> = old.chars().chain("，0123。\n𠮷—%".chars()).collect();
        for _ in 0..300 {
            let new: String = (0..dice.below(60)).map(|_| pieces[dice.below(pieces.len())]).collect();
            let places: Vec<_> = align(&old, &slots, &new).into_iter().flatten().collect();
            assert!(places.windows(2).all(|two| two[0].end <= two[1].start), "{new}");
            assert!(places.iter().all(|at| !new[at.clone()].is_empty()));
        }
    }
}
