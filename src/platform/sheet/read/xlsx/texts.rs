//! Texts of a workbook: plain or of several runs, in the table of shared texts or in a cell itself.

use super::markup::{Element, Markup, Piece};
use crate::platform::sheet::read::limits::SHARED_TEXTS;
use crate::platform::sheet::read::{ReadError, TOO_LARGE};
use std::borrow::Cow;

/// What an escaped character looks like: `_x000D_`.
const ESCAPED: usize = 7;

/// Reads the table of shared texts; it may be empty.
pub fn shared(part: &str) -> Result<Vec<Cow<'_, str>>, ReadError> {
    let (mut markup, mut texts) = (Markup::of(part), Vec::new());
    loop {
        match markup.next()? {
            Piece::Start(element) if element.name == "si" => texts.push(text(&mut markup, element)?),
            Piece::Eof => return Ok(texts),
            _ => {}
        }
        if texts.len() > SHARED_TEXTS {
            return Err(ReadError::refused(TOO_LARGE));
        }
    }
}

/// The text of an element that has begun, up to its end: all its runs, without how they are pronounced.
pub fn text<'p>(markup: &mut Markup<'p>, element: Element<'p>) -> Result<Cow<'p, str>, ReadError> {
    let (mut whole, mut inside) = (Cow::Borrowed(""), usize::from(!element.ends));
    while inside > 0 {
        match markup.next()? {
            Piece::Start(inner) if inner.name == "t" => {
                let keeps_space = inner.attributes().any(|attribute| attribute == ("xml:space", "preserve"));
                let run = markup.content(inner)?;
                let run = without_nul(unescaped(if keeps_space { run } else { trimmed(run) }));
                if whole.is_empty() { whole = run } else { whole.to_mut().push_str(&run) }
            }
            Piece::Start(inner) if inner.name == "rPh" => markup.skip(inner)?,
            Piece::Start(inner) => inside += usize::from(!inner.ends),
            Piece::End(_) => inside -= 1,
            Piece::Eof => return Err(ReadError::abnormal()),
            Piece::Text(_) | Piece::Literal(_) => {}
        }
    }
    Ok(whole)
}

#[inline]
fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    let space = [' ', '\t', '\r', '\n'];
    match text {
        Cow::Borrowed(text) => text.trim_matches(space).into(),
        Cow::Owned(text) => text.trim_matches(space).to_owned().into(),
    }
}

/// Without the one character that no database of ours holds.
#[inline]
pub fn without_nul(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\0') { text.replace('\0', "").into() } else { text }
}

/// A text with its escaped characters: half of a pair that lacks the other is no character, and is shown as none.
#[inline]
pub fn unescaped(text: Cow<'_, str>) -> Cow<'_, str> {
    // Few have the first of the two, and that is found at once.
    let Some(mut at) = memchr::memchr(b'_', text.as_bytes()).and_then(|_| text.find("_x")) else { return text };
    let (mut rest, mut plain) = (&*text, String::with_capacity(text.len()));
    loop {
        let (before, escaped) = rest.split_at(at);
        plain.push_str(before);
        rest = escaped;
        let units = std::iter::from_fn(|| {
            let (unit, behind) = unit(rest)?;
            rest = behind;
            Some(unit)
        });
        plain.extend(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
        // Nothing was escaped, or it ends here.
        let literal = rest.len().min(usize::from(rest.len() == escaped.len()));
        plain.push_str(&rest[..literal]);
        rest = &rest[literal..];
        let Some(next) = rest.find("_x") else { break };
        at = next;
    }
    plain.push_str(rest);
    plain.into()
}

/// The unit of UTF-16 that a text begins with in its escaped form, and what follows.
fn unit(text: &str) -> Option<(u16, &str)> {
    let (escaped, behind) = text.split_at_checked(ESCAPED)?;
    let digits = escaped.strip_prefix("_x")?.strip_suffix('_')?;
    let hexadecimal = digits.bytes().all(|b| b.is_ascii_hexdigit());
    hexadecimal.then(|| u16::from_str_radix(digits, 16).ok()).flatten().map(|unit| (unit, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_characters_are_read_and_what_only_looks_so_stays() {
        let read = |text: &'static str| unescaped(text.into()).into_owned();
        assert_eq!(read("甲_x000D_乙"), "甲\r乙");
        assert_eq!(read("_x005F_x0041_"), "_x0041_");
        assert_eq!(read("_xD842__xDFB7_"), "𠮷");
        assert_eq!(read("_xD842_甲"), "\u{FFFD}甲");
        assert_eq!(read("a_x_x0041_b_x12_"), "a_xAb_x12_");
        assert_eq!(without_nul(read("_x0000_甲_xyz").into()), "甲_xyz");
    }

    #[test]
    fn a_text_is_all_its_runs_without_their_pronunciation() {
        let part = "<sst><si><t> 甲 </t></si><si><r><rPr><b/></rPr><t xml:space=\"preserve\">甲 </t></r><r><t>&amp;乙</t></r>\
                    <rPh><t>JIA</t></rPh></si><si/><si><t><![CDATA[<丙>]]></t></si><x:si><x:t>&#20108;</x:t></x:si></sst>";
        assert_eq!(shared(part).expect("texts"), ["甲", "甲 &乙", "", "<丙>", "二"]);
        assert!(shared("<sst><si><t>甲</t>").is_err());
    }
}
