//! Invented names, numbers and texts for demonstration data.
//!
//! Everything is a pure function of the seed and a running number, so that any part can be made again in any
//! order. The generator is our own few lines: a library's may change its stream with a release.
//!
//! No unit here is meant to be a real one. Brand words are two literary characters that firms seldom join, and
//! the credit codes cannot have been issued (see `codes`). Places are the real counties; villages are invented.

mod codes;
mod findings;
mod papers;
mod words;

pub use codes::is_valid as credit_code_is_valid;
pub use findings::Finding;
pub use papers::Paper;

use std::sync::OnceLock;

/// Where demonstration data gets its words from.
#[derive(Clone, Copy, Debug)]
pub struct Names {
    seed: u64,
}

/// One step of SplitMix64 (Steele, Lea, Flood 2014).
fn mixed(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A stream of choices for one thing.
pub(in crate::demo) struct Dice(u64);

impl Dice {
    /// A number below `limit`.
    pub(in crate::demo) fn below(&mut self, limit: usize) -> usize {
        self.0 = mixed(self.0);
        // The bias is far below what anyone could see in demonstration data.
        usize::try_from(self.0 % limit.max(1) as u64).unwrap_or(0)
    }

    pub(in crate::demo) fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    /// True in `percent` of a hundred throws.
    pub(in crate::demo) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of the choices, each as often as its weight says.
    pub(in crate::demo) fn weighted<T: Copy>(&mut self, choices: &[(T, usize)]) -> T {
        let mut left = self.below(choices.iter().map(|c| c.1).sum());
        for (choice, weight) in choices {
            match left.checked_sub(*weight) {
                Some(rest) => left = rest,
                None => return *choice,
            }
        }
        choices[0].0
    }
}

/// Trade words with the form of the firm, by industry; the row without a code serves all others.
fn trades(industry: &str) -> &'static [&'static str] {
    type Rows = Vec<(&'static str, Vec<&'static str>)>;
    static ROWS: OnceLock<Rows> = OnceLock::new();
    let rows = ROWS.get_or_init(|| {
        let lines = include_str!("names/trades.csv").lines().skip(1);
        lines.filter_map(|line| line.split_once(',')).map(|(code, words)| (code, words.split('|').collect())).collect()
    });
    let found = rows.iter().find(|row| row.0 == industry);
    found.or(rows.last()).map_or(&[], |row| &row.1)
}

/// Names that a county has before they are used again.
const NAMES: u32 = 100_000;

impl Names {
    /// Names for a seed; the same seed gives the same names, always.
    pub const fn new(seed: u64) -> Self {
        Self { seed }
    }

    pub(in crate::demo) fn dice(self, thing: &str, number: u64) -> Dice {
        let start = thing.bytes().fold(self.seed, |state, byte| mixed(state ^ u64::from(byte)));
        Dice(mixed(start ^ number))
    }

    /// The name of the county's unit number `n`, such as `潞州区砚泽焦化有限公司`.
    ///
    /// Within a county two numbers never have one name: `n` walks through all pairs of brand characters, then
    /// through the trade words, then adds a third character. That is enough for 100,000 units a county; those beyond are
    /// further works of the first.
    pub fn unit(self, county: i32, industry: &str, n: u32) -> String {
        let (first, second) = (words::BRAND_FIRST, words::BRAND_SECOND);
        let pairs = (first.len() * second.len()) as u64;
        let trades = trades(industry);
        let (works, n) = (n / NAMES + 1, u64::from(n % NAMES));
        let works = if works > 1 { format!("第{works}分厂") } else { String::new() };
        let start = self.dice("unit", county.unsigned_abs().into()).0;
        // The stride shares no factor with the number of pairs, so each pair comes once in a round.
        let pair = (start % pairs + (n % pairs) * words::BRAND_STRIDE) % pairs;
        let round = n / pairs;
        let trade = (round + pair) % trades.len() as u64;
        let third = round / trades.len() as u64;
        let at = |value: u64| usize::try_from(value).unwrap_or(0);
        let more = match third {
            0 => String::new(),
            _ => words::BRAND_SECOND[at((third - 1) % second.len() as u64)].to_string(),
        };
        format!(
            "{}{}{}{more}{}{works}",
            words::county(county).prefix,
            first[at(pair) / second.len()],
            second[at(pair) % second.len()],
            trades[at(trade)]
        )
    }

    /// The unified social credit code of the county's unit number `n`: well formed, with right check digits, and
    /// never issued.
    pub fn credit_code(self, county: i32, n: u32) -> String {
        codes::invented(county, n)
    }

