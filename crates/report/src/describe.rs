//! What a control's document says, as plain text.

use crate::prose::plain;
use ks_control::Control;
use ks_policy::Outcome;

/// A text of every control of an outcome, made once: thousands of results repeat it.
pub(crate) fn all(outcome: &Outcome, text: impl Fn(&Control) -> String) -> Vec<String> {
    outcome.controls.iter().map(|found| text(found.control)).collect()
}

/// What the control finds, in a sentence or two; its title when nobody has described it.
pub(crate) fn finding(control: &Control) -> String {
    match plain(control.section("Finds")) {
        text if text.is_empty() => control.title.to_owned(),
        text => text,
    }
}

/// What the control finds and why that matters.
pub(crate) fn description(control: &Control) -> String {
    let mut text = finding(control);
    let why = plain(control.section("Why"));
    if !why.is_empty() {
        text.push('\n');
        text.push_str(&why);
    }
    text
}

/// How to mend a failure.
pub(crate) fn remediation(control: &Control) -> String {
    plain(control.section("Fix"))
}
