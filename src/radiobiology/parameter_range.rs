//! Intervals of the parameters of a model.

use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use super::interval_error::UncertaintyError;
use super::linear_tail::FinalSlope;
use super::repopulation::RepopulationRate;
use crate::quantity::{
    AbsorbedDose, Alpha, BedLossPerDay, DoublingTime, EqdLossPerDay, QuantityError,
};
use crate::report::decimal;

/// An interval of one parameter.
///
/// In text `0.5..0.8 Gy/d` or `0.5 Gy/d..0.8 Gy/d`; a single value is an interval without width.
///
/// ```
/// use chemorad::quantity::BedLossPerDay;
/// use chemorad::radiobiology::ParameterRange;
/// let (low, high) = (BedLossPerDay::constant("0.5 Gy/d"), BedLossPerDay::constant("0.8 Gy/d"));
/// let range = ParameterRange::new(low, high)?;
/// assert_eq!("0.5..0.8 Gy/d".parse::<ParameterRange<BedLossPerDay>>()?, range);
/// assert_eq!(range.to_string(), "0.5 Gy/d to 0.8 Gy/d");
/// assert_eq!("0.66 Gy/d".parse::<ParameterRange<BedLossPerDay>>()?.single(), Some("0.66 Gy/d".parse()?));
/// assert!(ParameterRange::new(high, low).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParameterRange<T> {
    pub(super) low: T,
    pub(super) high: T,
}

impl<T: Copy + PartialOrd + fmt::Display> ParameterRange<T> {
    /// From the lower to the upper end.
    ///
    /// # Errors
    /// The first is larger than the second.
    pub fn new(low: T, high: T) -> Result<Self, UncertaintyError> {
        if low <= high {
            Ok(Self { low, high })
        } else {
            Err(UncertaintyError::Empty {
                low: format!("{low}"),
                high: format!("{high}"),
            })
        }
    }

    /// A single value.
    #[must_use]
    pub const fn point(value: T) -> Self {
        Self {
            low: value,
            high: value,
        }
    }

    /// The lower end.
    #[must_use]
    pub const fn low(self) -> T {
        self.low
    }

    /// The upper end.
    #[must_use]
    pub const fn high(self) -> T {
        self.high
    }

    /// The value, where it is only one.
    #[must_use]
    pub fn single(self) -> Option<T> {
        (self.low == self.high).then_some(self.low)
    }
}

/// `0.5..0.8 Gy/d`, or `0.5 Gy/d to 0.8 Gy/d` as a range is printed.
pub(super) fn split(text: &str) -> Option<(&str, &str)> {
    text.split_once("..").or_else(|| text.split_once(" to "))
}

/// The two ends in text, both with a unit; a single value is both ends.
pub(super) fn ends(text: &str) -> (String, String) {
    let Some((low, high)) = split(text) else {
        return (text.into(), text.into());
    };
    let (low, high) = (low.trim(), high.trim());
    let unit = high.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    if low.ends_with(|c: char| c.is_ascii_digit()) {
        (format!("{low} {}", unit.trim()), high.into())
    } else {
        (low.into(), high.into())
    }
}

impl<T> FromStr for ParameterRange<T>
where
    T: Copy + PartialOrd + fmt::Display + FromStr<Err = QuantityError>,
{
    type Err = UncertaintyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (low, high) = ends(text);
        // the upper end carries the unit, so what is wrong with it is said first
        let high = high.parse()?;
        Self::new(low.parse()?, high)
    }
}

impl<T: Copy + PartialOrd + fmt::Display> fmt::Display for ParameterRange<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.single() {
            Some(value) => value.fmt(f),
            None => f.pad(&format!("{} to {}", self.low, self.high)),
        }
    }
}

/// `{"low": .., "high": ..}`.
impl<T: serde::Serialize> serde::Serialize for ParameterRange<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut shape = serializer.serialize_struct("ParameterRange", 2)?;
        shape.serialize_field("low", &self.low)?;
        shape.serialize_field("high", &self.high)?;
        shape.end()
    }
}

