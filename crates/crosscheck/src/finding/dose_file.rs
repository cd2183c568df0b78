//! Dose files that go with the plans.

use core::fmt;

use chemorad::report::{Code, Identifying, Observation, Outcome, Subject, Values};
use chemorad_dosimetry::{DoseType, DoseUnits, SummationType, beams_in_words};

use super::words::joined;
use crate::codes;

type Name = Identifying<String>;

/// What a dose file says, against the plans.
///
/// See [`CrossCheck`](crate::CrossCheck) for an example.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum DoseFileFinding {
    /// The unit of its numbers.
    Unit {
        /// The file.
        dose: Name,
        /// Its unit.
        units: DoseUnits,
    },
    /// What its numbers are.
    Kind {
        /// The file.
        dose: Name,
        /// What they are.
        dose_type: DoseType,
    },
    /// What it sums.
    Sum {
        /// The file.
        dose: Name,
        /// What it sums.
        sum: SummationType,
        /// The beams.
        beams: Vec<i32>,
        /// How many plans it refers to.
        plans: usize,
        /// It is the dose of the only fraction group of its plan.
        of_only_group: bool,
        /// Those of all other fraction groups of its plan are given too.
        with_the_others: bool,
        /// Called the dose of whole plans: the parts that neither it nor another dose names.
        missing: Vec<String>,
    },
    /// The plans it refers to.
    Plans {
        /// The file.
        dose: Name,
        /// All plans that were read.
        plans: Vec<Name>,
        /// Those it refers to.
        named: Vec<Name>,
        /// Others it refers to, by their identifiers.
        elsewhere: Vec<String>,
        /// A plan that was read or not could be one it refers to.
        open: bool,
    },
    /// Parts that it names and its plan does not have.
    NoSuchPart {
        /// The file.
        dose: Name,
        /// The plan.
        plan: Name,
        /// The parts.
        missing: Vec<String>,
    },
    /// It lies in another frame of reference than its plans.
    OtherFrame {
        /// The file.
        dose: Name,
        /// The plans.
        plans: Vec<Name>,
    },
    /// It refers to another structure set than its plans.
    OtherStructures {
        /// The file.
        dose: Name,
        /// The plans.
        plans: Vec<Name>,
    },
    /// It refers to another structure set than the one it is held against.
    OtherSet {
        /// The file.
        dose: Name,
        /// The structure set.
        set: Name,
    },
    /// A structure set that limits are not held against: the doses name another one, or the plans do.
    SetNotUsed {
        /// The structure set.
        set: Name,
        /// The one that limits are held against.
        used: Name,
    },
    /// Several doses of one whole plan.
    Several {
        /// The plan.
        plan: Name,
        /// The files.
        doses: Vec<Name>,
    },
}

impl Observation for DoseFileFinding {
    fn code(&self) -> &Code {
        match self {
            Self::Unit { .. } => &codes::UNITS,
            Self::Kind { .. } => &codes::TYPE,
            Self::Sum { .. } => &codes::SUM_TYPE,
            Self::Plans { .. } | Self::Several { .. } | Self::NoSuchPart { .. } => {
                &codes::REFERENCES_PLAN
            }
            Self::OtherFrame { .. } => &codes::DOSE_FRAME,
            Self::OtherStructures { .. } | Self::OtherSet { .. } | Self::SetNotUsed { .. } => {
                &codes::DOSE_STRUCTURES
            }
        }
    }

