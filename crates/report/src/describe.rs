//! A control's document as plain text.

use ks_control::Control;

/// What the control finds, in a sentence or two; its title when nobody has described it.
pub(crate) fn finding(control: &Control) -> String {
    match flow(control.section("Finds")) {
        text if text.is_empty() => control.title.to_owned(),
        text => text,
    }
}

/// What the control finds and why that matters.
pub(crate) fn description(control: &Control) -> String {
    let mut text = finding(control);
    let why = flow(control.section("Why"));
    if !why.is_empty() {
        text.push_str("\n\n");
        text.push_str(&why);
    }
    text
}

/// How to mend a failure.
pub(crate) fn remediation(control: &Control) -> String {
    flow(control.section("Fix"))
}

/// Joins the lines of each paragraph: reports break lines themselves. Lists and code keep their lines.
fn flow(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut fenced = false;
    let mut joins = false;
    for line in markdown.lines() {
        let bare = line.trim_start();
        let fence = bare.starts_with("```");
        let item = bare.starts_with("- ") || bare.starts_with("* ") || bare.starts_with(|c: char| c.is_ascii_digit());
        let own_line = fenced || fence || item || bare.is_empty();
        if !text.is_empty() {
            text.push(if joins && !own_line { ' ' } else { '\n' });
        }
        text.push_str(if fenced { line } else { bare }.trim_end());
        fenced ^= fence;
        joins = !fenced && !fence && !bare.is_empty();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::flow;

    #[test]
    fn paragraphs_become_lines() {
        let text = flow("One\ntwo.\n\nThree:\n- a\n  b\n- c\n\n```yaml\nx:\n  y: 1\n```\nend");
        assert_eq!(text, "One two.\n\nThree:\n- a b\n- c\n\n```yaml\nx:\n  y: 1\n```\nend");
    }
}
