//! Faults, and what must hold after each.

mod stopped;
mod two_servers;
