//! What is wrong with a rule set.

use core::fmt;

use super::schema::SCHEMA;

/// What is wrong with a rule set, and in which row (the first is row 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RuleFault {
    /// Another schema, or another version of it.
    Schema,
    /// A field that must say something is empty.
    Empty(&'static str),
    /// No rule at all in the set.
    NoRules,
    /// A section without rows.
    NoRows(&'static str),
    /// A renal band with two edges on one side.
    TwoEdges(usize),
    /// A renal band that ends where it begins, or before.
    Inverted(usize),
    /// A renal band that does not begin where the one before it ends, or shares or drops the edge.
    GapOrOverlap(usize),
    /// A range of shares that does not rise.
    Range(usize),
    /// DPYD rows that are not one for each score in order.
    Scores,
    /// Rows by plasma uracil that do not begin without a concentration, or do not rise.
    Uracil(usize),
    /// A row for two alleles of decreased function at another score than theirs.
    DecreasedTwice,
    /// A toxicity step out of range or order.
    Step(usize),
    /// A toxicity step that leaves more than the one before it.
    Rises(usize),
    /// A drug named twice.
    Twice(usize),
    /// In a section, a row for the greater deficiency that leaves more of the dose than a row for
    /// a smaller one.
    UpsideDown(&'static str, usize, usize),
    /// A toxicity step of a higher grade that leaves more than one of a lower grade.
    MilderAtHigherGrade(usize, usize),
    /// A share of the whole dose.
    WholeFraction(usize),
    /// A dose at an activity score of 0.
    DoseWithoutActivity,
    /// A list of starting doses without any.
    CoversNothing(usize),
    /// A date that is none.
    Date,
    /// A date of succession that is none.
    SupersededDate,
    /// A drug whose name cannot be one.
    DrugName(usize),
    /// A drug that is never given with capecitabine, as one to watch.
    StopWatched {
        /// The row.
        row: usize,
        /// The drug.
        drug: &'static str,
        /// What says that it is never given.
        source: &'static str,
    },
    /// A reduction without a deficiency.
    ReducedWithoutDeficiency,
}

impl fmt::Display for RuleFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Schema => write!(f, "its schema is not \"{SCHEMA}\""),
            Self::Empty(field) => write!(f, "{field} is empty"),
            Self::NoRules => f.write_str(
                "it has no rules: give at least one of renal, dpyd, toxicity, interactions, \
                 dose_table, rounding",
            ),
            Self::NoRows(section) => write!(f, "the section {section} has no rows"),
            Self::TwoEdges(row) => write!(
                f,
                "renal band {row} has two edges on one side: give at_least or above, at_most or \
                 below"
            ),
            Self::Inverted(row) => write!(f, "renal band {row} ends before it begins"),
            Self::GapOrOverlap(row) => write!(
                f,
                "there is a gap or an overlap before renal band {row}: the bands hold every \
                 clearance exactly once, from no lower edge to no upper edge; a gap of the text is \
                 a separate band with rule = \"not_covered\""
            ),
            Self::Range(row) => write!(f, "the range of row {row} does not rise"),
            Self::Scores => f.write_str(
                "the dpyd rows must be one for each score in order: 0, 0.5, 1, 1.5, 2; where the \
                 text says nothing, rule = \"not_covered\"",
            ),
            Self::Uracil(row) => write!(
                f,
                "dpyd uracil row {row} is out of order: the first row has no at_least, and every other \
                 begins at a higher concentration than the one before it"
            ),
            Self::DecreasedTwice => f.write_str(
                "dpyd.decreased_twice speaks of two alleles of 0.5, which is a score of 1",
            ),
            Self::Step(row) => write!(
                f,
                "toxicity step {row} is out of range or order: grades 1 to 4, occurrences 1 to 9, \
                 rising; a grade with an occurrence left out has one step"
            ),
            Self::Rises(row) => write!(
                f,
                "toxicity step {row} leaves more of the dose than the step before it"
            ),
            Self::UpsideDown(section, row, other) => write!(
                f,
                "{section} row {row} leaves more of the dose than row {other}, which is for a smaller \
                 deficiency"
            ),
            Self::MilderAtHigherGrade(row, other) => write!(
                f,
                "toxicity step {row} leaves more of the dose than step {other} of a lower grade; a step \
                 without an occurrence speaks of every one"
            ),
            Self::WholeFraction(row) => {
                write!(
                    f,
                    "row {row} has a fraction of 100 %: write rule = \"full_dose\""
                )
            }
            Self::StopWatched { row, drug, source } => write!(
                f,
                "interaction {row} watches {drug}; {source}: write severity = \"do_not_give\""
            ),
            Self::ReducedWithoutDeficiency => f.write_str(
                "an activity score of 2 is no deficiency: write rule = \"full_dose\" or \
                 \"not_covered\"",
            ),
            Self::DoseWithoutActivity => f.write_str(
                "an activity score of 0 is complete deficiency, and every text that was read says \
                 not to give the drug: write rule = \"do_not_give\"",
            ),
            Self::CoversNothing(row) => write!(
                f,
                "row {row} covers an empty list: name the starting doses, or write any_intensity or \
                 not_stated"
            ),
            Self::Date => f.write_str(
                "date is not a date: write 2026, 2026-02 or 2026-02-05, or \"before\" one of these",
            ),
            Self::SupersededDate => {
                f.write_str("superseded_by.date is not a date: write 2026, 2026-02 or 2026-02-05")
            }
            Self::DrugName(row) => write!(
                f,
                "interaction {row} has a name that cannot be one: write it in lower case, one drug \
                 each, without comma, semicolon, slash, + or &; \"none\" says that there are no other drugs"
            ),
            Self::Twice(row) => write!(f, "the drug of interaction {row} is named twice"),
        }
    }
}
