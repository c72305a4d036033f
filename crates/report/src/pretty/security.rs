//! The security view: what to look at first, by category.

use super::page::{Page, shell};
use super::summary::{ACTION_REQUIRED, Footnotes, about, severities};
use super::table::{Column, Grid, Look};
use super::wrap::cut;
use crate::digest::{Scene, count, highest_stakes, reason, title};
use crate::style::Ink;
use crate::{Report, names, number};
use ks_control::Control;
use ks_policy::{Outcome, Resource, Status};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io;

/// The order of categories in each scene; others follow by name.
const CLUSTER: &[&str] = &["Cat-1", "Cat-2", "Cat-3", "Cat-4", "Cat-5"];
const FILES: &[&str] = &["Cat-5", "Cat-2", "Cat-3", "Cat-4"];
const WORKLOAD: &[&str] = &["Cat-6", "Cat-7", "Cat-8", "Cat-3", "Cat-4", "Cat-9"];

/// The control plane, whose controls are about one thing each.
const CONTROL_PLANE: &str = "Cat-1";

/// How many workloads to mend first are listed.
const MOST_WORKLOADS: usize = 3;

pub(super) fn write(report: &Report<'_>, page: &mut Page<'_>) -> io::Result<()> {
    let (outcome, scene) = (report.outcome, Scene::of(report.scan));
    page.heading(match scene {
        Scene::Cluster => "Security posture of the cluster",
        Scene::Files => "Security posture of the files",
        Scene::Workload => "Security posture of the workload",
    })?;
    about(report, page)?;
    let counters = outcome.summary.counters;
    let all = counters.all() as usize;
    page.text(&format!("{} scanned, {} with failures.", count(all, "resource"), counters.failed))?;
    let failed = outcome.controls.iter().any(|control| control.verdict.status == Status::Failed);
    if !failed {
        page.blank()?;
        page.painted(Ink::Success, "Every control that could be judged passed.")?;
    } else {
        severities(outcome, page)?;
    }
    let mut notes = Footnotes::default();
    let mut tables: Vec<(&str, bool, Grid)> = Vec::new();
    for bucket in buckets(outcome, scene) {
        let statuses = scene == Scene::Workload || (scene == Scene::Cluster && bucket.id == CONTROL_PLANE);
        let table = if statuses {
            status_table(outcome, &bucket, &mut notes, page)
        } else {
            counting_table(report, &bucket, scene, &mut notes)
        };
        tables.push((bucket.name, statuses, table));
    }
    for kind in [true, false] {
        let alike = tables.iter_mut().filter(|(_, statuses, _)| *statuses == kind);
        Grid::align(&mut alike.map(|(_, _, table)| table).collect::<Vec<_>>());
    }
    for (name, _, table) in tables {
        page.heading(name)?;
        page.table(table)?;
    }
    notes.write(page)?;
    workloads(report, scene, page)?;
    compliance(outcome, scene, page)
}

/// Controls of one category.
struct Bucket {
    id: &'static str,
    name: &'static str,
    /// Indexes of the controls.
    controls: Vec<usize>,
}

fn category(control: &Control) -> (&'static str, &'static str) {
    control.sub_category.or(control.category).unwrap_or(("Other", ""))
}

/// The controls by category, in the order of the scene. Of files only what failed.
fn buckets(outcome: &Outcome, scene: Scene) -> Vec<Bucket> {
    let order = match scene {
        Scene::Cluster => CLUSTER,
        Scene::Files => FILES,
        Scene::Workload => WORKLOAD,
    };
    let mut buckets: BTreeMap<(usize, &str), Bucket> = BTreeMap::new();
    for (at, control) in outcome.controls.iter().enumerate() {
        if scene == Scene::Files && control.verdict.status != Status::Failed {
            continue;
        }
        let (name, id) = category(control.control);
        let place = order.iter().position(|known| *known == id).unwrap_or(order.len());
        let bucket = buckets.entry((place, name)).or_insert(Bucket { id, name, controls: Vec::new() });
        bucket.controls.push(at);
    }
    let mut buckets: Vec<Bucket> = buckets.into_values().collect();
    for bucket in &mut buckets {
        let worst = |at: usize| Reverse(outcome.controls[at].control.severity());
        bucket.controls.sort_by_key(|&at| (worst(at), names::of(outcome, at), outcome.controls[at].control.id));
    }
    buckets
}

