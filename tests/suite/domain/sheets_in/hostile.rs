//! Files made to harm: one sentence within seconds, or a clean read, and the server lives on.

use super::{count, is_a_sentence, take};
use crate::support::Workbook;
use crate::support::corpus::{harmless, refused};
use std::time::{Duration, Instant};

/// Far above what the slowest of them takes on a busy machine, far below the child's own limits together.
const SECONDS: Duration = Duration::from_secs(60);

#[tokio::test]
async fn what_harms_or_is_broken_ends_in_one_sentence() {
    for (name, bytes) in refused() {
        let begun = Instant::now();
        let said = count(&bytes).await.expect_err(name);
        assert!(is_a_sentence(&said), "{name}: {said}");
        assert!(begun.elapsed() < SECONDS, "{name}: {:?}", begun.elapsed());
    }
    assert_eq!(count(&Workbook::of(&[&["甲"]]).bytes()).await, Ok(1), "the next file is read as ever");
}

#[tokio::test]
async fn what_is_never_followed_does_no_harm() {
    for (name, bytes) in harmless() {
        let taken = take(&bytes).await.unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!((1..=2).contains(&taken.rows.len()), "{name}: {:?}", taken.rows);
    }
}

#[tokio::test]
async fn a_sentence_says_what_to_do_about_this_file() {
    let files = refused();
    for (name, word) in [
        ("OLE2 of nothing", ".xls"),
        ("xls cut in half", ".xls"),
        ("csv in UTF-8, cut within a character", "损坏的字符"),
        ("csv with a quote that never closes", "引号"),
        ("parts under a password", "密码"),
        ("a picture", "图片"),
        ("an archive of pictures", "压缩包"),
        ("ods, a row a million times", "重复的行"),
        ("one text a hundred thousand times", "内容过多"),
    ] {
        let (_, bytes) = files.iter().find(|(n, _)| *n == name).unwrap();
        let sentence = count(bytes).await.expect_err(name);
        assert!(sentence.contains(word), "{name}: {sentence}");
    }
}
