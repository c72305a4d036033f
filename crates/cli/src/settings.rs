//! From arguments to settings: everything is checked before anything is read.

use crate::args::{Scan, ScanFlags, ScanKind};
use crate::output::Format;
use anyhow::{Result, bail};
use ks_control::Severity;
use ks_report::View;
use ks_source::Filter;

/// A scan that was asked for, checked.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) policies: Policies,
    pub(crate) inputs: Vec<String>,
    pub(crate) formats: Vec<Format>,
    pub(crate) json_v1: bool,
    pub(crate) output: Option<String>,
    pub(crate) view: View,
    pub(crate) filter: Filter,
    pub(crate) severities: Option<(Severity, Severity)>,
    pub(crate) severity_threshold: Option<Severity>,
    pub(crate) workload: Option<WorkloadName>,
}

/// Which policies are scanned with.
#[derive(Debug)]
pub(crate) enum Policies {
    /// Frameworks by name.
    Frameworks(Vec<String>),
    /// Every framework there is.
    AllFrameworks,
    /// Controls by id.
    Controls(Vec<String>),
}

/// The workload that `scan workload` is about.
#[derive(Debug, Clone)]
pub(crate) struct WorkloadName {
    pub(crate) namespace: Option<String>,
    pub(crate) kind: String,
    pub(crate) api_version: Option<String>,
    pub(crate) name: String,
}

impl Settings {
    pub(crate) fn new(scan: &Scan) -> Result<Self> {
        let flags = &scan.flags;
        let mut view = parse_view(&flags.view)?;
        let mut workload = None;
        let (policies, inputs) = match &scan.kind {
            Some(ScanKind::Framework(args)) => {
                let names = list(&args.names, "framework")?;
                let all = names.iter().any(|name| name.eq_ignore_ascii_case("all"));
                let policies = if all { Policies::AllFrameworks } else { Policies::Frameworks(names) };
                (policies, args.paths.clone())
            }
            Some(ScanKind::Control(args)) => (Policies::Controls(list(&args.names, "control")?), args.paths.clone()),
            Some(ScanKind::Workload(args)) => {
                workload = Some(WorkloadName::parse(args)?);
                let inputs = args.file_path.clone().map_or_else(|| args.paths.clone(), |path| vec![path]);
                (named(&["WorkloadScan", "AllControls"]), inputs)
            }
            None if view == View::Security => (named(&["WorkloadScan", "AllControls"]), scan.paths.clone()),
            None => (named(&["AllControls", "NSA", "MITRE"]), scan.paths.clone()),
        };
        if matches!(scan.kind, Some(ScanKind::Framework(_) | ScanKind::Control(_))) && view == View::Security {
            view = View::Resource;
        }
        check_thresholds(flags)?;
        if flags.exclude_controls.iter().any(|id| id.trim().is_empty()) {
            bail!("--exclude-controls contains an empty control identifier");
        }
        let formats = Format::parse_list(&flags.format)?;
        let json_v1 = match flags.format_version.as_str() {
            "v1" => true,
            "v2" => false,
            other => bail!("invalid format version {other:?}; versions are v1 and v2"),
        };
        if inputs.is_empty() {
            bail!(
                "no files given; scanning a live cluster is not part of this version: name files or directories, or `-`"
            );
        }
        Ok(Self {
            policies,
            inputs,
            formats,
            json_v1,
            output: flags.output.clone(),
            view,
            filter: filter(flags)?,
            severities: severities(flags)?,
            severity_threshold: flags.severity_threshold.as_deref().map(severity).transpose()?,
            workload,
        })
    }
}

