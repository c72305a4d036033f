//! Dates and times as Go's YAML 3 library reads them.

/// The JSON form (RFC 3339) of a plain scalar that is a date or a time; `None` when it is neither.
pub(crate) fn json(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    // Cheap refusal: four digits and a dash.
    if bytes.len() < 8 || bytes[4] != b'-' || !bytes[..4].iter().all(u8::is_ascii_digit) {
        return None;
    }
    let year = &text[..4];
    let (month, rest) = number(&text[5..], 1, 12)?;
    let (day, rest) = number(rest.strip_prefix('-')?, 1, 31)?;
    if u32::from(day) > days(year.parse().ok()?, month) {
        return None;
    }
    let date = format!("{year}-{month:02}-{day:02}");
    if rest.is_empty() {
        return Some(format!("{date}T00:00:00Z"));
    }
    let zoned = rest.starts_with(['T', 't']);
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let (hour, rest) = number(rest, 0, 23)?;
    let (minute, rest) = number(rest.strip_prefix(':')?, 0, 59)?;
    let (second, rest) = number(rest.strip_prefix(':')?, 0, 59)?;
    let (fraction, rest) = fraction(rest)?;
    let zone = match rest {
        "Z" if zoned => "Z",
        "" if !zoned => "Z",
        zone if zoned && is_offset(zone) => zone,
        _ => return None,
    };
    Some(format!("{date}T{hour:02}:{minute:02}:{second:02}{fraction}{zone}"))
}

/// One or two digits between two limits, and what follows.
fn number(text: &str, least: u8, most: u8) -> Option<(u8, &str)> {
    let length = text.bytes().take(2).take_while(u8::is_ascii_digit).count();
    let value = text[..length].parse().ok()?;
    (least..=most).contains(&value).then_some((value, &text[length..]))
}

/// The fraction of a second without zeros at its end, and what follows.
fn fraction(text: &str) -> Option<(String, &str)> {
    let Some(rest) = text.strip_prefix('.') else { return Some((String::new(), text)) };
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    if length == 0 {
        return None;
    }
    let digits = rest[..length.min(9)].trim_end_matches('0');
    let digits = if digits.is_empty() { String::new() } else { format!(".{digits}") };
    Some((digits, &rest[length..]))
}

fn is_offset(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 6
        && matches!(bytes[0], b'+' | b'-')
        && bytes[3] == b':'
        && [1, 2, 4, 5].iter().all(|at| bytes[*at].is_ascii_digit())
}

fn days(year: u32, month: u8) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::json;

    #[test]
    fn dates_and_times_get_their_json_form() {
        for (text, wanted) in [
            ("2024-01-01", Some("2024-01-01T00:00:00Z")),
            ("2024-1-2", Some("2024-01-02T00:00:00Z")),
            ("2024-02-30", None),
            ("2001-12-14t21:59:43.10-05:00", Some("2001-12-14T21:59:43.1-05:00")),
            ("2001-12-14 21:59:43", Some("2001-12-14T21:59:43Z")),
            ("2001-12-15T02:59:43.000Z", Some("2001-12-15T02:59:43Z")),
            ("2001-12-14T21:59:43", None),
            ("2024-01-01x", None),
            ("12345678", None),
            ("1234-ab-cd", None),
        ] {
            assert_eq!(json(text).as_deref(), wanted, "{text}");
        }
    }
}
