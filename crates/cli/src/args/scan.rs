//! `kubescape scan …`

use clap::Subcommand;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = false, subcommand_precedence_over_arg = true)]
pub(crate) struct Scan {
    #[command(subcommand)]
    pub(crate) kind: Option<ScanKind>,
    /// Manifest files, directories or patterns (`-`: standard input)
    pub(crate) paths: Vec<String>,
    #[command(flatten)]
    pub(crate) flags: ScanFlags,
    #[command(flatten)]
    pub(crate) later: Later,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ScanKind {
    /// Scan with the controls of frameworks
    Framework(Policies),
    /// Scan with single controls
    Control(Policies),
    /// Scan one workload of the manifests
    Workload(Workload),
}

#[derive(Debug, clap::Args)]
pub(crate) struct Policies {
    /// Names of frameworks or ids of controls, separated by commas (`all` for every framework)
    #[arg(value_name = "NAMES")]
    pub(crate) names: String,
    /// Manifest files, directories or patterns (`-`: standard input)
    pub(crate) paths: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Workload {
    /// [NAMESPACE/]KIND[.VERSION[.GROUP]]/NAME
    #[arg(value_name = "WORKLOAD")]
    pub(crate) workload: String,
    /// Manifest files, directories or patterns (`-`: standard input)
    pub(crate) paths: Vec<String>,
    /// Namespace of the workload
    #[arg(short, long)]
    pub(crate) namespace: Option<String>,
    /// File that has the workload
    #[arg(long, value_name = "FILE", conflicts_with = "paths")]
    pub(crate) file_path: Option<String>,
    /// Chart that the file belongs to
    #[arg(long, value_name = "DIR", requires = "file_path", hide = true)]
    pub(crate) chart_path: Option<String>,
    /// API version of the workload's kind
    #[arg(long, value_name = "VERSION")]
    pub(crate) api_version: Option<String>,
}

/// Flags of every scan.
#[derive(Debug, clap::Args)]
pub(crate) struct ScanFlags {
    /// Formats, separated by commas: pretty-printer, json, yaml, junit, sarif, gitlab-sast, csv, markdown, html, pdf, prometheus, policyreport
    #[arg(short, long, global = true, default_value = "pretty-printer", help_heading = "Output")]
    pub(crate) format: String,
    /// File to write to; the format's extension is added when it is missing
    #[arg(short, long, global = true, value_name = "FILE", help_heading = "Output")]
    pub(crate) output: Option<String>,
    /// Version of the JSON report: v1 or v2
    #[arg(long, global = true, default_value = "v2", hide = true)]
    pub(crate) format_version: String,
    /// Show all resources, with the guilty lines and their fixes
    #[arg(short, long, global = true, help_heading = "Output")]
    pub(crate) verbose: bool,
    /// View of the terminal report: security, resource or control
    #[arg(long, global = true, default_value = "security", help_heading = "Output")]
    pub(crate) view: String,
    /// Show failed paths with their current values
    #[arg(short = 'E', long, global = true, help_heading = "Output")]
    pub(crate) show_evidence: bool,
    /// Show values that may be secrets
    #[arg(long, global = true, help_heading = "Output")]
    pub(crate) show_secrets: bool,
    /// Show only controls of at least this severity; does not change the exit code
    #[arg(long, global = true, value_name = "SEVERITY", help_heading = "Output")]
    pub(crate) min_severity: Option<String>,
    /// Show only controls of at most this severity; does not change the exit code
    #[arg(long, global = true, value_name = "SEVERITY", help_heading = "Output")]
    pub(crate) max_severity: Option<String>,
    /// Labels of workloads to copy into the report, separated by commas
    #[arg(long, global = true, value_delimiter = ',', value_name = "KEYS", help_heading = "Output")]
    pub(crate) labels_to_copy: Vec<String>,
    /// Leave the objects out of the report
    #[arg(long, global = true, hide = true)]
    pub(crate) omit_raw_resources: bool,
    /// Print attack trees
    #[arg(long, global = true, hide = true)]
    pub(crate) print_attack_tree: bool,

