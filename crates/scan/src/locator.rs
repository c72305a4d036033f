//! Places in files, found by reading a file once more.

use ks_object::{File, Origin};
use ks_report::{Located, Locator};
use ks_source::{Opened, Options};
use std::sync::{Arc, Mutex, PoisonError};

/// Reads files again when a report wants places in them. Keeps the last file open: reports ask for the resources of a
/// file one after the other.
#[derive(Debug)]
pub struct FileLocator {
    options: Options,
    last: Mutex<Option<Held>>,
}

/// The file that was asked for last.
#[derive(Debug)]
struct Held {
    file: Arc<File>,
    opened: Option<Opened>,
    last: Option<(Origin, Option<Located>)>,
}

impl FileLocator {
    /// A locator that reads as the scan did.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self { options, last: Mutex::default() }
    }
}

impl Locator for FileLocator {
    fn locate(&self, origin: &Origin) -> Option<Located> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let held = match last.take() {
            Some(held) if held.file == origin.file => held,
            _ => Held { file: origin.file.clone(), opened: Opened::new(&origin.file, &self.options), last: None },
        };
        last.insert(held).locate(origin)
    }
}

impl Held {
    fn locate(&mut self, origin: &Origin) -> Option<Located> {
        if let Some((known, located)) = &self.last
            && known == origin
        {
            return located.clone();
        }
        let located = self.opened.as_mut().and_then(|file| {
            let tree = Arc::new(file.object(origin)?);
            Some(Located { text: file.text().clone(), tree, exact: true })
        });
        self.last = Some((origin.clone(), located.clone()));
        located
    }
}
