//! Why a text or number is not the quantity it should be.

use alloc::string::String;
use core::fmt;

use super::exact::Spec;

/// What is wrong with a number, without the text it came from (usable in `const`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// Nothing was written.
    Empty,
    /// The text does not begin with a digit.
    MissingNumber,
    /// Two points, a point without digits, or an exponent.
    MalformedNumber,
    /// More than 24 digits.
    TooManyDigits,
    /// NaN or an infinity.
    NotFinite,
    /// Below zero.
    Negative,
    /// Zero where only a positive value has a meaning.
    Zero,
    /// A comma inside the number.
    DecimalComma,
    /// A number alone.
    MissingUnit,
    /// A unit this quantity is not measured in.
    UnknownUnit,
    /// Finer than the smallest step the quantity is kept in.
    TooPrecise,
    /// Below the smallest value that makes sense.
    BelowMinimum,
    /// Above the largest value that makes sense.
    AboveMaximum,
}

impl Fault {
    /// A stable, lower-case description.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Empty => "nothing was given",
            Self::MissingNumber => "it must begin with a number such as 45 or 1.8",
            Self::MalformedNumber => "the number must be a plain decimal such as 45 or 1.8",
            Self::TooManyDigits => "the number has more than 24 digits",
            Self::NotFinite => "the number must be finite",
            Self::Negative => "the number must not be negative",
            Self::Zero => "the value must be greater than zero",
            Self::DecimalComma => "write a decimal point, not a comma",
            Self::MissingUnit => "the unit is missing",
            Self::UnknownUnit => "the unit is not one this quantity is measured in",
            Self::TooPrecise => "it has more decimal places than the quantity is kept with",
            Self::BelowMinimum => "the value is too small to be meant",
            Self::AboveMaximum => "the value is too large to be meant",
        }
    }
}

/// A value that is not a quantity: what was given, what is allowed, what to do.
///
/// ```
/// use chemorad::quantity::{AbsorbedDose, Fault};
///
/// let error = "45".parse::<AbsorbedDose>().unwrap_err();
/// assert_eq!(error.fault(), Fault::MissingUnit);
/// assert_eq!(
///     error.to_string(),
///     "absorbed dose \"45\": the unit is missing; write the number with one of: Gy, cGy"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuantityError {
    spec: &'static Spec,
    given: String,
    fault: Fault,
}

/// Errors quote their input; a file of the wrong kind must not flood the terminal.
const QUOTED: usize = 60;

impl QuantityError {
    pub(crate) fn new(spec: &'static Spec, mut given: String, fault: Fault) -> Self {
        if let Some((cut, _)) = given.char_indices().nth(QUOTED) {
            given.truncate(cut);
            given.push_str("...");
        }
        Self { spec, given, fault }
    }

    /// What is wrong, as a value to match on.
    #[must_use]
    pub fn fault(&self) -> Fault {
        self.fault
    }

    /// The quantity that was expected, for example `absorbed dose`.
    #[must_use]
    pub fn quantity(&self) -> &'static str {
        self.spec.quantity
    }
}

impl fmt::Display for QuantityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { spec, given, fault } = self;
        write!(f, "{} {given:?}: {}", spec.quantity, fault.message())?;
        match fault {
            Fault::MissingUnit | Fault::UnknownUnit | Fault::MissingNumber | Fault::Empty => {
                f.write_str("; write the number with one of: ")?;
                for (i, unit) in spec.units.iter().enumerate() {
                    if i > 0 {
                        f.write_str(", ")?;
                    }
                    f.write_str(unit.code)?;
                }
                Ok(())
            }
            Fault::BelowMinimum | Fault::AboveMaximum | Fault::Zero | Fault::Negative => write!(
                f,
                "; allowed: {} to {}; {}",
                spec.text(spec.min),
                spec.text(spec.max),
                spec.hint
            ),
            Fault::TooPrecise => write!(f, "; the smallest step is {}", spec.text(1)),
            _ => Ok(()),
        }
    }
}

impl core::error::Error for QuantityError {}
