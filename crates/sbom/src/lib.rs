//! Software bills of materials: which packages an image or folder holds.
//!
//! [`scan`] reads a source and runs every [`Cataloger`] whose files are there. [`model`] is what everybody downstream
//! (matching, reports, documents) works with; [`syft`] writes and reads the document.

mod catalogers;
mod context;
mod cpe;
mod draft;
mod license;
pub mod model;
mod purl;
mod relate;
mod release;
mod scan;
pub mod syft;

pub use catalogers::{CatalogError, Cataloger, Scope};
pub use context::{Context, FoundFile};
pub use draft::Draft;
pub use ks_image::{Error as ImageError, Limits, Platform, Reference};
pub use scan::{Options, Scanned, Warning, scan};
