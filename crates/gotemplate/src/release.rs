//! Lets go of nested values one after the other: a template may nest them deeper than any stack.

use crate::value::Value;
use std::cell::RefCell;

thread_local! {
    /// Values that wait for their turn while another is let go of.
    static WAITING: RefCell<Option<Vec<Value>>> = const { RefCell::new(None) };
}

/// Drops values; what they hold is dropped afterwards, not inside.
pub(crate) fn release(values: impl Iterator<Item = Value>) {
    let mut nested =
        values.filter(|value| matches!(value, Value::List(_) | Value::Map(_) | Value::Object(_))).peekable();
    if nested.peek().is_none() {
        return;
    }
    let nested: Vec<Value> = nested.collect();
    // Borrowed only while values are moved: dropping comes back here.
    let is_first = WAITING.with_borrow_mut(|waiting| match waiting {
        Some(waiting) => {
            waiting.extend(nested);
            false
        }
        None => {
            *waiting = Some(nested);
            true
        }
    });
    if !is_first {
        return;
    }
    while let Some(value) = WAITING.with_borrow_mut(|waiting| waiting.as_mut().and_then(Vec::pop)) {
        drop(value);
    }
    WAITING.with_borrow_mut(|waiting| *waiting = None);
}
