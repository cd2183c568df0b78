//! Quotients of whole numbers with one rounding, and common multiples.

/// `numerator / denominator`, correctly rounded (half to even).
///
/// Both are below 2^127, the denominator is not zero, and the quotient is zero or a normal number.
///
/// ```
/// use chemorad::number::rounded_quotient;
/// const THIRD: f64 = rounded_quotient(1, 3);
/// assert_eq!(THIRD, 1.0 / 3.0);
/// // halfway between 2^53 and 2^53 + 2: to even
/// assert_eq!(rounded_quotient((1 << 53) + 1, 1), 9_007_199_254_740_992.0);
/// ```
#[must_use]
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "the conversions are exact or are the one rounding meant"
)]
pub const fn rounded_quotient(numerator: u128, denominator: u128) -> f64 {
    let mut quotient = numerator / denominator;
    let mut rest = numerator % denominator;
    let mut exponent: i32 = 0;
    if quotient == 0 && rest == 0 {
        return 0.0;
    }
    // 64 leading bits of the quotient; what is cut off stays visible in the lowest one
    while quotient < 1 << 63 && rest != 0 {
        let wanted = quotient.leading_zeros() - 64;
        let room = denominator.leading_zeros();
        let shift = if wanted < room { wanted } else { room };
        let shifted = rest << shift;
        quotient = (quotient << shift) | (shifted / denominator);
        rest = shifted % denominator;
        exponent -= shift as i32;
    }
    let mut lost = rest != 0;
    if quotient >= 1 << 64 {
        let shift = 64 - quotient.leading_zeros();
        lost |= quotient & ((1 << shift) - 1) != 0;
        quotient >>= shift;
        exponent += shift as i32;
    }
    let rounded = (quotient as u64 | lost as u64) as f64;
    rounded * f64::from_bits(((1023 + exponent) as u64) << 52)
}

/// The greatest common divisor; that of a number and 0 is the number.
///
/// ```
/// use chemorad::number::greatest_common_divisor;
/// assert_eq!(greatest_common_divisor(25, 35), 5);
/// assert_eq!(greatest_common_divisor(0, 7), 7);
/// ```
#[must_use]
#[inline]
pub const fn greatest_common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 {
        return a;
    }
    let rest = a % b;
    if rest == 0 {
        return b;
    }
    // by halves and differences: no division is left
    let twos = (rest | b).trailing_zeros();
    let mut odd = rest >> rest.trailing_zeros();
    let mut other = b;
    while other != 0 {
        other >>= other.trailing_zeros();
        let difference = odd.abs_diff(other);
        odd = if odd < other { odd } else { other };
        other = difference;
    }
    odd << twos
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]
    extern crate std;

    use num_bigint::BigInt;
    use num_rational::BigRational;
    use num_traits::ToPrimitive;
    use proptest::prelude::*;

    use super::{greatest_common_divisor, rounded_quotient as ratio};

    #[test]
    fn small_quotients() {
        assert_eq!(ratio(1, 3), 1.0 / 3.0);
        assert_eq!(ratio(0, 7), 0.0);
        assert_eq!(ratio(1 << 100, 1 << 40), 2_f64.powi(60));
        // halfway between 2^53 and 2^53 + 2: to even
        assert_eq!(ratio((1 << 53) + 1, 1), 2_f64.powi(53));
        assert_eq!(ratio(((1 << 53) + 1) * 3 + 1, 3), 2_f64.powi(53) + 2.0);
        assert_eq!(ratio((1 << 53) + 3, 1), 2_f64.powi(53) + 4.0);
    }

    /// What is cut off decides a tie, wherever it was cut off.
    #[test]
    fn ties_broken_by_what_is_cut_off() {
        // 64 bits, the lowest of them set, and a rest
        assert_eq!(
            ratio(((1 << 63) + (1 << 10) + 1) * 3 + 1, 3),
            2_f64.powi(63) + 2_f64.powi(11)
        );
        assert_eq!(ratio((1 << 63) * 3 + 1, 3), 2_f64.powi(63));
        // more than 64 bits: the lowest and the highest bit that is cut off, and a rest
        let tie = (1 << 100) + (1 << 47);
        let above = 2_f64.powi(100) + 2_f64.powi(48);
        assert_eq!(ratio(tie, 1), 2_f64.powi(100));
        assert_eq!(ratio(tie + 1, 1), above);
        assert_eq!(ratio(tie + (1 << 36), 1), above);
        assert_eq!(ratio(tie * 3 + 1, 3), above);
        assert_eq!(ratio((tie + 1) * 3 + 1, 3), above);
    }

    proptest! {
        /// Numbers of any size over numbers of any size.
        #[test]
        fn correctly_rounded_at_any_size(
            n in 1_u128..1 << 122, d in 1_u128..1 << 111, less in 0..122_u32, smaller in 0..111_u32,
        ) {
            let (n, d) = ((n >> less).max(1), (d >> smaller).max(1));
            let exact = BigRational::new(BigInt::from(n), BigInt::from(d));
            prop_assert_eq!(ratio(n, d), exact.to_f64().unwrap());
        }

        #[test]
        fn correctly_rounded(n in 1_u128..1 << 122, d in 1_u128..1 << 111) {
            let exact = BigRational::new(BigInt::from(n), BigInt::from(d));
            prop_assert_eq!(ratio(n, d), exact.to_f64().unwrap());
        }

        /// Quotients that are a tie or one part of the denominator away from it.
        #[test]
        fn correctly_rounded_at_ties(
            mantissa in 1_u128 << 52..1 << 53, d in 1_u128..1 << 60, shift in 0..60_u32,
            beside in -1_i128..=1,
        ) {
            let tie = i128::try_from((2 * mantissa + 1) * d).unwrap();
            let n = u128::try_from(tie + beside).unwrap();
            let exact = BigRational::new(BigInt::from(n), BigInt::from(d << shift));
            prop_assert_eq!(ratio(n, d << shift), exact.to_f64().unwrap());
        }

        #[test]
        fn greatest_common_divisors(a in 0_u64..1 << 60, b in 0_u64..300, factor in 1_u64..50) {
            let euclid = |mut a: u64, mut b: u64| {
                while b != 0 {
                    (a, b) = (b, a % b);
                }
                a
            };
            prop_assert_eq!(greatest_common_divisor(a, b), euclid(a, b));
            let (a, b) = (a % (1 << 30) * factor, b * factor);
            prop_assert_eq!(greatest_common_divisor(a, b), euclid(a, b));
        }
    }
}
