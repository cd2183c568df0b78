//! What beams of a session say of themselves, and what the plan says of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chemorad::number::Decimal;
use chemorad::report::{Code, Finding, Identifying, Observation, Outcome, Subject, Values};
use chemorad::written;
use chemorad_dosimetry::beams_in_words;
use jiff::civil::Date;

use super::alike::places;
use super::codes;
use super::lists::listed;
use super::treatment_record::{RecordedBeam, TreatmentRecord};
use crate::decimal_string::DecimalString;
use crate::plan::purpose::Purpose;

/// What is odd about the beams that records say were given, by themselves or against their plan.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum DeliveryFinding {
    /// Beams whose purpose is none of the standard's: whether they treat is not known.
    Purpose {
        /// Treatment Delivery Type, as written.
        code: String,
        /// The fractions and beams.
        beams: Vec<(u32, i32)>,
    },
    /// Beams that continue a treatment of which there is no record.
    ContinuesNothing {
        /// The fractions and beams.
        beams: Vec<(u32, i32)>,
    },
    /// Beams without a delivered meterset.
    NoMeterset {
        /// The fractions and beams.
        beams: Vec<(u32, i32)>,
    },
    /// Beams that were to give no meterset and gave none.
    NothingGiven {
        /// The fractions and beams.
        beams: Vec<(u32, i32)>,
    },
    /// A beam that was given whole with another meterset than in most fractions.
    Unlike {
        /// The beam.
        beam: i32,
        /// The median of its metersets.
        usual: Decimal,
        /// The least and the most of the others.
        others: (Decimal, Decimal),
        /// The fractions.
        fractions: Vec<u32>,
    },
    /// The records state another number of fractions than the fraction group of the plan.
    OtherCount {
        /// What is planned.
        planned: u32,
        /// What the records state.
        recorded: u32,
        /// The fractions.
        fractions: Vec<u32>,
    },
    /// More fractions were given than the fraction group of the plan has.
    MoreThanPlanned {
        /// What is planned.
        planned: u32,
        /// The fractions.
        fractions: Vec<u32>,
    },
    /// One beam with different kinds of radiation in different sessions.
    SeveralRadiations {
        /// The beam.
        beam: i32,
        /// The kinds, as written.
        kinds: Vec<String>,
    },
    /// Another kind of radiation than planned.
    OtherRadiation {
        /// The beam.
        beam: i32,
        /// What is planned.
        planned: String,
        /// What is recorded.
        recorded: String,
        /// The fractions.
        fractions: Vec<u32>,
    },
    /// Another meterset specified than planned.
    OtherMeterset {
        /// The beam.
        beam: i32,
        /// What is planned.
        planned: Decimal,
        /// What the records specify, or else what was delivered.
        recorded: Decimal,
        /// The fractions.
        fractions: Vec<u32>,
    },
    /// A beam that the fraction group of the plan does not have.
    NotInPlan {
        /// The beam.
        beam: i32,
        /// The fractions.
        fractions: Vec<u32>,
    },
    /// Records of a fraction group that the plan does not have.
    NoSuchGroup {
        /// The number of the group.
        group: i32,
        /// The fractions.
        fractions: Vec<u32>,
    },
    /// Beams that were given with another value than the plan has, which a person approved.
    Overridden {
        /// The fractions and beams.
        beams: Vec<(u32, i32)>,
    },
    /// Beams of the plan that no record has.
    NeverGiven {
        /// The beams.
        beams: Vec<i32>,
        /// The fractions with a record.
        fractions: Vec<u32>,
    },
    /// Sessions before the day on which the plan was last changed, or approved.
    BeforePlan {
        /// What the plan states that day for.
        what: PlanDay,
        /// RT Plan Date, or Review Date.
        plan: Date,
        /// The first of the sessions.
        first: Date,
        /// The fractions.
        fractions: Vec<u32>,
    },
    /// The plan of the records was not given.
    NoPlan,
    /// Plans were given with the records, and the records name none of them.
    OtherPlans {
        /// What the plans are called.
        plans: Vec<Identifying<String>>,
    },
}

/// What a plan states a day for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PlanDay {
    /// RT Plan Date: it was last changed.
    Changed,
    /// Review Date, with the Approval Status APPROVED.
    Approved,
}

impl Observation for DeliveryFinding {
    fn code(&self) -> &Code {
        match self {
            Self::Purpose { .. } | Self::ContinuesNothing { .. } => &codes::PURPOSE,
            Self::NoMeterset { .. } | Self::NothingGiven { .. } | Self::Unlike { .. } => {
                &codes::METERSET
            }
            Self::Overridden { .. } => &codes::OVERRIDE,
            Self::SeveralRadiations { .. }
            | Self::OtherRadiation { .. }
            | Self::OtherMeterset { .. }
            | Self::NotInPlan { .. }
            | Self::NoSuchGroup { .. }
            | Self::NeverGiven { .. }
            | Self::OtherCount { .. }
            | Self::MoreThanPlanned { .. }
            | Self::BeforePlan { .. }
            | Self::NoPlan
            | Self::OtherPlans { .. } => &codes::AGAINST_PLAN,
        }
    }

