//! The kit that controls are written with.
//!
//! A [`Control`] is what a person reads about (title, severity, frameworks, document); its [`Rule`]s are what runs.
//! A rule names the objects it looks at, what it counts, the inputs it reads and a [`Check`]: a plain function from
//! a borrowed view to findings pushed into a [`Sink`]. Nothing pushed is a pass. A check does no IO, knows no clock
//! and never panics.

mod cluster;
mod context;
mod finding;
mod matching;
mod meta;
mod rule;
mod signatures;
mod sink;

pub use cluster::{Cluster, Grant};
pub use context::{Context, InputList, Inputs, decode_base64};
pub use finding::{External, Finding, Fix, Paths, Related, Target};
pub use matching::{BINDINGS, Match, NAMESPACE, NODE, POD, RBAC, SERVICE, WORKLOADS, WORKLOADS_AND_RC};
pub use meta::{
    Action, AttackStep, AttackTrack, Control, Framework, InputDefault, Library, Membership, Scope, Severity,
};
pub use rule::{Check, ClusterCheck, Counts, Gate, Gating, Needs, Rule};
pub use signatures::{SignatureError, Signatures};
pub use sink::Sink;
