//! A fractionation: a total dose and a number of fractions, exact.

use core::fmt;
use core::str::FromStr;

use super::fraction_count::FractionCount;
use super::fractionation_error::{FractionationError, FractionationTextError, short};
use crate::quantity::AbsorbedDose;

/// n fractions with total absorbed dose D, exact.
///
/// Stored as D in whole micrograys and n, so `25 x 1.8 Gy` and `45 Gy in 25` are the same value,
/// `50 Gy in 30` (1.666… Gy each) is exact too, and equality is integer equality.
///
/// ```
/// use chemorad::quantity::AbsorbedDose;
/// use chemorad::radiotherapy::{FractionCount, Fractionation};
///
/// const PELVIS: Fractionation = Fractionation::constant(
///     AbsorbedDose::constant("45 Gy"), 25, AbsorbedDose::constant("1.8 Gy"));
/// assert_eq!("25 x 1.8 Gy".parse::<Fractionation>()?, PELVIS);
/// assert_eq!("45Gy/25".parse::<Fractionation>()?, PELVIS);
/// assert_eq!(PELVIS.to_string(), "45 Gy in 25 x 1.8 Gy");
/// # Ok::<(), chemorad::radiotherapy::FractionationTextError>(())
/// ```
///
/// A wrong constant does not compile:
///
/// ```compile_fail,E0080
/// # use chemorad::quantity::AbsorbedDose;
/// # use chemorad::radiotherapy::Fractionation;
/// const WRONG: Fractionation = Fractionation::constant(
///     AbsorbedDose::constant("45.1 Gy"), 25, AbsorbedDose::constant("1.8 Gy"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fractionation {
    total: AbsorbedDose,
    fractions: FractionCount,
}

impl Fractionation {
    /// D in n fractions.
    #[must_use]
    pub const fn from_total(total: AbsorbedDose, fractions: FractionCount) -> Self {
        Self { total, fractions }
    }

    /// n fractions of d.
    ///
    /// # Errors
    /// A total above 1000 Gy.
    pub const fn from_dose_per_fraction(
        dose_per_fraction: AbsorbedDose,
        fractions: FractionCount,
    ) -> Result<Self, FractionationError> {
        match dose_per_fraction.checked_mul(fractions.get()) {
            Some(total) => Ok(Self { total, fractions }),
            None => Err(FractionationError::TotalTooLarge {
                fractions: fractions.get(),
                dose_per_fraction,
            }),
        }
    }

    /// D in fractions of d.
    ///
    /// # Errors
    /// D is not a whole number of d, or of more than 200.
    ///
    /// ```
    /// use chemorad::quantity::AbsorbedDose;
    /// use chemorad::radiotherapy::Fractionation;
    /// let boost = Fractionation::from_total_and_dose_per_fraction(
    ///     AbsorbedDose::constant("14.4 Gy"), AbsorbedDose::constant("1.8 Gy"))?;
    /// assert_eq!(boost.fractions().get(), 8);
    /// # Ok::<(), chemorad::radiotherapy::FractionationError>(())
    /// ```
    pub const fn from_total_and_dose_per_fraction(
        total: AbsorbedDose,
        dose_per_fraction: AbsorbedDose,
    ) -> Result<Self, FractionationError> {
        let (total_base, base) = (total.micrograys(), dose_per_fraction.micrograys());
        if total_base % base != 0 {
            return Err(FractionationError::NotWhole {
                total,
                dose_per_fraction,
            });
        }
        #[allow(clippy::cast_possible_truncation, reason = "at most 10^9 micrograys")]
        match FractionCount::new((total_base / base) as u32) {
            Ok(fractions) => Ok(Self { total, fractions }),
            Err(error) => Err(error),
        }
    }

