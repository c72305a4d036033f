//! Takes what checks say.

use crate::{External, Finding, Target};
use ks_object::Object;
use std::marker::PhantomData;

/// Takes the findings of one rule. Pushing nothing is a pass and allocates nothing.
#[derive(Debug, Default)]
pub struct Sink<'a> {
    current: u32,
    findings: Vec<(Target, Finding)>,
    counted: Vec<Target>,
    error: Option<&'static str>,
    objects: PhantomData<&'a ()>,
}

impl<'a> Sink<'a> {
    /// A sink for findings about the object or grant with this handle.
    #[must_use]
    pub fn for_object(handle: u32) -> Self {
        Self { current: handle, ..Self::default() }
    }

    /// The object or grant at hand fails.
    pub fn push(&mut self, finding: Finding) {
        self.findings.push((Target::Object(self.current), finding));
    }

    /// An object of the cluster fails; for joins.
    pub fn push_on(&mut self, object: Object<'a>, finding: Finding) {
        self.push_handle(object.handle(), finding);
    }

    /// The object or grant with this handle fails.
    pub fn push_handle(&mut self, handle: u32, finding: Finding) {
        self.findings.push((Target::Object(handle), finding));
    }

    /// Something that is no object of the input fails.
    pub fn push_external(&mut self, external: External, finding: Finding) {
        self.findings.push((Target::External(external), finding));
    }

    /// An object gets a verdict although nothing may be wrong; for rules that count by [`crate::Counts::Reported`].
    pub fn count(&mut self, object: Object<'a>) {
        self.counted.push(Target::Object(object.handle()));
    }

    /// Something that is no object of the input gets a verdict.
    pub fn count_external(&mut self, external: External) {
        self.counted.push(Target::External(external));
    }

    /// The rule cannot answer: all that it counts is skipped, for this reason.
    pub fn error(&mut self, reason: &'static str) {
        self.error = Some(reason);
    }

    /// What was pushed, counted, and why the rule gave up.
    #[must_use]
    pub fn into_parts(self) -> (Vec<(Target, Finding)>, Vec<Target>, Option<&'static str>) {
        (self.findings, self.counted, self.error)
    }

    /// Whether nothing was pushed, counted or given up.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty() && self.counted.is_empty() && self.error.is_none()
    }
}
