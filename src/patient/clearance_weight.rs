//! The weight that goes into the Cockcroft-Gault formula.

use alloc::format;
use core::fmt;
use core::str::FromStr;

use crate::report::{Derivation, decimal};

use super::body_size::BodySize;
use super::error::{PatientError, quoted};
use super::measures::{Height, Weight};
use super::person::Sex;

/// The share of the difference between actual and ideal weight that an adjusted weight adds, 0.001 to
/// 1 in steps of 0.001.
///
/// ```
/// use chemorad::patient::AdjustmentFactor;
/// assert_eq!("0.25".parse::<AdjustmentFactor>()?.value(), 0.25);
/// assert!("25".parse::<AdjustmentFactor>().is_err());
/// # Ok::<(), chemorad::patient::PatientError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AdjustmentFactor {
    thousandths: u16,
}

impl AdjustmentFactor {
    /// 0.4, common practice and not one publication.
    pub const USUAL: Self = Self { thousandths: 400 };

    /// The factor.
    #[must_use]
    pub fn value(self) -> f64 {
        f64::from(self.thousandths) / 1000.0
    }
}

impl fmt::Display for AdjustmentFactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}", self.value()))
    }
}

impl FromStr for AdjustmentFactor {
    type Err = PatientError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = || PatientError::AdjustmentFactor {
            given: quoted(text),
        };
        let (whole, digits) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        if !matches!(whole, "0" | "1") || digits.len() > 3 || !plain {
            return Err(refused());
        }
        let thousandths = format!("{whole}{digits:0<3}");
        match thousandths.parse() {
            Ok(thousandths @ 1..=1000) => Ok(Self { thousandths }),
            _ => Err(refused()),
        }
    }
}

crate::text::by_text!(AdjustmentFactor);

/// Which body weight goes into the Cockcroft-Gault formula. There is no default and no switch by
/// body-mass index: programs that switch silently give other clearances for the same patient.
///
/// ```
/// use chemorad::patient::WeightBasis;
/// assert_eq!("adjusted:0.25".parse::<WeightBasis>()?.to_string(), "adjusted:0.25");
/// assert!("adjusted".parse::<WeightBasis>().is_err()); // by which factor?
/// assert!("lean".parse::<WeightBasis>().is_err());
/// # Ok::<(), chemorad::patient::PatientError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WeightBasis {
    /// As measured.
    Actual,
    /// From height and sex.
    Ideal,
    /// Ideal plus this share of the difference between actual and ideal.
    Adjusted(AdjustmentFactor),
}

impl fmt::Display for WeightBasis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Actual => f.pad("actual"),
            Self::Ideal => f.pad("ideal"),
            Self::Adjusted(factor) => f.pad(&format!("adjusted:{factor}")),
        }
    }
}

/// `actual`, `ideal`, `adjusted:0.25`. No factor is a default, so that `adjusted` alone is refused.
impl FromStr for WeightBasis {
    type Err = PatientError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim() {
            "actual" => Ok(Self::Actual),
            "ideal" => Ok(Self::Ideal),
            "adjusted" => Err(PatientError::AdjustmentFactorMissing),
            other => match other.strip_prefix("adjusted:") {
                Some(factor) => factor.parse().map(Self::Adjusted),
                None => Err(PatientError::UnknownWeightBasis {
                    given: quoted(text),
                }),
            },
        }
    }
}

crate::text::by_text!(WeightBasis);

/// The weight for the Cockcroft-Gault formula, with what it is worked out from.
///
/// - actual: W as measured;
/// - ideal: male 50 kg, female 45.5 kg, plus 2.3 kg for each inch over 60 inches. Devine, Drug
///   Intell Clin Pharm 1974;8:650-655, as quoted by pharmacy references; the paper itself was not
///   at hand. The formula says nothing below 60 inches (152.4 cm), and neither does this;
/// - adjusted: ideal + factor (actual - ideal). A factor of 0.4 is common practice, not one
///   publication.
///
/// ```
/// use chemorad::patient::*;
/// let size = BodySize::new("170 cm".parse()?, "100 kg".parse()?)?;
/// let ideal = ClearanceWeight::Ideal(size).kilograms(Sex::Male)?;
/// assert_eq!(format!("{ideal:.2}"), "65.94");
/// let adjusted = ClearanceWeight::new("adjusted:0.4".parse()?, size).kilograms(Sex::Male)?;
/// assert_eq!(format!("{adjusted:.2}"), "79.56");
///
/// let short = BodySize::new("150 cm".parse()?, "60 kg".parse()?)?;
/// assert!(ClearanceWeight::Ideal(short).kilograms(Sex::Male).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClearanceWeight {
    /// The measured weight.
    Actual(Weight),
    /// Ideal weight, from the height.
    Ideal(BodySize),
    /// Adjusted weight, from both.
    Adjusted {
        /// The measured body size.
        size: BodySize,
        /// The share of the difference between actual and ideal.
        factor: AdjustmentFactor,
    },
}

