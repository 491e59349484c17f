//! Faults, and what must hold after each.

mod clock_back;
mod slow_lines;
mod stopped;
mod two_servers;
