//! Values in the words of people.

use crate::vocabulary::{
    ExposureMedia, HandledBy, MeasureKind, PermitClass, Progress, SelfInspectionState, Source, industries, kind,
};

/// A value as people read it: words of vocabularies by their labels.
pub fn in_words(id: &str, value: &str) -> String {
    let label = match id {
        "industry" => industries::industry(value).map(industries::Industry::title),
        "permit_class" => PermitClass::from_code(value).map(|w| w.label().to_owned()),
        "self_inspection" => SelfInspectionState::from_code(value).map(|w| w.label().to_owned()),
        "source" => Source::from_code(value).map(|w| w.label().to_owned()),
        "handled_by" => HandledBy::from_code(value).map(|w| w.label().to_owned()),
        "exposure_media" => ExposureMedia::from_code(value).map(|w| w.label().to_owned()),
        "progress" => Progress::from_code(value).map(|w| w.label().to_owned()),
        "has_problem" if value == "some" => Some("是".to_owned()),
        "has_problem" if value == "none" => Some("否".to_owned()),
        "verified" if value == "yes" => Some("是".to_owned()),
        "verified" if value == "no" => Some("否".to_owned()),
        "problem_kind" => Some(value.split('；').map(|c| kind(c).map_or(c, |k| k.short)).collect::<Vec<_>>().join("；")),
        "production_limit_kind" => {
            let label = |c: &str| MeasureKind::from_code(c).map_or_else(|| c.to_owned(), |m| m.label().to_owned());
            Some(value.split('；').map(label).collect::<Vec<_>>().join("、"))
        }
        _ => None,
    };
    label.unwrap_or_else(|| value.to_owned())
}
