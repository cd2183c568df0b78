//! The linear-quadratic model with its optional parts.

use alloc::string::String;

use jiff::civil::Date;

use super::{DoseSeries, Effect, LinearTail, Measure, Repopulation, Treatment};
use crate::number::is_above_boundary;
use crate::quantity::{AbsorbedDose, AlphaBeta, RepairHalfTime};
use crate::radiotherapy::Fractionation;

/// Why a model does not exist or cannot answer.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// Two parts whose combination the literature does not define.
    #[error(
        "incomplete repair and a linear tail together are not defined: no published formula says how fractions of one day interact above the transition dose; use one of them"
    )]
    RepairWithLinearTail,
    /// A second part of a kind.
    #[error(
        "the model already has {0}: K and D_prolif describe the same loss, and so do two half-times or two tails; give one"
    )]
    Twice(&'static str),
    /// A line that rises above the linear-quadratic curve.
    #[error(
        "final slope {slope} is steeper than the tangent {tangent} at {above} with alpha/beta {alpha_beta}: the line would give more effect than the linear-quadratic curve; use a slope up to the tangent"
    )]
    SteeperThanTangent {
        /// γ/α as given.
        slope: f64,
        /// `1 + 2 d_T/(α/β)`.
        tangent: f64,
        /// `d_T`.
        above: AbsorbedDose,
        /// α/β.
        alpha_beta: AlphaBeta,
    },
    /// Repopulation without a time.
    #[error(
        "repopulation needs the overall treatment time: give dates, or a number of days; it does not follow from the number of fractions"
    )]
    NoOverallTime,
    /// Several fractions a day without intervals.
    #[error(
        "incomplete repair needs the interval between the fractions of a day: give it, in hours"
    )]
    NoInterval,
    /// A day with more fractions than the pattern.
    #[error(
        "{date} has {fractions} fractions, the pattern of a day has {pattern}: give the intervals of that day"
    )]
    PatternTooShort {
        /// The day.
        date: Date,
        /// Its fractions, at least.
        fractions: u32,
        /// Those of the pattern.
        pattern: u32,
    },
    /// No fractionation, or a total outside the range.
    #[error("the doses must add up to more than 0 and at most 1000 Gy")]
    Dose,
    /// Numbers of fractions that do not go together exactly.
    #[error("too many different numbers of fractions to add up exactly")]
    TooManyPhases,
    /// A volume that is not declared or gets nothing.
    #[error("the course gives nothing to a volume {0:?}")]
    NoSuchVolume(String),
    /// Fractions that are not in order of date.
    #[error("{later} is listed after {earlier}: list fractions in order of date")]
    OutOfOrder {
        /// The date before it in the list.
        earlier: Date,
        /// The date out of order.
        later: Date,
    },
    /// A calendar of another course.
    #[error("the calendar has other fractions than the course: make it from this course")]
    OtherCalendar,
    /// A difference of effects of which one is a floor.
    #[error(
        "the losses of one of the schedules are larger than its effect: its BED is a floor of zero, and a difference to it has no meaning"
    )]
    BelowZero,
    /// An EQDx whose x lies in the linear tail.
    #[error(
        "EQD in fractions of {reference} is not defined: they lie above the transition dose {above}; use a reference of at most {above}"
    )]
    ReferenceAboveTransition {
        /// x.
        reference: AbsorbedDose,
        /// `d_T`.
        above: AbsorbedDose,
    },
}

