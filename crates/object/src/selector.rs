//! Label selectors.

use crate::{Kind, Node};

/// Whether every pair of a plain selector map is among the labels.
///
/// An absent selector or one that is no map selects nothing, an empty one everything, also where there are no labels.
#[must_use]
pub fn labels_match(selector: Option<Node<'_>>, labels: Option<Node<'_>>) -> bool {
    let Some(selector) = selector.filter(|selector| selector.kind() == Kind::Map) else { return false };
    selector.entries().all(|(key, value)| labels.and_then(|labels| labels.get(key)).is_some_and(|label| label == value))
}

/// Whether a `LabelSelector` has neither labels nor expressions.
#[must_use]
pub fn selector_is_empty(selector: Node<'_>) -> bool {
    ["matchLabels", "matchExpressions"].iter().all(|key| selector.get(key).is_none_or(Node::is_empty))
}

/// Whether a `LabelSelector` (`matchLabels` and `matchExpressions`) selects these labels.
/// An unknown operator selects nothing.
#[must_use]
pub fn selector_matches(selector: Node<'_>, labels: Option<Node<'_>>) -> bool {
    let by_labels = selector.get("matchLabels").is_none_or(|wanted| labels_match(Some(wanted), labels));
    by_labels && selector.get("matchExpressions").is_none_or(|list| list.items().all(|one| expression(one, labels)))
}

fn expression(expression: Node<'_>, labels: Option<Node<'_>>) -> bool {
    let Some(key) = expression.str_at(&["key"]) else { return false };
    let label = labels.and_then(|labels| labels.get(key));
    let listed = |label: Node<'_>| expression.get("values").is_some_and(|values| values.items().any(|v| v == label));
    match expression.str_at(&["operator"]) {
        Some("In") => label.is_some_and(listed),
        Some("NotIn") => !label.is_some_and(listed),
        Some("Exists") => label.is_some(),
        Some("DoesNotExist") => label.is_none(),
        _ => false,
    }
}
