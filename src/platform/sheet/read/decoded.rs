//! Text in whatever encoding as UTF-8, piece by piece.

use encoding_rs::{Decoder, DecoderResult, Encoding};
use std::io::{self, ErrorKind, Read};

const PIECE: usize = 32 * 1024;

/// Reads text in one encoding as UTF-8, its mark of byte order taken off. What cannot be read in that encoding is an error of
/// kind `InvalidData`.
pub struct Decoded<R> {
    inner: R,
    decoder: Decoder,
    raw: Vec<u8>,
    text: Vec<u8>,
    given: usize,
    over: bool,
}

impl<R: Read> Decoded<R> {
    /// Around `inner`, which stands at its start.
    pub fn new(inner: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        Self { inner, decoder, raw: vec![0; PIECE], text: Vec::new(), given: 0, over: false }
    }

    fn refill(&mut self) -> io::Result<()> {
        let filled = self.inner.read(&mut self.raw)?;
        self.over = filled == 0;
        let piece = self.raw.get(..filled).unwrap_or_default();
        let most = self.decoder.max_utf8_buffer_length_without_replacement(filled).unwrap_or(4 * PIECE);
        self.text.resize(most, 0);
        let (result, _, written) = self.decoder.decode_to_utf8_without_replacement(piece, &mut self.text, self.over);
        self.text.truncate(written);
        self.given = 0;
        if result == DecoderResult::InputEmpty { Ok(()) } else { Err(ErrorKind::InvalidData.into()) }
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.over {
            self.refill()?;
        }
        let mut rest = self.text.get(self.given..).unwrap_or_default();
        let read = rest.read(buffer)?;
        self.given += read;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{GB18030, UTF_8, UTF_16LE};

    /// Hands out one byte at a time.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let most = buffer.len().min(1);
            self.0.read(buffer.get_mut(..most).unwrap_or_default())
        }
    }

    fn text(bytes: &[u8], encoding: &'static Encoding) -> io::Result<String> {
        let mut text = String::new();
        Decoded::new(Slow(bytes), encoding).read_to_string(&mut text).map(|_| text)
    }

    #[test]
    fn texts_come_out_as_utf_8() {
        let (gb, _, _) = GB18030.encode("单位名称𠮷㐂€");
        assert_eq!(text(&gb, GB18030).ok().as_deref(), Some("单位名称𠮷㐂€"));
        let wide: Vec<u8> = "\u{feff}甲\t𠮷".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&wide, UTF_16LE).ok().as_deref(), Some("甲\t𠮷"));
        assert_eq!(text("\u{feff}甲".as_bytes(), UTF_8).ok().as_deref(), Some("甲"));
    }

    #[test]
    fn what_is_no_text_is_an_error() {
        for bytes in [&b"ab\xFF"[..], b"\xB5"] {
            assert_eq!(text(bytes, GB18030).expect_err("broken").kind(), ErrorKind::InvalidData, "{bytes:?}");
        }
    }
}