impl WorkloadName {
    fn parse(args: &crate::args::Workload) -> Result<Self> {
        let parts: Vec<&str> = args.workload.split('/').collect();
        let (namespace, kind, name) = match parts[..] {
            [kind, name] => (None, kind, name),
            [namespace, kind, name] => (Some(namespace), kind, name),
            _ => bail!("{:?} is no workload: write [NAMESPACE/]KIND[.VERSION[.GROUP]]/NAME", args.workload),
        };
        let mut kind_parts = kind.splitn(3, '.');
        let kind = kind_parts.next().unwrap_or_default();
        let version = kind_parts.next();
        let api_version = match (version, kind_parts.next()) {
            (Some(version), _) if !is_version(version) => bail!("{version:?} in {:?} is no API version", args.workload),
            (Some(version), Some(group)) => Some(format!("{group}/{version}")),
            (Some(version), None) => Some(version.to_owned()),
            (None, _) => args.api_version.clone(),
        };
        if kind.is_empty() || name.is_empty() {
            bail!("{:?} is no workload: write [NAMESPACE/]KIND[.VERSION[.GROUP]]/NAME", args.workload);
        }
        if kind.eq_ignore_ascii_case("secret") || kind.eq_ignore_ascii_case("secrets") {
            bail!("a Secret is no workload");
        }
        let namespace = namespace.map(str::to_owned).or_else(|| args.namespace.clone());
        Ok(Self { namespace, kind: kind.to_owned(), api_version, name: name.to_owned() })
    }
}

/// `v1`, `v2beta1`, …
fn is_version(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('v') else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match rest.find(|c: char| !c.is_ascii_digit()) {
        None => digits(rest),
        Some(end) => {
            let (major, stage) = rest.split_at(end);
            let minor = stage.strip_prefix("alpha").or_else(|| stage.strip_prefix("beta"));
            digits(major) && minor.is_some_and(digits)
        }
    }
}

fn named(names: &[&str]) -> Policies {
    Policies::Frameworks(names.iter().map(|name| (*name).to_owned()).collect())
}

fn list(text: &str, what: &str) -> Result<Vec<String>> {
    let names: Vec<String> = text.split(',').map(|name| name.trim().to_owned()).collect();
    if names.iter().any(String::is_empty) {
        bail!("give at least one {what}, separated by commas and without empty names: {text:?}");
    }
    Ok(names)
}

fn parse_view(text: &str) -> Result<View> {
    Ok(match text {
        "security" => View::Security,
        "resource" => View::Resource,
        "control" => View::Control,
        other => bail!("invalid view {other:?}; views are security, resource and control"),
    })
}

/// A severity by its name, in any case.
pub(crate) fn severity(text: &str) -> Result<Severity> {
    let known = [Severity::Low, Severity::Medium, Severity::High, Severity::Critical];
    let found = known.into_iter().find(|severity| severity.name().eq_ignore_ascii_case(text.trim()));
    let names = known.map(Severity::name).join(", ");
    found.ok_or_else(|| anyhow::anyhow!("unknown severity. Supported severities are: {names}"))
}

fn severities(flags: &ScanFlags) -> Result<Option<(Severity, Severity)>> {
    let min = flags.min_severity.as_deref().map(severity).transpose()?;
    let max = flags.max_severity.as_deref().map(severity).transpose()?;
    if min.is_none() && max.is_none() {
        return Ok(None);
    }
    let (min, max) = (min.unwrap_or(Severity::Low), max.unwrap_or(Severity::Critical));
    if min > max {
        bail!("min severity cannot be greater than max severity");
    }
    Ok(Some((min, max)))
}

fn check_thresholds(flags: &ScanFlags) -> Result<()> {
    let thresholds = [flags.compliance_threshold, flags.fail_coverage_below, flags.fail_threshold.unwrap_or(100.0)];
    if thresholds.iter().any(|one| !(0.0..=100.0).contains(one)) {
        bail!("bad argument: out of range threshold");
    }
    Ok(())
}

fn filter(flags: &ScanFlags) -> Result<Filter> {
    Ok(Filter::parse(
        flags.include_namespaces.as_deref(),
        flags.exclude_namespaces.as_deref(),
        flags.include_kinds.as_deref(),
        flags.exclude_kinds.as_deref(),
        flags.label_selector.as_deref(),
    )?)
}
