//! What the scan could not judge. Nothing is written when it judged everything.

use super::page::Page;
use crate::digest::{reason, unread};
use crate::style::Ink;
use crate::{Coverage, Report, names};
use ks_policy::SubStatus;
use std::io;

pub(super) fn write(report: &Report<'_>, page: &mut Page<'_>) -> io::Result<()> {
    let outcome = report.outcome;
    let coverage = Coverage::of(outcome);
    if !coverage.has_gaps() {
        return Ok(());
    }
    page.blank()?;
    page.rule(80)?;
    page.painted(Ink::Warning, "Not everything was judged")?;
    page.text(&format!(
        "Scan coverage: {:.0}% ({}/{} controls evaluated)",
        coverage.score.floor(),
        coverage.evaluated,
        coverage.total
    ))?;
    let unanswered = outcome.controls.iter().enumerate();
    let unanswered = unanswered.filter(|(_, control)| control.verdict.sub == SubStatus::NotEvaluated);
    list(
        "Controls that could not be evaluated:",
        unanswered
            .map(|(at, control)| format!("{} {}: {}", control.control.id, names::of(outcome, at), reason(control))),
        page,
    )?;
    list(
        "Policy inputs that a fallback stands in for:",
        outcome.degradations.iter().map(|(component, reason)| format!("{component}: {reason}")),
        page,
    )?;
    list("Frameworks that found nothing to look at:", coverage.vacuous_frameworks.iter().cloned(), page)?;
    list(
        "Documents that were not judged:",
        outcome.skipped.iter().map(unread).map(|(place, reason)| format!("{place}: {reason}")),
        page,
    )
}

fn list(title: &str, items: impl Iterator<Item = String>, page: &mut Page<'_>) -> io::Result<()> {
    let mut items = items.peekable();
    if items.peek().is_none() {
        return Ok(());
    }
    page.blank()?;
    page.text(title)?;
    items.try_for_each(|item| page.bullet(&item))
}
