//! The report for people at a terminal.
mod table;
mod wrap;
