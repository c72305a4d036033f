//! Text for terminals: how wide it is, where it breaks, and what must never reach a terminal.

use std::borrow::Cow;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many columns a text takes.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// Text without what would command the terminal instead of being shown: names come from other people's files and may
/// hold escape sequences or turn the reading direction. Such characters are shown by their number.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if !text.contains(hostile) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for char in text.chars() {
        match char {
            '\t' => out.push_str("    "),
            hidden if hostile(hidden) => out.extend(hidden.escape_unicode()),
            plain => out.push(plain),
        }
    }
    Cow::Owned(out)
}

fn hostile(char: char) -> bool {
    let turns = matches!(char, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    char.is_control() || turns || matches!(char, '\u{2028}' | '\u{2029}')
}

/// The text cut to `limit` columns; a mark stands for the rest.
pub(crate) fn cut(text: &str, limit: usize) -> Cow<'_, str> {
    if width(text) <= limit {
        return Cow::Borrowed(text);
    }
    let head = prefix(text, limit.saturating_sub(3));
    Cow::Owned(format!("{}...", text[..head].trim_end()))
}

/// The end of a path in `limit` columns; a mark stands for what comes before.
pub(crate) fn cut_front(path: &str, limit: usize) -> Cow<'_, str> {
    if width(path) <= limit {
        return Cow::Borrowed(path);
    }
    let fits = |at: &usize| width(&path[*at..]) + 3 <= limit;
    let at = path.char_indices().map(|(at, _)| at).find(fits).unwrap_or(path.len());
    // A whole folder goes if that leaves enough.
    let folder = path[at..].find('/').filter(|found| found * 2 < path.len() - at).unwrap_or(0);
    Cow::Owned(format!("...{}", &path[at + folder..]))
}

/// Breaks a text into lines of at most `limit` columns: at spaces, in long paths behind their separators, and only
/// where there is neither in the middle. Line breaks of the text stay.
pub(crate) fn wrap(text: &str, limit: usize) -> Vec<String> {
    let limit = limit.max(1);
    let mut lines = Vec::new();
    for line in text.split('\n') {
        wrap_line(line, limit, &mut lines);
    }
    lines
}

fn wrap_line(text: &str, limit: usize, lines: &mut Vec<String>) {
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let gap = usize::from(!line.is_empty());
        if width(&line) + gap + width(word) <= limit {
            line.extend(std::iter::repeat_n(' ', gap));
            line.push_str(word);
            continue;
        }
        let mut rest = word;
        // A word that fits on a line of its own moves there whole; a longer one also fills what is left of this line.
        if width(word) <= limit || limit - width(&line).min(limit) < limit / 3 {
            flush(&mut line, lines);
        } else if gap > 0 {
            line.push(' ');
        }
        while width(&line) + width(rest) > limit {
            let mut at = break_at(rest, limit.saturating_sub(width(&line)));
            if at == 0 && !line.is_empty() {
                flush(&mut line, lines);
                continue;
            }
            // A character that is wider than a whole line must go somewhere.
            at = at.max(rest.chars().next().map_or(0, char::len_utf8));
            line.push_str(&rest[..at]);
            rest = &rest[at..];
            flush(&mut line, lines);
        }
        line.push_str(rest);
    }
    lines.push(line);
}

fn flush(line: &mut String, lines: &mut Vec<String>) {
    if !line.is_empty() {
        lines.push(line.trim_end().to_owned());
        line.clear();
    }
}

/// Where to break a word that is wider than `room`: behind the last separator that fits, else wherever it fits.
fn break_at(word: &str, room: usize) -> usize {
    let fits = prefix(word, room);
    let separator = word[..fits].rfind(['.', '/', '=', ',', ':', '-']).map(|at| at + 1);
    separator.filter(|&at| at * 3 >= fits).unwrap_or(fits)
}

/// How many bytes of a text fit into `limit` columns.
fn prefix(text: &str, limit: usize) -> usize {
    let mut used = 0;
    for (at, char) in text.char_indices() {
        used += char.width().unwrap_or(0);
        if used > limit {
            return at;
        }
    }
    text.len()
}

/// The text padded with spaces to `columns`.
pub(crate) fn pad(text: &str, columns: usize) -> String {
    let missing = columns.saturating_sub(width(text));
    format!("{text}{}", " ".repeat(missing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_move_to_the_next_line_and_long_paths_break_behind_separators() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("a\n\nb", 7), ["a", "", "b"]);
        assert_eq!(
            wrap("spec.template.spec.containers[0].securityContext.privileged=false", 30),
            ["spec.template.spec.", "containers[0].securityContext.", "privileged=false"]
        );
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
    }

    #[test]
    fn no_line_is_wider_than_the_limit() {
        let texts = [
            "Ensure that the cluster has at least one active policy",
            "日本語のとても長い名前です",
            "a-b-c/d.e[0].f=g",
        ];
        for text in texts {
            for limit in 2..30 {
                let lines = wrap(text, limit);
                assert!(lines.iter().all(|line| width(line) <= limit), "{limit}: {lines:?}");
                let bare = |text: &str| text.replace(' ', "");
                assert_eq!(bare(&lines.concat()), bare(text), "{limit}");
            }
        }
    }

    #[test]
    fn wide_characters_count_twice() {
        assert_eq!(width("日本"), 4);
        assert_eq!(cut("日本語です", 7), "日本...");
        assert_eq!(pad("日", 4), "日  ");
        assert_eq!(cut_front("deploy/base/web/deployment.yaml:3", 25), ".../web/deployment.yaml:3");
        assert_eq!(cut_front("web.yaml:3", 25), "web.yaml:3");
    }

    #[test]
    fn escape_sequences_are_shown_and_not_obeyed() {
        assert_eq!(clean("a\u{1b}[2Jb"), "a\\u{1b}[2Jb");
        assert_eq!(clean("user\u{202e}txt"), "user\\u{202e}txt");
        assert_eq!(clean("plain – ü"), "plain – ü");
    }
}
