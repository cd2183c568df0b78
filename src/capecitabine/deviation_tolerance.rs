//! The largest deviation of the ordered from the calculated dose.

use crate::number::unit;
use crate::quantity::exact::{Spec, exact_quantity};

exact_quantity! {
    /// The largest deviation of the ordered from the calculated dose that a site accepts, in
    /// percent, either way. A deviation of exactly this much is accepted.
    ///
    /// Published choices differ: 5 % (BC Cancer, 1999 report), 10 % (HOPA).
    ///
    /// ```
    /// use chemorad::capecitabine::DeviationTolerance;
    /// assert_eq!(DeviationTolerance::constant("5 %").percent(), 5.0);
    /// ```
    DeviationTolerance,
    Spec {
        quantity: "deviation tolerance",
        units: unit::PERCENT,
        min: 1,
        max: 100_000_000,
        hint: "give the percentage by which the ordered dose may differ",
    }
}

impl DeviationTolerance {
    /// The value in percent.
    #[must_use]
    pub const fn percent(self) -> f64 {
        Self::SPEC.value(self.0)
    }
}
