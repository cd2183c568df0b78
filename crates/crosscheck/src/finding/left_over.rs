//! A dose that nobody prescribed.

use core::fmt;

use chemorad::report::{Code, Identifying, Observation, Outcome, Subject, Values, Written};

use crate::amount::Amount;
use crate::codes;

/// Why no prescription explains a planned dose.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum WhyLeftOver {
    /// Its phase prescribes nothing to this volume.
    NotPrescribed,
    /// The volume lies inside one that its phase prescribes to, and gets another dose than that.
    OtherThanAround(Amount),
    /// Another dose of the same fractions is for this volume already.
    Twice,
    /// The name is that of no volume of the course, and may be another name of this one.
    UnknownName {
        /// The volume it may be.
        volume: String,
    },
}

/// A planned dose that no prescription explains.
///
/// See [`PlannedVolumeDose`](crate::PlannedVolumeDose) for an example.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LeftOver {
    /// The fraction group or line.
    pub at: Subject,
    /// The volume, as it is named there.
    pub volume: Option<Identifying<String>>,
    /// Its fractions and dose.
    pub planned: Written,
    /// The phase.
    pub phase: String,
    /// What that prescribes.
    pub prescribed: String,
    /// Why it is left over.
    pub why: WhyLeftOver,
}

impl Observation for LeftOver {
    fn code(&self) -> &Code {
        &codes::NOT_PRESCRIBED
    }

    fn outcome(&self) -> Outcome {
        match self.why {
            WhyLeftOver::UnknownName { .. } => Outcome::CannotTell,
            _ => Outcome::Fail,
        }
    }

    fn subject(&self) -> Subject {
        self.at.clone()
    }

    fn values(&self) -> Values {
        Values::expected(&self.prescribed).and_found(&self.planned)
    }
}

impl fmt::Display for LeftOver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a dose is planned ")?;
        match &self.volume {
            Some(volume) => write!(f, "to {volume} ")?,
            None => f.write_str("to a volume that is not named ")?,
        }
        let phase = &self.phase;
        match &self.why {
            WhyLeftOver::NotPrescribed => write!(f, "that phase {phase} does not prescribe"),
            WhyLeftOver::OtherThanAround(around) => write!(
                f,
                "that phase {phase} does not prescribe: the volume lies inside one that gets {around:#}"
            ),
            WhyLeftOver::Twice => write!(
                f,
                "in phase {phase} by more than one line: each volume has one dose in a phase"
            ),
            WhyLeftOver::UnknownName { volume } => write!(
                f,
                "in phase {phase}, and no prescribed volume is called so: where it is another name of {volume}, say so as \"{}={volume}\"",
                self.volume
                    .as_ref()
                    .map_or_else(|| "NAME".into(), ToString::to_string)
            ),
        }
    }
}
