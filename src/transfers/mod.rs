//! 移送材料包: what goes to the police with a transfer: the letter, the facts of the case, the evidence, and a list with the
//! SHA-256 of each file, so that whoever receives it can tell that nothing was changed on the way.

mod letter;
mod package;

pub use letter::letter;
pub use package::{File, PackageError, Transfer, package};
