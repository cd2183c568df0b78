//! Models whose parameters are intervals: results that contain every value in between.

use super::corner::Corner;
use super::{
    AlphaBetaInterval, EffectModel, LinearTail, ModelError, ParameterRange, Repopulation,
    Treatment, UncertainRate, UncertainSlope, UncertaintyError,
};
use crate::quantity::{AbsorbedDose, AlphaBeta, KickOffTime, RepairHalfTime};

/// An [`EffectModel`] whose parameters are intervals.
///
/// The effect is monotone in each parameter, whatever the others: it rises with the repair
/// half-time, the kick-off time, the transition dose and the final slope, falls with the loss per
/// day, and is a straight line in 1/(α/β) (EQDx a quotient of two straight lines in α/β). So the
/// values at the ends contain every value in between. They are rounded outwards by 4 units in the
/// last place of the sum of the terms, except for the plain model, whose rounding is monotone.
///
/// ```
/// use chemorad::quantity::{AlphaBeta, BedLossPerDay, KickOffTime};
/// use chemorad::radiobiology::{
///     AlphaBetaInterval, ParameterRange, Treatment, TreatmentTime, UncertainModel, UncertainRate,
/// };
///
/// let alpha_beta = AlphaBetaInterval::new("5 Gy".parse()?, "10 Gy".parse()?)?;
/// let model = UncertainModel::new(alpha_beta).with_repopulation(
///     UncertainRate::Bed(ParameterRange::new("0.5 Gy/d".parse()?, "0.8 Gy/d".parse()?)?),
///     ParameterRange::point(KickOffTime::constant("28 d")),
/// );
/// let treatment = Treatment::of(&["45Gy/25".parse()?])?.over(TreatmentTime::stated(33));
/// let bed = model.bed(&treatment)?;
/// assert!((bed.low - (53.1 - 5.0 * 0.8)).abs() < 1e-12); // alpha/beta 10, K 0.8
/// assert!((bed.high.unwrap() - (61.2 - 5.0 * 0.5)).abs() < 1e-12); // alpha/beta 5, K 0.5
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UncertainModel {
    alpha_beta: AlphaBetaInterval,
    repopulation: Option<(UncertainRate, ParameterRange<KickOffTime>)>,
    repair: Option<ParameterRange<RepairHalfTime>>,
    tail: Option<(ParameterRange<AbsorbedDose>, UncertainSlope)>,
}

/// How an enclosure was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
pub enum EnclosureMethod {
    /// The result is monotone in every parameter: the values at the ends are the bounds.
    Monotone,
    /// The repair half-time and the transition dose were divided into 64 pieces each; every piece
    /// is enclosed, so the bounds hold but may be slightly wide.
    Subdivided,
}

/// An interval that contains the result for every value of the parameters, in gray.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Enclosure {
    /// The lower bound.
    pub low: f64,
    /// The upper bound; `None` where there is none (BED as α/β reaches zero).
    pub high: Option<f64>,
    /// True when some values fell below zero and were set to it.
    pub floored: bool,
    /// How it was found.
    pub method: EnclosureMethod,
}

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// BED.
    Bed,
    /// EQDx.
    Eqd(AbsorbedDose),
}

/// An interval of a difference between two schedules, in gray.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Difference {
    /// The lower bound; `None` where there is none.
    pub low: Option<f64>,
    /// The upper bound; `None` where there is none.
    pub high: Option<f64>,
    /// How it was found.
    pub method: EnclosureMethod,
}

const PIECES: u64 = 64;
impl UncertainModel {
    /// The plain model over a range of α/β.
    #[must_use]
    pub const fn new(alpha_beta: AlphaBetaInterval) -> Self {
        Self {
            alpha_beta,
            repopulation: None,
            repair: None,
            tail: None,
        }
    }

    /// The same with repopulation.
    #[must_use]
    pub const fn with_repopulation(
        mut self,
        rate: UncertainRate,
        kick_off: ParameterRange<KickOffTime>,
    ) -> Self {
        self.repopulation = Some((rate, kick_off));
        self
    }

    /// The same with incomplete repair.
    ///
    /// # Errors
    /// It has a linear tail.
    pub fn with_incomplete_repair(
        mut self,
        half_time: ParameterRange<RepairHalfTime>,
    ) -> Result<Self, UncertaintyError> {
        if self.tail.is_some() {
            return Err(ModelError::RepairWithLinearTail.into());
        }
        self.repair = Some(half_time);
        Ok(self)
    }

