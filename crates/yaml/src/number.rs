//! Numbers as Go reads and writes them.

use std::borrow::Cow;

/// Reads a whole number as Go's `strconv.ParseInt(text, 0, 64)` and `ParseUint` do, and gives its decimal form.
///
/// `0x`, `0o`, `0b` and a leading zero choose the base. `None` beyond 64 bits.
pub(crate) fn integer(text: &str) -> Option<Cow<'_, str>> {
    let (negative, unsigned) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (base, digits) = match unsigned.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, &unsigned[2..]),
        [b'0', b'o' | b'O', ..] => (8, &unsigned[2..]),
        [b'0', b'b' | b'B', ..] => (2, &unsigned[2..]),
        [b'0', _, ..] => (8, &unsigned[1..]),
        _ => (10, unsigned),
    };
    // Rust would take a second sign.
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let value = u64::from_str_radix(digits, base).ok()?;
    if negative && value > 1 << 63 || text.starts_with('+') && value >= 1 << 63 {
        return None;
    }
    if base == 10 && unsigned.len() == text.len() {
        return Some(Cow::Borrowed(text));
    }
    Some(match (negative, value) {
        (true, 1..) if base == 10 => Cow::Borrowed(text),
        (true, 1..) => Cow::Owned(format!("-{value}")),
        _ => Cow::Owned(value.to_string()),
    })
}

/// Reads a decimal float. `None` when it is none or too large: Go keeps those as texts.
pub(crate) fn float(text: &str) -> Option<f64> {
    let rest = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match rest.find(['e', 'E']) {
        Some(at) => (&rest[..at], Some(&rest[at + 1..])),
        None => (rest, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let number = digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty());
    let power = exponent.is_none_or(|power| {
        let power = power.strip_prefix(['-', '+']).unwrap_or(power);
        !power.is_empty() && digits(power)
    });
    (number && power).then(|| text.parse::<f64>().ok()).flatten().filter(|value| value.is_finite())
}

/// Writes a float as Go's `encoding/json` does. The number must be finite.
pub(crate) fn json_float(value: f64) -> String {
    let size = value.abs();
    if size != 0.0 && !(1e-6..1e21).contains(&size) {
        let text = format!("{value:e}");
        return match text.split_once('e') {
            Some((mantissa, power)) if !power.starts_with('-') => format!("{mantissa}e+{power}"),
            _ => text,
        };
    }
    value.to_string()
}

/// Writes a float as `sigs.k8s.io/yaml` writes a key: `strconv.FormatFloat(key, 'g', -1, 32)`.
#[expect(clippy::cast_possible_truncation, reason = "so does the original")]
pub(crate) fn key_float(value: f64) -> String {
    let value = value as f32;
    if value.is_nan() {
        return ".nan".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { ".inf" } else { "-.inf" }.to_owned();
    }
    let text = format!("{value:e}");
    let Some((mantissa, power)) = text.split_once('e') else { return text };
    // The shortest form has an exponent outside of these.
    let exponent: i32 = power.parse().unwrap_or_default();
    if value == 0.0 || (-4..6).contains(&exponent) {
        return value.to_string();
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.abs())
}
