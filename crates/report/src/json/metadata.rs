//! `metadata`: what was scanned and how it was asked for.

use crate::{ReportError, ScanInfo, Target, encode};
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Metadata<'a> {
    target_metadata: TargetMetadata<'a>,
    cluster_metadata: Empty,
    scan_metadata: ScanMetadata<'a>,
}

#[derive(Serialize)]
struct Empty {}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TargetMetadata<'a> {
    git_repo_context_metadata: Repository<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file_context_metadata: Option<FileContext<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    directory_context_metadata: Option<DirectoryContext<'a>>,
}

/// What stands in for a repository when there is none.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Repository<'a> {
    provider: &'static str,
    repo: String,
    owner: &'a str,
    branch: &'static str,
    default_branch: &'static str,
    #[serde(rename = "remoteURL")]
    remote_url: &'static str,
    last_commit: Commit,
    local_root_path: &'static str,
}

#[derive(Serialize)]
struct Commit {
    date: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FileContext<'a> {
    file_path: String,
    host_name: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DirectoryContext<'a> {
    base_path: String,
    host_name: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ScanMetadata<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    target_type: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    kubescape_version: &'a str,
    format_version: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    controls_inputs: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    formats: &'a [&'static str],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    excluded_namespaces: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    include_namespaces: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    target_names: &'a [String],
    #[serde(skip_serializing_if = "is_zero")]
    fail_threshold: f32,
    #[serde(skip_serializing_if = "is_zero")]
    compliance_threshold: f32,
    /// 1 is a file, 4 a directory.
    scanning_target: u32,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    verbose_mode: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde wants a reference")]
fn is_zero(number: &f32) -> bool {
    *number == 0.0
}

pub(super) fn write(scan: &ScanInfo, out: &mut String) -> Result<(), ReportError> {
    let host_name = scan.host.as_str();
    let (scanning_target, repo, file, directory) = match &scan.target {
        Target::File { path } => {
            let file_path = path.to_string_lossy().into_owned();
            (1, format!("file@{file_path}"), Some(FileContext { file_path, host_name }), None)
        }
        Target::Directory { path } => {
            let base_path = path.to_string_lossy().into_owned();
            (4, format!("path@{base_path}"), None, Some(DirectoryContext { base_path, host_name }))
        }
    };
    let metadata = Metadata {
        target_metadata: TargetMetadata {
            git_repo_context_metadata: Repository {
                provider: "none",
                repo,
                owner: host_name,
                branch: "none",
                default_branch: "none",
                remote_url: "",
                last_commit: Commit { date: "0001-01-01T00:00:00Z" },
                local_root_path: "",
            },
            file_context_metadata: file,
            directory_context_metadata: directory,
        },
        cluster_metadata: Empty {},
        scan_metadata: ScanMetadata {
            target_type: scan.policy_kind,
            kubescape_version: scan.version,
            format_version: "v2",
            controls_inputs: &scan.controls_inputs,
            formats: &scan.formats,
            excluded_namespaces: &scan.excluded_namespaces,
            include_namespaces: &scan.included_namespaces,
            target_names: &scan.policies,
            fail_threshold: scan.fail_threshold,
            compliance_threshold: scan.compliance_threshold,
            scanning_target,
            verbose_mode: scan.verbose,
        },
    };
    encode::compact("the metadata", &metadata, out)
}