    /// The same with a linear tail.
    ///
    /// # Errors
    /// It has incomplete repair, or a slope somewhere steeper than the tangent.
    pub fn with_linear_tail(
        mut self,
        above: ParameterRange<AbsorbedDose>,
        slope: UncertainSlope,
    ) -> Result<Self, UncertaintyError> {
        if self.repair.is_some() {
            return Err(ModelError::RepairWithLinearTail.into());
        }
        // the tangent is flattest at the smallest transition dose and the largest alpha/beta
        let flattest = EffectModel::new(self.alpha_beta.high());
        flattest.with_linear_tail(LinearTail::new(above.low, slope.end(true)?))?;
        self.tail = Some((above, slope));
        Ok(self)
    }

    /// BED over all parameters.
    ///
    /// # Errors
    /// As for [`EffectModel::effect`].
    pub fn bed(&self, treatment: &Treatment) -> Result<Enclosure, UncertaintyError> {
        self.enclose(treatment, Measure::Bed)
    }

    /// EQDx over all parameters; finite where α/β reaches zero.
    ///
    /// # Errors
    /// As for [`Effect::eqd`](super::Effect::eqd).
    pub fn eqd(
        &self,
        treatment: &Treatment,
        reference: AbsorbedDose,
    ) -> Result<Enclosure, UncertaintyError> {
        self.enclose(treatment, Measure::Eqd(reference))
    }

    fn enclose(
        &self,
        treatment: &Treatment,
        measure: Measure,
    ) -> Result<Enclosure, UncertaintyError> {
        self.check_reference(measure)?;
        let mut low = f64::INFINITY;
        let mut high = f64::NEG_INFINITY;
        let [least, most] = [self.corner(false)?, self.corner(true)?];
        for alpha_beta in self.ends() {
            low = low.min(least.at(alpha_beta, treatment, measure)?.0);
            high = high.max(most.at(alpha_beta, treatment, measure)?.1);
        }
        let floored = low < 0.0;
        Ok(Enclosure {
            low: low.max(0.0),
            high: Some(high.max(0.0)).filter(|high| high.is_finite()),
            floored,
            method: EnclosureMethod::Monotone,
        })
    }

    /// `first` minus `second`, each with the same parameters, over all of them.
    ///
    /// The difference is a straight line in the loss per day, the final slope and 1/(α/β), and
    /// monotone in the kick-off time; over the repair half-time and the transition dose, where it
    /// need not be, their intervals are subdivided.
    ///
    /// ```
    /// use chemorad::radiobiology::{
    ///     AlphaBetaInterval, Measure, TWO_GRAY, Treatment, UncertainModel,
    /// };
    ///
    /// // the short course gains or loses against the long one, depending on alpha/beta
    /// let model = UncertainModel::new(AlphaBetaInterval::from_zero("10.3 Gy".parse()?));
    /// let short = Treatment::of(&["25Gy/5".parse()?])?;
    /// let long = Treatment::of(&["50.4Gy/28".parse()?])?;
    /// let gain = model.difference(&short, &long, Measure::Eqd(TWO_GRAY))?;
    /// assert!(gain.low.unwrap() < -18.0 && gain.high.unwrap() > 17.0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As for [`EffectModel::effect`], or a BED below zero for some of the parameters.
    pub fn difference(
        &self,
        first: &Treatment,
        second: &Treatment,
        measure: Measure,
    ) -> Result<Difference, UncertaintyError> {
        self.check_reference(measure)?;
        for treatment in [first, second] {
            if self.enclose(treatment, Measure::Bed)?.floored {
                return Err(UncertaintyError::BelowZero);
            }
        }
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for corner in self.linear_corners()? {
            for (from, to) in self.pieces(corner)? {
                let least = from.coefficients(first)?.minus(to.coefficients(second)?);
                let most = to.coefficients(first)?.minus(from.coefficients(second)?);
                for alpha_beta in self.ends() {
                    low = low.min(least.bounds(alpha_beta, measure).0);
                    high = high.max(most.bounds(alpha_beta, measure).1);
                }
            }
        }
        Ok(Difference {
            low: Some(low).filter(|low| low.is_finite()),
            high: Some(high).filter(|high| high.is_finite()),
            method: if self.is_subdivided() {
                EnclosureMethod::Subdivided
            } else {
                EnclosureMethod::Monotone
            },
        })
    }

