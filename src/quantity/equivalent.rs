//! BED and EQDx: numbers that mean something only together with their α/β (and x).

use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;
use core::str::FromStr;

use super::absorbed_dose::AbsorbedDose;
use super::alpha_beta::AlphaBeta;
use crate::number::is_plain;

/// Why a BED or EQD does not exist, or two do not add up.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum EquivalentError {
    /// NaN or an infinity.
    #[error("a BED or EQD must be a finite number of gray")]
    NotFinite,
    /// Below zero.
    #[error("a BED or EQD must not be negative (given {0} Gy)")]
    Negative(f64),
    /// Two values at different α/β.
    #[error("values at alpha/beta {0} and {1} do not add: calculate both at one alpha/beta")]
    DifferentAlphaBeta(AlphaBeta, AlphaBeta),
    /// Two EQDx with different x.
    #[error("EQD in {0} and in {1} fractions do not add: calculate both for one fraction size")]
    DifferentReference(AbsorbedDose, AbsorbedDose),
    /// A text that is not written like `53.1 Gy BED(a/b = 10)`.
    #[error("{0:?} is not written like `53.1 Gy BED(a/b = 10)` or `44.25 Gy EQD2Gy(a/b = 10)`")]
    Malformed(String),
}

const fn is_valid(gray: f64) -> bool {
    gray.is_finite() && gray >= 0.0
}

const fn refusal(gray: f64) -> EquivalentError {
    if gray.is_finite() {
        EquivalentError::Negative(gray)
    } else {
        EquivalentError::NotFinite
    }
}

/// Biologically effective dose at an α/β, Gy.
///
/// Printed with the label of AAPM TG-263 section 9.2 as HL7 CodeX uses it. Two of them add only at
/// the same α/β, and never to an absorbed dose or an EQD:
///
/// ```
/// use chemorad::quantity::{AlphaBeta, Bed};
///
/// let tumour = Bed::new(53.1, AlphaBeta::constant("10 Gy"))?;
/// let late = Bed::new(72.0, AlphaBeta::constant("3 Gy"))?;
/// assert_eq!(tumour.label(), "BED(a/b = 10)");
/// assert_eq!(tumour.to_string(), "53.1 Gy BED(a/b = 10)");
/// assert!(tumour.checked_add(late).is_err());
/// # Ok::<(), chemorad::quantity::EquivalentError>(())
/// ```
///
/// ```compile_fail,E0308
/// # use chemorad::quantity::{AbsorbedDose, AlphaBeta, Bed, Eqd};
/// let alpha_beta = AlphaBeta::constant("10 Gy");
/// let bed = Bed::new(53.1, alpha_beta).unwrap();
/// let eqd = Eqd::new(44.25, alpha_beta, AbsorbedDose::constant("2 Gy")).unwrap();
/// bed.checked_add(eqd); // an EQD is not a BED
/// ```
#[derive(Clone, Copy, PartialEq)]
pub struct Bed {
    gray: f64,
    alpha_beta: AlphaBeta,
}

impl Bed {
    /// From a number of gray at an α/β.
    ///
    /// # Errors
    /// NaN, infinity or a negative number.
    pub const fn new(gray: f64, alpha_beta: AlphaBeta) -> Result<Self, EquivalentError> {
        if is_valid(gray) {
            Ok(Self::calculated(gray + 0.0, alpha_beta)) // never -0
        } else {
            Err(refusal(gray))
        }
    }

    /// For results of formulas that cannot be negative or overflow.
    pub(crate) const fn calculated(gray: f64, alpha_beta: AlphaBeta) -> Self {
        Self { gray, alpha_beta }
    }

    /// The label, for example `BED(a/b = 10)`.
    #[must_use]
    pub fn label(self) -> String {
        format!("BED(a/b = {})", self.alpha_beta.number())
    }

    /// The sum of two BEDs at the same α/β, rounded to `f64`. For the phases of one course use
    /// [`DoseSeries`](crate::radiobiology::DoseSeries), whose result is rounded once.
    ///
    /// # Errors
    /// Different α/β.
    pub fn checked_add(self, other: Self) -> Result<Self, EquivalentError> {
        same_alpha_beta(self.alpha_beta, other.alpha_beta)?;
        Self::new(self.gray + other.gray, self.alpha_beta)
    }
}

/// Equivalent dose in x-Gy fractions at an α/β, Gy (EQD2 for x = 2 Gy).
///
/// ```
/// use chemorad::quantity::{AbsorbedDose, AlphaBeta, Eqd};
///
/// let eqd2 = Eqd::new(44.25, AlphaBeta::constant("10 Gy"), AbsorbedDose::constant("2 Gy"))?;
/// assert_eq!(eqd2.label(), "EQD2Gy(a/b = 10)");
/// assert_eq!("44.25 Gy EQD2Gy(a/b = 10)".parse::<Eqd>()?, eqd2);
/// # Ok::<(), chemorad::quantity::EquivalentError>(())
/// ```
#[derive(Clone, Copy, PartialEq)]
pub struct Eqd {
    gray: f64,
    alpha_beta: AlphaBeta,
    reference: AbsorbedDose,
}

impl Eqd {
    /// From a number of gray at an α/β, in fractions of `reference`.
    ///
    /// # Errors
    /// NaN, infinity or a negative number.
    pub const fn new(
        gray: f64,
        alpha_beta: AlphaBeta,
        reference: AbsorbedDose,
    ) -> Result<Self, EquivalentError> {
        if is_valid(gray) {
            Ok(Self::calculated(gray + 0.0, alpha_beta, reference)) // never -0
        } else {
            Err(refusal(gray))
        }
    }

