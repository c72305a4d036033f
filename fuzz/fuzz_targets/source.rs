//! Bytes of any kind as a file: every object is found again by its origin.
#![no_main]

use ks_object::{Content, File, FileKind, Object, resource_id};
use ks_source::{Filter, Loaded, Opened, Options, load};
use ks_yaml::Limits;
use libfuzzer_sys::fuzz_target;
use std::path::PathBuf;
use std::sync::Arc;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let (kind, name) =
        if first % 4 == 0 { (FileKind::Json, "fuzz.json") } else { (FileKind::Yaml, "templates/fuzz.yaml") };
    let options =
        Options { max_file_size: 100_000, limits: Limits { max_depth: 20, max_values: 5_000 }, ..Options::default() };
    let file = Arc::new(File {
        root: PathBuf::from("/nowhere"),
        relative: name.to_owned(),
        absolute: PathBuf::from("/nowhere").join(name),
        kind,
        content: Some(Content(Arc::from(rest))),
    });
    let mut found = Vec::new();
    load(&file, &options, &mut |loaded| match loaded {
        Loaded::Object { tree, origin } => {
            let object = Object::new(tree.root().expect("an object"), 0);
            assert!(!object.kind().is_empty() && !object.api_version().is_empty());
            let _ = (resource_id(&object), Filter::default().admits(&object), object.pod().map(|pod| pod.path()));
            found.push((tree, origin));
        }
        Loaded::Skipped(skipped) => assert!(!skipped.reason.is_empty() && skipped.path == name),
        Loaded::Warning(warning) => assert!(warning.line > 0),
    });
    let mut opened = Opened::new(&file, &options);
    for (tree, origin) in found {
        let again = opened.as_mut().expect("read before").object(&origin).expect("found before");
        assert!(again.root() == tree.root());
    }
});
