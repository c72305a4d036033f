//! `kubescape scan …`

use crate::args::{Global, Scan, ScanKind};
use crate::gates::{self, Measured};
use crate::log::Log;
use crate::output::{Destinations, Format};
use crate::settings::{Policies, Settings};
use anyhow::{Context as _, Result, bail};
use jiff::Timestamp;
use ks_control::{Context, Library, Scope};
use ks_policy::{Focus, Plan, Request, exceptions, inputs};
use ks_report::{Report, ScanInfo, Target, View};
use ks_scan::{FileLocator, FileScan, scan_files};
use std::path::{Path, PathBuf};

/// Scans, reports, and fails when a threshold says so.
pub(crate) fn run(global: &Global, scan: &Scan) -> Result<()> {
    let log = Log::new(&global.logger, global.logger_name.as_deref())?;
    let settings = Settings::new(scan)?;
    let flags = &scan.flags;
    announce_later(scan, &log)?;
    let destinations = Destinations::new(&settings.formats, settings.output.as_deref())?;
    let library = ks_controls::library();
    let now = Timestamp::now();
    let mut degradations = Vec::new();
    let context = Context {
        inputs: control_inputs(&library, flags.controls_config.as_deref(), flags.strict, &log, &mut degradations)?,
        strict: flags.strict,
        parse_yaml: Some(ks_yaml::parse),
        ..Context::default()
    };
    let options = source_options(scan)?;
    let files = ks_source::find(&settings.inputs, &options)?;
    for warning in &files.warnings {
        log.warn(&warning.to_string(), &[]);
    }
    let threads = flags.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).max(1);
    let prioritize = flags.print_attack_tree || (scan.kind.is_none() && settings.view == View::Security);
    let plan = Plan::new(
        library,
        &request(&library, &settings, scan),
        ks_policy::Settings {
            context,
            exceptions: posture_exceptions(flags.exceptions.as_deref(), now, &log)?,
            inline_exceptions: flags.honor_inline_exceptions.unwrap_or(true),
            now,
            cluster: flags.cluster_name.clone().unwrap_or_default(),
            labels: flags.labels_to_copy.clone(),
            keep_raw: !flags.omit_raw_resources || settings.formats.iter().any(|format| format.needs_objects()),
            prioritize,
            focus: settings.workload.as_ref().map(|workload| Focus {
                namespace: workload.namespace.clone(),
                kind: workload.kind.clone(),
                api_version: workload.api_version.clone(),
                name: workload.name.clone(),
            }),
            threads,
        },
    )?;
    let request = FileScan { files: &files.list, options: &options, filter: &settings.filter, threads };
    let mut scanned = scan_files(plan, request).context("keeping scanned objects in a temporary file")?;
    scanned.outcome.degradations = degradations;
    for warning in &scanned.warnings {
        log.warn(warning, &[]);
    }
    for skipped in &scanned.outcome.skipped {
        let place = if skipped.line > 0 { format!("{}:{}", skipped.path, skipped.line) } else { skipped.path.clone() };
        log.warn(&format!("{place}: not judged: {}", skipped.reason), &[]);
    }
    if scanned.objects == 0 {
        bail!("no resources found to scan in {}", settings.inputs.join(", "));
    }
    if let Some(workload) = &settings.workload {
        check_workload(&scanned.outcome, workload)?;
    }
    let measured = Measured::of(&scanned.outcome);
    if let Some((min, max)) = settings.severities {
        log.warn("severity filters change what is shown, not the exit code", &[]);
        scanned.outcome.show_only(min, max);
    }
    let info = scan_info(scan, &settings, &scanned.outcome, now, prioritize);
    let locator = FileLocator::new(options);
    let report = Report { outcome: &scanned.outcome, scan: &info, locator: &locator };
    let style = crate::style::of_stdout(global.color);
    if log.is_talkative() && settings.output.is_some() {
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        ks_report::pretty::write(&report, &style, &mut out)?;
        std::io::Write::flush(&mut out)?;
    }
    destinations.write(&report, &style, settings.json_v1, &log)?;
    let enforced = scan.kind.as_ref().is_some_and(|kind| !matches!(kind, ScanKind::Workload(_)))
        || settings.view != View::Security
        || flags.strict;
    gates::check(&measured, flags, settings.severity_threshold, enforced, &log)
}

/// Flags that have no meaning yet are said so once; those that promise secrecy are refused.
fn announce_later(scan: &Scan, log: &Log) -> Result<()> {
    if scan.later.hide || scan.later.encrypt {
        bail!("--hide and --encrypt are not part of this version; nothing is written that you wanted kept secret");
    }
    let given = scan.later.given();
    if !given.is_empty() {
        log.warn(&format!("without effect in this version: {}", given.join(", ")), &[]);
    }
    Ok(())
}

fn control_inputs(
    library: &Library,
    path: Option<&Path>,
    strict: bool,
    log: &Log,
    degradations: &mut Vec<(String, String)>,
) -> Result<ks_control::Inputs> {
    let Some(path) = path else { return Ok(inputs::inputs(&inputs::defaults(library.inputs))) };
    let text = std::fs::read_to_string(path).with_context(|| format!("reading control inputs {}", path.display()))?;
    match inputs::read(&text) {
        Ok(values) => Ok(inputs::inputs(&values)),
        Err(error) if strict => Err(error).with_context(|| format!("control inputs {}", path.display())),
        Err(error) => {
            let reason = format!("{}: {error}; the defaults are used", path.display());
            log.warn(&reason, &[]);
            degradations.push(("controlInputs".to_owned(), reason));
            Ok(inputs::inputs(&inputs::defaults(library.inputs)))
        }
    }
}