    fn is_subdivided(&self) -> bool {
        self.repair.is_some_and(|range| range.low != range.high)
            || self.tail.is_some_and(|(above, _)| above.low != above.high)
    }

    fn check_reference(&self, measure: Measure) -> Result<(), UncertaintyError> {
        match (measure, self.tail) {
            (Measure::Eqd(reference), Some((above, _))) if reference > above.low => {
                Err(ModelError::ReferenceAboveTransition {
                    reference,
                    above: above.low,
                }
                .into())
            }
            _ => Ok(()),
        }
    }

    /// The ends of α/β; `None` is zero.
    fn ends(&self) -> [Option<AlphaBeta>; 2] {
        [self.alpha_beta.low(), Some(self.alpha_beta.high())]
    }

    /// The parameters with the least or the most effect.
    fn corner(&self, most: bool) -> Result<Corner, UncertaintyError> {
        let repopulation = self.repopulation.map(|(rate, kick_off)| {
            Repopulation::new(
                rate.end(!most),
                if most { kick_off.high } else { kick_off.low },
            )
        });
        let tail = match self.tail {
            Some((above, slope)) => Some(LinearTail::new(
                if most { above.high } else { above.low },
                slope.end(most)?,
            )),
            None => None,
        };
        Ok(Corner {
            repopulation,
            repair: self
                .repair
                .map(|range| if most { range.high } else { range.low }),
            tail,
        })
    }

    /// Every combination of the ends of the loss, the kick-off time and the slope.
    fn linear_corners(&self) -> Result<alloc::vec::Vec<Corner>, UncertaintyError> {
        let mut corners = alloc::vec::Vec::new();
        let lowest = self.corner(false)?;
        for loss in [false, true] {
            for late in [false, true] {
                for steep in [false, true] {
                    let repopulation = self.repopulation.map(|(rate, kick_off)| {
                        Repopulation::new(
                            rate.end(loss),
                            if late { kick_off.high } else { kick_off.low },
                        )
                    });
                    let tail = match (self.tail, lowest.tail) {
                        (Some((_, slope)), Some(tail)) => {
                            Some(LinearTail::new(tail.above(), slope.end(steep)?))
                        }
                        _ => None,
                    };
                    let corner = Corner {
                        repopulation,
                        tail,
                        ..lowest
                    };
                    if !corners.contains(&corner) {
                        corners.push(corner);
                    }
                }
            }
        }
        Ok(corners)
    }

    /// The ends of every piece of the half-time and the transition dose (never both).
    fn pieces(
        &self,
        corner: Corner,
    ) -> Result<alloc::vec::Vec<(Corner, Corner)>, UncertaintyError> {
        if let Some(range) = self.repair.filter(|range| range.low != range.high) {
            let ends = divided(range.low.microhours(), range.high.microhours());
            return ends
                .into_iter()
                .map(|(from, to)| {
                    let with = |base| {
                        let half_time = RepairHalfTime::from_base(base).ok();
                        Corner {
                            repair: half_time,
                            ..corner
                        }
                    };
                    Ok((with(from), with(to)))
                })
                .collect();
        }
        match (self.tail, corner.tail) {
            (Some((above, _)), Some(tail)) if above.low != above.high => {
                let ends = divided(above.low.micrograys(), above.high.micrograys());
                let with = |base| {
                    let above = AbsorbedDose::from_micrograys(base).ok();
                    Corner {
                        tail: above.map(|above| LinearTail::new(above, tail.slope())),
                        ..corner
                    }
                };
                Ok(ends
                    .into_iter()
                    .map(|(from, to)| (with(from), with(to)))
                    .collect())
            }
            _ => Ok(alloc::vec![(corner, corner)]),
        }
    }
}

/// Whole base units from `low` to `high` in pieces that share their ends.
fn divided(low: u64, high: u64) -> alloc::vec::Vec<(u64, u64)> {
    let end = |piece: u64| low + (high - low) * piece / PIECES;
    (0..PIECES)
        .map(|piece| (end(piece), end(piece + 1)))
        .filter(|(from, to)| from < to)
        .collect()
}
