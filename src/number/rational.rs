//! A decimal divided by a whole number: what a decimal alone cannot hold, such as 50 Gy in 30.

use core::cmp::Ordering;
use core::fmt;

use super::decimal::Decimal;

/// An exact fraction: a decimal over a whole number above zero.
///
/// Sums, differences, products and comparisons are exact, or `None` when they need more than 38
/// digits. It keeps the numbers it was made from: 50 / 30 is not shown as 5 / 3.
///
/// ```
/// use chemorad::number::{Decimal, Rational};
///
/// let fraction = Rational::new("50".parse()?, 30).ok_or("no fractions")?; // 50 Gy in 30
/// assert_eq!(fraction.checked_mul(3).and_then(Rational::to_decimal), "5".parse().ok());
/// assert_eq!(fraction.to_string(), "50 / 30");
/// assert!(fraction.to_f64() > 1.666 && fraction.to_f64() < 1.667);
/// // a division that ends is a decimal again
/// assert_eq!(Rational::new("45".parse()?, 25).map(|d| d.to_string()), Some("1.8".into()));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Rational {
    numerator: Decimal,
    /// Above 0; 1 where the value is a decimal.
    divisor: u32,
}

impl Rational {
    /// `numerator` / `divisor`; `None` for a divisor of 0.
    #[must_use]
    pub const fn new(numerator: Decimal, divisor: u32) -> Option<Self> {
        if divisor == 0 {
            return None;
        }
        Some(match numerator.checked_div_exact(divisor) {
            Some(exact) => Self::from_decimal(exact),
            None => Self { numerator, divisor },
        })
    }

    /// A decimal.
    #[must_use]
    pub const fn from_decimal(value: Decimal) -> Self {
        Self {
            numerator: value,
            divisor: 1,
        }
    }

    /// What is divided.
    #[must_use]
    pub const fn numerator(self) -> Decimal {
        self.numerator
    }

    /// By what it is divided; 1 where the value is a decimal.
    #[must_use]
    pub const fn divisor(self) -> u32 {
        self.divisor
    }

    /// The value as a decimal, where it is one.
    #[must_use]
    pub const fn to_decimal(self) -> Option<Decimal> {
        if self.divisor == 1 {
            Some(self.numerator)
        } else {
            None
        }
    }

    /// Exactly zero.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.numerator.is_zero()
    }

    /// Below zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.numerator.is_negative()
    }

    /// The value without its sign.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self {
            numerator: self.numerator.abs(),
            divisor: self.divisor,
        }
    }

    /// The exact sum.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let left = self.numerator.checked_mul(other.divisor.into())?;
        let right = other.numerator.checked_mul(self.divisor.into())?;
        Self::new(
            left.checked_add(right)?,
            self.divisor.checked_mul(other.divisor)?,
        )
    }

    /// The exact difference.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(Self {
            numerator: Decimal::ZERO.checked_sub(other.numerator)?,
            ..other
        })
    }

    /// The exact product with a whole number.
    #[must_use]
    pub fn checked_mul(self, count: u32) -> Option<Self> {
        Self::new(self.numerator.checked_mul(count.into())?, self.divisor)
    }

    /// The exact product with a decimal.
    #[must_use]
    pub fn checked_mul_decimal(self, factor: Decimal) -> Option<Self> {
        Self::new(self.numerator.checked_mul(factor)?, self.divisor)
    }

    /// The exact product.
    ///
    /// ```
    /// use chemorad::number::Rational;
    /// let five_thirds = Rational::new(5.into(), 3).ok_or("no divisor")?;
    /// let product = five_thirds.checked_mul_rational(five_thirds).ok_or("too large")?;
    /// assert_eq!(product.to_fraction(), Some((25, 9)));
    /// assert_eq!(product.checked_div(five_thirds).and_then(Rational::to_fraction), Some((5, 3)));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[must_use]
    pub fn checked_mul_rational(self, other: Self) -> Option<Self> {
        let numerator = self.numerator.checked_mul(other.numerator)?;
        Self::reduced(
            numerator,
            u128::from(self.divisor) * u128::from(other.divisor),
        )
    }

    /// The exact quotient; `None` for a divisor of 0 too.
    #[must_use]
    pub fn checked_div(self, other: Self) -> Option<Self> {
        // a / b : (m 10^e) / d = a d 10^-e / (b m)
        let (mantissa, exponent) = other.numerator.parts();
        let factor = Decimal::new(mantissa.signum(), -exponent)?;
        let numerator = self
            .numerator
            .checked_mul(factor)?
            .checked_mul(other.divisor.into())?;
        let divisor = mantissa.unsigned_abs().checked_mul(self.divisor.into())?;
        Self::reduced(numerator, divisor)
    }

    /// As it was made where the divisor fits, in lower terms where only those do.
    fn reduced(numerator: Decimal, divisor: u128) -> Option<Self> {
        if let Ok(divisor) = u32::try_from(divisor) {
            return Self::new(numerator, divisor);
        }
        let (mantissa, exponent) = numerator.parts();
        let common = common_divisor(mantissa.unsigned_abs(), divisor);
        let mantissa = mantissa / i128::try_from(common).ok()?;
        Self::new(
            Decimal::new(mantissa, exponent)?,
            u32::try_from(divisor / common).ok()?,
        )
    }

    /// Whole numerator and divisor in lowest terms: (5, 3) for 50 / 30.
    #[must_use]
    pub fn to_fraction(self) -> Option<(i128, u128)> {
        let (mantissa, exponent) = self.numerator.parts();
        let power = 10_u128.checked_pow(exponent.unsigned_abs())?;
        let (numerator, divisor) = if exponent < 0 {
            (mantissa, power.checked_mul(self.divisor.into())?)
        } else {
            let power = i128::try_from(power).ok()?;
            (mantissa.checked_mul(power)?, self.divisor.into())
        };
        let common = common_divisor(numerator.unsigned_abs(), divisor);
        Some((numerator / i128::try_from(common).ok()?, divisor / common))
    }

    /// Which is larger, exactly, however the two came about.
    #[must_use]
    pub fn checked_cmp(self, other: Self) -> Option<Ordering> {
        let left = self.numerator.checked_mul(other.divisor.into())?;
        Some(left.cmp(&other.numerator.checked_mul(self.divisor.into())?))
    }

    /// The value as `f64`, at most one unit in the last place off.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        self.numerator.to_f64() / f64::from(self.divisor)
    }
}

