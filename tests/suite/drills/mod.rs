//! Faults, and what must hold after each.

mod stopped;
