//! Regular expressions, as RE2 has them.

use super::{Function, function, int, strings::strings, text};
use crate::error::Failure;
use crate::exec::Exec;
use crate::value::Value;
use regex::{Regex, RegexBuilder};

type Outcome = Result<Value, Failure>;

pub(super) static FUNCTIONS: &[Function] = &[
    function("regexMatch", "ss", |_, args| {
        Ok(Value::Bool(compile(&text(&args[0])).is_ok_and(|regex| regex.is_match(&text(&args[1])))))
    }),
    function("mustRegexMatch", "ss", |_, args| Ok(Value::Bool(compile(&text(&args[0]))?.is_match(&text(&args[1]))))),
    function("regexFind", "ss", find),
    function("mustRegexFind", "ss", find),
    function("regexFindAll", "ssi", find_all),
    function("mustRegexFindAll", "ssi", find_all),
    function("regexReplaceAll", "sss", |exec, args| replace(exec, args, false)),
    function("mustRegexReplaceAll", "sss", |exec, args| replace(exec, args, false)),
    function("regexReplaceAllLiteral", "sss", |exec, args| replace(exec, args, true)),
    function("mustRegexReplaceAllLiteral", "sss", |exec, args| replace(exec, args, true)),
    function("regexSplit", "ssi", split),
    function("mustRegexSplit", "ssi", split),
    function("regexQuoteMeta", "s", |_, args| {
        let mut out = String::new();
        for character in text(&args[0]).chars() {
            if r"\.+*?()|[]{}^$".contains(character) {
                out.push('\\');
            }
            out.push(character);
        }
        Ok(Value::from(out))
    }),
];

/// Longest compiled program, in bytes.
const MAX_SIZE: usize = 4 << 20;

fn compile(pattern: &str) -> Result<Regex, Failure> {
    RegexBuilder::new(&translate(pattern)).size_limit(MAX_SIZE).build().map_err(|error| {
        let reason = error.to_string();
        let reason = reason.lines().last().unwrap_or_default().trim_start_matches("error: ");
        Failure::new(format!("regexp: Compile({}): error parsing regexp: {reason}", crate::quote(pattern)))
    })
}

/// RE2's classes know ASCII only, and take `[` and `&&` as they are.
fn translate(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut chars = pattern.chars().peekable();
    let mut inside = false;
    let mut at_start = false;
    // Behind a class such as `\w` no range can begin: `-` is a character there.
    let mut after_class = false;
    while let Some(character) = chars.next() {
        let first = std::mem::take(&mut at_start);
        if std::mem::take(&mut after_class) && inside && character == '-' {
            out.push_str("\\-");
            continue;
        }
        after_class = inside && character == '\\' && chars.peek().is_some_and(|next| "dwsDWS".contains(*next));
        match character {
            '\\' => match chars.next() {
                Some('d') => out.push_str(if inside { "0-9" } else { "[0-9]" }),
                Some('w') => out.push_str(if inside { "0-9A-Za-z_" } else { "[0-9A-Za-z_]" }),
                Some('s') => out.push_str(if inside { r"\t\n\f\r\x20" } else { r"[\t\n\f\r\x20]" }),
                Some('D') => out.push_str("[^0-9]"),
                Some('W') => out.push_str("[^0-9A-Za-z_]"),
                Some('S') => out.push_str(r"[^\t\n\f\r\x20]"),
                Some('b') if !inside => out.push_str(r"(?-u:\b)"),
                Some('B') if !inside => out.push_str(r"(?-u:\B)"),
                Some('Q') => {
                    let mut literal: String = String::new();
                    while let Some(next) = chars.next() {
                        if next == '\\' && chars.peek() == Some(&'E') {
                            chars.next();
                            break;
                        }
                        literal.push(next);
                    }
                    out.push_str(&regex::escape(&literal));
                }
                // `\/` and its like are the character itself.
                Some(next) if next.is_ascii_punctuation() || next.is_ascii_alphanumeric() => {
                    out.push('\\');
                    out.push(next);
                }
                Some(next) => out.push(next),
                None => out.push('\\'),
            },
            '[' if !inside => {
                inside = true;
                at_start = true;
                out.push('[');
                if chars.peek() == Some(&'^') {
                    chars.next();
                    out.push('^');
                }
            }
            '[' if chars.peek() == Some(&':') => {
                out.push('[');
                for next in chars.by_ref() {
                    out.push(next);
                    if next == ']' {
                        break;
                    }
                }
            }
            ']' if inside && first => out.push_str("\\]"),
            ']' if inside => {
                inside = false;
                out.push(']');
            }
            '[' | '&' | '~' if inside => {
                out.push('\\');
                out.push(character);
            }
            '-' if inside && chars.peek() == Some(&'-') => out.push_str("\\-"),
            '{' if !inside && !is_repetition(chars.clone()) => out.push_str("\\{"),
            other => out.push(other),
        }
    }
    out
}

