//! Strategic merge patches.

use crate::schema::{ListKind, Schema};
use serde_json::{Map, Value};

const PATCH: &str = "$patch";
const RETAIN_KEYS: &str = "$retainKeys";
const SET_ORDER: &str = "$setElementOrder/";
const DELETE_ITEMS: &str = "$deleteFromPrimitiveList/";

/// Applies a patch to an object; `None` when the patch deletes it.
pub(crate) fn merge(object: Value, patch: Value, schema: Schema<'_>) -> Option<Value> {
    value(Some(object), patch, schema, &ListKind::Atomic)
}

fn value(old: Option<Value>, patch: Value, schema: Schema<'_>, list: &ListKind) -> Option<Value> {
    match patch {
        Value::Null => None,
        Value::Object(patch) => object(old, patch, schema),
        Value::Array(patch) => {
            let old = match old {
                Some(Value::Array(items)) => items,
                _ => Vec::new(),
            };
            items(old, patch, schema, list)
        }
        scalar => Some(scalar),
    }
}

fn object(old: Option<Value>, mut patch: Map<String, Value>, schema: Schema<'_>) -> Option<Value> {
    let mut fields = match (take_directive(&mut patch).as_deref(), old) {
        (Some("delete"), _) => return None,
        (Some("replace"), _) => Map::new(),
        (_, Some(Value::Object(fields))) => fields,
        _ => Map::new(),
    };
    if let Some(Value::Array(keys)) = patch.remove(RETAIN_KEYS) {
        fields.retain(|key, _| keys.iter().any(|kept| kept == key));
    }
    let mut orders = Vec::new();
    for (key, patch) in patch {
        if let (Some(name), Value::Array(items)) = (key.strip_prefix(DELETE_ITEMS), &patch) {
            if let Some(Value::Array(old)) = fields.get_mut(name) {
                old.retain(|item| !items.contains(item));
            }
            continue;
        }
        if let (Some(name), Value::Array(_)) = (key.strip_prefix(SET_ORDER), &patch) {
            orders.push((name.to_owned(), patch));
            continue;
        }
        let (schema, list) = schema.field(&key);
        match value(fields.remove(&key), patch, schema, &list) {
            Some(merged) => fields.insert(key, merged),
            None => None,
        };
    }
    for (name, order) in orders {
        if let (Some(Value::Array(items)), Value::Array(order)) = (fields.get_mut(&name), order) {
            set_order(items, &order, &schema.field(&name).1);
        }
    }
    Some(Value::Object(fields))
}

fn items(old: Vec<Value>, mut patch: Vec<Value>, schema: Schema<'_>, list: &ListKind) -> Option<Value> {
    let mut replace = false;
    let mut delete = false;
    // A directive alone is for the list as a whole.
    patch.retain(|item| match item.as_object() {
        Some(fields) if fields.len() == 1 => match fields.get(PATCH).and_then(Value::as_str) {
            Some("replace") => {
                replace = true;
                false
            }
            Some("delete") => {
                delete = true;
                false
            }
            Some("merge") => false,
            _ => true,
        },
        _ => true,
    });
    if delete {
        return None;
    }
    let merged = match list {
        ListKind::Keyed(_) if replace => new_items(patch, schema),
        ListKind::Keyed(keys) => keyed(old, patch, schema, keys),
        ListKind::Set if !replace => set(old, patch),
        // Items of a list that is replaced stand as they are.
        _ => patch,
    };
    Some(Value::Array(merged))
}

fn new_items(patch: Vec<Value>, schema: Schema<'_>) -> Vec<Value> {
    patch.into_iter().filter_map(|item| value(None, item, schema, &ListKind::Atomic)).collect()
}

/// What the patch has comes first, in its order; then the rest of what was there.
fn set(old: Vec<Value>, patch: Vec<Value>) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::with_capacity(old.len() + patch.len());
    for item in patch.into_iter().chain(old) {
        if !all.contains(&item) {
            all.push(item);
        }
    }
    all
}

fn keyed(old: Vec<Value>, patch: Vec<Value>, schema: Schema<'_>, keys: &[String]) -> Vec<Value> {
    let mut rest: Vec<Option<Value>> = old.into_iter().map(Some).collect();
    let mut merged: Vec<Value> = Vec::with_capacity(rest.len() + patch.len());
    for item in patch {
        let given: Vec<(&str, Value)> =
            keys.iter().filter_map(|key| Some((key.as_str(), item.get(key)?.clone()))).collect();
        // Keys that the patch does not give do not count: a port without a protocol is the first of its number.
        let is_same = |other: &Value| {
            !given.is_empty() && given.iter().all(|(key, value)| other.get(key).is_some_and(|other| same(other, value)))
        };
        if let Some(known) = merged.iter_mut().find(|known| is_same(known) && count(known, keys) == given.len()) {
            // The patch has the item twice.
            if let Some(again) = value(Some(known.take()), item, schema, &ListKind::Atomic) {
                *known = again;
            }
            continue;
        }
        let at = rest.iter().position(|other| other.as_ref().is_some_and(is_same));
        let found = at.and_then(|at| rest.get_mut(at)).and_then(Option::take);
        let directive = item.get(PATCH).and_then(Value::as_str);
        match found {
            // quirk: to replace one item of a list has no effect (kubernetes-sigs/kustomize#6146).
            Some(found) if directive == Some("replace") => merged.push(found),
            found => merged.extend(value(found, item, schema, &ListKind::Atomic)),
        }
    }
    merged.extend(rest.into_iter().flatten());
    merged
}

fn count(item: &Value, keys: &[String]) -> usize {
    keys.iter().filter(|key| item.get(key).is_some()).count()
}

