//! Likely vendors and products of a package.

use crate::draft::Draft;
use crate::model::{Package, PackageKind};
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Names of other languages' packages in Alpine: the language with its version, then the package.
static LANGUAGE_PREFIX: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(py|ruby)[0-9]*(?:\.[0-9]+)*-(.+)$").ok());
/// Alpine puts the version of parallel releases behind the name.
static STREAM: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^([a-zA-Z][\w-]*?[a-zA-Z])[0-9][0-9.]*$").ok());
static OWNER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:https?|git|ssh)://(?:www\.)?(?:git@)?(?:github|gitlab)\.com/([^/\s]+)/").ok());

/// Where the database goes by another name than the package: kind, package, vendor, product.
const ALIASES: &[(PackageKind, &str, &str, &str)] = &[
    (PackageKind::Apk, "chromium", "google", "chrome"),
    (PackageKind::Apk, "nodejs", "", "node.js"),
    (PackageKind::Apk, "nodejs-current", "", "node.js"),
    (PackageKind::Apk, "musl", "musl-libc", ""),
    (PackageKind::Apk, "bind", "isc", ""),
    (PackageKind::Apk, "glibc", "gnu", ""),
    (PackageKind::Apk, "curl", "haxx", ""),
    (PackageKind::Npm, "next", "vercel", "next.js"),
    (PackageKind::Gem, "cgi", "ruby-lang", ""),
    (PackageKind::Gem, "date", "ruby-lang", ""),
    (PackageKind::Gem, "openssl", "ruby-lang", ""),
    (PackageKind::Gem, "rake", "ruby-lang", ""),
    (PackageKind::Gem, "rdoc", "ruby-lang", ""),
    (PackageKind::Gem, "rexml", "ruby-lang", ""),
    (PackageKind::Gem, "webrick", "ruby-lang", ""),
];

/// Vendors that a package of this name is not from: kind, package, vendor.
const NOT_FROM: &[(PackageKind, &str, &str)] = &[
    (PackageKind::Python, "redis", "redis"),
    (PackageKind::Npm, "redis", "redis"),
    (PackageKind::Npm, "docker", "docker"),
    (PackageKind::Npm, "php", "php"),
    (PackageKind::Npm, "delegate", "delegate"),
];

/// Products that a package of this name is not: kind, package, product.
const IS_NOT: &[(PackageKind, &str, &str)] = &[
    (PackageKind::Python, "kubernetes", "kubernetes"),
    (PackageKind::Gem, "redis", "redis"),
    (PackageKind::Gem, "grpc", "grpc"),
];

/// Product names without the variants of their delimiters.
pub(super) fn products(draft: &Draft) -> BTreeSet<String> {
    let package = &draft.package;
    let name = package.name.as_str();
    let mut products = BTreeSet::new();
    match package.kind {
        PackageKind::GoModule => products.extend(go_product(name)),
        PackageKind::Python => products.extend([name.to_owned(), format!("python-{name}")]),
        PackageKind::Apk => {
            products.insert(name.to_owned());
            products.extend(stripped(name).map(|(_, bare)| bare.to_owned()));
        }
        _ => {
            products.insert(name.to_owned());
        }
    }
    let aliases = ALIASES.iter().filter(|(kind, package, ..)| *kind == draft.package.kind && *package == name);
    products.extend(aliases.map(|(.., product)| (*product).to_owned()).filter(|p| !p.is_empty()));
    products.retain(|p| !IS_NOT.iter().any(|(kind, n, product)| *kind == package.kind && *n == name && product == p));
    products
}

/// Vendor names with all variants.
pub(super) fn vendors(draft: &Draft, products: &BTreeSet<String>) -> BTreeSet<String> {
    let package = &draft.package;
    let name = package.name.as_str();
    // Names of which parts are likely vendors as well, names of which only the delimiters vary, and fixed ones.
    let (mut split, mut varied, mut fixed) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    match package.kind {
        PackageKind::GoModule => split.extend(go_vendor(name)),
        _ => split.extend(products.iter().cloned()),
    }
    match package.kind {
        PackageKind::Python => people(&draft.authors, &mut varied),
        PackageKind::Gem => {
            split.insert("ruby-lang".to_owned());
            varied.extend(draft.authors.iter().map(|a| normalise(a)).filter(|a| !a.is_empty()));
        }
        PackageKind::RustCrate => {
            fixed.insert(format!("{name}_project"));
        }
        PackageKind::Rpm => fixed.extend(company(&draft.vendor)),
        PackageKind::Apk => {
            if let Some(("py", bare)) = stripped(name) {
                varied.insert(format!("{bare}_project"));
                fixed.insert(format!("{bare}project"));
            }
        }
        _ => {}
    }
    if matches!(package.kind, PackageKind::Npm | PackageKind::Gem) {
        fixed.extend(draft.urls.iter().filter_map(|url| owner(url)));
    }
    let aliases = ALIASES.iter().filter(|(kind, package, ..)| *kind == draft.package.kind && *package == name);
    varied.extend(aliases.map(|(_, _, vendor, _)| (*vendor).to_owned()).filter(|v| !v.is_empty()));

    let mut vendors = fixed;
    vendors.extend(with_delimiters(varied));
    for vendor in with_delimiters(split) {
        vendors.extend(prefixes(&vendor));
        vendors.insert(vendor);
    }
    vendors.retain(|v| !NOT_FROM.iter().any(|(kind, n, vendor)| *kind == package.kind && *n == name && vendor == v));
    if vendors.contains("apache") {
        return BTreeSet::from(["apache".to_owned()]);
    }
    vendors
}