    /// Namespaces to scan, separated by commas
    #[arg(long, global = true, value_name = "NAMESPACES", help_heading = "Scope")]
    pub(crate) include_namespaces: Option<String>,
    /// Namespaces not to scan, separated by commas
    #[arg(short = 'e', long, global = true, value_name = "NAMESPACES", help_heading = "Scope")]
    pub(crate) exclude_namespaces: Option<String>,
    /// Kinds to scan, separated by commas
    #[arg(long, global = true, value_name = "KINDS", help_heading = "Scope")]
    pub(crate) include_kinds: Option<String>,
    /// Kinds not to scan, separated by commas
    #[arg(long, global = true, value_name = "KINDS", help_heading = "Scope")]
    pub(crate) exclude_kinds: Option<String>,
    /// Labels that objects of a cluster must have; checked, but without effect on files
    #[arg(long, global = true, value_name = "SELECTOR", help_heading = "Scope")]
    pub(crate) label_selector: Option<String>,
    /// Paths not to scan, as in a .gitignore file; may be repeated
    #[arg(long, global = true, value_name = "PATTERN", help_heading = "Scope")]
    pub(crate) exclude_path: Vec<String>,
    /// Do not read .kubescapeignore
    #[arg(long, global = true, help_heading = "Scope")]
    pub(crate) no_ignore_file: bool,
    /// Name of the cluster in reports
    #[arg(long, global = true, value_name = "NAME", help_heading = "Scope")]
    pub(crate) cluster_name: Option<String>,

    /// File of control inputs; replaces the defaults
    #[arg(long, global = true, value_name = "FILE", help_heading = "Policies")]
    pub(crate) controls_config: Option<PathBuf>,
    /// File of posture exceptions
    #[arg(long, global = true, value_name = "FILE", help_heading = "Policies")]
    pub(crate) exceptions: Option<PathBuf>,
    /// Only these controls, separated by commas
    #[arg(long, global = true, value_name = "IDS", help_heading = "Policies")]
    pub(crate) include_controls: Option<String>,
    /// Not these controls, separated by commas
    #[arg(long, global = true, value_name = "IDS", help_heading = "Policies")]
    pub(crate) skip_controls: Option<String>,
    /// Controls to leave out of every framework: ids or benchmark sections, separated by commas
    #[arg(long, global = true, value_delimiter = ',', value_name = "IDS", help_heading = "Policies")]
    pub(crate) exclude_controls: Vec<String>,
    /// Whether kubescape.io/skip-* annotations of objects count
    #[arg(
        long, global = true, value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_missing_value = "true", help_heading = "Policies"
    )]
    pub(crate) honor_inline_exceptions: Option<bool>,
    /// Improved verdicts and reports where they differ from the original's
    #[arg(long, global = true, help_heading = "Policies")]
    pub(crate) strict: bool,

    /// Fail when the compliance score is below this
    #[arg(
        long,
        global = true,
        default_value_t = 0.0,
        value_name = "SCORE",
        hide_default_value = true,
        help_heading = "Exit code"
    )]
    pub(crate) compliance_threshold: f32,
    /// Fail when a control of at least this severity failed
    #[arg(short = 's', long, global = true, value_name = "SEVERITY", help_heading = "Exit code")]
    pub(crate) severity_threshold: Option<String>,
    /// Fail when less than this share of the controls could be evaluated
    #[arg(
        long,
        global = true,
        default_value_t = 0.0,
        value_name = "SCORE",
        hide_default_value = true,
        help_heading = "Exit code"
    )]
    pub(crate) fail_coverage_below: f32,
    /// Fail when inputs or exceptions came from a fallback
    #[arg(long, global = true, help_heading = "Exit code")]
    pub(crate) fail_on_degraded_config: bool,
    /// Ignored; kept so that old pipelines go on working
    #[arg(short = 't', long, global = true, hide = true)]
    pub(crate) fail_threshold: Option<f32>,

    /// Never send anything anywhere; always so
    #[arg(long, global = true, hide = true)]
    pub(crate) keep_local: bool,
    /// Threads to scan with; as many as there are processors when not given
    #[arg(long, global = true, value_name = "N", help_heading = "Performance")]
    pub(crate) threads: Option<usize>,
}

