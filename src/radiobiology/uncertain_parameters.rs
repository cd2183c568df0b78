//! Makes a model over intervals of named parameters, as a file or a command line gives them.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::interval::AlphaBetaInterval;
use super::linear_quadratic::TWO_GRAY;
use super::parameter_range::{ParameterRange, UncertainRate};
use super::parameter_set::{ModelParameters, UncertainParameters};
use super::parameters_error::ParametersError;
use super::uncertainty::UncertainModel;

impl TryFrom<&ModelParameters> for UncertainParameters {
    type Error = ParametersError;

    /// Every value as an interval; what a record names is its value.
    fn try_from(values: &ModelParameters) -> Result<Self, ParametersError> {
        let record = values.loss_record()?;
        let mut parameters = Self::points(values);
        if let Some(record) = record {
            let kick_off = ParameterRange::point(record.kick_off);
            let loss = ParameterRange::point(record.eqd2_loss_per_day);
            parameters.kick_off = parameters.kick_off.or(Some(kick_off));
            parameters.eqd2_loss_per_day = parameters.eqd2_loss_per_day.or(Some(loss));
        }
        parameters.repair_half_time = values.half_time()?.map(ParameterRange::point);
        Ok(parameters)
    }
}

impl UncertainParameters {
    fn rate(&self) -> Option<UncertainRate> {
        if let Some(loss) = self.loss_per_day {
            return Some(UncertainRate::Bed(loss));
        }
        if let (Some(alpha), Some(doubling_time)) = (self.alpha, self.doubling_time) {
            return Some(UncertainRate::Doubling {
                alpha,
                doubling_time,
            });
        }
        let loss = self.eqd2_loss_per_day?;
        Some(UncertainRate::Eqd {
            loss,
            reference: TWO_GRAY,
        })
    }

    /// The model over these intervals and one of α/β.
    ///
    /// # Errors
    /// Something missing, given twice, or not defined together.
    pub fn model(&self, alpha_beta: AlphaBetaInterval) -> Result<UncertainModel, ParametersError> {
        let there = self.lower();
        there.repopulation()?;
        there.linear_tail()?;
        let mut model = UncertainModel::new(alpha_beta);
        if let (Some(rate), Some(kick_off)) = (self.rate(), self.kick_off) {
            model = model.with_repopulation(rate, kick_off);
        }
        if let Some(half_time) = self.repair_half_time {
            model = model.with_incomplete_repair(half_time)?;
        }
        if let (Some(above), Some(slope)) = (self.linear_above, self.final_slope) {
            model = model.with_linear_tail(above, slope)?;
        }
        Ok(model)
    }

    /// The parameters in words, for a heading.
    #[must_use]
    pub fn in_words(&self) -> String {
        let mut parts = Vec::new();
        if let Some(loss) = self.loss_per_day {
            parts.push(format!("BED loss {loss}"));
        }
        if let (Some(alpha), Some(time)) = (self.alpha, self.doubling_time) {
            parts.push(format!(
                "BED loss ln 2/(alpha Tp), alpha {alpha}, Tp {time}"
            ));
        }
        if let Some(loss) = self.eqd2_loss_per_day {
            parts.push(format!("EQD2 loss {loss}"));
        }
        if let Some(kick_off) = self.kick_off {
            parts.push(format!("kick-off time {kick_off}"));
        }
        if let Some(half_time) = self.repair_half_time {
            parts.push(format!("repair half-time {half_time}"));
        }
        if let (Some(above), Some(slope)) = (self.linear_above, self.final_slope) {
            parts.push(format!("linear above {above}, slope {slope}"));
        }
        if parts.is_empty() {
            "plain linear-quadratic".to_string()
        } else {
            parts.join(", ")
        }
    }
}