    /// All three, which must agree exactly.
    ///
    /// # Errors
    /// n outside 1 to 200, or n · d ≠ D.
    pub const fn new(
        total: AbsorbedDose,
        fractions: u32,
        dose_per_fraction: AbsorbedDose,
    ) -> Result<Self, FractionationError> {
        let fractions = match FractionCount::new(fractions) {
            Ok(fractions) => fractions,
            Err(error) => return Err(error),
        };
        let product = match Self::from_dose_per_fraction(dose_per_fraction, fractions) {
            Ok(product) => product.total,
            Err(error) => return Err(error),
        };
        if product.micrograys() != total.micrograys() {
            return Err(FractionationError::Inconsistent {
                total,
                fractions: fractions.get(),
                dose_per_fraction,
                product,
            });
        }
        Ok(Self { total, fractions })
    }

    /// All three as a constant: a wrong one does not compile when used in `const`.
    ///
    /// # Panics
    /// Where [`new`](Self::new) is an error. At run time use that.
    #[must_use]
    #[track_caller]
    pub const fn constant(
        total: AbsorbedDose,
        fractions: u32,
        dose_per_fraction: AbsorbedDose,
    ) -> Self {
        match Self::new(total, fractions, dose_per_fraction) {
            Ok(fractionation) => fractionation,
            Err(error) => panic!("{}", error.message()),
        }
    }

    /// D.
    #[must_use]
    pub const fn total(self) -> AbsorbedDose {
        self.total
    }

    /// n.
    #[must_use]
    pub const fn fractions(self) -> FractionCount {
        self.fractions
    }

    /// d, or `None` when D/n is not a whole number of micrograys (50 Gy in 30).
    #[must_use]
    pub const fn dose_per_fraction(self) -> Option<AbsorbedDose> {
        self.total.checked_div_exact(self.fractions.get())
    }

    /// d in gray, correctly rounded to `f64`.
    #[must_use]
    #[allow(
        clippy::cast_precision_loss,
        reason = "both below 2^53, so one rounding"
    )]
    pub const fn gray_per_fraction(self) -> f64 {
        self.total.micrograys() as f64 / (self.fractions.get() as u64 * 1_000_000) as f64
    }

    /// Less than 1 Gy in 5 or more fractions. It can be a part of a course of low doses; as a whole
    /// course it is a slip of the unit, so a text has to say that it is meant.
    fn is_low(self) -> bool {
        const GRAY: AbsorbedDose = AbsorbedDose::constant("1 Gy");
        self.total < GRAY && self.fractions.get() >= 5
    }
}

/// What a text says of a dose that would otherwise be a slip of the unit.
const LOW_DOSE: &str = "(low dose)";

/// `45 Gy in 25 x 1.8 Gy`, or `50 Gy in 30` when the dose per fraction is not a short decimal. Less than
/// 1 Gy in 5 or more fractions is marked: `0.75 Gy in 5 x 0.15 Gy (low dose)`.
impl fmt::Display for Fractionation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = format!("{} in {}", self.total, self.fractions);
        if let Some(dose) = self.dose_per_fraction() {
            text = format!("{text} x {dose}");
        }
        if self.is_low() {
            text = format!("{text} {LOW_DOSE}");
        }
        f.pad(&text)
    }
}

impl FromStr for Fractionation {
    type Err = FractionationTextError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let meant = text.trim_end().strip_suffix(LOW_DOSE);
        let read = read(meant.unwrap_or(text))?;
        match (read.is_low(), meant) {
            (true, None) => Err(FractionationTextError::UnitSlip(short(text))),
            (false, Some(_)) => Err(FractionationTextError::NotLow(short(text))),
            _ => Ok(read),
        }
    }
}

