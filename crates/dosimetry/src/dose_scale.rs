//! Whether the size of the numbers in a dose file can be right.

use chemorad::number::Decimal;
use chemorad::report::{Finding, Subject};

use super::dose_file::DoseUnits;
use super::finding::{DoseScale, DosimetryFinding, HIGHEST, PLAUSIBLE, POSSIBLE};

/// Whether the largest dose of a file is plausible for a prescribed total (`dose.scale`).
///
/// The dose of a whole plan reaches what is prescribed: below it is a warning, and below `least` a
/// failure; `None` is the dose of a part. Up to twice the prescribed dose is usual. More is a warning up
/// to four times, as plans are prescribed to an isodose of less than 50 %, and beyond that a failure.
///
/// ```
/// use chemorad_dosimetry::{dose_scale, least_maximum};
/// use chemorad::report::{Outcome, Subject};
///
/// let prescribed = "45".parse()?;
/// let outcome = |maximum: &str| -> Result<Outcome, chemorad::number::DecimalError> {
///     let least = least_maximum(prescribed);
///     Ok(dose_scale(Subject::source("dose"), maximum.parse()?, prescribed, least).outcome)
/// };
/// assert_eq!(outcome("46.2")?, Outcome::Pass);
/// assert_eq!(outcome("44.9")?, Outcome::Warn);
/// assert_eq!(outcome("42.7")?, Outcome::Fail);
/// assert_eq!(outcome("100")?, Outcome::Warn);
/// assert_eq!(outcome("4620")?, Outcome::Fail);
/// # Ok::<(), chemorad::number::DecimalError>(())
/// ```
#[must_use]
pub fn dose_scale(
    at: Subject,
    maximum: Decimal,
    prescribed: Decimal,
    least: Option<Decimal>,
) -> Finding {
    let times = |factor: u32| prescribed.checked_mul(factor.into());
    let scale = match (times(2), times(HIGHEST), least) {
        (None, ..) | (_, None, _) => DoseScale::TooManyDigits,
        (.., Some(least)) if maximum < prescribed => DoseScale::BelowPrescribed {
            maximum,
            prescribed,
            least,
        },
        _ if maximum.is_zero() => DoseScale::Zero {
            prescribed: Some(prescribed),
        },
        (_, Some(highest), _) if maximum > highest => DoseScale::FarAbove {
            maximum,
            prescribed,
            highest,
        },
        (Some(twice), ..) if maximum > twice => DoseScale::LowIsodose {
            maximum,
            prescribed,
            twice,
        },
        (Some(twice), ..) => DoseScale::AsPrescribed {
            maximum,
            prescribed,
            twice,
        },
    };
    DosimetryFinding::DoseScale { at, scale }.into()
}

/// The least maximum that the dose of a whole plan may have, unless another tolerance is given: 95 % of
/// the prescribed dose.
///
/// ```
/// use chemorad_dosimetry::least_maximum;
/// assert_eq!(least_maximum("50".parse()?), Some("47.5".parse()?));
/// # Ok::<(), chemorad::number::DecimalError>(())
/// ```
#[must_use]
pub fn least_maximum(prescribed: Decimal) -> Option<Decimal> {
    prescribed.checked_mul(Decimal::new(95, -2)?)
}

/// Whether the largest dose of a file is plausible in gray (`dose.scale`), against what any plan could
/// mean; `None` is a file without a grid.
///
/// ```
/// use chemorad_dosimetry::{DoseUnits, dose_scale_alone};
/// use chemorad::report::{Outcome, Subject};
///
/// let percent = Some("107".parse()?);
/// let finding = dose_scale_alone(Subject::source("dose"), &DoseUnits::Gray, percent);
/// assert_eq!(finding.outcome, Outcome::Warn);
/// # Ok::<(), chemorad::number::DecimalError>(())
/// ```
#[must_use]
pub fn dose_scale_alone(at: Subject, units: &DoseUnits, maximum: Option<Decimal>) -> Finding {
    let scale = match maximum {
        _ if *units != DoseUnits::Gray => DoseScale::NotGray,
        None => DoseScale::NoGrid,
        Some(maximum) if maximum.is_zero() => DoseScale::Zero { prescribed: None },
        Some(maximum) if maximum > POSSIBLE.into() => DoseScale::Impossible { maximum },
        Some(maximum) if maximum > PLAUSIBLE.into() => DoseScale::High { maximum },
        Some(maximum) => DoseScale::Plausible { maximum },
    };
    DosimetryFinding::DoseScale { at, scale }.into()
}
