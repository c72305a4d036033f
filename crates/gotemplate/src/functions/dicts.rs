//! Maps. Those that set or unset change the map that they are given.

use super::core::is_empty;
use super::{Function, as_text, function, text};
use crate::error::Failure;
use crate::exec::Exec;
use crate::limits::{Limit, MAX_NESTING};
use crate::map::Map;
use crate::value::Value;

type Outcome = Result<Value, Failure>;

pub(super) static FUNCTIONS: &[Function] = &[
    function("dict", "a*", |exec, args| {
        let map = Map::new();
        for pair in args.chunks(2) {
            let key = as_text(&pair[0], exec.limits().max_text)?;
            map.insert(key, pair.get(1).cloned().unwrap_or_else(|| Value::str("")));
        }
        Ok(Value::Map(map))
    }),
    function("get", "ms", |_, args| Ok(map(&args[0]).get(&text(&args[1])).unwrap_or_else(|| Value::str("")))),
    function("set", "msa", |_, args| {
        map(&args[0]).set(text(&args[1]), args[2].clone());
        Ok(args[0].clone())
    }),
    function("unset", "ms", |_, args| {
        map(&args[0]).remove(&text(&args[1]));
        Ok(args[0].clone())
    }),
    function("hasKey", "ms", |_, args| Ok(Value::Bool(map(&args[0]).has(&text(&args[1]))))),
    function("pluck", "sm*", |_, args| {
        let key = text(&args[0]);
        Ok(Value::list(args[1..].iter().filter_map(|dict| map(dict).get(&key)).collect()))
    }),
    function("keys", "m*", |_, args| {
        Ok(super::strings::strings(args.iter().flat_map(|dict| map(dict).keys()).map(|key| key.to_string()).collect()))
    }),
    function("values", "m", |_, args| {
        Ok(Value::list(map(&args[0]).entries().into_iter().map(|(_, value)| value).collect()))
    }),
    function("pick", "ms*", |_, args| {
        let (source, picked) = (map(&args[0]), Map::new());
        for key in args[1..].iter().map(text) {
            if let Some(value) = source.get(&key) {
                picked.set(key, value);
            }
        }
        Ok(Value::Map(picked))
    }),
    function("omit", "ms*", |_, args| {
        let kept = map(&args[0]).shallow_copy(crate::map::MapKind::Any);
        for key in &args[1..] {
            kept.remove(&text(key));
        }
        Ok(Value::Map(kept))
    }),
    function("merge", "mm*", |_, args| merge_all(args, false)),
    function("mustMerge", "mm*", |_, args| merge_all(args, false)),
    function("mergeOverwrite", "mm*", |_, args| merge_all(args, true)),
    function("mustMergeOverwrite", "mm*", |_, args| merge_all(args, true)),
    function("deepCopy", "a", |exec, args| copy(exec, &args[0], 0)),
    function("mustDeepCopy", "a", |exec, args| copy(exec, &args[0], 0)),
    function("dig", "saa*", dig),
];

fn map(value: &Value) -> Map {
    value.as_map().cloned().unwrap_or_default()
}

fn merge_all(args: &[Value], overwrite: bool) -> Outcome {
    for source in &args[1..] {
        merge(&map(&args[0]), &map(source), overwrite, 0)?;
    }
    Ok(args[0].clone())
}

/// Merges a map into another. What was empty there counts as absent; maps are not copied but shared.
fn merge(into: &Map, source: &Map, overwrite: bool, depth: usize) -> Result<(), Failure> {
    if depth > MAX_NESTING {
        return Err(Limit::Nesting(MAX_NESTING).into());
    }
    if into.is_same(source) {
        return Ok(());
    }
    for (key, value) in source.entries() {
        if value.is_nil() {
            if overwrite {
                into.insert(key, value);
            }
            continue;
        }
        let old = into.get(&key);
        if let (Some(Value::Map(old)), Value::Map(new)) = (&old, &value) {
            merge(old, new, overwrite, depth + 1)?;
            if !old.is_empty() {
                continue;
            }
        }
        if overwrite || old.is_none_or(|old| is_empty(&old)) {
            into.insert(key, value);
        }
    }
    Ok(())
}

fn copy(exec: &mut Exec<'_>, value: &Value, depth: usize) -> Outcome {
    if depth > MAX_NESTING {
        return Err(Limit::Nesting(MAX_NESTING).into());
    }
    exec.charge(size_of::<Value>())?;
    Ok(match value {
        Value::List(list) => {
            let items: Result<Vec<_>, _> = list.items.iter().map(|item| copy(exec, item, depth + 1)).collect();
            Value::list_of(list.kind, items?)
        }
        Value::Map(map) => {
            let copied = Map::of(map.kind());
            for (key, value) in map.entries() {
                copied.insert(key, copy(exec, &value, depth + 1)?);
            }
            Value::Map(copied)
        }
        other => other.clone(),
    })
}

/// `dig "a" "b" DEFAULT MAP`
fn dig(_: &mut Exec<'_>, args: &[Value]) -> Outcome {
    let [keys @ .., default, dict] = args else { return Err(Failure::new("dig needs at least three arguments")) };
    let Value::Map(map) = dict else {
        let found = dict.type_name();
        return Err(Failure::new(format!(
            "interface conversion: interface {{}} is {found}, not map[string]interface {{}}"
        )));
    };
    let mut value = Value::Map(map.clone());
    for (at, key) in keys.iter().enumerate() {
        let Some(key) = key.text() else { return Err(Failure::new("dig: a key is not a string")) };
        let Value::Map(map) = &value else {
            let found = value.type_name();
            return Err(Failure::new(format!(
                "interface conversion: interface {{}} is {found}, not map[string]interface {{}}"
            )));
        };
        match map.get(&key) {
            None => return Ok(default.clone()),
            // A nil on the way is as good as an absent map.
            Some(Value::Nil) if at + 1 < keys.len() => return Ok(default.clone()),
            Some(found) => value = found,
        }
    }
    Ok(value)
}