fn read(text: &str) -> Result<Fractionation, FractionationTextError> {
    let of_total = text.split_once('/').or_else(|| text.split_once(" in "));
    if let Some((total, rest)) = of_total {
        let total: AbsorbedDose = total.parse()?;
        return match split_times(rest) {
            Some((count, dose)) => {
                let count: FractionCount = count.parse()?;
                Ok(Fractionation::new(total, count.get(), dose.parse()?)?)
            }
            None => Ok(Fractionation::from_total(
                total,
                without_unit(rest).parse()?,
            )),
        };
    }
    let (left, right) =
        split_times(text).ok_or_else(|| FractionationTextError::Malformed(short(text)))?;
    if left.trim().is_empty() || right.trim().is_empty() {
        return Err(FractionationTextError::Malformed(short(text)));
    }
    let whole = |text: &str| text.trim().bytes().all(|b| b.is_ascii_digit());
    let dose_first = !whole(left) && (whole(right) || left.contains("Gy"));
    let (count, dose) = if dose_first {
        (right, left)
    } else {
        (left, right)
    };
    Ok(Fractionation::from_dose_per_fraction(
        dose.parse()?,
        count.parse()?,
    )?)
}

/// `25 fractions` as `25`.
fn without_unit(count: &str) -> &str {
    let count = count.trim();
    count
        .strip_suffix("fractions")
        .or_else(|| count.strip_suffix("fraction"))
        .unwrap_or(count)
}

fn split_times(text: &str) -> Option<(&str, &str)> {
    text.split_once(['x', 'X', '×'])
}

mod shape {
    use alloc::format;
    use alloc::string::{String, ToString};

    use serde::{Deserialize, Serialize, Serializer};

    use super::{FractionCount, Fractionation, FractionationTextError};
    use crate::quantity::AbsorbedDose;

    /// `dose_per_fraction` is left out when it is not a whole number of micrograys. A low dose is written
    /// as text, which says that it is meant.
    #[derive(Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    struct Shape {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fractions: Option<u32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        dose_per_fraction: Option<AbsorbedDose>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        dose: Option<AbsorbedDose>,
    }

    impl Serialize for Fractionation {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            if self.is_low() {
                return serializer.collect_str(self);
            }
            Shape {
                fractions: Some(self.fractions.get()),
                dose_per_fraction: self.dose_per_fraction(),
                dose: Some(self.total),
            }
            .serialize(serializer)
        }
    }

    impl TryFrom<Shape> for Fractionation {
        type Error = String;

        fn try_from(shape: Shape) -> Result<Self, Self::Error> {
            let made = match (shape.dose, shape.fractions, shape.dose_per_fraction) {
                (Some(total), Some(n), Some(d)) => Self::new(total, n, d),
                (Some(total), Some(n), None) => {
                    FractionCount::new(n).map(|n| Self::from_total(total, n))
                }
                (None, Some(n), Some(d)) => {
                    FractionCount::new(n).and_then(|n| Self::from_dose_per_fraction(d, n))
                }
                (Some(total), None, Some(d)) => Self::from_total_and_dose_per_fraction(total, d),
                _ => {
                    return Err(
                        "a fractionation needs two of fractions, dose_per_fraction, dose".into(),
                    );
                }
            };
            let made = made.map_err(|error| error.to_string())?;
            if made.is_low() {
                let given = format!("{}/{}", made.total, made.fractions);
                return Err(FractionationTextError::UnitSlip(given).to_string());
            }
            Ok(made)
        }
    }

    crate::text::from_text_or_parts!(
        Fractionation,
        Shape,
        "a fractionation such as \"45Gy/25\" or two of fractions, dose_per_fraction, dose"
    );

    #[cfg(feature = "schema")]
    mod schema {
        use super::super::{FractionCount, Fractionation};
        use super::Shape;
        use crate::schema::{any_of, schema_of, text};

        schema_of!(FractionCount, "FractionCount", |_generator| {
            schemars::json_schema!({ "type": "integer", "minimum": 1, "maximum": 200 })
        });
        schema_of!(Fractionation, "Fractionation", |generator| any_of(&[
            text("45Gy/25, 25 x 1.8 Gy or 45 Gy in 25 x 1.8 Gy", "Gy"),
            <Shape as schemars::JsonSchema>::json_schema(generator),
        ]));
    }
}
