//! One module an ecosystem.

mod apk;
mod dpkg;
mod golang;
mod npm;
mod pe;
mod python;
mod rpm;
mod ruby;
mod rust;

use crate::context::{Context, FoundFile};
use crate::draft::Draft;

/// Finds the packages of one ecosystem.
pub trait Cataloger {
    /// Its name in documents.
    fn name(&self) -> &'static str;
    /// Which sources it is for.
    fn scope(&self) -> Scope {
        Scope::Both
    }
    /// Files that [`Self::catalog`] is called with. `**` crosses folders.
    fn globs(&self) -> &'static [&'static str] {
        &[]
    }
    /// Files whose contents it looks up besides.
    fn companions(&self) -> &'static [&'static str] {
        &[]
    }
    /// It is called with every program, too.
    fn executables(&self) -> bool {
        false
    }
    /// Adds what a file tells of. An error concerns this file alone.
    fn catalog(&self, cx: &Context<'_>, file: &FoundFile, out: &mut Vec<Draft>) -> Result<(), CatalogError>;
}

/// Why a file told of no packages, or not of all.
pub type CatalogError = Box<dyn std::error::Error>;

/// Which sources a cataloger is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Container images: what is installed.
    Image,
    /// Folders and files: what is declared as well.
    Directory,
    /// All sources.
    Both,
}

impl Scope {
    pub(crate) fn covers(self, source: Self) -> bool {
        self == Self::Both || self == source
    }
}

/// All catalogers, in the order in which their packages are listed before sorting.
pub(crate) fn all() -> Vec<Box<dyn Cataloger>> {
    vec![
        Box::new(apk::Apk),
        Box::new(dpkg::Dpkg),
        Box::new(rpm::Rpm),
        Box::new(npm::Npm),
        Box::new(npm::NpmLock),
        Box::new(python::Installed),
        Box::new(ruby::Gemspec),
        Box::new(golang::Binary),
        Box::new(rust::Auditable),
        Box::new(pe::PortableExecutable),
    ]
}
