//! The engine: picks controls, evaluates them, applies exceptions, counts and scores.
//!
//! It is handed a [`ks_control::Library`] and knows no control by name.

mod bits;
pub mod cases;
mod eval;
pub mod exceptions;
mod findings;
mod finish;
mod grants;
pub mod inputs;
mod joins;
mod outcome;
mod plan;
mod priority;
mod scan;
mod score;
mod spool;
mod status;
mod table;

pub use eval::{Evaluation, Failing, Matching, evaluate};
pub use exceptions::{Exception, ExceptionPolicy};
pub use outcome::{
    BySeverity, ControlOutcome, ControlResult, Counters, FrameworkOutcome, Outcome, PathItem, PathKind, Priority,
    Resource, RuleResult, SkippedDocument, Summary, Vector,
};
pub use plan::{Focus, Plan, PlanError, Request, Settings};
pub use scan::{Order, Scan, Worker};
pub use status::{Status, SubStatus, Verdict};
