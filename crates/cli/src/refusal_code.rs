//! The names by which a program knows wrong input, from the errors of the rooms.

use std::error::Error;

use chemorad::capecitabine::CapecitabineError;
use chemorad::quantity::{Fault, QuantityError};
use chemorad::radiobiology::{UncertaintyError, VoxelError};
use chemorad::radiotherapy::{FractionationError, FractionationTextError};
use chemorad_dicom::ReadError;

/// The name of what is wrong: that of the error, or of the one that it comes from. `quantity.missing_unit`,
/// `fractionation.inconsistent`, `file.unknown_field`; the room alone, such as `capecitabine`, where its errors have no
/// names of their own; none for an error of no room.
///
/// ```
/// use chemorad::quantity::AbsorbedDose;
///
/// let error = "45".parse::<AbsorbedDose>().unwrap_err();
/// assert_eq!(chemorad_cli::refusal_code(&error).as_deref(), Some("quantity.missing_unit"));
/// assert_eq!(chemorad_cli::accepted(&error), ["Gy", "cGy"]);
/// ```
#[must_use]
pub fn refusal_code(error: &(dyn Error + 'static)) -> Option<String> {
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

fn named(error: &(dyn Error + 'static)) -> Option<String> {
    if let Some(error) = of_quantity(error) {
        return Some(quantity(error));
    }
    if let Some(error) = error.downcast_ref::<FractionationTextError>() {
        return Some(fractionation_text(error).into());
    }
    if let Some(error) = error.downcast_ref::<FractionationError>() {
        return Some(fractionation(*error).into());
    }
    if let Some(faults) = error.downcast_ref::<chemorad_reader::Faults>() {
        return Some(faults.first().code.name.into());
    }
    if let Some(error) = error.downcast_ref::<ReadError>() {
        let name = match error {
            ReadError::Io { .. } => "file.unreadable",
            ReadError::TooLarge { .. } => "file.size",
            _ => "dicom",
        };
        return Some(name.into());
    }
    room(error).map(Into::into)
}

fn quantity(error: &QuantityError) -> String {
    let fault = match error.fault() {
        Fault::Empty => "empty",
        Fault::MissingNumber => "missing_number",
        Fault::MalformedNumber => "malformed_number",
        Fault::TooManyDigits => "too_many_digits",
        Fault::NotFinite => "not_finite",
        Fault::Negative => "negative",
        Fault::Zero => "zero",
        Fault::DecimalComma => "decimal_comma",
        Fault::MissingUnit => "missing_unit",
        Fault::UnknownUnit => "unknown_unit",
        Fault::TooPrecise => "too_precise",
        Fault::BelowMinimum => "below_minimum",
        Fault::AboveMaximum => "above_maximum",
        _ => "refused",
    };
    format!("quantity.{fault}")
}

const fn fractionation_text(error: &FractionationTextError) -> &'static str {
    match error {
        FractionationTextError::Numbers(error) => fractionation(*error),
        FractionationTextError::Malformed(_) => "fractionation.malformed",
        FractionationTextError::Count(_) => "fractionation.count",
        FractionationTextError::UnitSlip(_) => "fractionation.unit_slip",
        FractionationTextError::NotLow(_) => "fractionation.not_low",
        FractionationTextError::Phases(_) => "fractionation.phases",
        _ => "fractionation.refused",
    }
}

const fn fractionation(error: FractionationError) -> &'static str {
    match error {
        FractionationError::Fractions(_) => "fractionation.count",
        FractionationError::TotalTooLarge { .. } => "fractionation.total_too_large",
        FractionationError::Inconsistent { .. } => "fractionation.inconsistent",
        FractionationError::NotWhole { .. } => "fractionation.not_whole",
        _ => "fractionation.refused",
    }
}

/// Errors that are known by their room alone, and those of voxels.
macro_rules! rooms {
    ($($error:ty => $code:literal,)+) => {
        fn room(error: &(dyn Error + 'static)) -> Option<&'static str> {
            $(if error.is::<$error>() { return Some($code); })+
            match error.downcast_ref::<VoxelError>()? {
                VoxelError::Length { .. } => Some("voxels.length"),
                VoxelError::Invalid { .. } => Some("voxels.invalid"),
                _ => Some("voxels.refused"),
            }
        }
    };
}

rooms! {
    chemorad::quantity::EquivalentError => "quantity.equivalent",
    chemorad::radiotherapy::CourseError => "course",
    chemorad::radiotherapy::PhaseError => "course.phase",
    chemorad::radiotherapy::DateError => "date",
    chemorad::radiotherapy::HolidayError => "date",
    chemorad::radiotherapy::CalendarError => "schedule",
    chemorad::radiotherapy::DailyPatternError => "fractionation.day",
    chemorad::radiobiology::FinalSlopeError => "model.final_slope",
    chemorad::radiobiology::ModelError => "model",
    chemorad::radiobiology::ParametersError => "model.parameters",
    chemorad::radiobiology::SolveError => "model.target",
    chemorad::radiobiology::IntervalError => "model.interval",
    UncertaintyError => "model.uncertainty",
    chemorad::radiobiology::EarlierCourseError => "earlier_course",
    chemorad::gap::GapError => "gap",
    chemorad::report::Faults<chemorad::gap::GapError> => "gap",
    chemorad::patient::PatientError => "patient",
    CapecitabineError => "capecitabine",
    chemorad::report::Faults<CapecitabineError> => "capecitabine",
    chemorad::number::DecimalError => "number",
    chemorad::radiotherapy::CourseFault => "course",
    chemorad::radiotherapy::PhaseFault => "course.phase",
    chemorad_case::SheetFaults => "case",
    chemorad_case::SheetError => "case",
    chemorad_case::TemplateError => "case.template",
    chemorad_case::CoursesCaseError => "case",
    chemorad_cohort::CohortError => "cohort",
    chemorad_crosscheck::CrossCheckError => "check",
    chemorad_crosscheck::MappingError => "check",
    chemorad_crosscheck::PrescribedError => "check.prescribed",
    chemorad_crosscheck::ToleranceError => "check.tolerance",
    chemorad_crosscheck::UnknownLimits => "limits.unknown",
    chemorad_crosscheck::ProtocolLimitsError => "limits.protocol",
    chemorad_crosscheck::OrganLimitsError => "limits",
    chemorad_crosscheck::OrganLimitError => "limits",
    chemorad_crosscheck::GoalError => "limits.goal",
    chemorad_protocol::UnknownProtocol => "protocol.unknown",
    chemorad_protocol::FactError => "protocol.fact",
    chemorad_protocol::SubmucosaOfAnotherStage => "protocol.fact",
    chemorad_protocol::LimitError => "limits",
    chemorad_protocol::ConvertError => "protocol.convert",
    chemorad_protocol::SourceError => "protocol.source",
    chemorad_protocol::UnsettledCourse => "protocol.course",
    chemorad_dosimetry::HistogramError => "histogram",
    chemorad_dosimetry::ParameterError => "response.parameter",
    chemorad_dosimetry::PoissonError => "response",
    chemorad_dosimetry::PoissonControlError => "response",
    chemorad_dosimetry::DoseGridError => "dose.grid",
    chemorad_dosimetry::PlaneSpacingError => "structure.spacing",
    chemorad_dosimetry::EnteredError => "check.entered",
    chemorad_dosimetry::TypedPrescriptionError => "check.prescription",
    chemorad_dosimetry::MetricError => "metric",
    chemorad_dosimetry::StructureError => "structure",
    chemorad_dicom::PlacedGridError => "dose",
    chemorad_dicom::VolumeError => "dose",
    chemorad_dicom::equivalent::ConvertError => "dose.convert",
    chemorad_dicom::PercentileError => "metric",
    chemorad_dicom::WriteError => "dicom",
    chemorad_exchange::ExportError => "exchange",
    std::io::Error => "file.unreadable",
}
