//! The inverses of the model with its parts. All are closed formulas: a quadratic, a straight
//! line in the linear tail and in time, whole days for several fractions a day.

use alloc::string::String;

use super::effect_model::EffectModel;
use super::isoeffect::{
    LARGEST_COUNT, LARGEST_DOSE, SMALLEST_COUNT, SMALLEST_DOSE, SolvedDosePerFraction,
    SolvedFractions,
};
use super::isoeffect::{Rounding, SolveError, Target};
use super::linear_quadratic::gray as gray_text;
use super::model_error::ModelError;
use super::repair::unrepaired_pairs;
use super::repopulation::TreatmentTime;
use super::treatment::Treatment;
use crate::quantity::AbsorbedDose;
use crate::radiotherapy::{DailyPattern, FractionCount, Fractionation};
use crate::report::{Derivation, decimal};

/// The dose per fraction that reaches a target under an [`EffectModel`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DoseSolution {
    solved: SolvedDosePerFraction,
    model: EffectModel,
    target: Target,
    loss: f64,
    weight: f64,
}

impl DoseSolution {
    /// d in gray, not rounded to what can be given.
    #[must_use]
    pub const fn gray(self) -> f64 {
        self.solved.gray()
    }

    /// The fractionation with d rounded to a multiple of `step` by a named rule.
    ///
    /// # Errors
    /// A dose of zero or above 1000 Gy.
    pub fn rounded(self, step: AbsorbedDose, rule: Rounding) -> Result<Fractionation, SolveError> {
        self.solved.rounded(step, rule)
    }

    /// The way to [`gray`](Self::gray), to be redone by hand.
    #[must_use]
    pub fn derivation(self) -> Derivation {
        let (n, ab) = (self.solved.fractions(), self.model.alpha_beta());
        let needed = self.target.bed() + self.loss;
        let of = format!("dose per fraction for {}", self.target.label());
        let source = "inverse of the BED with its terms";
        let tail = self
            .model
            .linear_tail()
            .filter(|tail| self.gray() > tail.above().gray());
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
                gray_text(self.gray()),
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
                gray_text(self.gray()),
                source,
            )
            .with(format!("c = E a/b/n = {} Gy^2", decimal(c)))
            .with(format!("g = 1 + H = {}", decimal(self.weight)))
        };
        derivation.with(needed_text(self.target, self.loss))
    }
}

/// The number of fractions of d that reaches a target under an [`EffectModel`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FractionsSolution {
    solved: SolvedFractions,
    target: Target,
    loss: f64,
    per_fraction: f64,
}

impl FractionsSolution {
    /// n, not rounded to a whole number. With several fractions a day it lies on the straight line
    /// between the effects of the whole numbers on either side.
    #[must_use]
    pub const fn exact(self) -> f64 {
        self.solved.exact()
    }

    /// The fractionation with n rounded to a whole number by a named rule.
    ///
    /// # Errors
    /// A number of fractions outside 1 to 200, or a total above 1000 Gy.
    pub fn rounded(self, rule: Rounding) -> Result<Fractionation, SolveError> {
        self.solved.rounded(rule)
    }

