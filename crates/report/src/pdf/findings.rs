//! What failed, control by control, with what to do.

use super::font::{Font, encode};
use super::page::{ACCENT, BLACK, LEFT, LINE, Paper, RIGHT, SOFT, STRIPE, Type};
use super::table::{Cell, Table, badge};
use super::{FAINT, TEXT, column, heading};
use crate::digest::by_severity;
use crate::excerpt::Sources;
use crate::prose::{Block, blocks};
use crate::remedy::{Remedy, remedies};
use crate::{Report, names, number};
use ks_policy::{ControlResult, PathKind, Resource, Status};

/// Of one control at most so many resources are listed: nobody turns more pages.
const MOST_RESOURCES: usize = 60;
/// Of one resource at most so many things to do are listed.
const MOST_REMEDIES: usize = 12;

/// The failed resources of one control.
type Failures<'a> = Vec<(&'a Resource, ControlResult<'a>)>;

pub(super) fn write(report: &Report<'_>, paper: &mut Paper) {
    let outcome = report.outcome;
    let mut failures: Vec<Failures<'_>> = outcome.controls.iter().map(|_| Vec::new()).collect();
    for resource in &outcome.resources {
        for result in outcome.results(resource).filter(|result| result.verdict.status == Status::Failed) {
            failures[result.index].push((resource, result));
        }
    }
    let mut sources = Sources::new(*report);
    let mut first = true;
    for at in by_severity(outcome) {
        if failures[at].is_empty() {
            continue;
        }
        if std::mem::take(&mut first) {
            heading("Findings and how to mend them", paper);
        }
        let key = |resource: &Resource| (resource.namespace.clone(), resource.kind.clone(), resource.name.clone());
        failures[at].sort_by_cached_key(|(resource, _)| (key(resource), resource.id.clone()));
        control(report, at, &failures[at], &mut sources, paper);
    }
}

fn control<'a>(report: &Report<'a>, at: usize, failures: &Failures<'a>, sources: &mut Sources<'a>, paper: &mut Paper) {
    let control = &report.outcome.controls[at];
    let about = control.control;
    paper.need(120.0);
    paper.y += 10.0;
    let title = format!("{} {}", about.id, names::of(report.outcome, at));
    paper.mark(&title);
    paper.rule(LEFT, paper.y, RIGHT - LEFT, LINE);
    paper.y += 8.0;
    badge(about.severity(), LEFT, paper.y + 10.0, paper);
    let strong = Type::new(Font::Bold, 11.0, BLACK);
    paper.paragraph(LEFT + 62.0, RIGHT - LEFT - 62.0, &title, strong);
    let counters = control.counters;
    let numbers = format!(
        "{} of {} resources failed · compliance {}%",
        counters.failed,
        counters.all(),
        number::whole_compliance(control.compliance)
    );
    let (numbers, link) = (encode(&numbers), encode("documentation"));
    let look = Type { color: ACCENT, ..FAINT };
    let x = LEFT + 62.0;
    paper.show(x, paper.y + 9.0, &numbers, FAINT);
    let behind = x + FAINT.width(&numbers) + 8.0;
    paper.show(behind, paper.y + 9.0, &link, look);
    paper.link(behind, paper.y, look.width(&link), 12.0, &names::link(about.id));
    paper.y += 17.0;
    for part in ["Finds", "Why", "Fix"] {
        document(part, about.section(part), paper);
    }
    paper.y += 2.0;
    let mut table = Table::begin(
        &[column("Resource", 140.0, false), column("Source", 130.0, false), column("Remediation", 0.0, false)],
        paper,
    );
    for (resource, result) in failures.iter().take(MOST_RESOURCES) {
        let remedies = remedies(result);
        let cells = [
            Cell::Text(crate::digest::title(resource)),
            Cell::Text(place(resource, &remedies, sources)),
            Cell::Text(to_do(resource, &remedies)),
        ];
        table.row(&cells, paper);
    }
    if failures.len() > MOST_RESOURCES {
        paper.y += 3.0;
        let more = format!("and {} more; the HTML and JSON reports list all.", failures.len() - MOST_RESOURCES);
        paper.paragraph(LEFT, RIGHT - LEFT, &more, FAINT);
    }
}

/// A part of the control's document.
fn document(title: &str, markdown: &str, paper: &mut Paper) {
    if markdown.is_empty() {
        return;
    }
    let label = Type::new(Font::Bold, TEXT.size, SOFT);
    let (x, room) = (LEFT + 62.0, RIGHT - LEFT - 62.0);
    paper.need(TEXT.leading());
    paper.show(LEFT, paper.y + TEXT.size, &encode(title), label);
    for block in blocks(markdown) {
        let text = |spans: &[crate::prose::Span]| spans.iter().map(|span| span.text.as_str()).collect::<String>();
        match block {
            Block::Paragraph(spans) => paper.paragraph(x, room, &text(&spans), TEXT),
            Block::Item(spans) => {
                paper.need(TEXT.leading());
                paper.show(x, paper.y + TEXT.size, &encode("•"), TEXT);
                paper.paragraph(x + 10.0, room - 10.0, &text(&spans), TEXT);
            }
            Block::Code(code) => {
                let look = Type::new(Font::Mono, 8.0, BLACK);
                for line in code.lines().flat_map(|line| look.font.wrap(line, look.size, room - 12.0)) {
                    paper.need(look.leading());
                    paper.rectangle(x, paper.y, room, look.leading(), STRIPE);
                    paper.show(x + 6.0, paper.y + look.size, &line, look);
                    paper.y += look.leading();
                }
            }
        }
    }
    paper.y += 3.0;
}

/// The file and the first guilty line.
fn place<'a>(resource: &'a Resource, remedies: &[Remedy<'a>], sources: &mut Sources<'a>) -> String {
    let Some(origin) = &resource.origin else { return String::new() };
    let source = sources.get(&resource.id);
    let own = remedies.iter().filter(|remedy| remedy.resource_id == resource.id && remedy.kind != PathKind::Command);
    let lines = own.filter_map(|remedy| Some(source.as_ref()?.line_of(remedy.path)).filter(|&line| line > 0));
    match lines.min() {
        Some(line) => format!("{}:{line}", origin.file.relative),
        None => origin.file.relative.clone(),
    }
}

fn to_do(resource: &Resource, remedies: &[Remedy<'_>]) -> String {
    let line = |remedy: &Remedy<'_>| {
        let elsewhere = if remedy.resource_id == resource.id { "" } else { " (related object)" };
        match remedy.kind {
            PathKind::Fix => format!("{}{elsewhere}", remedy.text()),
            _ => format!("{} {}{elsewhere}", remedy.verb(), remedy.text()),
        }
    };
    let mut lines: Vec<String> = remedies.iter().take(MOST_REMEDIES).map(line).collect();
    if remedies.len() > MOST_REMEDIES {
        lines.push(format!("and {} more", remedies.len() - MOST_REMEDIES));
    }
    lines.join("\n")
}
