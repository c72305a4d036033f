//! Deployments that stop all pods before they start new ones.

use ks_control::{Check, Context, Finding, Match, Rule, Sink};
use ks_object::Object;

pub(crate) static RULES: &[&Rule] = &[&NO_ROLLING_UPDATE];

static NO_ROLLING_UPDATE: Rule = Rule::new(
    "no-rolling-update-strategy",
    &[Match::new(&["apps"], &["v1"], &["Deployment"])],
    Check::Object(no_rolling_update),
);

fn no_rolling_update<'a>(deployment: Object<'a>, _: &Context, sink: &mut Sink<'a>) {
    let strategy = deployment.at(&["spec", "strategy", "type"]);
    if let Some(strategy) = strategy.filter(|strategy| strategy.str() != Some("RollingUpdate")) {
        sink.push(Finding::new().review(strategy.path()).set(strategy.path(), "RollingUpdate"));
    }
}
