//! The largest deviation of the ordered from the calculated dose.

use alloc::format;
use alloc::string::String;

use crate::number::{is_at_boundary, unit};
use crate::quantity::exact::{Spec, exact_quantity};

exact_quantity! {
    /// The largest deviation of the ordered from the calculated dose that a site accepts, in
    /// percent, either way. A deviation of exactly this much is accepted.
    ///
    /// Published choices differ: 5 % (BC Cancer, 1999 report), 10 % (HOPA).
    ///
    /// At most 20 %, this project's choice: a larger tolerance would accept another dose, and not another
    /// rounding. From 1000 mg on whole tablets need no more: with 500 mg tablets alone the worst rounding is
    /// that of 1250 mg, halfway between 1000 and 1500 mg, 250 / 1250 = 20 %. Below they can: 750 mg, halfway
    /// between 500 and 1000 mg, deviates by 250 / 750 = 33 %. Such an order, of a reduced dose perhaps, needs
    /// smaller tablets or a written reason, and no wider tolerance.
    ///
    /// ```
    /// use chemorad::capecitabine::DeviationTolerance;
    /// assert_eq!(DeviationTolerance::constant("5 %").percent(), 5.0);
    /// assert!("21 %".parse::<DeviationTolerance>().is_err());
    /// ```
    DeviationTolerance,
    Spec {
        quantity: "deviation tolerance",
        units: unit::PERCENT,
        min: 1,
        max: 20_000_000,
        hint: "give the percentage by which the ordered dose may differ, at most 20 % (250 mg of 1250 mg, \
               the worst rounding of 1000 mg or more with 500 mg tablets)",
    }
}

/// 100 (given - wanted) / wanted: by how much an amount is more, or less where it is negative; exactly zero
/// where the two differ by the arithmetic alone.
///
/// ```
/// use chemorad::capecitabine::deviation_percent;
/// assert_eq!(deviation_percent(1500.0, 1250.0), 20.0);
/// assert_eq!(deviation_percent(1155.0, 1.4 * 825.0), 0.0);
/// ```
#[must_use]
pub fn deviation_percent(given: f64, wanted: f64) -> f64 {
    if is_at_boundary(wanted, given) {
        0.0
    } else {
        100.0 * (given - wanted) / wanted
    }
}

impl DeviationTolerance {
    /// Whether a deviation in percent, up or down, is no larger; one that is exactly as large is accepted.
    ///
    /// ```
    /// use chemorad::capecitabine::DeviationTolerance;
    /// let tolerance = DeviationTolerance::constant("5 %");
    /// assert!(tolerance.accepts(-5.0) && !tolerance.accepts(5.01));
    /// assert!(!tolerance.accepts(f64::NAN));
    /// ```
    #[must_use]
    pub const fn accepts(self, percent: f64) -> bool {
        let (percent, most) = (percent.abs(), self.percent());
        percent <= most || is_at_boundary(percent, most)
    }

    /// The value in percent.
    #[must_use]
    pub const fn percent(self) -> f64 {
        Self::SPEC.value(self.0)
    }

    /// A deviation in percent with the decimals that it takes to see on which side of the tolerance it lies.
    ///
    /// ```
    /// use chemorad::capecitabine::DeviationTolerance;
    /// let tolerance = DeviationTolerance::constant("5 %");
    /// assert_eq!(tolerance.beside(5.0036), "+5.004 %");
    /// assert_eq!(tolerance.beside(-4.9), "-4.90 %");
    /// assert_eq!(tolerance.beside(5.0), "+5.00 %");
    /// ```
    #[must_use]
    pub fn beside(self, percent: f64) -> String {
        let limit = self.percent();
        let is_seen = |written: &str| {
            written.parse().is_ok_and(|shown: f64| {
                shown.abs().partial_cmp(&limit) == percent.abs().partial_cmp(&limit)
            })
        };
        let mut written = format!("{percent:+.2}");
        if is_at_boundary(percent.abs(), limit) {
            return format!("{written} %");
        }
        for decimals in 3..=6 {
            if is_seen(&written) {
                break;
            }
            written = format!("{percent:+.decimals$}");
        }
        format!("{written} %")
    }
}