/// Which controls of a category hold.
fn status_table(outcome: &Outcome, bucket: &Bucket, notes: &mut Footnotes, page: &Page<'_>) -> Grid {
    let mut grid = Grid::new(&[
        Column::new("", Look::Status),
        Column::new("Severity", Look::Severity),
        Column::flexible("Control name", Look::Plain, 18),
        Column::new("Docs", Look::Faint).optional(),
    ]);
    for &at in &bucket.controls {
        let control = &outcome.controls[at];
        let status = match control.verdict.status {
            Status::Failed => page.sign("✘ failed", "x failed").to_owned(),
            Status::Skipped => format!("! {} {}", ACTION_REQUIRED.to_lowercase(), notes.mark(reason(control))),
            Status::Passed | Status::None => page.sign("✔ passed", "v passed").to_owned(),
        };
        let id = control.control.id;
        grid.row([
            status.trim_end().to_owned(),
            control.control.severity().name().to_owned(),
            cut(names::of(outcome, at), 50).into_owned(),
            format!("https://kubescape.io/docs/controls/{}", id.to_ascii_lowercase()),
        ]);
    }
    grid
}

/// How many resources fail each control of a category.
fn counting_table(report: &Report<'_>, bucket: &Bucket, scene: Scene, notes: &mut Footnotes) -> Grid {
    let outcome = report.outcome;
    let mut grid = Grid::new(&[
        Column::new("Severity", Look::Severity),
        Column::flexible("Control name", Look::Plain, 18),
        Column::new("Resources", Look::Bad),
        Column::flexible("View details", Look::Faint, 26).optional(),
    ]);
    let inputs: String = match scene {
        Scene::Files => report.scan.inputs.iter().map(|input| format!(" {}", shell(input))).collect(),
        Scene::Cluster | Scene::Workload => String::new(),
    };
    for &at in &bucket.controls {
        let control = &outcome.controls[at];
        let mark = match control.verdict.status {
            Status::Skipped => format!(" {}", notes.mark(reason(control))),
            Status::Failed | Status::Passed | Status::None => String::new(),
        };
        grid.row([
            control.control.severity().name().to_owned(),
            format!("{}{mark}", cut(names::of(outcome, at), 50)).trim_end().to_owned(),
            control.counters.failed.to_string(),
            format!("$ kubescape scan control {}{inputs} -v", control.control.id),
        ]);
    }
    grid
}

/// The workloads whose failures open the most ways to attack.
fn workloads(report: &Report<'_>, scene: Scene, page: &mut Page<'_>) -> io::Result<()> {
    let workloads = highest_stakes(report.outcome);
    let least = match scene {
        Scene::Cluster => 1,
        // Of a single workload there is nothing to choose from.
        Scene::Files => 2,
        Scene::Workload => return Ok(()),
    };
    if workloads.len() < least {
        return Ok(());
    }
    page.heading("Highest-stake workloads")?;
    page.text("What fails here opens the most ways to attack. To see one by itself:")?;
    page.blank()?;
    for (at, (workload, priority)) in workloads.into_iter().take(MOST_WORKLOADS).enumerate() {
        let name = priority.severity.name();
        let mark = format!("{}. {} ", at + 1, page.ink(Ink::Severity(priority.severity), name));
        page.hanging_at(&mark, name.len() + 4, Some(Ink::Strong), &title(workload))?;
        page.hanging("   $ ", Some(Ink::Faint), &scan_workload(workload))?;
    }
    Ok(())
}

/// The command that scans one workload.
fn scan_workload(workload: &Resource) -> String {
    let mut command = format!("kubescape scan workload {}", shell(&format!("{}/{}", workload.kind, workload.name)));
    if !workload.namespace.is_empty() {
        command.push_str(&format!(" --namespace {}", shell(&workload.namespace)));
    }
    if let Some(origin) = &workload.origin {
        command.push_str(&format!(" --file-path={}", shell(&origin.file.absolute.to_string_lossy())));
    }
    command
}

/// The scores of the frameworks; for a cluster those that people ask for.
fn compliance(outcome: &Outcome, scene: Scene, page: &mut Page<'_>) -> io::Result<()> {
    let shown = |name: &str| match scene {
        Scene::Cluster => ["NSA", "MITRE"].iter().any(|known| known.eq_ignore_ascii_case(name)),
        // What the view loads for its tables is no framework that somebody has to comply with.
        Scene::Files | Scene::Workload => false,
    };
    let frameworks: Vec<_> = outcome.frameworks.iter().filter(|framework| shown(&framework.name)).collect();
    page.heading("Compliance score")?;
    if frameworks.is_empty() {
        return page.bullet(&format!("All controls: {}%", number::exact_compliance(outcome.summary.compliance)));
    }
    page.text("How much of a framework holds, 100% being all of it:")?;
    page.blank()?;
    for framework in frameworks {
        page.bullet(&format!("{}: {}%", framework.name, number::exact_compliance(framework.compliance)))?;
    }
    Ok(())
}
