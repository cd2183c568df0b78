//! One combination of parameters: its effect as a function of α/β, with bounds on the rounding.

use super::effect_model::EffectModel;
use super::linear_tail::LinearTail;
use super::measure::Measure;
use super::model_error::ModelError;
use super::repopulation::{Repopulation, RepopulationRate};
use super::treatment::Treatment;
use crate::quantity::{AlphaBeta, RepairHalfTime};

/// Values of all parameters but α/β.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Corner {
    pub(super) repopulation: Option<Repopulation>,
    pub(super) repair: Option<RepairHalfTime>,
    pub(super) tail: Option<LinearTail>,
}

/// BED = linear + quadratic/(α/β), each with the sum of the sizes of its terms.
#[derive(Clone, Copy)]
pub(super) struct Coefficients {
    linear: f64,
    quadratic: f64,
    linear_size: f64,
    quadratic_size: f64,
}

/// Outward rounding: more than the stated error of a result, relative to its terms.
const OUTWARD: f64 = 8.0 * f64::EPSILON;

impl Corner {
    pub(super) fn model(self, alpha_beta: AlphaBeta) -> Result<EffectModel, ModelError> {
        let mut model = EffectModel::new(alpha_beta);
        if let Some(repopulation) = self.repopulation {
            model = model.with_repopulation(repopulation)?;
        }
        if let Some(half_time) = self.repair {
            model = model.with_incomplete_repair(half_time)?;
        }
        match self.tail {
            Some(tail) => model.with_linear_tail(tail),
            None => Ok(model),
        }
    }

    /// The value at one α/β between its bounds.
    pub(super) fn at(
        self,
        alpha_beta: Option<AlphaBeta>,
        treatment: &Treatment,
        measure: Measure,
    ) -> Result<(f64, f64), ModelError> {
        let Some(alpha_beta) = alpha_beta else {
            let plain = self.repopulation.is_none() && self.repair.is_none() && self.tail.is_none();
            if let (true, Measure::Eqd(reference)) = (plain, measure) {
                // correctly rounded, so that rounding is monotone here too
                let effect = self.model(AlphaBeta::constant("1 Gy"))?.effect(treatment)?;
                let limit = effect.limit(reference);
                return Ok((limit, limit));
            }
            return Ok(self.coefficients(treatment)?.bounds(None, measure));
        };
        let effect = self.model(alpha_beta)?.effect(treatment)?;
        let value = match measure {
            Measure::Bed => effect.unfloored(),
            Measure::Eqd(reference) => effect.eqd_unfloored(reference),
        };
        let slack = if effect.is_plain() {
            0.0
        } else {
            OUTWARD * effect.size()
        };
        Ok((value - slack, value + slack))
    }

    pub(super) fn coefficients(self, treatment: &Treatment) -> Result<Coefficients, ModelError> {
        // terms that do not depend on alpha/beta are the same at any; one gray is as good as others
        let unit = AlphaBeta::constant("1 Gy");
        let plain = Self {
            repopulation: None,
            tail: None,
            ..self
        };
        let (capped, above) = match self.tail {
            Some(tail) => tail.split(treatment.fractionations()),
            None => (treatment.fractionations().to_vec(), 0.0),
        };
        let effect = plain.model(unit)?.effect(&treatment.with_doses(capped))?;
        let mut linear = effect.dose_gray();
        let mut quadratic = effect.quadratic_gray();
        if let Some(tail) = self.tail {
            if let Some(slope) = tail.slope().number() {
                linear += slope * above;
            } else {
                linear += above;
                quadratic += 2.0 * tail.above().gray() * above;
            }
        }
        let (mut linear_size, mut quadratic_size) = (linear, quadratic);
        if let Some(repopulation) = self.repopulation {
            let time = treatment.time().ok_or(ModelError::NoOverallTime)?;
            let days = repopulation.days_beyond_kick_off(time.days());
            let (constant, over_ratio) = match repopulation.rate() {
                RepopulationRate::Eqd { loss, reference } => {
                    let lost = loss.gray_per_day() * days;
                    (lost, lost * reference.gray())
                }
                _ => (repopulation.bed_lost(time.days(), unit), 0.0),
            };
            linear -= constant;
            quadratic -= over_ratio;
            linear_size += constant;
            quadratic_size += over_ratio;
        }
        Ok(Coefficients {
            linear,
            quadratic,
            linear_size,
            quadratic_size,
        })
    }
}

impl Coefficients {
    pub(super) fn minus(self, other: Self) -> Self {
        Self {
            linear: self.linear - other.linear,
            quadratic: self.quadratic - other.quadratic,
            linear_size: self.linear_size + other.linear_size,
            quadratic_size: self.quadratic_size + other.quadratic_size,
        }
    }

    /// Bounds of the value at one α/β; `None` is the limit at zero.
    pub(super) fn bounds(self, alpha_beta: Option<AlphaBeta>, measure: Measure) -> (f64, f64) {
        let quadratic_slack = OUTWARD * self.quadratic_size;
        let around = |value: f64, slack: f64| (value - slack, value + slack);
        match (alpha_beta.map(AlphaBeta::gray), measure) {
            (Some(ab), Measure::Bed) => around(
                self.linear + self.quadratic / ab,
                OUTWARD * self.linear_size + quadratic_slack / ab,
            ),
            (Some(ab), Measure::Eqd(x)) => {
                let sum = ab + x.gray();
                around(
                    (self.linear * ab + self.quadratic) / sum,
                    (OUTWARD * self.linear_size * ab + quadratic_slack) / sum,
                )
            }
            (None, Measure::Eqd(x)) => {
                around(self.quadratic / x.gray(), quadratic_slack / x.gray())
            }
            // without a bound unless the quadratic parts cancel
            (None, Measure::Bed) if self.quadratic > quadratic_slack => {
                (f64::INFINITY, f64::INFINITY)
            }
            (None, Measure::Bed) if self.quadratic < -quadratic_slack => {
                (f64::NEG_INFINITY, f64::NEG_INFINITY)
            }
            (None, Measure::Bed) => (f64::NEG_INFINITY, f64::INFINITY),
        }
    }
}
