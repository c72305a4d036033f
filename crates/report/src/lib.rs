//! The report model and its writers: one pure writer a format.
//!
//! A writer gets a [`Report`] and something to write to; it opens no file and knows no terminal.

mod locate;
mod model;
mod number;
pub mod pretty;
mod style;

pub use locate::{Located, Locator};
pub use model::{Report, ScanInfo, Target, View};
pub use style::{ColorChoice, ColorLevel, Style, Surroundings};