/// Whether two values of a key are the same: `80` and `"80"` are.
fn same(a: &Value, b: &Value) -> bool {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    a == b || text(a) == text(b)
}

fn take_directive(patch: &mut Map<String, Value>) -> Option<String> {
    match patch.remove(PATCH) {
        Some(Value::String(directive)) => Some(directive),
        _ => None,
    }
}

/// Puts the items that an order names into that order; the others keep their places behind them.
fn set_order(items: &mut [Value], order: &[Value], list: &ListKind) {
    let rank = |item: &Value| {
        let found = order.iter().position(|wanted| match list {
            ListKind::Keyed(keys) => keys.first().is_some_and(|key| match (item.get(key), wanted.get(key)) {
                (Some(item), Some(wanted)) => same(item, wanted),
                _ => false,
            }),
            _ => item == wanted,
        });
        found.unwrap_or(usize::MAX)
    };
    items.sort_by_key(rank);
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::gvk::Gvk;
    use crate::schema::Schemas;
    use serde_json::json;

    fn pod(old: &Value, patch: Value) -> Value {
        let schemas = Schemas::default();
        merge(json!({"spec": old}), json!({"spec": patch}), schemas.of(&Gvk::of("v1", "Pod"))).unwrap()["spec"].take()
    }

    #[test]
    fn maps_and_lists_are_merged() {
        for (old, patch, wanted) in [
            (json!({"a": 1, "b": 2}), json!({"b": null, "c": {"d": null, "e": 1}}), json!({"a": 1, "c": {"e": 1}})),
            (json!({"a": {"b": 1}}), json!({"a": {"$patch": "replace", "c": 1}}), json!({"a": {"c": 1}})),
            (json!({"a": {"b": 1}}), json!({"a": {"$patch": "delete"}}), json!({})),
            (
                json!({"a": {"b": 1, "c": 2}}),
                json!({"a": {"$retainKeys": ["c"], "d": 1}}),
                json!({"a": {"c": 2, "d": 1}}),
            ),
            (json!({"tolerations": [1, 2]}), json!({"tolerations": [3]}), json!({"tolerations": [3]})),
            (
                json!({"volumes": [{"name": "a", "x": 1}, {"name": "b"}]}),
                json!({"volumes": [{"name": "c"}, {"name": "b", "y": 2}]}),
                json!({"volumes": [{"name": "c"}, {"name": "b", "y": 2}, {"name": "a", "x": 1}]}),
            ),
            (
                json!({"volumes": [{"name": "a"}, {"name": "b"}]}),
                json!({"volumes": [{"name": "a", "$patch": "delete"}, {"name": "none", "$patch": "delete"}]}),
                json!({"volumes": [{"name": "b"}]}),
            ),
            (
                json!({"volumes": [{"name": "a"}, {"name": "b"}]}),
                json!({"volumes": [{"$patch": "replace"}, {"name": "c"}]}),
                json!({"volumes": [{"name": "c"}]}),
            ),
            (
                json!({"volumes": [{"name": "a", "x": 1}]}),
                json!({"volumes": [{"name": "a", "$patch": "replace"}, {"name": "b", "$patch": "replace"}]}),
                json!({"volumes": [{"name": "a", "x": 1}, {"name": "b"}]}),
            ),
            (
                json!({"volumes": [{"name": "a"}, {"name": "b"}]}),
                json!({"volumes": [{"name": "c"}], "$setElementOrder/volumes": [{"name": "b"}, {"name": "c"}]}),
                json!({"volumes": [{"name": "b"}, {"name": "c"}, {"name": "a"}]}),
            ),
        ] {
            assert_eq!(pod(&old, patch.clone()), wanted, "{old} with {patch}");
        }
    }

    #[test]
    fn ports_have_two_keys() {
        let ports = |old: Value, patch: Value| {
            let old = json!({"containers": [{"name": "a", "ports": old}]});
            pod(&old, json!({"containers": [{"name": "a", "ports": patch}]}))["containers"][0]["ports"].take()
        };
        let (tcp, udp) =
            (json!({"containerPort": 1, "protocol": "TCP"}), json!({"containerPort": 1, "protocol": "UDP"}));
        assert_eq!(ports(json!([tcp, udp]), json!([udp])), json!([udp, tcp]));
        assert_eq!(ports(json!([tcp]), json!([{"containerPort": 1}])), json!([tcp]));
        assert_eq!(ports(json!([]), json!([udp, {"containerPort": 1}])), json!([udp, {"containerPort": 1}]));
    }

    #[test]
    fn sets_are_joined_and_thinned_out() {
        let merged = |patch: Value| {
            let object = json!({"metadata": {"finalizers": ["a", "b"]}});
            let schemas = Schemas::default();
            merge(object, json!({"metadata": patch}), schemas.of(&Gvk::of("v1", "Pod"))).unwrap()["metadata"]["finalizers"]
                .take()
        };
        assert_eq!(merged(json!({"finalizers": ["c", "a"]})), json!(["c", "a", "b"]));
        assert_eq!(merged(json!({"$deleteFromPrimitiveList/finalizers": ["a"]})), json!(["b"]));
    }

    #[test]
    fn unknown_kinds_replace_lists() {
        let merged = merge(
            json!({"spec": {"volumes": [{"name": "a"}]}}),
            json!({"spec": {"volumes": [{"name": "b"}]}}),
            Schemas::default().of(&Gvk::of("example.test/v1", "Widget")),
        );
        assert_eq!(merged.unwrap(), json!({"spec": {"volumes": [{"name": "b"}]}}));
    }

    #[test]
    fn the_whole_object_can_go() {
        assert_eq!(merge(json!({"a": 1}), json!({"$patch": "delete"}), Schema::Unknown), None);
    }
}
