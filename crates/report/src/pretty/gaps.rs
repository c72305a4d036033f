//! What the scan could not judge. Nothing is written when it judged everything.

use super::page::Page;
use super::summary::Note;
use crate::style::Ink;
use crate::{Coverage, Report, names};
use ks_policy::{SkippedDocument, SubStatus};
use std::io;

pub(super) fn write(report: &Report<'_>, page: &mut Page<'_>) -> io::Result<()> {
    let outcome = report.outcome;
    let coverage = Coverage::of(outcome);
    if !coverage.has_gaps() {
        return Ok(());
    }
    page.blank()?;
    page.rule(80)?;
    page.painted(Ink::Warning, "Scan coverage is incomplete")?;
    page.text(&format!(
        "{:.0}% ({}/{} controls evaluated)",
        coverage.score.floor(),
        coverage.evaluated,
        coverage.total
    ))?;
    let unanswered = outcome.controls.iter().enumerate();
    let unanswered = unanswered.filter(|(_, control)| control.verdict.sub == SubStatus::NotEvaluated);
    list(
        "Controls that could not be evaluated:",
        unanswered
            .map(|(at, control)| format!("{} {}: {}", control.control.id, names::of(outcome, at), control.note())),
        page,
    )?;
    list(
        "Policy inputs that a fallback stands in for:",
        outcome.degradations.iter().map(|(component, reason)| format!("{component}: {reason}")),
        page,
    )?;
    list("Frameworks that found nothing to look at:", coverage.vacuous_frameworks.iter().cloned(), page)?;
    list("Documents that were not judged:", outcome.skipped.iter().map(document), page)
}

/// A document that was not judged, with its place.
pub(crate) fn document(skipped: &SkippedDocument) -> String {
    let mut place = skipped.path.clone();
    if skipped.line > 0 {
        place.push_str(&format!(":{}", skipped.line));
    }
    if let Some(document) = skipped.document {
        place.push_str(&format!(" (document {})", document + 1));
    }
    format!("{place}: {}", skipped.reason)
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
