//! Which resources to mend first: the ways through attack tracks that their failures open.

use crate::outcome::{Outcome, Priority, Resource, Vector};
use crate::status::Status;
use ks_control::{AttackTrack, Control, Severity};

/// Resources that can be attacked by themselves.
const KINDS: &[&str] =
    &["Deployment", "Pod", "ReplicaSet", "Node", "DaemonSet", "StatefulSet", "Job", "CronJob", "ReplicationController"];

/// At most so many vectors of one resource are listed; their number grows exponentially with failed controls.
const MOST_VECTORS: usize = 4096;

/// Gives priorities to the resources with failures on attack tracks.
pub(crate) fn prioritize(outcome: &mut Outcome, tracks: &'static [AttackTrack]) {
    let mut priorities: Vec<Option<Box<Priority>>> = Vec::with_capacity(outcome.resources.len());
    for resource in &outcome.resources {
        priorities.push(priority(outcome, resource, tracks).map(Box::new));
    }
    for (resource, priority) in outcome.resources.iter_mut().zip(priorities) {
        resource.priority = priority;
    }
}

fn priority(outcome: &Outcome, resource: &Resource, tracks: &'static [AttackTrack]) -> Option<Priority> {
    if !KINDS.contains(&&*resource.kind) || resource.verdict.status != Status::Failed {
        return None;
    }
    let failed = outcome.results(resource).filter(|result| result.verdict.status == Status::Failed);
    let failed: Vec<&'static Control> = failed.map(|result| result.control().control).collect();
    let mut vectors = Vec::new();
    for track in tracks {
        for first in track.next {
            let mut found = Vec::new();
            walk(track.name, first, &failed, &mut Vec::new(), &mut found);
            vectors.extend(found);
        }
    }
    let scale = 1.0 + f64::from(resource.replicas) / 10.0;
    let vectors: Vec<Vector> = vectors
        .into_iter()
        .filter(|(_, steps)| steps.iter().any(|(control, _)| control.tags.iter().any(|tag| *tag != "security-impact")))
        .map(|(track, steps)| Vector {
            track,
            score: steps.iter().map(|(control, _)| f64::from(control.base_score)).product::<f64>() * scale,
            severity: steps.iter().map(|(control, _)| control.severity()).max().unwrap_or(Severity::Unknown),
            steps,
        })
        .collect();
    let score: f64 = vectors.iter().map(|vector| vector.score).sum();
    let severity = vectors.iter().map(|vector| vector.severity).max()?;
    (score > 0.0).then_some(Priority { score, severity, vectors })
}

type Steps = Vec<(&'static Control, &'static str)>;

/// Follows a track from one step on. Steps without failed controls split it: what comes after begins anew.
fn walk(
    track: &'static str,
    step: &'static AttackTrack,
    failed: &[&'static Control],
    so_far: &mut Vec<Vec<(&'static Control, &'static str)>>,
    found: &mut Vec<(&'static str, Steps)>,
) {
    let here = |control: &&'static Control| {
        control.attack.iter().any(|one| one.track == track && one.steps.contains(&step.name))
    };
    let controls: Steps = failed.iter().copied().filter(here).map(|control| (control, step.name)).collect();
    if controls.is_empty() {
        for next in step.next {
            walk(track, next, failed, &mut Vec::new(), found);
        }
        return;
    }
    so_far.push(controls);
    let reaches = |next: &AttackTrack| {
        failed
            .iter()
            .any(|control| control.attack.iter().any(|one| one.track == track && one.steps.contains(&next.name)))
    };
    if step.next.iter().any(reaches) {
        for next in step.next {
            if reaches(next) {
                walk(track, next, failed, so_far, found);
            } else {
                walk(track, next, failed, &mut Vec::new(), found);
            }
        }
    } else {
        expand(track, so_far, found);
        for next in step.next {
            walk(track, next, failed, &mut Vec::new(), found);
        }
    }
    so_far.pop();
}

/// One vector for each choice of one control a step.
fn expand(track: &'static str, steps: &[Steps], found: &mut Vec<(&'static str, Steps)>) {
    let mut vectors: Vec<Steps> = vec![Vec::new()];
    for controls in steps {
        let grown = vectors.iter().flat_map(|vector| {
            controls.iter().map(|control| {
                let mut vector = vector.clone();
                vector.push(*control);
                vector
            })
        });
        vectors = grown.take(MOST_VECTORS).collect();
    }
    found.extend(vectors.into_iter().map(|vector| (track, vector)));
}
