//! Whether the size of the numbers in a dose file can be right.

use chemorad::number::Decimal;
use chemorad::report::{Finding, Subject};

use super::dose_file::DoseUnits;
use super::finding::{DoseScale, DosimetryFinding, PLAUSIBLE, POSSIBLE};

/// Whether the largest dose of a file is plausible for a prescribed total (`dose.scale`): at most
/// twice it; and at least half of it where the file sums everything that is prescribed.
///
/// ```
/// use chemorad_dosimetry::dose_scale;
/// use chemorad::report::{Outcome, Subject};
///
/// let prescribed = "45".parse()?;
/// let outcome = |maximum: &str| -> Result<Outcome, chemorad::number::DecimalError> {
///     Ok(dose_scale(Subject::source("dose"), maximum.parse()?, prescribed, true).outcome)
/// };
/// assert_eq!(outcome("46.2")?, Outcome::Pass);
/// assert_eq!(outcome("4620")?, Outcome::Fail);
/// # Ok::<(), chemorad::number::DecimalError>(())
/// ```
#[must_use]
pub fn dose_scale(at: Subject, maximum: Decimal, prescribed: Decimal, whole: bool) -> Finding {
    let two = Decimal::from(2);
    let doubled = (prescribed.checked_mul(two), maximum.checked_mul(two));
    let scale = match doubled {
        (None, _) | (_, None) => DoseScale::TooManyDigits,
        _ if maximum.is_zero() => DoseScale::Zero {
            prescribed: Some(prescribed),
        },
        (Some(twice), _) if maximum > twice => DoseScale::TwicePrescribed {
            maximum,
            prescribed,
            twice,
        },
        (_, Some(doubled)) if whole && doubled < prescribed => DoseScale::BelowHalf {
            maximum,
            prescribed,
        },
        (Some(twice), _) => DoseScale::AsPrescribed {
            maximum,
            prescribed,
            twice,
        },
    };
    DosimetryFinding::DoseScale { at, scale }.into()
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
