//! `.helmignore`

/// Which files a chart leaves out.
#[derive(Debug)]
pub(crate) struct Ignore {
    rules: Vec<Rule>,
}

#[derive(Debug)]
struct Rule {
    pattern: String,
    /// What does not match is left out.
    negated: bool,
    folders_only: bool,
    /// The pattern is for the whole path, not for the last part of it.
    whole_path: bool,
}

/// Hidden files beside the templates are left out everywhere.
impl Default for Ignore {
    fn default() -> Self {
        Self { rules: rule("templates/.?*").into_iter().collect() }
    }
}

impl Ignore {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut rules: Vec<Rule> = Vec::new();
        for line in text.strip_prefix('\u{feff}').unwrap_or(text).lines() {
            let line = line.trim();
            if line.contains("**") && !line.starts_with('#') {
                return Err("double-star (**) syntax is not supported; name the folders".to_owned());
            }
            rules.extend(rule(line));
        }
        rules.extend(Self::default().rules);
        Ok(Self { rules })
    }

    /// Whether a file or folder is left out.
    pub(crate) fn matches(&self, path: &str, is_folder: bool) -> bool {
        self.rules.iter().any(|rule| {
            let name = if rule.whole_path { path } else { path.rsplit('/').next().unwrap_or(path) };
            let found = wildcard(rule.pattern.as_bytes(), name.as_bytes());
            if rule.negated {
                return (rule.folders_only && !is_folder) || !found;
            }
            found && (is_folder || !rule.folders_only)
        })
    }
}

fn rule(line: &str) -> Option<Rule> {
    if line.is_empty() || line.starts_with('#') {
        return None;
    }
    let (negated, pattern) = line.strip_prefix('!').map_or((false, line), |rest| (true, rest));
    let (folders_only, pattern) = pattern.strip_suffix('/').map_or((false, pattern), |rest| (true, rest));
    let (whole_path, pattern) = match pattern.strip_prefix('/') {
        Some(rest) => (true, rest),
        None => (pattern.contains('/'), pattern),
    };
    Some(Rule { pattern: pattern.to_owned(), negated, folders_only, whole_path })
}

/// `*`, `?` and `[a-z]`, none of which matches a slash.
pub(crate) fn wildcard(pattern: &[u8], name: &[u8]) -> bool {
    match pattern {
        [] => name.is_empty(),
        [b'*', rest @ ..] => {
            let end = name.iter().position(|byte| *byte == b'/').unwrap_or(name.len());
            // Stars that follow each other are one.
            let rest = &rest[rest.iter().take_while(|byte| **byte == b'*').count()..];
            (0..=end).any(|skip| wildcard(rest, &name[skip..]))
        }
        [b'?', rest @ ..] => matches!(name, [byte, after @ ..] if *byte != b'/' && wildcard(rest, after)),
        [b'[', class @ ..] => {
            let Some(end) = class.iter().skip(1).position(|byte| *byte == b']').map(|at| at + 1) else { return false };
            let (set, rest) = (&class[..end], &class[end + 1..]);
            let (negated, set) = match set {
                [b'^', rest @ ..] => (true, rest),
                set => (false, set),
            };
            let Some((byte, after)) = name.split_first().filter(|(byte, _)| **byte != b'/') else { return false };
            let mut found = false;
            let mut at = 0;
            while at < set.len() {
                if at + 2 < set.len() && set[at + 1] == b'-' {
                    found |= (set[at]..=set[at + 2]).contains(byte);
                    at += 3;
                } else {
                    found |= set[at] == *byte;
                    at += 1;
                }
            }
            found != negated && wildcard(rest, after)
        }
        [b'\\', escaped, rest @ ..] | [escaped, rest @ ..] => {
            matches!(name, [byte, after @ ..] if byte == escaped && wildcard(rest, after))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Ignore, wildcard};

    #[test]
    fn wildcards_stop_at_slashes() {
        for (pattern, name, matches) in [
            ("*.bak", "a.bak", true),
            ("a/*", "a/b/c", false),
            ("templates/.?*", "templates/.x", true),
            ("templates/.?*", "templates/.", false),
            ("[a-c]?", "bx", true),
            ("[^a]*", "abc", false),
        ] {
            assert_eq!(wildcard(pattern.as_bytes(), name.as_bytes()), matches, "{pattern} {name}");
        }
    }

    #[test]
    fn a_negated_rule_leaves_out_what_does_not_match() {
        let ignore = Ignore::parse("!kept.txt\n").unwrap_or_default();
        assert!(ignore.matches("Chart.yaml", false));
        assert!(!ignore.matches("kept.txt", false));
        assert!(Ignore::parse("a/**").is_err());
    }
}
