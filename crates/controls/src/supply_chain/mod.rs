// Written by `cargo dev generate` from the folders beside it. Do not edit.

pub(crate) mod c0001_forbidden_container_registries;
pub(crate) mod c0075_image_pull_policy_latest_tag;
pub(crate) mod c0078_images_allowed_registry;
pub(crate) mod c0236_verify_image_signature;
pub(crate) mod c0237_check_if_signature_exists;
pub(crate) mod c0253_deprecated_kubernetes_image_registry;
pub(crate) mod c0292_nginx_ingress_controller_end_life;
pub(crate) mod c0304_agent_sandbox_image_provenance;
pub(crate) mod c0306_images_pinned_digest;
pub(crate) mod registries;
pub(crate) mod signed;
pub(crate) mod tags;
