//! CronJobs: an inventory of what runs on a schedule.

use ks_control::{Check, Context, Finding, Match, Rule, Sink};
use ks_object::Object;

pub(crate) static RULES: &[&Rule] = &[&CRON_JOBS];

static CRON_JOBS: Rule =
    Rule::new("rule-deny-cronjobs", &[Match::new(&["*"], &["*"], &["CronJob"])], Check::Object(cron_job));

fn cron_job<'a>(_: Object<'a>, _: &Context, sink: &mut Sink<'a>) {
    sink.push(Finding::new());
}
