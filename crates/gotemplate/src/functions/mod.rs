//! The functions that templates can call, a family a module.

mod certificates;
mod convert;
mod core;
mod crypto;
mod dates;
mod dicts;
mod encoding;
mod lists;
mod math;
mod names;
mod paths;
mod random;
mod regexes;
mod strings;
mod types;
mod versions;

use crate::error::Failure;
use crate::exec::Exec;
use crate::value::{IntKind, List, ListKind, Value};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::LazyLock;

/// What runs a function. Its arguments fit its signature.
type Run = for<'a, 'e> fn(&'a mut Exec<'e>, &'a [Value]) -> Result<Value, Failure>;

/// A function by its name.
pub(crate) struct Function {
    pub(crate) name: &'static str,
    /// A letter for each parameter: `a` anything, `s` string, `i` int, `f` float64, `b` bool, `l` list, `m` map.
    /// A `*` behind the last one means any number of them.
    signature: &'static str,
    pub(crate) run: Run,
}

impl std::fmt::Debug for Function {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}({})", self.name, self.signature)
    }
}

/// A row of a family's table.
pub(crate) const fn function(name: &'static str, signature: &'static str, run: Run) -> Function {
    Function { name, signature, run }
}

static BY_NAME: LazyLock<HashMap<&'static str, &'static Function>> = LazyLock::new(|| {
    let families: [&'static [Function]; 16] = [
        core::FUNCTIONS,
        strings::FUNCTIONS,
        names::FUNCTIONS,
        convert::FUNCTIONS,
        math::FUNCTIONS,
        lists::FUNCTIONS,
        dicts::FUNCTIONS,
        types::FUNCTIONS,
        encoding::FUNCTIONS,
        regexes::FUNCTIONS,
        paths::FUNCTIONS,
        dates::FUNCTIONS,
        random::FUNCTIONS,
        crypto::FUNCTIONS,
        certificates::FUNCTIONS,
        versions::FUNCTIONS,
    ];
    families.into_iter().flatten().map(|function| (function.name, function)).collect()
});

/// The function of this name.
pub(crate) fn find(name: &str) -> Option<&'static Function> {
    BY_NAME.get(name).copied()
}

impl Function {
    /// Checks number and types of arguments as Go does: nothing is converted, but `nil` to an empty list or map.
    pub(crate) fn check(&self, args: &mut [Value]) -> Result<(), String> {
        let (fixed, rest) = match self.signature.strip_suffix('*') {
            Some(all) => all.split_at(all.len() - 1),
            None => (self.signature, ""),
        };
        if args.len() < fixed.len() || (rest.is_empty() && args.len() > fixed.len()) {
            let least = if rest.is_empty() { "" } else { "at least " };
            return Err(format!(
                "wrong number of args for {}: want {least}{} got {}",
                self.name,
                fixed.len(),
                args.len()
            ));
        }
        let wanted = fixed.bytes().chain(rest.bytes().cycle());
        for (arg, wanted) in args.iter_mut().zip(wanted) {
            check_one(arg, wanted)?;
        }
        Ok(())
    }
}

fn check_one(arg: &mut Value, wanted: u8) -> Result<(), String> {
    let expected = match (wanted, &*arg) {
        (b'a', _) | (b'b', Value::Bool(_)) | (b'i', Value::Int(_, IntKind::Int)) | (b'm', Value::Map(_)) => {
            return Ok(());
        }
        (b's', Value::Str(_) | Value::Raw(_)) | (b'f', Value::Float(_)) => return Ok(()),
        (b'l', Value::List(list)) if list.kind == ListKind::Any => return Ok(()),
        (b'f', Value::Int(value, IntKind::Int)) => {
            #[expect(clippy::cast_precision_loss, reason = "so does the original")]
            let value = *value as f64;
            *arg = Value::Float(value);
            return Ok(());
        }
        (b'l', Value::Nil) => {
            *arg = Value::list(Vec::new());
            return Ok(());
        }
        (b'm', Value::Nil) => {
            *arg = Value::Map(crate::map::Map::new());
            return Ok(());
        }
        (b's', _) => "string",
        (b'i', _) => "int",
        (b'f', _) => "float64",
        (b'b', _) => "bool",
        (b'l', _) => "[]interface {}",
        (_, _) => "map[string]interface {}",
    };
    if arg.is_nil() {
        return Err(format!("invalid value; expected {expected}"));
    }
    Err(format!("wrong type for value; expected {expected}; got {}", arg.type_name()))
}

/// The text of a checked `s` argument.
fn text(value: &Value) -> String {
    value.text().unwrap_or_default().into_owned()
}

/// The number of a checked `i` argument.
fn int(value: &Value) -> i64 {
    if let Value::Int(value, _) = value { *value } else { 0 }
}

/// What Sprig makes of any value where it wants a text.
fn as_text(value: &Value, limit: usize) -> Result<Rc<str>, Failure> {
    match value {
        Value::Str(text) => Ok(text.clone()),
        Value::Raw(bytes) | Value::Bytes(bytes) => Ok(Rc::from(String::from_utf8_lossy(bytes))),
        other => crate::format::verb_v(other, limit).map(Rc::from),
    }
}

/// The elements of any list, as Sprig's list functions take them.
fn elements(value: &Value, name: &str) -> Result<Rc<List>, Failure> {
    match value {
        Value::List(list) => Ok(list.clone()),
        Value::Bytes(bytes) => {
            let items = bytes.iter().map(|byte| Value::Int(i64::from(*byte), IntKind::Uint8)).collect();
            Ok(Rc::new(List { items, kind: ListKind::Any }))
        }
        other => Err(Failure::new(format!("Cannot find {name} on type {}", other.kind_name()))),
    }
}

/// Base 64 as Go's standard encoding.
pub(crate) fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}
