//! Lists. None changes the list that it is given.

use super::core::is_empty;
use super::{Function, elements, function, int};
use crate::error::Failure;
use crate::exec::Exec;
use crate::value::{ListKind, Value};

type Outcome = Result<Value, Failure>;

pub(super) static FUNCTIONS: &[Function] = &[
    function("list", "a*", |_, args| Ok(Value::list(args.to_vec()))),
    function("tuple", "a*", |_, args| Ok(Value::list(args.to_vec()))),
    function("first", "a", |_, args| at_end(&args[0], "first", true)),
    function("mustFirst", "a", |_, args| at_end(&args[0], "first", true)),
    function("last", "a", |_, args| at_end(&args[0], "last", false)),
    function("mustLast", "a", |_, args| at_end(&args[0], "last", false)),
    function("rest", "a", |_, args| part(&args[0], "rest", |items| items.get(1..).unwrap_or_default())),
    function("mustRest", "a", |_, args| part(&args[0], "rest", |items| items.get(1..).unwrap_or_default())),
    function("initial", "a", |_, args| part(&args[0], "initial", without_last)),
    function("mustInitial", "a", |_, args| part(&args[0], "initial", without_last)),
    function("append", "aa", append),
    function("mustAppend", "aa", append),
    function("push", "aa", append),
    function("mustPush", "aa", append),
    function("prepend", "aa", prepend),
    function("mustPrepend", "aa", prepend),
    function("concat", "a*", concat),
    function("reverse", "a", reverse),
    function("mustReverse", "a", reverse),
    function("uniq", "a", uniq),
    function("mustUniq", "a", uniq),
    function("without", "aa*", without),
    function("mustWithout", "aa*", without),
    function("has", "aa", has),
    function("mustHas", "aa", has),
    function("compact", "a", compact),
    function("mustCompact", "a", compact),
    function("slice", "aa*", slice),
    function("mustSlice", "aa*", slice),
    function("chunk", "ia", chunk),
    function("mustChunk", "ia", chunk),
];

fn without_last(items: &[Value]) -> &[Value] {
    items.split_last().map_or(&[], |(_, rest)| rest)
}

fn at_end(value: &Value, name: &str, front: bool) -> Outcome {
    let list = elements(value, name)?;
    let found = if front { list.items.first() } else { list.items.last() };
    Ok(found.cloned().unwrap_or(Value::Nil))
}

fn part(value: &Value, name: &str, of: for<'v> fn(&'v [Value]) -> &'v [Value]) -> Outcome {
    Ok(Value::list(of(&elements(value, name)?.items).to_vec()))
}

fn append(_: &mut Exec<'_>, args: &[Value]) -> Outcome {
    if args[0].is_nil() {
        return Err(Failure::new("Cannot push on type <nil>"));
    }
    let mut items = elements(&args[0], "push")?.items.clone();
    items.push(args[1].clone());
    Ok(Value::list(items))
}

fn prepend(_: &mut Exec<'_>, args: &[Value]) -> Outcome {
    let mut items = vec![args[1].clone()];
    items.extend_from_slice(&elements(&args[0], "prepend")?.items);
    Ok(Value::list(items))
}

fn concat(_: &mut Exec<'_>, args: &[Value]) -> Outcome {
    let mut items = Vec::new();
    for arg in args {
        let Value::List(list) = arg else {
            return Err(Failure::new(format!("Cannot concat type {} as list", arg.kind_name())));
        };
        items.extend_from_slice(&list.items);
    }
    Ok(Value::list(items))
}

fn reverse(_: &mut Exec<'_>, args: &[Value]) -> Outcome {
    let mut items = elements(&args[0], "reverse")?.items.clone();
    items.reverse();
    Ok(Value::list(items))
}

fn uniq(exec: &mut Exec<'_>, args: &[Value]) -> Outcome {
    let list = elements(&args[0], "uniq")?;
    let mut kept: Vec<Value> = Vec::new();
    for item in &list.items {
        exec.charge(kept.len())?;
        if !kept.iter().any(|known| known.deep_equal(item)) {
            kept.push(item.clone());
        }
    }
    Ok(Value::list(kept))
}

fn without(_: &mut Exec<'_>, args: &[Value]) -> Outcome {
    let list = elements(&args[0], "without")?;
    let kept = list.items.iter().filter(|item| !args[1..].iter().any(|gone| gone.deep_equal(item)));
    Ok(Value::list(kept.cloned().collect()))
}

fn has(_: &mut Exec<'_>, args: &[Value]) -> Outcome {
    if args[1].is_nil() {
        return Ok(Value::Bool(false));
    }
    let list = elements(&args[1], "has")?;
    Ok(Value::Bool(list.items.iter().any(|item| item.deep_equal(&args[0]))))
}

fn compact(_: &mut Exec<'_>, args: &[Value]) -> Outcome {
    let list = elements(&args[0], "compact")?;
    Ok(Value::list(list.items.iter().filter(|item| !is_empty(item)).cloned().collect()))
}

fn slice(_: &mut Exec<'_>, args: &[Value]) -> Outcome {
    let bound = |at: usize| args.get(at).map(super::convert::to_int);
    let (Value::List(_) | Value::Bytes(_)) = &args[0] else {
        return Err(Failure::new(format!("list should be type of slice or array but {}", args[0].kind_name())));
    };
    let list = elements(&args[0], "slice")?;
    let length = list.items.len();
    if length == 0 {
        return Ok(Value::Nil);
    }
    let start = bound(1).map_or(Ok(0), usize::try_from);
    let end = bound(2).map_or(Ok(length), usize::try_from);
    let out_of_range = || Failure::new("reflect: slice index out of bounds");
    let (Ok(start), Ok(end)) = (start, end) else { return Err(out_of_range()) };
    let items = list.items.get(start..end).ok_or_else(out_of_range)?;
    Ok(Value::list_of(list.kind, items.to_vec()))
}

fn chunk(_: &mut Exec<'_>, args: &[Value]) -> Outcome {
    let list = elements(&args[1], "chunk")?;
    let size = usize::try_from(int(&args[0])).ok().filter(|size| *size > 0);
    let size = size.ok_or_else(|| Failure::new("chunk: the size must be above zero"))?;
    let chunks = list.items.chunks(size).map(|chunk| Value::list(chunk.to_vec()));
    Ok(Value::list_of(ListKind::Lists, chunks.collect()))
}
