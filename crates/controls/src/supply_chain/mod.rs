// Written by `cargo dev generate` from the folders beside it. Do not edit.
