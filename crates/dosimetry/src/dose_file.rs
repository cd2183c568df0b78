//! What the numbers of a dose file are.

use std::fmt;

use chemorad::number::Decimal;
use chemorad::report::{Finding, Identifying};
use serde::Serialize;

use super::patient::Patient;

/// The unit of the numbers in a dose file.
///
/// ```
/// use chemorad_dosimetry::DoseUnits;
/// assert_eq!(DoseUnits::Gray.to_string(), "Gy");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DoseUnits {
    /// Gray.
    Gray,
    /// Percent or a fraction of something the file does not say. Never gray.
    Relative,
    /// Something else, as written.
    Other(String),
    /// Nothing is said.
    NotStated,
}

impl fmt::Display for DoseUnits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gray => f.pad("Gy"),
            Self::Relative => f.pad("relative"),
            Self::Other(text) => f.pad(text),
            Self::NotStated => f.pad("not stated"),
        }
    }
}

/// What the numbers in a dose file are.
///
/// ```
/// use chemorad_dosimetry::DoseType;
/// assert_eq!(DoseType::Effective.to_string(), "effective");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DoseType {
    /// Absorbed dose.
    Physical,
    /// Dose weighted for biological effect, such as EQD2.
    Effective,
    /// A difference between doses.
    Error,
    /// Something else, as written.
    Other(String),
    /// Nothing is said.
    NotStated,
}

impl fmt::Display for DoseType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Physical => f.pad("physical"),
            Self::Effective => f.pad("effective"),
            Self::Error => f.pad("error"),
            Self::Other(text) => f.pad(text),
            Self::NotStated => f.pad("not stated"),
        }
    }
}

/// What a dose file sums.
///
/// ```
/// use chemorad_dosimetry::SummationType;
/// assert_eq!(SummationType::MultiPlan.to_string(), "MULTI_PLAN");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SummationType {
    /// All fraction groups of a plan.
    Plan,
    /// Several plans.
    MultiPlan,
    /// One fraction group, all its fractions.
    Fraction,
    /// One or more beams, all their fractions.
    Beam,
    /// One or more brachytherapy setups.
    Brachy,
    /// Anything else: a session, control points, a record, an overview, or no term of the standard.
    Other(String),
    /// Nothing is said.
    NotStated,
}

impl SummationType {
    /// The term of DICOM (3004,000A).
    ///
    /// ```
    /// use chemorad_dosimetry::SummationType;
    /// assert_eq!(SummationType::Beam.code(), "BEAM");
    /// ```
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Plan => "PLAN",
            Self::MultiPlan => "MULTI_PLAN",
            Self::Fraction => "FRACTION",
            Self::Beam => "BEAM",
            Self::Brachy => "BRACHY",
            Self::Other(text) => text,
            Self::NotStated => "not stated",
        }
    }

    /// Whether it is the whole of what is given in its fractions: a plan or a fraction group.
    ///
    /// ```
    /// use chemorad_dosimetry::SummationType;
    /// assert!(SummationType::Fraction.is_whole() && !SummationType::Beam.is_whole());
    /// ```
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        matches!(self, Self::Plan | Self::Fraction)
    }

    /// Whether it is a term of DICOM (3004,000A), of this edition or an earlier one.
    ///
    /// ```
    /// use chemorad_dosimetry::SummationType;
    /// assert!(SummationType::Other("RECORD".into()).is_defined());
    /// assert!(!SummationType::Other("SUM".into()).is_defined());
    /// ```
    #[must_use]
    pub fn is_defined(&self) -> bool {
        match self {
            Self::Other(term) => matches!(
                term.as_str(),
                "PLAN_OVERVIEW"
                    | "FRACTION_SESSION"
                    | "BEAM_SESSION"
                    | "BRACHY_SESSION"
                    | "CONTROL_POINT"
                    | "RECORD"
            ),
            Self::NotStated => false,
            Self::Plan | Self::MultiPlan | Self::Fraction | Self::Beam | Self::Brachy => true,
        }
    }
}

impl fmt::Display for SummationType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

/// The part of a plan that a dose file refers to.
///
/// ```
/// use chemorad_dosimetry::PlanPart;
/// let part = PlanPart { group: Some(1), ..PlanPart::default() };
/// assert!(part.is_whole_group());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct PlanPart {
    /// The plan, by its identifier.
    pub plan: Option<String>,
    /// The number of its fraction group.
    pub group: Option<i32>,
    /// The beams of the group; none means all.
    pub beams: Vec<i32>,
    /// The application setups of the group; none means all.
    pub setups: Vec<i32>,
}

impl PlanPart {
    /// Whether it names no beam and no application setup.
    #[must_use]
    pub fn is_whole_group(&self) -> bool {
        self.beams.is_empty() && self.setups.is_empty()
    }
}

/// A dose file, as far as a check needs it.
///
/// ```
/// use chemorad_dosimetry::DoseFile;
/// let dose = DoseFile::new("dose.dcm");
/// assert_eq!(dose.maximum, None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DoseFile {
    /// What to call it.
    pub source: Identifying<String>,
    /// Whom it is about.
    #[serde(skip)]
    pub patient: Option<Patient>,
    /// The unit of its numbers.
    pub units: DoseUnits,
    /// What its numbers are.
    pub dose_type: DoseType,
    /// What it sums.
    pub sum: SummationType,
    /// The beams it is the dose of, by their numbers; none means all.
    pub beams: Vec<i32>,
    /// Its largest number in its own unit; `None` when it has no grid.
    pub maximum: Option<Decimal>,
    /// The plans it refers to, by their identifiers.
    pub plans: Vec<String>,
    /// The fraction groups of these plans that it names.
    pub parts: Vec<PlanPart>,
    /// The frame of reference it lies in, by its identifier.
    pub frame_of_reference: Option<String>,
    /// The structure sets it refers to, by their identifiers.
    pub structure_sets: Vec<String>,
    /// What the reading of it has to say.
    pub notes: Vec<Finding>,
    /// What the file may hold that was not read.
    pub not_read: Vec<&'static str>,
}

impl DoseFile {
    /// A dose file of which nothing is known yet.
    pub fn new(source: impl Into<Identifying<String>>) -> Self {
        Self {
            source: source.into(),
            patient: None,
            units: DoseUnits::NotStated,
            dose_type: DoseType::NotStated,
            sum: SummationType::NotStated,
            beams: Vec::new(),
            maximum: None,
            plans: Vec::new(),
            parts: Vec::new(),
            frame_of_reference: None,
            structure_sets: Vec::new(),
            notes: Vec::new(),
            not_read: Vec::new(),
        }
    }
}

/// `beam 3`, or `beams 1, 2`.
///
/// ```
/// use chemorad_dosimetry::beams_in_words;
/// assert_eq!(beams_in_words(&[1, 2]), "beams 1, 2");
/// ```
#[must_use]
pub fn beams_in_words(numbers: &[i32]) -> String {
    let word = if numbers.len() == 1 { "beam" } else { "beams" };
    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    format!("{word} {}", numbers.join(", "))
}
