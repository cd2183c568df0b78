//! Why a text or number is not the quantity it should be.

use alloc::string::String;
use core::fmt;

use super::fault::Fault;
use super::spec::Spec;

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

impl QuantityError {
    /// The units that the quantity is written with.
    ///
    /// ```
    /// use chemorad::quantity::AbsorbedDose;
    /// let error = "45".parse::<AbsorbedDose>().unwrap_err();
    /// assert!(error.units().any(|unit| unit == "cGy"));
    /// ```
    pub fn units(&self) -> impl Iterator<Item = &'static str> {
        self.spec.units.iter().map(|unit| unit.code)
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
