//! Planned doses against prescribed ones.

use core::fmt;

use chemorad::report::{Code, Observation, Outcome, Subject, Values, Written};
use chemorad::written;

use super::words::centigray;
use crate::amount::{Amount, Comparison};
use crate::codes;
use crate::dose_unknown::{DoseUnknown, TOO_LONG, WhyStated};

/// A planned dose against the prescribed one.
#[derive(Debug, Clone)]
#[allow(clippy::large_enum_variant, reason = "nearly every dose is compared")]
pub enum JudgedDose {
    /// The planned dose is not known.
    Unknown(DoseUnknown),
    /// The numbers have too many digits.
    TooLong,
    /// Compared.
    Compared {
        /// Both, and how far apart they are.
        comparison: Comparison,
        /// How the planned dose was reached, where it was not read as it is.
        arithmetic: Option<Written>,
        /// It is the dose the plan states, and why that of its beams is not taken.
        stated: Option<WhyStated>,
    },
}

/// A dose of a phase or of the whole course.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum DoseFinding {
    /// A dose of a plan's beams that is another volume's.
    OtherVolume {
        /// The volume of the phase.
        at: Subject,
        /// It is the dose of another volume of the phase.
        of_another: bool,
        /// The plan states the dose that is prescribed to this volume.
        is_stated: bool,
        /// The beams can give another dose than that of any volume, and why.
        open: Option<WhyStated>,
        /// The prescribed dose per fraction.
        expected: Option<Amount>,
        /// What is planned.
        planned: Vec<Written>,
    },
    /// Fractions, dose per fraction and total as entered.
    Entry {
        /// The line.
        group: Subject,
        /// The fractions.
        fractions: u32,
        /// The dose per fraction.
        per_fraction: Amount,
        /// Their product against the total; `None` when it has too many digits.
        comparison: Option<Comparison>,
    },
    /// The dose per fraction.
    PerFraction {
        /// The phase or volume.
        at: Subject,
        /// The prescribed dose.
        expected: Amount,
        /// The planned one against it.
        dose: JudgedDose,
    },
    /// The total dose of a phase.
    Total {
        /// The phase or volume.
        at: Subject,
        /// The prescribed dose.
        expected: Amount,
        /// The planned one against it.
        dose: JudgedDose,
        /// The number of fractions differs.
        in_other_fractions: bool,
    },
    /// The cumulative dose of a volume is not known.
    CumulativeUnknown {
        /// The volume.
        volume: String,
        /// The prescribed dose.
        expected: Amount,
        /// The phases whose dose is not known.
        phases: Vec<String>,
    },
    /// The cumulative dose of a volume.
    Cumulative {
        /// The volume.
        volume: String,
        /// The planned dose against the prescribed one; `None` when it has too many digits.
        comparison: Option<Comparison>,
        /// The phases without a plan.
        missing: Vec<String>,
        /// The sum, where there is more than one phase.
        arithmetic: Option<Written>,
        /// A dose in it is one that a plan states, and why that of its beams is not taken.
        stated: Option<WhyStated>,
    },
}

impl Observation for DoseFinding {
    fn code(&self) -> &Code {
        match self {
            Self::OtherVolume { .. } | Self::PerFraction { .. } => &codes::DOSE_PER_FRACTION,
            Self::Entry { .. } => &codes::ARITHMETIC,
            Self::Total { .. } | Self::CumulativeUnknown { .. } | Self::Cumulative { .. } => {
                &codes::TOTAL
            }
        }
    }

    fn outcome(&self) -> Outcome {
        match self {
            Self::OtherVolume {
                of_another: false,
                open: None,
                ..
            } => Outcome::Fail,
            Self::OtherVolume {
                is_stated: true, ..
            } => Outcome::NotApplicable,
            // a dose that is missing never passes
            Self::OtherVolume { .. } | Self::CumulativeUnknown { .. } => Outcome::CannotTell,
            Self::Cumulative {
                comparison: Some(comparison),
                stated: Some(_),
                missing,
                ..
            } if !comparison.within && missing.is_empty() => Outcome::CannotTell,
            Self::Entry { comparison, .. } | Self::Cumulative { comparison, .. } => comparison
                .as_ref()
                .map_or(Outcome::CannotTell, Comparison::outcome),
            Self::PerFraction { dose, .. } | Self::Total { dose, .. } => match dose {
                JudgedDose::Compared {
                    comparison, stated, ..
                } if comparison.within || stated.is_none() => comparison.outcome(),
                _ => Outcome::CannotTell,
            },
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Entry { group: at, .. }
            | Self::OtherVolume { at, .. }
            | Self::PerFraction { at, .. }
            | Self::Total { at, .. } => at.clone(),
            Self::CumulativeUnknown { volume, .. } | Self::Cumulative { volume, .. } => {
                Subject::volume(volume.clone())
            }
        }
    }

