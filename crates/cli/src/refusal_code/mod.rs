//! The names by which a program knows wrong input, from the errors of the rooms.

mod rooms;

pub(crate) use rooms::shared;
use std::error::Error;

use chemorad::capecitabine::CapecitabineError;
use chemorad::quantity::{Fault, QuantityError};
use chemorad::radiobiology::{UncertaintyError, VoxelError};
use chemorad::radiotherapy::{FractionationError, FractionationTextError};
use chemorad::report::Code;
use chemorad_dicom::ReadError;

use crate::args::argument_error::ArgumentError;
use crate::coded::Coded;
use crate::refused;

/// The code of what is wrong: that of the error, or of the one that it comes from. `quantity.missing_unit`,
/// `fractionation.inconsistent`, `file.unknown_field`; none for an error of no room.
///
/// ```
/// use chemorad::quantity::AbsorbedDose;
///
/// let error = "45".parse::<AbsorbedDose>().unwrap_err();
/// assert_eq!(chemorad_cli::refusal_code(&error).unwrap().name, "quantity.missing_unit");
/// assert_eq!(chemorad_cli::accepted(&error), ["Gy", "cGy"]);
/// ```
#[must_use]
pub fn refusal_code(error: &(dyn Error + 'static)) -> Option<Code> {
    chain(error).find_map(named)
}

/// What would have been accepted, where that is a list.
#[must_use]
pub fn accepted(error: &(dyn Error + 'static)) -> Vec<String> {
    let mut lists = chain(error).filter_map(|error| -> Option<Vec<String>> {
        if let Some(error) = of_quantity(error) {
            return Some(error.units().map(String::from).collect());
        }
        let malformed = matches!(
            error.downcast_ref::<FractionationTextError>(),
            Some(FractionationTextError::Malformed(_))
        );
        malformed.then(|| {
            let forms = ["45Gy/25", "25 x 1.8 Gy", "45 Gy in 25 x 1.8 Gy"];
            forms.map(String::from).into()
        })
    });
    lists.next().unwrap_or_default()
}

/// An error and those that it comes from.
fn chain<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error| (*error).source())
}

/// The error of a quantity, which other errors pass on in its own words.
fn of_quantity<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e QuantityError> {
    if let Some(error) = error.downcast_ref::<QuantityError>() {
        return Some(error);
    }
    if let Some(FractionationTextError::Dose(error)) =
        error.downcast_ref::<FractionationTextError>()
    {
        return Some(error);
    }
    if let Some(CapecitabineError::Quantity(error)) = error.downcast_ref::<CapecitabineError>() {
        return Some(error);
    }
    match error.downcast_ref::<UncertaintyError>() {
        Some(UncertaintyError::Quantity(error)) => Some(error),
        _ => None,
    }
}

impl Coded for QuantityError {
    fn code(&self) -> Code {
        match self.fault() {
            Fault::Empty => refused::QUANTITY_EMPTY,
            Fault::MissingNumber => refused::QUANTITY_MISSING_NUMBER,
            Fault::MalformedNumber => refused::QUANTITY_MALFORMED_NUMBER,
            Fault::TooManyDigits => refused::QUANTITY_TOO_MANY_DIGITS,
            Fault::NotFinite => refused::QUANTITY_NOT_FINITE,
            Fault::Negative => refused::QUANTITY_NEGATIVE,
            Fault::Zero => refused::QUANTITY_ZERO,
            Fault::DecimalComma => refused::QUANTITY_DECIMAL_COMMA,
            Fault::MissingUnit => refused::QUANTITY_MISSING_UNIT,
            Fault::UnknownUnit => refused::QUANTITY_UNKNOWN_UNIT,
            Fault::TooPrecise => refused::QUANTITY_TOO_PRECISE,
            Fault::BelowMinimum => refused::QUANTITY_BELOW_MINIMUM,
            Fault::AboveMaximum => refused::QUANTITY_ABOVE_MAXIMUM,
            _ => refused::QUANTITY_REFUSED,
        }
    }
}

impl Coded for FractionationTextError {
    fn code(&self) -> Code {
        match self {
            Self::Dose(error) => error.code(),
            Self::Numbers(error) => error.code(),
            Self::Malformed(_) => refused::FRACTIONATION_MALFORMED,
            Self::Count(_) => refused::FRACTIONATION_COUNT,
            Self::UnitSlip(_) => refused::FRACTIONATION_UNIT_SLIP,
            Self::NotLow(_) => refused::FRACTIONATION_NOT_LOW,
            Self::Phases(_) => refused::FRACTIONATION_PHASES,
            _ => refused::FRACTIONATION_REFUSED,
        }
    }
}

impl Coded for FractionationError {
    fn code(&self) -> Code {
        match self {
            Self::Fractions(_) => refused::FRACTIONATION_COUNT,
            Self::TotalTooLarge { .. } => refused::FRACTIONATION_TOTAL_TOO_LARGE,
            Self::Inconsistent { .. } => refused::FRACTIONATION_INCONSISTENT,
            Self::NotWhole { .. } => refused::FRACTIONATION_NOT_WHOLE,
            _ => refused::FRACTIONATION_REFUSED,
        }
    }
}

impl Coded for UncertaintyError {
    fn code(&self) -> Code {
        match self {
            Self::Quantity(error) => error.code(),
            _ => refused::MODEL_UNCERTAINTY,
        }
    }
}

impl Coded for VoxelError {
    fn code(&self) -> Code {
        match self {
            Self::Length { .. } => refused::VOXELS_LENGTH,
            Self::Invalid { .. } => refused::VOXELS_INVALID,
            _ => refused::VOXELS_REFUSED,
        }
    }
}

