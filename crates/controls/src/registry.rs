// Written by `cargo dev generate` from the folders beside it. Do not edit.

use ks_control::{Action, AttackStep, Control, Membership, Scope};

use crate::categories::id;

/// Every control, sorted by id.
pub(crate) static CONTROLS: &[Control] = &[];

/// The controls of each framework in its order.
pub(crate) fn members(framework: &str) -> &'static [&'static str] {
    match framework {
        _ => &[],
    }
}