/// Flags of the original that have no meaning yet: accepted, and said so once.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "flags")]
pub(crate) struct Later {
    #[arg(long, global = true, hide = true, value_delimiter = ',')]
    pub(crate) use_from: Vec<String>,
    #[arg(long, global = true, hide = true)]
    pub(crate) use_default: bool,
    #[arg(long, global = true, hide = true)]
    pub(crate) use_artifacts_from: Option<String>,
    #[arg(long, global = true, hide = true)]
    pub(crate) audit_exceptions: bool,
    #[arg(long, global = true, hide = true)]
    pub(crate) controls_version: Option<String>,
    #[arg(long, global = true, hide = true)]
    pub(crate) custom_rules: Option<String>,
    #[arg(long, global = true, hide = true)]
    pub(crate) account: Option<String>,
    #[arg(long, global = true, hide = true)]
    pub(crate) access_key: Option<String>,
    #[arg(long, global = true, hide = true)]
    pub(crate) kubeconfig: Option<String>,
    #[arg(long, global = true, hide = true, num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub(crate) host_scan: Option<String>,
    #[arg(long, global = true, hide = true, value_delimiter = ',')]
    pub(crate) values: Vec<String>,
    #[arg(long, global = true, hide = true)]
    pub(crate) set: Vec<String>,
    #[arg(long, global = true, hide = true)]
    pub(crate) set_string: Vec<String>,
    #[arg(long, global = true, hide = true)]
    pub(crate) set_file: Vec<String>,
    #[arg(long, global = true, hide = true)]
    pub(crate) release_name: Option<String>,
    #[arg(long, global = true, hide = true)]
    pub(crate) release_namespace: Option<String>,
    #[arg(long, global = true, hide = true)]
    pub(crate) hide: bool,
    #[arg(long, global = true, hide = true)]
    pub(crate) encrypt: bool,
    #[arg(long, global = true, hide = true)]
    pub(crate) enable_rego_prints: bool,
    #[arg(long, global = true, hide = true, num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub(crate) submit: Option<String>,
    #[arg(long, global = true, hide = true)]
    pub(crate) only_fixable: bool,
    #[arg(long, global = true, hide = true)]
    pub(crate) baseline: Option<String>,
    #[arg(long, global = true, hide = true)]
    pub(crate) baseline_fail_on_new: bool,
    #[arg(long, global = true, hide = true)]
    pub(crate) baseline_severity_threshold: Option<String>,
    #[arg(long, global = true, hide = true)]
    pub(crate) baseline_granularity: Option<String>,
    #[arg(long, global = true, hide = true)]
    pub(crate) scan_timeout: Option<String>,
    #[arg(long, global = true, hide = true)]
    pub(crate) control_timeout: Option<String>,
    #[arg(long, global = true, hide = true)]
    pub(crate) enable_streaming: bool,
    #[arg(long, global = true, hide = true)]
    pub(crate) incremental: bool,
    #[arg(long, global = true, hide = true)]
    pub(crate) dry_run: bool,
    #[arg(long, global = true, hide = true)]
    pub(crate) scan_images: bool,
    #[arg(long, global = true, hide = true)]
    pub(crate) image_scan_concurrency: Option<u32>,
    #[arg(long, global = true, hide = true)]
    pub(crate) image_platform: Option<String>,
    #[arg(long, global = true, hide = true, num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub(crate) use_default_matchers: Option<String>,
    #[arg(long, global = true, hide = true)]
    pub(crate) registry_mapping: Vec<String>,
    #[arg(long, global = true, hide = true)]
    pub(crate) registry_username: Option<String>,
    #[arg(long, global = true, hide = true)]
    pub(crate) registry_password: Option<String>,
    #[arg(long, global = true, hide = true)]
    pub(crate) registry_token: Option<String>,
    #[arg(long, global = true, hide = true)]
    pub(crate) registry_authority: Option<String>,
    #[arg(long, global = true, hide = true)]
    pub(crate) grype_db_url: Option<String>,
    #[arg(long, global = true, hide = true)]
    pub(crate) skip_db_update: bool,
}

impl Later {
    /// The names of those that were given.
    pub(crate) fn given(&self) -> Vec<String> {
        macro_rules! given {
            ($($field:ident)*) => { [$((Given::given(&self.$field), concat!("--", stringify!($field)))),*] };
        }
        let all = given!(
            use_from use_default use_artifacts_from audit_exceptions controls_version custom_rules account access_key
            kubeconfig host_scan values set set_string set_file release_name release_namespace hide encrypt
            enable_rego_prints submit only_fixable baseline baseline_fail_on_new baseline_severity_threshold
            baseline_granularity scan_timeout control_timeout enable_streaming incremental dry_run scan_images
            image_scan_concurrency image_platform use_default_matchers registry_mapping registry_username
            registry_password registry_token registry_authority grype_db_url skip_db_update
        );
        all.into_iter().filter(|(given, _)| *given).map(|(_, name)| name.replace('_', "-")).collect()
    }
}

trait Given {
    fn given(&self) -> bool;
}

impl Given for bool {
    fn given(&self) -> bool {
        *self
    }
}

impl<T> Given for Option<T> {
    fn given(&self) -> bool {
        self.is_some()
    }
}

impl<T> Given for Vec<T> {
    fn given(&self) -> bool {
        !self.is_empty()
    }
}
