//! Incomplete repair between the fractions of one day.

use crate::quantity::RepairHalfTime;
use crate::radiotherapy::DailyPattern;

/// `φ = exp(−μ t) = 2^(−t/T½)`, the share of sublethal damage left after `microhours`.
///
/// Whole half-times are split off exactly, so the error stays within 2 units in the last place
/// however many there are.
#[allow(clippy::cast_precision_loss, reason = "below 2^53")]
pub(super) fn unrepaired(half_time: RepairHalfTime, microhours: u64) -> f64 {
    let half_time = half_time.microhours();
    let (whole, rest) = (microhours / half_time, microhours % half_time);
    let Ok(whole) = i32::try_from(whole) else {
        return 0.0;
    };
    let share = libm::exp2(-(rest as f64 / half_time as f64));
    libm::ldexp(share, -whole)
}

/// `H_m`, the extra quadratic effect of m fractions a day whose repair is incomplete.
///
/// Normalisation: `BED = n d (1 + (1 + H_m) d/(α/β))`, so that `H_m` is 0 for one fraction a day
/// (or long intervals) and m − 1 when the fractions follow at once (Thames 1985, Int J Radiat Biol
/// 47:319-39). Another one in use, `H = 0.5 + 0.5 φ` multiplying D², is not this.
///
/// With `φ_ij = exp(−μ (t_j − t_i))` and `μ = ln 2/T½`,
///
/// `H_m = (2/m) Σ_{i<j} φ_ij`,
///
/// which for equal intervals is Thames' `(2/m) (φ/(1−φ)) (m − (1−φ^m)/(1−φ))`. The sum has no
/// cancellation where φ is near 1. Repair overnight is taken as complete.
///
/// ```
/// use chemorad::quantity::{FractionInterval, RepairHalfTime};
/// use chemorad::radiobiology::incomplete_repair;
/// use chemorad::radiotherapy::DailyPattern;
///
/// let twice = DailyPattern::equal(2, FractionInterval::constant("6 h"))?;
/// let h2 = incomplete_repair(RepairHalfTime::constant("4.4 h"), twice);
/// assert_eq!(format!("{h2:.2}"), "0.39");
/// # Ok::<(), chemorad::radiotherapy::DailyPatternError>(())
/// ```
#[must_use]
pub fn incomplete_repair(half_time: RepairHalfTime, pattern: DailyPattern) -> f64 {
    let m = pattern.fractions();
    2.0 * unrepaired_pairs(half_time, pattern, m) / f64::from(m)
}

/// `Σ_{i<j} φ_ij` over the first `fractions` of a day.
pub(super) fn unrepaired_pairs(
    half_time: RepairHalfTime,
    pattern: DailyPattern,
    fractions: u32,
) -> f64 {
    let mut sum = 0.0;
    for later in 2..=fractions {
        for earlier in 1..later {
            if let Some(time) = pattern.microhours_between(earlier, later) {
                sum += unrepaired(half_time, time);
            }
        }
    }
    sum
}

/// The equal interval, in hours, at which `H_m` is `h`: the inverse of [`incomplete_repair`].
///
/// `φ = h` for two fractions a day, `φ = sqrt(1 + 3h/2) − 1` for three, `Δt = −T½ log2 φ`. `None`
/// when no interval gives it: m = 1, or `h` outside (0, m − 1].
///
/// ```
/// use chemorad::quantity::RepairHalfTime;
/// use chemorad::radiobiology::interval_for_incomplete_repair;
/// let hours = interval_for_incomplete_repair(RepairHalfTime::constant("4 h"), 2, 0.5);
/// assert_eq!(hours, Some(4.0));
/// ```
#[must_use]
pub fn interval_for_incomplete_repair(
    half_time: RepairHalfTime,
    fractions_per_day: u32,
    h: f64,
) -> Option<f64> {
    if h.is_nan() || h <= 0.0 || h > f64::from(fractions_per_day.saturating_sub(1)) {
        return None;
    }
    let share = match fractions_per_day {
        2 => h,
        // (2/3)(2φ + φ²) = h, written so that a small h does not cancel
        3 => 1.5 * h / (libm::sqrt(1.0 + 1.5 * h) + 1.0),
        _ => return None,
    };
    Some(-half_time.hours() * libm::log2(share))
}
