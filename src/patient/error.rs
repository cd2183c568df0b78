use alloc::string::String;

use super::{BodySize, BodySurfaceAreaFormula, Height, Weight};

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
        "the formula {formula} is linear and used only for {range}, not for {size}: choose \
         another formula", range = .formula.range_text()
    )]
    OutsideFormulaRange {
        /// The formula asked for.
        formula: BodySurfaceAreaFormula,
        /// The body size given.
        size: BodySize,
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