    fn outcome(&self) -> Outcome {
        match self {
            Self::NoMeterset { .. }
            | Self::Overridden { .. }
            | Self::OtherCount { .. }
            | Self::BeforePlan { .. }
            | Self::OtherPlans { .. } => Outcome::Warn,
            Self::Purpose { .. }
            | Self::ContinuesNothing { .. }
            | Self::NothingGiven { .. }
            | Self::Unlike { .. }
            | Self::SeveralRadiations { .. }
            | Self::NeverGiven { .. } => Outcome::CannotTell,
            Self::OtherRadiation { .. }
            | Self::OtherMeterset { .. }
            | Self::MoreThanPlanned { .. }
            | Self::NotInPlan { .. }
            | Self::NoSuchGroup { .. } => Outcome::Fail,
            Self::NoPlan => Outcome::NotApplicable,
        }
    }

    fn subject(&self) -> Subject {
        Subject::path(match self {
            Self::ContinuesNothing { beams } => {
                let beams: Vec<_> = beams.iter().map(|&(of, beam)| (of, Some(beam))).collect();
                places(&beams)
            }
            Self::Purpose { beams, .. }
            | Self::NoMeterset { beams }
            | Self::Overridden { beams }
            | Self::NothingGiven { beams } => {
                let fractions: Vec<u32> = beams.iter().map(|beam| beam.0).collect();
                listed("fraction", &fractions)
            }
            Self::OtherRadiation { fractions, .. }
            | Self::OtherMeterset { fractions, .. }
            | Self::NotInPlan { fractions, .. }
            | Self::NoSuchGroup { fractions, .. }
            | Self::OtherCount { fractions, .. }
            | Self::MoreThanPlanned { fractions, .. }
            | Self::BeforePlan { fractions, .. }
            | Self::NeverGiven { fractions, .. } => listed("fraction", fractions),
            Self::Unlike {
                beam, fractions, ..
            } => format!("{}, beam {beam}", listed("fraction", fractions)),
            Self::SeveralRadiations { beam, .. } => format!("beam {beam}"),
            Self::NoPlan | Self::OtherPlans { .. } => "records".into(),
        })
    }

    fn values(&self) -> Values {
        match self {
            Self::Purpose { code, .. } => Values::found(code),
            Self::SeveralRadiations { kinds, .. } => Values::found(kinds.join(", ")),
            Self::OtherRadiation {
                planned, recorded, ..
            } => Values::expected(planned).and_found(recorded),
            Self::OtherMeterset {
                planned, recorded, ..
            } => Values::expected(written!("meterset {}", planned)).and_found(recorded),
            Self::Unlike { usual, others, .. } => {
                let (least, most) = others;
                Values::expected(written!("meterset {}", usual)).and_found(if least == most {
                    written!("{}", least)
                } else {
                    written!("{} to {}", least, most)
                })
            }
            Self::OtherCount {
                planned, recorded, ..
            } => Values::expected(format!("{planned} fractions")).and_found(recorded),
            Self::MoreThanPlanned { planned, fractions } => {
                Values::expected(format!("at most {planned} fractions")).and_found(fractions.len())
            }
            Self::BeforePlan { plan, first, .. } => {
                Values::expected(format!("{plan} or later")).and_found(first)
            }
            _ => Values::default(),
        }
    }
}

