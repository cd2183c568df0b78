//! The codes of errors with many variants: those that ask a person for the same thing have one code.

use chemorad::capecitabine::CapecitabineError;
use chemorad::gap::GapError;
use chemorad::report::{Code, Faults};
use chemorad_case::{CoursesCaseError, SheetError, SheetFaults};
use chemorad_cohort::CohortError;
use chemorad_dicom::equivalent::ConvertError;
use chemorad_dicom::{ReadError, WriteError};

use crate::coded::Coded;
use crate::refused;

/// The code that all reasons have, or the one that says that they have several.
pub(crate) fn shared(mut codes: impl Iterator<Item = Code>) -> Code {
    match codes.next() {
        Some(first) if codes.all(|code| code == first) => first,
        _ => refused::INPUT_SEVERAL,
    }
}

impl<E: Coded> Coded for Faults<E> {
    fn code(&self) -> Code {
        shared(self.iter().map(Coded::code))
    }
}

impl Coded for SheetFaults {
    fn code(&self) -> Code {
        shared(self.iter().map(Coded::code))
    }
}

impl Coded for CapecitabineError {
    fn code(&self) -> Code {
        match self {
            Self::Quantity(error) => error.code(),
            Self::Regimen { .. } | Self::RegimenText(_) => refused::CAPECITABINE_REGIMEN,
            Self::OrderText { .. } | Self::DispensedText(_) => refused::CAPECITABINE_ORDER_TEXT,
            Self::UnevenDay { .. }
            | Self::UnevenShare { .. }
            | Self::UnknownSplit { .. }
            | Self::SplitNotPossible { .. }
            | Self::DayTotal { .. } => refused::CAPECITABINE_DAY,
            Self::EmptyStock
            | Self::TooManyStrengths
            | Self::DuplicateStrength { .. }
            | Self::ZeroLimit { .. }
            | Self::LimitWithoutStock { .. }
            | Self::MalformedLimit { .. } => refused::CAPECITABINE_STOCK,
            Self::UnknownRounding { .. }
            | Self::TiesRequired
            | Self::TiesWithoutNearest { .. }
            | Self::UnknownTies { .. } => refused::CAPECITABINE_ROUNDING,
            Self::NothingWithin { .. }
            | Self::NoTablet { .. }
            | Self::NothingAbove { .. }
            | Self::LimitsTooLow { .. }
            | Self::AboveCap { .. }
            | Self::CapBelowTablets { .. } => refused::CAPECITABINE_NOT_DELIVERABLE,
            Self::Bands { .. }
            | Self::OutsideBands { .. }
            | Self::BandsForOtherRegimen { .. }
            | Self::BandsForOtherIntensity { .. }
            | Self::BandNotDeliverable { .. }
            | Self::NoDoseTable { .. } => refused::CAPECITABINE_BANDS,
            Self::Rules { .. }
            | Self::PublishedRuleSetChanged { .. }
            | Self::UnknownRuleSet { .. }
            | Self::UnknownTopic { .. }
            | Self::NoRulesOnTopic { .. }
            | Self::NoAdjustmentRules { .. }
            | Self::RuleSetTwice { .. }
            | Self::OneIdTwoSets { .. }
            | Self::TwoRuleSets { .. }
            | Self::WaivedWithRules { .. } => refused::CAPECITABINE_RULE_SET,
            Self::Toxicity { .. } => refused::CAPECITABINE_TOXICITY,
            Self::Reason { .. }
            | Self::NotOverridable { .. }
            | Self::DecisionNotNeeded { .. }
            | Self::OverrideTwice { .. } => refused::CAPECITABINE_DECISION,
            Self::OtherDrug { .. } | Self::OtherDrugUnclear { .. } => {
                refused::CAPECITABINE_OTHER_DRUG
            }
            Self::OfOnePatient { .. } => refused::CAPECITABINE_ONE_PATIENT,
            Self::Days { .. }
            | Self::NoDates
            | Self::DatesOutOfOrder { .. }
            | Self::CourseTooLong { .. }
            | Self::NoIntake
            | Self::DispenseEvery => refused::CAPECITABINE_DAYS,
            _ => refused::CAPECITABINE_REFUSED,
        }
    }
}

impl Coded for GapError {
    fn code(&self) -> Code {
        match self {
            Self::Course(error) => error.code(),
            Self::Calendar(error) => error.code(),
            Self::Daily { error, .. } => error.code(),
            Self::Parameters { error, .. } => error.code(),
            Self::Model(error) => error.code(),
            Self::Solve(error) => error.code(),
            Self::Title | Self::NoPrescription | Self::PlanBelowZero => refused::GAP_PLAN,
            Self::NoResume | Self::ResumeClosed(_) | Self::ResumeTooEarly { .. } => {
                refused::GAP_RESUME
            }
            Self::DeliveredForm
            | Self::NothingDelivered
            | Self::TooManyDelivered { .. }
            | Self::Doses { .. }
            | Self::FirstDelivered { .. } => refused::GAP_DELIVERED,
            Self::NotPlanned(_) | Self::MissedTwice(_) | Self::StartMissed(_) => {
                refused::GAP_MISSED
            }
            Self::ExtraWeekdays { .. } | Self::NoInterval(_) | Self::HalfRounding => {
                refused::GAP_WAYS
            }
            _ => refused::GAP_REFUSED,
        }
    }
}

