//! The markup of a part, piece by piece, where it stands. A sheet of an office has millions of pieces, and a general reader spends
//! more on each than all that follows: this one knows no namespaces, no declarations of entities, and copies nothing.
//! Each cell passes through its small functions: they are marked to be inlined wherever the compiler parts the program.

use crate::platform::sheet::read::ReadError;
use memchr::{memchr, memmem};
use std::borrow::Cow;

/// Markup that is being read.
pub struct Markup<'p> {
    rest: &'p str,
}

/// A piece.
pub enum Piece<'p> {
    /// An element begins, or stands there without content.
    Start(Element<'p>),
    /// An element ends; its name.
    End(&'p str),
    /// A text as it is written.
    Text(&'p str),
    /// A text in which nothing is escaped.
    Literal(&'p str),
    /// There is no more.
    Eof,
}

/// The beginning of an element.
#[derive(Clone, Copy)]
pub struct Element<'p> {
    /// Its name, without a prefix.
    pub name: &'p str,
    /// Whether it ends where it begins.
    pub ends: bool,
    attributes: &'p str,
}

impl<'p> Markup<'p> {
    /// At the beginning of a part.
    pub fn of(part: &'p str) -> Self {
        Self { rest: part }
    }

    /// The next piece.
    #[inline(always)]
    pub fn next(&mut self) -> Result<Piece<'p>, ReadError> {
        loop {
            let rest = self.rest;
            let [first, second, ..] = rest.as_bytes() else {
                return match rest {
                    "" => Ok(Piece::Eof),
                    "<" => Err(ReadError::abnormal()),
                    text => self.text(text.len()),
                };
            };
            match (first, second) {
                (b'<', b'/') => {
                    let name = self.up_to(2, b">")?;
                    return Ok(Piece::End(local(name.trim_ascii_end())));
                }
                (b'<', b'?') => drop(self.up_to(2, b"?>")?),
                (b'<', b'!') if rest.starts_with("<!--") => drop(self.up_to(4, b"-->")?),
                (b'<', b'!') if rest.starts_with("<![CDATA[") => return Ok(Piece::Literal(self.up_to(9, b"]]>")?)),
                (b'<', b'!') => return Err(ReadError::abnormal()),
                (b'<', _) => return self.start(),
                _ => {
                    let end = memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
                    return self.text(end);
                }
            }
        }
    }

    #[inline]
    fn text(&mut self, length: usize) -> Result<Piece<'p>, ReadError> {
        let (text, rest) = self.rest.split_at_checked(length).ok_or_else(ReadError::abnormal)?;
        self.rest = rest;
        Ok(Piece::Text(text))
    }

    /// What stands from `from` up to a mark, which is passed over too.
    #[inline]
    fn up_to(&mut self, from: usize, mark: &[u8]) -> Result<&'p str, ReadError> {
        let rest = self.rest.get(from..).ok_or_else(ReadError::abnormal)?;
        let found = if let [byte] = mark { memchr(*byte, rest.as_bytes()) } else { memmem::find(rest.as_bytes(), mark) };
        let (inside, behind) = rest.split_at(found.ok_or_else(ReadError::abnormal)?);
        self.rest = &behind[mark.len()..];
        Ok(inside)
    }

    /// The beginning of an element. It ends with the first `>` that is in no attribute.
    #[inline]
    fn start(&mut self) -> Result<Piece<'p>, ReadError> {
        let bytes = self.rest.as_bytes();
        let mut at = 1;
        loop {
            match bytes.get(at).ok_or_else(ReadError::abnormal)? {
                b'>' => break,
                quote @ (b'"' | b'\'') => at += memchr(*quote, &bytes[at + 1..]).ok_or_else(ReadError::abnormal)? + 2,
                _ => at += 1,
            }
        }
        let (inside, rest) = (&self.rest[1..at], &self.rest[at + 1..]);
        self.rest = rest;
        let (inside, ends) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
        let name = inside.bytes().position(|b| b.is_ascii_whitespace()).unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(name);
        Ok(Piece::Start(Element { name: local(name), ends, attributes }))
    }

    /// Passes over an element that has begun, and all that is in it.
    pub fn skip(&mut self, element: Element<'_>) -> Result<(), ReadError> {
        let mut inside = usize::from(!element.ends);
        while inside > 0 {
            match self.next()? {
                Piece::Start(inner) => inside += usize::from(!inner.ends),
                Piece::End(_) => inside -= 1,
                Piece::Eof => return Err(ReadError::abnormal()),
                Piece::Text(_) | Piece::Literal(_) => {}
            }
        }
        Ok(())
    }

    /// The text of an element that has begun, up to its end: mostly one piece. Another element in it is refused.
    #[inline(always)]
    pub fn content(&mut self, element: Element<'_>) -> Result<Cow<'p, str>, ReadError> {
        let mut whole = Cow::Borrowed("");
        if element.ends {
            return Ok(whole);
        }
        loop {
            let piece = match self.next()? {
                Piece::Text(text) => plain(text)?,
                Piece::Literal(text) => lines(text),
                Piece::End(name) if name == element.name => return Ok(whole),
                Piece::Start(_) | Piece::End(_) | Piece::Eof => return Err(ReadError::abnormal()),
            };
            if whole.is_empty() { whole = piece } else { whole.to_mut().push_str(&piece) }
        }
    }
}

