//! The linear-quadratic-linear model: a straight line above a transition dose.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use crate::quantity::{AbsorbedDose, AlphaBeta};
use crate::radiotherapy::Fractionation;
use crate::report::decimal;

/// γ/α, the slope of BED against dose above the transition.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FinalSlope(Option<f64>);

/// A slope that is not one.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("the final slope {0:?} is neither \"tangent\" nor a number above 0 and at most 1000")]
pub struct FinalSlopeError(String);

impl FinalSlope {
    /// `1 + 2 d_T/(α/β)`: the line continues the linear-quadratic curve without a corner.
    pub const TANGENT: Self = Self(None);

    /// A stated γ/α.
    ///
    /// # Errors
    /// NaN, zero, negative, or above 1000.
    pub fn stated(gamma_over_alpha: f64) -> Result<Self, FinalSlopeError> {
        if gamma_over_alpha > 0.0 && gamma_over_alpha <= 1000.0 {
            Ok(Self(Some(gamma_over_alpha)))
        } else {
            Err(FinalSlopeError(format!("{gamma_over_alpha}")))
        }
    }

    /// The stated number; `None` for the tangent.
    #[must_use]
    pub const fn number(self) -> Option<f64> {
        self.0
    }
}

impl FromStr for FinalSlope {
    type Err = FinalSlopeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if text == "tangent" {
            return Ok(Self::TANGENT);
        }
        let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        match text.parse() {
            Ok(number) if plain => Self::stated(number),
            _ => Err(FinalSlopeError(text.chars().take(60).collect())),
        }
    }
}

impl fmt::Display for FinalSlope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(number) => f.pad(&decimal(number)),
            None => f.pad("tangent"),
        }
    }
}

crate::text::by_text!(FinalSlope);

/// The linear-quadratic-linear model's part above the transition dose `d_T`.
///
/// `BED = n d (1 + d/(α/β))` for d ≤ `d_T`, else
/// `BED = n [d_T (1 + d_T/(α/β)) + (γ/α)(d − d_T)]`, Gy (Astrahan 2008, Med Phys 35:4161-73;
/// Carlone 2005, Phys Med Biol 50:L9).
///
/// Published programs disagree on γ/α (one adds the line to the full quadratic, one prints a slope
/// of 1 and calculates with 5), so it is always given: a number, or [`FinalSlope::TANGENT`].
///
/// ```
/// use chemorad::radiobiology::{EffectModel, FinalSlope, LinearTail, Treatment, TWO_GRAY};
///
/// // spinal cord, 1 x 8 Gy: EQD2 16.0 Gy (Voyant 2014, Rep Pract Oncol Radiother 19:47-55)
/// let tail = LinearTail::new("4 Gy".parse()?, FinalSlope::stated(5.0)?);
/// let model = EffectModel::new("2 Gy".parse()?).with_linear_tail(tail)?;
/// let effect = model.effect(&Treatment::from_fractionations(&["8Gy/1".parse()?])?)?;
/// assert_eq!(effect.bed().gray(), 32.0);
/// assert_eq!(effect.eqd(TWO_GRAY)?.gray(), 16.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LinearTail {
    above: AbsorbedDose,
    slope: FinalSlope,
}

impl LinearTail {
    /// A line above `above` with a slope.
    #[must_use]
    pub const fn new(above: AbsorbedDose, slope: FinalSlope) -> Self {
        Self { above, slope }
    }

    /// `d_T`.
    #[must_use]
    pub const fn above(self) -> AbsorbedDose {
        self.above
    }

    /// γ/α as given.
    #[must_use]
    pub const fn slope(self) -> FinalSlope {
        self.slope
    }

    /// γ/α as a number at an α/β.
    #[must_use]
    pub fn slope_at(self, alpha_beta: AlphaBeta) -> f64 {
        self.slope.0.unwrap_or_else(|| self.tangent_at(alpha_beta))
    }

    /// The fractionations cut off at the transition, and Σ n (d − `d_T`) in gray.
    #[allow(clippy::cast_precision_loss, reason = "below 2^53, so one rounding")]
    pub(super) fn split(self, fractionations: &[Fractionation]) -> (Vec<Fractionation>, f64) {
        let mut above = 0;
        let capped = fractionations
            .iter()
            .map(|&fractionation| {
                let n = fractionation.fractions();
                match Fractionation::from_dose_per_fraction(self.above, n) {
                    Ok(cap) if cap.total() < fractionation.total() => {
                        above += fractionation.total().micrograys() - cap.total().micrograys();
                        cap
                    }
                    _ => fractionation,
                }
            })
            .collect();
        (capped, above as f64 / 1e6)
    }

    #[allow(clippy::cast_precision_loss, reason = "below 2^53, so one rounding")]
    pub(super) fn tangent_at(self, alpha_beta: AlphaBeta) -> f64 {
        let alpha_beta = alpha_beta.micrograys();
        (alpha_beta + 2 * self.above.micrograys()) as f64 / alpha_beta as f64
    }
}