/// The text `0.5..0.8 Gy/d`.
impl<'de, T> serde::Deserialize<'de> for ParameterRange<T>
where
    T: Copy + PartialOrd + fmt::Display + FromStr<Err = QuantityError>,
{
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A rate of repopulation whose parameters are intervals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum UncertainRate {
    /// K.
    Bed(ParameterRange<BedLossPerDay>),
    /// `ln 2/(α Tp)`.
    Doubling {
        /// α.
        alpha: ParameterRange<Alpha>,
        /// Tp.
        doubling_time: ParameterRange<DoublingTime>,
    },
    /// `D_prolif` in fractions of x.
    Eqd {
        /// `D_prolif`.
        loss: ParameterRange<EqdLossPerDay>,
        /// x.
        reference: AbsorbedDose,
    },
}

/// γ/α as an interval, or the tangent at whatever the other parameters are. In text `3..5`, `5` or
/// `tangent`.
///
/// ```
/// use chemorad::radiobiology::UncertainSlope;
/// assert_eq!("tangent".parse::<UncertainSlope>()?, UncertainSlope::Tangent);
/// assert_eq!("3..5".parse::<UncertainSlope>()?.to_string(), "3 to 5");
/// # Ok::<(), chemorad::radiobiology::UncertaintyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum UncertainSlope {
    /// `1 + 2 d_T/(α/β)`.
    Tangent,
    /// Stated.
    Stated(ParameterRange<f64>),
}

impl UncertainSlope {
    /// The slope, where it is only one.
    #[must_use]
    pub fn single(self) -> Option<FinalSlope> {
        match self {
            Self::Tangent => Some(FinalSlope::TANGENT),
            Self::Stated(range) => FinalSlope::stated(range.single()?).ok(),
        }
    }

    pub(super) fn end(self, high: bool) -> Result<FinalSlope, UncertaintyError> {
        match self {
            Self::Tangent => Ok(FinalSlope::TANGENT),
            Self::Stated(range) => {
                let end = if high { range.high } else { range.low };
                Ok(FinalSlope::stated(end)?)
            }
        }
    }
}

impl FromStr for UncertainSlope {
    type Err = UncertaintyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.trim() == "tangent" {
            return Ok(Self::Tangent);
        }
        let number = |text: &str| -> Result<f64, UncertaintyError> {
            let slope: FinalSlope = text.parse()?;
            slope.number().ok_or(UncertaintyError::TangentEnd)
        };
        let (low, high) = split(text).unwrap_or((text, text));
        Ok(Self::Stated(ParameterRange::new(
            number(low)?,
            number(high)?,
        )?))
    }
}

impl fmt::Display for UncertainSlope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tangent => f.pad("tangent"),
            Self::Stated(range) => match range.single() {
                Some(number) => f.pad(&decimal(number)),
                None => f.pad(&format!(
                    "{} to {}",
                    decimal(range.low),
                    decimal(range.high)
                )),
            },
        }
    }
}

/// `"tangent"`, or `{"low": 3, "high": 5}`.
impl serde::Serialize for UncertainSlope {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Tangent => serializer.serialize_str("tangent"),
            Self::Stated(range) => range.serialize(serializer),
        }
    }
}

/// The text `tangent`, `5` or `3..5`.
impl<'de> serde::Deserialize<'de> for UncertainSlope {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl UncertainRate {
    /// The rate with the greatest or the least loss.
    pub(super) const fn end(self, greatest: bool) -> RepopulationRate {
        match self {
            Self::Bed(range) => {
                RepopulationRate::Bed(if greatest { range.high } else { range.low })
            }
            Self::Doubling {
                alpha,
                doubling_time,
            } => RepopulationRate::Doubling {
                alpha: if greatest { alpha.low } else { alpha.high },
                doubling_time: if greatest {
                    doubling_time.low
                } else {
                    doubling_time.high
                },
            },
            Self::Eqd { loss, reference } => RepopulationRate::Eqd {
                loss: if greatest { loss.high } else { loss.low },
                reference,
            },
        }
    }
}
