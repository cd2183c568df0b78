//! BED and EQDx over a range of α/β.

use alloc::string::{String, ToString};
use core::fmt;
use core::str::FromStr;

use super::exact::DoseSeries;
use super::interval_error::{IntervalError, UncertaintyError};
use super::linear_quadratic::LinearQuadratic;
use super::parameter_range::{ends, split};
use crate::quantity::{AbsorbedDose, AlphaBeta, Bed, Eqd, Fault};

/// A range of α/β. Its lower end may reach zero, as confidence intervals do.
///
/// BED falls as α/β rises. EQDx is `Σ D + (Σ D (d − x))/(x + α/β)`, which is monotone in α/β for
/// any course, so the values at the two ends contain every value in between. As α/β → 0, BED has
/// no bound and EQDx tends to `Σ D d/x`.
///
/// In text `8..12 Gy`, `0..10.3 Gy` where it reaches zero, or a single value.
///
/// ```
/// use chemorad::quantity::AlphaBeta;
/// use chemorad::radiobiology::{AlphaBetaInterval, DoseSeries, TWO_GRAY};
/// use chemorad::radiotherapy::Fractionation;
///
/// let short_course: Fractionation = "25Gy/5".parse()?;
/// let range = AlphaBetaInterval::new(
///     AlphaBeta::constant("5 Gy"), AlphaBeta::constant("10 Gy")).unwrap();
/// let eqd2 = range.eqd(&DoseSeries::new(short_course), TWO_GRAY);
/// assert_eq!((eqd2.low, eqd2.high), (31.25, 250.0 / 7.0));
///
/// let open = AlphaBetaInterval::from_zero(AlphaBeta::constant("10.3 Gy"));
/// let series = DoseSeries::new(short_course);
/// assert!(open.bed(&series).high.is_none());
/// assert_eq!(open.eqd(&series, TWO_GRAY).high, 62.5);
/// # Ok::<(), chemorad::radiotherapy::FractionationTextError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlphaBetaInterval {
    /// `None` when the range reaches zero.
    low: Option<AlphaBeta>,
    high: AlphaBeta,
}

impl FromStr for AlphaBetaInterval {
    type Err = UncertaintyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (low, high) = ends(text);
        if AlphaBeta::from_text(&high) == Err(Fault::Zero) && split(text).is_some() {
            return Err(UncertaintyError::OnlyZero);
        }
        let high: AlphaBeta = high.parse()?;
        match AlphaBeta::from_text(&low) {
            Err(Fault::Zero) => Ok(Self::from_zero(high)),
            Err(Fault::Negative) => Err(UncertaintyError::NegativeAlphaBeta {
                high: high.to_string(),
            }),
            _ => Ok(Self::new(low.parse()?, high)?),
        }
    }
}

impl fmt::Display for AlphaBetaInterval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: String = match (self.single(), self.low) {
            (Some(value), _) => value.to_string(),
            (None, Some(low)) => format!("{low} to {}", self.high),
            (None, None) => format!("0 Gy to {}", self.high),
        };
        f.pad(&text)
    }
}

/// `{"low": .., "high": ..}`; `low` is zero where the range reaches it.
impl serde::Serialize for AlphaBetaInterval {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        #[derive(serde::Serialize)]
        struct Zero {
            value: u8,
            unit: &'static str,
        }
        let mut shape = serializer.serialize_struct("AlphaBetaInterval", 2)?;
        let zero = Zero {
            value: 0,
            unit: "Gy",
        };
        match &self.low {
            Some(low) => shape.serialize_field("low", low)?,
            None => shape.serialize_field("low", &zero)?,
        }
        shape.serialize_field("high", &self.high)?;
        shape.end()
    }
}

/// The text `8..12 Gy`.
impl<'de> serde::Deserialize<'de> for AlphaBetaInterval {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// BED over a range of α/β.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct BedInterval {
    /// At the upper end of α/β.
    pub low: Bed,
    /// At the lower end of α/β; `None` when that reaches zero, where BED has no bound.
    pub high: Option<Bed>,
}

/// EQDx over a range of α/β, in gray.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct EqdInterval {
    /// The smaller value.
    pub low: f64,
    /// The larger value.
    pub high: f64,
    /// x.
    pub reference: AbsorbedDose,
}

impl AlphaBetaInterval {
    /// A range between two values.
    ///
    /// # Errors
    /// The first is larger than the second.
    pub fn new(low: AlphaBeta, high: AlphaBeta) -> Result<Self, IntervalError> {
        if low > high {
            Err(IntervalError { low, high })
        } else {
            Ok(Self {
                low: Some(low),
                high,
            })
        }
    }

    /// A single value.
    #[must_use]
    pub const fn point(alpha_beta: AlphaBeta) -> Self {
        Self {
            low: Some(alpha_beta),
            high: alpha_beta,
        }
    }

    /// The value, where it is only one.
    #[must_use]
    pub fn single(self) -> Option<AlphaBeta> {
        self.low.filter(|&low| low == self.high)
    }

    /// A range that reaches zero (a confidence interval whose lower end is zero or below).
    #[must_use]
    pub const fn from_zero(high: AlphaBeta) -> Self {
        Self { low: None, high }
    }

    /// The lower end; `None` when the range reaches zero.
    #[must_use]
    pub const fn low(self) -> Option<AlphaBeta> {
        self.low
    }

    /// The upper end.
    #[must_use]
    pub const fn high(self) -> AlphaBeta {
        self.high
    }

    /// BED at both ends.
    #[must_use]
    pub fn bed(self, series: &DoseSeries) -> BedInterval {
        BedInterval {
            low: LinearQuadratic::new(self.high).bed_of(series),
            high: self.low.map(|low| LinearQuadratic::new(low).bed_of(series)),
        }
    }

    /// EQDx at both ends, the finite limit where the range reaches zero.
    #[must_use]
    pub fn eqd(self, series: &DoseSeries, reference: AbsorbedDose) -> EqdInterval {
        let at = |alpha_beta| -> Eqd { LinearQuadratic::new(alpha_beta).eqd_of(series, reference) };
        let first = match self.low {
            Some(low) => at(low).gray(),
            None => series.weighted(0, reference.micrograys()),
        };
        let second = at(self.high).gray();
        EqdInterval {
            low: first.min(second),
            high: first.max(second),
            reference,
        }
    }
}