    pub(crate) const fn calculated(
        gray: f64,
        alpha_beta: AlphaBeta,
        reference: AbsorbedDose,
    ) -> Self {
        Self {
            gray,
            alpha_beta,
            reference,
        }
    }

    /// The fraction size x it is expressed in.
    #[must_use]
    pub const fn reference(self) -> AbsorbedDose {
        self.reference
    }

    /// The label, for example `EQD2Gy(a/b = 10)`.
    #[must_use]
    pub fn label(self) -> String {
        let (reference, alpha_beta) = (self.reference.number(), self.alpha_beta.number());
        format!("EQD{reference}Gy(a/b = {alpha_beta})")
    }

    /// The sum of two EQDs at the same α/β and x, rounded to `f64`.
    ///
    /// # Errors
    /// Different α/β or different x.
    pub fn checked_add(self, other: Self) -> Result<Self, EquivalentError> {
        same_alpha_beta(self.alpha_beta, other.alpha_beta)?;
        if self.reference != other.reference {
            return Err(EquivalentError::DifferentReference(
                self.reference,
                other.reference,
            ));
        }
        Self::new(self.gray + other.gray, self.alpha_beta, self.reference)
    }
}

fn same_alpha_beta(left: AlphaBeta, right: AlphaBeta) -> Result<(), EquivalentError> {
    if left == right {
        Ok(())
    } else {
        Err(EquivalentError::DifferentAlphaBeta(left, right))
    }
}

fn malformed(text: &str) -> EquivalentError {
    EquivalentError::Malformed(text.chars().take(60).collect())
}

/// `53.1 Gy BED(a/b = 10)` into the number and the label.
fn split(text: &str) -> Option<(f64, &str)> {
    let (number, rest) = text.trim().split_once(' ')?;
    let label = rest.trim_start().strip_prefix("Gy ")?.trim_start();
    plain_decimal(number).map(|gray| (gray, label))
}

/// `f64::from_str` also reads `inf`, `nan`, `1e3`, `.5` and `5.`, which no other quantity accepts.
fn plain_decimal(number: &str) -> Option<f64> {
    let magnitude = number.strip_prefix('-').unwrap_or(number);
    number.parse().ok().filter(|_| is_plain(magnitude))
}

/// `(a/b = 10)` into its α/β.
fn alpha_beta_of(text: &str) -> Option<AlphaBeta> {
    let number = text.strip_prefix("(a/b = ")?.strip_suffix(')')?;
    format!("{number} Gy").parse().ok()
}

impl FromStr for Bed {
    type Err = EquivalentError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = split(text)
            .and_then(|(gray, label)| Some((gray, alpha_beta_of(label.strip_prefix("BED")?)?)));
        let (gray, alpha_beta) = parts.ok_or_else(|| malformed(text))?;
        Self::new(gray, alpha_beta)
    }
}

impl FromStr for Eqd {
    type Err = EquivalentError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = split(text).and_then(|(gray, label)| {
            let (reference, rest) = label.strip_prefix("EQD")?.split_once('(')?;
            let alpha_beta = alpha_beta_of(&format!("({rest}"))?;
            Some((gray, alpha_beta, reference.parse().ok()?))
        });
        let (gray, alpha_beta, reference) = parts.ok_or_else(|| malformed(text))?;
        Self::new(gray, alpha_beta, reference)
    }
}

/// What a BED and an EQD have alike: value, α/β, and how they are written.
macro_rules! at_alpha_beta {
    ($name:ident) => {
        impl $name {
            /// The value in gray.
            #[must_use]
            pub const fn gray(self) -> f64 {
                self.gray
            }

            /// The α/β it holds for.
            #[must_use]
            pub const fn alpha_beta(self) -> AlphaBeta {
                self.alpha_beta
            }
        }

        /// The value and its label; a precision (`{:.3}`) rounds for display.
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match f.precision() {
                    Some(places) => write!(f, "{:.places$} Gy {}", self.gray, self.label()),
                    None => write!(f, "{} Gy {}", self.gray, self.label()),
                }
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeStruct;
                let mut shape = serializer.serialize_struct(stringify!($name), 3)?;
                shape.serialize_field("value", &self.gray)?;
                shape.serialize_field("unit", "Gy")?;
                shape.serialize_field("label", &self.label())?;
                shape.end()
            }
        }

        impl TryFrom<Shape> for $name {
            type Error = String;

            fn try_from(shape: Shape) -> Result<Self, Self::Error> {
                if shape.unit != "Gy" {
                    return Err("a BED or EQD is in Gy".into());
                }
                // the label holds everything but the value
                let zero: Result<Self, EquivalentError> = format!("0 Gy {}", shape.label).parse();
                let zero = zero.map_err(|error| error.to_string())?;
                if is_valid(shape.value) {
                    Ok(Self {
                        gray: shape.value + 0.0,
                        ..zero
                    })
                } else {
                    Err(refusal(shape.value).to_string())
                }
            }
        }

        crate::text::from_text_or_parts!(
            $name,
            Shape,
            "a value such as \"53.1 Gy BED(a/b = 10)\", or its value, unit and label"
        );
    };
}
at_alpha_beta!(Bed);
at_alpha_beta!(Eqd);

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    value: f64,
    unit: String,
    label: String,
}