impl<'p> Element<'p> {
    /// Its attributes as they are written: names and values.
    #[inline]
    pub fn attributes(self) -> impl Iterator<Item = (&'p str, &'p str)> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            let (name, behind) = rest.split_at_checked(memchr(b'=', rest.as_bytes())?)?;
            let behind = behind[1..].trim_ascii_start();
            let quote = *behind.as_bytes().first().filter(|b| matches!(b, b'"' | b'\''))?;
            let (value, behind) = behind[1..].split_at_checked(memchr(quote, &behind.as_bytes()[1..])?)?;
            rest = &behind[1..];
            Some((name.trim_ascii(), value))
        })
    }

    /// The value of the first attribute whose name is wanted.
    pub fn attribute(self, wanted: impl Fn(&str) -> bool) -> Option<String> {
        let (_, value) = self.attributes().find(|(name, _)| wanted(name))?;
        quick_xml::escape::unescape(value).ok().map(Cow::into_owned)
    }
}

/// A name without its prefix.
#[inline]
fn local(name: &str) -> &str {
    name.bytes().rposition(|b| b == b':').map_or(name, |colon| &name[colon + 1..])
}

/// A text as it is read. Entities of a document's own are refused: it may not declare any.
#[inline]
fn plain(text: &str) -> Result<Cow<'_, str>, ReadError> {
    if memchr::memchr2(b'&', b'\r', text.as_bytes()).is_none() {
        return Ok(text.into());
    }
    Ok(match lines(text) {
        Cow::Borrowed(text) => quick_xml::escape::unescape(text).map_err(|_| ReadError::abnormal())?,
        Cow::Owned(text) => quick_xml::escape::unescape(&text).map_err(|_| ReadError::abnormal())?.into_owned().into(),
    })
}

/// A text whose lines end as markup says that they do.
#[inline]
fn lines(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces as one line.
    fn read(part: &str) -> Result<String, ReadError> {
        let (mut markup, mut told) = (Markup::of(part), String::new());
        loop {
            match markup.next()? {
                Piece::Start(element) => {
                    let attributes: Vec<String> = element.attributes().map(|(name, value)| format!(" {name}={value}")).collect();
                    told += &format!("<{}{}{}>", element.name, attributes.concat(), if element.ends { "/" } else { "" });
                }
                Piece::End(name) => told += &format!("</{name}>"),
                Piece::Text(text) => told += text,
                Piece::Literal(text) => told += &format!("[{text}]"),
                Piece::Eof => return Ok(told),
            }
        }
    }

    #[test]
    fn pieces_come_as_they_stand() {
        let part =
            "\u{feff}<?xml version=\"1.0\"?><!-- <a> --><x:row r = '1>' x:id=\"a'b\" ><c/>甲&amp;<![CDATA[<b>]]></x:row >\n";
        assert_eq!(read(part).expect("pieces"), "\u{feff}<row r=1> x:id=a'b><c/>甲&amp;[<b>]</row>\n");
        assert_eq!(read("<a b c=\"1\"d='2' e=3>x").expect("pieces"), "<a b c=1 d=2>x");
    }

    #[test]
    fn what_is_cut_or_declares_entities_is_refused() {
        for broken in ["<a", "<a b=\"c>", "</a", "<!-- a ->", "<![CDATA[a]>", "<!DOCTYPE a>", "<?xml >", "a<"] {
            assert!(read(broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn an_element_holds_its_text_and_nothing_else() {
        let content = |part: &'static str| {
            let mut markup = Markup::of(part);
            let Ok(Piece::Start(element)) = markup.next() else { panic!("{part}") };
            markup.content(element).map(Cow::into_owned)
        };
        assert_eq!(content("<t>a\r\nb&#20108;&lt;<!-- c --><![CDATA[&\r]]></t>").expect("a text"), "a\nb二<&\n");
        assert_eq!(content("<t/>").expect("none"), "");
        for broken in ["<t>a<b/></t>", "<t>a</b>", "<t>&x;</t>", "<t>a"] {
            assert!(content(broken).is_err(), "{broken}");
        }
    }
}