    fn values(&self) -> Values {
        match self {
            Self::OtherVolume {
                expected, planned, ..
            } => {
                let found = Written::joined(planned, "; ");
                match expected {
                    Some(dose) => Values::expected(dose).and_found(found),
                    None => Values::found(found),
                }
            }
            Self::Entry {
                fractions,
                per_fraction,
                comparison: Some(comparison),
                ..
            } => comparison.values().arithmetic(written!(
                "{} x {} = {}",
                fractions,
                per_fraction.in_arithmetic(),
                comparison.found.in_arithmetic()
            )),
            Self::PerFraction { expected, dose, .. } | Self::Total { expected, dose, .. } => {
                match dose {
                    JudgedDose::Unknown(_) | JudgedDose::TooLong => Values::expected(expected),
                    JudgedDose::Compared {
                        comparison,
                        arithmetic,
                        ..
                    } => with_arithmetic(comparison, arithmetic.as_ref()),
                }
            }
            Self::CumulativeUnknown { expected, .. } => Values::expected(expected),
            Self::Cumulative {
                comparison: Some(comparison),
                arithmetic,
                ..
            } => with_arithmetic(comparison, arithmetic.as_ref()),
            // more digits than can be compared
            Self::Entry {
                comparison: None, ..
            }
            | Self::Cumulative {
                comparison: None, ..
            } => Values::default(),
        }
    }
}

fn with_arithmetic(comparison: &Comparison, arithmetic: Option<&Written>) -> Values {
    let values = comparison.values();
    match arithmetic {
        Some(arithmetic) => values.arithmetic(arithmetic),
        None => values,
    }
}

impl fmt::Display for DoseFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherVolume {
                of_another: true,
                is_stated: false,
                ..
            } => f.write_str(
                "nothing gives or states the dose of this volume: the beams state the dose of one point, which is in another volume, and no target has the dose that is prescribed to this one",
            ),
            Self::OtherVolume {
                of_another: true, ..
            } => f.write_str(
                "the plan states the prescribed dose of this volume; its beams state the dose of one point, which is in another",
            ),
            Self::OtherVolume {
                open: Some(why),
                is_stated,
                ..
            } => {
                f.write_str(if *is_stated {
                    "the plan states the prescribed dose of this volume; "
                } else {
                    "what this volume gets is not known, as no target has the dose that is prescribed to it; "
                })?;
                why.fmt(f)
            }
            Self::OtherVolume { .. } => f.write_str(
                "the planned dose per fraction is not that of this volume; a plan's beams state the dose of one point only",
            ),
            Self::Entry { comparison, .. } => f.write_str(match comparison {
                None => TOO_LONG,
                Some(comparison) if comparison.within => {
                    "the entered numbers agree with one another"
                }
                Some(_) => {
                    "the entered numbers do not agree with one another: fractions times dose per fraction is not the total"
                }
            }),
            Self::PerFraction { dose, .. } => per_fraction(f, dose),
            Self::Total {
                dose,
                in_other_fractions,
                ..
            } => total(f, dose, *in_other_fractions),
            Self::CumulativeUnknown { phases, .. } => write!(
                f,
                "the cumulative dose is not known, as the dose of some phases is not: {}",
                phases.join(", ")
            ),
            Self::Cumulative {
                comparison,
                missing,
                stated,
                ..
            } => cumulative(f, comparison.as_ref(), missing, stated.as_ref()),
        }
    }
}

fn per_fraction(f: &mut fmt::Formatter<'_>, dose: &JudgedDose) -> fmt::Result {
    match dose {
        JudgedDose::Unknown(why) => write!(f, "the dose per fraction is not known: {why}"),
        JudgedDose::TooLong => f.write_str(TOO_LONG),
        JudgedDose::Compared {
            comparison, stated, ..
        } => match (comparison.within, stated) {
            (true, None) => f.write_str("the dose per fraction is as prescribed"),
            (true, Some(why)) => write!(f, "the dose the plan states is as prescribed; {why}"),
            (false, None) => {
                f.write_str("the dose per fraction is not as prescribed")?;
                centigray(f, comparison)
            }
            (false, Some(why)) => write!(
                f,
                "the dose the plan states divided by its fractions is not as prescribed (is it the dose of the whole course?), and {why}"
            ),
        },
    }
}

fn total(f: &mut fmt::Formatter<'_>, dose: &JudgedDose, in_other_fractions: bool) -> fmt::Result {
    match dose {
        JudgedDose::Unknown(why) => write!(f, "the total dose is not known: {why}"),
        JudgedDose::TooLong => f.write_str(TOO_LONG),
        JudgedDose::Compared {
            comparison, stated, ..
        } => match (comparison.within, stated) {
            (true, _) if in_other_fractions => f.write_str(
                "the total dose is as prescribed, but it is reached in other fractions: that the total agrees does not make them right",
            ),
            (true, None) => f.write_str("the total dose is as prescribed"),
            (true, Some(why)) => {
                write!(f, "the total dose the plan states is as prescribed; {why}")
            }
            (false, None) => {
                f.write_str("the total dose is not as prescribed")?;
                centigray(f, comparison)
            }
            (false, Some(why)) => write!(
                f,
                "the dose the plan states is not that of this phase (is it the dose of the whole course?), and {why}"
            ),
        },
    }
}

fn cumulative(
    f: &mut fmt::Formatter<'_>,
    comparison: Option<&Comparison>,
    missing: &[String],
    stated: Option<&WhyStated>,
) -> fmt::Result {
    let Some(comparison) = comparison else {
        return f.write_str(TOO_LONG);
    };
    if comparison.within {
        f.write_str("the cumulative dose is as prescribed")?;
    } else {
        f.write_str("the cumulative dose is not as prescribed")?;
        centigray(f, comparison)?;
        if !missing.is_empty() {
            write!(f, ": nothing is planned for {}", missing.join(", "))?;
        }
    }
    match stated {
        Some(why) => write!(f, "; a dose in it is the one a plan states: {why}"),
        None => Ok(()),
    }
}
