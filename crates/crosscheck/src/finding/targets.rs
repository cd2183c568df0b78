//! What a plan states of its targets, but for the comparison of their doses.

use core::fmt;

use chemorad::report::{Code, Identifying, Observation, Outcome, Subject, Values};
use chemorad_dosimetry::PlannedTarget;

use super::words::{hundredfold, targets_in_words};
use crate::amount::{Amount, Comparison};
use crate::codes;
use crate::dose_unknown::{DoseUnknown, TOO_LONG};

type Name = Identifying<String>;

/// A limit that a plan states for a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetLimit {
    /// Target Minimum Dose.
    Minimum,
    /// Target Maximum Dose.
    Maximum,
    /// Delivery Maximum Dose.
    DeliveryMaximum,
}

/// Whether a limit allows the dose of its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitFit {
    /// It does.
    Allows,
    /// It does not.
    Excludes,
    /// It does, and is so far away that its unit is in doubt.
    FarAway,
    /// The numbers have too many digits.
    TooLong,
}

/// What a plan states of its targets, or leaves out.
///
/// See [`CrossCheck`](crate::CrossCheck) for an example.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum TargetFinding {
    /// No dose is stated for a target.
    NoStatedDose {
        /// The plan.
        plan: Name,
        /// It names a target.
        names_target: bool,
        /// Other references with a dose.
        others: Vec<PlannedTarget>,
    },
    /// The sum of the beams is not compared.
    BeamsNotCompared {
        /// The plan.
        plan: Name,
        /// Why their dose is not known; `None` where the plan states no dose.
        why: Option<DoseUnknown>,
        /// Why a person accepts the stated dose all the same.
        accepted: Option<String>,
    },
    /// A dose reference states another dose than the fraction groups linked to it.
    StatedTwice {
        /// The plan.
        plan: Name,
        /// The target.
        target: Name,
        /// The doses of the groups against that of the reference; `None` when they have too many digits.
        comparison: Option<Comparison>,
    },
    /// A limit of a target.
    Limit {
        /// The plan.
        plan: Name,
        /// The target.
        target: Name,
        /// Which limit.
        which: TargetLimit,
        /// Whether it allows the dose.
        fits: LimitFit,
        /// The limit.
        limit: Amount,
        /// The dose of the target.
        dose: Amount,
    },
    /// Doses that are stated for quality assurance.
    ForQualityAssurance {
        /// The plan.
        plan: Name,
        /// The dose references.
        targets: Vec<PlannedTarget>,
    },
    /// The targets of a plan.
    Listed {
        /// The plan.
        plan: Name,
        /// Its targets.
        targets: Vec<PlannedTarget>,
        /// How many doses its phases prescribe, those of several phases together included.
        prescribed: usize,
    },
}

impl Observation for TargetFinding {
    fn code(&self) -> &Code {
        match self {
            Self::NoStatedDose { .. }
            | Self::StatedTwice { .. }
            | Self::ForQualityAssurance { .. } => &codes::PRESCRIPTION,
            Self::BeamsNotCompared { .. } => &codes::BEAM_SUM,
            Self::Limit { .. } => &codes::TARGET_LIMITS,
            Self::Listed { .. } => &codes::MULTIPLE_TARGETS,
        }
    }

    fn outcome(&self) -> Outcome {
        match self {
            Self::StatedTwice {
                comparison: Some(_),
                ..
            }
            | Self::Limit {
                fits: LimitFit::Excludes,
                ..
            } => Outcome::Fail,
            Self::NoStatedDose { .. }
            | Self::StatedTwice { .. }
            | Self::BeamsNotCompared { accepted: None, .. }
            | Self::Limit {
                fits: LimitFit::TooLong,
                ..
            } => Outcome::CannotTell,
            Self::BeamsNotCompared { .. }
            | Self::Limit {
                fits: LimitFit::FarAway,
                ..
            } => Outcome::Warn,
            Self::Listed {
                targets,
                prescribed,
                ..
            } if targets.len() > (*prescribed).max(1) => Outcome::Warn,
            Self::Listed { .. }
            | Self::Limit {
                fits: LimitFit::Allows,
                ..
            } => Outcome::Pass,
            Self::ForQualityAssurance { .. } => Outcome::NotApplicable,
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::StatedTwice { plan, target, .. } | Self::Limit { plan, target, .. } => {
                Subject::source(plan.clone()).part(Subject::target(target.clone()))
            }
            Self::NoStatedDose { plan, .. }
            | Self::BeamsNotCompared { plan, .. }
            | Self::ForQualityAssurance { plan, .. }
            | Self::Listed { plan, .. } => Subject::source(plan.clone()),
        }
    }

