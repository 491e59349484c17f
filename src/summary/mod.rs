//! 工作总结: official prose over the figures, paragraph by paragraph. The data write a draft; a clerk edits it as plain text, in
//! which the figures stand as ordinary numbers and go on following the data. A number typed over one of them is marked as long
//! as the two differ; what the data do not hold is a blank to be typed. The room owns `summary_paragraphs`.
//!
//! - `draft` holds the sections and their words, `values` what the data put into them
//! - `paragraph` holds one paragraph with its slots, `align` finds the slots again in an edited text
//! - `reading` puts all together; [`document()`] makes the paper of it

mod align;
mod document;
mod draft;
mod edit;
mod paragraph;
mod reading;
mod store;

mod values;

pub use document::document;
pub use edit::{Edit, LONGEST, change, reset, restore};
pub use paragraph::Piece;
pub use reading::{Asked, Gap, Mismatch, Paragraph, Section, Summary, gaps, mismatches, read, read_over};
