//! The suite: one binary, so that dependencies are linked once. It starts its own throw-away PostgreSQL cluster; every test
//! has a database of its own and runs as `zhengzhi_app`, as the product does.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing should stop there")]

mod doors;
mod support;

mod domain;
mod drills;
mod stories;
mod web;
