//! Requests and limits of containers: whether they are set, and whether they are within configured bounds.

use crate::quantity::{BYTES, CORES, CORES_ANY, Quantity, Suffix};
use ks_control::{Finding, Inputs, Sink};
use ks_object::{Container, Node, Path};

/// One amount that a container may ask for, and the inputs that bound it.
#[derive(Debug)]
pub(crate) struct Amount {
    list: &'static str,
    resource: &'static str,
    suffixes: &'static [Suffix],
    min: &'static str,
    max: &'static str,
}

pub(crate) const CPU_REQUEST: Amount =
    Amount { list: "requests", resource: "cpu", suffixes: CORES, min: "cpu_request_min", max: "cpu_request_max" };

pub(crate) const CPU_LIMIT: Amount =
    Amount { list: "limits", min: "cpu_limit_min", max: "cpu_limit_max", ..CPU_REQUEST };

pub(crate) const MEMORY_REQUEST: Amount = Amount {
    list: "requests",
    resource: "memory",
    suffixes: BYTES,
    min: "memory_request_min",
    max: "memory_request_max",
};

pub(crate) const MEMORY_LIMIT: Amount =
    Amount { list: "limits", min: "memory_limit_min", max: "memory_limit_max", ..MEMORY_REQUEST };

/// Sandboxes have ceilings alone: no input has the empty key.
pub(crate) const SANDBOX_CPU_LIMIT: Amount =
    Amount { suffixes: CORES_ANY, min: "", max: "sandbox_cpu_limit_max", ..CPU_LIMIT };

pub(crate) const SANDBOX_MEMORY_LIMIT: Amount = Amount { min: "", max: "sandbox_memory_limit_max", ..MEMORY_LIMIT };

impl Amount {
    fn of<'a>(&self, container: &Container<'a>) -> Option<Node<'a>> {
        container.resources?.get(self.list)?.get(self.resource).filter(|amount| amount.truthy())
    }

    /// Where the amount stands or would stand.
    pub(crate) fn path(&self, container: &Container<'_>) -> Path {
        container.path().key("resources").key(self.list).key(self.resource)
    }

    /// Whether the container lacks the amount.
    pub(crate) fn is_missing(&self, container: &Container<'_>) -> bool {
        self.of(container).is_none()
    }

    /// Reports a container that lacks the amount.
    pub(crate) fn require(&self, container: &Container<'_>, sink: &mut Sink<'_>) {
        if self.is_missing(container) {
            sink.push(Finding::of(container).set(self.path(container), "YOUR_VALUE"));
        }
    }

    /// Reports a container whose amount is above a configured maximum or below a configured minimum. What is no
    /// amount is out of no bounds.
    pub(crate) fn bound(&self, container: &Container<'_>, inputs: &Inputs, sink: &mut Sink<'_>) {
        let Some(amount) = self.of(container).and_then(|amount| Quantity::parse(amount.text(), self.suffixes)) else {
            return;
        };
        let limits = |key| inputs.values(key).iter().filter_map(|limit| Quantity::parse(limit, self.suffixes));
        if limits(self.max).any(|max| amount > max) || limits(self.min).any(|min| amount < min) {
            sink.push(Finding::of(container).review(self.path(container)));
        }
    }
}
