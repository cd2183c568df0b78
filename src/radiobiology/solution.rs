//! What an inverse found: the exact number, what can be given of it, and how it was reached.

use alloc::string::String;

use super::effect_model::EffectModel;
use super::linear_quadratic::gray as gray_text;
use super::target::{Rounding, SolveError, Target};
use crate::quantity::AbsorbedDose;
use crate::radiotherapy::{FractionCount, Fractionation};
use crate::report::{Derivation, decimal};

const SOURCE: &str = "inverse of the linear-quadratic BED";

/// The dose per fraction that reaches a target.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DoseSolution {
    pub(super) gray: f64,
    pub(super) fractions: FractionCount,
    pub(super) model: EffectModel,
    pub(super) target: Target,
    pub(super) loss: f64,
    pub(super) weight: f64,
}

impl DoseSolution {
    /// d in gray, not rounded to what can be given.
    #[must_use]
    pub const fn gray(self) -> f64 {
        self.gray
    }

    /// n.
    #[must_use]
    pub const fn fractions(self) -> FractionCount {
        self.fractions
    }

    /// The fractionation with d rounded to a multiple of `step` by a named rule.
    ///
    /// # Errors
    /// A dose of zero or above 1000 Gy.
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "steps are counted below 2^53 and range-checked as doses"
    )]
    pub fn rounded(self, step: AbsorbedDose, rule: Rounding) -> Result<Fractionation, SolveError> {
        let steps = rule.round(self.gray / step.gray());
        if steps == 0.0 {
            return Err(SolveError::RoundedToZero {
                exact: self.gray,
                rule,
                step,
            });
        }
        let dose = AbsorbedDose::from_gray(steps * step.micrograys() as f64 / 1e6)?;
        Ok(Fractionation::from_dose_per_fraction(dose, self.fractions)?)
    }

    /// The working of [`gray`](Self::gray), step by step, for a check by hand.
    #[must_use]
    pub fn derivation(self) -> Derivation {
        if self.model.is_plain() {
            return self.plain_derivation();
        }
        let (n, ab) = (self.fractions, self.model.alpha_beta());
        let needed = self.target.bed() + self.loss;
        let of = format!("dose per fraction for {}", self.target.label());
        let source = "inverse of the BED with its terms";
        let tail = self
            .model
            .linear_tail()
            .filter(|tail| self.gray > tail.above().gray());
        let derivation = if let Some(tail) = tail {
            let (above, slope) = (tail.above().gray(), tail.slope_at(ab));
            Derivation::new(
                of,
                "d_T + (E/n - d_T (1 + d_T/(a/b)))/(gamma/alpha)",
                format!(
                    "{t} + ({}/{n} - {t} x (1 + {t}/{}))/{}",
                    decimal(needed),
                    ab.number(),
                    decimal(slope),
                    t = decimal(above),
                ),
                gray_text(self.gray),
                source,
            )
        } else {
            let c = needed * ab.gray() / f64::from(n.get());
            Derivation::new(
                of,
                "(sqrt((a/b)^2 + 4 g c) - a/b)/(2 g), the root of d (g d + a/b) = c",
                format!(
                    "(sqrt({ab}^2 + 4 x {g} x {c}) - {ab})/(2 x {g})",
                    ab = ab.number(),
                    g = decimal(self.weight),
                    c = decimal(c)
                ),
                gray_text(self.gray),
                source,
            )
            .with(format!("c = E a/b/n = {} Gy^2", decimal(c)))
            .with(format!("g = 1 + H = {}", decimal(self.weight)))
        };
        derivation.with(needed_text(self.target, self.loss))
    }

    fn plain_derivation(self) -> Derivation {
        let (n, ab) = (self.fractions, self.model.alpha_beta());
        let weight = self.target.weight();
        let c = self.target.gray() * weight / f64::from(n.get());
        Derivation::new(
            format!("dose per fraction for {}", self.target.label()),
            "(sqrt((a/b)^2 + 4c) - a/b)/2, the root of d (d + a/b) = c",
            format!(
                "(sqrt({ab}^2 + 4 x {c}) - {ab})/2",
                ab = decimal(ab.gray()),
                c = decimal(c)
            ),
            gray_text(self.gray),
            SOURCE,
        )
        .with(format!(
            "c = target x {}/n = {} x {}/{n} = {} Gy^2",
            self.target.symbol(),
            decimal(self.target.gray()),
            decimal(weight),
            decimal(c)
        ))
    }
}

/// The number of fractions of d that reaches a target.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FractionsSolution {
    pub(super) exact: f64,
    pub(super) dose_per_fraction: AbsorbedDose,
    pub(super) model: EffectModel,
    pub(super) target: Target,
    pub(super) loss: f64,
    pub(super) per_fraction: f64,
}

impl FractionsSolution {
    /// n, not rounded to a whole number. With several fractions a day it lies on the straight line
    /// between the effects of the whole numbers on either side.
    #[must_use]
    pub const fn exact(self) -> f64 {
        self.exact
    }

    /// d.
    #[must_use]
    pub const fn dose_per_fraction(self) -> AbsorbedDose {
        self.dose_per_fraction
    }

    /// The fractionation with n rounded to a whole number by a named rule.
    ///
    /// # Errors
    /// A number of fractions outside 1 to 200, or a total above 1000 Gy.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to lie in 1 to 200"
    )]
    pub fn rounded(self, rule: Rounding) -> Result<Fractionation, SolveError> {
        let rounded = rule.round(self.exact);
        if !(1.0..=f64::from(FractionCount::MAX)).contains(&rounded) {
            return Err(SolveError::Fractions {
                exact: self.exact,
                rule,
                rounded,
            });
        }
        let fractions = FractionCount::new(rounded as u32)?;
        Ok(Fractionation::from_dose_per_fraction(
            self.dose_per_fraction,
            fractions,
        )?)
    }

    /// The working of [`exact`](Self::exact), step by step, for a check by hand.
    #[must_use]
    pub fn derivation(self) -> Derivation {
        let title = format!("number of fractions for {}", self.target.label());
        if self.model.is_plain() {
            let (d, ab) = (
                self.dose_per_fraction.gray(),
                self.model.alpha_beta().gray(),
            );
            let weight = decimal(self.target.weight());
            return Derivation::new(
                title,
                format!("target x {}/(d (d + a/b))", self.target.symbol()),
                format!(
                    "{} x {weight}/({d} x ({d} + {ab}))",
                    decimal(self.target.gray())
                ),
                decimal(self.exact),
                SOURCE,
            );
        }
        Derivation::new(
            title,
            "E / BED of one fraction (of a full day, shared by its fractions)",
            format!(
                "{} / {}",
                decimal(self.target.bed() + self.loss),
                decimal(self.per_fraction)
            ),
            decimal(self.exact),
            "inverse of the BED with its terms",
        )
        .with(needed_text(self.target, self.loss))
    }
}

fn needed_text(target: Target, loss: f64) -> String {
    format!(
        "E = target as BED + loss to repopulation = {} + {} Gy",
        decimal(target.bed()),
        decimal(loss)
    )
}
