//! The table of controls, with the document of each.

use super::{badge, prose};
use crate::digest::{by_severity, count, reason};
use crate::{names, number};
use ks_control::Control;
use ks_policy::{ControlOutcome, Outcome, Status};
use maud::{Markup, html};
use std::cmp::Reverse;

/// What failed or needs action, and what passed below it.
pub(super) fn details(outcome: &Outcome) -> Markup {
    let mut order = by_severity(outcome);
    order.sort_by_key(|&at| (Reverse(outcome.controls[at].control.severity()), names::of(outcome, at)));
    let (passed, open): (Vec<usize>, Vec<usize>) =
        order.into_iter().partition(|&at| matches!(outcome.controls[at].verdict.status, Status::Passed | Status::None));
    html! {
        h2 #details { "Details" }
        @if open.is_empty() {
            p.note { "Every control that could be judged passed." }
        } @else {
            div.box { (table(outcome, &open, true)) }
        }
        @if !passed.is_empty() {
            details.box.resource {
                summary { b { (count(passed.len(), "passed control")) } }
                (table(outcome, &passed, false))
            }
        }
    }
}

fn table(outcome: &Outcome, controls: &[usize], sum: bool) -> Markup {
    let summary = &outcome.summary;
    html! {
        table.stack {
            thead {
                tr {
                    th { "Severity" } th { "Control Name" } th.number { "Failed Resources" }
                    th.number { "All Resources" } th.number { "Risk Score, %" } th.number { "Compliance, %" }
                }
            }
            tbody {
                @for &at in controls { (row(outcome, at)) }
            }
            @if sum {
                tfoot {
                    tr {
                        td { "" }
                        td { "Resource Summary" }
                        td.number data-label="Failed Resources" { (summary.counters.failed) }
                        td.number data-label="All Resources" { (summary.counters.all()) }
                        td.number data-label="Risk Score, %" { (number::whole_risk(summary.score)) }
                        td.number data-label="Compliance, %" { (number::exact_compliance(summary.compliance)) }
                    }
                }
            }
        }
    }
}

fn row(outcome: &Outcome, at: usize) -> Markup {
    let control = &outcome.controls[at];
    let failed = control.counters.failed;
    html! {
        tr #(control.control.id) {
            td { (badge(control.control.severity())) }
            td {
                details {
                    summary {
                        b { (names::of(outcome, at)) } " " span.id { (control.control.id) }
                        @if control.verdict.status == Status::Skipped { " " span.tag { "action required" } }
                        @if control.excepted > 0 { " " span.tag { (control.excepted) " accepted" } }
                    }
                    (document(control.control))
                }
                @if control.verdict.status == Status::Skipped { p.note { (reason(control)) } }
            }
            td.number.bad[failed > 0] data-label="Failed Resources" { (failed) }
            td.number data-label="All Resources" { (control.counters.all()) }
            td.number data-label="Risk Score, %" { (number::whole_risk(control.score)) }
            td.number data-label="Compliance, %" { (compliance(control)) }
        }
    }
}

fn compliance(control: &ControlOutcome) -> String {
    if control.verdict.status == Status::Skipped {
        "–".to_owned()
    } else {
        number::whole_compliance(control.compliance).to_string()
    }
}

/// What people read about a control.
fn document(control: &Control) -> Markup {
    let parts = ["Finds", "Why", "Fix", "Example"].map(|heading| (heading, control.section(heading)));
    html! {
        div.doc {
            @for (heading, text) in parts {
                @if !text.is_empty() {
                    h4 { (heading) }
                    (prose(text))
                }
            }
            p { a href=(names::link(control.id)) rel="noreferrer" { "Documentation of " (control.id) } }
        }
    }
}
