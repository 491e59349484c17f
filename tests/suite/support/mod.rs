//! What tests share: a server with a database of its own, people who use it, a reader of pages, rows of facts.

mod browser;
pub mod corpus;
mod elsewhere;
mod incoming;
mod page;
mod person;
pub mod rows;
mod seeds;
mod served;
mod server;
pub mod workbook;

pub use browser::Browser;
pub use elsewhere::Elsewhere;
pub use incoming::{Workbook, locked_workbook, sheet, text, units_list};
pub use page::Page;
pub use person::Person;
pub use seeds::SeedProblem;
pub use served::{Served, alone};
pub use server::{PASSWORD, PROGRAM, TestApp};
