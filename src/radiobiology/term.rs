//! The terms of a BED.

use alloc::string::String;

/// What a term of a BED stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TermKind {
    /// The absorbed dose.
    Dose,
    /// What the size of the fractions adds.
    Fractionation,
    /// What the linear tail takes the place of.
    LinearTail,
    /// What fractions of one day add to one another.
    IncompleteRepair,
    /// What time takes.
    Repopulation,
}

impl TermKind {
    /// The name, such as `linear tail`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dose => "dose",
            Self::Fractionation => "fractionation",
            Self::LinearTail => "linear tail",
            Self::IncompleteRepair => "incomplete repair",
            Self::Repopulation => "repopulation",
        }
    }
}

/// One term of a BED.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Term {
    /// What it stands for.
    #[serde(rename = "name")]
    pub kind: TermKind,
    /// Its share of the BED, gray; a loss is negative.
    pub gray: f64,
    /// The term with its numbers.
    pub formula: String,
    /// Where it comes from.
    pub source: &'static str,
}