impl Coded for SheetError {
    fn code(&self) -> Code {
        match self {
            Self::Missing(_) => refused::INPUT_MISSING,
            Self::NotAChoice { .. } => refused::CASE_CHOICE,
            Self::NoArm => refused::CASE_ARM,
            Self::OtherProtocol { .. } | Self::ProtocolUnsound { .. } => refused::CASE_PROTOCOL,
            Self::Facts(error) => error.code(),
            Self::Contradiction(_) => refused::CASE_CONTRADICTION,
            Self::Patient(error) => error.code(),
            Self::Capecitabine(error) | Self::DrugRules(error) => error.code(),
            Self::Calendar(error) => error.code(),
            Self::Time(error) => error.code(),
            _ => refused::CASE_REFUSED,
        }
    }
}

impl Coded for CoursesCaseError {
    fn code(&self) -> Code {
        match self {
            Self::NoVolume | Self::UnknownVolume { .. } => refused::CASE_VOLUME,
            Self::NoEarlierCourse => refused::INPUT_MISSING,
            Self::Name | Self::NameTwice(_) => refused::CASE_NAME,
            Self::AlphaBeta { error, .. } => error.code(),
            Self::Calendar(error) => error.code(),
            Self::Sum(error) => error.code(),
            _ => refused::CASE_REFUSED,
        }
    }
}

impl Coded for CohortError {
    fn code(&self) -> Code {
        match self {
            Self::Io(error) => error.code(),
            Self::NoHeader
            | Self::HeaderText
            | Self::ColumnTwice { .. }
            | Self::ColumnMissing { .. }
            | Self::NearMiss { .. }
            | Self::MappedUnit { .. }
            | Self::MappedMissing { .. }
            | Self::MappedNothing { .. }
            | Self::MappedUnknown { .. } => refused::COHORT_COLUMNS,
            Self::Write { .. } => refused::FILE_UNWRITABLE,
            Self::SeparatorLine { .. }
            | Self::Parquet(_)
            | Self::ParquetCompression { .. }
            | Self::EmptyList
            | Self::ObjectNoList
            | Self::NotAnObject
            | Self::NotAList(_)
            | Self::RowTooLong => refused::COHORT_FILE,
            Self::WeightBasis { .. }
            | Self::ArmMissing { .. }
            | Self::ArmTwice { .. }
            | Self::RulesMissing => refused::COHORT_RULES,
            _ => refused::COHORT_REFUSED,
        }
    }
}

impl Coded for ConvertError {
    fn code(&self) -> Code {
        match self {
            Self::NoGrid { .. } => refused::DOSE_NO_GRID,
            Self::Units { .. }
            | Self::DoseType { .. }
            | Self::Summation { .. }
            | Self::NoTerm { .. } => refused::DOSE_KIND,
            Self::WholeWithParts { .. }
            | Self::Twice { .. }
            | Self::PerhapsTwice { .. }
            | Self::SplitGroup { .. } => refused::DOSE_TWICE,
            Self::Patient { .. } | Self::NoPatient { .. } | Self::PlanPatient { .. } => {
                refused::DICOM_TWO_PATIENTS
            }
            Self::Fractions { .. } => refused::DOSE_FRACTIONS,
            Self::PlanUnused { .. } => refused::DOSE_PLAN,
            Self::Space { .. } | Self::NoSpace { .. } => refused::DOSE_FRAME,
            Self::Resample { .. }
            | Self::Outside { .. }
            | Self::Grid { .. }
            | Self::Geometry { .. }
            | Self::FirstOffset { .. } => refused::DOSE_GRIDS,
            Self::Implausible { .. } => refused::DOSE_IMPLAUSIBLE,
            Self::Voxels { source, .. } => source.code(),
            _ => refused::DOSE_CONVERT,
        }
    }
}

impl Coded for ReadError {
    fn code(&self) -> Code {
        match self {
            Self::Io { .. } => refused::FILE_UNREADABLE,
            Self::TooLarge { .. } => refused::FILE_SIZE,
            Self::NotDicom { .. } => refused::DICOM_NOT_DICOM,
            Self::Truncated { .. } | Self::Corrupt { .. } | Self::Deflate { .. } => {
                refused::DICOM_DAMAGED
            }
            Self::TransferSyntax { .. } => refused::DICOM_TRANSFER_SYNTAX,
            Self::WrongKind { .. } => refused::DICOM_WRONG_KIND,
            Self::Missing { .. } => refused::DICOM_MISSING,
            Self::Decimal { .. } | Self::Value { .. } => refused::DICOM_VALUE,
            _ => refused::DICOM_REFUSED,
        }
    }
}

impl Coded for WriteError {
    fn code(&self) -> Code {
        refused::DICOM_UNWRITTEN
    }
}
