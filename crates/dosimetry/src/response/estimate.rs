//! A parameter of a dose-response model with its value, how it is written, and its published interval.

use std::fmt;

use chemorad::number::Decimal;
use chemorad::quantity::{AbsorbedDose, Alpha, AlphaBeta, QuantityError};
use chemorad::report::decimal;
use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use super::parameter::ResponseParameter;
use super::parameter_error::ParameterError;

/// A number with its unit.
fn read(parameter: ResponseParameter, text: &str) -> Result<f64, ParameterError> {
    let of_quantity = |error: QuantityError| ParameterError::Quantity {
        parameter,
        error: Box::new(error),
    };
    let value = match parameter {
        ResponseParameter::ToxicDose | ResponseParameter::ControlDose => {
            text.parse::<AbsorbedDose>().map_err(of_quantity)?.gray()
        }
        ResponseParameter::AlphaBeta => text.parse::<AlphaBeta>().map_err(of_quantity)?.gray(),
        ResponseParameter::Alpha => text.parse::<Alpha>().map_err(of_quantity)?.per_gray(),
        ResponseParameter::ClonogenDensity => {
            let trimmed = text.trim();
            let units = ["/cc", "/cm3", "/ml", "/mL"];
            let cells = units.iter().find_map(|unit| trimmed.strip_suffix(unit));
            let cells = cells.ok_or_else(|| ParameterError::Density {
                given: shortened(text),
            })?;
            number(parameter, cells)?
        }
        _ => number(parameter, text)?,
    };
    if parameter.may_be(value) {
        Ok(value)
    } else {
        Err(ParameterError::Range {
            parameter,
            given: shortened(text),
            allowed: parameter.allowed(),
        })
    }
}

fn number(parameter: ResponseParameter, text: &str) -> Result<f64, ParameterError> {
    let number: Decimal = text
        .trim()
        .parse()
        .map_err(|error| ParameterError::Number {
            parameter,
            given: shortened(text),
            error,
        })?;
    Ok(number.to_f64())
}

/// What a number consists of.
const NUMBER: fn(char) -> bool = |c| c.is_ascii_digit() || "+-.eE ".contains(c);

fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}

/// A parameter with its value, and the interval that was published with it.
///
/// In text a value, or a value with its interval in brackets. The lower end may leave the unit to the upper.
///
/// ```
/// use chemorad_dosimetry::{Estimate, ResponseParameter};
/// let dose = Estimate::read(ResponseParameter::ToxicDose, "76.9 Gy (73.7..80.1 Gy)")?;
/// assert_eq!((dose.value(), dose.interval()), (76.9, Some((73.7, 80.1))));
/// assert_eq!(dose.to_string(), "76.9 Gy (73.7 to 80.1 Gy)");
/// assert_eq!(Estimate::read(ResponseParameter::ToxicDose, &dose.to_string())?, dose);
/// // a number without a unit, a value outside its interval
/// assert!(Estimate::read(ResponseParameter::ToxicDose, "76.9").is_err());
/// assert!(Estimate::read(ResponseParameter::Spread, "0.2 (0.10..0.17)").is_err());
/// # Ok::<(), chemorad_dosimetry::ParameterError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    parameter: ResponseParameter,
    value: f64,
    interval: Option<(f64, f64)>,
}

impl Estimate {
    /// Reads a parameter.
    ///
    /// # Errors
    /// No number with the unit of the parameter, one that it cannot be, or an interval without the value.
    pub fn read(parameter: ResponseParameter, text: &str) -> Result<Self, ParameterError> {
        let form = || ParameterError::Form {
            parameter,
            given: shortened(text),
        };
        let Some((value, interval)) = text.split_once('(') else {
            if text.contains("..") {
                return Err(form());
            }
            return Ok(Self {
                parameter,
                value: read(parameter, text)?,
                interval: None,
            });
        };
        let inside = interval.trim_end().strip_suffix(')').ok_or_else(form)?;
        let ends = inside
            .split_once("..")
            .or_else(|| inside.split_once(" to "));
        let (low, high) = ends.ok_or_else(form)?;
        let (low, high) = (low.trim(), high.trim());
        let unit = high.trim_start_matches(NUMBER);
        let low = if low.ends_with(|c: char| c.is_ascii_digit()) {
            // 73.7..8010 cGy: what the unit of the lower end is would be a guess
            let of_value = value.trim().trim_start_matches(NUMBER);
            if of_value != unit.trim() {
                return Err(ParameterError::Units {
                    parameter,
                    given: shortened(text),
                });
            }
            format!("{low}{unit}")
        } else {
            low.to_string()
        };
        let (low, high) = (read(parameter, &low)?, read(parameter, high)?);
        let value = read(parameter, value)?;
        if low <= value && value <= high {
            Ok(Self {
                parameter,
                value,
                interval: Some((low, high)),
            })
        } else {
            Err(ParameterError::Outside {
                parameter,
                value,
                low,
                high,
            })
        }
    }

    /// A published one; who writes it checks it with a test.
    pub(super) const fn published(
        parameter: ResponseParameter,
        value: f64,
        interval: (f64, f64),
    ) -> Self {
        Self {
            parameter,
            value,
            interval: Some(interval),
        }
    }

    /// Which parameter it is.
    #[must_use]
    pub const fn parameter(&self) -> ResponseParameter {
        self.parameter
    }

