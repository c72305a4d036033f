use crate::content::Content;
use crate::sniff::{FileType, HEAD_LENGTH};
use crate::tree::{Attributes, FileTree, Kind, NodeId, directory};
use crate::{Error, Limits, Result, Select};
use std::fs::{self, File, Metadata};
use std::io::Read;
use std::path::{Path, PathBuf};

/// The tree of a folder on disk, or of one file. Links are recorded, never followed out of the folder.
pub(crate) fn read(root: &Path, select: &dyn Select, limits: &Limits) -> Result<FileTree> {
    let mut tree = FileTree::default();
    let metadata = root.metadata().map_err(Error::io(root))?;
    let base = tree.make_directory("", 0);
    if !metadata.is_dir() {
        let name = root.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        add_file(&mut tree, base, &name, root, &format!("/{name}"), &metadata, select, limits);
        return Ok(tree);
    }
    let mut stack: Vec<(PathBuf, String, NodeId)> = vec![(root.to_owned(), String::new(), base)];
    while let Some((folder, shown, node)) = stack.pop() {
        let listed = match fs::read_dir(&folder) {
            Ok(listed) => listed,
            // A folder that we may not read hides what is in it, no more.
            Err(_) if folder != root => continue,
            Err(source) => return Err(Error::Io { path: folder, source }),
        };
        for entry in listed.flatten() {
            if tree.len() as u64 > limits.entries {
                return Err(Error::Limit { what: "files and folders".into(), limit: limits.entries });
            }
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            let shown = format!("{shown}/{name}");
            let Ok(metadata) = fs::symlink_metadata(&path) else { continue };
            let kind = metadata.file_type();
            if kind.is_dir() {
                let child = tree.put(node, &name, 0, attributes(&metadata), directory());
                stack.push((path, shown, child));
            } else if kind.is_symlink() {
                let target = fs::read_link(&path).map(|t| t.to_string_lossy().into_owned()).unwrap_or_default();
                tree.put(node, &name, 0, attributes(&metadata), Kind::Symlink(target.into()));
            } else if kind.is_file() {
                add_file(&mut tree, node, &name, &path, &shown, &metadata, select, limits);
            }
        }
    }
    Ok(tree)
}

#[allow(clippy::too_many_arguments, reason = "one call for folders and one for single files")]
fn add_file(
    tree: &mut FileTree,
    folder: NodeId,
    name: &str,
    path: &Path,
    shown: &str,
    metadata: &Metadata,
    select: &dyn Select,
    limits: &Limits,
) {
    let mut attributes = attributes(metadata);
    let mut head = Vec::new();
    let readable = File::open(path).and_then(|f| f.take(HEAD_LENGTH as u64).read_to_end(&mut head)).is_ok();
    attributes.size = metadata.len();
    attributes.mime_type = FileType::mime_type(&head);
    let wanted = readable && metadata.len() <= limits.file && select.wants(shown, &head);
    let content = wanted.then(|| Content::on_disk(path.to_owned(), metadata.len()));
    tree.put(folder, name, 0, attributes, Kind::File(content));
}

#[cfg(unix)]
fn attributes(metadata: &Metadata) -> Attributes {
    use std::os::unix::fs::MetadataExt;
    Attributes { mode: metadata.mode() & 0o7777, uid: metadata.uid(), gid: metadata.gid(), ..Attributes::default() }
}

#[cfg(not(unix))]
fn attributes(_: &Metadata) -> Attributes {
    Attributes { mode: 0o644, ..Attributes::default() }
}
