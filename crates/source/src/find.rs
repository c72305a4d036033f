//! From what the user named to a list of files.

use crate::glob::Glob;
use crate::rules::Rules;
use crate::walk::{Candidate, is_description, manifest_kind, relative_text, walk};
use crate::{Options, SourceError, Warning};
use ks_object::{Content, File, FileKind};
use std::collections::{BTreeMap, HashSet};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The files of a scan.
#[derive(Debug, Default)]
pub struct Files {
    /// The files, sorted by path, each once.
    pub list: Vec<Arc<File>>,
    /// What was found but cannot be used.
    pub warnings: Vec<Warning>,
}

/// Finds the manifest files that `inputs` name: files, folders, globs, or `-` for standard input.
///
/// A folder or the folder of a glob is a scan root: paths, `.kubescapeignore` and `exclude` are relative to it. The
/// root of a single file is the folder it stands in.
///
/// # Errors
/// When something that was named does not exist or cannot be used, or a pattern is malformed.
pub fn find(inputs: &[String], options: &Options) -> Result<Files, SourceError> {
    find_with(inputs, options, &mut io::stdin().lock())
}

pub(crate) fn find_with(inputs: &[String], options: &Options, stdin: &mut dyn Read) -> Result<Files, SourceError> {
    if inputs.iter().any(|input| input == "-") {
        if inputs.len() > 1 {
            return Err(SourceError::StdinMixed);
        }
        return read_stdin(options, stdin);
    }
    let mut finding = Finding { options, seen: HashSet::new(), files: Vec::new(), warnings: Vec::new() };
    for input in inputs {
        finding.input(input)?;
    }
    let Finding { mut files, warnings, .. } = finding;
    tell_apart(&mut files);
    files.sort_unstable_by(|a, b| a.absolute.cmp(&b.absolute));
    Ok(Files { list: files.into_iter().map(Arc::new).collect(), warnings })
}

struct Finding<'a> {
    options: &'a Options,
    /// The true paths of all files so far.
    seen: HashSet<PathBuf>,
    files: Vec<File>,
    warnings: Vec<Warning>,
}

impl Finding<'_> {
    fn input(&mut self, input: &str) -> Result<(), SourceError> {
        let path = Path::new(input);
        let metadata = match std::fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error) => {
                return match Glob::parse(input)? {
                    Some(glob) => self.glob(input, &glob),
                    None if error.kind() == io::ErrorKind::NotFound => {
                        Err(SourceError::NotFound { input: input.to_owned() })
                    }
                    None => Err(SourceError::Unreadable { input: input.to_owned(), source: error }),
                };
            }
        };
        if metadata.is_dir() {
            let root = absolute(path, input)?;
            std::fs::read_dir(&root).map_err(|source| SourceError::Unreadable { input: input.to_owned(), source })?;
            return self.folder(&root, |_| true).map(|_| ());
        }
        if !metadata.is_file() {
            return Err(SourceError::Special { input: input.to_owned() });
        }
        self.single(path, input)
    }

    fn single(&mut self, path: &Path, input: &str) -> Result<(), SourceError> {
        let kind = manifest_kind(path).ok_or_else(|| SourceError::Extension { input: input.to_owned() })?;
        std::fs::File::open(path).map_err(|source| SourceError::Unreadable { input: input.to_owned(), source })?;
        let path = absolute(path, input)?;
        let root = path.parent().unwrap_or(&path).to_owned();
        let name = relative_text(&root, &path);
        let rules = Rules::read(&root, self.options, &mut self.warnings)?;
        if rules.exclude(&path, false) {
            let message = "it is left out by --exclude-path or .kubescapeignore although it was named";
            self.warnings.push(Warning::of_file(&name, message.to_owned()));
            return Ok(());
        }
        if is_description(&path) {
            let message = "it describes a chart or a kustomization, which are rendered in a later version";
            self.warnings.push(Warning::of_file(&name, message.to_owned()));
            return Ok(());
        }
        let target = std::fs::canonicalize(&path).ok();
        self.add(&root, Candidate { path, kind, target });
        Ok(())
    }

    fn glob(&mut self, input: &str, glob: &Glob) -> Result<(), SourceError> {
        if !glob.root.is_dir() {
            return Err(SourceError::NotFound { input: glob.root.display().to_string() });
        }
        let root = absolute(&glob.root, input)?;
        let found = self.folder(&root, |path| glob.matches(path.strip_prefix(&root).unwrap_or(path)))?;
        if found == 0 { Err(SourceError::NoMatch { input: input.to_owned() }) } else { Ok(()) }
    }

    /// Adds the files below a folder; gives how many of them match.
    fn folder(&mut self, root: &Path, matches: impl Fn(&Path) -> bool) -> Result<usize, SourceError> {
        let rules = Rules::read(root, self.options, &mut self.warnings)?;
        let mut found = walk(root, rules, &mut self.warnings);
        found.retain(|candidate| matches(&candidate.path));
        let count = found.len();
        // Files come before the links that stand for them.
        found.sort_by_key(|candidate| candidate.target.is_some());
        let inside = std::fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        for mut candidate in found {
            let target = candidate
                .target
                .take()
                .unwrap_or_else(|| inside.join(candidate.path.strip_prefix(root).unwrap_or(&candidate.path)));
            self.add(root, Candidate { target: Some(target), ..candidate });
        }
        Ok(count)
    }

    fn add(&mut self, root: &Path, candidate: Candidate) {
        let Candidate { path, kind, target } = candidate;
        if self.seen.insert(target.unwrap_or_else(|| path.clone())) {
            let relative = relative_text(root, &path);
            self.files.push(File { root: root.to_owned(), relative, absolute: path, kind, content: None });
        }
    }
}

