//! Numbers as Go reads and writes them.

/// A number in a template.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Literal {
    Int(i64),
    Float(f64),
    Imaginary(f64),
}

/// Reads a numeric literal. One with an exponent or a point stays a float even if it is whole.
pub(crate) fn literal(text: &str) -> Option<Literal> {
    if let Some(imaginary) = text.strip_suffix('i') {
        return imaginary.replace('_', "").parse().ok().map(Literal::Imaginary);
    }
    if let Some(value) = integer(text) {
        return Some(Literal::Int(value));
    }
    let plain = text.replace('_', "");
    let decimal = plain.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-'));
    if !decimal {
        return None;
    }
    plain.parse::<f64>().ok().filter(|value| value.is_finite()).map(Literal::Float)
}

/// Reads a whole number as Go's `strconv.ParseInt(text, 0, 64)` does.
pub(crate) fn integer(text: &str) -> Option<i64> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (base, digits, prefixed) = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, &digits[2..], true),
        [b'0', b'o' | b'O', ..] => (8, &digits[2..], true),
        [b'0', b'b' | b'B', ..] => (2, &digits[2..], true),
        [b'0', _, ..] => (8, &digits[1..], true),
        _ => (10, digits, false),
    };
    let underscored = digits.contains('_');
    if underscored && (digits.ends_with('_') || digits.contains("__") || (!prefixed && digits.starts_with('_'))) {
        return None;
    }
    let clean = if underscored { digits.replace('_', "") } else { digits.to_owned() };
    if clean.is_empty() || !clean.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    i64::from_str_radix(&if negative { format!("-{clean}") } else { clean }, base).ok()
}

/// From this power of ten on `%v` writes an exponent: a million is `1e+06`.
const GENERAL_FROM: i32 = 6;

/// The shortest digits of a number and the power of ten of the first: `1.25` is `("125", 0)`.
fn digits(value: f64) -> (String, i32) {
    let text = format!("{:e}", value.abs());
    let (mantissa, power) = text.split_once('e').unwrap_or((&text, "0"));
    (mantissa.replace('.', ""), power.parse().unwrap_or(0))
}

/// Not-a-number and the infinities, as Go writes them.
fn special(value: f64) -> Option<String> {
    if value.is_nan() {
        return Some("NaN".to_owned());
    }
    value.is_infinite().then(|| if value > 0.0 { "+Inf" } else { "-Inf" }.to_owned())
}

/// `strconv.FormatFloat(value, 'g', -1, 64)`, which is also `%v`: with an exponent from a million on.
pub(crate) fn general(value: f64) -> String {
    if let Some(text) = special(value) {
        return text;
    }
    let (_, power) = digits(value);
    if value != 0.0 && !(-4..GENERAL_FROM).contains(&power) { exponent(value) } else { value.to_string() }
}

/// `strconv.FormatFloat(value, 'e', -1, 64)`
pub(crate) fn exponent(value: f64) -> String {
    if let Some(text) = special(value) {
        return text;
    }
    let (digits, power) = digits(value);
    let sign = if value.is_sign_negative() { "-" } else { "" };
    let (first, rest) = digits.split_at(1);
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{first}{point}{rest}e{}{:02}", if power < 0 { '-' } else { '+' }, power.abs())
}

/// As `encoding/json` writes a float.
pub(crate) fn json(value: f64) -> Option<String> {
    if !value.is_finite() {
        return None;
    }
    let size = value.abs();
    if size != 0.0 && !(1e-6..1e21).contains(&size) {
        let text = exponent(value);
        // Two digits of a negative exponent only where there are two.
        return Some(match text.split_once("e-0") {
            Some((mantissa, power)) => format!("{mantissa}e-{power}"),
            None => text,
        });
    }
    Some(value.to_string())
}

/// `%.*f`, `%.*e`, `%.*g` with a precision.
pub(crate) fn with_precision(value: f64, verb: char, precision: usize) -> String {
    if let Some(text) = special(value) {
        return text;
    }
    match verb {
        'f' | 'F' => format!("{value:.precision$}"),
        'e' | 'E' => {
            let text = format!("{value:.precision$e}");
            let (mantissa, power) = text.split_once('e').unwrap_or((&text, "0"));
            let power: i32 = power.parse().unwrap_or(0);
            format!("{mantissa}{verb}{}{:02}", if power < 0 { '-' } else { '+' }, power.abs())
        }
        _ => {
            let precision = precision.max(1);
            let text = format!("{value:.*e}", precision - 1);
            let power: i32 = text.split_once('e').and_then(|(_, power)| power.parse().ok()).unwrap_or(0);
            let short = |text: &str| {
                if text.contains('.') {
                    text.trim_end_matches('0').trim_end_matches('.').to_owned()
                } else {
                    text.to_owned()
                }
            };
            if power < -4 || power >= i32::try_from(precision).unwrap_or(i32::MAX) {
                let (mantissa, _) = text.split_once('e').unwrap_or((&text, ""));
                let sign = if power < 0 { '-' } else { '+' };
                return format!("{}e{sign}{:02}", short(mantissa), power.abs());
            }
            let decimals = usize::try_from(i32::try_from(precision).unwrap_or(i32::MAX) - 1 - power).unwrap_or(0);
            short(&format!("{value:.decimals$}"))
        }
    }
}
