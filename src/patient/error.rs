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
         {height}, and the adjusted one is made from it: choose the actual weight, or give a \
         clearance from elsewhere with its origin, such as a 24 h urine collection or a calculation \
         with the weight that your site uses below 60 inches"
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
    #[error(
        "{given:?} is not a weight basis; choose one of: actual, ideal, adjusted:FACTOR, such as \
         adjusted:0.4"
    )]
    UnknownWeightBasis {
        /// The text given, shortened.
        given: String,
    },
    /// An adjusted weight without its factor.
    #[error(
        "\"adjusted\" is a weight basis with its factor, and none is a default; choose one of: actual, \
         ideal, adjusted:FACTOR, such as adjusted:0.4 (ideal + 0.4 of actual - ideal)"
    )]
    AdjustmentFactorMissing,
    /// Not a factor of an adjusted weight.
    #[error(
        "{given:?} is not the factor of an adjusted weight: write the share of actual - ideal, 0.001 to \
         1, such as 0.4"
    )]
    AdjustmentFactor {
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
        "{given:?} is not a DPYD status; write not-tested, indeterminate, the activity score: \
         0, 0.5, 1, 1.5 or 2 (not_tested in a file is the same), or the two alleles, such as \
         \"c.1905+1G>A, Reference\""
    )]
    UnknownDpydStatus {
        /// The text given, shortened.
        given: String,
    },
    /// Words on a DPYD test that leave the alleles open.
    #[error(
        "{given:?} does not say which alleles were found, and the score goes with them: \
         c.1905+1G>A (*2A) or c.1679T>G (*13) on one copy (heterozygous) is 1, on both \
         (homozygous) 0; c.2846A>T or HapB3 on one copy is 1.5, on both 1; one of the first two \
         with one of the second two is 0.5; no variant found is 2. Name the two alleles, such as \
         \"c.1905+1G>A, Reference\", give the laboratory's score, or write not-tested, indeterminate \
         (not_tested in a file)"
    )]
    DpydWords {
        /// The text given, shortened.
        given: String,
    },
    /// An allele without an activity value.
    #[error(
        "{given:?} is not one of the 84 DPYD alleles of CPIC's table (November 2025), such as \
         c.1905+1G>A or *2A, c.1679T>G or *13, c.2846A>T, HapB3, Reference: check the spelling; an \
         allele outside the table has no activity value, so give the laboratory's score or \
         indeterminate"
    )]
    UnknownDpydAllele {
        /// The text given, shortened.
        given: String,
    },
    /// The allele of one copy of the gene alone.
    #[error(
        "the DPYD alleles name {given:?} alone: name those of both copies of the gene; a copy \
         without a listed variant is Reference"
    )]
    OneDpydAllele {
        /// The one given, if any.
        given: String,
    },
    /// A phenotype test without its result.
    #[error(
        "{given:?} is not the result of a DPD phenotype test: write the test with its number and unit, or its \
         ratio, in 10 to 200 characters, such as \"residual activity 40 % of normal, mononuclear cells\". \
         A result that is not there yet is left out"
    )]
    Phenotype {
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
