//! `kubescape control show ID`: a control's document in the terminal.

use crate::args::{Color, Show};
use anyhow::{Context, Result};
use ks_control::Control;
use std::io::Write;

/// Prints the documents of controls.
pub(crate) fn run(args: &Show, color: Color) -> Result<()> {
    let library = ks_controls::library();
    let bold = if crate::style::of_stdout(color).color > ks_report::ColorLevel::None {
        ("\x1b[1m", "\x1b[0m")
    } else {
        ("", "")
    };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (at, id) in args.ids.iter().enumerate() {
        let control = library.controls.iter().find(|control| control.id.eq_ignore_ascii_case(id));
        let control =
            control.with_context(|| format!("control {id:?} is not known; `kubescape list controls` shows all"))?;
        if at > 0 {
            writeln!(out)?;
        }
        show(control, bold, &mut out)?;
    }
    Ok(out.flush()?)
}

fn show(control: &Control, (bold, plain): (&str, &str), out: &mut dyn Write) -> Result<()> {
    writeln!(out, "{bold}{}  {}{plain}", control.id, control.title)?;
    writeln!(out, "Severity    {} ({})", control.severity().name(), control.base_score)?;
    if let Some((category, _)) = control.category {
        writeln!(out, "Category    {category}")?;
    }
    let places: Vec<String> = control
        .frameworks
        .iter()
        .map(|place| match place.framework.starts_with("cis-") {
            true => format!("{} {}", place.framework, place.section),
            false => place.framework.to_owned(),
        })
        .collect();
    writeln!(out, "Frameworks  {}", places.join(", "))?;
    let mut inputs: Vec<&str> = control.rules.iter().flat_map(|rule| rule.inputs).copied().collect();
    inputs.sort_unstable();
    inputs.dedup();
    if !inputs.is_empty() {
        writeln!(out, "Inputs      {}", inputs.join(", "))?;
    }
    let rules: Vec<&str> = control.rules.iter().map(|rule| rule.name).collect();
    writeln!(out, "Rules       {}", rules.join(", "))?;
    for heading in ["Finds", "Why", "Fix", "Example"] {
        writeln!(out, "\n{bold}{heading}{plain}")?;
        for line in control.section(heading).lines().filter(|line| !line.starts_with("```")) {
            writeln!(out, "  {line}")?;
        }
    }
    if !control.strict.is_empty() {
        writeln!(out, "\n{bold}With --strict{plain}\n  {}", control.strict)?;
    }
    Ok(())
}
