//! The report model and its writers: one pure writer a format.
//!
//! A writer gets a [`Report`] and something to write to; it opens no file and knows no terminal.

mod change;
mod coverage;
mod edit;
mod error;
mod excerpt;
mod locate;
mod model;
mod names;
mod number;
pub mod pretty;
mod prose;
mod remedy;
mod secret;
mod style;

pub use coverage::Coverage;
pub use error::ReportError;
pub use locate::{Located, Locator};
pub use model::{Report, ScanInfo, Target, View};
pub use style::{ColorLevel, Env, Style};
