//! A value with bounds that enclose the exact one.

/// A value, and bounds that enclose the exact one.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Bounded {
    /// The best estimate.
    pub value: f64,
    /// Not more than the exact value.
    pub lower: f64,
    /// Not less than the exact value.
    pub upper: f64,
}

/// How far rounding may shift a bound: shares of a cell are kept with seven digits.
const ROUNDING: f64 = 1e-7;

impl Bounded {
    pub(super) fn new(lower: f64, upper: f64, estimate: f64) -> Self {
        Self {
            value: estimate.clamp(lower, upper),
            lower: lower * (1.0 - ROUNDING),
            upper: upper * (1.0 + ROUNDING),
        }
    }

    /// In another unit, which is so many times smaller.
    pub(crate) fn scaled(self, factor: f64) -> Self {
        Self {
            value: self.value * factor,
            lower: self.lower * factor,
            upper: self.upper * factor,
        }
    }

    /// What a rule that never falls makes of it.
    pub(crate) fn by(self, rule: impl Fn(f64) -> f64) -> Self {
        Self {
            value: rule(self.value),
            lower: rule(self.lower),
            upper: rule(self.upper),
        }
    }

    /// What is left of a whole.
    pub(crate) fn subtracted_from(self, whole: f64) -> Self {
        Self {
            value: whole - self.value,
            lower: (whole - self.upper).max(0.0),
            upper: whole - self.lower,
        }
    }

    /// This value, within the bounds of both.
    #[must_use]
    pub fn enclosing(self, other: Self) -> Self {
        Self {
            value: self.value,
            lower: self.lower.min(other.lower),
            upper: self.upper.max(other.upper),
        }
    }

    /// How far the bounds are apart.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.upper - self.lower
    }
}
