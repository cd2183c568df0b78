//! What is unusual of a patient: the findings, their codes and their words.

use core::fmt;

use crate::report::{Code, Observation, Outcome, Subject, Values, decimal};
use crate::text::Text;

use super::clearance_weight::WeightBasis;
use super::creatinine::SerumCreatinine;
use super::measures::{Height, USUAL_HEIGHT, USUAL_WEIGHT, Weight};

/// Body-mass indices of adults outside these are reported, kg/m²: a choice of this project.
pub(super) const USUAL_INDEX: (f64, f64) = (14.0, 50.0);

/// Body surface areas outside these are reported, m²: a choice of this project.
pub(super) const USUAL_AREA: (f64, f64) = (1.2, 2.5);

/// Serum creatinine outside these is reported, mg/dL: a choice of this project.
pub(super) const USUAL_CREATININE: (f64, f64) = (0.4, 5.0);

/// Clearances outside these are reported, mL/min: a choice of this project.
pub(super) const USUAL_CLEARANCE: (f64, f64) = (5.0, 200.0);

/// A clearance above this is taken for a wrong input, mL/min: a choice of this project.
pub(super) const IMPLAUSIBLE_CLEARANCE: f64 = 250.0;

const HEIGHT: Code = Code::new(
    "patient.height",
    "Height unusual for an adult",
    "A height outside 130 to 210 cm is possible and rare in adults. A wrong unit, or height and weight that have changed places, is the likelier reason, and the symmetric Mosteller formula would never show the second. The limits are this project's choice.",
    "Measure again, or check the unit. Where the height is right, nothing is to be done.",
);
const WEIGHT: Code = Code::new(
    "patient.weight",
    "Weight unusual for an adult",
    "A weight outside 35 to 150 kg is possible and rare in adults. Pounds given as kilograms, or height and weight that have changed places, are likelier. The limits are this project's choice.",
    "Weigh again, or check the unit. Where the weight is right, nothing is to be done.",
);
const BODY_MASS_INDEX: Code = Code::new(
    "patient.body_mass_index",
    "Body-mass index unusual for an adult",
    "A body-mass index outside 14 to 50 kg/m2 joins a height and a weight that rarely belong to one adult, even where each is usual. The limits are this project's choice.",
    "Check that height and weight are of the same patient and in their units.",
);
const BODY_SURFACE_AREA: Code = Code::new(
    "patient.body_surface_area",
    "Body surface area unusual for an adult",
    "A body surface area outside 1.2 to 2.5 m2 is rare in adults, and every dose per square metre follows it. The limits are this project's choice.",
    "Check height, weight and units before a dose is calculated from it.",
);
const CREATININE: Code = Code::new(
    "patient.creatinine",
    "Serum creatinine unusual for an adult",
    "A serum creatinine outside 0.4 to 5 mg/dL (35 to 442 umol/L) is rare. The two units in use differ by a factor of 88.4, and the clearance follows the number. The limits are this project's choice.",
    "Check the value and its unit with the laboratory's report.",
);
const WEIGHT_BASIS: Code = Code::new(
    "patient.weight_basis",
    "The chosen weight raises the clearance",
    "Ideal and adjusted weight are meant for overweight patients, where they lower the clearance. In a patient who weighs less they raise it, and a reduction that is due may not be seen.",
    "Check which weight the rule or the site's practice means, and give the actual one where in doubt.",
);
const CREATININE_CLEARANCE: Code = Code::new(
    "patient.creatinine_clearance",
    "Creatinine clearance unusual for an adult",
    "A creatinine clearance outside 5 to 200 mL/min rarely comes from a patient and often from a wrong unit or a wrong weight. Above 250 mL/min it is taken for a wrong input, so that no rule about renal function can be told: a creatinine in mg/dL that is entered as umol/L gives such a clearance and hides a failing kidney. The limits are this project's choice.",
    "Check creatinine, weight, age and units.",
);

