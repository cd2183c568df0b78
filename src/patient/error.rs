//! Why facts about a patient do not fit together.

use alloc::string::String;

use jiff::civil::Date;

use super::formula_name::BodySurfaceAreaFormula;
use super::measures::{Age, Height, Weight, adult_range};

/// Why facts about a patient do not fit together, or a formula cannot be used on them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PatientError {
    /// No person has this height and this weight at once.
    #[error(
        "a height of {height} with a weight of {weight} is a body-mass index of \
         {index:.1} kg/m2, which is impossible (allowed: 4 to 210): height and weight may be \
         swapped, or a unit is wrong", index = .height.body_mass_index(*.weight)
    )]
    ImpossibleBodySize {
        /// The height given.
        height: Height,
        /// The weight given.
        weight: Weight,
    },
    /// The formula has one set of coefficients for each sex.
    #[error("the formula {formula} needs the patient's sex: give female or male")]
    SexRequired {
        /// The formula asked for.
        formula: BodySurfaceAreaFormula,
    },
    /// The formula is not used on a body of this size.
    #[error(
        "the formula {formula} is linear and used only for {range}, not for {height}, {weight}: \
         choose another formula", range = adult_range()
    )]
    OutsideFormulaRange {
        /// The formula asked for.
        formula: BodySurfaceAreaFormula,
        /// The height given.
        height: Height,
        /// The weight given.
        weight: Weight,
    },
    /// No such formula.
    #[error(
        "{given:?} is not a body surface area formula; choose one of: {choices}",
        choices = BodySurfaceAreaFormula::choices()
    )]
    UnknownFormula {
        /// The text given, shortened.
        given: String,
    },
    /// A person of this height has no ideal weight by Devine.
    #[error(
        "the ideal body weight (Devine 1974) is for heights from 60 inches (152.4 cm), not for \
         {height}: choose the actual weight"
    )]
    TooShortForIdealWeight {
        /// The height.
        height: Height,
    },
    /// The Cockcroft-Gault formula is for adults.
    #[error("the Cockcroft-Gault formula is for adults from 18 years, not for {age}")]
    CockcroftGaultChild {
        /// The age.
        age: Age,
    },
    /// No such weight basis.
    #[error("{given:?} is not a weight basis; choose one of: actual, ideal, adjusted")]
    UnknownWeightBasis {
        /// The text given, shortened.
        given: String,
    },
    /// A date of birth after the date of interest, or more than 120 years before it.
    #[error("born on {birth}, on {on}: the age must be 0 to 120 years; check both dates")]
    AgeOnDate {
        /// The date of birth.
        birth: Date,
        /// The date on which the age is wanted.
        on: Date,
    },
    /// Not an activity score.
    #[error("{given:?} is not a DPYD activity score; possible are 0, 0.5, 1, 1.5 and 2")]
    ActivityScore {
        /// The text given, shortened.
        given: String,
    },
    /// Not a DPYD status.
    #[error(
        "{given:?} is not a DPYD status; write not-tested, indeterminate, or the activity score: \
         0, 0.5, 1, 1.5 or 2 (not_tested in a file is the same)"
    )]
    UnknownDpydStatus {
        /// The text given, shortened.
        given: String,
    },
    /// Neither female nor male.
    #[error("{given:?} is not a sex the formulas know; write female or male")]
    UnknownSex {
        /// The text given, shortened.
        given: String,
    },
}

/// Errors quote their input; a file of the wrong kind must not flood the terminal.
pub(super) fn quoted(text: &str) -> String {
    text.chars().take(60).collect()
}
