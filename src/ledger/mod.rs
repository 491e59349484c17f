//! The ledger (工作台账): cases over problems, their decisions, and measures as rows of their own.
//!
//! A case is a noun of its own; cases and problems are many to many: one decision may cover three violations, one
//! violation may bring two decisions. Its county is where the unit lies (属地); who acts is `handled_by`. Sentences of law
//! advise and never decide.

mod batch;
mod case;
mod changes;
mod exposure;
mod grounds;
mod hints;
mod list;
mod many;
mod measure;
mod measures_store;
mod publishing;
mod reads;
mod reckoning;
mod store;
mod taking_back;
mod ties;

pub use batch::{BatchStep, by_county, step_many};
pub use case::{Case, CaseFile, Gap, LABELS, State};
pub use changes::{CaseChanges, NewCase};
pub use exposure::ExposureChanges;
pub use grounds::{CaseProblem, Grounds};
pub use hints::{Hint, LENIENCY, SEVERE, hints, hints_of_measure};
pub use list::{CaseLine, Filter, Totals, list, totals};
pub use many::{add_many, add_measures, enterable};
pub use measure::{MEASURE_LABELS, Measure, MeasureChanges, USUAL_DAILY_PENALTY, fields_of, kinds_with};
pub use measures_store::{add_measure, change_measure, find_measure, measures_of, remove_measure};
pub use publishing::exposed_by_publishing;
pub use reads::{
    attachable, by_numbers, find, of_problem, of_unit, open, open_files, problem, problems_of_unit, waiting_for_review,
};
pub use reckoning::{Reckoning, reckon};
pub use store::{add, attach, change, detach, expose, hand_back, hand_to_city, remove, review};
pub use taking_back::{take_back, take_measures_back, untie};