const CLEARANCE_ORIGIN: Code = Code::new(
    "patient.clearance_origin",
    "An estimated filtration rate where a creatinine clearance is asked for",
    "CKD-EPI and MDRD estimate a glomerular filtration rate for 1.73 m2 of body surface, and rules of capecitabine have their bands in mL/min of creatinine clearance by Cockcroft and Gault. The two differ, most in old and in small patients, and so can the band.",
    "Calculate the clearance by Cockcroft-Gault (creatinine, weight, age, sex), or give a measured one.",
);

/// Every code of a finding about a patient.
///
/// ```
/// use chemorad::patient::CODES;
/// assert!(CODES.iter().any(|code| code.name == "patient.creatinine"));
/// ```
pub const CODES: &[Code] = &[
    HEIGHT,
    WEIGHT,
    BODY_MASS_INDEX,
    BODY_SURFACE_AREA,
    CREATININE,
    WEIGHT_BASIS,
    CREATININE_CLEARANCE,
    CLEARANCE_ORIGIN,
];

/// A value that is possible for a person and unusual for an adult.
///
/// ```
/// use chemorad::patient::{BodySize, Height, PatientFinding, Weight};
/// let size = BodySize::new(Height::constant("100 cm"), Weight::constant("150 kg"))?;
/// let first = size.warnings().remove(0);
/// assert!(matches!(
///     first.observation(),
///     Some(PatientFinding::Height { may_be_swapped: true, .. })
/// ));
/// # Ok::<(), chemorad::patient::PatientError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum PatientFinding {
    /// A height outside 130 to 210 cm.
    Height {
        /// The height.
        height: Height,
        /// Whether the numbers of height and weight the other way round are a usual adult.
        may_be_swapped: bool,
    },
    /// A weight outside 35 to 150 kg.
    Weight {
        /// The weight.
        weight: Weight,
        /// Whether the numbers of height and weight the other way round are a usual adult.
        may_be_swapped: bool,
    },
    /// A body-mass index outside 14 to 50 kg/m².
    BodyMassIndex {
        /// The index, kg/m².
        index: f64,
        /// Whether the numbers of height and weight the other way round are a usual adult.
        may_be_swapped: bool,
    },
    /// A body surface area outside 1.2 to 2.5 m².
    BodySurfaceArea {
        /// The area, m².
        square_meters: f64,
    },
    /// A serum creatinine outside 0.4 to 5 mg/dL.
    Creatinine(SerumCreatinine),
    /// An ideal or adjusted weight above the measured one.
    WeightBasis {
        /// Which weight.
        basis: WeightBasis,
        /// The measured weight, kg.
        measured: f64,
        /// The weight used, kg.
        used: f64,
    },
    /// A clearance outside 5 to 200 mL/min; above 250 mL/min nothing can be told from it.
    CreatinineClearance {
        /// The clearance, mL/min.
        milliliters_per_minute: f64,
    },
    /// A stated clearance that is an estimated filtration rate by its name.
    ClearanceOrigin {
        /// Who or what stated it.
        by: Text,
    },
}

impl Observation for PatientFinding {
    fn code(&self) -> &Code {
        match self {
            Self::Height { .. } => &HEIGHT,
            Self::Weight { .. } => &WEIGHT,
            Self::BodyMassIndex { .. } => &BODY_MASS_INDEX,
            Self::BodySurfaceArea { .. } => &BODY_SURFACE_AREA,
            Self::Creatinine(_) => &CREATININE,
            Self::WeightBasis { .. } => &WEIGHT_BASIS,
            Self::CreatinineClearance { .. } => &CREATININE_CLEARANCE,
            Self::ClearanceOrigin { .. } => &CLEARANCE_ORIGIN,
        }
    }

    fn outcome(&self) -> Outcome {
        match self {
            Self::ClearanceOrigin { .. } => Outcome::CannotTell,
            Self::CreatinineClearance {
                milliliters_per_minute,
            } if *milliliters_per_minute > IMPLAUSIBLE_CLEARANCE => Outcome::CannotTell,
            _ => Outcome::Warn,
        }
    }