fn posture_exceptions(path: Option<&Path>, now: Timestamp, log: &Log) -> Result<Vec<ks_policy::Exception>> {
    let Some(path) = path else { return Ok(Vec::new()) };
    let text = std::fs::read_to_string(path).with_context(|| format!("reading exceptions {}", path.display()))?;
    let loaded = exceptions::load(&text, now).with_context(|| format!("exceptions {}", path.display()))?;
    for warning in &loaded.warnings {
        log.warn(warning, &[]);
    }
    for expired in &loaded.expired {
        log.info(&format!("exception {} has expired", expired.name), &[]);
    }
    Ok(loaded.exceptions)
}

fn source_options(scan: &Scan) -> Result<ks_source::Options> {
    let mut options = ks_source::Options {
        exclude: scan.flags.exclude_path.clone(),
        no_ignore_file: scan.flags.no_ignore_file,
        ..ks_source::Options::default()
    };
    if let Some(size) = std::env::var_os("KUBESCAPE_MAX_FILE_SIZE") {
        let text = size.to_string_lossy();
        options.max_file_size =
            text.parse().with_context(|| format!("KUBESCAPE_MAX_FILE_SIZE is {text:?}, not a number of bytes"))?;
    }
    Ok(options)
}

fn request(library: &Library, settings: &Settings, scan: &Scan) -> Request {
    let list = |text: &Option<String>| -> Vec<String> {
        let names = text.iter().flat_map(|text| text.split(',')).map(|id| id.trim().to_owned());
        names.filter(|id| !id.is_empty()).collect()
    };
    let (frameworks, controls) = match &settings.policies {
        Policies::Frameworks(names) => (names.clone(), Vec::new()),
        Policies::Controls(ids) => (Vec::new(), ids.clone()),
        Policies::AllFrameworks => {
            let listed = library.frameworks.iter().filter(|framework| framework.listed && framework.name != "Staged");
            (listed.map(|framework| framework.name.to_owned()).collect(), Vec::new())
        }
    };
    Request {
        frameworks,
        controls,
        exclude: scan.flags.exclude_controls.clone(),
        include: list(&scan.flags.include_controls),
        skip: list(&scan.flags.skip_controls),
        scope: Some(Scope::File),
    }
}

fn check_workload(outcome: &ks_policy::Outcome, workload: &crate::settings::WorkloadName) -> Result<()> {
    let name = format!("{} {}", workload.kind, workload.name);
    match outcome.resources.len() {
        0 => bail!("{name} is not among the manifests, or no control looks at its kind"),
        1 => Ok(()),
        more => bail!("{name} is there {more} times; name its namespace, its API version or its file"),
    }
}

fn scan_info(
    scan: &Scan,
    settings: &Settings,
    outcome: &ks_policy::Outcome,
    time: Timestamp,
    prioritized: bool,
) -> ScanInfo {
    let flags = &scan.flags;
    let names = |text: &Option<String>| text.iter().flat_map(|text| text.split(',')).map(str::to_owned).collect();
    let (policy_kind, policies) = match &settings.policies {
        Policies::Controls(ids) => ("Control", ids.clone()),
        Policies::Frameworks(names) => ("Framework", names.clone()),
        Policies::AllFrameworks => {
            ("Framework", outcome.frameworks.iter().map(|framework| framework.name.clone()).collect())
        }
    };
    ScanInfo {
        time,
        guid: uuid::Uuid::new_v4().to_string(),
        target: target(&settings.inputs[0]),
        inputs: settings.inputs.clone(),
        policy_kind,
        policies,
        workload: settings.workload.as_ref().map(|workload| {
            (workload.kind.clone(), workload.namespace.clone().unwrap_or_default(), workload.name.clone())
        }),
        formats: settings.formats.iter().map(|format| format.name()).collect(),
        cluster: flags.cluster_name.clone().unwrap_or_default(),
        host: gethostname::gethostname().to_string_lossy().into_owned(),
        version: crate::commands::version::VERSION,
        excluded_namespaces: names(&flags.exclude_namespaces),
        included_namespaces: names(&flags.include_namespaces),
        compliance_threshold: flags.compliance_threshold,
        fail_threshold: flags.fail_threshold.unwrap_or(100.0),
        controls_inputs: flags.controls_config.as_ref().map(|path| path.display().to_string()).unwrap_or_default(),
        verbose: flags.verbose,
        view: settings.view,
        evidence: flags.show_evidence,
        secrets: flags.show_secrets,
        omit_raw: flags.omit_raw_resources,
        attack_tree: flags.print_attack_tree,
        prioritized,
        strict: flags.strict,
    }
}

fn target(input: &str) -> Target {
    let path = std::path::absolute(input).unwrap_or_else(|_| PathBuf::from(input));
    if path.is_dir() { Target::Directory { path } } else { Target::File { path } }
}

impl Format {
    /// Whether the format reads the objects although they are left out of the JSON report.
    fn needs_objects(self) -> bool {
        !matches!(self, Self::Json | Self::Yaml)
    }
}