    fn outcome(&self) -> Outcome {
        match self {
            Self::Unit { units, .. } => match units {
                DoseUnits::Gray => Outcome::Pass,
                DoseUnits::Other(_) => Outcome::Fail,
                DoseUnits::Relative | DoseUnits::NotStated => Outcome::CannotTell,
            },
            Self::Kind { dose_type, .. } => match dose_type {
                DoseType::Physical => Outcome::Pass,
                DoseType::Effective => Outcome::Warn,
                DoseType::Error | DoseType::Other(_) => Outcome::Fail,
                DoseType::NotStated => Outcome::CannotTell,
            },
            Self::Sum {
                sum,
                plans,
                of_only_group,
                with_the_others,
                missing,
                ..
            } => match sum {
                _ if !missing.is_empty() => Outcome::Warn,
                SummationType::MultiPlan if *plans < 2 => Outcome::Warn,
                SummationType::Fraction if *of_only_group => Outcome::Pass,
                SummationType::Fraction | SummationType::Beam | SummationType::Brachy
                    if *with_the_others =>
                {
                    Outcome::Pass
                }
                SummationType::Plan | SummationType::MultiPlan => Outcome::Pass,
                SummationType::Fraction | SummationType::Beam | SummationType::Brachy => {
                    Outcome::Warn
                }
                SummationType::Other(_) | SummationType::NotStated => Outcome::CannotTell,
            },
            Self::Plans {
                named,
                elsewhere,
                open,
                ..
            } => match (named.is_empty(), elsewhere.is_empty()) {
                (true, false) if !open => Outcome::Fail,
                (false, true) => Outcome::Pass,
                _ => Outcome::CannotTell,
            },
            Self::NoSuchPart { .. } => Outcome::Fail,
            Self::OtherFrame { .. } => Outcome::CannotTell,
            Self::OtherStructures { .. }
            | Self::OtherSet { .. }
            | Self::SetNotUsed { .. }
            | Self::Several { .. } => Outcome::Warn,
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Several { plan: file, .. }
            | Self::Unit { dose: file, .. }
            | Self::Kind { dose: file, .. }
            | Self::Sum { dose: file, .. }
            | Self::NoSuchPart { dose: file, .. }
            | Self::OtherFrame { dose: file, .. }
            | Self::OtherStructures { dose: file, .. }
            | Self::OtherSet { dose: file, .. }
            | Self::SetNotUsed { set: file, .. }
            | Self::Plans { dose: file, .. } => Subject::source(file.clone()),
        }
    }

    fn values(&self) -> Values {
        match self {
            Self::Unit { units, .. } => Values::expected("GY").and_found(match units {
                DoseUnits::Gray => "GY",
                DoseUnits::Relative => "RELATIVE",
                DoseUnits::Other(text) => text,
                DoseUnits::NotStated => "not stated",
            }),
            Self::Kind { dose_type, .. } => {
                Values::expected("PHYSICAL").and_found(match dose_type {
                    DoseType::Physical => "PHYSICAL",
                    DoseType::Effective => "EFFECTIVE",
                    DoseType::Error => "ERROR (a dose difference)",
                    DoseType::Other(text) => text,
                    DoseType::NotStated => "not stated",
                })
            }
            Self::Sum { sum, missing, .. } if !missing.is_empty() => Values::expected(
                "the dose of all parts",
            )
            .and_found(format!("{}, without {}", sum.code(), missing.join(", "))),
            Self::Sum { sum, beams, .. } => {
                Values::expected("PLAN or MULTI_PLAN").and_found(summed(sum, beams))
            }
            Self::Plans {
                plans,
                named,
                elsewhere,
                ..
            } => {
                let mut values = Values::default();
                if !plans.is_empty() {
                    values = Values::expected(joined(plans, ", "));
                }
                if named.is_empty() && elsewhere.is_empty() {
                    return values;
                }
                let named = named.iter().map(ToString::to_string);
                let found: Vec<String> = named.chain(elsewhere.iter().cloned()).collect();
                values.and_found(found.join(", "))
            }
            Self::NoSuchPart { plan, missing, .. } => {
                Values::expected(format!("parts of {plan}")).and_found(missing.join(", "))
            }
            Self::OtherFrame { plans, .. } => {
                Values::expected(format!("the frame of reference of {}", joined(plans, ", ")))
            }
            Self::OtherStructures { plans, .. } => {
                Values::expected(format!("the structure set of {}", joined(plans, ", ")))
            }
            Self::OtherSet { set, .. } | Self::SetNotUsed { used: set, .. } => {
                Values::expected(set)
            }
            Self::Several { doses, .. } => {
                Values::expected("1 dose of the whole plan").and_found(joined(doses, ", "))
            }
        }
    }
}

