//! Webhooks that may change what is written to the cluster.

use ks_control::{Check, Finding, Match, Rule};

pub(crate) static RULES: &[&Rule] = &[&MUTATING];

/// An inventory: every one fails.
static MUTATING: Rule =
    Rule::new("list-all-mutating-webhooks", WEBHOOKS, Check::Object(|_, _, sink| sink.push(Finding::new())));

const WEBHOOKS: &[Match] = &[Match::new(&["admissionregistration.k8s.io"], &["*"], &["MutatingWebhookConfiguration"])];
