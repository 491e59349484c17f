//! How the counties differ, so that the board is worth looking at.

use crate::base::CountyId;

/// A county's part in the invented month.
#[derive(Clone, Copy, Debug)]
pub(super) struct County {
    code: i32,
    /// Units of a thousand.
    share: usize,
    /// Of a hundred units that owe one, how many have inspected themselves by the demo's day.
    pub inspected: usize,
    /// Of a hundred problems, how many are mended in the month.
    pub pace: usize,
    /// How far its filing goes by the demo's day. What such a body enters leaves no blanks.
    pub files: Option<Files>,
}

/// How far a body's filing goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::demo) enum Files {
    /// 待签发.
    HandedOver,
    /// 已上报.
    Filed,
    /// 退回.
    Returned,
    /// 已接收.
    Accepted,
}

const fn county(code: i32, share: usize, inspected: usize, pace: usize) -> County {
    County { code, share, inspected, pace, files: None }
}

const fn files(county: County, far: Files) -> County {
    County { files: Some(far), ..county }
}

const COUNTIES: [County; 13] = [
    county(140_403, 130, 82, 78),
    county(140_404, 105, 74, 70),
    files(county(140_405, 85, 66, 62), Files::Accepted),
    county(140_406, 95, 79, 81),
    county(140_423, 110, 76, 73),
    files(county(140_425, 40, 52, 55), Files::Accepted),
    files(county(140_426, 55, 68, 66), Files::Returned),
    county(140_427, 60, 47, 44),
    county(140_428, 85, 64, 60),
    files(county(140_429, 55, 71, 75), Files::Filed),
    files(county(140_430, 40, 41, 38), Files::HandedOver),
    county(140_431, 80, 75, 69),
    county(140_471, 60, 85, 84),
];

/// A county's part; an average one for any other code.
pub(super) fn of(id: CountyId) -> County {
    COUNTIES.into_iter().find(|c| c.code == id.0).unwrap_or(county(id.0, 0, 70, 65))
}

/// How many of `total` units lie in which county; they add up to `total`.
pub(in crate::demo) fn shares(total: u32) -> Vec<(CountyId, u32)> {
    let part = |c: &County| u32::try_from(u64::from(total) * c.share as u64 / 1_000).unwrap_or(0);
    let mut shares: Vec<(CountyId, u32)> = COUNTIES.iter().map(|c| (CountyId(c.code), part(c))).collect();
    let given: u32 = shares.iter().map(|s| s.1).sum();
    let rest = usize::try_from(total - given).unwrap_or(0);
    shares.iter_mut().take(rest).for_each(|s| s.1 += 1);
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_to_the_whole() {
        for total in [0, 1, 7, 500, 1_000, 100_003] {
            assert_eq!(shares(total).iter().map(|s| s.1).sum::<u32>(), total);
        }
        assert_eq!(shares(1_000)[0], (CountyId(140_403), 130));
    }
}
