//! Random texts and numbers.

use super::{Function, function, int, text};
use crate::error::Failure;
use crate::exec::Exec;
use crate::value::Value;

type Outcome = Result<Value, Failure>;

pub(super) static FUNCTIONS: &[Function] = &[
    function("randAlphaNum", "i", |exec, args| random_text(exec, int(&args[0]), |next| next.is_ascii_alphanumeric())),
    function("randAlpha", "i", |exec, args| random_text(exec, int(&args[0]), |next| next.is_ascii_alphabetic())),
    function("randNumeric", "i", |exec, args| random_text(exec, int(&args[0]), |next| next.is_ascii_digit())),
    function("randAscii", "i", |exec, args| {
        random_text(exec, int(&args[0]), |next| next.is_ascii_graphic() || next == b' ')
    }),
    function("randBytes", "i", |exec, args| {
        let length = usize::try_from(int(&args[0])).unwrap_or(0);
        exec.check_text(length)?;
        let mut bytes = vec![0; length];
        (exec.options.random)(&mut bytes);
        Ok(Value::from(super::base64(&bytes)))
    }),
    function("randInt", "ii", |exec, args| {
        let (low, high) = (int(&args[0]), int(&args[1]));
        if high <= low {
            return Err(Failure::new("invalid argument to Intn"));
        }
        let offset = below(exec, high.abs_diff(low));
        Ok(Value::int(low.wrapping_add_unsigned(offset)))
    }),
    function("shuffle", "s", |exec, args| {
        let mut chars: Vec<char> = text(&args[0]).chars().collect();
        for at in (1..chars.len()).rev() {
            let other = below(exec, at as u64 + 1);
            chars.swap(at, usize::try_from(other).unwrap_or(0));
        }
        Ok(Value::from(chars.into_iter().collect::<String>()))
    }),
    function("uuidv4", "", |exec, _| {
        let mut bytes = [0; 16];
        (exec.options.random)(&mut bytes);
        bytes[6] = bytes[6] & 0x0f | 0x40;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Value::from([&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")))
    }),
];

/// A random number below a limit, every one as likely.
pub(super) fn below(exec: &Exec<'_>, limit: u64) -> u64 {
    let limit = limit.max(1);
    let fair = u64::MAX - u64::MAX % limit;
    loop {
        let mut bytes = [0; 8];
        (exec.options.random)(&mut bytes);
        let number = u64::from_le_bytes(bytes);
        if number < fair {
            return number % limit;
        }
    }
}

fn random_text(exec: &mut Exec<'_>, length: i64, allowed: fn(u8) -> bool) -> Outcome {
    let length = usize::try_from(length).unwrap_or(0);
    exec.check_text(length)?;
    let mut out = String::with_capacity(length);
    let mut bytes = [0; 256];
    while out.len() < length {
        (exec.options.random)(&mut bytes);
        let missing = length - out.len();
        let fitting = bytes.iter().map(|byte| byte & 0x7f).filter(|byte| allowed(*byte));
        out.extend(fitting.take(missing).map(char::from));
    }
    Ok(Value::from(out))
}