/// Of a divisor above 0, so it is above 0 itself.
const fn common_divisor(mut a: u128, mut b: u128) -> u128 {
    while a != 0 {
        (a, b) = (b % a, a);
    }
    b
}

/// `1.8`, or `50 / 30` where the division has no end.
impl fmt::Display for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.divisor == 1 {
            self.numerator.fmt(f)
        } else {
            write!(f, "{} / {}", self.numerator, self.divisor)
        }
    }
}

impl From<Decimal> for Rational {
    fn from(value: Decimal) -> Self {
        Self::from_decimal(value)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    extern crate std;

    use std::string::ToString;

    use num_bigint::BigInt;
    use num_rational::BigRational;
    use proptest::prelude::*;

    use super::*;

    prop_compose! {
        fn any()(mantissa in -1_000_000_000_i64..1_000_000_000, places in 0..7_i32, divisor in 1_u32..200)
            -> (Rational, BigRational) {
            let value = Decimal::new(mantissa.into(), -places).unwrap();
            let power = BigInt::from(10).pow(places.unsigned_abs());
            (
                Rational::new(value, divisor).unwrap(),
                BigRational::new(mantissa.into(), power * divisor),
            )
        }
    }

    proptest! {
        #[test]
        fn arithmetic_is_that_of_rationals((a, exact_a) in any(), (b, exact_b) in any(), count in 0_u32..300) {
            let is = |value: Option<Rational>, exact: BigRational| {
                let (numerator, divisor) = (exact.numer().clone(), exact.denom().clone());
                let value = value.unwrap();
                // value = numerator / divisor, both sides times the divisors
                let text = value.numerator().to_string().replace('.', "");
                let places = value.numerator().to_string().split_once('.').map_or(0, |(_, d)| d.len());
                let left: BigInt = text.parse().unwrap();
                let power = BigInt::from(10).pow(u32::try_from(places).unwrap());
                left * divisor == numerator * power * value.divisor()
            };
            prop_assert!(is(Some(a), exact_a.clone()));
            prop_assert!(is(a.checked_add(b), &exact_a + &exact_b));
            prop_assert!(is(a.checked_sub(b), &exact_a - &exact_b));
            prop_assert!(is(a.checked_mul(count), &exact_a * BigInt::from(count)));
            let fraction = |value: Option<Rational>| {
                let (numerator, divisor) = value.unwrap().to_fraction().unwrap();
                BigRational::new(numerator.into(), divisor.into())
            };
            prop_assert_eq!(fraction(Some(a)), exact_a.clone());
            prop_assert_eq!(fraction(a.checked_mul_rational(b)), &exact_a * &exact_b);
            if b.is_zero() {
                prop_assert!(a.checked_div(b).is_none());
            } else if let Some(quotient) = a.checked_div(b) {
                prop_assert_eq!(fraction(Some(quotient)), &exact_a / &exact_b);
            }
            prop_assert_eq!(a.checked_cmp(b), Some(exact_a.cmp(&exact_b)));
            prop_assert_eq!(a.is_zero(), exact_a == BigRational::from(BigInt::from(0)));
        }
    }

    #[test]
    fn no_divisor_of_zero_and_no_rounding() {
        assert!(Rational::new(Decimal::from(1), 0).is_none());
        let long = Rational::from(
            "12345678901234567890123456789012345678"
                .parse::<Decimal>()
                .unwrap(),
        );
        assert!(long.checked_mul(9).is_none());
    }
}
