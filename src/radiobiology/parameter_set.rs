//! The parameters of a model by name, listed once: as single values and as intervals.

use alloc::string::String;

use super::linear_tail::FinalSlope;
use super::parameter_range::{ParameterRange, UncertainSlope};
use crate::quantity::{
    AbsorbedDose, Alpha, AlphaBeta, BedLossPerDay, DoublingTime, EqdLossPerDay, KickOffTime,
    RepairHalfTime,
};

fn is_single<T: Copy + PartialOrd + core::fmt::Display>(range: Option<ParameterRange<T>>) -> bool {
    range.is_none_or(|range| range.single().is_some())
}

macro_rules! parameters {
    ($($(#[$doc:meta])* $name:ident: $quantity:ty,)*) => {
        /// The parameters of an [`EffectModel`](super::EffectModel) by name. None has a default;
        /// which go together is checked when the model is made.
        ///
        /// ```
        /// use chemorad::radiobiology::ModelParameters;
        ///
        /// let mut tumour = ModelParameters::at("10 Gy".parse()?);
        /// tumour.loss_per_day = Some("0.66 Gy/d".parse()?);
        /// let error = tumour.model().unwrap_err().to_string();
        /// assert!(error.starts_with("kick_off is missing"), "{error}");
        ///
        /// tumour.kick_off = Some("28 d".parse()?);
        /// assert!(tumour.model()?.repopulation().is_some());
        /// # Ok::<(), Box<dyn std::error::Error>>(())
        /// ```
        #[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct ModelParameters {
            /// α/β.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub alpha_beta: Option<AlphaBeta>,
            /// A published α/β record by its id, instead of `alpha_beta`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub endpoint: Option<String>,
            $(
                $(#[$doc])*
                #[serde(skip_serializing_if = "Option::is_none")]
                pub $name: Option<$quantity>,
            )*
            /// γ/α of a linear tail.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub final_slope: Option<FinalSlope>,
            /// A published loss and kick-off time by its id, instead of `kick_off` and a loss.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub repopulation_record: Option<String>,
            /// A published half-time by its id, instead of `repair_half_time`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub repair_record: Option<String>,
        }

        /// The parameters of an [`UncertainModel`](super::UncertainModel) but for α/β, by name;
        /// single values are intervals without width. None has a default.
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
            $(
                $(#[$doc])*
                #[serde(skip_serializing_if = "Option::is_none")]
                pub $name: Option<ParameterRange<$quantity>>,
            )*
            /// γ/α of a linear tail.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub final_slope: Option<UncertainSlope>,
        }

        impl UncertainParameters {
            /// Every single value as an interval without width; records are left out.
            pub(super) fn points(values: &ModelParameters) -> Self {
                Self {
                    $($name: values.$name.map(ParameterRange::point),)*
                    final_slope: values.final_slope.map(|slope| {
                        slope.number().map_or(UncertainSlope::Tangent, |number| {
                            UncertainSlope::Stated(ParameterRange::point(number))
                        })
                    }),
                }
            }

            /// The values at the lower ends, to check which parameters are there.
            pub(super) fn lower(&self) -> ModelParameters {
                ModelParameters {
                    $($name: self.$name.map(ParameterRange::low),)*
                    final_slope: self.final_slope.and_then(|slope| slope.end(false).ok()),
                    ..ModelParameters::default()
                }
            }

            /// The values, where each is only one; without α/β.
            #[must_use]
            pub fn single(&self) -> Option<ModelParameters> {
                let slope = self.final_slope;
                let all = slope.is_none_or(|slope| slope.single().is_some())
                    $(&& is_single(self.$name))*;
                all.then(|| self.lower())
            }
        }
    };
}

parameters! {
    /// The day up to which time costs nothing.
    kick_off: KickOffTime,
    /// K, BED lost per day.
    loss_per_day: BedLossPerDay,
    /// α, together with `doubling_time`.
    alpha: Alpha,
    /// Tp, together with `alpha`.
    doubling_time: DoublingTime,
    /// `D_prolif`, EQD2 lost per day.
    eqd2_loss_per_day: EqdLossPerDay,
    /// The half-time of incomplete repair between the fractions of a day.
    repair_half_time: RepairHalfTime,
    /// The transition dose of a linear tail, together with `final_slope`.
    linear_above: AbsorbedDose,
}
