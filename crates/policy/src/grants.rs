//! Who is granted what: bindings joined with roles and subjects.

use ks_control::Grant;
use ks_object::Object;
use rustc_hash::FxHashMap;

/// Every grant of the objects: each binding with each role that it names and each of its subjects. Handles are
/// positions in the result.
///
/// Namespaces are not compared unless `strict`: a RoleBinding pairs with the Roles of its name in every namespace.
pub(crate) fn grants<'a>(objects: impl Iterator<Item = Object<'a>> + Clone, strict: bool) -> Vec<Grant<'a>> {
    let mut roles: FxHashMap<(&str, &str), Vec<Object<'a>>> = FxHashMap::default();
    for object in objects.clone().filter(|object| object.kind().ends_with("Role")) {
        if let Some(name) = object.name() {
            roles.entry((object.kind(), name)).or_default().push(object);
        }
    }
    let mut grants = Vec::new();
    for binding in objects.filter(|object| object.kind().ends_with("Binding")) {
        let reference = |key| binding.node().str_at(&["roleRef", key]);
        let (Some(kind), Some(name)) = (reference("kind"), reference("name")) else { continue };
        for &role in roles.get(&(kind, name)).into_iter().flatten() {
            if strict && kind == "Role" && !binding.near(&role) {
                continue;
            }
            for subject in binding.at(&["subjects"]).into_iter().flat_map(ks_object::Node::items) {
                let handle = u32::try_from(grants.len()).unwrap_or(u32::MAX);
                grants.push(Grant { binding, role, subject, handle });
            }
        }
    }
    grants
}
