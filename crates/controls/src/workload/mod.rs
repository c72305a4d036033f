// Written by `cargo dev generate` from the folders beside it. Do not edit.

pub(crate) mod c0004_resources_memory_limit_request;
pub(crate) mod c0009_resource_limits;
pub(crate) mod c0050_resources_cpu_limit_request;
pub(crate) mod c0268_cpu_requests;
pub(crate) mod c0269_memory_requests;
pub(crate) mod c0270_cpu_limits;
pub(crate) mod c0271_memory_limits;
pub(crate) mod c0297_agent_sandbox_hardened_runtime_class;
pub(crate) mod c0301_agent_sandbox_egress_policy_enforcement;
pub(crate) mod c0303_agent_sandbox_resource_ceilings;
pub(crate) mod resources;
pub(crate) mod sandbox;
