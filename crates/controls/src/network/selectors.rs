//! Which label selectors select which labels, near linear in the number of both.
//!
//! Equal selectors of a namespace are kept once. Each is filed under the one label that it demands and that the
//! fewest others demand, so that a set of labels is compared only with selectors that it shares that label with.

use ks_object::{Node, labels_match, selector_matches, write_json};
use std::collections::{HashMap, HashSet};

/// What selects by labels.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Selector<'a> {
    /// Selects everything.
    Everything,
    /// A plain map of labels, all of which are demanded.
    Labels(Node<'a>),
    /// A `LabelSelector`: `matchLabels` and `matchExpressions`.
    Full(Node<'a>),
}

/// Selectors with what they belong to, to be asked by labels.
#[derive(Debug)]
pub(crate) struct Selectors<'a, T> {
    groups: Vec<Group<'a, T>>,
    anchored: HashMap<Anchor<'a>, Vec<usize>>,
    /// Selectors that demand no label: everything in the namespace is compared with them.
    floating: HashMap<Option<&'a str>, Vec<usize>>,
}

/// Everything that has the same selector in the same namespace.
#[derive(Debug)]
struct Group<'a, T> {
    /// `None` selects in every namespace.
    namespace: Option<&'a str>,
    selector: Selector<'a>,
    items: Vec<T>,
}

/// Namespace, label key and label value; without a value any will do.
type Anchor<'a> = (Option<&'a str>, &'a str, Option<&'a str>);

impl<'a, T> Selectors<'a, T> {
    /// Files rows of namespace (`None` selects in all), selector and what it belongs to.
    pub(crate) fn new(rows: impl IntoIterator<Item = (Option<&'a str>, Selector<'a>, T)>) -> Self {
        let mut groups: Vec<Group<'a, T>> = Vec::new();
        let mut known = HashMap::new();
        for (namespace, selector, item) in rows {
            let at = *known.entry((namespace, selector.text())).or_insert(groups.len());
            match groups.get_mut(at) {
                Some(group) => group.items.push(item),
                None => groups.push(Group { namespace, selector, items: vec![item] }),
            }
        }
        let mut demand: HashMap<Anchor<'a>, usize> = HashMap::new();
        for group in &groups {
            for anchor in group.ways().into_iter().flatten() {
                *demand.entry(anchor).or_default() += 1;
            }
        }
        let cost = |way: &Vec<Anchor<'a>>| -> (bool, usize) {
            let any_value = way.iter().any(|(_, _, value)| value.is_none());
            (any_value, way.iter().map(|anchor| demand.get(anchor).copied().unwrap_or_default()).sum())
        };
        let mut anchored: HashMap<Anchor<'a>, Vec<usize>> = HashMap::new();
        let mut floating: HashMap<Option<&'a str>, Vec<usize>> = HashMap::new();
        for (at, group) in groups.iter().enumerate() {
            match group.ways().into_iter().min_by_key(cost) {
                None => floating.entry(group.namespace).or_default().push(at),
                Some(way) => {
                    way.into_iter().for_each(|anchor| anchored.entry(anchor).or_default().push(at));
                }
            }
        }
        Self { groups, anchored, floating }
    }

    /// Whether anything selects these labels.
    pub(crate) fn any(&self, namespace: &'a str, labels: Option<Node<'a>>) -> bool {
        self.hits(namespace, labels).next().is_some()
    }

    /// What selects any of these label sets or is, as a map, equal to `equal`; each once.
    pub(crate) fn select(
        &self,
        namespace: &'a str,
        labels: impl IntoIterator<Item = Option<Node<'a>>>,
        equal: Option<Node<'a>>,
    ) -> impl Iterator<Item = &T> {
        let mut hits: Vec<usize> = labels.into_iter().flat_map(|labels| self.hits(namespace, labels)).collect();
        hits.extend(self.equal_hits(namespace, equal, None));
        hits.sort_unstable();
        hits.dedup();
        hits.into_iter().flat_map(|at| self.items(at))
    }

    /// What has a selector that is exactly these labels, one of them left out.
    pub(crate) fn equal(
        &self,
        namespace: &'a str,
        labels: Option<Node<'a>>,
        without: Option<&'static str>,
    ) -> impl Iterator<Item = &T> {
        self.equal_hits(namespace, labels, without).flat_map(|at| self.items(at))
    }

    /// What selects none of these rows of namespace and labels.
    pub(crate) fn idle(mut self, rows: impl Iterator<Item = (&'a str, Option<Node<'a>>)>) -> impl Iterator<Item = T> {
        let mut used = HashSet::new();
        for (namespace, labels) in rows {
            used.extend(self.hits(namespace, labels));
            if let Some(floating) = self.floating.get_mut(&Some(namespace)) {
                // One that selected something need not be asked again.
                floating.retain(|at| !used.contains(at));
            }
        }
        let idle = move |(at, _): &(usize, Group<'a, T>)| !used.contains(at);
        self.groups.into_iter().enumerate().filter(idle).flat_map(|(_, group)| group.items)
    }

    fn hits(&self, namespace: &'a str, labels: Option<Node<'a>>) -> impl Iterator<Item = usize> + '_ {
        let scopes = [Some(namespace), None];
        let anchors = labels.into_iter().flat_map(Node::entries).flat_map(move |(key, value)| {
            let value = value.str().map(|value| (key, Some(value)));
            value.into_iter().chain([(key, None)])
        });
        let anchored = anchors
            .flat_map(move |(key, value)| scopes.map(|scope| (scope, key, value)))
            .filter_map(|anchor| self.anchored.get(&anchor));
        let floating = scopes.into_iter().filter_map(|scope| self.floating.get(&scope));
        let selects = move |at: &usize| self.groups.get(*at).is_some_and(|group| group.selector.selects(labels));
        anchored.chain(floating).flatten().copied().filter(selects)
    }

    fn equal_hits(
        &self,
        namespace: &'a str,
        labels: Option<Node<'a>>,
        without: Option<&'static str>,
    ) -> impl Iterator<Item = usize> {
        let left_out = without.filter(|key| labels.is_some_and(|labels| labels.get(key).is_some()));
        let len = labels.map_or(0, Node::len) - usize::from(left_out.is_some());
        let is_equal = move |at: &usize| match self.groups.get(*at).map(|group| group.selector) {
            Some(Selector::Labels(map)) => map.len() == len && left_out.is_none_or(|key| map.get(key).is_none()),
            _ => false,
        };
        labels.into_iter().flat_map(move |labels| self.hits(namespace, Some(labels))).filter(is_equal)
    }

    fn items(&self, at: usize) -> &[T] {
        self.groups.get(at).map_or(&[], |group| &group.items)
    }
}

