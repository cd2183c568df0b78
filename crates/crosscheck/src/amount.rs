//! Exact fractions of gray, so that 50 Gy in 30 is compared exactly too.

use core::cmp::Ordering;
use core::fmt;

use super::tolerance::{Allowed, Limit};
use chemorad::number::{Decimal, Rational};
use chemorad::quantity::AbsorbedDose;
use chemorad::report::{Outcome, Values, Written, decimal};
use chemorad::written;

/// An exact dose in gray, such as 50 Gy / 30.
///
/// See [`CrossCheck`](crate::CrossCheck) for an example.
#[derive(Debug, Clone, Copy)]
pub struct Amount(Rational);

/// Two doses, how far apart they are, and what that means.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Comparison {
    /// Whether they agree.
    pub within: bool,
    /// What should be there.
    pub expected: Amount,
    /// What is there.
    pub found: Amount,
    /// What is there less what should be there.
    pub difference: Amount,
    /// How far apart they may be.
    pub limit: Limit,
    /// Of a limit in gray, no more than this of what is expected.
    widest_percent: Decimal,
    /// What the two come to in gray.
    allowed: Amount,
}

impl Comparison {
    pub(super) fn outcome(&self) -> Outcome {
        if self.within {
            Outcome::Pass
        } else {
            Outcome::Fail
        }
    }

    /// Whether the two doses are nearer to one another than those of another comparison.
    pub(super) fn is_nearer(&self, other: &Self) -> bool {
        let (own, others) = (self.difference.0.abs(), other.difference.0.abs());
        own.checked_cmp(others) == Some(Ordering::Less)
    }

    /// Whether what is there is more than what should be there.
    pub(super) fn is_above(&self) -> bool {
        !self.difference.0.is_zero() && !self.difference.0.is_negative()
    }

    /// Everything for a reader but the arithmetic.
    pub(super) fn values(&self) -> Values {
        let tolerance = match self.limit {
            _ if self.allowed.0.is_zero() => Written::new("none, must be equal"),
            Limit::Gray(gray) if self.allowed.is_below(Amount::new(gray)) => written!(
                "less than {} % = {}, as {} is more of this dose than a tolerance may be",
                self.widest_percent,
                self.allowed,
                self.limit
            ),
            Limit::Gray(_) => written!("less than {}", self.limit),
            Limit::Percent(_) => written!("less than {} = {}", self.limit, self.allowed),
        };
        Values::expected(self.expected)
            .and_found(self.found)
            .difference(signed(self.difference.0, self.expected))
            .tolerance(tolerance)
    }
}

impl Amount {
    pub(super) const fn new(value: Decimal) -> Self {
        Self(Rational::from_decimal(value))
    }

    pub(super) fn of(dose: AbsorbedDose) -> Self {
        Self::new(dose.into())
    }

    /// `total` / `fractions`; `None` for no fractions.
    pub(super) fn quotient(total: Decimal, fractions: u32) -> Option<Self> {
        Rational::new(total, fractions).map(Self)
    }

    pub(super) fn times(self, count: u32) -> Option<Self> {
        self.0.checked_mul(count).map(Self)
    }

    pub(super) fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// So far below it.
    pub(super) fn less(self, limit: Allowed) -> Option<Self> {
        self.0.checked_sub(limit.of(self.0)?).map(Self)
    }

    /// Rounded, for a person.
    pub(super) fn shown(self) -> String {
        format!("{self:#}")
    }

    /// As it stands in arithmetic: rounded, it is said to be about that.
    pub(super) fn in_arithmetic(self) -> impl fmt::Display {
        InArithmetic(self)
    }

    /// As a decimal, cut to a microgray where it has no end.
    pub(super) fn to_decimal(self) -> Option<Decimal> {
        const MICRO: i128 = 1_000_000;
        if let Some(exact) = self.0.to_decimal() {
            return Some(exact);
        }
        let (numerator, divisor) = self.0.to_fraction()?;
        let cut = numerator.checked_mul(MICRO)? / i128::try_from(divisor).ok()?;
        Decimal::new(cut, -6)
    }

    /// Whether it is less than `other`.
    pub(super) fn is_below(self, other: Self) -> bool {
        self.0.checked_cmp(other.0) == Some(Ordering::Less)
    }

    /// Whether it is so many times `other`.
    pub(super) fn is_multiple(self, other: Self, factor: u32) -> bool {
        let product = other.0.checked_mul(factor);
        product.and_then(|product| product.checked_cmp(self.0)) == Some(Ordering::Equal)
    }

    /// The found less the expected amount against a limit: less than it, or no difference at all.
    /// `None` when the numbers have too many digits.
    pub(super) fn compare(expected: Self, found: Self, limit: Allowed) -> Option<Comparison> {
        let difference = found.0.checked_sub(expected.0)?;
        let allowed = Self(limit.of(expected.0)?);
        let within =
            difference.is_zero() || difference.abs().checked_cmp(allowed.0)? == Ordering::Less;
        Some(Comparison {
            within,
            expected,
            found,
            difference: Self(difference),
            limit: limit.limit,
            widest_percent: limit.widest_percent,
            allowed,
        })
    }
}

fn signed(difference: Rational, of: Amount) -> Written {
    if difference.is_zero() {
        return Written::new("0 Gy");
    }
    let sign = if difference.is_negative() { "" } else { "+" };
    let amount = Amount(difference);
    if of.0.is_zero() {
        return written!("{}{}", sign, amount);
    }
    let percent = 100.0 * difference.to_f64() / of.0.to_f64();
    written!("{}{} ({} %)", sign, amount, format_args!("{percent:+.3}"))
}

/// With its unit; a value without an end as the division and about its value. Rounded in its alternate form.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (numerator, divisor) = (self.0.numerator(), self.0.divisor());
        fmt::Display::fmt(&numerator, f)?;
        if divisor == 1 {
            f.write_str(" Gy")
        } else {
            let about = decimal(self.0.to_f64());
            write!(f, " Gy / {divisor} (about {about} Gy)")
        }
    }
}

/// A dose in arithmetic: rounded, it is said to be about that.
struct InArithmetic(Amount);

impl fmt::Display for InArithmetic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let exact = self.0.to_string();
        let shown = format!("{:#}", self.0);
        if f.alternate() && shown != exact {
            write!(f, "about {shown}")
        } else {
            f.write_str(&exact)
        }
    }
}