    fn subject(&self) -> Subject {
        Subject::input(self.input())
    }

    fn values(&self) -> Values {
        let range = |(least, most): (f64, f64), unit: &str| {
            Values::expected(format_args!("{least} to {most} {unit}"))
        };
        match self {
            Self::Height { height, .. } => Values::expected(format_args!(
                "{} to {}",
                USUAL_HEIGHT.start(),
                USUAL_HEIGHT.end()
            ))
            .and_found(height),
            Self::Weight { weight, .. } => Values::expected(format_args!(
                "{} to {}",
                USUAL_WEIGHT.start(),
                USUAL_WEIGHT.end()
            ))
            .and_found(weight),
            Self::BodyMassIndex { index, .. } => Values::expected(format_args!(
                "{} kg/m2 to {} kg/m2",
                USUAL_INDEX.0, USUAL_INDEX.1
            ))
            .and_found(format_args!("{index:.1} kg/m2")),
            Self::BodySurfaceArea { square_meters } => {
                range(USUAL_AREA, "m2").and_found(format_args!("{square_meters:.2} m2"))
            }
            Self::Creatinine(creatinine) => {
                Values::expected("0.4 to 5 mg/dL, or 35 to 442 umol/L").and_found(creatinine)
            }
            Self::WeightBasis { measured, used, .. } => {
                Values::expected(format_args!("at most {} kg", decimal(*measured)))
                    .and_found(format_args!("{used:.2} kg"))
            }
            Self::CreatinineClearance {
                milliliters_per_minute,
            } => range(USUAL_CLEARANCE, "mL/min")
                .and_found(format_args!("{milliliters_per_minute:.2} mL/min")),
            Self::ClearanceOrigin { by } => {
                Values::expected("a creatinine clearance, by Cockcroft-Gault or measured")
                    .and_found(by)
            }
        }
    }
}

impl PatientFinding {
    const fn input(&self) -> &'static str {
        match self {
            Self::Height { .. } => "height",
            Self::Weight { .. } => "weight",
            Self::BodyMassIndex { .. } => "body-mass index",
            Self::BodySurfaceArea { .. } => "body surface area",
            Self::Creatinine(_) => "serum creatinine",
            Self::WeightBasis { .. } => "weight basis",
            Self::CreatinineClearance { .. } | Self::ClearanceOrigin { .. } => {
                "creatinine clearance"
            }
        }
    }
}

impl fmt::Display for PatientFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WeightBasis { basis, .. } => {
                return write!(
                    f,
                    "the {basis} weight is above the measured one and raises the clearance: check \
                     the weight basis"
                );
            }
            Self::ClearanceOrigin { by } => {
                return write!(
                    f,
                    "{by} is an estimated filtration rate, and the rules ask for a creatinine clearance by \
                     Cockcroft-Gault"
                );
            }
            Self::CreatinineClearance { .. } if self.outcome() == Outcome::CannotTell => {
                return f.write_str(
                    "no patient has such a creatinine clearance, so that nothing can be told from it: check \
                     the creatinine and its unit (mg/dL or umol/L), weight and age",
                );
            }
            _ => write!(f, "the {} is unusual for an adult: ", self.input())?,
        }
        f.write_str(match self {
            Self::Height { may_be_swapped, .. }
            | Self::Weight { may_be_swapped, .. }
            | Self::BodyMassIndex { may_be_swapped, .. } => {
                if *may_be_swapped {
                    "height and weight may be swapped"
                } else {
                    "check the measurement and its unit"
                }
            }
            Self::BodySurfaceArea { .. } => "check height, weight and units",
            Self::Creatinine(_) | Self::WeightBasis { .. } => "check the value and its unit",
            Self::CreatinineClearance { .. } | Self::ClearanceOrigin { .. } => {
                "check creatinine, weight and units"
            }
        })
    }
}
