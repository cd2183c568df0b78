//! The flags of the radiobiological model: repopulation, repair and high doses. Each takes a
//! value or an interval: `0.66Gy`, `0.5..0.8Gy`.

use std::fmt;
use std::str::FromStr;

use chemorad::quantity::{
    AbsorbedDose, Alpha, BedLossPerDay, DoublingTime, EqdLossPerDay, KickOffTime, QuantityError,
    RepairHalfTime,
};
use chemorad::radiobiology::{
    ModelParameters, ParameterRange, TISSUE_PARAMETERS, TissueParameter, UncertainParameters,
    UncertainSlope, UncertaintyError,
};

use crate::failure::Failure;
use crate::refused;

/// `0.66Gy/d`; `0.66Gy` is read the same, because the flag says per day.
fn per_day<T>(text: &str) -> Result<ParameterRange<T>, UncertaintyError>
where
    T: Copy + PartialOrd + fmt::Display + FromStr<Err = QuantityError>,
{
    let with_day = |end: &str| {
        let end = end.trim_end();
        if end.ends_with("Gy") {
            format!("{end}/d")
        } else {
            end.to_string()
        }
    };
    let ends: Vec<String> = text.split("..").map(with_day).collect();
    ends.join("..").parse()
}

/// Parts of the model beyond plain linear-quadratic.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Repopulation, repair, high doses")]
pub(crate) struct ModelArgs {
    /// The day of overall time up to which repopulation costs nothing, such as 28d.
    #[arg(long, value_name = "DAYS", allow_hyphen_values = true)]
    kick_off: Option<ParameterRange<KickOffTime>>,
    /// K, BED lost per day after it, such as 0.66Gy.
    #[arg(long, value_name = "GY", allow_hyphen_values = true, value_parser = per_day::<BedLossPerDay>)]
    loss_per_day: Option<ParameterRange<BedLossPerDay>>,
    /// Alpha, such as 0.35/Gy: the loss is ln 2/(alpha x doubling time).
    #[arg(long, value_name = "PER_GY", allow_hyphen_values = true)]
    alpha: Option<ParameterRange<Alpha>>,
    /// Clonogen doubling time, such as 3d.
    #[arg(long, value_name = "DAYS", allow_hyphen_values = true)]
    doubling_time: Option<ParameterRange<DoublingTime>>,
    /// EQD2 lost per day after the kick-off time, such as 0.7Gy.
    #[arg(long, value_name = "GY", allow_hyphen_values = true, value_parser = per_day::<EqdLossPerDay>)]
    eqd2_loss_per_day: Option<ParameterRange<EqdLossPerDay>>,
    /// Instead: a published loss with its kick-off time, by name (see `chemorad endpoints`).
    #[arg(
        long,
        value_name = "ID",
        conflicts_with_all = ["kick_off", "loss_per_day", "alpha", "doubling_time", "eqd2_loss_per_day"]
    )]
    repopulation_record: Option<String>,
    /// Half-time of repair between the fractions of a day, such as 4.4h.
    #[arg(long, value_name = "HOURS", allow_hyphen_values = true)]
    repair_half_time: Option<ParameterRange<RepairHalfTime>>,
    /// Instead: a published half-time, by name (see `chemorad endpoints`).
    #[arg(long, value_name = "ID", conflicts_with = "repair_half_time")]
    repair_record: Option<String>,
    /// Dose per fraction above which BED rises in a straight line, such as 4Gy.
    #[arg(long, value_name = "GY", allow_hyphen_values = true)]
    linear_above: Option<ParameterRange<AbsorbedDose>>,
    /// Its slope gamma/alpha: a number, or tangent.
    #[arg(long, value_name = "SLOPE", allow_hyphen_values = true)]
    final_slope: Option<UncertainSlope>,
}

impl ModelArgs {
    /// Without an alpha/beta; what a record names is its value.
    pub(crate) fn parameters(&self) -> Result<UncertainParameters, Failure> {
        let named = UncertainParameters::try_from(&self.records())?;
        Ok(UncertainParameters {
            kick_off: self.kick_off.or(named.kick_off),
            loss_per_day: self.loss_per_day,
            alpha: self.alpha,
            doubling_time: self.doubling_time,
            eqd2_loss_per_day: self.eqd2_loss_per_day.or(named.eqd2_loss_per_day),
            repair_half_time: self.repair_half_time.or(named.repair_half_time),
            linear_above: self.linear_above,
            final_slope: self.final_slope,
        })
    }

    /// The records alone, which keep their names and sources.
    pub(crate) fn records(&self) -> ModelParameters {
        ModelParameters {
            repopulation_record: self.repopulation_record.clone(),
            repair_record: self.repair_record.clone(),
            ..ModelParameters::default()
        }
    }

    /// The parameters where `what` needs one value of each.
    pub(crate) fn single(&self, what: &str) -> Result<ModelParameters, Failure> {
        self.parameters()?.single().ok_or_else(|| {
            Failure::new(refused::INPUT_VALUE, format!(
                "{what} needs one value of each parameter, not an interval such as 0.5..0.8Gy; bed calculates over intervals"
            ))
        })
    }

    /// The parameters with the names of the records in the place of their values.
    pub(crate) fn named(&self, what: &str) -> Result<ModelParameters, Failure> {
        let records = self.records();
        let mut parameters = self.single(what)?;
        if records.repopulation_record.is_some() {
            parameters.kick_off = None;
            parameters.eqd2_loss_per_day = None;
        }
        if records.repair_record.is_some() {
            parameters.repair_half_time = None;
        }
        Ok(ModelParameters {
            repopulation_record: records.repopulation_record,
            repair_record: records.repair_record,
            ..parameters
        })
    }

    pub(crate) fn is_empty(&self) -> bool {
        !self.has_loss()
            && !self.has_repair()
            && self.linear_above.is_none()
            && self.final_slope.is_none()
    }

    pub(crate) fn has_loss(&self) -> bool {
        self.loss_per_day.is_some()
            || self.alpha.is_some()
            || self.doubling_time.is_some()
            || self.eqd2_loss_per_day.is_some()
            || self.kick_off.is_some()
            || self.repopulation_record.is_some()
    }

    pub(crate) fn has_repair(&self) -> bool {
        self.repair_half_time.is_some() || self.repair_record.is_some()
    }
}

/// A published α/β by its name.
pub(crate) fn find_endpoint(id: &str) -> Result<&'static TissueParameter, Failure> {
    TissueParameter::find(id).ok_or_else(|| {
        let known: Vec<&str> = TISSUE_PARAMETERS.iter().map(|record| record.id).collect();
        Failure::new(
            refused::MODEL_UNKNOWN_RECORD,
            format!(
                "no published alpha/beta is called {id:?}; known are: {}",
                known.join(", ")
            ),
        )
    })
}
