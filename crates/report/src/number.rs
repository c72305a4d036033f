//! How scores, numbers and times are written.

use jiff::Timestamp;

/// A compliance score as a whole number: rounded, but below 100 it never shows as 100.
#[must_use]
pub fn whole_compliance(score: f32) -> i32 {
    let rounded = score.round();
    #[expect(clippy::cast_possible_truncation, reason = "scores are between 0 and 100")]
    if score < 100.0 && rounded >= 100.0 { 99 } else { rounded as i32 }
}

/// A compliance score with two decimals: below 100 it never shows as 100.00.
#[must_use]
pub fn exact_compliance(score: f32) -> String {
    let text = format!("{score:.2}");
    if score < 100.0 && text == "100.00" { "99.99".to_owned() } else { text }
}

/// A risk score as a whole number: rounded, but above 0 it never shows as 0.
#[must_use]
pub fn whole_risk(score: f32) -> i32 {
    let rounded = score.round();
    #[expect(clippy::cast_possible_truncation, reason = "scores are between 0 and 100")]
    if score > 0.0 && rounded <= 0.0 { 1 } else { rounded as i32 }
}

/// A 32-bit float in its shortest form that reads back the same, without a fraction when it has none.
#[must_use]
pub(crate) fn short(score: f32) -> String {
    format!("{score}")
}

/// A time in whole seconds, as RFC 3339 has it.
#[must_use]
pub(crate) fn seconds(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
