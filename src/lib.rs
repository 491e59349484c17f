//! zhengzhi (整治): the working platform for a city's crackdown on illegal discharge of pollutants (违法排污行为大整治).
//!
//! The rooms in floor order; an import points down, or to a room listed before its own:
//!
//! - [`commands`] reads arguments; [`app`] is the only file that sees every web room
//! - floor 0, [`base`]: plain words, no I/O
//! - floor 1, [`platform`]: tools without field words
//! - floor 2, ground: [`history`], [`counties`], [`vocabulary`], [`statutes`], [`calendar`], [`campaigns`], [`accounts`],
//!   [`attachments`], [`evidence`]
//! - floor 2, facts: [`units`], [`notifications`], [`inspections`], [`self_inspections`], [`problems`], [`self_reports`],
//!   [`guidance`], [`look_backs`], [`ledger`], [`clocks`], [`transfers`], [`exposures`], [`blacklist`], [`outreach`],
//!   [`supervision`], [`tips`]
//! - floor 2, readings: [`discretion`], [`figures`], [`coverage`], [`permits`], [`spot_checks`], [`twins`], [`as_of`],
//!   [`annexes`], [`summary`], [`readiness`]; desk: [`consolidated`], [`submissions`], [`snapshots`], [`sent_down`], [`intake`],
//!   [`outside_lists`],
//!   [`undo`], [`dashboards`], [`backup`]
//! - floor 3, [`web`]: pages

#![forbid(unsafe_code)]

/// Where memory comes from. Pages and imports are short texts, made on one thread and dropped on another: the system's own
/// allocator takes a tenth of their time more.
#[global_allocator]
static MEMORY: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

pub mod base;

pub mod platform;

pub mod history;

pub mod counties;
pub mod vocabulary;

pub mod statutes;

pub mod calendar;
pub mod campaigns;

pub mod accounts;

pub mod attachments;
pub mod evidence;

pub mod units;

pub mod inspections;
pub mod notifications;

pub mod self_inspections;

pub mod problems;

pub mod self_reports;

pub mod guidance;
pub mod look_backs;

pub mod ledger;

pub mod clocks;
pub mod outreach;
pub mod transfers;

pub mod exposures;

pub mod blacklist;

pub mod discretion;

pub mod supervision;
pub mod tips;

pub mod figures;

pub mod coverage;
pub mod permits;

pub mod spot_checks;
pub mod timeline;
pub mod twins;

pub mod as_of;

pub mod annexes;

pub mod summary;

pub mod readiness;

pub mod consolidated;
pub mod submissions;

pub mod snapshots;

pub mod sent_down;

pub mod intake;
pub mod outside_lists;
pub mod undo;

pub mod dashboards;

pub mod backup;

pub mod web;

pub mod app;

pub mod demo;

pub mod commands;
