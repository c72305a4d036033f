//! Hashes.

use super::{Function, function};
use crate::value::Value;
use sha2::Digest as _;

pub(super) static FUNCTIONS: &[Function] = &[
    function("sha1sum", "s", |_, args| Ok(hex(&sha1::Sha1::digest(bytes(&args[0]))))),
    function("sha256sum", "s", |_, args| Ok(hex(&sha2::Sha256::digest(bytes(&args[0]))))),
    function("sha512sum", "s", |_, args| Ok(hex(&sha2::Sha512::digest(bytes(&args[0]))))),
    function("adler32sum", "s", |_, args| Ok(Value::from(adler_32(bytes(&args[0])).to_string()))),
];

fn bytes(value: &Value) -> &[u8] {
    value.bytes().unwrap_or_default()
}

fn hex(bytes: &[u8]) -> Value {
    Value::from(bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
}

fn adler_32(bytes: &[u8]) -> u32 {
    let (a, b) = bytes.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (a + b) % 65_521)
    });
    b << 16 | a
}
