//! What a plan states of its targets, but for the comparison of their doses.

use core::fmt;

use chemorad::report::{Code, Identifying, Observation, Outcome, Subject, Values};
use chemorad::written;
use chemorad_dosimetry::{MissingDose, PlannedTarget, TargetKind};

use super::limit::{LimitFit, TargetLimit, target_limit};
use super::no_target::{RegionFit, no_target, of_no_target, region};
use super::stated_dose::StatedDose;
use super::words::{hundredfold, targets_in_words};
use crate::amount::{Amount, Comparison};
use crate::codes;
use crate::dose_unknown::{DoseUnknown, TOO_LONG};
use crate::organ_name::is_any_organ;

type Name = Identifying<String>;

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
    /// A prescribed dose that is stated for a reference that is no target.
    OfNoTarget {
        /// The dose against the prescription.
        stated: Box<StatedDose>,
        /// What the reference is for.
        kind: TargetKind,
        /// The plan lists it.
        is_listed: bool,
        /// The plan says in words what it is.
        is_described: bool,
        /// It has the name of a volume of the course.
        names_volume: bool,
    },
    /// Fraction groups name a dose reference that the plan does not list.
    LinkToNothing {
        /// The plan.
        plan: Name,
        /// What they name.
        target: Name,
        /// The fraction groups.
        groups: Vec<String>,
    },
    /// A target with the region of the structure set that it is.
    Region {
        /// The plan.
        plan: Name,
        /// The target.
        target: Name,
        /// The number of the region.
        number: i32,
        /// What it is called; `None` where the structure set does not name it.
        region: Option<Name>,
        /// What that says.
        fits: RegionFit,
    },
    /// The beams of a fraction group name a dose reference as that of their dose which is not for this group.
    OtherReference {
        /// The fraction group.
        group: Subject,
        /// The dose reference; `None` where the plan does not list it.
        target: Option<Name>,
        /// Why a person accepts the stated dose all the same.
        accepted: Option<String>,
    },
    /// A dose is stated for a target that has the name of no prescribed volume, and other targets are all of
    /// them.
    NobodyPrescribed {
        /// The plan.
        plan: Name,
        /// The target.
        target: Name,
        /// The dose stated for it.
        stated: Option<Amount>,
        /// The volumes that its phases prescribe to.
        volumes: Vec<String>,
    },
    /// A dose of earlier treatment that is not that of the phases before.
    GivenBefore {
        /// The plan.
        plan: Name,
        /// The target.
        target: Name,
        /// The dose.
        dose: Amount,
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
        /// The fraction group that states it, where the dose reference itself does not.
        group: Option<String>,
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
        /// More of them state one prescribed dose than volumes have it.
        alike: Vec<Name>,
    },
}

impl Observation for TargetFinding {
    fn code(&self) -> &Code {
        match self {
            Self::NoStatedDose { .. }
            | Self::StatedTwice { .. }
            | Self::OfNoTarget { .. }
            | Self::LinkToNothing { .. }
            | Self::GivenBefore { .. }
            | Self::ForQualityAssurance { .. } => &codes::PRESCRIPTION,
            Self::NobodyPrescribed { .. } => &codes::NOT_PRESCRIBED,
            Self::Region { .. } => &codes::VOLUME_MATCH,
            Self::BeamsNotCompared { .. } | Self::OtherReference { .. } => &codes::BEAM_SUM,
            Self::Limit { .. } => &codes::TARGET_LIMITS,
            Self::Listed { .. } => &codes::MULTIPLE_TARGETS,
        }
    }

