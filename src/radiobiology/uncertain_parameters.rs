//! A model whose parameters are intervals, as a command line or a file gives it.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::interval::AlphaBetaInterval;
use super::linear_quadratic::TWO_GRAY;
use super::parameter_range::{ParameterRange, UncertainRate, UncertainSlope};
use super::parameters::{ModelParameters, ParametersError};
use super::uncertainty::UncertainModel;
use crate::quantity::{
    AbsorbedDose, Alpha, BedLossPerDay, DoublingTime, EqdLossPerDay, KickOffTime, RepairHalfTime,
};

/// The parameters of an [`UncertainModel`] but for α/β, by name; single values are intervals of
/// their own. None has a default.
///
/// ```
/// use chemorad::radiobiology::UncertainParameters;
///
/// let mut tumour = UncertainParameters::default();
/// tumour.loss_per_day = Some("0.5..0.8 Gy/d".parse()?);
/// assert!(tumour.model("8..12 Gy".parse()?).is_err()); // no kick-off time
/// tumour.kick_off = Some("21..28 d".parse()?);
/// assert!(tumour.model("8..12 Gy".parse()?).is_ok());
/// assert!(tumour.single().is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UncertainParameters {
    /// The day up to which time costs nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kick_off: Option<ParameterRange<KickOffTime>>,
    /// K, BED lost per day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loss_per_day: Option<ParameterRange<BedLossPerDay>>,
    /// α, together with `doubling_time`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alpha: Option<ParameterRange<Alpha>>,
    /// Tp, together with `alpha`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doubling_time: Option<ParameterRange<DoublingTime>>,
    /// `D_prolif`, EQD2 lost per day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eqd2_loss_per_day: Option<ParameterRange<EqdLossPerDay>>,
    /// The half-time of incomplete repair between the fractions of a day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repair_half_time: Option<ParameterRange<RepairHalfTime>>,
    /// The transition dose of a linear tail, together with `final_slope`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub linear_above: Option<ParameterRange<AbsorbedDose>>,
    /// γ/α of a linear tail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub final_slope: Option<UncertainSlope>,
}

impl TryFrom<&ModelParameters> for UncertainParameters {
    type Error = ParametersError;

    /// Every value as an interval of its own; what a record names is its value.
    fn try_from(values: &ModelParameters) -> Result<Self, ParametersError> {
        let record = values.loss_record()?;
        let kick_off = values.kick_off.or(record.map(|record| record.kick_off));
        let eqd2_loss = record.map(|record| record.eqd2_loss_per_day);
        Ok(Self {
            kick_off: kick_off.map(ParameterRange::point),
            loss_per_day: values.loss_per_day.map(ParameterRange::point),
            alpha: values.alpha.map(ParameterRange::point),
            doubling_time: values.doubling_time.map(ParameterRange::point),
            eqd2_loss_per_day: values
                .eqd2_loss_per_day
                .or(eqd2_loss)
                .map(ParameterRange::point),
            repair_half_time: values.half_time()?.map(ParameterRange::point),
            linear_above: values.linear_above.map(ParameterRange::point),
            final_slope: values.final_slope.map(|slope| {
                slope.number().map_or(UncertainSlope::Tangent, |number| {
                    UncertainSlope::Stated(ParameterRange::point(number))
                })
            }),
        })
    }
}

impl UncertainParameters {
    /// The values, where each is only one; without α/β.
    #[must_use]
    pub fn single(&self) -> Option<ModelParameters> {
        fn is_one<T: Copy + PartialOrd + core::fmt::Display>(
            range: Option<ParameterRange<T>>,
        ) -> bool {
            range.is_none_or(|range| range.single().is_some())
        }
        let all = is_one(self.kick_off)
            && is_one(self.loss_per_day)
            && is_one(self.alpha)
            && is_one(self.doubling_time)
            && is_one(self.eqd2_loss_per_day)
            && is_one(self.repair_half_time)
            && is_one(self.linear_above)
            && self
                .final_slope
                .is_none_or(|slope| slope.single().is_some());
        all.then(|| self.lower())
    }

    /// The values at the lower ends, to check which parameters are there.
    fn lower(&self) -> ModelParameters {
        ModelParameters {
            alpha_beta: None,
            endpoint: None,
            kick_off: self.kick_off.map(ParameterRange::low),
            loss_per_day: self.loss_per_day.map(ParameterRange::low),
            alpha: self.alpha.map(ParameterRange::low),
            doubling_time: self.doubling_time.map(ParameterRange::low),
            eqd2_loss_per_day: self.eqd2_loss_per_day.map(ParameterRange::low),
            repopulation_record: None,
            repair_half_time: self.repair_half_time.map(ParameterRange::low),
            repair_record: None,
            linear_above: self.linear_above.map(ParameterRange::low),
            final_slope: self.final_slope.and_then(|slope| slope.end(false).ok()),
        }
    }

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