const SIXTY_INCHES: Height = Height::constant("60 in");
const INCH_MICROMETERS: f64 = 25_400.0;

const fn base(sex: Sex) -> f64 {
    match sex {
        Sex::Female => 45.5,
        Sex::Male => 50.0,
    }
}

#[allow(clippy::cast_precision_loss, reason = "micrometres stay below 2^53")]
fn ideal(height: Height, sex: Sex) -> Result<f64, PatientError> {
    if height < SIXTY_INCHES {
        return Err(PatientError::TooShortForIdealWeight { height });
    }
    let over = (height.micrometers() - SIXTY_INCHES.micrometers()) as f64 / INCH_MICROMETERS;
    Ok(base(sex) + 2.3 * over)
}

impl ClearanceWeight {
    /// The weight of a basis for a measured body size.
    #[must_use]
    pub const fn new(basis: WeightBasis, size: BodySize) -> Self {
        match basis {
            WeightBasis::Actual => Self::Actual(size.weight()),
            WeightBasis::Ideal => Self::Ideal(size),
            WeightBasis::Adjusted(factor) => Self::Adjusted { size, factor },
        }
    }

    /// Which weight it is.
    #[must_use]
    pub const fn basis(self) -> WeightBasis {
        match self {
            Self::Actual(_) => WeightBasis::Actual,
            Self::Ideal(_) => WeightBasis::Ideal,
            Self::Adjusted { factor, .. } => WeightBasis::Adjusted(factor),
        }
    }

    /// The measured weight.
    #[must_use]
    pub const fn actual(self) -> Weight {
        match self {
            Self::Actual(weight) => weight,
            Self::Ideal(size) | Self::Adjusted { size, .. } => size.weight(),
        }
    }

    /// The value in kilograms.
    ///
    /// # Errors
    /// [`PatientError::TooShortForIdealWeight`] below 60 inches, for ideal and adjusted.
    pub fn kilograms(self, sex: Sex) -> Result<f64, PatientError> {
        Ok(match self {
            Self::Actual(weight) => weight.kilograms(),
            Self::Ideal(size) => ideal(size.height(), sex)?,
            Self::Adjusted { size, factor } => {
                let ideal = ideal(size.height(), sex)?;
                ideal + factor.value() * (size.weight().kilograms() - ideal)
            }
        })
    }

    /// How the weight is worked out; none for the measured one.
    pub(super) fn derivation(self, sex: Sex) -> Option<Derivation> {
        let size = match self {
            Self::Actual(_) => return None,
            Self::Ideal(size) | Self::Adjusted { size, .. } => size,
        };
        let ideal = ideal(size.height(), sex).ok()?;
        let of_ideal = format!(
            "{} + 2.3 x ({} / 2.54 - 60)",
            base(sex),
            decimal(size.height().centimeters())
        );
        Some(match self {
            Self::Adjusted { factor, .. } => {
                let actual = decimal(size.weight().kilograms());
                Derivation::new(
                    "adjusted body weight",
                    format!("ideal + {factor} (actual - ideal)"),
                    format!("{0} + {factor} x ({actual} - {0})", decimal(ideal)),
                    format!(
                        "{} kg",
                        decimal(ideal + factor.value() * (size.weight().kilograms() - ideal))
                    ),
                    "the factor as given; 0.4 is common practice, not one publication",
                )
                .with(format!("ideal = {of_ideal} = {} kg", decimal(ideal)))
            }
            _ => Derivation::new(
                "ideal body weight",
                format!("{} + 2.3 (height in inches - 60), {sex}", base(sex)),
                of_ideal,
                format!("{} kg", decimal(ideal)),
                "Devine, Drug Intell Clin Pharm 1974;8:650-655, as quoted by pharmacy references",
            ),
        })
    }
}