    fn values(&self) -> Values {
        match self {
            Self::NoStatedDose { others, .. } if !others.is_empty() => {
                Values::found(targets_in_words(others))
            }
            Self::StatedTwice {
                comparison: Some(comparison),
                ..
            } => comparison.values(),
            Self::Limit {
                which, limit, dose, ..
            } => Values::expected(match which {
                TargetLimit::Minimum => format!("at most {dose}"),
                TargetLimit::Maximum | TargetLimit::DeliveryMaximum => format!("at least {dose}"),
            })
            .and_found(limit),
            Self::ForQualityAssurance { targets, .. } => Values::found(targets_in_words(targets)),
            Self::Listed {
                targets,
                prescribed,
                ..
            } => {
                let words = targets_in_words(targets);
                match (targets.len(), prescribed) {
                    (1, _) => Values::found(words),
                    (many, 0 | 1) => {
                        Values::expected("1 target").and_found(format!("{many}: {words}"))
                    }
                    (many, most) => Values::expected(format!("at most {most} targets"))
                        .and_found(format!("{many}: {words}")),
                }
            }
            // nothing was compared
            Self::NoStatedDose { .. }
            | Self::BeamsNotCompared { .. }
            | Self::StatedTwice {
                comparison: None, ..
            } => Values::default(),
        }
    }
}

impl fmt::Display for TargetFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoStatedDose {
                names_target,
                others,
                ..
            } => f.write_str(if *names_target {
                "the plan names a target and states no dose for it"
            } else if others.is_empty() {
                "the plan states no prescription: it has no target with a dose"
            } else {
                "the plan states doses for references that are not declared targets, so what is prescribed is not known"
            }),
            Self::BeamsNotCompared { why, accepted, .. } => {
                match why {
                    None => f.write_str("the plan states no dose to compare its beams with")?,
                    Some(why) => write!(f, "what the beams give is not known: {why}")?,
                }
                match accepted {
                    Some(reason) => write!(f, "; the stated dose was accepted: {reason}"),
                    None => Ok(()),
                }
            }
            Self::StatedTwice { comparison, .. } => match comparison {
                Some(comparison) => stated_twice(f, comparison),
                None => f.write_str(TOO_LONG),
            },
            Self::Limit {
                which,
                fits,
                limit,
                dose,
                ..
            } => target_limit(f, *which, *fits, *limit, *dose),
            Self::ForQualityAssurance { .. } => f.write_str(
                "doses that are stated for quality assurance (Dose Value Purpose QA) are no prescription and were not compared",
            ),
            Self::Listed {
                targets,
                prescribed,
                ..
            } => f.write_str(match targets.len() {
                1 => "one target is stated",
                many if many <= *prescribed => {
                    "several targets are stated, as several doses are prescribed; all are compared, and none is chosen by its position"
                }
                _ => {
                    "several targets are stated; all are compared, and none is chosen by its position"
                }
            }),
        }
    }
}

/// A dose reference and the fraction groups linked to it.
fn stated_twice(f: &mut fmt::Formatter<'_>, comparison: &Comparison) -> fmt::Result {
    f.write_str("the plan states one dose for this target and its fraction groups another")?;
    hundredfold(f, comparison.expected, comparison.found)
}

fn target_limit(
    f: &mut fmt::Formatter<'_>,
    which: TargetLimit,
    fits: LimitFit,
    limit: Amount,
    dose: Amount,
) -> fmt::Result {
    if fits == LimitFit::TooLong {
        return f.write_str(TOO_LONG);
    }
    f.write_str(match which {
        TargetLimit::Minimum => "the least dose the plan allows the target",
        TargetLimit::Maximum => "the largest dose the plan allows the target",
        TargetLimit::DeliveryMaximum => "the dose at which delivery to the target stops",
    })?;
    f.write_str(match (fits, which) {
        (LimitFit::Allows | LimitFit::TooLong, _) => " allows its dose",
        (LimitFit::Excludes, TargetLimit::Minimum) => " is above its dose",
        (LimitFit::Excludes, _) => " is below its dose",
        (LimitFit::FarAway, TargetLimit::Minimum) => " is less than half of its dose",
        (LimitFit::FarAway, _) => " is more than twice its dose",
    })?;
    let is_unit = limit.is_multiple(dose, 100) || dose.is_multiple(limit, 100);
    match fits {
        LimitFit::Allows => Ok(()),
        _ if is_unit => hundredfold(f, limit, dose),
        LimitFit::FarAway => f.write_str(": is it in another unit?"),
        LimitFit::Excludes | LimitFit::TooLong => Ok(()),
    }
}