    /// The way to [`exact`](Self::exact), to be redone by hand.
    #[must_use]
    pub fn derivation(self) -> Derivation {
        Derivation::new(
            format!("number of fractions for {}", self.target.label()),
            "E / BED of one fraction (of a full day, shared by its fractions)",
            format!(
                "{} / {}",
                decimal(self.target.bed() + self.loss),
                decimal(self.per_fraction)
            ),
            decimal(self.exact()),
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

impl EffectModel {
    /// The dose per fraction that reaches a target in n fractions given by `pattern` each day:
    ///
    /// `d = 2c/(α/β + sqrt((α/β)² + 4 g c))`, `c = (BED + K max(0, T − Tk)) (α/β)/n`,
    /// `g = 1 + (2/n) Σ φ_ij`; in the linear tail `d_T + (E/n − d_T (1 + d_T/(α/β)))/(γ/α)`.
    ///
    /// ```
    /// use chemorad::quantity::Bed;
    /// use chemorad::radiobiology::{EffectModel, Repopulation, TreatmentTime};
    /// use chemorad::radiotherapy::{DailyPattern, FractionCount};
    ///
    /// let model = EffectModel::new("10 Gy".parse()?)
    ///     .with_repopulation(Repopulation::bed("0.66 Gy/d".parse()?, "28 d".parse()?))?;
    /// let target = Bed::new(53.1, "10 Gy".parse()?)?;
    /// let time = Some(TreatmentTime::stated(33)); // five days beyond the kick-off time
    /// let d = model.dose_per_fraction_for(target, FractionCount::new(25)?, DailyPattern::ONCE, time)?;
    /// assert_eq!(format!("{:.3}", d.gray()), "1.896");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// A target of zero, at another α/β, or in fractions above the transition dose; repopulation
    /// without a time; less than a microgray or more than 1000 Gy per fraction.
    pub fn dose_per_fraction_for(
        &self,
        target: impl Into<Target>,
        fractions: FractionCount,
        pattern: DailyPattern,
        time: Option<TreatmentTime>,
    ) -> Result<DoseSolution, SolveError> {
        let target = self.usable(target.into())?;
        let loss = self.loss(time)?;
        let weight = self.quadratic_weight(fractions, pattern);
        let alpha_beta = self.alpha_beta().gray();
        let c = (target.gray() * target.weight() + loss * alpha_beta) / f64::from(fractions.get());
        let gray = self.root(c, weight);
        // NaN, from targets near the largest f64, is outside too
        if !(SMALLEST_DOSE..=LARGEST_DOSE).contains(&gray) {
            return Err(SolveError::DoseOutOfRange(gray));
        }
        Ok(DoseSolution {
            solved: SolvedDosePerFraction::found(gray, fractions, target),
            model: *self,
            target,
            loss,
            weight,
        })
    }

    /// The number of fractions of d that reaches a target, given by `pattern` each day in an
    /// overall time that stays the same.
    ///
    /// # Errors
    /// As for [`dose_per_fraction_for`](Self::dose_per_fraction_for).
    pub fn fractions_for(
        &self,
        target: impl Into<Target>,
        dose_per_fraction: AbsorbedDose,
        pattern: DailyPattern,
        time: Option<TreatmentTime>,
    ) -> Result<FractionsSolution, SolveError> {
        let target = self.usable(target.into())?;
        let loss = self.loss(time)?;
        // both sides times α/β, as in the plain inverse
        let alpha_beta = self.alpha_beta().gray();
        let needed = target.gray() * target.weight() + loss * alpha_beta;
        let m = pattern.fractions();
        let of_day =
            |fractions: u32| alpha_beta * self.day_bed(dose_per_fraction, pattern, fractions);
        let day = of_day(m);
        let per_fraction = day / f64::from(m);
        let exact = if m == 1 {
            needed / day
        } else {
            let days = libm::floor(needed / day);
            let rest = needed - days * day;
            let mut within = 0.0;
            for fractions in 1..=m {
                let (before, after) = (of_day(fractions - 1), of_day(fractions));
                let share = (rest - before) / (after - before);
                within += share.clamp(0.0, 1.0);
            }
            days * f64::from(m) + within
        };
        if !(SMALLEST_COUNT..=LARGEST_COUNT).contains(&exact) {
            return Err(SolveError::FractionsOutOfRange(exact));
        }
        Ok(FractionsSolution {
            solved: SolvedFractions::found(exact, dose_per_fraction, target),
            target,
            loss,
            per_fraction: per_fraction / alpha_beta,
        })
    }

    /// The longest overall time, in days, in which a treatment still reaches a target:
    /// `T = Tk + (BED without loss − target)/K`. `None` without repopulation, where time does not
    /// matter.
    ///
    /// ```
    /// use chemorad::quantity::Bed;
    /// use chemorad::radiobiology::{EffectModel, Repopulation, Treatment};
    ///
    /// let model = EffectModel::new("10 Gy".parse()?)
    ///     .with_repopulation(Repopulation::bed("0.6 Gy/d".parse()?, "28 d".parse()?))?;
    /// let treatment = Treatment::of(&["45Gy/25".parse()?])?;
    /// let days = model.longest_time_for(Bed::new(50.1, "10 Gy".parse()?)?, &treatment)?;
    /// assert!((days.unwrap() - 33.0).abs() < 1e-9);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// A target of zero, at another α/β, or one that the doses do not reach in any time.
    pub fn longest_time_for(
        &self,
        target: impl Into<Target>,
        treatment: &Treatment,
    ) -> Result<Option<f64>, SolveError> {
        let target = self.usable(target.into())?;
        let Some(repopulation) = self.repopulation() else {
            return Ok(None);
        };
        let reached = self.without_repopulation().effect(treatment)?.bed().gray();
        let spare = reached - target.bed();
        if spare < 0.0 {
            return Err(SolveError::OutOfReach {
                reached,
                target: target.bed(),
            });
        }
        Ok(Some(
            repopulation.kick_off().days() + spare / repopulation.bed_per_day(self.alpha_beta()),
        ))
    }

    fn usable(&self, target: Target) -> Result<Target, SolveError> {
        if target.alpha_beta() != self.alpha_beta() {
            return Err(SolveError::DifferentAlphaBeta {
                target: target.alpha_beta(),
                model: self.alpha_beta(),
            });
        }
        if target.gray() <= 0.0 {
            return Err(SolveError::ZeroTarget);
        }
        if let (Target::Eqd(eqd), Some(tail)) = (target, self.linear_tail()) {
            if eqd.reference() > tail.above() {
                return Err(SolveError::Model(ModelError::ReferenceAboveTransition {
                    reference: eqd.reference(),
                    above: tail.above(),
                }));
            }
        }
        Ok(target)
    }

    fn loss(&self, time: Option<TreatmentTime>) -> Result<f64, ModelError> {
        self.repopulation().map_or(Ok(0.0), |repopulation| {
            let time = time.ok_or(ModelError::NoOverallTime)?;
            Ok(repopulation.bed_lost(time.days(), self.alpha_beta()))
        })
    }

    /// `1 + (2/n) Σ φ_ij` for n fractions by a pattern.
    fn quadratic_weight(&self, fractions: FractionCount, pattern: DailyPattern) -> f64 {
        let Some(half_time) = self.repair_half_time() else {
            return 1.0;
        };
        let (n, m) = (fractions.get(), pattern.fractions());
        let pairs = f64::from(n / m) * unrepaired_pairs(half_time, pattern, m)
            + unrepaired_pairs(half_time, pattern, n % m);
        1.0 + 2.0 * pairs / f64::from(n)
    }

    /// d with `d (weight d + α/β) = c`, or on the line above the transition.
    pub(super) fn root(&self, c: f64, weight: f64) -> f64 {
        let alpha_beta = self.alpha_beta().gray();
        // this form does not cancel when d is small beside alpha/beta
        let root = 2.0 * c / (alpha_beta + libm::sqrt(alpha_beta * alpha_beta + 4.0 * weight * c));
        match self.linear_tail() {
            Some(tail) if root > tail.above().gray() => {
                let above = tail.above().gray();
                let below = above * (1.0 + above / alpha_beta);
                above + (c / alpha_beta - below) / tail.slope_at(self.alpha_beta())
            }
            _ => root,
        }
    }

    /// BED of the first `fractions` of one day.
    fn day_bed(&self, dose: AbsorbedDose, pattern: DailyPattern, fractions: u32) -> f64 {
        let (d, alpha_beta) = (dose.gray(), self.alpha_beta().gray());
        let n = f64::from(fractions);
        if let Some(tail) = self.linear_tail().filter(|tail| dose > tail.above()) {
            let above = tail.above().gray();
            let line = tail.slope_at(self.alpha_beta()) * (d - above);
            return n * (above * (1.0 + above / alpha_beta) + line);
        }
        let pairs = self.repair_half_time().map_or(0.0, |half_time| {
            unrepaired_pairs(half_time, pattern, fractions)
        });
        n * d + (n + 2.0 * pairs) * d * d / alpha_beta
    }
}
