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
//! - [`supervision`]: level, matter, state and steps of an order (督办), rhythm of reports
//! - [`channels`]: channels of publicity (宣传), ways by which tips come (举报)
//! - [`outreach`]: how a unit is told (告知); [`inspections`]: what officers found when they came (排查)
//! - [`cross_checks`]: results of a provincial team, reasons of 迎检清单; [`twins`]: units of two counties that may be one
//! - [`publicity`]: media of exposure (曝光)
//! - [`industries`]: GB/T 4754-2017 with search by code, name and initials

mod word;

pub mod channels;
pub mod clocks;
pub mod cross_checks;
pub mod industries;
pub mod inspections;
pub mod kinds;
pub mod measures;
pub mod outreach;
pub mod progress;
pub mod publicity;
pub mod sources;
pub mod supervision;
pub mod twins;
pub mod units;

pub use channels::{PublicityChannel, TipSource};
pub use clocks::{CaseEvent, ClockKind};
pub use cross_checks::{CrossResult, Exposedness};
pub use industries::{Industry, industry};
pub use inspections::InspectionResult;
pub use kinds::{Kind, Medium, kind, kinds};
pub use measures::{Category, Discretion, HandledBy, MeasureKind, PoliceOutcome, TransferBasis};
pub use outreach::NotificationChannel;
pub use progress::{EndedAs, Progress, VerifiedAs};
pub use publicity::ExposureMedia;
pub use sources::{ClueDay, Source};
pub use supervision::{Rhythm, SupervisionLevel, SupervisionMatter, SupervisionState, SupervisionStep};
pub use twins::{TwinGround, TwinVerdict};
pub use units::{NoCodeReason, PermitClass, SelfInspectionState, UnitStatus};
pub use word::{Vocabulary, fold};
