//! Why a file holds no rule set, as findings.

use std::fmt;

use chemorad::report::{Code, Observation, Outcome, Subject};
use chemorad_reader::Fault;

const FAULT: Code = Code::new(
    "rules.fault",
    "The file holds no rule set",
    "Something in the file is no rule set: a field that is unknown, missing or of the wrong kind, bands with a gap or an overlap, a row that leaves more of the dose for a worse toxicity. A rule set that is half right is not used at all.",
    "Correct every place that is named and check the file again.",
);

const OPEN: Code = Code::new(
    "rules.open",
    "A rule set leaves something open",
    "The text that the rule set holds has a gap, a range, a reduction whose starting doses it does not name, or it was read second-hand. Where a patient falls into it, no dose follows.",
    "Open the text, or let a clinician decide; a site may close the gap in its own file.",
);

/// The codes of files of rules.
pub const CODES: &[Code] = &[FAULT, OPEN];

/// What a rule set leaves open at one of its places.
#[derive(Debug)]
pub(super) struct LeftOpen {
    /// The place.
    pub(super) at: String,
    /// What is open there.
    pub(super) message: String,
}

impl Observation for LeftOpen {
    fn code(&self) -> &Code {
        &OPEN
    }

    fn outcome(&self) -> Outcome {
        Outcome::Warn
    }

    fn subject(&self) -> Subject {
        Subject::path(self.at.as_str())
    }
}

impl fmt::Display for LeftOpen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// One thing that is wrong with a file of rules.
#[derive(Debug, Clone)]
pub enum RuleFileFinding {
    /// A place of the file.
    Place {
        /// The name of the file.
        file: String,
        /// What is wrong there.
        fault: Fault,
    },
    /// The file as a whole: what the rules say together.
    Whole {
        /// The name of the file.
        file: String,
        /// Why it is refused.
        reason: String,
    },
}

impl Observation for RuleFileFinding {
    fn code(&self) -> &Code {
        &FAULT
    }

    fn outcome(&self) -> Outcome {
        Outcome::Fail
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Place { file, .. } | Self::Whole { file, .. } => Subject::source(file),
        }
    }
}

impl fmt::Display for RuleFileFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Place { fault, .. } => write!(
                f,
                "line {}, column {}: {fault}",
                fault.position.line, fault.position.column
            ),
            Self::Whole { reason, .. } => f.write_str(reason),
        }
    }
}
