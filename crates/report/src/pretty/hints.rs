//! What to do next.

use super::page::{Page, shell};
use crate::digest::Scene;
use crate::{Report, View};
use std::io;

pub(super) fn write(report: &Report<'_>, page: &mut Page<'_>) -> io::Result<()> {
    let scan = report.scan;
    // Who asks for frameworks or controls knows what to do with them.
    if scan.view != View::Security {
        return Ok(());
    }
    let inputs: String = scan.inputs.iter().map(|input| format!(" {}", shell(input))).collect();
    let failed = report.outcome.summary.counters.failed > 0;
    let mut hints = Vec::new();
    let verbose = |command: String| format!("See the failed lines and their fixes: $ kubescape scan{command} -v");
    match Scene::of(scan) {
        Scene::Cluster => {
            hints.push("Run one of the commands above to see the resources that fail a control".to_owned());
            hints.push("Scan a workload: $ kubescape scan workload <kind>/<name> --namespace <namespace>".to_owned());
            hints.push(
                "Scan continuously: install the operator with its Helm chart, https://kubescape.io/docs/operator/"
                    .to_owned(),
            );
        }
        Scene::Files => {
            if failed && !scan.verbose {
                hints.push(verbose(inputs.clone()));
            }
            hints.push("Scan the cluster that these files are for: $ kubescape scan".to_owned());
        }
        Scene::Workload => {
            let name = scan.workload.as_ref().map_or(String::new(), |(kind, namespace, name)| {
                let namespace = if namespace.is_empty() { String::new() } else { format!(" -n {}", shell(namespace)) };
                format!(" workload {}{namespace}{inputs}", shell(&format!("{kind}/{name}")))
            });
            if failed && !scan.verbose {
                hints.push(verbose(name));
            }
            hints.push(
                "Scan continuously: install the operator with its Helm chart, https://kubescape.io/docs/operator/"
                    .to_owned(),
            );
        }
    }
    page.heading("What now?")?;
    hints.iter().try_for_each(|hint| page.bullet(hint))
}
