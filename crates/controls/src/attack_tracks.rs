//! Attack tracks: what a failed control lets an attacker do next.

use ks_control::AttackTrack;

const fn track(name: &'static str, next: &'static [AttackTrack]) -> AttackTrack {
    AttackTrack { name, next }
}

/// All tracks, sorted by name. A track's first step stands below it.
pub(crate) static ATTACK_TRACKS: &[AttackTrack] = &[
    track(
        "external-database-without-authentication",
        &[track("Initial Access", &[track("Unauthenticated Access", &[])])],
    ),
    track("external-workload-with-cluster-takeover-roles", &[track("Initial Access", &[track("Cluster Access", &[])])]),
    track("service-destruction", &[track("Initial Access", &[track("Denial of service", &[])])]),
    track(
        "workload-external-track",
        &[track(
            "Initial Access",
            &[track(
                "Execution (Vulnerable Image)",
                &[
                    track("Data Collection", &[]),
                    track("Secret Access", &[]),
                    track("Credential access", &[]),
                    track("Privilege Escalation (Node)", &[]),
                    track("Persistence", &[]),
                    track("Lateral Movement (Network)", &[]),
                ],
            )],
        )],
    ),
    track("workload-unauthenticated-service", &[track("Initial Access", &[track("Execution", &[])])]),
];
