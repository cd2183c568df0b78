//! What must be known of a solution, and the codes for it.

use std::fmt;

use chemorad::radiobiology::SolveError;
use chemorad::report::{Code, Observation, Outcome, Subject};

/// One thing that a reader of a solution must know.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum SolveFinding {
    /// The schedule to equal was taken without its loss to time.
    SameAsWithoutTime,
    /// No whole number of fractions is near the solution.
    NotRounded(SolveError),
}

const SAME_AS_WITHOUT_TIME: Code = Code::new(
    "solve.same_as_without_time",
    "The schedule to equal is taken without loss to time",
    "The dose that is solved for pays for lost time, and the effect it must equal was calculated without any. The two are compared as if the other schedule took no time.",
    "Where its overall time is meant to count, calculate its BED with it and give that as --target-bed.",
);
const NOT_ROUNDED: Code = Code::new(
    "solve.not_rounded",
    "No whole number of fractions is near the solution",
    "The exact solution is less than one fraction or more than a course has, so no number of fractions can be given that comes near the target.",
    "Check target and dose per fraction.",
);

/// The codes of this command.
pub(crate) const CODES: &[Code] = &[SAME_AS_WITHOUT_TIME, NOT_ROUNDED];

impl Observation for SolveFinding {
    fn code(&self) -> &Code {
        match self {
            Self::SameAsWithoutTime => &SAME_AS_WITHOUT_TIME,
            Self::NotRounded(_) => &NOT_ROUNDED,
        }
    }

    fn outcome(&self) -> Outcome {
        Outcome::Warn
    }

    fn subject(&self) -> Subject {
        Subject::input(match self {
            Self::SameAsWithoutTime => "target",
            Self::NotRounded(_) => "solution",
        })
    }
}

impl fmt::Display for SolveFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SameAsWithoutTime => f.write_str(
                "the effect of --same-as is taken without loss to time; give its time-corrected BED as --target-bed where that is meant",
            ),
            Self::NotRounded(error) => {
                write!(f, "no whole number of fractions is near it: {error}")
            }
        }
    }
}
