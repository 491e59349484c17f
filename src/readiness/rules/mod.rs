//! The rules, one file each. The numbers of domain notes are kept: R01 to R09 are the nine 勾稽 rules as the office corrected them
//! (rule 2 compares 单位数 and 问题数 nowhere, so its place is taken by what the two are counted from).

mod r01;
mod r02;
mod r03;
mod r04;
mod r05;
mod r06;
mod r07;
mod r08;
mod r09;
mod r10;
mod r11;
mod r12;
mod r13;
mod r14;
mod r15;
mod r16;
mod r17;
mod r18;
mod r20;
mod r21;
mod r22;
mod r23;
mod r24;
mod r25;
mod r26;
mod r27;
mod r28;
mod r29;
mod r30;
mod r31;
mod verifiers;

use super::rule::Rule;

/// All, in order of number.
pub(super) static ALL: &[&Rule] = &[
    &r01::RULE,
    &r02::RULE,
    &r03::RULE,
    &r04::RULE,
    &r05::RULE,
    &r06::RULE,
    &r07::RULE,
    &r08::RULE,
    &r09::RULE,
    &r10::RULE,
    &r11::RULE,
    &r12::RULE,
    &r13::RULE,
    &r14::RULE,
    &r15::RULE,
    &r16::RULE,
    &r17::RULE,
    &r18::RULE,
    &r20::RULE,
    &r21::RULE,
    &r22::RULE,
    &r23::RULE,
    &r24::RULE,
    &r25::RULE,
    &r26::RULE,
    &r27::RULE,
    &r28::RULE,
    &r29::RULE,
    &r30::RULE,
    &r31::RULE,
];

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn numbers_stand_in_order_and_every_rule_says_what_to_do() {
        assert!(ALL.windows(2).all(|pair| pair[0].id < pair[1].id));
        for rule in ALL {
            assert!(rule.hint.ends_with('。') && !rule.title.is_empty(), "{}", rule.id);
        }
    }
}