impl Coded for chemorad_reader::Faults {
    fn code(&self) -> Code {
        self.first().code
    }
}

/// Errors that are known by their room alone, and the search among all of them in an error of unknown type.
macro_rules! rooms {
    ({ $($error:ty => $code:ident,)+ } of_their_own { $($own:ty,)+ }) => {
        $(impl Coded for $error {
            fn code(&self) -> Code {
                refused::$code
            }
        })+

        fn named(error: &(dyn Error + 'static)) -> Option<Code> {
            $(if let Some(error) = error.downcast_ref::<$own>() { return Some(error.code()); })+
            $(if error.is::<$error>() { return Some(refused::$code); })+
            None
        }
    };
}

rooms! {
    {
        chemorad::quantity::EquivalentError => QUANTITY_EQUIVALENT,
        chemorad::radiotherapy::CourseError => COURSE_REFUSED,
        chemorad::radiotherapy::PhaseError => COURSE_PHASE,
        chemorad::radiotherapy::DateError => DATE_REFUSED,
        chemorad::radiotherapy::HolidayError => DATE_REFUSED,
        chemorad::radiotherapy::CalendarError => SCHEDULE_REFUSED,
        chemorad::radiotherapy::DailyPatternError => FRACTIONATION_DAY,
        chemorad::radiobiology::FinalSlopeError => MODEL_FINAL_SLOPE,
        chemorad::radiobiology::ModelError => MODEL_REFUSED,
        chemorad::radiobiology::ParametersError => MODEL_PARAMETERS,
        chemorad::radiobiology::SolveError => MODEL_TARGET,
        chemorad::radiobiology::IntervalError => MODEL_INTERVAL,
        chemorad::radiobiology::EarlierCourseError => EARLIER_COURSE_REFUSED,
        chemorad::patient::PatientError => PATIENT_REFUSED,
        chemorad::number::DecimalError => NUMBER_REFUSED,
        chemorad::radiotherapy::CourseFault => COURSE_REFUSED,
        chemorad::radiotherapy::PhaseFault => COURSE_PHASE,
        chemorad_case::TemplateError => CASE_TEMPLATE,
        chemorad_crosscheck::CrossCheckError => CHECK_REFUSED,
        chemorad_crosscheck::MappingError => CHECK_REFUSED,
        chemorad_crosscheck::PrescribedError => CHECK_PRESCRIBED,
        chemorad_crosscheck::ToleranceError => CHECK_TOLERANCE,
        chemorad_crosscheck::UnknownLimits => LIMITS_UNKNOWN,
        chemorad_crosscheck::ProtocolLimitsError => LIMITS_PROTOCOL,
        chemorad_crosscheck::OrganLimitsError => LIMITS_REFUSED,
        chemorad_crosscheck::OrganLimitError => LIMITS_REFUSED,
        chemorad_crosscheck::GoalError => LIMITS_GOAL,
        chemorad_protocol::UnknownProtocol => PROTOCOL_UNKNOWN,
        chemorad_protocol::FactError => PROTOCOL_FACT,
        chemorad_protocol::SubmucosaOfAnotherStage => PROTOCOL_FACT,
        chemorad_protocol::LimitError => LIMITS_REFUSED,
        chemorad_protocol::ConvertError => PROTOCOL_CONVERT,
        chemorad_protocol::SourceError => PROTOCOL_SOURCE,
        chemorad_protocol::UnsettledCourse => PROTOCOL_COURSE,
        chemorad_dosimetry::HistogramError => HISTOGRAM_REFUSED,
        chemorad_dosimetry::ParameterError => RESPONSE_PARAMETER,
        chemorad_dosimetry::PoissonError => RESPONSE_REFUSED,
        chemorad_dosimetry::PoissonControlError => RESPONSE_REFUSED,
        chemorad_dosimetry::DoseGridError => DOSE_GRID,
        chemorad_dosimetry::PlaneSpacingError => STRUCTURE_PLANES,
        chemorad_dosimetry::EnteredError => CHECK_ENTERED,
        chemorad_dosimetry::TypedPrescriptionError => CHECK_PRESCRIPTION,
        chemorad_dosimetry::MetricError => METRIC_REFUSED,
        chemorad_dosimetry::StructureError => STRUCTURE_REFUSED,
        chemorad_dicom::PlacedGridError => DOSE_REFUSED,
        chemorad_dicom::VolumeError => DOSE_REFUSED,
        chemorad_dicom::PercentileError => METRIC_REFUSED,
        chemorad_exchange::ExportError => EXCHANGE_REFUSED,
        std::io::Error => FILE_UNREADABLE,
        csv::Error => EXPORT_ROW,
        chemorad_render::plot::PictureError => PICTURE_REFUSED,
        serde_json::Error => DEFECT_OUTPUT,
        std::string::FromUtf8Error => DEFECT_OUTPUT,
    } of_their_own {
        QuantityError,
        FractionationTextError,
        FractionationError,
        CapecitabineError,
        chemorad::report::Faults<CapecitabineError>,
        UncertaintyError,
        VoxelError,
        ReadError,
        chemorad_reader::Faults,
        ArgumentError,
        chemorad::gap::GapError,
        chemorad::report::Faults<chemorad::gap::GapError>,
        chemorad_case::SheetError,
        chemorad_case::SheetFaults,
        chemorad_case::CoursesCaseError,
        chemorad_cohort::CohortError,
        chemorad_dicom::equivalent::ConvertError,
        chemorad_dicom::WriteError,
    }
}
