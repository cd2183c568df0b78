//! The tissue parameter α/β.

use super::error::QuantityError;
use super::exact::exact_quantity;
use super::spec::{Spec, unit};

exact_quantity! {
    /// The tissue parameter α/β in gray, exact to the microgray.
    ///
    /// Domain: more than 0 and at most 1000 Gy. It belongs to an endpoint, not to an organ: see
    /// [`TissueParameter`](crate::radiobiology::TissueParameter) for published values.
    ///
    /// ```
    /// use chemorad::quantity::AlphaBeta;
    /// const TUMOUR: AlphaBeta = AlphaBeta::constant("10 Gy");
    /// assert_eq!(TUMOUR.gray(), 10.0);
    /// assert!("0 Gy".parse::<AlphaBeta>().is_err());
    /// assert!("-3 Gy".parse::<AlphaBeta>().is_err());
    /// ```
    AlphaBeta,
    Spec {
        quantity: "alpha/beta ratio",
        units: &[unit("Gy", 1_000_000), unit("cGy", 10_000)],
        min: 1,
        max: 1_000_000_000,
        hint: "published ratios lie between about 1 and 20 Gy",
    }
}

impl AlphaBeta {
    /// From a whole number of micrograys.
    ///
    /// # Errors
    /// Zero, or more than 1000 Gy.
    pub const fn from_micrograys(micrograys: u64) -> Result<Self, super::fault::Fault> {
        Self::from_base(micrograys)
    }

    /// From a floating-point number of gray with at most six decimal places.
    ///
    /// # Errors
    /// NaN, infinity, zero, negative, above 1000 Gy, or finer than a microgray.
    pub fn from_gray(gray: f64) -> Result<Self, QuantityError> {
        Self::from_float(gray, "Gy")
    }

    /// The exact value in micrograys.
    #[must_use]
    pub const fn micrograys(self) -> u64 {
        self.0
    }

    /// The value in gray, correctly rounded to `f64`.
    #[must_use]
    pub const fn gray(self) -> f64 {
        Self::SPEC.value(self.0)
    }

    /// The number without its unit, as it stands inside `BED(a/b = 10)`.
    pub(crate) fn number(self) -> alloc::string::String {
        let mut text = Self::SPEC.text(self.0);
        text.truncate(text.len() - " Gy".len());
        text
    }
}
