//! `kustomize PATH`: prints what the folder builds to, an object a line.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::exit, reason = "a program")]

use ks_kustomize::{Options, build};
use std::path::Path;

fn main() {
    let path = std::env::args().next_back().unwrap_or_default();
    match build(Path::new(&path), &Options::default()) {
        Ok(objects) => {
            for object in objects {
                println!("{}", serde_json::json!({"source": object.source, "object": object.object}));
            }
        }
        Err(error) => {
            eprintln!("Error: {error}");
            std::process::exit(1);
        }
    }
}
