//! The report model and its writers: one pure writer a format.
//!
//! A writer gets a [`Report`] and something to write to; it opens no file and knows no terminal.

mod coverage;
pub mod csv;
mod describe;
mod digest;
pub mod edit;
mod encode;
mod error;
mod excerpt;
pub mod gitlab;
pub mod html;
mod hunk;
pub mod json;
pub mod json_v1;
pub mod junit;
mod locate;
pub mod markdown;
mod model;
mod names;
mod number;
pub mod pdf;
pub mod policyreport;
pub mod pretty;
pub mod prometheus;
mod prose;
mod remedy;
pub mod sarif;
mod secret;
mod sink;
mod site;
mod style;
pub mod yaml;

pub use coverage::Coverage;
pub use error::ReportError;
pub use locate::{Located, Locator};
pub use model::{Report, ScanInfo, Target, View};
pub use number::{exact_compliance, whole_compliance, whole_risk};
pub use style::{ColorChoice, ColorLevel, Style, Surroundings};