    /// An address in a township: an invented village, sometimes with a number.
    pub fn address(self, county: i32, township: &str, n: u32) -> String {
        let mut dice = self.dice("address", u64::from(n) << 20 | u64::from(county.unsigned_abs()));
        let village = format!("{}{}", dice.one_of(words::VILLAGE_FIRST), dice.one_of(words::VILLAGE_SECOND));
        let spot = match dice.below(4) {
            0 => format!("村{}侧", dice.one_of(&["东", "南", "西", "北"])),
            1 => format!("村工业路{}号", 1 + dice.below(88)),
            2 => format!("村{}{}00米", dice.one_of(&["东", "南", "西", "北"]), 1 + dice.below(9)),
            _ => "村".to_owned(),
        };
        format!("长治市{}{township}{village}{spot}", words::county(county).name)
    }

    /// A person's name; anyone who bears it is a coincidence.
    pub fn person(self, n: u64) -> String {
        let mut dice = self.dice("person", n);
        let surname = dice.one_of(words::SURNAMES);
        let first = dice.one_of(words::GIVEN);
        match dice.below(5) {
            0 => format!("{surname}{first}"),
            _ => format!("{surname}{first}{}", dice.one_of(words::GIVEN)),
        }
    }

    /// A telephone number `139000xxxxx`.
    ///
    /// No block of Chinese mobile numbers is set aside for fiction. These eleven digits pass the checks of form,
    /// and the four zeros where an area would stand tell every reader that the number is made up. The program
    /// sends nothing to any of them.
    pub fn phone(self, n: u64) -> String {
        format!("139000{:05}", self.dice("phone", n).below(100_000))
    }

    /// Two different officers, who find or verify together.
    pub fn officers(self, county: i32, n: u64) -> [String; 2] {
        let base = u64::from(county.unsigned_abs()) << 8;
        let mut dice = self.dice("officers", base << 24 | n);
        // A bureau has a dozen officers; their numbers stand apart from those of contacts.
        let first = dice.below(12);
        let mut second = (first + 1 + dice.below(11)) % 12;
        let name = |at: usize| self.person(u64::MAX - base - at as u64);
        while name(second) == name(first) {
            second = (second + 1) % 12;
        }
        [name(first), name(second)]
    }

    /// A problem of this kind, with the measures that mend it.
    pub fn finding(self, kind: &str, n: u64) -> Finding {
        findings::invented(kind, &mut self.dice("finding", n))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    const INDUSTRIES: [&str; 5] = ["2521", "3021", "3031", "47", "1711"];

    #[test]
    fn a_county_never_has_one_name_twice() {
        let names = Names::new(2019);
        let mut seen = HashSet::new();
        for n in 0..2 * NAMES + 20 {
            let name = names.unit(140_403, INDUSTRIES[n as usize % 5], n);
            assert!(seen.insert(name.clone()), "{name}");
        }
    }

    #[test]
    fn trade_words_belong_to_one_industry() {
        let mut seen = HashSet::new();
        for line in include_str!("names/trades.csv").lines().skip(1) {
            let words: Vec<_> = line.split_once(',').expect("two columns").1.split('|').collect();
            // Equal lengths keep the rounds of all industries in step, and so the names apart.
            assert_eq!(words.len(), 4, "{line}");
            for word in words {
                assert!(seen.insert(word), "{word}");
            }
        }
        assert_eq!(trades("9999"), trades(""));
    }

    #[test]
    fn the_same_seed_says_the_same() {
        let (one, two) = (Names::new(7), Names::new(7));
        assert_eq!(one.unit(140_423, "2521", 41), two.unit(140_423, "2521", 41));
        assert_eq!(one.finding("13", 8), two.finding("13", 8));
        assert_ne!(one.unit(140_423, "2521", 41), Names::new(8).unit(140_423, "2521", 41));
    }

    #[test]
    fn officers_are_two_and_telephones_are_made_up() {
        let names = Names::new(1);
        for n in 0..500 {
            let [first, second] = names.officers(140_431, n);
            assert_ne!(first, second);
            assert!(names.phone(n).starts_with("139000") && names.phone(n).len() == 11);
        }
    }

    #[test]
    fn an_address_names_county_and_township() {
        let address = Names::new(3).address(140_423, "古韩镇", 5);
        assert!(address.starts_with("长治市襄垣县古韩镇"), "{address}");
    }
}