    fn outcome(&self) -> Outcome {
        match self {
            Self::OfNoTarget {
                stated,
                kind,
                is_listed,
                is_described,
                names_volume,
            } => {
                let is_organ = *kind == TargetKind::OrganAtRisk && *is_described;
                of_no_target(stated, *is_listed, *names_volume, is_organ)
            }
            Self::StatedTwice {
                comparison: Some(_),
                ..
            }
            | Self::Region {
                fits: RegionFit::Contradicts,
                ..
            }
            | Self::Limit {
                fits: LimitFit::Excludes,
                ..
            } => Outcome::Fail,
            Self::NoStatedDose { .. }
            | Self::LinkToNothing { .. }
            | Self::Region {
                fits: RegionFit::Missing | RegionFit::NoTarget | RegionFit::Organ,
                ..
            }
            | Self::StatedTwice { .. }
            | Self::NobodyPrescribed { .. }
            | Self::OtherReference { accepted: None, .. }
            | Self::BeamsNotCompared { accepted: None, .. }
            | Self::Limit {
                fits: LimitFit::TooLong,
                ..
            } => Outcome::CannotTell,
            Self::BeamsNotCompared { .. }
            | Self::OtherReference { .. }
            | Self::GivenBefore { .. }
            | Self::Limit {
                fits: LimitFit::FarAway,
                ..
            } => Outcome::Warn,
            Self::Listed {
                targets,
                prescribed,
                alike,
                ..
            } if targets.len() > (*prescribed).max(1) || !alike.is_empty() => Outcome::Warn,
            Self::Listed { .. }
            | Self::Region {
                fits: RegionFit::Same,
                ..
            }
            | Self::Limit {
                fits: LimitFit::Allows,
                ..
            } => Outcome::Pass,
            Self::ForQualityAssurance { .. }
            | Self::Region {
                fits: RegionFit::NotTold,
                ..
            } => Outcome::NotApplicable,
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::OfNoTarget { stated, .. } => stated.subject(),
            Self::OtherReference { group, .. } => group.clone(),
            Self::StatedTwice { plan, target, .. }
            | Self::LinkToNothing { plan, target, .. }
            | Self::Region { plan, target, .. }
            | Self::NobodyPrescribed { plan, target, .. }
            | Self::GivenBefore { plan, target, .. } => at_target(plan, target),
            Self::Limit {
                plan,
                target,
                group,
                ..
            } => match group {
                Some(group) => at_target(plan, target).part(Subject::path(group.clone())),
                None => at_target(plan, target),
            },
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
            Self::OfNoTarget { stated, .. } => stated.values(),
            Self::LinkToNothing { groups, .. } => Values::found(groups.join(", ")),
            Self::Region { number, region, .. } => Values::found(match region {
                Some(name) => format!("region {number}, {name}"),
                None => format!("region {number}"),
            }),
            Self::OtherReference { target, .. } => match target {
                Some(name) => Values::found(name),
                None => Values::default(),
            },
            Self::NobodyPrescribed {
                stated, volumes, ..
            } => {
                let values = Values::expected(format!("one of {}", volumes.join(", ")));
                match stated {
                    Some(dose) => values.and_found(dose),
                    None => values,
                }
            }
            Self::GivenBefore { dose, .. } => Values::found(dose),
            Self::Limit {
                which, limit, dose, ..
            } => Values::expected(match which {
                TargetLimit::Minimum => written!("at most {}", dose),
                TargetLimit::Maximum | TargetLimit::DeliveryMaximum => {
                    written!("at least {}", dose)
                }
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
                        Values::expected("1 target").and_found(written!("{}: {}", many, words))
                    }
                    (many, most) => Values::expected(format!("at most {most} targets"))
                        .and_found(written!("{}: {}", many, words)),
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
            Self::OfNoTarget {
                stated,
                kind,
                is_listed,
                ..
            } => no_target(f, stated, kind, *is_listed),
            Self::LinkToNothing { .. } => f.write_str(
                "a fraction group names a dose reference that the plan does not list, so for what it is given is not known (is the file cut off?)",
            ),
            Self::Region { fits, .. } => f.write_str(region(*fits)),
            Self::OtherReference {
                target, accepted, ..
            } => {
                f.write_str(match target {
                    Some(_) => "the beams state the dose of a dose reference (Referenced Dose Reference UID) that the plan links to other fraction groups only: which of the two is right cannot be told",
                    None => "the beams state the dose of a dose reference (Referenced Dose Reference UID) that the plan does not list, so where it is the dose is not known",
                })?;
                match accepted {
                    Some(reason) => write!(f, "; the stated dose was accepted: {reason}"),
                    None => Ok(()),
                }
            }
            Self::NobodyPrescribed {
                target, volumes, ..
            } => nobody_prescribed(f, target, volumes),
            Self::GivenBefore { .. } => f.write_str(
                "the plan states a dose that was given to this target before (Nominal Prior Dose), and it is not that of the phases before: a person must see what was given",
            ),
            Self::BeamsNotCompared { why, accepted, .. } => {
                match why {
                    None => f.write_str("the plan states no dose to compare its beams with")?,
                    Some(why @ DoseUnknown::Missing(MissingDose::NoSetupDose { .. })) => {
                        write!(f, "what the application setups give is not known: {why}")?;
                    }
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
                alike,
                prescribed,
                ..
            } if targets.len() <= *prescribed && !alike.is_empty() => write!(
                f,
                "several targets state one prescribed dose, and it is prescribed to fewer volumes: which of them is meant? {}",
                alike.iter().map(Identifying::quoted).collect::<Vec<_>>().join(", ")
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

fn at_target(plan: &Name, target: &Name) -> Subject {
    Subject::source(plan.clone()).part(Subject::target(target.clone()))
}

/// A dose reference and the fraction groups linked to it.
fn stated_twice(f: &mut fmt::Formatter<'_>, comparison: &Comparison) -> fmt::Result {
    f.write_str("the plan states one dose for this target and its fraction groups another")?;
    hundredfold(f, comparison.expected, comparison.found)
}

fn nobody_prescribed(f: &mut fmt::Formatter<'_>, target: &Name, volumes: &[String]) -> fmt::Result {
    f.write_str("a dose is stated for a target that is called as no prescribed volume, and other targets are the volumes that are prescribed to: nobody prescribed it")?;
    // what is spared as a rule is part of no target
    if is_any_organ(target.reveal()) {
        return Ok(());
    }
    write!(
        f,
        "; where the target is part of one of them, say so, for example \"{target}={}\"",
        volumes.first().map_or("VOLUME", |volume| volume)
    )
}
