//! Statuses and how they fold.

/// The outcome of a rule, control, resource, framework or scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Status {
    /// Nothing was looked at.
    #[default]
    None,
    /// Nothing failed and nothing was skipped.
    Passed,
    /// Something could not be judged.
    Skipped,
    /// Something failed.
    Failed,
}

/// Why a status is what it is. In the order in which they fold: the later wins among equal statuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum SubStatus {
    /// Nothing to add.
    #[default]
    None,
    /// Passed: nothing of the needed kinds was there.
    Irrelevant,
    /// Passed: every failure is covered by an exception.
    Exceptions,
    /// Skipped: a person has to look.
    ManualReview,
    /// Skipped: a failure needs a person's judgement.
    RequiresReview,
    /// Skipped: needs an integration that is missing.
    Integration,
    /// Skipped: the control's inputs are not set.
    Configuration,
    /// Skipped: what it needs could not be read, or time ran out.
    NotEvaluated,
}

impl Status {
    /// The status as reports spell it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Passed => "passed",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
        }
    }
}

impl SubStatus {
    /// The sub-status as reports spell it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Irrelevant => "irrelevant",
            Self::Exceptions => "w/exceptions",
            Self::ManualReview => "manual review",
            Self::RequiresReview => "requires review",
            Self::Integration => "integration",
            Self::Configuration => "configuration",
            Self::NotEvaluated => "notEvaluated",
        }
    }

    /// A sentence for people on what the sub-status asks of them; empty for none.
    #[must_use]
    pub const fn info(self) -> &'static str {
        match self {
            Self::None | Self::Irrelevant | Self::Exceptions => "",
            Self::ManualReview => "no machine can check this: review it by hand as its document says",
            Self::RequiresReview => "a person has to judge this result",
            Self::Integration => "this needs an integration that is not set up",
            Self::Configuration => "the inputs of this control are not set: give them with --controls-config",
            Self::NotEvaluated => "what this control needs could not be read",
        }
    }
}

/// A status with its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Verdict {
    /// The status.
    pub status: Status,
    /// Its reason.
    pub sub: SubStatus,
}

impl Verdict {
    /// A plain pass.
    pub const PASSED: Self = Self { status: Status::Passed, sub: SubStatus::None };
    /// A failure.
    pub const FAILED: Self = Self { status: Status::Failed, sub: SubStatus::None };
    /// A pass because an exception covers the failure.
    pub const EXCEPTED: Self = Self { status: Status::Passed, sub: SubStatus::Exceptions };

    /// A skip with its reason.
    #[must_use]
    pub const fn skipped(sub: SubStatus) -> Self {
        Self { status: Status::Skipped, sub }
    }

    /// The worse of two verdicts.
    #[must_use]
    pub fn fold(self, other: Self) -> Self {
        self.max(other)
    }
}