fn absolute(path: &Path, input: &str) -> Result<PathBuf, SourceError> {
    let unreadable = |source| SourceError::Unreadable { input: input.to_owned(), source };
    // `a/..` is not where one came from when `a` is a symbolic link: only the file system knows.
    if path.components().any(|part| part == std::path::Component::ParentDir) {
        return std::fs::canonicalize(path).map_err(unreadable);
    }
    std::path::absolute(path).map_err(unreadable).map(|path| path.components().collect())
}

/// Files of several roots can have the same relative path, by which reports know them: gives those the folder that
/// their roots share as root.
fn tell_apart(files: &mut [File]) {
    let mut same: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, file) in files.iter().enumerate() {
        same.entry(file.relative.clone()).or_default().push(at);
    }
    for group in same.into_values().filter(|group| group.len() > 1) {
        let mut shared = files[group[0]].root.clone();
        while !group.iter().all(|at| files[*at].absolute.starts_with(&shared)) {
            if !shared.pop() {
                break;
            }
        }
        for at in group {
            let file = &mut files[at];
            file.relative = relative_text(&shared, &file.absolute);
            file.root.clone_from(&shared);
        }
    }
}

fn read_stdin(options: &Options, stdin: &mut dyn Read) -> Result<Files, SourceError> {
    let limit = options.max_file_size;
    let mut bytes = Vec::new();
    stdin.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(SourceError::Stdin)?;
    if bytes.len() as u64 > limit {
        return Err(SourceError::StdinTooLarge { limit });
    }
    let file = File {
        root: PathBuf::from("."),
        relative: "stdin".to_owned(),
        absolute: PathBuf::from("stdin"),
        kind: content_kind(&bytes, options),
        content: Some(Content(Arc::from(bytes))),
    };
    Ok(Files { list: vec![Arc::new(file)], warnings: Vec::new() })
}

/// Nearly all JSON is YAML; what is JSON alone (such as tabs for indentation) is read as JSON.
fn content_kind(bytes: &[u8], options: &Options) -> FileKind {
    let starts_json = bytes.trim_ascii_start().first().is_some_and(|byte| matches!(byte, b'{' | b'['));
    let is_json = || std::str::from_utf8(bytes).is_ok_and(|text| ks_yaml::json(text, options.limits).is_ok());
    if starts_json && is_json() { FileKind::Json } else { FileKind::Yaml }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{Loaded, load, locate};

    const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n";

    fn names(bytes: &[u8]) -> (FileKind, Vec<String>) {
        let files = find_with(&["-".to_owned()], &Options::default(), &mut &bytes[..]).unwrap();
        let mut names = Vec::new();
        load(&files.list[0], &Options::default(), &mut |loaded| match loaded {
            Loaded::Object { tree, origin } => {
                let (_, again) = locate(&origin, &Options::default()).unwrap();
                assert_eq!(again.root(), tree.root());
                names.push(origin.source_path());
            }
            Loaded::Skipped(skipped) => names.push(format!("{}@{}", skipped.path, skipped.line)),
            Loaded::Warning(warning) => names.push(warning.to_string()),
        });
        (files.list[0].kind, names)
    }

    #[test]
    fn standard_input() {
        let two = format!("{POD}---\na: [\n---\n{POD}");
        assert_eq!(names(two.as_bytes()), (FileKind::Yaml, vec!["stdin:0".into(), "stdin@5".into(), "stdin:2".into()]));
        let json = b"\n{\n\t\"apiVersion\": \"v1\",\n\t\"kind\": \"Pod\"\n}";
        assert_eq!(names(json), (FileKind::Json, vec!["stdin:0".into()]));
        assert_eq!(names(b"{a: 1}\n---\n{b: 2}").0, FileKind::Yaml);
        assert_eq!(names(b""), (FileKind::Yaml, vec![]));
    }

    #[test]
    fn standard_input_has_a_limit() {
        let options = Options { max_file_size: POD.len() as u64, ..Options::default() };
        assert!(find_with(&["-".to_owned()], &options, &mut POD.as_bytes()).is_ok());
        let more = format!("{POD}\n");
        let error = find_with(&["-".to_owned()], &options, &mut more.as_bytes()).unwrap_err();
        assert!(matches!(error, SourceError::StdinTooLarge { .. }));
    }
}
