//! 违法排污问题 and their rectification (整改): one violation at one unit from one source. Plan, filing, due date, completion
//! and verification live on the problem, and only here; progress is computed from their dates.

mod brought;
mod changes;
mod list;
mod problem;
mod steps;
mod steps_store;
mod store;

pub use brought::{Brought, add_many};
pub use changes::{LABELS, NewProblem, ProblemChanges, USUAL_INVESTMENT};
pub use list::{Filter, Listed, list};
pub use problem::{LastStep, Problem, ProgressOn};
pub use steps::{Completion, Ending, Extended, Extension, Return, Start, Verification};
pub use steps_store::{
    BatchStep, complete, end, extend, extensions, name_verifiers, recurred, start, step_many, take_step_back, verify,
};
pub use store::{add, change, correct, find, of_unit, take_back};
