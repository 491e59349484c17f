//! Bytes as people and files write them: two digits each, in hexadecimal.

/// Writes bytes.
pub fn write(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads bytes.
pub fn read(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect::<Option<_>>()?;
    digits.len().is_multiple_of(2).then(|| digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        assert_eq!(write(&[0, 0xAB, 9]), "00ab09");
        assert_eq!(read("00aB09"), Some(vec![0, 0xAB, 9]));
        for wrong in ["0", "0g", "县区"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
