//! Models whose parameters are intervals: results that contain every value in between.

use alloc::string::ToString;
use alloc::vec::Vec;

use super::corner::Corner;
use super::effect_model::EffectModel;
use super::interval::AlphaBetaInterval;
use super::interval_error::UncertaintyError;
use super::linear_quadratic::gray as gray_text;
use super::linear_tail::LinearTail;
use super::measure::Measure;
use super::model_error::ModelError;
use super::parameter_range::{ParameterRange, UncertainRate, UncertainSlope};
use super::treatment::Treatment;
use crate::quantity::{AbsorbedDose, AlphaBeta, KickOffTime, RepairHalfTime};
use crate::report::Derivation;
use crate::report::Finding;

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
/// let treatment = Treatment::from_fractionations(&["45Gy/25".parse()?])?.with_time(TreatmentTime::stated(33));
/// let bed = model.bed(&treatment)?;
/// assert!((bed.low - (53.1 - 5.0 * 0.8)).abs() < 1e-12); // alpha/beta 10, K 0.8
/// assert!((bed.high.unwrap() - (61.2 - 5.0 * 0.5)).abs() < 1e-12); // alpha/beta 5, K 0.5
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UncertainModel {
    pub(super) alpha_beta: AlphaBetaInterval,
    pub(super) repopulation: Option<(UncertainRate, ParameterRange<KickOffTime>)>,
    pub(super) repair: Option<ParameterRange<RepairHalfTime>>,
    pub(super) tail: Option<(ParameterRange<AbsorbedDose>, UncertainSlope)>,
}

/// How an enclosure was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EnclosureMethod {
    /// The result is monotone in every parameter: the values at the ends are the bounds.
    Monotone,
    /// The repair half-time and the transition dose were divided into 64 pieces each; every piece
    /// is enclosed, so the bounds hold but may be slightly wide.
    Subdivided,
}

/// An interval that contains the result for every value of the parameters, in gray.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
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

/// An interval of a difference between two schedules, in gray.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Difference {
    /// The lower bound; `None` where there is none.
    pub low: Option<f64>,
    /// The upper bound; `None` where there is none.
    pub high: Option<f64>,
    /// How it was found.
    pub method: EnclosureMethod,
}

/// A bound before a floor, with the parameters it is found at; α/β is `None` at zero.
#[derive(Clone, Copy)]
struct Bound {
    gray: f64,
    corner: Corner,
    alpha_beta: Option<AlphaBeta>,
}

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

    /// Adds repopulation.
    #[must_use]
    pub const fn with_repopulation(
        mut self,
        rate: UncertainRate,
        kick_off: ParameterRange<KickOffTime>,
    ) -> Self {
        self.repopulation = Some((rate, kick_off));
        self
    }

    /// Adds incomplete repair.
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

    /// Adds a linear tail.
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
        let [low, high] = self.extremes(treatment, measure)?.map(|bound| bound.gray);
        let floored = low < 0.0;
        Ok(Enclosure {
            low: low.max(0.0),
            high: Some(high.max(0.0)).filter(|high| high.is_finite()),
            floored,
            method: EnclosureMethod::Monotone,
        })
    }

    /// The lower and the upper bound, before a floor, each with the parameters it is found at.
    fn extremes(
        &self,
        treatment: &Treatment,
        measure: Measure,
    ) -> Result<[Bound; 2], UncertaintyError> {
        self.check_reference(measure)?;
        let (least, most) = (self.corner(false)?, self.corner(true)?);
        let [first, second] = self.ends();
        let bound = |corner, alpha_beta, gray| Bound {
            gray,
            corner,
            alpha_beta,
        };
        let mut low = bound(least, first, f64::INFINITY);
        let mut high = bound(most, first, f64::NEG_INFINITY);
        for alpha_beta in [first, second] {
            let gray = least.at(alpha_beta, treatment, measure)?.0;
            if gray < low.gray {
                low = bound(least, alpha_beta, gray);
            }
            let gray = most.at(alpha_beta, treatment, measure)?.1;
            if gray > high.gray {
                high = bound(most, alpha_beta, gray);
            }
        }
        Ok([low, high])
    }

    /// What a reader must know: floors, assumptions and extrapolations at the bounds of BED.
    ///
    /// # Errors
    /// As for [`bed`](Self::bed).
    pub fn findings(&self, treatment: &Treatment) -> Result<Vec<Finding>, UncertaintyError> {
        let mut findings: Vec<Finding> = Vec::new();
        for bound in self.extremes(treatment, Measure::Bed)? {
            let Some(alpha_beta) = bound.alpha_beta else {
                continue;
            };
            let effect = bound.corner.model(alpha_beta)?.effect(treatment)?;
            for finding in effect.findings() {
                if !findings.iter().any(|known| known.code() == finding.code()) {
                    findings.push(finding);
                }
            }
        }
        Ok(findings)
    }

    /// The working of the bounds of BED and EQDx: the effect at the parameters each is found at.
    ///
    /// # Errors
    /// As for [`bed`](Self::bed) and [`eqd`](Self::eqd).
    pub fn derive(
        &self,
        of: &str,
        treatment: &Treatment,
        reference: AbsorbedDose,
    ) -> Result<Vec<Derivation>, UncertaintyError> {
        let mut derivations = Vec::new();
        for (measure, place) in [(Measure::Bed, 0), (Measure::Eqd(reference), 1)] {
            let extremes = self.extremes(treatment, measure)?;
            for (bound, side) in extremes.into_iter().zip(["lower", "upper"]) {
                let of = format!("{of}, {side} bound");
                let Some(alpha_beta) = bound.alpha_beta else {
                    derivations.push(limit(&of, measure, bound.gray));
                    continue;
                };
                let effect = bound.corner.model(alpha_beta)?.effect(treatment)?;
                derivations.extend(effect.derive(&of, reference).into_iter().nth(place));
            }
        }
        Ok(derivations)
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
    /// let short = Treatment::from_fractionations(&["25Gy/5".parse()?])?;
    /// let long = Treatment::from_fractionations(&["50.4Gy/28".parse()?])?;
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
}

/// A bound at the end where α/β reaches zero.
fn limit(of: &str, measure: Measure, bound: f64) -> Derivation {
    let (what, formula, result) = match measure {
        Measure::Bed => (
            "BED",
            "the part of BED in 1/(a/b), which has no bound as a/b tends to 0",
            "no bound".to_string(),
        ),
        Measure::Eqd(_) => (
            "EQD",
            "the part of BED in 1/(a/b), divided by x: the limit as a/b tends to 0",
            gray_text(bound),
        ),
    };
    let substitution = match measure {
        Measure::Bed => "a/b = 0".to_string(),
        Measure::Eqd(reference) => format!("a/b = 0, x = {reference}"),
    };
    Derivation::new(
        format!("{what} of {of}"),
        formula,
        substitution,
        result,
        "limit of the linear-quadratic formula",
    )
}