/// The linear-quadratic model at one α/β with optional parts: repopulation, incomplete repair, a
/// linear tail.
///
/// With `d_i` the doses of all fractions, `φ_ij` the unrepaired share between two fractions of one
/// day, T overall time:
///
/// `BED = Σ d_i + Σ d_i²/(α/β) + 2 Σ_{i<j} d_i d_j φ_ij/(α/β) − K max(0, T − Tk)`
///
/// and, for doses above `d_T`, the straight line of [`LinearTail`]. `EQDx = BED/(1 + x/(α/β))`.
/// Without parts every result is that of [`LinearQuadratic`](super::LinearQuadratic), bit for bit.
/// With parts it is at most 4 units in the last place of the sum of its terms' sizes away from the
/// exact value.
///
/// Repopulation combines with each of the others (it is a loss of effect, whatever the effect per
/// fraction). Incomplete repair and a linear tail together are an error.
///
/// ```
/// use chemorad::quantity::{Alpha, DoublingTime, KickOffTime};
/// use chemorad::radiobiology::{EffectModel, Repopulation, Treatment, TreatmentTime};
///
/// // 45 Gy in 25, 35 days as CERR counts them: its calc_BED gives 48.4790187963
/// let model = EffectModel::new("10 Gy".parse()?).with_repopulation(Repopulation::doubling(
///     Alpha::constant("0.35 /Gy"),
///     DoublingTime::constant("3 d"),
///     KickOffTime::constant("28 d"),
/// ))?;
/// let treatment = Treatment::of(&["45Gy/25".parse()?])?.over(TreatmentTime::stated(35));
/// let effect = model.effect(&treatment)?;
/// assert_eq!(format!("{:.4}", effect.bed()), "48.4790 Gy BED(a/b = 10)");
/// assert_eq!(effect.terms().len(), 3); // dose, fractionation, repopulation
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EffectModel {
    alpha_beta: AlphaBeta,
    repopulation: Option<Repopulation>,
    repair: Option<RepairHalfTime>,
    tail: Option<LinearTail>,
}

impl EffectModel {
    /// The plain model at an α/β.
    #[must_use]
    pub const fn new(alpha_beta: AlphaBeta) -> Self {
        Self {
            alpha_beta,
            repopulation: None,
            repair: None,
            tail: None,
        }
    }

    /// The same with repopulation.
    ///
    /// # Errors
    /// It has one already: K and `D_prolif` are the same loss.
    pub fn with_repopulation(mut self, repopulation: Repopulation) -> Result<Self, ModelError> {
        if self.repopulation.replace(repopulation).is_some() {
            return Err(ModelError::Twice("repopulation"));
        }
        Ok(self)
    }

    /// The same with incomplete repair between the fractions of a day.
    ///
    /// # Errors
    /// It has one already, or a linear tail.
    pub fn with_incomplete_repair(mut self, half_time: RepairHalfTime) -> Result<Self, ModelError> {
        if self.tail.is_some() {
            return Err(ModelError::RepairWithLinearTail);
        }
        if self.repair.replace(half_time).is_some() {
            return Err(ModelError::Twice("incomplete repair"));
        }
        Ok(self)
    }

    /// The same with a linear tail.
    ///
    /// # Errors
    /// It has one already, or incomplete repair, or the slope is steeper than the tangent.
    pub fn with_linear_tail(mut self, tail: LinearTail) -> Result<Self, ModelError> {
        if self.repair.is_some() {
            return Err(ModelError::RepairWithLinearTail);
        }
        let (slope, tangent) = (
            tail.slope_at(self.alpha_beta),
            tail.tangent_at(self.alpha_beta),
        );
        if is_above_boundary(slope, tangent) {
            return Err(ModelError::SteeperThanTangent {
                slope,
                tangent,
                above: tail.above(),
                alpha_beta: self.alpha_beta,
            });
        }
        if self.tail.replace(tail).is_some() {
            return Err(ModelError::Twice("a linear tail"));
        }
        Ok(self)
    }

    /// The same parts at another α/β.
    ///
    /// # Errors
    /// A stated final slope steeper than the tangent there.
    pub fn at(self, alpha_beta: AlphaBeta) -> Result<Self, ModelError> {
        let other = Self {
            alpha_beta,
            tail: None,
            ..self
        };
        match self.tail {
            Some(tail) => other.with_linear_tail(tail),
            None => Ok(other),
        }
    }

