//! What controls are called in a report.

use ks_policy::Outcome;

/// The name of a control: the one that the first framework with it gives it, as frameworks may rename controls.
pub(crate) fn of(outcome: &Outcome, control: usize) -> &'static str {
    let about = outcome.controls[control].control;
    let first = outcome.frameworks.iter().find(|framework| framework.controls.binary_search(&control).is_ok());
    first.map_or(about.title, |framework| about.title_in(&framework.name))
}

/// Where the document of a control is published.
pub(crate) fn link(id: &str) -> String {
    format!("https://hub.armosec.io/docs/{}", id.to_ascii_lowercase().replace('.', "-"))
}