fn summed(sum: &SummationType, beams: &[i32]) -> String {
    match sum {
        SummationType::Plan => "PLAN".into(),
        SummationType::MultiPlan => "MULTI_PLAN".into(),
        SummationType::Fraction => "one fraction group (FRACTION)".into(),
        SummationType::Brachy => "brachytherapy setups (BRACHY)".into(),
        SummationType::Beam if beams.is_empty() => "beams (BEAM)".into(),
        SummationType::Beam => format!("{} (BEAM)", beams_in_words(beams)),
        SummationType::Other(text) => text.clone(),
        SummationType::NotStated => "not stated".into(),
    }
}

impl fmt::Display for DoseFileFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unit { units, .. } => match units {
                DoseUnits::Gray => "the dose is in gray",
                DoseUnits::Relative => {
                    "the dose is relative and cannot be compared with gray: export it as absolute dose"
                }
                DoseUnits::Other(_) => "the unit is not one that is defined for a dose",
                DoseUnits::NotStated => "the unit of the dose is not stated",
            },
            Self::Kind { dose_type, .. } => match dose_type {
                DoseType::Physical => "absorbed dose",
                DoseType::Effective => {
                    "the dose is weighted for biological effect (EFFECTIVE), not the absorbed dose of the plan"
                }
                DoseType::Error | DoseType::Other(_) => "the file does not hold absorbed dose",
                DoseType::NotStated => "the kind of dose is not stated",
            },
            Self::Sum {
                sum,
                plans,
                of_only_group,
                with_the_others,
                missing,
                ..
            } => match sum {
                _ if !missing.is_empty() => {
                    "the dose is called that of the whole plan, and names only some of its parts"
                }
                SummationType::Beam | SummationType::Brachy if *with_the_others => {
                    "the dose of beams or application setups; those of all of its plan are given"
                }
                SummationType::Fraction if *with_the_others && !of_only_group => {
                    "the dose of a fraction group; those of all others of its plan are given too"
                }
                SummationType::Fraction if *of_only_group => {
                    "the dose of the only fraction group of its plan, which is that of the plan"
                }
                SummationType::Plan => "the dose of a whole plan",
                SummationType::MultiPlan if *plans == 0 => {
                    "the dose of several plans, and it names none of them"
                }
                SummationType::MultiPlan if *plans == 1 => {
                    "the dose of several plans, and it refers to one: is it the dose of that plan alone?"
                }
                SummationType::MultiPlan => "the dose of several plans",
                SummationType::Fraction | SummationType::Beam | SummationType::Brachy => {
                    "the dose of a part of a plan: it is not the dose of the plan until all parts are summed"
                }
                SummationType::Other(_) if sum.is_defined() => {
                    "the dose of sessions, control points, records or an overview is not that of a plan as it is planned, and is not compared as such"
                }
                SummationType::Other(_) => "what the dose sums is not one of the defined terms",
                SummationType::NotStated => "what the dose sums is not stated",
            },
            Self::Plans {
                named,
                elsewhere,
                open,
                ..
            } => match (named.is_empty(), elsewhere.is_empty()) {
                (true, true) => "the dose does not say which plan it belongs to",
                (true, false) if *open => {
                    "the plan that the dose refers to is not among those read"
                }
                (true, false) => {
                    "the dose refers to another plan, or to another version of the plan (SOP Instance UID)"
                }
                (false, true) => "the dose refers to the plan (SOP Instance UID)",
                (false, false) => "the dose refers to plans that are not among those read as well",
            },
            Self::NoSuchPart { .. } => {
                "the dose names parts that its plan does not have: is it that of another version of the plan?"
            }
            Self::OtherFrame { .. } => {
                "the dose lies in another frame of reference than its plan: was it calculated on other images, or brought to them?"
            }
            Self::OtherStructures { .. } => {
                "the dose refers to another structure set than its plan: its histograms are those of other structures"
            }
            Self::SetNotUsed { .. } => {
                "limits are not held against these structures, because the dose, or else the plan, names the other set: are they an earlier version, or those of another phase?"
            }
            Self::OtherSet { .. } => {
                "the dose refers to another structure set than the one that is given (Referenced Structure Set Sequence): was it calculated with these structures?"
            }
            Self::Several { .. } => {
                "several dose files claim to be the dose of the whole plan: which one is it?"
            }
        })
    }
}
