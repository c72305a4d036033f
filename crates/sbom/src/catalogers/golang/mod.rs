//! Go programs: the linker leaves the list of their modules in them.

use super::{CatalogError, Cataloger};
use crate::context::{Context, FoundFile};
use crate::draft::Draft;
use crate::model::{License, LicenseKind, PackageKind};
use crate::purl::purl;
use build_info::{BuildInfo, Module};
use regex::Regex;
use serde_json::{Value, json};

mod build_info;

const METADATA: &str = "go-module-buildinfo-entry";

pub(super) struct Binary;

impl Cataloger for Binary {
    fn name(&self) -> &'static str {
        "go-module-binary-cataloger"
    }

    fn executables(&self) -> bool {
        true
    }

    fn catalog(&self, cx: &Context<'_>, file: &FoundFile, out: &mut Vec<Draft>) -> Result<(), CatalogError> {
        let Some(info) = build_info::read(cx.open(file)?)? else { return Ok(()) };
        let start = out.len();
        let main = main_module(&info, file);
        let main_path = main.as_ref().map(|m| m.path.clone()).unwrap_or_default();
        let common = |sum: &str, with_build: bool| {
            let mut metadata = json!({ "goCompiledVersion": info.version, "architecture": info.architecture() });
            if !main_path.is_empty() {
                metadata["mainModule"] = json!(main_path);
            }
            if !sum.is_empty() {
                metadata["h1Digest"] = json!(sum);
            }
            if with_build {
                let settings: Vec<Value> = info.settings.iter().map(|(k, v)| json!({ "key": k, "value": v })).collect();
                metadata["goBuildSettings"] = json!(settings);
                for (key, setting) in [("goExperiments", "GOEXPERIMENT"), ("goCryptoSettings", "GOFIPS140")] {
                    let values: Vec<&str> = info.setting(setting).split(',').filter(|v| !v.is_empty()).collect();
                    if !values.is_empty() {
                        metadata[key] = json!(values);
                    }
                }
            }
            metadata
        };
        let draft = |name: &str, version: &str, metadata: Value| {
            Draft::new(name, version, PackageKind::GoModule, cx.location(file))
                .language("go")
                .purl(go_purl(name, version))
                .metadata(METADATA, metadata)
        };
        for module in &info.dependencies {
            let module = module.effective();
            out.push(draft(module.path, module.version, common(module.sum, false)));
        }
        if let Some(stdlib) = stdlib(&info.version) {
            let mut package = draft("stdlib", &stdlib.name, common("", false)).declared_cpe(stdlib.cpe);
            package.package.purl = purl("golang", "", "stdlib", &stdlib.number, &[]);
            package.package.licenses = vec![License {
                spdx_expression: "BSD-3-Clause".into(),
                kind: LicenseKind::Declared,
                ..License::declared("BSD-3-Clause")
            }];
            out.push(package);
        }
        if let Some(main) = main {
            let mut package = draft(&main.path, &main.version, common(&main.sum, true));
            package.depends_on = (0..out.len() - start).collect();
            out.push(package);
        }
        Ok(())
    }
}

fn go_purl(path: &str, version: &str) -> String {
    let (namespace, name) = path.rsplit_once('/').unwrap_or(("", path));
    purl("golang", namespace, name, version, &[])
}

struct Stdlib {
    name: String,
    number: String,
    cpe: String,
}

fn stdlib(compiler: &str) -> Option<Stdlib> {
    let name = compiler.split(['+', ' ', '-']).next().filter(|v| v.starts_with("go"))?;
    let number = name.strip_prefix("go")?;
    let (version, update) = match number.find("rc").or_else(|| number.find("beta")) {
        Some(at) => number.split_at(at),
        None => (number, "-"),
    };
    let cpe = format!("cpe:2.3:a:golang:go:{version}:{update}:*:*:*:*:*:*");
    Some(Stdlib { name: name.to_owned(), number: number.to_owned(), cpe })
}

fn main_module(info: &BuildInfo, file: &FoundFile) -> Option<Module> {
    let mut main = match &info.main {
        Some(main) if !main.path.is_empty() && main.path != "command-line-arguments" => main.clone(),
        _ if info.dependencies.is_empty() && info.path.is_empty() => return None,
        // Programs built from single files name no module.
        _ => Module { path: guess_path(&info.path, file), ..Module::default() },
    };
    if main.version.is_empty() || main.version == "(devel)" {
        let version = from_flags(info.setting("-ldflags"), &main.path).or_else(|| pseudo_version(info));
        main.version = version.unwrap_or_default();
    }
    Some(main)
}

fn guess_path(path: &str, file: &FoundFile) -> String {
    if path.is_empty() || path == "command-line-arguments" { file.name().to_owned() } else { path.to_owned() }
}

/// The version that the builder stamped with `-X package.Version=…`.
fn from_flags(flags: &str, module: &str) -> Option<String> {
    for name in [r"[vV]er(?:sion)?", r"[tT]ag"] {
        let owners = format!(r"(?:main|{}(?:/[^\s.='\x22]+)*)", regex::escape(module));
        let semver = r"v?[0-9]+\.[0-9]+\.[0-9]+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?";
        let pattern = format!(r"{owners}\.[^\s=]*{name}=['\x22]?({semver})(?:['\x22\s]|$)");
        if let Some(found) = Regex::new(&pattern).ok()?.captures(flags).and_then(|c| c.get(1)) {
            return Some(format!("v{}", found.as_str().trim_start_matches('v')));
        }
    }
    None
}

/// What the go command would call the commit.
fn pseudo_version(info: &BuildInfo) -> Option<String> {
    let revision = info.setting("vcs.revision").get(..12)?;
    let time: String = info.setting("vcs.time").chars().filter(char::is_ascii_digit).take(14).collect();
    (time.len() == 14).then(|| format!("v0.0.0-{time}-{revision}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_in_linker_flags() {
        let flags = r#"-s -w -X main.version=1.2.3 -X "example.com/x/build.Commit=abc""#;
        assert_eq!(from_flags(flags, "example.com/x").as_deref(), Some("v1.2.3"));
        assert_eq!(
            from_flags("-X example.com/x/build.gitTag=v2.0.0-rc.1", "example.com/x").as_deref(),
            Some("v2.0.0-rc.1")
        );
        assert_eq!(from_flags("-X other.com/y.Version=1.2.3", "example.com/x"), None);
    }

    #[test]
    fn the_standard_library_has_a_cpe_with_its_update() {
        let found = stdlib("go1.22rc1 X:boringcrypto").map(|s| (s.name, s.cpe));
        assert_eq!(found, Some(("go1.22rc1".into(), "cpe:2.3:a:golang:go:1.22:rc1:*:*:*:*:*:*".into())));
    }
}
