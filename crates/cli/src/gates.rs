//! What makes a scan fail although it went well.

use crate::args::ScanFlags;
use crate::log::Log;
use anyhow::{Result, bail};
use ks_control::Severity;
use ks_policy::{BySeverity, Outcome};

/// What thresholds are compared with: the whole scan, whatever is shown of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measured {
    compliance: f32,
    failures: BySeverity,
    coverage: f32,
    controls: usize,
    degraded: bool,
}

impl Measured {
    pub(crate) fn of(outcome: &Outcome) -> Self {
        Self {
            compliance: outcome.summary.compliance,
            failures: outcome.summary.failures,
            coverage: outcome.coverage_score(),
            controls: outcome.controls.len(),
            degraded: !outcome.degradations.is_empty(),
        }
    }
}

/// The first threshold that is broken is the error.
pub(crate) fn check(
    measured: &Measured,
    flags: &ScanFlags,
    severity: Option<Severity>,
    compliance_enforced: bool,
    log: &Log,
) -> Result<()> {
    let threshold = flags.compliance_threshold;
    if measured.compliance < threshold {
        if compliance_enforced {
            bail!(
                "scan compliance-score is below permitted threshold: {:.2} (compliance-threshold: {threshold:.2})",
                measured.compliance
            );
        }
        log.warn("--compliance-threshold counts in framework and control scans only; this scan is below it", &[]);
    }
    if let Some(severity) = severity {
        let reached = |one: &Severity| *one >= severity || *one == Severity::Unknown;
        if Severity::WORST_FIRST.iter().filter(|one| reached(one)).any(|one| measured.failures.of(*one) > 0) {
            bail!("compliance result exceeds severity threshold: {}", severity.name());
        }
    }
    if flags.fail_coverage_below > 0.0 {
        if measured.controls == 0 {
            bail!("scan loaded no controls");
        }
        if measured.coverage < flags.fail_coverage_below {
            bail!(
                "scan coverage is below permitted threshold: {:.2}% (fail-coverage-below: {:.2}%)",
                measured.coverage,
                flags.fail_coverage_below
            );
        }
    }
    if flags.fail_on_degraded_config && measured.degraded {
        bail!("policy inputs were degraded: see the warnings above");
    }
    Ok(())
}
