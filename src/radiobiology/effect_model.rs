//! The linear-quadratic model with its optional parts.

use super::linear_tail::LinearTail;
use super::model_error::ModelError;
use super::repopulation::Repopulation;
use crate::number::is_above_boundary;
use crate::quantity::{AlphaBeta, RepairHalfTime};

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
/// let treatment = Treatment::from_fractionations(&["45Gy/25".parse()?])?.with_time(TreatmentTime::stated(35));
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

    /// Adds repopulation.
    ///
    /// # Errors
    /// It has one already: K and `D_prolif` are the same loss.
    pub fn with_repopulation(mut self, repopulation: Repopulation) -> Result<Self, ModelError> {
        if self.repopulation.replace(repopulation).is_some() {
            return Err(ModelError::Twice("repopulation"));
        }
        Ok(self)
    }

    /// Adds incomplete repair between the fractions of a day.
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

    /// Adds a linear tail.
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

    /// These parts at another α/β.
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

    /// This model without repopulation: the effect of the doses alone.
    #[must_use]
    pub const fn without_repopulation(mut self) -> Self {
        self.repopulation = None;
        self
    }

    /// Whether it is plain linear-quadratic, without any part.
    #[must_use]
    pub const fn is_plain(self) -> bool {
        self.repopulation.is_none() && self.repair.is_none() && self.tail.is_none()
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
}