    /// Its value, in the unit of the parameter.
    #[must_use]
    pub const fn value(&self) -> f64 {
        self.value
    }

    /// Its interval, where it has one.
    #[must_use]
    pub const fn interval(&self) -> Option<(f64, f64)> {
        self.interval
    }

    /// The ends of its interval, or the value twice.
    pub(super) fn ends(&self) -> [f64; 2] {
        let (low, high) = self.interval.unwrap_or((self.value, self.value));
        [low, high]
    }

    /// Another parameter that is so many times this one.
    pub(super) fn times(&self, factor: f64, parameter: ResponseParameter) -> Self {
        Self {
            parameter,
            value: self.value * factor,
            interval: self
                .interval
                .map(|(low, high)| (low * factor, high * factor)),
        }
    }

    /// `TD50 = 76.9 Gy (73.7 to 80.1 Gy)`.
    #[must_use]
    pub fn with_symbol(&self) -> String {
        format!("{} = {self}", self.parameter.symbol())
    }

    /// `TD50 = 76.9 Gy`.
    pub(super) fn equation(&self) -> String {
        let without = Self {
            interval: None,
            ..*self
        };
        format!("{} = {without}", self.parameter.symbol())
    }
}

/// A number for a person: very large and small ones with a power of ten.
fn shown(value: f64) -> String {
    if value != 0.0 && !(1e-4..1e7).contains(&value.abs()) {
        format!("{value:e}")
    } else {
        decimal(value)
    }
}

impl fmt::Display for Estimate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = self.parameter.unit();
        let space = if unit.is_empty() { "" } else { " " };
        write!(f, "{}{space}{unit}", shown(self.value))?;
        if let Some((low, high)) = self.interval {
            write!(f, " ({} to {}{space}{unit})", shown(low), shown(high))?;
        }
        Ok(())
    }
}

/// `{"symbol": "TD50", "name": …, "value": 76.9, "unit": "Gy", "interval": {"low": …, "high": …}}`.
impl Serialize for Estimate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Ends {
            low: f64,
            high: f64,
        }
        let fields = 4 + usize::from(self.interval.is_some());
        let mut shape = serializer.serialize_struct("Estimate", fields)?;
        shape.serialize_field("symbol", self.parameter.symbol())?;
        shape.serialize_field("name", self.parameter.name())?;
        shape.serialize_field("value", &self.value)?;
        let unit = self.parameter.unit();
        shape.serialize_field("unit", if unit.is_empty() { "1" } else { unit })?;
        match self.interval {
            Some((low, high)) => shape.serialize_field("interval", &Ends { low, high })?,
            None => shape.skip_field("interval")?,
        }
        shape.end()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::{Estimate, ResponseParameter};

    #[test]
    fn what_is_no_parameter_is_refused() {
        let refused = |parameter, text: &str| {
            let error = Estimate::read(parameter, text).unwrap_err().to_string();
            assert!(error.starts_with(parameter.symbol()), "{text}: {error}");
        };
        for text in [
            "",
            "0",
            "-0.1",
            "NaN",
            "inf",
            "0.1 Gy",
            "11",
            "0,1",
            "0.04..0.14",
            "0.1 (0.2..0.3)",
        ] {
            refused(ResponseParameter::VolumeExponent, text);
        }
        for text in [
            "0.1 (",
            "0.1 (0.1)",
            "0.1 (0.3..0.05)",
            "0.1 ()",
            "(0.1..0.2)",
            "0.1 (0..0.2)",
        ] {
            refused(ResponseParameter::Spread, text);
        }
        for text in [
            "76.9",
            "0 Gy",
            "-76.9 Gy",
            "2000 Gy",
            "76.9 %",
            "76.9 Gy (73.7..80.1)",
        ] {
            refused(ResponseParameter::ToxicDose, text);
        }
        for text in ["1e7", "1e7 Gy", "0/cc", "1e13/cc"] {
            refused(ResponseParameter::ClonogenDensity, text);
        }
        for text in ["0", "8"] {
            refused(ResponseParameter::TumourExponent, text);
        }
        for text in ["0", "-8"] {
            refused(ResponseParameter::TissueExponent, text);
        }
        refused(ResponseParameter::Alpha, "0.3");
    }

    #[test]
    fn what_is_one_is_read_and_written() {
        for (parameter, text, value) in [
            (ResponseParameter::ToxicDose, "7690 cGy", 76.9_f64),
            (ResponseParameter::Alpha, "0.3 /Gy", 0.3),
            (ResponseParameter::AlphaBeta, "3 Gy (2..4.5Gy)", 3.0),
            (ResponseParameter::ClonogenDensity, "1e7/cc", 1e7),
            (
                ResponseParameter::Clonogens,
                "10000000 (1000000..100000000)",
                1e7,
            ),
            (ResponseParameter::TumourExponent, "-10 (-20..-5)", -10.0),
            (ResponseParameter::TissueExponent, "8", 8.0),
        ] {
            let read = Estimate::read(parameter, text).unwrap();
            assert_eq!(read.value().to_bits(), value.to_bits(), "{text}");
            assert_eq!(
                Estimate::read(parameter, &read.to_string()).unwrap(),
                read,
                "{read}"
            );
        }
    }
}
