//! Lists of objects.

use ks_object::{Builder, Kind, Node, Tree};

/// One object of a list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Item<'a> {
    pub(crate) node: Node<'a>,
    /// What a list of one kind (`PodList`) says of its items, which need not repeat it.
    given: Option<(&'a str, &'a str)>,
}

/// The objects of a document that is a list (`List`, `PodList`, or a bare JSON array), lists in it taken apart.
/// `None` when it is a single object. The place in the result is the item number of [`ks_object::Origin`].
pub(crate) fn items(root: Node<'_>) -> Option<Vec<Item<'_>>> {
    let mut found = Vec::new();
    collect(root, &mut found).then_some(found)
}

/// Adds the objects of a list; whether it is one.
fn collect<'a>(list: Node<'a>, found: &mut Vec<Item<'a>>) -> bool {
    let (items, given) = if list.kind() == Kind::Seq {
        (list, None)
    } else {
        let Some(kind) = list.str_at(&["kind"]).and_then(|kind| kind.strip_suffix("List")) else { return false };
        // A list's own metadata has no name: an `AllowList` with `items` of its own is an object.
        if list.at(&["metadata", "name"]).is_some() {
            return false;
        }
        match list.get("items") {
            Some(items) if items.kind() == Kind::Seq => {
                let given = list.str_at(&["apiVersion"]).filter(|_| !kind.is_empty()).map(|version| (version, kind));
                (items, given)
            }
            Some(items) if items.is_null() => return true,
            None if kind.is_empty() => return true,
            _ => return false,
        }
    };
    for node in items.items() {
        if node.kind() == Kind::Seq || !collect(node, found) {
            found.push(Item { node, given });
        }
    }
    true
}

impl Item<'_> {
    /// A tree of the object alone.
    pub(crate) fn to_tree(self) -> Tree {
        let named = |key| self.node.get(key).is_some();
        match self.given {
            Some((version, kind)) if self.node.kind() == Kind::Map && !(named("apiVersion") && named("kind")) => {
                let mut builder = Builder::with_capacity(512);
                builder.begin_map(self.node.position());
                for (key, text) in [("apiVersion", version), ("kind", kind)] {
                    if !named(key) {
                        builder.key(key);
                        builder.scalar(Kind::Str, text, self.node.position());
                    }
                }
                for (key, value) in self.node.entries() {
                    builder.key(key);
                    builder.add(value);
                }
                builder.end();
                builder.finish()
            }
            _ => self.node.to_tree(),
        }
    }
}
