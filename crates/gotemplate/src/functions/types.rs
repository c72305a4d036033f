//! Types and kinds.

use super::{Function, function, text};
use crate::value::Value;

pub(super) static FUNCTIONS: &[Function] = &[
    function("kindOf", "a", |_, args| Ok(Value::str(args[0].kind_name()))),
    function("kindIs", "sa", |_, args| Ok(Value::Bool(text(&args[0]) == args[1].kind_name()))),
    function("typeOf", "a", |_, args| Ok(Value::str(args[0].type_name()))),
    function("typeIs", "sa", |_, args| Ok(Value::Bool(text(&args[0]) == args[1].type_name()))),
    function("typeIsLike", "sa", |_, args| {
        let wanted = text(&args[0]);
        let found = args[1].type_name();
        Ok(Value::Bool(wanted == found || Some(wanted.as_str()) == found.strip_prefix('*')))
    }),
    function("deepEqual", "aa", |_, args| Ok(Value::Bool(args[0].deep_equal(&args[1])))),
];
