//! How large values may become by copying: a value that is copied into itself doubles.

use crate::error::Fault;
use serde_json::Value;

/// How deep objects may be nested.
const MAX_DEPTH: usize = 200;
/// How many keys a path may have.
const MAX_PATH: usize = 100;
/// How many values may be copied at once.
const MAX_VALUES: usize = 100_000;

/// Refuses a value that is too large to be copied to a depth.
pub(crate) fn check(value: &Value, depth: usize) -> Result<(), Fault> {
    let mut room = MAX_VALUES;
    measure(value, depth, &mut room)
}

/// Refuses a path of too many keys: what it leads to is walked to, or made.
pub(crate) fn check_path(keys: usize) -> Result<(), Fault> {
    if keys <= MAX_PATH {
        return Ok(());
    }
    Err(Fault::new(format!("a path has {keys} keys; no object is more than {MAX_PATH} levels deep")))
}

/// Refuses an object that is nested too deep.
pub(crate) fn check_depth(value: &Value) -> Result<(), Fault> {
    measure(value, 0, &mut usize::MAX.clone())
}

fn measure(value: &Value, depth: usize, room: &mut usize) -> Result<(), Fault> {
    if depth > MAX_DEPTH {
        return Err(Fault::new(format!("the object becomes more than {MAX_DEPTH} levels deep; copy less")));
    }
    if *room == 0 {
        return Err(Fault::new(format!("more than {MAX_VALUES} values are copied at once; copy less")));
    }
    *room -= 1;
    match value {
        Value::Array(items) => items.iter().try_for_each(|item| measure(item, depth + 1, room)),
        Value::Object(fields) => fields.values().try_for_each(|field| measure(field, depth + 1, room)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn large_values_are_refused() {
        let mut deep = json!(1);
        for _ in 0..100 {
            deep = json!([deep]);
        }
        assert!(check(&deep, 0).is_ok());
        assert!(check(&deep, 150).is_err());
        assert!(check_depth(&deep).is_ok());
        assert!(check(&Value::Array(vec![json!(1); MAX_VALUES]), 0).is_err());
    }
}
