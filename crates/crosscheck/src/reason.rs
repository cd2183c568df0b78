//! Why a fraction group is matched to a phase, or to none.

use core::fmt;

use chemorad::report::Subject;

/// Why a fraction group is matched to its phase, or to none.
///
/// ```
/// use chemorad_crosscheck::MatchReason;
/// assert_eq!(MatchReason::ByHand.to_string(), "assigned by hand");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum MatchReason {
    /// Someone assigned it.
    ByHand,
    /// Its numbers are those of one phase.
    Numbers {
        /// It has the name of the phase too.
        named: bool,
        /// Some of its numbers are not known.
        some_unknown: bool,
        /// It is the dose that the plan states, and not that of the beams.
        by_stated_dose: bool,
    },
    /// It has the name of the phase.
    Name,
    /// There is one group and one phase.
    OnlyOne,
    /// One group and one phase are left.
    LastOne,
    /// Its name and its numbers are those of two phases.
    NameAgainstNumbers {
        /// The phase it has the name of.
        named: String,
        /// The phase it has the numbers of.
        numbers: String,
    },
    /// Another group is this phase.
    Taken(String),
    /// With these other groups it has the fractions of one phase, each with its dose per fraction and its target.
    PartOf {
        /// The other groups.
        others: Vec<Subject>,
    },
    /// With other plans it has the fractions of this phase, and two of them have as many, as copies of one plan have.
    EqualParts(String),
    /// Several groups have the numbers of this phase.
    SeveralGroups(String),
    /// Several phases have its numbers.
    SeveralPhases(Vec<String>),
    /// Not enough is known of it.
    Undecided,
    /// Another group has its name, and no phase its numbers.
    NameTwice(String),
    /// It has the numbers of this phase, whose dose is not added to the others.
    NotAdded(String),
    /// No phase has its numbers.
    NoPhase,
}

impl fmt::Display for MatchReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ByHand => f.write_str("assigned by hand"),
            Self::Numbers {
                named,
                some_unknown,
                by_stated_dose,
            } => {
                if *named {
                    f.write_str("it has the name of this phase, and ")?;
                }
                f.write_str(if *by_stated_dose {
                    "its fractions and the dose the plan states are those of this phase and of no other; the dose of its beams is not"
                } else if *some_unknown {
                    "what is known of its fractions and dose is as in this phase and in no other"
                } else {
                    "its fractions and dose per fraction are those of this phase and of no other"
                })
            }
            Self::Name => f.write_str("it has the name of this phase"),
            Self::OnlyOne => f.write_str("there is one group and one phase"),
            Self::LastOne => {
                f.write_str("it is the only group and this the only phase that is left")
            }
            Self::NameAgainstNumbers { named, numbers } => write!(
                f,
                "it has the name of phase {named} and has the numbers of phase {numbers}"
            ),
            Self::Taken(phase) => write!(f, "phase {phase} is given by another group already"),
            Self::PartOf { others } => {
                let others: Vec<String> = others.iter().map(ToString::to_string).collect();
                write!(
                    f,
                    "its dose per fraction and its target are those of this phase, and its fractions are with those of {}",
                    others.join(", ")
                )
            }
            Self::EqualParts(phase) => write!(
                f,
                "with other plans it has the fractions of phase {phase}, but plans with equally many fractions can be copies of one"
            ),
            Self::SeveralGroups(phase) => {
                write!(f, "more than one group has the numbers of phase {phase}")
            }
            Self::SeveralPhases(phases) => write!(
                f,
                "its numbers are those of more than one phase: {}",
                phases.join(", ")
            ),
            Self::Undecided => f.write_str("what is known of it does not tell its phase"),
            Self::NameTwice(phase) => write!(
                f,
                "it has the name of phase {phase}, as another group does, and has the numbers of no phase"
            ),
            Self::NotAdded(phase) => write!(
                f,
                "its fractions and dose per fraction are those of phase {phase}, whose dose is not added to the others"
            ),
            Self::NoPhase => f.write_str("its numbers are those of no phase"),
        }
    }
}

/// As text.
impl serde::Serialize for MatchReason {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
