//! Durations as Go reads and prints them, in nanoseconds.

use crate::value::Value;

const MICROSECOND: i64 = 1_000;
const MILLISECOND: i64 = 1_000_000;
pub(crate) const SECOND: i64 = 1_000_000_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

/// `1h2m3.5s`
pub(crate) fn print(nanoseconds: i64) -> String {
    let size = nanoseconds.unsigned_abs();
    let sign = if nanoseconds < 0 { "-" } else { "" };
    let fraction = |unit: u64| -> String {
        let (whole, rest) = (size / unit, size % unit);
        let digits = unit.ilog10() as usize;
        let text = format!("{rest:0digits$}");
        let text = text.trim_end_matches('0');
        if text.is_empty() || unit == 1 { whole.to_string() } else { format!("{whole}.{text}") }
    };
    let second = SECOND.unsigned_abs();
    match size {
        0 => "0s".to_owned(),
        1..1_000 => format!("{sign}{size}ns"),
        1_000..1_000_000 => format!("{sign}{}µs", fraction(MICROSECOND.unsigned_abs())),
        1_000_000..1_000_000_000 => format!("{sign}{}ms", fraction(MILLISECOND.unsigned_abs())),
        _ => {
            let (seconds, rest) = (size / second, size % second);
            let text = format!("{rest:09}");
            let text = text.trim_end_matches('0');
            let tail = if text.is_empty() { String::new() } else { format!(".{text}") };
            let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
            match (hours, minutes) {
                (0, 0) => format!("{sign}{seconds}{tail}s"),
                (0, _) => format!("{sign}{minutes}m{seconds}{tail}s"),
                _ => format!("{sign}{hours}h{minutes}m{seconds}{tail}s"),
            }
        }
    }
}

/// Reads `1h2m3.5s`; `None` when it is malformed.
pub(crate) fn parse(text: &str) -> Option<i64> {
    let (negative, mut rest) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    if rest == "0" {
        return Some(0);
    }
    if rest.is_empty() {
        return None;
    }
    let mut total = 0_f64;
    while !rest.is_empty() {
        let end = rest.find(|next: char| !next.is_ascii_digit() && next != '.')?;
        let number: f64 = rest[..end].parse().ok()?;
        rest = &rest[end..];
        let end = rest.find(|next: char| next.is_ascii_digit() || next == '.').unwrap_or(rest.len());
        let unit = match &rest[..end] {
            "ns" => 1,
            "us" | "µs" | "μs" => MICROSECOND,
            "ms" => MILLISECOND,
            "s" => SECOND,
            "m" => MINUTE,
            "h" => HOUR,
            _ => return None,
        };
        #[expect(clippy::cast_precision_loss, reason = "units are small")]
        let unit = unit as f64;
        total += number * unit;
        rest = &rest[end..];
    }
    #[expect(clippy::cast_possible_truncation, reason = "checked to be in range")]
    let total = (total.abs() < 9.2e18).then(|| total.round() as i64)?;
    Some(if negative { -total } else { total })
}

/// Methods of durations.
pub(crate) fn method(nanoseconds: i64, name: &str) -> Option<Value> {
    #[expect(clippy::cast_precision_loss, reason = "so does the original")]
    let per = |unit: i64| Value::Float(nanoseconds as f64 / unit as f64);
    Some(match name {
        "String" => Value::from(print(nanoseconds)),
        "Hours" => per(HOUR),
        "Minutes" => per(MINUTE),
        "Seconds" => per(SECOND),
        "Milliseconds" => Value::int64(nanoseconds / MILLISECOND),
        "Microseconds" => Value::int64(nanoseconds / MICROSECOND),
        "Nanoseconds" => Value::int64(nanoseconds),
        _ => return None,
    })
}