impl<'a, T> Group<'a, T> {
    /// The ways to find labels that the selector may select: all labels that it selects have one of a way's anchors.
    /// None for a selector that demands no label; a way without anchors for one that selects nothing.
    fn ways(&self) -> Vec<Vec<Anchor<'a>>> {
        let anchor = |key: &'a str, value: Node<'a>| (self.namespace, key, value.str());
        let (labels, expressions) = match self.selector {
            Selector::Everything => (None, None),
            Selector::Labels(map) => (Some(map), None),
            Selector::Full(selector) => (selector.get("matchLabels"), selector.get("matchExpressions")),
        };
        let by_label = labels.into_iter().flat_map(Node::entries).map(|(key, value)| vec![anchor(key, value)]);
        let by_expression = expressions.into_iter().flat_map(Node::items).filter_map(|expression| {
            let Some(key) = expression.str_at(&["key"]) else { return Some(Vec::new()) };
            match expression.str_at(&["operator"]) {
                Some("In") => {
                    let values = expression.get("values").into_iter().flat_map(Node::items);
                    let mut way: Vec<_> = values.map(|value| anchor(key, value)).collect();
                    way.sort_unstable();
                    way.dedup();
                    Some(way)
                }
                Some("Exists") => Some(vec![(self.namespace, key, None)]),
                Some("NotIn" | "DoesNotExist") => None,
                _ => Some(Vec::new()),
            }
        });
        by_label.chain(by_expression).collect()
    }
}

