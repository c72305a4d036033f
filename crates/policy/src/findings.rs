//! What becomes of findings between a check and a report.

use ks_control::{Context, Finding, Fix, Needs, Paths, Rule};
use ks_object::{Object, Path};

/// Whether a finding is reported, given what the rule needs of the object and the finding's container.
pub(crate) fn is_reported(rule: &Rule, context: &Context, object: Option<&Object<'_>>, finding: &Finding) -> bool {
    if context.strict {
        return true;
    }
    let name = || object.is_none_or(|object| object.name().is_some());
    let namespace = || object.is_none_or(|object| object.namespace().is_some());
    let container = || finding.container.as_ref().is_none_or(Option::is_some);
    match rule.needs {
        Needs::Nothing => true,
        Needs::Name => name(),
        Needs::Container => container(),
        Needs::NameAndContainer => name() && container(),
        Needs::NameAndNamespace => name() && namespace(),
    }
}

/// Puts the findings of one rule about one target into the order of reports and drops repeats: they are a set, ordered
/// by the container that they name (if the rule's message names one), then by their paths.
pub(crate) fn arrange(rule: &Rule, findings: &mut Vec<Finding>) {
    if findings.len() < 2 {
        return;
    }
    let by_container = matches!(rule.needs, Needs::Container | Needs::NameAndContainer);
    findings.sort_by(|a, b| {
        let container = if by_container { a.container.cmp(&b.container) } else { std::cmp::Ordering::Equal };
        container
            .then_with(|| a.about.cmp(&b.about))
            .then_with(|| key(&a.paths).cmp(&key(&b.paths)))
            .then_with(|| related(a).cmp(&related(b)))
    });
    findings.dedup_by(|a, b| {
        a.paths == b.paths
            && a.related == b.related
            && a.command == b.command
            && (!by_container || a.container == b.container)
    });
}

fn key(paths: &Paths) -> (&[Path], &[Path], &[Fix], &[Path]) {
    (&paths.delete, &paths.failed, &paths.fix, &paths.review)
}

fn related(finding: &Finding) -> Vec<(u32, &[Path])> {
    finding.related.iter().map(|one| (one.object, one.paths.failed.as_slice())).collect()
}
