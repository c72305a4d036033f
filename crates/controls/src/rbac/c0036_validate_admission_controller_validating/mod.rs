//! Webhooks that may refuse what is written to the cluster.

use ks_control::{Check, Finding, Match, Rule};

pub(crate) static RULES: &[&Rule] = &[&VALIDATING];

/// An inventory: every one fails.
static VALIDATING: Rule =
    Rule::new("list-all-validating-webhooks", WEBHOOKS, Check::Object(|_, _, sink| sink.push(Finding::new())));

const WEBHOOKS: &[Match] =
    &[Match::new(&["admissionregistration.k8s.io"], &["*"], &["ValidatingWebhookConfiguration"])];
