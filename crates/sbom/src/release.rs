//! Which operating system it is.

use crate::context::Context;
use crate::model::Distro;
use regex::Regex;
use std::collections::HashMap;

/// Files that are read to tell the distribution.
pub(crate) const FILES: &[&str] = &[
    "**/etc/os-release",
    "**/usr/lib/os-release",
    "**/etc/system-release-cpe",
    "**/etc/redhat-release",
    "**/etc/debian_version",
    "**/bin/busybox",
    "**/etc/apt/sources.list.d/*",
    "**/etc/apt/auth.conf.d/90ubuntu-advantage",
    "**/var/lib/ubuntu-advantage/status.json",
    "**/root/buildinfo/content_manifests/*.json",
];

/// A program above this size is no BusyBox.
const BUSYBOX_LIMIT: u64 = 5 << 20;

/// The first description that holds anything.
pub(crate) fn detect(cx: &Context<'_>) -> Option<Distro> {
    let text = |path: &str| cx.find(path).and_then(|file| cx.text(&file).ok());
    let mut distro = ["/etc/os-release", "/usr/lib/os-release"]
        .iter()
        .filter_map(|path| os_release(&text(path)?))
        .next()
        .or_else(|| system_release_cpe(&text("/etc/system-release-cpe")?))
        .or_else(|| redhat_release(&text("/etc/redhat-release")?))
        .or_else(|| busybox(cx))?;
    if distro.id == "debian" {
        // Point releases are told here only.
        if let Some(version) = text("/etc/debian_version").map(|v| v.trim().to_owned()) {
            let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            if version.split('.').count() <= 2 && version.split('.').all(digits) {
                distro.version_id = version;
            }
        }
    }
    distro.extended_support = extended_support(cx, &distro);
    Some(distro)
}

fn os_release(text: &str) -> Option<Distro> {
    let mut values: HashMap<&str, String> = HashMap::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some((key, value)) = line.split_once('=') {
            values.insert(key.trim(), unquote(value.trim()));
        }
    }
    let mut take = |key: &str| values.remove(key).unwrap_or_default();
    let distro = Distro {
        pretty_name: take("PRETTY_NAME"),
        name: take("NAME"),
        id: take("ID"),
        id_like: take("ID_LIKE").split_whitespace().map(str::to_owned).collect(),
        version: take("VERSION"),
        version_id: take("VERSION_ID"),
        version_codename: take("VERSION_CODENAME"),
        build_id: take("BUILD_ID"),
        image_id: take("IMAGE_ID"),
        image_version: take("IMAGE_VERSION"),
        variant: take("VARIANT"),
        variant_id: take("VARIANT_ID"),
        home_url: take("HOME_URL"),
        support_url: take("SUPPORT_URL"),
        bug_report_url: take("BUG_REPORT_URL"),
        privacy_policy_url: take("PRIVACY_POLICY_URL"),
        cpe_name: take("CPE_NAME"),
        support_end: take("SUPPORT_END"),
        extended_support: false,
    };
    (distro != Distro::default()).then_some(distro)
}

fn unquote(value: &str) -> String {
    let inner = match value.as_bytes() {
        [b'"', .., b'"'] | [b'\'', .., b'\''] => value.get(1..value.len() - 1).unwrap_or(value),
        _ => value,
    };
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next()),
            c => out.push(c),
        }
    }
    out
}

fn system_release_cpe(text: &str) -> Option<Distro> {
    let parts: Vec<&str> = text.trim().split(':').collect();
    let [_, _, vendor, _, version, ..] = parts[..] else { return None };
    let id = if vendor == "amazon" { "amzn" } else { vendor };
    Some(Distro {
        id: id.into(),
        name: vendor.into(),
        version: version.into(),
        version_id: version.into(),
        cpe_name: text.trim().into(),
        ..Distro::default()
    })
}

fn redhat_release(text: &str) -> Option<Distro> {
    let line = text.lines().next()?.trim();
    let lower = line.to_lowercase();
    let id = match () {
        () if lower.contains("centos") => "centos",
        () if lower.contains("rocky") => "rocky",
        () if lower.contains("scientific") => "scientific",
        () if lower.contains("red hat") => "rhel",
        () => return None,
    };
    let name = line.split(" release").next().unwrap_or(line).trim();
    let version = line.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    Some(Distro {
        pretty_name: line.into(),
        name: name.into(),
        id: id.into(),
        id_like: vec!["rhel".into()],
        version: version.into(),
        version_id: version.into(),
        ..Distro::default()
    })
}

fn busybox(cx: &Context<'_>) -> Option<Distro> {
    let file = cx.find("/bin/busybox")?;
    if cx.tree.attributes(file.node).size > BUSYBOX_LIMIT {
        return None;
    }
    let text = cx.text(&file).ok()?;
    let version = Regex::new(r"BusyBox v[\d.]+").ok()?.find(&text)?.as_str();
    let number = version.trim_start_matches("BusyBox v").to_owned();
    Some(Distro {
        pretty_name: version.into(),
        name: "busybox".into(),
        id: "busybox".into(),
        version: number.clone(),
        version_id: number,
        ..Distro::default()
    })
}

fn extended_support(cx: &Context<'_>, distro: &Distro) -> bool {
    let texts = |folder: &str| -> Vec<String> {
        let Some(folder) = cx.tree.resolve(folder) else { return Vec::new() };
        cx.tree
            .children(folder)
            .filter_map(|(_, node)| cx.tree.content(node)?.read(1 << 20).ok())
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .collect()
    };
    match distro.id.as_str() {
        "rhel" => texts("/root/buildinfo/content_manifests")
            .iter()
            .any(|text| text.contains("baseos-eus") || text.contains("appstream-eus")),
        "ubuntu" => {
            let sources = texts("/etc/apt/sources.list.d")
                .into_iter()
                .chain(cx.find("/etc/apt/auth.conf.d/90ubuntu-advantage").and_then(|f| cx.text(&f).ok()));
            let enabled = |text: &str| {
                text.lines()
                    .filter(|line| !line.trim_start().starts_with('#'))
                    .any(|line| line.contains("esm.ubuntu.com/infra") || line.contains("esm.ubuntu.com/apps"))
            };
            sources.into_iter().any(|text| enabled(&text)) || advantage_status(cx)
        }
        _ => false,
    }
}

fn advantage_status(cx: &Context<'_>) -> bool {
    let status = cx.find("/var/lib/ubuntu-advantage/status.json").and_then(|f| cx.bytes(&f).ok());
    let Some(status) = status.and_then(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).ok()) else {
        return false;
    };
    status["services"].as_array().is_some_and(|services| {
        services.iter().any(|service| {
            matches!(service["name"].as_str(), Some("esm-infra" | "esm-apps")) && service["status"] == "enabled"
        })
    })
}
