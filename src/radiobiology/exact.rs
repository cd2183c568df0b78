//! Exact sums and correctly rounded quotients behind the plain linear-quadratic results.

use crate::quantity::AbsorbedDose;
use crate::radiotherapy::{Course, Fractionation, common_multiple};

/// What every plain linear-quadratic result of one volume depends on: Σ D and Σ D²/n over the
/// fractionations it gets, held exactly.
///
/// Phases with different doses per fraction are thereby handled phase by phase, and every result
/// is rounded once.
///
/// ```
/// use chemorad::quantity::AlphaBeta;
/// use chemorad::radiobiology::{DoseSeries, LinearQuadratic};
///
/// // an organ that gets 36 Gy in 25, then 5 Gy in 3: by phase 36.635, lumped it would be 36.607
/// let organ = DoseSeries::of_fractionations(&["36Gy/25".parse()?, "5Gy/3".parse()?]).unwrap();
/// let late = LinearQuadratic::new(AlphaBeta::constant("3 Gy"));
/// assert_eq!(format!("{:.3}", late.eqd2_of(&organ)), "36.635 Gy EQD2Gy(a/b = 3)");
/// # Ok::<(), chemorad::radiotherapy::FractionationTextError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DoseSeries {
    /// Σ D in micrograys.
    dose: u64,
    /// Σ D²/n = `squares` / `multiple`, in micrograys squared.
    squares: u128,
    multiple: u64,
}

impl DoseSeries {
    const EMPTY: Self = Self {
        dose: 0,
        squares: 0,
        multiple: 1,
    };

    /// One fractionation.
    #[must_use]
    pub const fn of(fractionation: Fractionation) -> Self {
        let dose = fractionation.total().micrograys();
        Self {
            dose,
            squares: dose as u128 * dose as u128,
            multiple: fractionation.fractions().get() as u64,
        }
    }

    /// Several fractionations given to one volume. `None` when the list is empty, the sum is above
    /// 1000 Gy, or the numbers of fractions have no common multiple below 2^60.
    #[must_use]
    pub const fn of_fractionations(fractionations: &[Fractionation]) -> Option<Self> {
        let mut series = Self::EMPTY;
        let mut i = 0;
        while i < fractionations.len() {
            series = match series.plus(fractionations[i]) {
                Some(sum) => sum,
                None => return None,
            };
            i += 1;
        }
        series.not_empty()
    }

    /// What a course gives to a volume, phase by phase. `None` when the volume is not declared or
    /// gets nothing.
    ///
    /// ```
    /// use chemorad::quantity::{AbsorbedDose, AlphaBeta};
    /// use chemorad::radiobiology::{DoseSeries, LinearQuadratic};
    /// use chemorad::radiotherapy::{Course, Phase, Volume};
    ///
    /// let course = Course::new(
    ///     vec![Volume::new("pelvis"), Volume::inside("tumour bed", "pelvis")],
    ///     vec![
    ///         Phase::single("pelvis", "pelvis", "45Gy/25".parse()?),
    ///         Phase::single("boost", "tumour bed", "5.4Gy/3".parse()?),
    ///     ],
    /// )?;
    /// let bed = DoseSeries::of_volume(&course, "tumour bed").unwrap();
    /// let tumour = LinearQuadratic::new(AlphaBeta::constant("10 Gy"));
    /// assert_eq!(tumour.bed_of(&bed).gray(), 59.472);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn of_volume(course: &Course, volume: &str) -> Option<Self> {
        let phases = course.phases();
        let mut series = Self::EMPTY;
        let mut i = 0;
        while i < phases.len() {
            if let Some(fractionation) = course.fractionation_of(volume, &phases[i]) {
                series = match series.plus(fractionation) {
                    Some(sum) => sum,
                    None => return None,
                };
            }
            i += 1;
        }
        series.not_empty()
    }

    const fn not_empty(self) -> Option<Self> {
        if self.dose == 0 { None } else { Some(self) }
    }

    const fn plus(self, fractionation: Fractionation) -> Option<Self> {
        let more = Self::of(fractionation);
        let dose = self.dose + more.dose;
        if AbsorbedDose::from_micrograys(dose).is_err() {
            return None;
        }
        let Some(multiple) = common_multiple(self.multiple, more.multiple) else {
            return None;
        };
        Some(Self {
            dose,
            squares: self.squares * (multiple / self.multiple) as u128
                + more.squares * (multiple / more.multiple) as u128,
            multiple,
        })
    }

    /// Σ D.
    #[must_use]
    #[allow(
        clippy::missing_panics_doc,
        reason = "the sum was checked when it was made"
    )]
    pub const fn dose(&self) -> AbsorbedDose {
        match AbsorbedDose::from_micrograys(self.dose) {
            Ok(dose) => dose,
            Err(_) => panic!("a dose series is never empty"),
        }
    }

    /// (Σ D²/n + `alpha_beta` Σ D) / `divisor` in gray, correctly rounded; both in micrograys.
    pub(super) const fn weighted(&self, alpha_beta: u64, divisor: u64) -> f64 {
        if let Some(gray) = self.weighted_small(alpha_beta, divisor) {
            return gray;
        }
        // 2^90 + 2^120 over 2^111 at most
        let numerator =
            self.squares + self.dose as u128 * alpha_beta as u128 * self.multiple as u128;
        let denominator = divisor as u128 * self.multiple as u128 * MICRO as u128;
        ratio(numerator, denominator)
    }

    /// The same for one fractionation in whole centigrays: numbers below 2^53, whose quotient in
    /// `f64` has one rounding.
    #[allow(clippy::cast_precision_loss, reason = "below 2^53")]
    const fn weighted_small(&self, alpha_beta: u64, divisor: u64) -> Option<f64> {
        const CENTI: u64 = 10_000;
        let single = self.multiple <= 200 && self.squares == self.dose as u128 * self.dose as u128;
        if !single || self.dose % CENTI != 0 || alpha_beta % CENTI != 0 || divisor % CENTI != 0 {
            return None;
        }
        let (dose, alpha_beta, divisor) = (self.dose / CENTI, alpha_beta / CENTI, divisor / CENTI);
        let numerator = dose * (dose + alpha_beta * self.multiple);
        let denominator = divisor * self.multiple * (MICRO / CENTI);
        Some(numerator as f64 / denominator as f64)
    }
}

impl From<Fractionation> for DoseSeries {
    fn from(fractionation: Fractionation) -> Self {
        Self::of(fractionation)
    }
}

const MICRO: u64 = 1_000_000;

/// `numerator / denominator`, correctly rounded (half to even). Both below 2^127, the denominator
/// not zero, the quotient a normal number.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "the conversions are exact or are the one rounding meant"
)]
const fn ratio(numerator: u128, denominator: u128) -> f64 {
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]
    extern crate std;

    use num_bigint::BigInt;
    use num_rational::BigRational;
    use num_traits::ToPrimitive;
    use proptest::prelude::*;

    use super::ratio;

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
    }
}
