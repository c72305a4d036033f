//! Reads YAML and JSON.
