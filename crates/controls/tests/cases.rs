//! Every control against its own cases, and the set as a whole.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

use ks_control::Control;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Every folder with a control: its path and the id in its document.
fn folders() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    for area in fs::read_dir(root).unwrap().flatten().filter(|entry| entry.path().is_dir()) {
        for folder in fs::read_dir(area.path()).unwrap().flatten().filter(|entry| entry.path().is_dir()) {
            let text = fs::read_to_string(folder.path().join("control.md")).unwrap();
            let id = text.lines().find_map(|line| line.strip_prefix("id = ")).expect("an id");
            found.push((folder.path(), id.trim_matches('"').to_owned()));
        }
    }
    found.sort();
    found
}

fn control(id: &str) -> &'static Control {
    ks_controls::library()
        .controls
        .iter()
        .find(|control| control.id == id)
        .unwrap_or_else(|| panic!("{id} is not registered"))
}

#[test]
fn cases_hold() {
    let library = ks_controls::library();
    let mut wrong = Vec::new();
    let mut run = 0;
    for (folder, id) in folders() {
        for case in fs::read_dir(folder.join("cases")).into_iter().flatten().flatten() {
            let text = fs::read_to_string(case.path()).unwrap();
            run += 1;
            for problem in ks_policy::cases::run(&library, control(&id), &text) {
                wrong.push(format!("{}: {problem}", case.path().display()));
            }
        }
    }
    assert!(run > 400, "only {run} case files were found");
    assert!(wrong.is_empty(), "{} problems:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_control_has_a_pass_and_a_fail() {
    let mut lacking = Vec::new();
    for (folder, id) in folders() {
        if control(&id).rules.is_empty() {
            continue;
        }
        let names: Vec<String> = fs::read_dir(folder.join("cases"))
            .into_iter()
            .flatten()
            .flatten()
            .map(|case| case.file_name().to_string_lossy().into_owned())
            .collect();
        for kind in ["pass_", "fail_"] {
            let expects = |name: &&String| {
                let text = fs::read_to_string(folder.join("cases").join(name)).unwrap();
                kind == "pass_" || text.contains("# expect:")
            };
            if !names
                .iter()
                .filter(|name| name.starts_with(kind) && !name.ends_with(".fixed.yaml"))
                .any(|n| expects(&n))
            {
                lacking.push(format!("{id} {kind}"));
            }
        }
    }
    assert!(lacking.is_empty(), "no such case: {lacking:?}");
}

#[test]
fn the_set_is_consistent() {
    let library = ks_controls::library();
    let ids: Vec<&str> = library.controls.iter().map(|control| control.id).collect();
    assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "ids are unique");
    assert!(ids.is_sorted());
    assert_eq!(ids.len(), folders().len(), "every folder is registered");
    let keys: BTreeSet<&str> = library.inputs.iter().map(|input| input.key).collect();
    for control in library.controls {
        for heading in ["Finds", "Why", "Fix", "Example"] {
            assert!(!control.section(heading).is_empty(), "{} lacks {heading}", control.id);
        }
        for place in control.frameworks {
            let known = library.frameworks.iter().any(|framework| framework.name == place.framework);
            assert!(known, "{}: {}", control.id, place.framework);
        }
        for rule in control.rules {
            assert!(!rule.matches.is_empty(), "{} looks at nothing", rule.name);
            rule.inputs.iter().for_each(|key| assert!(keys.contains(key), "{}: input {key}", rule.name));
        }
        for step in control.attack {
            assert!(
                library.attack_tracks.iter().any(|track| track.name == step.track),
                "{}: {}",
                control.id,
                step.track
            );
        }
    }
    for framework in library.frameworks {
        assert!(!framework.controls.is_empty(), "{} is empty", framework.name);
    }
}

#[test]
fn benchmarks_number_their_controls() {
    let library = ks_controls::library();
    let benchmarks = library.frameworks.iter().filter(|framework| framework.name.starts_with("cis-"));
    assert_eq!(benchmarks.clone().count(), 7);
    for framework in benchmarks {
        let mut sections = Vec::new();
        for id in framework.controls {
            let control = control(id);
            let place = control.frameworks.iter().find(|place| place.framework == framework.name).unwrap();
            assert_eq!(control.title_in(framework.name), format!("CIS-{} {}", place.section, control.title));
            let number = place.section.split('.').map(|part| part.parse::<u32>().unwrap());
            sections.push(number.collect::<Vec<_>>());
        }
        let unique: BTreeSet<_> = sections.iter().collect();
        assert!(sections.is_sorted() && unique.len() == sections.len(), "{}: {sections:?}", framework.name);
    }
}

#[test]
fn rules_with_one_name_are_one_rule() {
    let library = ks_controls::library();
    let rules: Vec<_> = library.controls.iter().flat_map(|control| control.rules.iter().copied()).collect();
    for rule in &rules {
        let same = rules.iter().filter(|other| other.name == rule.name);
        same.for_each(|other| assert!(std::ptr::eq(*other, *rule), "two rules are called {}", rule.name));
    }
}