impl Selector<'_> {
    fn selects(self, labels: Option<Node<'_>>) -> bool {
        #[cfg(test)]
        tests::COMPARED.with(|count| count.set(count.get() + 1));
        match self {
            Self::Everything => true,
            Self::Labels(map) => labels_match(Some(map), labels),
            Self::Full(selector) => selector_matches(selector, labels),
        }
    }

    /// A text that equal selectors have in common.
    fn text(self) -> String {
        let mut text = String::new();
        if let Self::Labels(node) | Self::Full(node) = self {
            write_json(node, &mut text);
        }
        text
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Selector, Selectors};
    use ks_object::{Tree, from_json};
    use serde_json::{Value, json};
    use std::cell::Cell;

    thread_local! {
        /// How often a selector was compared with labels.
        pub(in crate::network) static COMPARED: Cell<usize> = const { Cell::new(0) };
    }

    const MANY: usize = 20_000;

    fn trees(values: impl IntoIterator<Item = Value>) -> Vec<Tree> {
        values.into_iter().map(|value| from_json(&value)).collect()
    }

    fn selectors(trees: &[Tree]) -> Selectors<'_, usize> {
        let rows = trees.iter().filter_map(Tree::root).enumerate();
        Selectors::new(rows.map(|(at, node)| (Some("shop"), Selector::Full(node), at)))
    }

    /// All pairs of a small world, against the plain comparison.
    #[test]
    fn finds_what_comparing_everything_finds() {
        let values = [json!("a"), json!("b"), json!(1), Value::Null];
        let mut labels = vec![json!({})];
        let mut expressions = vec![
            json!({"key": "x", "operator": "Exists"}),
            json!({"key": "x", "operator": "DoesNotExist"}),
            json!({"key": "x", "operator": "In", "values": ["a", 1, "a"]}),
            json!({"key": "x", "operator": "In", "values": []}),
            json!({"key": "x", "operator": "NotIn", "values": ["a"]}),
            json!({"key": "x", "operator": "Near"}),
            json!({"operator": "Exists"}),
        ];
        for one in &values {
            labels.push(json!({"x": one}));
            labels.extend(values.iter().map(|other| json!({"x": one, "y": other})));
        }
        let mut full: Vec<Value> = labels.iter().map(|labels| json!({"matchLabels": labels})).collect();
        full.extend(expressions.iter().map(|one| json!({"matchExpressions": [one]})));
        let both = expressions.drain(..).map(|one| json!({"matchLabels": {"y": "a"}, "matchExpressions": [one]}));
        full.extend(both);
        full.push(json!({}));
        let (full, labels) = (trees(full), trees(labels));
        let filed = selectors(&full);
        for labels in labels.iter().map(Tree::root).chain([None]) {
            let nodes = full.iter().filter_map(Tree::root).enumerate();
            let plain: Vec<usize> =
                nodes.filter(|(_, one)| Selector::Full(*one).selects(labels)).map(|(at, _)| at).collect();
            let mut found: Vec<usize> = filed.select("shop", [labels], None).copied().collect();
            found.sort_unstable();
            assert_eq!(found, plain, "{labels:?}");
            assert_eq!(filed.any("shop", labels), !plain.is_empty());
            assert_eq!(filed.select("elsewhere", [labels], None).count(), 0);
        }
    }

    #[test]
    fn idle_selectors_are_those_that_select_nothing() {
        let full = trees([
            json!({"matchLabels": {"app": "web"}}),
            json!({"matchLabels": {"app": "db"}}),
            json!({"matchExpressions": [{"key": "app", "operator": "DoesNotExist"}]}),
            json!({"matchExpressions": [{"key": "tier", "operator": "NotIn", "values": ["x"]}]}),
        ]);
        let pods = trees([json!({"app": "web"}), json!({"app": "cache"})]);
        let mut idle: Vec<usize> = selectors(&full).idle(pods.iter().map(|pod| ("shop", pod.root()))).collect();
        idle.sort_unstable();
        assert_eq!(idle, [1, 2]);
    }

    /// Every pod and every selector of one namespace share a label; nothing selects anything.
    #[test]
    fn many_in_one_namespace_are_not_compared_pair_by_pair() {
        let pods = trees((0..MANY).map(|at| json!({"app": "web", "part-of": "shop", "instance": format!("i{at}")})));
        let worlds: [fn(usize) -> Value; 4] = [
            |at| json!({"matchLabels": {"app": "web", "part-of": "shop", "instance": format!("j{at}")}}),
            |_| json!({"matchLabels": {"app": "web", "part-of": "other"}}),
            |at| {
                json!({"matchExpressions": [
                    {"key": "app", "operator": "Exists"},
                    {"key": "instance", "operator": "In", "values": [format!("j{at}"), "none"]},
                ]})
            },
            |at| json!({"matchExpressions": [{"key": "app", "operator": "NotIn", "values": [format!("a{at}")]}]}),
        ];
        for world in worlds {
            let full = trees((0..MANY).map(world));
            COMPARED.set(0);
            let filed = selectors(&full);
            let pods = pods.iter().map(|pod| ("shop", pod.root()));
            let selected = pods.clone().filter(|(namespace, labels)| filed.any(namespace, *labels)).count();
            assert!(filed.idle(pods).count() == MANY || selected == MANY);
            assert!(COMPARED.get() < 5 * MANY, "{} comparisons", COMPARED.get());
        }
    }
}
