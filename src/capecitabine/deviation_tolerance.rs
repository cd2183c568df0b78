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
    /// At most 20 %: whole tablets need no more. With 500 mg tablets alone the worst rounding is that of
    /// 1250 mg, halfway between 1000 and 1500 mg: 250 / 1250 = 20 %. With at most two of 150 mg it is 13 %
    /// (575 mg, between 500 and 650 mg). A larger tolerance would accept another dose, and not another rounding.
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
               the worst rounding with 500 mg tablets)",
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
