//! Good files with bytes changed at random, outside and inside their wrapping: whatever comes of them, it ends, in rows or in
//! one sentence.

use super::{count, is_a_sentence};
use crate::support::corpus::{Named, habits, harmless, unzipped, zipped};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::io::Write;
use std::time::{Duration, Instant};

/// How long it goes on; `ZHENGZHI_MUTATE_SECONDS` says otherwise.
const SECONDS: u64 = 60;
/// One file takes no longer than the child may (time on the clock), with room for a busy machine.
const LONGEST: Duration = Duration::from_secs(150);
/// What readers of numbers, of markup and of zips stumble over.
const WORDS: [&[u8]; 12] = [
    b"4294967295",
    b"-1",
    b"99999999999999999999",
    b"<",
    b">",
    b"&#0;",
    b"&x;",
    b"\0",
    b"\xFF",
    b"PK\x03\x04",
    b"NaN",
    b"XFD1048577",
];

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|value| value.parse().ok())
}

#[tokio::test]
async fn files_changed_at_random_always_end_in_rows_or_in_a_sentence() {
    let seed = setting("ZHENGZHI_MUTATE_SEED").unwrap_or_else(|| rand::rng().random());
    let seconds = setting("ZHENGZHI_MUTATE_SECONDS").unwrap_or(SECONDS);
    // Written past the test runner, which shows nothing of a test that goes well.
    writeln!(std::io::stderr(), "mutated sheets: ZHENGZHI_MUTATE_SEED={seed}, {seconds} s").unwrap();
    let mut random = StdRng::seed_from_u64(seed);
    let corpus: Vec<Named> = habits().into_iter().chain(harmless()).collect();
    let begun = Instant::now();
    let mut numbers = (0, 0, 0);
    while begun.elapsed() < Duration::from_secs(seconds) {
        let (name, good) = &corpus[random.random_range(0..corpus.len())];
        let bad = changed(good, &mut random);
        let about = || format!("{name}, number {}, ZHENGZHI_MUTATE_SEED={seed}", numbers.0);
        let outcome = tokio::time::timeout(LONGEST, count(&bad)).await;
        match outcome.unwrap_or_else(|_| panic!("{}: it does not end", about())) {
            Ok(_) => numbers.1 += 1,
            Err(said) => {
                assert!(is_a_sentence(&said), "{}: {said}", about());
                numbers.2 += 1;
            }
        }
        numbers.0 += 1;
    }
    let (all, read, refused) = numbers;
    writeln!(std::io::stderr(), "mutated sheets: {all} files, {read} read, {refused} refused").unwrap();
    assert!(all > 0);
}

/// A file with some bytes changed: in an archive, mostly inside one of its parts.
fn changed(good: &[u8], random: &mut StdRng) -> Vec<u8> {
    match unzipped(good) {
        Some(mut parts) if random.random_range(0..4) > 0 => {
            let at = random.random_range(0..parts.len());
            change(&mut parts[at].1, random);
            zipped(&parts)
        }
        _ => {
            let mut bytes = good.to_vec();
            change(&mut bytes, random);
            bytes
        }
    }
}

fn change(bytes: &mut Vec<u8>, random: &mut StdRng) {
    for _ in 0..random.random_range(1..=6) {
        if bytes.is_empty() {
            return;
        }
        let at = random.random_range(0..bytes.len());
        let end = (at + random.random_range(1..=40)).min(bytes.len());
        match random.random_range(0..6) {
            0 => bytes[at] ^= 1 << random.random_range(0..8),
            1 => bytes[at] = random.random(),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let copy = bytes[at..end].to_vec();
                let to = random.random_range(0..=bytes.len());
                bytes.splice(to..to, copy);
            }
            4 => {
                let word = WORDS[random.random_range(0..WORDS.len())];
                bytes.splice(at..at, word.iter().copied());
            }
            _ => {
                let word = WORDS[random.random_range(0..WORDS.len())];
                bytes.splice(at..end, word.iter().copied());
            }
        }
    }
}
