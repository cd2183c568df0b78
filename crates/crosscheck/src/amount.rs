//! Exact fractions of gray, so that 50 Gy in 30 is compared exactly too.

use std::string::{String, ToString};

use super::tolerance::Limit;
use chemorad::number::Decimal;
use chemorad::quantity::AbsorbedDose;
use chemorad::report::Outcome;
use chemorad::report::decimal;

/// `numerator` / `divisor`; the divisor is above 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Amount {
    numerator: Decimal,
    divisor: u32,
}

/// Two amounts, how far apart they are, and what that means.
pub(super) struct Comparison {
    pub(super) within: bool,
    pub(super) difference: String,
    pub(super) tolerance: String,
}

impl Comparison {
    pub(super) const fn outcome(&self) -> Outcome {
        if self.within {
            Outcome::Pass
        } else {
            Outcome::Fail
        }
    }
}

impl Amount {
    pub(super) const fn new(value: Decimal) -> Self {
        Self {
            numerator: value,
            divisor: 1,
        }
    }

    pub(super) fn of(dose: AbsorbedDose) -> Self {
        Self::new(dose.into())
    }

    /// `total` / `fractions`; `None` for no fractions.
    pub(super) fn quotient(total: Decimal, fractions: u32) -> Option<Self> {
        if fractions == 0 {
            return None;
        }
        Some(match total.checked_div_exact(fractions) {
            Some(exact) => Self::new(exact),
            None => Self {
                numerator: total,
                divisor: fractions,
            },
        })
    }

    pub(super) fn times(self, count: u32) -> Option<Self> {
        Self::quotient(self.numerator.checked_mul(count.into())?, self.divisor)
    }

    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let left = self.numerator.checked_mul(other.divisor.into())?;
        let right = other.numerator.checked_mul(self.divisor.into())?;
        Self::quotient(
            left.checked_add(right)?,
            self.divisor.checked_mul(other.divisor)?,
        )
    }

    fn minus(self, other: Self) -> Option<Self> {
        let negative = Decimal::ZERO.checked_sub(other.numerator)?;
        self.plus(Self {
            numerator: negative,
            ..other
        })
    }

    /// Whether it is so many times `other`.
    pub(super) fn is_multiple(self, other: Self, factor: u32) -> bool {
        other.times(factor) == Some(self)
    }

    fn approximate(self) -> f64 {
        self.numerator.to_f64() / f64::from(self.divisor)
    }

    fn is_negative(self) -> bool {
        self.numerator.is_negative()
    }

    /// The found less the expected amount against a limit: less than it, or no difference at all.
    /// `None` when the numbers have too many digits.
    pub(super) fn compare(expected: Self, found: Self, limit: Limit) -> Option<Comparison> {
        let difference = found.minus(expected)?;
        let size = difference.numerator.abs();
        let (allowed, tolerance) = match limit {
            Limit::Gray(gray) => (Self::new(gray), limit.to_string()),
            Limit::Percent(percent) => {
                let share = expected
                    .numerator
                    .abs()
                    .checked_mul(percent)?
                    .checked_mul(Decimal::new(1, -2)?)?;
                let allowed = Self::quotient(share, expected.divisor)?;
                (allowed, format!("{limit} = {allowed}"))
            }
        };
        let within = size.is_zero()
            || size.checked_mul(allowed.divisor.into())?
                < allowed.numerator.checked_mul(difference.divisor.into())?;
        Some(Comparison {
            within,
            difference: difference.signed(expected),
            tolerance: if allowed.numerator.is_zero() {
                "none, must be equal".to_string()
            } else {
                format!("less than {tolerance}")
            },
        })
    }

    fn signed(self, of: Self) -> String {
        if self.numerator.is_zero() {
            return "0 Gy".to_string();
        }
        let sign = if self.is_negative() { "" } else { "+" };
        let percent = 100.0 * self.approximate() / of.approximate();
        if of.numerator.is_zero() {
            format!("{sign}{self}")
        } else {
            format!("{sign}{self} ({percent:+.3} %)")
        }
    }
}

/// With its unit; a value without an end as the division and about its value.
impl core::fmt::Display for Amount {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        if self.divisor == 1 {
            write!(f, "{} Gy", self.numerator)
        } else {
            let about = decimal(self.approximate());
            write!(
                f,
                "{} Gy / {} (about {about} Gy)",
                self.numerator, self.divisor
            )
        }
    }
}
