//! Scans as every door asks for them: sources joined with the engine.

mod locator;

pub use locator::FileLocator;

use ks_object::{File, Object};
use ks_policy::{Order, Outcome, Plan, Scan, SkippedDocument, Worker};
use ks_source::{Filter, Loaded, Options};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

/// Manifest files to scan.
#[derive(Debug, Clone, Copy)]
pub struct FileScan<'a> {
    /// The files.
    pub files: &'a [Arc<File>],
    /// How they are read.
    pub options: &'a Options,
    /// Which of their objects count.
    pub filter: &'a Filter,
    /// How many threads read and judge.
    pub threads: usize,
}

/// What a scan of files gave.
#[derive(Debug)]
pub struct Scanned {
    /// What was found.
    pub outcome: Outcome,
    /// Oddities that people should know of, in order of the files.
    pub warnings: Vec<String>,
    /// How many objects were read.
    pub objects: u32,
}

/// Reads and judges files. The result does not depend on the number of threads.
///
/// # Errors
/// When kept objects cannot be written or read. Files that cannot be read are part of the outcome.
pub fn scan_files(plan: Plan, request: FileScan<'_>) -> io::Result<Scanned> {
    let scan = Scan::new(plan);
    let (next, objects) = (AtomicUsize::new(0), AtomicU32::new(0));
    let warnings = std::sync::Mutex::new(Vec::new());
    let work = || {
        let mut worker = Worker::default();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(file) = request.files.get(number) else { break };
            let source = u32::try_from(number).unwrap_or(u32::MAX);
            let mut count = 0;
            ks_source::load(file, request.options, &mut |loaded| match loaded {
                Loaded::Object { tree, origin } => {
                    let Some(root) = tree.root() else { return };
                    let object = Object::new(root, 0);
                    if request.filter.admits(&object) {
                        scan.judge(&mut worker, &object, Some(origin), Order { source, object: count });
                        count += 1;
                    }
                }
                Loaded::Skipped(skipped) => scan.skip(SkippedDocument {
                    path: skipped.path,
                    document: skipped.document,
                    line: skipped.line,
                    reason: skipped.reason,
                }),
                Loaded::Warning(warning) => {
                    let mut warnings = warnings.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                    warnings.push((source, warning.to_string()));
                }
            });
            objects.fetch_add(count, Ordering::Relaxed);
        }
        scan.leave(worker);
    };
    std::thread::scope(|scope| {
        for _ in 1..request.threads.clamp(1, request.files.len().max(1)) {
            scope.spawn(work);
        }
        work();
    });
    let mut warnings = warnings.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    warnings.sort();
    Ok(Scanned {
        outcome: scan.finish()?,
        warnings: warnings.into_iter().map(|(_, warning)| warning).collect(),
        objects: objects.into_inner(),
    })
}
