//! 典型案例曝光: the text of a decided case for the public. It is drafted from the ledger with names and numbers of persons
//! redacted by rule, read by a person, reviewed by the legal officer, published by the city, and withdrawn with a trace.
//!
//! What the public reads is one table without a county that holds nothing but published texts (`published_cases`). The
//! exposure fact of the case (曝光日期, 政府网站) follows from publishing.

mod draft;
mod exposure;
mod known;
mod public;
mod redaction;
mod store;

pub use draft::{draft, persons};
pub use exposure::{DECISION_CHANGED, Exposure, ExposureText, State};
pub use known::known_persons;
pub use public::{Published, published, published_cases};
pub use redaction::{left_over, redact};
pub use store::{Line, Typical, find, list, of_case, publish, review, typical, waiting, withdraw, write};
