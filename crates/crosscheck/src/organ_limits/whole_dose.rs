//! Whether the dose that limits are held against is the whole of what is prescribed.

use core::fmt;

use chemorad::report::{Code, Identifying, Observation, Outcome, Subject};

use super::codes::WHOLE_DOSE;

/// Whether the dose that limits are held against is the whole of what is prescribed.
///
/// ```
/// use chemorad::report::{Observation as _, Outcome};
/// use chemorad_crosscheck::WholeDose;
/// assert_eq!(WholeDose::NotCompared.outcome(), Outcome::CannotTell);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum WholeDose {
    /// Nothing says which dose is prescribed.
    NotCompared,
    /// The dose is not that of every plan of the course.
    LeftOut {
        /// The plans whose dose is not in it, or not said to be.
        plans: Vec<LeftOut>,
    },
}

/// A plan whose dose, or a part of it, is not in a dose, or not said to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The plan.
    pub plan: Identifying<String>,
    /// Its parts that are not in the dose, as a reader knows them; none where all of it is not.
    pub parts: Vec<String>,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plan = self.plan.quoted();
        match self.parts.as_slice() {
            [] => f.write_str(&plan),
            parts => write!(f, "{} of {plan}", parts.join(" and ")),
        }
    }
}

/// Plans and their parts in words.
pub(super) fn in_words(plans: &[LeftOut]) -> String {
    let plans: Vec<String> = plans.iter().map(ToString::to_string).collect();
    plans.join(", ")
}

impl Observation for WholeDose {
    fn code(&self) -> &Code {
        &WHOLE_DOSE
    }

    fn outcome(&self) -> Outcome {
        Outcome::CannotTell
    }

    fn subject(&self) -> Subject {
        Subject::path("dose")
    }
}

impl fmt::Display for WholeDose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotCompared => f.write_str(
                "nothing says which dose is prescribed, so half the dose, or that of another unit, would keep every upper limit: give the plan or the prescribed dose",
            ),
            Self::LeftOut { plans } => write!(
                f,
                "the dose does not say that it holds that of {}, and the limits are for the dose of the whole course, which a part of it keeps more easily: give one dose of all plans and fraction groups (chemorad dose sum)",
                in_words(plans)
            ),
        }
    }
}
