//! Formats, the files they go to, and the order in which they are written.

use anyhow::{Context, Result, bail};
use ks_report::{Report, Style};
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// A format of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Format {
    Pretty,
    Json,
    Yaml,
    Junit,
    Sarif,
    Gitlab,
    Csv,
    Markdown,
    Html,
    Pdf,
    Prometheus,
    PolicyReport,
}

impl Format {
    const ALL: [Self; 12] = [
        Self::Pretty,
        Self::Json,
        Self::Yaml,
        Self::Junit,
        Self::Sarif,
        Self::Gitlab,
        Self::Csv,
        Self::Markdown,
        Self::Html,
        Self::Pdf,
        Self::Prometheus,
        Self::PolicyReport,
    ];

    /// The format's name on the command line.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Pretty => "pretty-printer",
            Self::Json => "json",
            Self::Yaml => "yaml",
            Self::Junit => "junit",
            Self::Sarif => "sarif",
            Self::Gitlab => "gitlab-sast",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Pdf => "pdf",
            Self::Prometheus => "prometheus",
            Self::PolicyReport => "policyreport",
        }
    }

    /// Extensions of its files; the first is added to names that have none of them.
    const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Pretty | Self::Prometheus => &[".txt"],
            Self::Json | Self::Gitlab => &[".json"],
            Self::Yaml => &[".yaml", ".yml"],
            Self::Junit => &[".xml"],
            Self::Sarif => &[".sarif"],
            Self::Csv => &[".csv"],
            Self::Markdown => &[".md"],
            Self::Html => &[".html"],
            Self::Pdf => &[".pdf"],
            Self::PolicyReport => &[".yaml"],
        }
    }

    /// The file that it goes to when none is named; `None` for standard output.
    const fn default_file(self) -> Option<&'static str> {
        match self {
            Self::Html => Some("report.html"),
            Self::Pdf => Some("report.pdf"),
            Self::Markdown => Some("report.md"),
            _ => None,
        }
    }

    /// Whether a line with the compliance score goes to standard error besides.
    const fn announces_score(self) -> bool {
        matches!(self, Self::Json | Self::Yaml | Self::Csv | Self::Junit | Self::Pdf)
    }

    /// Reads a comma-separated list.
    pub(crate) fn parse_list(text: &str) -> Result<Vec<Self>> {
        let mut formats = Vec::new();
        for name in text.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            let Some(format) = Self::ALL.into_iter().find(|format| format.name() == name) else {
                let known = Self::ALL.map(Self::name).join(", ");
                bail!("invalid format {name:?}; formats are {known}");
            };
            if !formats.contains(&format) {
                formats.push(format);
            }
        }
        if formats.is_empty() {
            bail!("format cannot be empty");
        }
        Ok(formats)
    }

    /// The file that the format goes to; `None` for standard output.
    fn path(self, output: Option<&str>) -> Option<PathBuf> {
        let Some(output) = output else { return self.default_file().map(PathBuf::from) };
        let base = if output.trim().is_empty() { "report" } else { output.trim() };
        let lower = base.to_ascii_lowercase();
        let has_extension = self.extensions().iter().any(|extension| lower.ends_with(extension));
        Some(PathBuf::from(if has_extension { base.to_owned() } else { format!("{base}{}", self.extensions()[0]) }))
    }
}

/// Where every format goes. Checked before the scan, so that nothing is computed for a file that cannot be.
#[derive(Debug)]
pub(crate) struct Destinations(Vec<(Format, Option<PathBuf>)>);

impl Destinations {
    pub(crate) fn new(formats: &[Format], output: Option<&str>) -> Result<Self> {
        let mut taken: HashMap<PathBuf, Format> = HashMap::new();
        let mut list = Vec::new();
        for &format in formats {
            let path = format.path(output);
            if let Some(path) = &path
                && let Some(other) = taken.insert(path.clone(), format)
            {
                bail!("formats {} and {} would both be written to {}", other.name(), format.name(), path.display());
            }
            if let (Some(path), true) = (&path, output.is_some()) {
                check_writable(path)?;
            }
            list.push((format, path));
        }
        Ok(Self(list))
    }

    /// Writes every format; all are tried, and all errors told.
    pub(crate) fn write(&self, report: &Report<'_>, style: &Style, json_v1: bool, log: &crate::log::Log) -> Result<()> {
        let mut errors = Vec::new();
        for (format, path) in &self.0 {
            match write_one(*format, path.as_deref(), report, style, json_v1) {
                Ok(()) => {
                    if let Some(path) = path.as_deref().filter(|path| *path != Path::new("/dev/null")) {
                        log.success("Scan results saved", &[("filename", &path.display().to_string())]);
                    }
                    if format.announces_score() {
                        let score = ks_report::whole_compliance(report.outcome.summary.compliance);
                        // A closed standard error is nobody's loss.
                        let _ = writeln!(
                            std::io::stderr(),
                            "\nOverall compliance-score (100- Excellent, 0- All failed): {score}"
                        );
                    }
                }
                Err(error) => errors.push(error.context(format!("writing the {} report", format.name()))),
            }
        }
        match errors.len() {
            0 => Ok(()),
            1 => Err(errors.remove(0)),
            _ => bail!("{}", errors.iter().map(|error| format!("{error:#}")).collect::<Vec<_>>().join("\n")),
        }
    }
}

/// Creates missing folders and sees whether the file can be opened.
fn check_writable(path: &Path) -> Result<()> {
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty() && !parent.exists()) {
        use std::os::unix::fs::DirBuilderExt;
        let mut builder = std::fs::DirBuilder::new();
        let created = builder.recursive(true).mode(0o750).create(parent);
        created.with_context(|| format!("creating the folder {}", parent.display()))?;
    }
    let opened = File::options().append(true).create(true).open(path);
    opened.map(drop).with_context(|| format!("opening {} for the report", path.display()))
}

fn write_one(format: Format, path: Option<&Path>, report: &Report<'_>, style: &Style, json_v1: bool) -> Result<()> {
    let Some(path) = path else {
        let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
        render(format, report, style, json_v1, &mut out)?;
        return Ok(out.flush()?);
    };
    let file = File::create(path).with_context(|| format!("opening {}", path.display()))?;
    let mut out = BufWriter::with_capacity(1 << 16, file);
    let plain = Style::plain();
    render(format, report, if format == Format::Pretty { &plain } else { style }, json_v1, &mut out)?;
    Ok(out.flush()?)
}

fn render(format: Format, report: &Report<'_>, style: &Style, json_v1: bool, out: &mut dyn Write) -> Result<()> {
    match format {
        Format::Pretty => ks_report::pretty::write(report, style, out)?,
        Format::Json if json_v1 => ks_report::json_v1::write(report, out)?,
        Format::Json => ks_report::json::write(report, out)?,
        Format::Yaml => ks_report::yaml::write(report, out)?,
        Format::Junit => ks_report::junit::write(report, out)?,
        Format::Sarif => ks_report::sarif::write(report, out)?,
        Format::Gitlab => ks_report::gitlab::write(report, out)?,
        Format::Csv => ks_report::csv::write(report, out)?,
        Format::Markdown => ks_report::markdown::write(report, out)?,
        Format::Html => ks_report::html::write(report, out)?,
        Format::Pdf => ks_report::pdf::write(report, out)?,
        Format::Prometheus => ks_report::prometheus::write(report, out)?,
        Format::PolicyReport => ks_report::policyreport::write(report, out)?,
    }
    Ok(())
}
