//! Why a row is refused.

use core::fmt;

use crate::patient::PatientError;
use crate::report::Code;

use super::super::unmet::Unmet;
use super::codes;

/// The first reason for which a row has no order.
///
/// ```
/// use chemorad::capecitabine::columns::RowFault;
/// assert_eq!(RowFault::HeightMissing.code().name, "cohort.height");
/// assert_eq!(RowFault::HeightMissing.to_string(), "the height is missing");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RowFault {
    /// No height.
    HeightMissing,
    /// A height outside 20 to 280 cm, or finer than a micrometre.
    Height,
    /// No weight.
    WeightMissing,
    /// A weight outside 0.2 to 700 kg, or finer than a microgram.
    Weight,
    /// A body-mass index that is no person's.
    BodySize,
    /// The formula of the body surface area or of the clearance needs the sex.
    SexMissing,
    /// The formula of the body surface area is not used for this body size.
    FormulaRange,
    /// An age that is none.
    Age,
    /// The clearance needs the age.
    AgeMissing,
    /// An age below 18: neither the doses nor the formula of the clearance are for children.
    Child,
    /// A serum creatinine that is none.
    Creatinine,
    /// A height without an ideal weight.
    IdealWeight,
    /// A calculated dose that no one means.
    CalculatedDose,
    /// A share of the intensity that is not a whole number of nanograms per square metre.
    Share,
    /// No tablet at all is nearest.
    NoTablet,
    /// No amount within the deviation.
    NothingWithin,
    /// No amount at or above the calculated dose.
    NothingAbove,
    /// The limits on tablets keep the dose more than a tablet below the calculated one.
    LimitsTooLow,
    /// The cap is below the smallest amount.
    CapBelowTablets,
    /// The rounding asks for more than the cap.
    AboveCap,
    /// The table is for another number of administrations a day.
    TableRegimen,
    /// The table is for another intensity.
    TableIntensity,
    /// The table has no band for the row.
    OutsideTable,
    /// The tablets do not make the amount of the table.
    TableAmount,
}

impl RowFault {
    /// The entry in the catalogue of codes.
    #[must_use]
    pub const fn code(self) -> &'static Code {
        match self {
            Self::HeightMissing | Self::Height => &codes::HEIGHT,
            Self::WeightMissing | Self::Weight => &codes::WEIGHT,
            Self::BodySize => &codes::BODY_SIZE,
            Self::SexMissing => &codes::SEX,
            Self::FormulaRange => &codes::FORMULA_RANGE,
            Self::Age | Self::AgeMissing | Self::Child => &codes::AGE,
            Self::Creatinine => &codes::CREATININE,
            Self::IdealWeight => &codes::IDEAL_WEIGHT,
            Self::CalculatedDose => &codes::CALCULATED_DOSE,
            Self::Share => &codes::SHARE,
            Self::NoTablet | Self::NothingWithin | Self::NothingAbove | Self::LimitsTooLow => {
                &codes::TABLETS
            }
            Self::CapBelowTablets | Self::AboveCap => &codes::CAP,
            Self::TableRegimen | Self::TableIntensity | Self::OutsideTable | Self::TableAmount => {
                &codes::DOSE_TABLE
            }
        }
    }

    /// Why a body size or a clearance is refused.
    pub(super) const fn of_patient(error: &PatientError) -> Self {
        match error {
            PatientError::SexRequired { .. } => Self::SexMissing,
            PatientError::OutsideFormulaRange { .. } => Self::FormulaRange,
            PatientError::CockcroftGaultChild { .. } => Self::Child,
            PatientError::TooShortForIdealWeight { .. } => Self::IdealWeight,
            // what else can be wrong with a patient is not asked here
            _ => Self::BodySize,
        }
    }
}

impl From<Unmet> for RowFault {
    fn from(unmet: Unmet) -> Self {
        match unmet {
            Unmet::NoTablet => Self::NoTablet,
            Unmet::NothingWithin => Self::NothingWithin,
            Unmet::NothingAbove { .. } => Self::NothingAbove,
            Unmet::LimitsTooLow { .. } => Self::LimitsTooLow,
            Unmet::CapBelowTablets { .. } => Self::CapBelowTablets,
            Unmet::AboveCap { .. } => Self::AboveCap,
            Unmet::BandsForOtherRegimen { .. } => Self::TableRegimen,
            Unmet::BandsForOtherIntensity => Self::TableIntensity,
            Unmet::OutsideBands { .. } => Self::OutsideTable,
            Unmet::BandNotDeliverable { .. } => Self::TableAmount,
        }
    }
}

impl fmt::Display for RowFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::HeightMissing => "the height is missing",
            Self::Height => "the height must be 20 to 280 cm",
            Self::WeightMissing => "the weight is missing",
            Self::Weight => "the weight must be 0.2 to 700 kg",
            Self::BodySize => {
                "height and weight are of no one person: they may be swapped, or a unit is wrong"
            }
            Self::SexMissing => "the formula needs the sex, and it is missing",
            Self::FormulaRange => "the formula is not used for this body size",
            Self::Age => "the age must be a whole number of years, 0 to 120",
            Self::AgeMissing => "the clearance needs the age, and it is missing",
            Self::Child => "the age is below 18: neither these doses nor the Cockcroft-Gault formula are for children",
            Self::Creatinine => {
                "the serum creatinine must be 0.1 to 25 mg/dL or 10 to 2200 umol/L: check the unit"
            }
            Self::IdealWeight => "there is no ideal weight below 60 inches (152.4 cm)",
            Self::CalculatedDose => "the calculated dose is above 50 000 mg",
            Self::Share => "the share that the rule leaves is no whole number of nanograms per m2",
            Self::NoTablet => "no tablet at all is the nearest amount",
            Self::NothingWithin => "no amount is within the deviation",
            Self::NothingAbove => "no amount is as large as the calculated dose",
            Self::LimitsTooLow => {
                "the limits on tablets keep the dose more than one tablet below the calculated one"
            }
            Self::CapBelowTablets => "the cap is below the smallest amount of the tablets",
            Self::AboveCap => "the rounding asks for more than the cap",
            Self::TableRegimen => "the table is for another number of administrations a day",
            Self::TableIntensity => "the table is for another intensity",
            Self::OutsideTable => "the table has no band for this row",
            Self::TableAmount => "the tablets do not make the amount of the table",
        })
    }
}
