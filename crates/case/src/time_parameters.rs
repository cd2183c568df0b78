//! What overall time costs, as a case gives it.

use chemorad::quantity::{
    Alpha, AlphaBeta, BedLossPerDay, DoublingTime, EqdLossPerDay, KickOffTime,
};
use chemorad::radiobiology::ModelParameters;
use chemorad::radiotherapy::OverallTimeConvention;

/// The `[time]` table of a case: a loss per day of overall time, for one of its α/β.
///
/// `kick_off` goes with one of `loss_per_day`, `alpha` with `doubling_time`, or
/// `eqd2_loss_per_day`. Nothing has a default. Repair between the fractions of a day is not part of
/// it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeParameters {
    /// How overall time is counted.
    pub convention: OverallTimeConvention,
    /// The α/β it belongs to, one of the case's.
    pub alpha_beta: AlphaBeta,
    /// The day up to which time costs nothing.
    pub kick_off: KickOffTime,
    /// K, BED lost per day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loss_per_day: Option<BedLossPerDay>,
    /// α, together with `doubling_time`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alpha: Option<Alpha>,
    /// Tp, together with `alpha`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubling_time: Option<DoublingTime>,
    /// `D_prolif`, EQD2 lost per day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eqd2_loss_per_day: Option<EqdLossPerDay>,
}

impl TimeParameters {
    pub(super) fn parameters(self) -> ModelParameters {
        ModelParameters {
            kick_off: Some(self.kick_off),
            loss_per_day: self.loss_per_day,
            alpha: self.alpha,
            doubling_time: self.doubling_time,
            eqd2_loss_per_day: self.eqd2_loss_per_day,
            ..ModelParameters::at(self.alpha_beta)
        }
    }
}
