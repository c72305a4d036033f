//! Software bills of materials: which packages an image or folder holds.
//!
//! [`model`] is what everybody downstream (matching, reports, documents) works with.

pub mod model;
