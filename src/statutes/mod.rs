//! The law that periods rest on: articles, spans and the days from which they are in force. Which text applies is chosen by the
//! day on which a period begins; what came into force later is not read back.
//!
//! The list is data: a new text is a further entry in `limits.rs`, never a changed one.

mod limits;
mod provisions;

pub use limits::{LIMITS, Limit, Rule, Span, limit};
pub use provisions::{FACTORS, HEAVIER, NOTICE, Provision, REFUSAL, leniency};
