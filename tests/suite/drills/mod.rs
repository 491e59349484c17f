//! Faults, and what must hold after each.

mod slow_lines;
mod stopped;
mod two_servers;
