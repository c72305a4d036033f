//! The controls: content only, one folder a control.
//!
//! `control.md` is what people read, `mod.rs` what runs, `cases/` manifests that must pass or fail. `registry.rs` is
//! written by `cargo dev generate`. The engine knows no control by name: it is handed [`library`].

mod attack_tracks;
mod categories;
mod frameworks;
mod inputs;
mod quantity;
mod registry;

mod cloud;
mod control_plane;
mod network;
mod node;
mod rbac;
mod secrets;
mod supply_chain;
mod workload;

use ks_control::Library;

/// Everything that ships.
#[must_use]
pub fn library() -> Library {
    Library {
        controls: registry::CONTROLS,
        frameworks: &frameworks::ALL,
        attack_tracks: attack_tracks::ATTACK_TRACKS,
        inputs: inputs::INPUTS,
    }
}
