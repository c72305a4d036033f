//! The ways of attack that failures open, as trees.

use super::page::Page;
use super::wrap::{cut, width};
use crate::Report;
use crate::digest::{highest_stakes, title};
use crate::style::Ink;
use ks_policy::{Priority, Vector};
use std::io;

/// How many resources are drawn.
const MOST_RESOURCES: usize = 15;
/// How many vectors are listed of each.
const MOST_VECTORS: usize = 10;

pub(super) fn write(report: &Report<'_>, page: &mut Page<'_>) -> io::Result<()> {
    for (resource, priority) in highest_stakes(report.outcome).into_iter().take(MOST_RESOURCES) {
        page.blank()?;
        page.line(page.ink(Ink::Rule, "^".repeat(page.style.width.unwrap_or(80).min(80))))?;
        page.painted(Ink::Strong, &title(resource))?;
        page.line(format_args!("Score     {:.2}", priority.score))?;
        let severity = page.ink(Ink::Severity(priority.severity), priority.severity.name()).to_string();
        page.line(format_args!("Severity  {severity}"))?;
        page.line(format_args!("Vectors   {}", priority.vectors.len()))?;
        page.blank()?;
        for track in tracks(priority) {
            track.draw("", "", page)?;
        }
        page.blank()?;
        vectors(priority, page)?;
    }
    Ok(())
}

fn vectors(priority: &Priority, page: &mut Page<'_>) -> io::Result<()> {
    let mut vectors: Vec<&Vector> = priority.vectors.iter().collect();
    vectors.sort_by(|a, b| b.score.total_cmp(&a.score));
    let arrow = page.sign(" → ", " -> ");
    for (at, vector) in vectors.iter().take(MOST_VECTORS).enumerate() {
        let steps: Vec<String> =
            vector.steps.iter().map(|(control, step)| format!("{step} ({})", control.id)).collect();
        let text = format!("{}: {}  {:.2}", vector.track, steps.join(arrow), vector.score);
        page.hanging(&format!("{:>2}. ", at + 1), None, &text)?;
    }
    if vectors.len() > MOST_VECTORS {
        page.painted(Ink::Faint, &format!("    and {} more", vectors.len() - MOST_VECTORS))?;
    }
    Ok(())
}

/// A step with the controls that open it.
struct Step {
    name: &'static str,
    controls: Vec<&'static str>,
    next: Vec<Step>,
}

/// The vectors of a resource, put together again as the trees that they were cut from.
fn tracks(priority: &Priority) -> Vec<Step> {
    let mut roots: Vec<Step> = Vec::new();
    for vector in &priority.vectors {
        let mut level = &mut step(&mut roots, vector.track).next;
        for (control, name) in &vector.steps {
            let step = step(level, name);
            if !step.controls.contains(&control.id) {
                step.controls.push(control.id);
                step.controls.sort_unstable();
            }
            level = &mut step.next;
        }
    }
    roots
}

fn step<'t>(level: &'t mut Vec<Step>, name: &'static str) -> &'t mut Step {
    let at = level.iter().position(|step| step.name == name).unwrap_or_else(|| {
        level.push(Step { name, controls: Vec::new(), next: Vec::new() });
        level.len() - 1
    });
    &mut level[at]
}

impl Step {
    fn draw(&self, head: &str, tail: &str, page: &mut Page<'_>) -> io::Result<()> {
        let mut text = self.name.to_owned();
        if !self.controls.is_empty() {
            text.push_str(&format!(" ({})", self.controls.join(", ")));
        }
        let room = page.style.width.map_or(usize::MAX, |columns| columns.saturating_sub(width(head)).max(8));
        let text = cut(&text, room);
        let ink = if self.controls.is_empty() { Ink::Strong } else { Ink::Failure };
        let line = format!("{}{}", page.ink(Ink::Rule, head), page.ink(ink, text));
        page.line(line)?;
        let (branch, corner, down) =
            if page.style.unicode { ("├── ", "╰── ", "│   ") } else { ("|-- ", "`-- ", "|   ") };
        for (at, next) in self.next.iter().enumerate() {
            let last = at + 1 == self.next.len();
            let head = format!("{tail}{}", if last { corner } else { branch });
            let tail = format!("{tail}{}", if last { "    " } else { down });
            next.draw(&head, &tail, page)?;
        }
        Ok(())
    }
}
