use crate::{Error, Limits, Result};
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// Members of an image archive or layout folder, opened by name.
pub(crate) enum Members {
    Tar { path: PathBuf, index: HashMap<String, Member> },
    Folder(PathBuf),
}

pub(crate) enum Member {
    At { offset: u64, length: u64 },
    Link(String),
}

impl Members {
    pub(crate) fn open(path: &Path, limits: &Limits) -> Result<Self> {
        if path.is_dir() {
            return Ok(Self::Folder(path.to_owned()));
        }
        let failed = || Error::io(path);
        let mut index = HashMap::new();
        let mut archive = tar::Archive::new(File::open(path).map_err(failed())?);
        for entry in archive.entries_with_seek().map_err(failed())? {
            let entry = entry.map_err(failed())?;
            let name = member_name(&String::from_utf8_lossy(&entry.path_bytes()));
            let member = match entry.header().entry_type() {
                kind if kind.is_file() => Member::At { offset: entry.raw_file_position(), length: entry.size() },
                kind if kind.is_symlink() || kind.is_hard_link() => {
                    let target = entry.link_name_bytes().map(|t| String::from_utf8_lossy(&t).into_owned());
                    let base =
                        if kind.is_symlink() { name.rsplit_once('/').map_or("", |(folder, _)| folder) } else { "" };
                    Member::Link(join(base, &target.unwrap_or_default()))
                }
                _ => continue,
            };
            if index.len() as u64 >= limits.entries {
                return Err(Error::Limit { what: "members of the archive".into(), limit: limits.entries });
            }
            index.insert(name, member);
        }
        Ok(Self::Tar { path: path.to_owned(), index })
    }

    /// A member, links followed; nothing if it is missing.
    pub(crate) fn member(&self, name: &str) -> Result<Option<Box<dyn Read>>> {
        match self {
            Self::Folder(root) => {
                let name = member_name(name);
                if name.split('/').any(|part| part == "..") {
                    return Ok(None);
                }
                let path = root.join(name);
                match File::open(&path) {
                    Ok(file) => Ok(Some(Box::new(file))),
                    Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                    Err(source) => Err(Error::Io { path, source }),
                }
            }
            Self::Tar { path, index } => {
                let mut name = member_name(name);
                // Two links suffice for what docker writes; the bound ends loops.
                for _ in 0..8 {
                    match index.get(&name) {
                        Some(Member::Link(target)) => name = target.clone(),
                        Some(Member::At { offset, length }) => {
                            let mut file = File::open(path).map_err(Error::io(path))?;
                            file.seek(SeekFrom::Start(*offset)).map_err(Error::io(path))?;
                            return Ok(Some(Box::new(file.take(*length))));
                        }
                        None => return Ok(None),
                    }
                }
                Ok(None)
            }
        }
    }

    /// A whole member of limited size.
    pub(crate) fn read(&self, image: &str, name: &str, limits: &Limits) -> Result<Vec<u8>> {
        let Some(member) = self.member(name)? else {
            return Err(Error::Missing { image: image.to_owned(), part: name.to_owned() });
        };
        let mut bytes = Vec::new();
        member.take(limits.document + 1).read_to_end(&mut bytes).map_err(Error::io(image))?;
        if bytes.len() as u64 > limits.document {
            return Err(Error::Limit { what: format!("bytes of {name}"), limit: limits.document });
        }
        Ok(bytes)
    }
}

/// The names at the top of a tar archive, as far as its first few members tell.
pub(crate) fn top_level(path: &Path) -> io::Result<Vec<String>> {
    let mut archive = tar::Archive::new(File::open(path)?);
    let mut names = Vec::new();
    for entry in archive.entries_with_seek()?.take(10_000) {
        let name = member_name(&String::from_utf8_lossy(&entry?.path_bytes()));
        if !name.contains('/') {
            names.push(name);
        }
    }
    Ok(names)
}

fn member_name(name: &str) -> String {
    name.split('/').filter(|part| !part.is_empty() && *part != ".").collect::<Vec<_>>().join("/")
}

fn join(base: &str, target: &str) -> String {
    let mut parts: Vec<&str> = if target.starts_with('/') { Vec::new() } else { base.split('/').collect() };
    for part in target.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}