/// Whether `2}`, `2,}` or `2,3}` follows.
fn is_repetition(mut rest: std::iter::Peekable<std::str::Chars<'_>>) -> bool {
    let mut digits = 0;
    while rest.next_if(char::is_ascii_digit).is_some() {
        digits += 1;
    }
    if rest.next_if_eq(&',').is_some() {
        while rest.next_if(char::is_ascii_digit).is_some() {}
    }
    digits > 0 && rest.next() == Some('}')
}

fn find(_: &mut Exec<'_>, args: &[Value]) -> Outcome {
    let text = text(&args[1]);
    let regex = compile(&args[0].text().unwrap_or_default())?;
    Ok(Value::str(regex.find(&text).map_or("", |found| found.as_str())))
}

fn find_all(_: &mut Exec<'_>, args: &[Value]) -> Outcome {
    let most = usize::try_from(int(&args[2])).unwrap_or(usize::MAX);
    let text = text(&args[1]);
    let regex = compile(&args[0].text().unwrap_or_default())?;
    Ok(strings(regex.find_iter(&text).take(most).map(|found| found.as_str().to_owned()).collect()))
}

fn replace(exec: &mut Exec<'_>, args: &[Value], literal: bool) -> Outcome {
    let (regex, text, with) = (compile(&text(&args[0]))?, text(&args[1]), text(&args[2]));
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for captures in regex.captures_iter(&text) {
        let Some(whole) = captures.get(0) else { continue };
        out.push_str(&text[done..whole.start()]);
        if literal {
            out.push_str(&with);
        } else {
            captures.expand(&with, &mut out);
        }
        exec.check_text(out.len())?;
        done = whole.end();
    }
    out.push_str(&text[done..]);
    Ok(Value::from(out))
}

fn split(_: &mut Exec<'_>, args: &[Value]) -> Outcome {
    let (regex, text, most) = (compile(&text(&args[0]))?, text(&args[1]), int(&args[2]));
    if most == 0 {
        return Ok(strings(Vec::new()));
    }
    if !args[0].truth() || text.is_empty() {
        return Ok(strings(if text.is_empty() {
            vec![String::new()]
        } else {
            text.chars().map(String::from).collect()
        }));
    }
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let (mut parts, mut begin, mut end) = (Vec::new(), 0, 0);
    for found in regex.find_iter(&text) {
        if parts.len() + 1 >= most {
            break;
        }
        end = found.start();
        if found.end() != 0 {
            parts.push(text[begin..end].to_owned());
        }
        begin = found.end();
    }
    if end != text.len() {
        parts.push(text[begin..].to_owned());
    }
    Ok(strings(parts))
}

#[cfg(test)]
mod tests {
    use super::translate;

    #[test]
    fn classes_are_those_of_re2() {
        for (given, wanted) in [
            (r"\d+", "[0-9]+"),
            (r"[\w.-]", "[0-9A-Za-z_.-]"),
            (r"a{2,3}{{x}}", r"a{2,3}\{\{x}}"),
            (r"[[:alpha:]&&]", r"[[:alpha:]\&\&]"),
            (r"[\w-\.]", r"[0-9A-Za-z_\-\.]"),
            (r"[]a]", r"[\]a]"),
            (r"\Qa.b\E.", r"a\.b."),
        ] {
            assert_eq!(translate(given), wanted, "{given}");
        }
    }
}
