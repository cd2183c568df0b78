//! Exact decimals of any size a file may hold, for comparing what was planned with what was meant.
//!
//! A prescription is a whole number of micrograys. A plan is not: a DICOM decimal string may say
//! `11.3113869239676` or `1.25e-005`. A [`Decimal`] keeps every digit, so that sums, products and
//! differences are exact and a tolerance is applied to the true difference.
//!
//! ```
//! use chemorad::number::Decimal;
//!
//! let per_fraction: Decimal = "1.02754010000000".parse()?;
//! let total = per_fraction.checked_mul(30.into()).ok_or("too large")?;
//! assert_eq!(total, "30.8262030000000".parse()?);
//! assert_eq!(total.to_string(), "30.826203");
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```

use core::cmp::Ordering;

/// Significant digits that always fit: 10^38 is below 2^127.
pub(super) const DIGITS: u32 = 38;
/// The largest power of ten, either way.
pub(super) const EXPONENT: i32 = 1_100;

/// An exact decimal number: a whole number times a power of ten.
///
/// At most 38 significant digits and powers of ten from -1100 to 1100. `1.80` and `1.8` are the same
/// value. Sums and products that would need more digits are `None`, never rounded.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// Without trailing zeros; 0 has exponent 0. So equality of the fields is equality of the values.
    mantissa: i128,
    exponent: i32,
}

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self {
        mantissa: 0,
        exponent: 0,
    };

    /// `mantissa` × 10^`exponent`, or `None` out of range.
    ///
    /// ```
    /// use chemorad::number::Decimal;
    /// assert_eq!(Decimal::new(180, -2), "1.8".parse().ok());
    /// assert_eq!(Decimal::new(1, 2000), None);
    /// ```
    #[must_use]
    pub const fn new(mantissa: i128, exponent: i32) -> Option<Self> {
        if mantissa == 0 {
            return Some(Self::ZERO);
        }
        if exponent > 2 * EXPONENT || exponent < -2 * EXPONENT {
            return None;
        }
        let (mut mantissa, mut exponent) = (mantissa, exponent);
        while mantissa % 10 == 0 {
            mantissa /= 10;
            exponent += 1;
        }
        if mantissa.unsigned_abs() >= 10_u128.pow(DIGITS)
            || exponent > EXPONENT
            || exponent < -EXPONENT
        {
            None
        } else {
            Some(Self { mantissa, exponent })
        }
    }

    /// Below zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// Exactly zero.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    /// Above zero.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.mantissa > 0
    }

    /// The value without its sign.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self {
            mantissa: self.mantissa.abs(),
            exponent: self.exponent,
        }
    }

    /// The exact sum, or `None` when it needs more than 38 digits.
    ///
    /// ```
    /// use chemorad::number::Decimal;
    /// let (a, b): (Decimal, Decimal) = ("0.1".parse()?, "0.2".parse()?);
    /// assert_eq!(a.checked_add(b), Some("0.3".parse()?));
    /// # Ok::<(), chemorad::number::DecimalError>(())
    /// ```
    #[must_use]
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        if self.mantissa == 0 {
            return Some(other);
        }
        if other.mantissa == 0 {
            return Some(self);
        }
        let (high, low) = if self.exponent >= other.exponent {
            (self, other)
        } else {
            (other, self)
        };
        let shift = high.exponent.abs_diff(low.exponent);
        if shift > DIGITS {
            return None;
        }
        let Some(scaled) = high.mantissa.checked_mul(10_i128.pow(shift)) else {
            return None;
        };
        match scaled.checked_add(low.mantissa) {
            Some(sum) => Self::new(sum, low.exponent),
            None => None,
        }
    }

    /// The exact difference, or `None` when it needs more than 38 digits.
    #[must_use]
    pub const fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(Self {
            mantissa: -other.mantissa,
            exponent: other.exponent,
        })
    }

    /// The exact product, or `None` when it needs more than 38 digits.
    #[must_use]
    pub const fn checked_mul(self, other: Self) -> Option<Self> {
        match self.mantissa.checked_mul(other.mantissa) {
            Some(product) => Self::new(product, self.exponent + other.exponent),
            None => None,
        }
    }

    /// The exact quotient, or `None` for a divisor of 0 and where it has no end within 20 more places.
    ///
    /// ```
    /// use chemorad::number::Decimal;
    /// let total: Decimal = "45".parse()?;
    /// assert_eq!(total.checked_div_exact(25), Some("1.8".parse()?));
    /// assert_eq!(total.checked_div_exact(28), None); // 1.607142857...
    /// # Ok::<(), chemorad::number::DecimalError>(())
    /// ```
    #[must_use]
    pub const fn checked_div_exact(self, divisor: u32) -> Option<Self> {
        if divisor == 0 {
            return None;
        }
        let mut mantissa = self.mantissa;
        let mut places = 0;
        loop {
            if mantissa % divisor as i128 == 0 {
                return Self::new(mantissa / divisor as i128, self.exponent - places);
            }
            if places == 20 {
                return None;
            }
            mantissa = match mantissa.checked_mul(10) {
                Some(mantissa) => mantissa,
                None => return None,
            };
            places += 1;
        }
    }

    /// The nearest `f64`, ties to even; beyond its range infinity or zero.
    ///
    /// ```
    /// use chemorad::number::Decimal;
    /// assert_eq!("1.25e-005".parse::<Decimal>()?.to_f64(), 1.25e-5);
    /// # Ok::<(), chemorad::number::DecimalError>(())
    /// ```
    #[must_use]
    pub fn to_f64(self) -> f64 {
        // the standard library's reader rounds correctly
        format!("{}e{}", self.mantissa, self.exponent)
            .parse()
            .unwrap_or(f64::NAN)
    }

    /// The whole number, where it is one.
    #[must_use]
    pub fn to_integer(self) -> Option<i128> {
        u32::try_from(self.exponent)
            .ok()
            .and_then(|exponent| 10_i128.checked_pow(exponent))
            .and_then(|power| self.mantissa.checked_mul(power))
    }

    /// The whole number and the power of ten.
    pub(super) const fn parts(self) -> (i128, i32) {
        (self.mantissa, self.exponent)
    }

    /// Digits before the decimal point of `|self|` (0.05 has -1): the size before the digits.
    const fn magnitude(self) -> i32 {
        let mut digits = 0;
        let mut rest = self.mantissa.unsigned_abs();
        while rest > 0 {
            rest /= 10;
            digits += 1;
        }
        digits + self.exponent
    }

    fn cmp_size(self, other: Self) -> Ordering {
        // zero has no leading digit to compare by
        if self.mantissa == 0 || other.mantissa == 0 {
            return self
                .mantissa
                .unsigned_abs()
                .cmp(&other.mantissa.unsigned_abs());
        }
        let by_magnitude = self.magnitude().cmp(&other.magnitude());
        if by_magnitude != Ordering::Equal {
            return by_magnitude;
        }
        // the same leading place, so the exponents differ by less than 38 and the scaled ones fit
        let lowest = self.exponent.min(other.exponent);
        let scaled = |value: Self| {
            value.mantissa.unsigned_abs() * 10_u128.pow(value.exponent.abs_diff(lowest))
        };
        scaled(self).cmp(&scaled(other))
    }
}

/// Exact, whatever the exponents.
impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.is_negative(), other.is_negative()) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.cmp_size(*other),
            (true, true) => other.cmp_size(*self),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl From<u32> for Decimal {
    fn from(value: u32) -> Self {
        // a u32 has at most 10 digits
        Self::new(i128::from(value), 0).unwrap_or(Self::ZERO)
    }
}

#[cfg(test)]
#[path = "decimal_tests.rs"]
mod tests;
