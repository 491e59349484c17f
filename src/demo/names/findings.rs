//! Problem texts and the measures that mend them, by kind.
//!
//! `findings.csv` holds templates: `[a|b|c]` stands for one of the choices. Choices are drawn anew each time, so
//! a few lines give some thousands of texts.

use super::Dice;
use std::sync::OnceLock;

/// A problem as found, and what is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was found (违法事实, 存在的问题).
    pub text: String,
    /// The measures of rectification (整改措施).
    pub measures: String,
}

struct Template {
    kind: &'static str,
    text: &'static str,
    measures: &'static str,
}

fn templates() -> &'static [Template] {
    static TEMPLATES: OnceLock<Vec<Template>> = OnceLock::new();
    TEMPLATES.get_or_init(|| {
        let lines = include_str!("findings.csv").lines().skip(1);
        lines
            .filter_map(|line| {
                let mut cells = line.split(',');
                Some(Template { kind: cells.next()?, text: cells.next()?, measures: cells.next()? })
            })
            .collect()
    })
}

/// Fills a template.
fn filled(template: &str, dice: &mut Dice) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('[') {
        let Some((choices, behind)) = after.split_once(']') else {
            break;
        };
        let choices: Vec<_> = choices.split('|').collect();
        text.push_str(before);
        text.push_str(dice.one_of(&choices));
        rest = behind;
    }
    text + rest
}

/// A finding of this kind; of kind 99 when there is no template for it.
pub(super) fn invented(kind: &str, dice: &mut Dice) -> Finding {
    let of = |kind: &str| templates().iter().filter(|t| t.kind == kind).collect::<Vec<_>>();
    let mut fitting = of(kind);
    if fitting.is_empty() {
        fitting = of("99");
    }
    let template = dice.one_of(&fitting);
    Finding { text: filled(template.text, dice), measures: filled(template.measures, dice) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_templates_and_no_other_has() {
        for kind in crate::vocabulary::kinds() {
            let count = templates().iter().filter(|t| t.kind == kind.code).count();
            assert!(count >= 2, "{}", kind.code);
        }
        for line in include_str!("findings.csv").lines() {
            assert_eq!(line.split(',').count(), 3, "{line}");
        }
        assert!(templates().iter().all(|t| crate::vocabulary::kind(t.kind).is_some()));
    }

    #[test]
    fn no_bracket_is_left_over() {
        for seed in 0..2_000 {
            let kinds = crate::vocabulary::kinds();
            let finding = invented(kinds[seed % kinds.len()].code, &mut Dice(seed as u64));
            for text in [finding.text, finding.measures] {
                assert!(!text.contains(['[', ']', '|']) && text.ends_with('。'), "{text}");
            }
        }
    }
}
