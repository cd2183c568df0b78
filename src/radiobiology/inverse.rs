//! The inverses: dose per fraction for given n and target, n for given d and target, the longest
//! time. All are closed formulas: a quadratic, a straight line in the linear tail and in time, whole
//! days for several fractions a day.

use super::effect_model::EffectModel;
use super::linear_quadratic::{LinearQuadratic, TWO_GRAY};
use super::model_error::ModelError;
use super::repair::unrepaired_pairs;
use super::repopulation::TreatmentTime;
use super::solution::{DoseSolution, FractionsSolution};
use super::target::{SolveError, Target};
use super::treatment::Treatment;
use crate::quantity::{AbsorbedDose, AlphaBeta};
use crate::radiotherapy::{DailyPattern, FractionCount, Fractionation};

/// Outside these the quotient may have overflowed or lost digits.
const SMALLEST_COUNT: f64 = 1e-15;
const LARGEST_COUNT: f64 = 1e15;

/// What can be a dose, gray.
const SMALLEST_DOSE: f64 = 1e-6;
const LARGEST_DOSE: f64 = 1000.0;

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
            gray,
            fractions,
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
        let of_day = |fractions: u32| self.day_effect(dose_per_fraction, pattern, fractions);
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
            exact,
            dose_per_fraction,
            model: *self,
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
    /// let treatment = Treatment::from_fractionations(&["45Gy/25".parse()?])?;
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
        // this form does not cancel when d is much smaller than alpha/beta
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

    /// BED times α/β of the first `fractions` of one day, Gy².
    fn day_effect(&self, dose: AbsorbedDose, pattern: DailyPattern, fractions: u32) -> f64 {
        let (d, alpha_beta) = (dose.gray(), self.alpha_beta().gray());
        let n = f64::from(fractions);
        if let Some(tail) = self.linear_tail().filter(|tail| dose > tail.above()) {
            let above = tail.above().gray();
            let line = tail.slope_at(self.alpha_beta()) * (d - above);
            return alpha_beta * (n * (above * (1.0 + above / alpha_beta) + line));
        }
        if self.is_plain() && pattern.fractions() == 1 {
            return n * plain_effect(dose, self.alpha_beta());
        }
        let pairs = self.repair_half_time().map_or(0.0, |half_time| {
            unrepaired_pairs(half_time, pattern, fractions)
        });
        alpha_beta * (n * d + (n + 2.0 * pairs) * d * d / alpha_beta)
    }
}

/// `d (d + α/β)`, Gy².
#[allow(
    clippy::cast_precision_loss,
    reason = "the one rounding of an exact product"
)]
fn plain_effect(dose: AbsorbedDose, alpha_beta: AlphaBeta) -> f64 {
    let d = u128::from(dose.micrograys());
    (d * (d + u128::from(alpha_beta.micrograys()))) as f64 / 1e12
}

/// The inverses of the model without parts.
impl LinearQuadratic {
    /// The dose per fraction that reaches a target in n fractions:
    /// `d = 2c/(α/β + sqrt((α/β)² + 4c))` with `c = BED α/β/n` or `EQDx (x + α/β)/n`.
    ///
    /// At most 4 units in the last place from the exact root.
    ///
    /// ```
    /// use chemorad::quantity::{AbsorbedDose, AlphaBeta, Eqd};
    /// use chemorad::radiobiology::{LinearQuadratic, Rounding, TWO_GRAY};
    /// use chemorad::radiotherapy::FractionCount;
    ///
    /// let alpha_beta = AlphaBeta::constant("3 Gy");
    /// let model = LinearQuadratic::new(alpha_beta);
    /// let target = Eqd::new(60.0, alpha_beta, TWO_GRAY)?;
    /// let solved = model.dose_per_fraction_for(target, FractionCount::new(18)?)?;
    /// let given = solved.rounded(AbsorbedDose::constant("0.01 Gy"), Rounding::Nearest)?;
    /// assert_eq!(given.to_string(), "51.3 Gy in 18 x 2.85 Gy");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// A target of zero or at another α/β, or one that needs less than a microgray or more than
    /// 1000 Gy per fraction.
    pub fn dose_per_fraction_for(
        self,
        target: impl Into<Target>,
        fractions: FractionCount,
    ) -> Result<DoseSolution, SolveError> {
        EffectModel::new(self.alpha_beta()).dose_per_fraction_for(
            target,
            fractions,
            DailyPattern::ONCE,
            None,
        )
    }

    /// The number of fractions of d that reaches a target:
    /// `n = BED/(d (1 + d/(α/β)))` or `EQDx (x + α/β)/(d (d + α/β))`.
    ///
    /// ```
    /// use chemorad::quantity::{AbsorbedDose, AlphaBeta, Eqd};
    /// use chemorad::radiobiology::{LinearQuadratic, Rounding, TWO_GRAY};
    ///
    /// let alpha_beta = AlphaBeta::constant("4.6 Gy");
    /// let model = LinearQuadratic::new(alpha_beta);
    /// let target = Eqd::new(50.0, alpha_beta, TWO_GRAY)?;
    /// let solved = model.fractions_for(target, AbsorbedDose::constant("2.67 Gy"))?;
    /// assert_eq!(format!("{:.3}", solved.exact()), "17.001");
    /// assert_eq!(solved.rounded(Rounding::Nearest)?.fractions().get(), 17);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// A target of zero or at another α/β, or one that needs less than 10⁻¹⁵ or more than 10¹⁵
    /// fractions.
    pub fn fractions_for(
        self,
        target: impl Into<Target>,
        dose_per_fraction: AbsorbedDose,
    ) -> Result<FractionsSolution, SolveError> {
        EffectModel::new(self.alpha_beta()).fractions_for(
            target,
            dose_per_fraction,
            DailyPattern::ONCE,
            None,
        )
    }

    /// The schedule with `fractions` fractions that has the same BED as `from`.
    ///
    /// # Errors
    /// A solution of less than a microgray or more than 1000 Gy per fraction.
    pub fn isoeffective_in(
        self,
        from: Fractionation,
        fractions: FractionCount,
    ) -> Result<DoseSolution, SolveError> {
        self.dose_per_fraction_for(self.eqd(from, TWO_GRAY), fractions)
    }

    /// The schedule with `dose_per_fraction` that has the same BED as `from`.
    ///
    /// # Errors
    /// A solution of less than 10⁻¹⁵ or more than 10¹⁵ fractions.
    pub fn isoeffective_with(
        self,
        from: Fractionation,
        dose_per_fraction: AbsorbedDose,
    ) -> Result<FractionsSolution, SolveError> {
        self.fractions_for(self.eqd(from, TWO_GRAY), dose_per_fraction)
    }
}