/// Combinations that are known to be somebody else.
pub(super) fn is_sane(package: &Package, vendor: &str, product: &str) -> bool {
    match (&package.kind, product) {
        (PackageKind::JenkinsPlugin, "jenkins") => false,
        (_, "jenkins") => matches!(vendor, "jenkins" | "jenkins-ci" | "cloudbees"),
        (_, "jira_client" | "jira-client") => vendor != "atlassian",
        _ => true,
    }
}

/// Every name, with hyphens for underscores and the other way round.
pub(super) fn with_delimiters(names: BTreeSet<String>) -> BTreeSet<String> {
    names.into_iter().flat_map(|name| [name.replace('-', "_"), name.replace('_', "-"), name]).collect()
}

/// `a` and `a-b` of `a-b-c`.
fn prefixes(name: &str) -> impl Iterator<Item = String> {
    name.char_indices()
        .filter(|(at, c)| matches!(c, '-' | '_') && *at > 0)
        .filter_map(|(at, _)| name.get(..at))
        .map(str::to_owned)
}

fn stripped(name: &str) -> Option<(&str, &str)> {
    let group = |pattern: &'static LazyLock<Option<Regex>>| pattern.as_ref().and_then(|p| p.captures(name));
    if let Some(found) = group(&LANGUAGE_PREFIX) {
        return Some((found.get(1)?.as_str(), found.get(2)?.as_str()));
    }
    Some(("", group(&STREAM)?.get(1)?.as_str()))
}

fn go_product(module: &str) -> Option<String> {
    let parts: Vec<&str> = module.split('/').collect();
    match parts[..] {
        ["golang.org" | "gopkg.in", _, ..] => Some(parts.get(1..)?.join("/")),
        ["google.golang.org", first, ..] => Some(first.to_owned()),
        [_, _, _, ..] => Some(parts.get(2..)?.join("/")),
        _ => None,
    }
}

fn go_vendor(module: &str) -> Option<String> {
    let parts: Vec<&str> = module.split('/').collect();
    match parts[..] {
        ["google.golang.org", ..] => Some("google".into()),
        ["golang.org", ..] => Some("golang".into()),
        ["gopkg.in", owner, _, ..] => Some(owner.into()),
        ["gopkg.in", ..] => None,
        [_, owner, _, ..] => Some(owner.into()),
        _ => None,
    }
}

fn owner(url: &str) -> Option<String> {
    Some(OWNER.as_ref()?.captures(url)?.get(1)?.as_str().to_owned())
}

/// Authors and the names in their addresses, each as the name of a project as well.
fn people(authors: &[String], out: &mut BTreeSet<String>) {
    for author in authors {
        for part in author.split(',') {
            let (name, address) = match part.split_once('<') {
                Some((name, address)) => (name.trim(), address.trim_end_matches('>')),
                None if part.contains('@') => ("", part.trim()),
                None => (part.trim(), ""),
            };
            let local = address.split('@').next().unwrap_or_default();
            for name in [normalise(name), normalise(local)].into_iter().filter(|n| !n.is_empty()) {
                out.insert(format!("{name}_project"));
                out.insert(format!("{name}project"));
                out.insert(name);
            }
        }
    }
}

fn normalise(name: &str) -> String {
    let words: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '-' | '_'))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("_")
}

/// `Red Hat, Inc.` is known as `redhat`.
fn company(vendor: &str) -> Option<String> {
    let lower = vendor.to_lowercase();
    let bare: String = lower.split(',').next()?.chars().filter(|c| c.is_alphanumeric()).collect();
    let known = match bare.as_str() {
        "fedoraproject" => "fedoraproject",
        bare => bare.trim_end_matches("inc").trim_end_matches("llc"),
    };
    (!known.is_empty()).then(|| known.to_owned())
}
