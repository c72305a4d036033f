//! What is wrong and how to mend it, with the lines of the file.

use super::page::Page;
use super::wrap::{clean, cut, cut_front, width};
use crate::Report;
use crate::digest::title_of;
use crate::excerpt::{Excerpt, Line, Mark};
use crate::style::Ink;
use ks_policy::PathKind;
use std::io;

/// Below this many columns deep indentation is left out.
const WIDE: usize = 100;

/// Writes the excerpts of one control's findings about one resource.
pub(super) fn write(report: &Report<'_>, excerpts: &[Excerpt<'_>], own: &str, page: &mut Page<'_>) -> io::Result<()> {
    for excerpt in excerpts {
        for remedy in &excerpt.remedies {
            let ink = match remedy.kind {
                PathKind::Fix | PathKind::Command => Ink::Added,
                PathKind::Delete => Ink::Removed,
                PathKind::Review | PathKind::Failed => Ink::Warning,
            };
            let verb = format!("{:<6}", remedy.verb());
            let mut text = remedy.text();
            if remedy.resource_id != own && !remedy.resource_id.is_empty() {
                text.push_str(&format!(" (in {})", title_of(report, remedy.resource_id)));
            }
            let mark = format!("  {} ", page.ink(ink, verb));
            page.hanging_at(&mark, 9, None, &text)?;
        }
        if excerpt.line > 0 {
            let place = format!("{}:{}", clean(&excerpt.file), excerpt.line);
            let room = page.style.width.map_or(usize::MAX, |columns| columns.saturating_sub(5).max(8));
            let place = format!("{} {}", page.sign("╭─", "at"), cut_front(&place, room));
            page.line(format_args!("  {}", page.ink(Ink::Faint, place)))?;
            lines(excerpt, page)?;
        }
    }
    Ok(())
}

fn lines(excerpt: &Excerpt<'_>, page: &mut Page<'_>) -> io::Result<()> {
    let last = excerpt.lines.iter().map(|line| line.number).max().unwrap_or(0);
    let digits = last.to_string().len().max(3);
    let narrow = page.style.width.is_some_and(|columns| columns < WIDE);
    let indent = if narrow { common_indent(&excerpt.lines) } else { 0 };
    let room = page.style.width.map_or(usize::MAX, |columns| columns.saturating_sub(digits + 7).max(8));
    let placeholders: Vec<&str> = excerpt.remedies.iter().filter_map(|remedy| remedy.placeholder()).collect();
    let bar = page.ink(Ink::Faint, page.sign("│", "|")).to_string();
    for line in &excerpt.lines {
        let text = clean(line.text.get(indent..).unwrap_or_default());
        let text = cut(&text, room);
        let number = if line.number == 0 { String::new() } else { line.number.to_string() };
        let (sign, ink) = match line.mark {
            Mark::Context => (" ", Ink::Faint),
            Mark::Guilty => (">", Ink::Failure),
            Mark::Removed => ("-", Ink::Removed),
            Mark::Added => ("+", Ink::Added),
            Mark::Gap => {
                let dots = page.sign("⋮", ":");
                page.line(format_args!("  {} {:>digits$} {}", bar, "", page.ink(Ink::Faint, dots)))?;
                continue;
            }
        };
        let head = page.ink(ink, format!("{sign}{number:>digits$}")).to_string();
        let text = match line.mark {
            Mark::Removed => page.ink(Ink::Removed, text).to_string(),
            Mark::Added => added(&text, &placeholders, page),
            Mark::Context | Mark::Guilty | Mark::Gap => text.into_owned(),
        };
        page.line(format_args!("  {bar}{head} {text}").to_string().trim_end())?;
    }
    Ok(())
}

/// An added line. What a person has to choose in it is told apart from what is to be written.
fn added(text: &str, placeholders: &[&str], page: &Page<'_>) -> String {
    let found = placeholders.iter().find_map(|placeholder| Some((text.find(placeholder)?, placeholder.len())));
    let Some((at, len)) = found else { return page.ink(Ink::Added, text).to_string() };
    let note = page.sign("← choose a value", "<- choose a value");
    let room = page.style.width.is_none_or(|columns| width(text) + width(note) + 14 <= columns);
    format!(
        "{}{}{}{}",
        page.ink(Ink::Added, &text[..at]),
        page.ink(Ink::Faint, &text[at..at + len]),
        page.ink(Ink::Added, &text[at + len..]),
        if room { format!("  {}", page.ink(Ink::Faint, note)) } else { String::new() }
    )
}

fn common_indent(lines: &[Line]) -> usize {
    let texts = lines.iter().map(|line| line.text.as_str()).filter(|text| !text.trim().is_empty());
    texts.map(|text| text.len() - text.trim_start_matches(' ').len()).min().unwrap_or(0)
}
