//! Makes a model of named parameters, as a file or a command line gives them, and says what is wrong.

use alloc::string::{String, ToString};

use super::effect_model::EffectModel;
use super::linear_tail::LinearTail;
use super::parameter_set::ModelParameters;
use super::parameters_error::ParametersError;
use super::repopulation::Repopulation;
use super::time_records::{
    REPAIR_HALF_TIMES, REPOPULATION_LOSSES, RepairRecord, RepopulationRecord,
};
use super::tissue::{TISSUE_PARAMETERS, TissueParameter};
use crate::quantity::{AlphaBeta, KickOffTime, RepairHalfTime};
use crate::report::decimal;

impl ModelParameters {
    /// The plain model at an α/β.
    #[must_use]
    pub fn at(alpha_beta: AlphaBeta) -> Self {
        Self {
            alpha_beta: Some(alpha_beta),
            ..Self::default()
        }
    }

    /// The published record that `endpoint` names.
    ///
    /// # Errors
    /// No record of that name.
    pub fn record(&self) -> Result<Option<&'static TissueParameter>, ParametersError> {
        let Some(id) = &self.endpoint else {
            return Ok(None);
        };
        match TissueParameter::find(id) {
            Some(record) => Ok(Some(record)),
            None => Err(ParametersError::UnknownEndpoint {
                given: id.chars().take(60).collect(),
                known: TISSUE_PARAMETERS.iter().map(|record| record.id).collect(),
            }),
        }
    }

    /// The published loss that `repopulation_record` names.
    ///
    /// # Errors
    /// No record of that name.
    pub fn loss_record(&self) -> Result<Option<&'static RepopulationRecord>, ParametersError> {
        let Some(id) = &self.repopulation_record else {
            return Ok(None);
        };
        match RepopulationRecord::find(id) {
            Some(record) => Ok(Some(record)),
            None => Err(ParametersError::UnknownRecord {
                what: "loss to repopulation",
                given: id.chars().take(60).collect(),
                known: REPOPULATION_LOSSES.iter().map(|record| record.id).collect(),
            }),
        }
    }

    /// The published half-time that `repair_record` names.
    ///
    /// # Errors
    /// No record of that name.
    pub fn half_time_record(&self) -> Result<Option<&'static RepairRecord>, ParametersError> {
        let Some(id) = &self.repair_record else {
            return Ok(None);
        };
        match RepairRecord::find(id) {
            Some(record) => Ok(Some(record)),
            None => Err(ParametersError::UnknownRecord {
                what: "half-time of repair",
                given: id.chars().take(60).collect(),
                known: REPAIR_HALF_TIMES.iter().map(|record| record.id).collect(),
            }),
        }
    }

    /// The half-time of repair, given or of the record.
    ///
    /// # Errors
    /// Both, or no record of that name.
    pub fn half_time(&self) -> Result<Option<RepairHalfTime>, ParametersError> {
        match (self.repair_half_time, self.half_time_record()?) {
            (Some(_), Some(_)) => Err(ParametersError::TwoHalfTimes),
            (given, None) => Ok(given),
            (None, Some(record)) => Ok(Some(record.half_time)),
        }
    }

    /// Repopulation, where its parameters are given.
    ///
    /// # Errors
    /// Parameters that do not go together.
    pub fn repopulation(&self) -> Result<Option<Repopulation>, ParametersError> {
        if let Some(record) = self.loss_record()? {
            let others = self.kick_off.is_some()
                || self.loss_per_day.is_some()
                || self.alpha.is_some()
                || self.doubling_time.is_some()
                || self.eqd2_loss_per_day.is_some();
            if others {
                return Err(ParametersError::TwoLosses);
            }
            return Ok(Some(Repopulation::eqd2(
                record.eqd2_loss_per_day,
                record.kick_off,
            )));
        }
        let doubling = match (self.alpha, self.doubling_time) {
            (Some(alpha), Some(time)) => Some((alpha, time)),
            (None, None) => None,
            _ => return Err(ParametersError::HalfDoubling),
        };
        let rates = usize::from(self.loss_per_day.is_some())
            + usize::from(doubling.is_some())
            + usize::from(self.eqd2_loss_per_day.is_some());
        if rates > 1 {
            return Err(ParametersError::TwoLosses);
        }
        let Some(kick_off) = self.kick_off else {
            return if rates == 0 {
                Ok(None)
            } else {
                Err(ParametersError::NoKickOff)
            };
        };
        if let Some(loss) = self.loss_per_day {
            Ok(Some(Repopulation::bed(loss, kick_off)))
        } else if let Some((alpha, time)) = doubling {
            Ok(Some(Repopulation::doubling(alpha, time, kick_off)))
        } else if let Some(loss) = self.eqd2_loss_per_day {
            Ok(Some(Repopulation::eqd2(loss, kick_off)))
        } else {
            Err(ParametersError::NoLoss)
        }
    }

    /// The linear tail, where its parameters are given.
    ///
    /// # Errors
    /// One of the two without the other.
    pub fn linear_tail(&self) -> Result<Option<LinearTail>, ParametersError> {
        match (self.linear_above, self.final_slope) {
            (Some(above), Some(slope)) => Ok(Some(LinearTail::new(above, slope))),
            (None, None) => Ok(None),
            _ => Err(ParametersError::HalfTail),
        }
    }

    /// The α/β, given or of the record.
    ///
    /// # Errors
    /// Neither or both.
    pub fn chosen_alpha_beta(&self) -> Result<AlphaBeta, ParametersError> {
        match (self.alpha_beta, self.record()?) {
            (Some(_), Some(_)) => Err(ParametersError::TwoAlphaBeta),
            (Some(alpha_beta), None) => Ok(alpha_beta),
            (None, Some(record)) => Ok(record.alpha_beta),
            (None, None) => Err(ParametersError::NoAlphaBeta),
        }
    }

    /// The model.
    ///
    /// # Errors
    /// Something missing, given twice, or not defined together.
    pub fn model(&self) -> Result<EffectModel, ParametersError> {
        self.model_at(self.chosen_alpha_beta()?)
    }

    /// The model with these parts at an α/β, whatever `alpha_beta` and `endpoint` say.
    ///
    /// # Errors
    /// As for [`model`](Self::model).
    pub fn model_at(&self, alpha_beta: AlphaBeta) -> Result<EffectModel, ParametersError> {
        let mut model = EffectModel::new(alpha_beta);
        if let Some(repopulation) = self.repopulation()? {
            model = model.with_repopulation(repopulation)?;
        }
        if let Some(half_time) = self.half_time()? {
            model = model.with_incomplete_repair(half_time)?;
        }
        if let Some(tail) = self.linear_tail()? {
            model = model.with_linear_tail(tail)?;
        }
        Ok(model)
    }

    /// The parameters in words, for a heading.
    #[must_use]
    pub fn in_words(&self) -> String {
        let published = |name: &str, source: &str| format!(" ({name}; {source})");
        let of_record = |record: Option<(&str, &str)>| {
            record.map_or_else(String::new, |(name, source)| published(name, source))
        };
        let mut parts = alloc::vec::Vec::new();
        if let Ok(alpha_beta) = self.chosen_alpha_beta() {
            let record = self.record().ok().flatten();
            let source = of_record(record.map(|record| (record.name, record.source)));
            parts.push(format!("a/b {alpha_beta}{source}"));
        }
        if let Some(loss) = self.loss_per_day {
            parts.push(format!("BED loss {loss}"));
        }
        if let (Some(alpha), Some(time)) = (self.alpha, self.doubling_time) {
            parts.push(format!("BED loss ln 2/({alpha} x {time})"));
        }
        if let Some(loss) = self.eqd2_loss_per_day {
            parts.push(format!("EQD2 loss {loss}"));
        }
        let day = |kick_off: KickOffTime| decimal(kick_off.days());
        if let Some(kick_off) = self.kick_off {
            parts.push(format!("after day {}", day(kick_off)));
        }
        if let Ok(Some(record)) = self.loss_record() {
            parts.push(format!(
                "EQD2 loss {} after day {}{}",
                record.eqd2_loss_per_day,
                day(record.kick_off),
                published(record.name, record.source)
            ));
        }
        if let Ok(Some(half_time)) = self.half_time() {
            let record = self.half_time_record().ok().flatten();
            let source = of_record(record.map(|record| (record.name, record.source)));
            parts.push(format!("repair half-time {half_time}{source}"));
        }
        if let (Some(above), Some(slope)) = (self.linear_above, self.final_slope) {
            parts.push(format!("linear above {above} with slope {slope}"));
        }
        if parts.is_empty() {
            "nothing given".to_string()
        } else {
            parts.join(", ")
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::super::linear_tail::FinalSlope;
    use super::*;

    #[test]
    fn parameters_that_do_not_go_together() {
        let plain = ModelParameters::at("10 Gy".parse().unwrap());
        assert!(plain.model().is_ok());
        assert_eq!(
            ModelParameters::default().model(),
            Err(ParametersError::NoAlphaBeta)
        );
        let with = |change: fn(&mut ModelParameters)| {
            let mut parameters = plain.clone();
            change(&mut parameters);
            parameters.model()
        };
        let record = "prostate-tumour-control";
        assert_eq!(
            with(|p| p.endpoint = Some("prostate-tumour-control".into())),
            Err(ParametersError::TwoAlphaBeta)
        );
        assert!(matches!(
            with(|p| p.endpoint = Some("prostate".into())),
            Err(ParametersError::UnknownEndpoint { .. })
        ));
        let mut named = ModelParameters {
            endpoint: Some(record.into()),
            ..ModelParameters::default()
        };
        assert_eq!(
            named.model().unwrap().alpha_beta(),
            "1.6 Gy".parse().unwrap()
        );
        named.kick_off = Some("28 d".parse().unwrap());
        assert_eq!(named.model(), Err(ParametersError::NoLoss));
        assert_eq!(
            with(|p| p.loss_per_day = Some("0.5 Gy/d".parse().unwrap())),
            Err(ParametersError::NoKickOff)
        );
        assert_eq!(
            with(|p| p.alpha = Some("0.3 /Gy".parse().unwrap())),
            Err(ParametersError::HalfDoubling)
        );
        assert_eq!(
            with(|p| {
                p.kick_off = Some("28 d".parse().unwrap());
                p.loss_per_day = Some("0.5 Gy/d".parse().unwrap());
                p.eqd2_loss_per_day = Some("0.5 Gy/d".parse().unwrap());
            }),
            Err(ParametersError::TwoLosses)
        );
        let larynx = with(|p| p.repopulation_record = Some("larynx".into())).unwrap();
        assert_eq!(
            larynx.repopulation(),
            Some(Repopulation::eqd2(
                "0.8 Gy/d".parse().unwrap(),
                "21 d".parse().unwrap()
            ))
        );
        for change in [
            (|p| p.kick_off = Some("28 d".parse().unwrap())) as fn(&mut ModelParameters),
            |p| p.loss_per_day = Some("0.5 Gy/d".parse().unwrap()),
            |p| p.eqd2_loss_per_day = Some("0.5 Gy/d".parse().unwrap()),
            |p| p.alpha = Some("0.3 /Gy".parse().unwrap()),
            |p| p.doubling_time = Some("3 d".parse().unwrap()),
        ] {
            let mut parameters = plain.clone();
            parameters.repopulation_record = Some("larynx".into());
            change(&mut parameters);
            assert_eq!(parameters.model(), Err(ParametersError::TwoLosses));
        }
        let fibrosis = with(|p| p.repair_record = Some("subcutaneous-fibrosis".into())).unwrap();
        assert_eq!(fibrosis.repair_half_time(), "4.4 h".parse().ok());
        assert_eq!(
            with(|p| {
                p.repair_record = Some("subcutaneous-fibrosis".into());
                p.repair_half_time = Some("4 h".parse().unwrap());
            }),
            Err(ParametersError::TwoHalfTimes)
        );
        for unknown in [
            with(|p| p.repair_record = Some("fibrosis".into())),
            with(|p| p.repopulation_record = Some("rectum".into())),
        ] {
            assert!(matches!(
                unknown,
                Err(ParametersError::UnknownRecord { .. })
            ));
        }
        assert_eq!(
            with(|p| p.linear_above = Some("4 Gy".parse().unwrap())),
            Err(ParametersError::HalfTail)
        );
        assert_eq!(
            with(|p| {
                p.linear_above = Some("4 Gy".parse().unwrap());
                p.final_slope = Some(FinalSlope::TANGENT);
                p.repair_half_time = Some("4 h".parse().unwrap());
            }),
            Err(ParametersError::Model(
                crate::radiobiology::ModelError::RepairWithLinearTail
            ))
        );
    }
}
