//! The generalised equivalent uniform dose.

use super::share::DoseShare;

/// Below this an exponent is small, and differences from 1 are kept apart so that no digit is lost.
const SMALL: f64 = 0.5;

/// gEUD = (Σ vᵢ Dᵢᵃ)^(1/a), with vᵢ the shares of the volume: the uniform dose with the same effect
/// (Niemierko). a = 1 is the mean dose, a → 0 the geometric mean, a → ∞ the largest and a → −∞ the
/// smallest dose. With a ≤ 0 and any volume at 0 Gy it is 0. Doses are taken relative to the largest (a > 0)
/// or smallest (a < 0), so that no power overflows.
///
/// None where there is no volume, or a dose or volume is no number of 0 or more.
///
/// ```
/// use chemorad_dosimetry::{DoseShare, generalised_equivalent_uniform_dose};
/// let doses: Vec<DoseShare> = [55.0, 58.0, 60.0, 62.0, 65.0].map(|dose| DoseShare { dose, volume: 0.2 }).to_vec();
/// let of = |a| generalised_equivalent_uniform_dose(&doses, a).unwrap();
/// assert!((of(5.0) - 60.382934448170204).abs() < 1e-12);
/// assert!((of(1.0) - 60.0).abs() < 1e-12);
/// assert!((of(-1.0) - 59.80610015367463).abs() < 1e-12);
/// ```
#[must_use]
pub fn generalised_equivalent_uniform_dose(doses: &[DoseShare], a: f64) -> Option<f64> {
    let is_known = |one: &DoseShare| one.dose >= 0.0 && one.dose.is_finite() && one.volume >= 0.0;
    if !doses.iter().all(is_known) {
        return None;
    }
    let with_volume = || doses.iter().filter(|one| one.volume > 0.0);
    let whole: f64 = with_volume().map(|one| one.volume).sum();
    if whole <= 0.0 || !whole.is_finite() {
        return None;
    }
    let all = with_volume().map(|one| one.dose);
    let reference = if a > 0.0 {
        all.fold(0.0, f64::max)
    } else {
        all.fold(f64::INFINITY, f64::min)
    };
    // every dose is 0, or one of them and the smallest decides
    if reference <= 0.0 {
        return Some(0.0);
    }
    if !a.is_finite() {
        return (!a.is_nan()).then_some(reference);
    }
    let mean = |of: &dyn Fn(f64) -> f64| {
        let terms = with_volume().map(|one| one.volume * of(libm::log(one.dose / reference)));
        terms.sum::<f64>() / whole
    };
    let logarithm = if a == 0.0 {
        mean(&|ratio| ratio)
    } else if a.abs() < SMALL {
        libm::log1p(mean(&|ratio| libm::expm1(a * ratio))) / a
    } else {
        libm::log(mean(&|ratio| libm::exp(a * ratio))) / a
    };
    Some(reference * libm::exp(logarithm))
}