impl fmt::Display for DeliveryFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let in_words = |beams: &[(u32, i32)]| {
            let numbers: BTreeSet<i32> = beams.iter().map(|beam| beam.1).collect();
            beams_in_words(&numbers.into_iter().collect::<Vec<_>>())
        };
        match self {
            Self::Purpose { beams, .. } => write!(
                f,
                "Treatment Delivery Type is none of the standard's, so whether this treated is not known, and it is not counted: {}",
                in_words(beams)
            ),
            Self::ContinuesNothing { beams } if beams.len() > 1 => f.write_str(
                "the beams continue ones that were broken off (CONTINUATION), and there is no record of their first parts: give all records",
            ),
            Self::ContinuesNothing { .. } => f.write_str(
                "the beam continues one that was broken off (CONTINUATION), and there is no record of its first part: give all records",
            ),
            Self::NoMeterset { beams } => write!(
                f,
                "Delivered Primary Meterset is not stated: the termination status alone says that the beam was given ({})",
                in_words(beams)
            ),
            Self::NothingGiven { beams } => write!(
                f,
                "the delivered meterset is 0, and no other was specified, so nothing was given: {}",
                in_words(beams)
            ),
            Self::SeveralRadiations { .. } => f.write_str(
                "the sessions of this beam state different kinds of radiation (Radiation Type)",
            ),
            Self::OtherRadiation { beam, .. } => write!(
                f,
                "beam {beam} is recorded with another kind of radiation than is planned (Radiation Type)"
            ),
            Self::OtherMeterset { beam, .. } => write!(
                f,
                "the meterset recorded for beam {beam} is not the planned one"
            ),
            Self::NotInPlan { beam, .. } => write!(
                f,
                "beam {beam} was given, and the fraction group of its plan does not have it"
            ),
            Self::NoSuchGroup { group, .. } => write!(
                f,
                "the record is of fraction group {group}, which its plan does not have"
            ),
            Self::Overridden { beams } => write!(
                f,
                "given although a value was not the planned one, as a person decided at the machine (Treatment Verification Status, Override Sequence): look up which value; the dose is taken as recorded ({})",
                in_words(beams)
            ),
            Self::NeverGiven { beams, .. } => write!(
                f,
                "no record has all that the plan gives in a fraction: there is none of {}",
                beams_in_words(beams)
            ),
            Self::Unlike { beam, .. } => write!(
                f,
                "beam {beam} was given whole with another meterset than in most fractions of its plan: which dose that was is not known"
            ),
            Self::OtherCount { .. } => f.write_str(
                "the records state another number of fractions than their plan has: it was changed after the plan was made, or the plan is another",
            ),
            Self::MoreThanPlanned { .. } => {
                f.write_str("more fractions were given than the fraction group of their plan has")
            }
            Self::BeforePlan {
                what: PlanDay::Changed,
                ..
            } => f.write_str(
                "given before the plan was last changed (RT Plan Date): a date is wrong, or the plan was changed after it was treated",
            ),
            Self::BeforePlan {
                what: PlanDay::Approved,
                ..
            } => f.write_str(
                "given before the plan was approved (Review Date): a date is wrong, or the plan was approved after it was treated",
            ),
            Self::OtherPlans { plans } => {
                let plans: Vec<String> = plans.iter().map(ToString::to_string).collect();
                write!(
                    f,
                    "the records name another plan than the one that was given ({}), so they were not compared with it",
                    plans.join(", ")
                )
            }
            Self::NoPlan => f.write_str(
                "the plan was not given with the records, so whether each fraction had all its beams, with their metersets, was not compared",
            ),
        }
    }
}

/// Whether a beam is counted as treatment; `None` where that is not known.
pub(super) fn treats(beam: &RecordedBeam) -> Option<bool> {
    beam.purpose.treats()
}

/// A beam of a plan: the plan, the fraction group and the number of the beam.
type PlannedBeam<'r> = (Option<&'r str>, Option<i32>, i32);

/// What the beams of sessions say of themselves.
#[derive(Default)]
pub(super) struct Delivered<'r> {
    purposes: BTreeMap<&'r str, Vec<(u32, i32)>>,
    without_meterset: Vec<(u32, i32)>,
    nothing: Vec<(u32, i32)>,
    overridden: Vec<(u32, i32)>,
    radiations: BTreeMap<PlannedBeam<'r>, BTreeSet<&'r str>>,
}

impl<'r> Delivered<'r> {
    /// Notes a beam that is not known not to treat.
    pub(super) fn note(&mut self, record: &'r TreatmentRecord, beam: &'r RecordedBeam) {
        let place = (
            beam.fraction.unwrap_or_default(),
            beam.number.unwrap_or_default(),
        );
        if let Purpose::Other(code) = &beam.purpose {
            self.purposes.entry(code).or_default().push(place);
            return;
        }
        if beam.is_overridden {
            self.overridden.push(place);
        }
        let specified = beam.specified_meterset.as_ref().map(DecimalString::value);
        match beam.delivered_meterset.as_ref().map(DecimalString::value) {
            None if beam.is_completed() => self.without_meterset.push(place),
            Some(units) if units.is_zero() && specified.is_none_or(Decimal::is_zero) => {
                self.nothing.push(place);
            }
            _ => {}
        }
        if let Some(kind) = &beam.radiation_type {
            let of_beam = (record.plan(), record.fraction_group, place.1);
            self.radiations.entry(of_beam).or_default().insert(kind);
        }
    }

    pub(super) fn findings(self) -> Vec<Finding> {
        let mut found: Vec<DeliveryFinding> = Vec::new();
        for (code, beams) in self.purposes {
            let code = code.into();
            found.push(DeliveryFinding::Purpose { code, beams });
        }
        if !self.without_meterset.is_empty() {
            let beams = self.without_meterset;
            found.push(DeliveryFinding::NoMeterset { beams });
        }
        if !self.nothing.is_empty() {
            let beams = self.nothing;
            found.push(DeliveryFinding::NothingGiven { beams });
        }
        if !self.overridden.is_empty() {
            let beams = self.overridden;
            found.push(DeliveryFinding::Overridden { beams });
        }
        for ((.., beam), kinds) in self.radiations {
            if kinds.len() > 1 {
                let kinds = kinds.into_iter().map(Into::into).collect();
                found.push(DeliveryFinding::SeveralRadiations { beam, kinds });
            }
        }
        found.into_iter().map(Into::into).collect()
    }
}
