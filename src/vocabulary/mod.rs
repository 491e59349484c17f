//! The words that tables may hold, each once: problem kinds, sources, states, measures, permit classes, industries.
//!
//! A word is stored and sent by its `code` and shown by its `label`. Imports read either, and the spellings
//! that offices use, through `read`. Rules ask a word for a property (`kind.severe`, `source.sent_down()`)
//! and never compare codes, so that a new word is one line here and nowhere else.
//!
//! - [`mod@kinds`]: problem kinds (问题类型) with their legal basis and the usual range of a fine
//! - [`sources`]: where a problem came from (问题来源)
//! - [`units`]: status, permit, self-inspection and missing credit code of a unit (排污单位)
//! - [`progress`]: rectification (整改), its ends, and what was found of a sent-down problem
//! - [`measures`]: who handles a case, its measures, discretion, transfers to the police
//! - [`outreach`]: how a unit is told (告知); [`inspections`]: what officers found when they came (排查)
//! - [`supervision`]: level, matter, state and steps of an order (督办), rhythm of reports
//! - [`publicity`]: media of exposure (曝光)
//! - [`industries`]: GB/T 4754-2017 with search by code, name and initials

mod word;

pub mod clocks;
pub mod industries;
pub mod inspections;
pub mod kinds;
pub mod measures;
pub mod outreach;
pub mod progress;
pub mod publicity;
pub mod sources;
pub mod supervision;
pub mod units;

pub use clocks::{CaseEvent, ClockKind};
pub use industries::{Industry, industry};
pub use inspections::InspectionResult;
pub use kinds::{Kind, Medium, kind, kinds};
pub use measures::{Category, Discretion, HandledBy, MeasureKind, PoliceOutcome, TransferBasis};
pub use outreach::NotificationChannel;
pub use progress::{EndedAs, Progress, VerifiedAs};
pub use publicity::ExposureMedia;
pub use sources::{ClueDay, Source};
pub use supervision::{Rhythm, SupervisionLevel, SupervisionMatter, SupervisionState, SupervisionStep};
pub use units::{NoCodeReason, PermitClass, SelfInspectionState, UnitStatus};
pub use word::{Vocabulary, fold};