    /// The same without repopulation: the effect of the doses alone.
    #[must_use]
    pub const fn without_repopulation(mut self) -> Self {
        self.repopulation = None;
        self
    }

    /// α/β.
    #[must_use]
    pub const fn alpha_beta(self) -> AlphaBeta {
        self.alpha_beta
    }

    /// Repopulation.
    #[must_use]
    pub const fn repopulation(self) -> Option<Repopulation> {
        self.repopulation
    }

    /// The half-time of incomplete repair.
    #[must_use]
    pub const fn repair_half_time(self) -> Option<RepairHalfTime> {
        self.repair
    }

    /// The linear tail.
    #[must_use]
    pub const fn linear_tail(self) -> Option<LinearTail> {
        self.tail
    }

    /// The effect of a treatment: BED, EQDx, and the terms they are made of.
    ///
    /// # Errors
    /// Repopulation without an overall time, incomplete repair without intervals, or doses that do
    /// not add up.
    pub fn effect(&self, treatment: &Treatment) -> Result<Effect, ModelError> {
        let (series, above_transition) = self.below_transition(treatment.fractionations())?;
        let tail = self.tail.map_or(0.0, |tail| {
            tail.slope_at(self.alpha_beta) * above_transition
        });
        let repair = match self.repair {
            Some(_) if treatment.intervals_missing() => return Err(ModelError::NoInterval),
            Some(half_time) => treatment.unrepaired_squares(half_time) / self.alpha_beta.gray(),
            None => 0.0,
        };
        let loss = match self.repopulation {
            Some(repopulation) => {
                let time = treatment.time().ok_or(ModelError::NoOverallTime)?;
                repopulation.bed_lost(time.days(), self.alpha_beta)
            }
            None => 0.0,
        };
        Ok(Effect::new(
            *self,
            treatment,
            series,
            super::effect::Parts { tail, repair, loss },
        ))
    }

    /// The effect of `first` minus that of `second`, gray.
    ///
    /// ```
    /// use chemorad::radiobiology::{EffectModel, Measure, Treatment, TWO_GRAY};
    /// let model = EffectModel::new("10 Gy".parse()?);
    /// let long = Treatment::of(&["50.4Gy/28".parse()?])?; // EQD2 49.56 Gy
    /// let short = Treatment::of(&["25Gy/5".parse()?])?; // EQD2 31.25 Gy
    /// let difference = model.difference(&long, &short, Measure::Eqd(TWO_GRAY))?;
    /// assert!((difference - 18.31).abs() < 1e-12);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As for [`effect`](Self::effect) and [`Effect::eqd`], or a BED below zero.
    pub fn difference(
        &self,
        first: &Treatment,
        second: &Treatment,
        measure: Measure,
    ) -> Result<f64, ModelError> {
        let of = |treatment| -> Result<f64, ModelError> {
            let effect = self.effect(treatment)?;
            if effect.below_zero().is_some() {
                return Err(ModelError::BelowZero);
            }
            match measure {
                Measure::Bed => Ok(effect.bed().gray()),
                Measure::Eqd(reference) => Ok(effect.eqd(reference)?.gray()),
            }
        };
        Ok(of(first)? - of(second)?)
    }

    /// What lies below the transition dose as a series, and Σ n (d − `d_T`) in gray.
    fn below_transition(
        &self,
        fractionations: &[Fractionation],
    ) -> Result<(DoseSeries, f64), ModelError> {
        let Some(tail) = self.tail else {
            let series =
                DoseSeries::of_fractionations(fractionations).ok_or(ModelError::TooManyPhases)?;
            return Ok((series, 0.0));
        };
        let (capped, above) = tail.split(fractionations);
        let series = DoseSeries::of_fractionations(&capped).ok_or(ModelError::TooManyPhases)?;
        Ok((series, above))
    }
}
