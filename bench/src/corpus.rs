//! Manifests to measure with: small, varied, the same for the same seed.

use anyhow::Result;
use std::fmt::Write;
use std::path::Path;

/// A small random number generator (xorshift64*): the corpus must not change with a dependency.
struct Random(u64);

impl Random {
    fn next(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % below
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[usize::try_from(self.next(of.len() as u64)).unwrap_or_default()]
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.next(100) < percent
    }
}

/// Writes `count` manifests, a file each, into folders of 100.
pub(crate) fn write(folder: &Path, count: u64, seed: u64) -> Result<()> {
    for number in 0..count {
        let folder = folder.join(format!("team-{:02}", number / 100));
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(format!("app-{number:05}.yaml")), manifest(number, seed))?;
    }
    Ok(())
}

/// Writes `count` objects, 500 in a file.
pub(crate) fn write_bundles(folder: &Path, count: u64) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    for bundle in 0..count.div_ceil(500) {
        let mut text = String::new();
        for number in bundle * 500..(bundle * 500 + 500).min(count) {
            text.push_str("---\n");
            text.push_str(&manifest(number, 3));
        }
        std::fs::write(folder.join(format!("bundle-{bundle:04}.yaml")), text)?;
    }
    Ok(())
}

/// One manifest. Two thirds of them are workloads.
pub(crate) fn manifest(number: u64, seed: u64) -> String {
    let mut random = Random((number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ seed);
    let name = format!("{}-{number}", random.one(&["web", "api", "worker", "cache", "billing", "search"]));
    let namespace = format!("{}-{}", random.one(&["shop", "data", "edge"]), number / 50);
    let head = |api: &str, kind: &str| {
        format!(
            "apiVersion: {api}\nkind: {kind}\nmetadata:\n  name: {name}\n  namespace: {namespace}\n  labels:\n    app: {name}\n"
        )
    };
    match random.next(12) {
        0 => {
            head("v1", "Service")
                + &format!("spec:\n  selector:\n    app: {name}\n  ports:\n  - port: 80\n    targetPort: 8080\n")
        }
        1 => head("v1", "ConfigMap") + "data:\n  LOG_LEVEL: info\n  app.properties: |\n    timeout=30\n    retries=5\n",
        2 => {
            head("networking.k8s.io/v1", "NetworkPolicy")
                + &format!(
                    "spec:\n  podSelector:\n    matchLabels:\n      app: {name}\n  policyTypes:\n  - Ingress\n  ingress:\n  - from:\n    - podSelector: {{}}\n"
                )
        }
        3 => {
            head("rbac.authorization.k8s.io/v1", "RoleBinding")
                + &format!(
                    "roleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: Role\n  name: {name}\nsubjects:\n- kind: ServiceAccount\n  name: {name}\n  namespace: {namespace}\n"
                )
        }
        4 => {
            head("batch/v1", "CronJob")
                + "spec:\n  schedule: \"*/5 * * * *\"\n  jobTemplate:\n    spec:\n      template:\n"
                + &pod(&mut random, &name, 8)
        }
        5 => head("v1", "Pod") + &pod(&mut random, &name, 0).replacen("metadata:\n  labels:\n", "", 0),
        _ => {
            let kind = random.one(&["Deployment", "Deployment", "StatefulSet", "DaemonSet"]);
            let mut text = head("apps/v1", kind);
            let _ = write!(
                text,
                "spec:\n  replicas: {}\n  selector:\n    matchLabels:\n      app: {name}\n  template:\n",
                1 + random.next(4)
            );
            text + &pod(&mut random, &name, 4)
        }
    }
}

/// The body of a pod template, indented. At indentation 0 it is the rest of a bare Pod.
fn pod(random: &mut Random, name: &str, indent: usize) -> String {
    let mut text = String::new();
    if indent > 0 {
        let _ = write!(text, "metadata:\n  labels:\n    app: {name}\n");
    }
    text.push_str("spec:\n");
    if random.chance(30) {
        let _ = writeln!(text, "  serviceAccountName: {name}\n  automountServiceAccountToken: {}", random.chance(50));
    }
    text.push_str("  containers:\n");
    for at in 0..=random.next(2) {
        let image = random.one(&["nginx:1.27", "registry.example.com/shop/api:2.3.1", "redis", "postgres:16-alpine"]);
        let _ =
            write!(text, "  - name: {name}-{at}\n    image: {image}\n    ports:\n    - containerPort: {}\n", 8080 + at);
        if random.chance(60) {
            text.push_str("    resources:\n      requests:\n        cpu: 100m\n        memory: 128Mi\n      limits:\n        memory: 256Mi\n");
        }
        if random.chance(50) {
            let _ = write!(
                text,
                "    securityContext:\n      allowPrivilegeEscalation: {}\n      runAsNonRoot: {}\n      readOnlyRootFilesystem: {}\n",
                random.chance(30),
                random.chance(60),
                random.chance(50)
            );
        }
        if random.chance(40) {
            text.push_str(
                "    env:\n    - name: LOG_LEVEL\n      value: debug\n    - name: DB_HOST\n      value: db.internal\n",
            );
        }
    }
    let pad = " ".repeat(indent);
    text.lines().fold(String::new(), |all, line| all + &pad + line + "\n")
}
