//! The report for people at a terminal.

mod attack_tree;
mod control_view;
mod finding;
mod gaps;
mod hints;
mod page;
mod resource_view;
mod security;
mod summary;
mod table;
mod wrap;

use crate::{Report, ReportError, Style, View};
use page::Page;
use std::io::Write;

/// Writes the report for people at a terminal.
///
/// Details come first and sums last, so that what matters most stands above the prompt.
///
/// # Errors
/// When `out` refuses what is written.
pub fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> Result<(), ReportError> {
    let page = &mut Page::new(*style, out);
    let scan = report.scan;
    if report.outcome.resources.is_empty() {
        page.blank()?;
        page.text("No resources were scanned.")?;
        gaps::write(report, page)?;
        return Ok(());
    }
    match scan.view {
        View::Control => control_view::write(report, page)?,
        View::Security | View::Resource if scan.verbose => resource_view::write(report, page)?,
        View::Security | View::Resource => {}
    }
    match scan.view {
        View::Security => security::write(report, page)?,
        View::Resource | View::Control => summary::write(report, page)?,
    }
    gaps::write(report, page)?;
    if scan.attack_tree {
        attack_tree::write(report, page)?;
    }
    hints::write(report, page)?;
    Ok(())
}
