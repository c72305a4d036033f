//! The pictures of the first page.

use super::font::{Font, encode};
use super::page::{BLACK, Color, LINE, Paper, SOFT, STRIPE, Step, Type, WHITE};
use super::severity_color;
use crate::number::whole_compliance;
use ks_control::Severity;
use ks_policy::BySeverity;

const GREEN: Color = (31, 138, 76);

/// A shield with a magnifying glass, `size` points high.
pub(super) fn logo(x: f32, y: f32, size: f32, paper: &mut Paper) {
    let unit = size / 48.0;
    let at = |px: f32, py: f32| (x + px * unit, y + py * unit);
    let left = [
        Step::Line(at(24.0, 45.0)),
        Step::Curve(at(13.0, 41.5), at(6.0, 34.0), at(6.0, 23.0)),
        Step::Line(at(6.0, 9.0)),
    ];
    let right = [
        Step::Line(at(24.0, 45.0)),
        Step::Curve(at(35.0, 41.5), at(42.0, 34.0), at(42.0, 23.0)),
        Step::Line(at(42.0, 9.0)),
    ];
    paper.shape(at(24.0, 3.0), &left, (63, 116, 232));
    paper.shape(at(24.0, 3.0), &right, (36, 86, 199));
    let (cx, cy) = at(22.5, 20.5);
    paper.arc(cx, cy, 8.0 * unit, 3.0 * unit, 1.0, WHITE);
    paper.stroke(&[at(28.5, 26.5), at(34.5, 32.5)], 3.6 * unit, WHITE);
    paper.stroke(&[at(19.0, 20.5), at(21.6, 23.1), at(26.2, 18.1)], 2.2 * unit, WHITE);
}

/// A frame for a picture, with its title.
pub(super) fn card(x: f32, y: f32, width: f32, height: f32, title: &str, paper: &mut Paper) {
    paper.rounded(x, y, width, height, 6.0, LINE);
    paper.rounded(x + 0.7, y + 0.7, width - 1.4, height - 1.4, 5.5, WHITE);
    paper.show(x + 12.0, y + 18.0, &encode(title), Type::new(Font::Bold, 9.0, SOFT));
}

/// A ring that is as full as a score.
pub(super) fn ring(x: f32, y: f32, radius: f32, score: f32, paper: &mut Paper) {
    let color = score_color(score);
    paper.arc(x, y, radius, radius * 0.26, 1.0, STRIPE);
    paper.arc(x, y, radius, radius * 0.26, score / 100.0, color);
    let text = encode(&format!("{}%", whole_compliance(score)));
    let look = Type::new(Font::Bold, radius * 0.52, color);
    paper.show(x - look.width(&text) / 2.0, y + look.size * 0.36, &text, look);
}

/// How good a score is, as a colour.
pub(super) fn score_color(score: f32) -> Color {
    match score {
        score if score >= 90.0 => GREEN,
        score if score >= 70.0 => severity_color(Severity::Medium),
        score if score >= 50.0 => severity_color(Severity::High),
        _ => severity_color(Severity::Critical),
    }
}

/// A labelled bar.
pub(super) struct Bar {
    pub(super) label: String,
    pub(super) share: f32,
    pub(super) value: String,
    pub(super) color: Color,
}

/// Bars below each other, `width` points wide with labels and values.
pub(super) fn bars(x: f32, y: f32, width: f32, bars: &[Bar], paper: &mut Paper) {
    const STEP: f32 = 19.0;
    const LABEL: f32 = 66.0;
    const VALUE: f32 = 32.0;
    let label = Type::new(Font::Regular, 8.5, BLACK);
    let room = width - LABEL - VALUE;
    let mut y = y;
    for bar in bars {
        let text = label.font.cut(&bar.label, label.size, LABEL - 6.0);
        paper.show(x, y + 9.0, &text, label);
        paper.rounded(x + LABEL, y + 1.5, room, 9.5, 3.0, STRIPE);
        if bar.share > 0.0 {
            paper.rounded(x + LABEL, y + 1.5, (room * bar.share.min(1.0)).max(3.0), 9.5, 3.0, bar.color);
        }
        let look = Type::new(Font::Bold, 9.0, bar.color);
        paper.show(x + LABEL + room + 6.0, y + 9.3, &encode(&bar.value), look);
        y += STEP;
    }
}

/// A bar for each severity.
pub(super) fn severities(failures: BySeverity) -> Vec<Bar> {
    let shown = Severity::WORST_FIRST.into_iter();
    let shown: Vec<Severity> = shown.filter(|one| *one != Severity::Unknown || failures.of(*one) > 0).collect();
    let most = shown.iter().map(|severity| failures.of(*severity)).max().unwrap_or(0).max(1);
    #[expect(clippy::cast_precision_loss, reason = "a share for a picture")]
    let bar = |severity: &Severity| Bar {
        label: severity.name().to_owned(),
        share: failures.of(*severity) as f32 / most as f32,
        value: failures.of(*severity).to_string(),
        color: severity_color(*severity),
    };
    shown.iter().map(bar).collect()
}
