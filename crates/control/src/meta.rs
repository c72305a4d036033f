//! What people read about a control, and how controls form frameworks.

use crate::Rule;

/// How bad a failed control is. Derived from its base score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Base score below 1.
    Unknown,
    /// Base score from 1.
    Low,
    /// Base score from 4.
    Medium,
    /// Base score from 7.
    High,
    /// Base score from 9.
    Critical,
}

impl Severity {
    /// All severities, the worst first.
    pub const WORST_FIRST: [Self; 5] = [Self::Critical, Self::High, Self::Medium, Self::Low, Self::Unknown];

    /// The severity of a base score.
    #[must_use]
    pub fn of_score(score: f32) -> Self {
        match score {
            s if s >= 9.0 => Self::Critical,
            s if s >= 7.0 => Self::High,
            s if s >= 4.0 => Self::Medium,
            s if s >= 1.0 => Self::Low,
            _ => Self::Unknown,
        }
    }

    /// The severity's name as reports spell it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unknown => "Unknown",
            Self::Low => "Low",
            Self::Medium => "Medium",
            Self::High => "High",
            Self::Critical => "Critical",
        }
    }
}

/// Where a control or framework applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Any live cluster.
    Cluster,
    /// Manifest files.
    File,
    /// Any managed cluster.
    Cloud,
    /// Amazon EKS.
    Eks,
    /// Google GKE.
    Gke,
    /// Azure AKS.
    Aks,
}

/// What a person has to do before a control can judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Its inputs need values of one's own; with none set its results are skipped.
    Configuration,
    /// Nothing can be checked by a machine.
    ManualReview,
    /// A failure needs a person's judgement.
    RequiresReview,
}

/// A control's place in a framework.
#[derive(Debug, Clone, Copy)]
pub struct Membership {
    /// The framework's name.
    pub framework: &'static str,
    /// Its section in a benchmark, or its position.
    pub section: &'static str,
    /// The title inside this framework, where it differs.
    pub title: Option<&'static str>,
}

/// A control's step of an attack track.
#[derive(Debug, Clone, Copy)]
pub struct AttackStep {
    /// The track's name.
    pub track: &'static str,
    /// The steps that a failure of the control makes possible.
    pub steps: &'static [&'static str],
}

/// A control: what people read about and select. Written by `cargo dev` from the control's document.
#[derive(Debug)]
pub struct Control {
    /// `C-0057`
    pub id: &'static str,
    /// Its display name.
    pub title: &'static str,
    /// 0 to 10.
    pub base_score: f32,
    /// `(name, id)` of its category.
    pub category: Option<(&'static str, &'static str)>,
    /// `(name, id)` of its sub-category.
    pub sub_category: Option<(&'static str, &'static str)>,
    /// Where it applies; empty means everywhere.
    pub scopes: &'static [Scope],
    /// `security`, `compliance`, `devops`, `security-impact`, `smartRemediation`.
    pub tags: &'static [&'static str],
    /// What a person has to do first.
    pub action: Option<Action>,
    /// Its steps in attack tracks.
    pub attack: &'static [AttackStep],
    /// The frameworks that have it.
    pub frameworks: &'static [Membership],
    /// Verdicts that differ under `--strict`, one sentence; empty when none do.
    pub strict: &'static str,
    /// Its whole document in Markdown, front matter included.
    pub document: &'static str,
    /// What runs.
    pub rules: &'static [&'static Rule],
}

impl Control {
    /// The severity of a failure.
    #[must_use]
    pub fn severity(&self) -> Severity {
        Severity::of_score(self.base_score)
    }

    /// The text below a heading of the control's document (`Finds`, `Why`, `Fix`, `Example`).
    #[must_use]
    pub fn section(&self, heading: &str) -> &'static str {
        let document = self.document;
        let mark = format!("\n## {heading}\n");
        let Some(start) = document.find(&mark).map(|at| at + mark.len()) else { return "" };
        let rest = &document[start..];
        rest[..rest.find("\n## ").unwrap_or(rest.len())].trim()
    }

    /// The title that the control has in a framework.
    #[must_use]
    pub fn title_in(&self, framework: &str) -> &'static str {
        let place = self.frameworks.iter().find(|place| place.framework.eq_ignore_ascii_case(framework));
        place.and_then(|place| place.title).unwrap_or(self.title)
    }
}

/// A named set of controls.
#[derive(Debug)]
pub struct Framework {
    /// Its name as reports spell it.
    pub name: &'static str,
    /// Where it applies; empty means everywhere.
    pub scopes: &'static [Scope],
    /// Whether `list frameworks` names it.
    pub listed: bool,
    /// Its controls in the framework's order.
    pub controls: &'static [&'static str],
}

/// A tree of steps that an attack may take.
#[derive(Debug)]
pub struct AttackTrack {
    /// The step's or track's name.
    pub name: &'static str,
    /// What may follow.
    pub next: &'static [AttackTrack],
}

/// An input that people may set, with its default.
#[derive(Debug, Clone, Copy)]
pub struct InputDefault {
    /// Its key in an inputs file.
    pub key: &'static str,
    /// Its default values.
    pub values: &'static [&'static str],
}

/// Everything that ships: handed to the engine, which knows no control by name.
#[derive(Debug, Clone, Copy)]
pub struct Library {
    /// All controls, sorted by id.
    pub controls: &'static [Control],
    /// All frameworks, sorted by name.
    pub frameworks: &'static [Framework],
    /// All attack tracks; each root's name is the track's, its `next` the first steps.
    pub attack_tracks: &'static [AttackTrack],
    /// Defaults of all inputs, sorted by key.
    pub inputs: &'static [InputDefault],
}
