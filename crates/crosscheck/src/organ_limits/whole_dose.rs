//! Whether the dose that limits are held against is the whole of what is prescribed.

use core::fmt;

use chemorad::report::{Code, Observation, Outcome, Subject};

use super::codes::WHOLE_DOSE;

/// Whether the dose that limits are held against is the whole of what is prescribed.
///
/// ```
/// use chemorad::report::{Observation as _, Outcome};
/// use chemorad_crosscheck::WholeDose;
/// assert_eq!(WholeDose::NotCompared.outcome(), Outcome::CannotTell);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WholeDose {
    /// Nothing says which dose is prescribed.
    NotCompared,
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
        f.write_str(
            "nothing says which dose is prescribed, so half the dose, or that of another unit, would keep every upper limit: give the plan or the prescribed dose",
        )
    }
}
