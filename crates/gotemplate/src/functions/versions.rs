//! Semantic versions.

use super::{Function, function, text};
use crate::error::Failure;
use crate::value::Value;
use crate::version::{Constraint, Version};
use std::rc::Rc;

pub(super) static FUNCTIONS: &[Function] = &[
    function("semver", "s", |_, args| Ok(Value::Object(Rc::new(version(&text(&args[0]))?)))),
    function("semverCompare", "ss", |_, args| {
        let wanted = text(&args[0]);
        let constraint =
            Constraint::parse(&wanted).ok_or_else(|| Failure::new(format!("improper constraint: {wanted}")))?;
        Ok(Value::Bool(constraint.allows(&version(&text(&args[1]))?)))
    }),
];

fn version(text: &str) -> Result<Version, Failure> {
    Version::parse(text).ok_or_else(|| Failure::new("Invalid Semantic Version"))
}
