//! Categories of controls.

/// The id of a category, empty for a name that is none.
pub(crate) const fn id(name: &str) -> &'static str {
    match name.as_bytes() {
        b"Access control" => "Cat-2",
        b"Control plane" => "Cat-1",
        b"Network" => "Cat-4",
        b"Node escape" => "Cat-9",
        b"Resource management" => "Cat-7",
        b"Secrets" => "Cat-3",
        b"Storage" => "Cat-8",
        b"Supply chain" => "Cat-6",
        b"Workload" => "Cat-5",
        _ => "",
    }
}
