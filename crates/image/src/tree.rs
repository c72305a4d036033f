use crate::Content;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A file, folder or link of a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(u32);

/// What a node is.
#[derive(Debug, Clone)]
pub enum Kind {
    /// Folder.
    Directory(BTreeMap<Arc<str>, NodeId>),
    /// Regular file; its content if it was wanted.
    File(Option<Content>),
    /// Symbolic link to this target.
    Symlink(Box<str>),
    /// Device, pipe or socket.
    Other,
    /// No longer part of the tree.
    Removed,
}

/// What the archive says about a node.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Attributes {
    /// Permission bits.
    pub mode: u32,
    /// Owner.
    pub uid: u32,
    /// Group.
    pub gid: u32,
    /// Bytes of a file.
    pub size: u64,
    /// Content type as sniffed.
    pub mime_type: &'static str,
}

#[derive(Debug)]
struct Node {
    name: Arc<str>,
    parent: NodeId,
    layer: u32,
    attributes: Attributes,
    kind: Kind,
}

/// The file system that a container sees: all layers, later ones over earlier ones.
#[derive(Debug)]
pub struct FileTree {
    nodes: Vec<Node>,
}

const ROOT: NodeId = NodeId(0);
/// As many links as Linux follows.
const HOPS: usize = 40;

impl Default for FileTree {
    fn default() -> Self {
        let root = Node {
            name: Arc::from(""),
            parent: ROOT,
            layer: 0,
            attributes: Attributes { mode: 0o755, ..Attributes::default() },
            kind: Kind::Directory(BTreeMap::new()),
        };
        Self { nodes: vec![root] }
    }
}

impl FileTree {
    fn node(&self, id: NodeId) -> &Node {
        // Ids come from this tree alone and nodes are never taken out of the list.
        &self.nodes[id.0 as usize]
    }

    fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id.0 as usize]
    }

    /// What a node is.
    pub fn kind(&self, id: NodeId) -> &Kind {
        &self.node(id).kind
    }

    /// What the archive says about a node.
    pub fn attributes(&self, id: NodeId) -> &Attributes {
        &self.node(id).attributes
    }

    /// Index of the layer that a node comes from.
    pub fn layer(&self, id: NodeId) -> usize {
        self.node(id).layer as usize
    }

    /// The content of a file, if it was kept.
    pub fn content(&self, id: NodeId) -> Option<&Content> {
        match &self.node(id).kind {
            Kind::File(content) => content.as_ref(),
            _ => None,
        }
    }

    /// The path, with a leading slash.
    pub fn path(&self, id: NodeId) -> String {
        let mut names = Vec::new();
        let mut at = id;
        while at != ROOT {
            let node = self.node(at);
            names.push(&*node.name);
            at = node.parent;
        }
        names.iter().rev().fold(String::new(), |path, name| path + "/" + name)
    }

    /// Every regular file with its path, in order of the paths' names.
    pub fn for_each_file(&self, mut visit: impl FnMut(&str, NodeId)) {
        let mut path = String::new();
        // An explicit stack: the depth is the image's choice.
        let mut stack = vec![(ROOT, 0usize)];
        while let Some((id, cut)) = stack.pop() {
            let node = self.node(id);
            path.truncate(cut);
            if id != ROOT {
                path.push('/');
                path.push_str(&node.name);
            }
            match &node.kind {
                Kind::Directory(children) => stack.extend(children.values().rev().map(|child| (*child, path.len()))),
                Kind::File(_) => visit(&path, id),
                _ => {}
            }
        }
    }

    /// The names in a folder with their nodes.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = (&str, NodeId)> {
        let children = match &self.node(id).kind {
            Kind::Directory(children) => Some(children),
            _ => None,
        };
        children.into_iter().flatten().map(|(name, id)| (&**name, *id))
    }

    /// What a path leads to, all links followed; nothing for loops and dangling links.
    pub fn resolve(&self, path: &str) -> Option<NodeId> {
        self.walk(path, true)
    }

    /// Like [`Self::resolve`], but a link at the end of the path is not followed.
    pub fn lookup(&self, path: &str) -> Option<NodeId> {
        self.walk(path, false)
    }

    fn walk(&self, path: &str, follow_last: bool) -> Option<NodeId> {
        let mut left: Vec<String> = names(path).map(str::to_owned).collect();
        left.reverse();
        let (mut at, mut hops) = (ROOT, 0);
        while let Some(name) = left.pop() {
            if name == ".." {
                at = self.node(at).parent;
                continue;
            }
            let Kind::Directory(children) = &self.node(at).kind else { return None };
            let child = *children.get(name.as_str())?;
            match &self.node(child).kind {
                Kind::Symlink(target) if follow_last || !left.is_empty() => {
                    hops += 1;
                    if hops > HOPS {
                        return None;
                    }
                    if target.starts_with('/') {
                        at = ROOT;
                    }
                    left.extend(names(target).map(str::to_owned).collect::<Vec<_>>().into_iter().rev());
                }
                Kind::Removed => return None,
                _ => at = child,
            }
        }
        Some(at)
    }

    /// The folder of this path, made if it is missing. Links on the way are followed, as they are when a container
    /// runtime unpacks; anything else in the way gives way.
    pub(crate) fn make_directory(&mut self, path: &str, layer: u32) -> NodeId {
        let mut at = ROOT;
        for name in names(path) {
            let existing = match &self.node(at).kind {
                Kind::Directory(children) => children.get(name).copied(),
                _ => None,
            };
            let kind = existing.map(|id| &self.node(id).kind);
            at = match (existing, kind) {
                (Some(id), Some(Kind::Directory(_))) => id,
                (Some(id), Some(Kind::Symlink(_))) => {
                    match self.resolve(&self.path(id)).filter(|t| matches!(self.kind(*t), Kind::Directory(_))) {
                        Some(target) => target,
                        None => {
                            self.put(at, name, layer, Attributes { mode: 0o755, ..Attributes::default() }, directory())
                        }
                    }
                }
                _ => self.put(at, name, layer, Attributes { mode: 0o755, ..Attributes::default() }, directory()),
            };
        }
        at
    }

    /// Adds a node, replacing what has its name. A folder over a folder keeps what is inside.
    pub(crate) fn put(&mut self, parent: NodeId, name: &str, layer: u32, attributes: Attributes, kind: Kind) -> NodeId {
        let existing = match &self.node(parent).kind {
            Kind::Directory(children) => children.get(name).copied(),
            _ => None,
        };
        if let Some(id) = existing {
            let node = self.node_mut(id);
            if matches!((&node.kind, &kind), (Kind::Directory(_), Kind::Directory(_))) {
                node.layer = layer;
                node.attributes = attributes;
                return id;
            }
            self.remove(id);
        }
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        let name: Arc<str> = Arc::from(name);
        self.nodes.push(Node { name: Arc::clone(&name), parent, layer, attributes, kind });
        if let Kind::Directory(children) = &mut self.node_mut(parent).kind {
            children.insert(name, id);
        }
        id
    }

    /// Hides what a layer below has under this name.
    pub(crate) fn whiteout(&mut self, parent: NodeId, name: &str, layer: u32) {
        let existing = match &self.node(parent).kind {
            Kind::Directory(children) => children.get(name).copied(),
            _ => None,
        };
        if let Some(id) = existing {
            // An entry of the same layer stays: whiteouts act on lower layers only.
            if self.holds_layer(id, layer) { self.clear_below(id, layer) } else { self.remove(id) }
        }
    }

    /// Hides everything that layers below have in this folder.
    pub(crate) fn clear_below(&mut self, id: NodeId, layer: u32) {
        let mut stack = vec![id];
        while let Some(at) = stack.pop() {
            let children: Vec<NodeId> = self.children(at).map(|(_, id)| id).collect();
            for child in children {
                if self.holds_layer(child, layer) {
                    stack.push(child);
                } else {
                    self.remove(child);
                }
            }
        }
    }

    fn holds_layer(&self, id: NodeId, layer: u32) -> bool {
        let mut stack = vec![id];
        while let Some(at) = stack.pop() {
            if self.node(at).layer >= layer {
                return true;
            }
            stack.extend(self.children(at).map(|(_, id)| id));
        }
        false
    }

    fn remove(&mut self, id: NodeId) {
        let (parent, name) = (self.node(id).parent, Arc::clone(&self.node(id).name));
        if let Kind::Directory(children) = &mut self.node_mut(parent).kind {
            children.remove(&name);
        }
        let mut stack = vec![id];
        while let Some(at) = stack.pop() {
            let node = self.node_mut(at);
            if let Kind::Directory(children) = std::mem::replace(&mut node.kind, Kind::Removed) {
                stack.extend(children.into_values());
            }
        }
    }

    /// How many nodes were ever made.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }
}

pub(crate) fn directory() -> Kind {
    Kind::Directory(BTreeMap::new())
}

fn names(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|name| !name.is_empty() && *name != ".")
}
