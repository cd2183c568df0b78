//! Exact sums and correctly rounded quotients behind the plain linear-quadratic results.

use crate::number::{greatest_common_divisor, rounded_quotient};
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
/// let organ = DoseSeries::from_fractionations(&["36Gy/25".parse()?, "5Gy/3".parse()?]).unwrap();
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
    pub const fn new(fractionation: Fractionation) -> Self {
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
    #[inline]
    pub const fn from_fractionations(fractionations: &[Fractionation]) -> Option<Self> {
        if let Some(series) = Self::of_whole_centigrays(fractionations) {
            return Some(series);
        }
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

    /// The effect without wide integers, where every dose is a whole number of centigrays and the common
    /// multiple is small.
    #[inline]
    const fn of_whole_centigrays(fractionations: &[Fractionation]) -> Option<Self> {
        let (mut dose, mut squares, mut multiple) = (0, 0, 1);
        let mut i = 0;
        while i < fractionations.len() {
            let n = fractionations[i].fractions().get() as u64;
            let Some(more) = centigrays(fractionations[i].total().micrograys(), CENTI) else {
                return None;
            };
            let divisor = if multiple == 1 {
                1
            } else {
                greatest_common_divisor(multiple, n)
            };
            let (of_first, of_second) = (n / divisor, multiple / divisor);
            dose += more;
            squares = squares * of_first + more * more * of_second;
            multiple *= of_first;
            if dose > LARGEST_SUM || multiple >= SMALL_MULTIPLE {
                return None;
            }
            i += 1;
        }
        if dose == 0 {
            return None;
        }
        Some(Self {
            dose: dose * CENTI,
            squares: squares as u128 * (CENTI * CENTI) as u128,
            multiple,
        })
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
    /// let bed = DoseSeries::from_volume(&course, "tumour bed").unwrap();
    /// let tumour = LinearQuadratic::new(AlphaBeta::constant("10 Gy"));
    /// assert_eq!(tumour.bed_of(&bed).gray(), 59.472);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn from_volume(course: &Course, volume: &str) -> Option<Self> {
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

    #[inline]
    const fn plus(self, fractionation: Fractionation) -> Option<Self> {
        let more = Self::new(fractionation);
        if self.dose == 0 {
            return Some(more);
        }
        let dose = self.dose + more.dose;
        if AbsorbedDose::from_micrograys(dose).is_err() {
            return None;
        }
        let Some(common) = common_multiple(self.multiple, more.multiple) else {
            return None;
        };
        Some(Self {
            dose,
            squares: self.squares * common.of_first as u128
                + more.squares * common.of_second as u128,
            multiple: common.multiple,
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
            // every way to make a series checks that its sum is a dose
            Err(_) => panic!("a dose series is never empty"),
        }
    }

    /// (Σ D²/n + `alpha_beta` Σ D) / `divisor` in gray, correctly rounded; both in micrograys.
    #[inline]
    pub(super) const fn weighted(&self, alpha_beta: u64, divisor: u64) -> f64 {
        if let (Some(dose), Some(squares), Some(alpha_beta), Some(divisor)) = (
            centigrays(self.dose, CENTI),
            self.square_centigrays(),
            centigrays(alpha_beta, CENTI),
            centigrays(divisor, CENTI),
        ) {
            if self.multiple < SMALL_MULTIPLE {
                return small_quotient(dose, squares, self.multiple, alpha_beta, divisor);
            }
        }
        // 2^90 + 2^120 over 2^111 at most
        let numerator = self.squares + (self.dose * alpha_beta) as u128 * self.multiple as u128;
        let denominator = (divisor * MICRO) as u128 * self.multiple as u128;
        rounded_quotient(numerator, denominator)
    }

    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "checked first")]
    const fn square_centigrays(&self) -> Option<u64> {
        if self.squares > u64::MAX as u128 {
            return None;
        }
        centigrays(self.squares as u64, CENTI * CENTI)
    }
}

/// What [`DoseSeries::weighted`] gives for one fractionation.
#[inline]
pub(super) const fn weighted(fractionation: Fractionation, alpha_beta: u64, divisor: u64) -> f64 {
    if let (Some(dose), Some(alpha_beta), Some(divisor)) = (
        centigrays(fractionation.total().micrograys(), CENTI),
        centigrays(alpha_beta, CENTI),
        centigrays(divisor, CENTI),
    ) {
        let n = fractionation.fractions().get() as u64;
        return small_quotient(dose, dose * dose, n, alpha_beta, divisor);
    }
    DoseSeries::new(fractionation).weighted(alpha_beta, divisor)
}

const MICRO: u64 = 1_000_000;
/// Micrograys in a centigray, the step of nearly every prescription.
const CENTI: u64 = 10_000;
/// The largest sum of doses, 1000 Gy, in centigrays.
const LARGEST_SUM: u64 = 100_000;
/// The largest sum is below 2^17 cGy, so with a multiple below this all sums stay below 2^53.
const SMALL_MULTIPLE: u64 = 1 << 17;

/// How often `step` goes into `base`, where that leaves no rest.
#[inline]
const fn centigrays(base: u64, step: u64) -> Option<u64> {
    let whole = base / step;
    if whole * step == base {
        Some(whole)
    } else {
        None
    }
}

/// The quotient of [`DoseSeries::weighted`] in centigrays: whole numbers below 2^53, so that the
/// division in `f64` is its one rounding.
#[inline]
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_wrap,
    reason = "below 2^53, and signed numbers are converted in one step"
)]
const fn small_quotient(
    dose: u64,
    squares: u64,
    multiple: u64,
    alpha_beta: u64,
    divisor: u64,
) -> f64 {
    let numerator = squares + dose * alpha_beta * multiple;
    let denominator = divisor * multiple * (MICRO / CENTI);
    numerator as i64 as f64 / denominator as i64 as f64
}

impl From<Fractionation> for DoseSeries {
    fn from(fractionation: Fractionation) -> Self {
        Self::new(fractionation)
    }
}
