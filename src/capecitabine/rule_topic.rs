//! What a rule is about.

use core::fmt;

/// What a rule is about.
///
/// ```
/// use chemorad::capecitabine::RuleTopic;
/// assert_eq!("renal".parse::<RuleTopic>()?.in_words(), "renal function");
/// # Ok::<(), chemorad::capecitabine::CapecitabineError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleTopic {
    /// Creatinine clearance.
    Renal,
    /// DPYD status.
    Dpyd,
    /// Toxicity so far.
    Toxicity,
    /// Other drugs.
    Interactions,
}

impl RuleTopic {
    /// Every topic.
    pub const ALL: [Self; 4] = [Self::Renal, Self::Dpyd, Self::Toxicity, Self::Interactions];

    /// The topics without which no dose is safe; toxicity is one only after a first dose.
    pub const NEEDED: [Self; 3] = [Self::Renal, Self::Dpyd, Self::Interactions];

    /// What it is about, for a reader.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Renal => "renal function",
            Self::Dpyd => "DPYD status",
            Self::Toxicity => "toxicity",
            Self::Interactions => "interactions",
        }
    }

    /// The word for it in text and files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Renal => "renal",
            Self::Dpyd => "dpyd",
            Self::Toxicity => "toxicity",
            Self::Interactions => "interactions",
        }
    }
}

impl fmt::Display for RuleTopic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
