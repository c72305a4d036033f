//! Values with fields and methods of their own: Go's structs.

use crate::error::Failure;
use crate::value::Value;
use std::any::Any;
use std::fmt;
use std::rc::Rc;

/// A Go struct, or a named Go type with methods.
pub trait Object: fmt::Debug {
    /// The name of the Go type, as `%T` prints it.
    fn type_name(&self) -> &'static str;

    /// The Go kind: `ptr`, `struct`, `map`, `slice`.
    fn kind_name(&self) -> &'static str {
        "struct"
    }

    /// The value of a field; `None` when there is no such field.
    fn field(&self, name: &str) -> Option<Value>;

    /// Calls a method; `None` when there is no such method.
    ///
    /// # Errors
    /// Those of the method.
    fn method(&self, name: &str, args: &[Value]) -> Option<Result<Value, Failure>> {
        let _ = (name, args);
        None
    }

    /// The fields that JSON shows, in order.
    fn json_fields(&self) -> Vec<(&'static str, Value)> {
        Vec::new()
    }

    /// What JSON shows when it is no object with [`Object::json_fields`].
    fn json_value(&self) -> Option<Value> {
        None
    }

    /// The entries, when it is a map or a list.
    fn entries(&self) -> Option<Vec<(Rc<str>, Value)>> {
        None
    }

    /// Whether `if` takes it for true.
    fn truth(&self) -> bool {
        self.entries().is_none_or(|entries| !entries.is_empty())
    }

    /// What `%v` prints.
    fn print(&self) -> String;

    /// For those who know the type.
    fn as_any(&self) -> &dyn Any;
}
