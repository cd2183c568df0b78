//! BED and EQD of a course, at single values of the parameters or over intervals.

use chemorad::quantity::{AbsorbedDose, AlphaBeta};
use chemorad::radiobiology::{
    AlphaBetaInterval, DoseSeries, LinearQuadratic, Measure, ModelParameters, TissueParameter,
    Treatment, UncertainParameters, alpha_beta_caution, cautions, same_number_caution,
};
use chemorad::radiotherapy::{DailyPattern, Fractionation};
use chemorad::report::{Finding, Subject};
use chemorad_render::Amount;
use chemorad_render::bed::{
    AlphaBetaUsed, Comparison, Difference, OverInterval, PhaseRow, Results, TotalRow, Value,
};

use crate::failure::Failure;
use crate::schedule::Schedule;

/// What is calculated with.
pub(super) struct Question<'a> {
    pub(super) fractionations: &'a [Fractionation],
    pub(super) series: &'a DoseSeries,
    pub(super) treatment: &'a Treatment,
    pub(super) pattern: DailyPattern,
    pub(super) reference: AbsorbedDose,
    /// Nothing but plain linear-quadratic is needed.
    pub(super) plain: bool,
    /// What a reader must know of the days.
    pub(super) of_time: Vec<Finding>,
    pub(super) others: Vec<(&'a Schedule, &'a Treatment)>,
}

impl Question<'_> {
    /// At single values.
    pub(super) fn at_values(
        &self,
        alpha_beta: AlphaBeta,
        endpoint: Option<&'static TissueParameter>,
        parts: &ModelParameters,
    ) -> Result<Results, Failure> {
        let mut results = if self.plain {
            self.linear_quadratic(alpha_beta, endpoint)
        } else {
            self.with_parts(alpha_beta, endpoint, parts)?
        };
        results
            .warnings
            .extend(same_number_caution(self.fractionations));
        results.warnings.extend(unusual([alpha_beta]));
        let model = parts.model_at(alpha_beta)?;
        let reference = self.reference;
        for &(schedule, other) in &self.others {
            let effect = model.effect(other)?;
            results
                .warnings
                .extend(schedule.cautions(effect.findings()));
            let of = format!("the schedule {schedule}");
            results.derivations.extend(effect.derive(&of, reference));
            let minus = |measure| -> Result<Value, Failure> {
                let gray = model.difference(self.treatment, other, measure)?;
                Ok(Value::Difference(Amount::gray(gray)))
            };
            results.comparisons.push(Comparison {
                schedule: schedule.to_string(),
                overall_time: other.time(),
                bed: Value::Bed(effect.bed()),
                eqd: Value::Eqd(effect.eqd(reference)?),
                difference: Difference {
                    bed: minus(Measure::Bed)?,
                    eqd: minus(Measure::Eqd(reference))?,
                },
            });
        }
        Ok(results)
    }

    fn linear_quadratic(
        &self,
        alpha_beta: AlphaBeta,
        endpoint: Option<&'static TissueParameter>,
    ) -> Results {
        let (model, reference) = (LinearQuadratic::new(alpha_beta), self.reference);
        let mut derivations = Vec::new();
        let mut warnings = Vec::new();
        let mut phases = Vec::new();
        for (&fractionation, number) in self.fractionations.iter().zip(1..) {
            let name = format!("phase {number}");
            warnings.extend(cautions(&name, fractionation));
            derivations.push(model.derive_bed(&name, fractionation));
            derivations.push(model.derive_eqd(&name, fractionation, reference));
            let bed = Value::Bed(model.bed(fractionation));
            let eqd = Value::Eqd(model.eqd(fractionation, reference));
            phases.push(phase(fractionation, bed, eqd));
        }
        if self.fractionations.len() > 1 {
            let sums = model.derive_sums("the course", self.fractionations, reference);
            derivations.extend(sums);
        }
        let interval = endpoint.and_then(TissueParameter::alpha_beta_interval);
        let bed = Value::Bed(model.bed_of(self.series));
        let eqd = Value::Eqd(model.eqd_of(self.series, reference));
        Results {
            endpoint,
            over_interval: interval.map(|range| OverInterval::Plain {
                bed: range.bed(self.series),
                eqd: range.eqd(self.series, reference),
            }),
            warnings,
            derivations,
            ..self.results(AlphaBetaUsed::Value(alpha_beta), phases, bed, eqd)
        }
    }

    fn with_parts(
        &self,
        alpha_beta: AlphaBeta,
        endpoint: Option<&'static TissueParameter>,
        parts: &ModelParameters,
    ) -> Result<Results, Failure> {
        let (model, reference) = (parts.model_at(alpha_beta)?, self.reference);
        let doses_alone = model.without_repopulation();
        let (phases, mut warnings) = self.each_alone(|alone| {
            let effect = doses_alone.effect(alone)?;
            Ok((Value::Bed(effect.bed()), Value::Eqd(effect.eqd(reference)?)))
        })?;
        let effect = model.effect(self.treatment)?;
        warnings.extend(effect.findings());
        let over_interval = match endpoint.and_then(TissueParameter::alpha_beta_interval) {
            Some(range) => {
                let over = UncertainParameters::try_from(parts)?.model(range)?;
                Some(OverInterval::Parts {
                    bed: over.bed(self.treatment)?.into(),
                    eqd: over.eqd(self.treatment, reference)?.into(),
                })
            }
            None => None,
        };
        let bed = Value::Bed(effect.bed());
        let eqd = Value::Eqd(effect.eqd(reference)?);
        Ok(Results {
            endpoint,
            over_interval,
            overall_time: self.treatment.time(),
            terms: effect.terms().into_iter().map(Into::into).collect(),
            warnings,
            derivations: effect.derive("the course", reference),
            ..self.results(AlphaBetaUsed::Value(alpha_beta), phases, bed, eqd)
        })
    }

    /// Over intervals.
    pub(super) fn over_intervals(
        &self,
        alpha_beta: AlphaBetaInterval,
        parameters: UncertainParameters,
    ) -> Result<Results, Failure> {
        let (model, reference) = (parameters.model(alpha_beta)?, self.reference);
        let doses_alone = UncertainParameters {
            kick_off: None,
            loss_per_day: None,
            alpha: None,
            doubling_time: None,
            eqd2_loss_per_day: None,
            ..parameters
        }
        .model(alpha_beta)?;
        let (phases, mut warnings) = self.each_alone(|alone| {
            let bed = Value::Range(doses_alone.bed(alone)?.into());
            let eqd = Value::Range(doses_alone.eqd(alone, reference)?.into());
            Ok((bed, eqd))
        })?;
        warnings.extend(unusual(
            alpha_beta.low().into_iter().chain([alpha_beta.high()]),
        ));
        warnings.extend(model.findings(self.treatment)?);
        let mut derivations = model.derive("the course", self.treatment, reference)?;
        let mut comparisons = Vec::new();
        for &(schedule, other) in &self.others {
            warnings.extend(schedule.cautions(model.findings(other)?));
            let of = format!("the schedule {schedule}");
            derivations.extend(model.derive(&of, other, reference)?);
            let minus = |measure| -> Result<Value, Failure> {
                let range = model.difference(self.treatment, other, measure)?;
                Ok(Value::Range(range.into()))
            };
            comparisons.push(Comparison {
                schedule: schedule.to_string(),
                overall_time: other.time(),
                bed: Value::Range(model.bed(other)?.into()),
                eqd: Value::Range(model.eqd(other, reference)?.into()),
                difference: Difference {
                    bed: minus(Measure::Bed)?,
                    eqd: minus(Measure::Eqd(reference))?,
                },
            });
        }
        let bed = Value::Range(model.bed(self.treatment)?.into());
        let eqd = Value::Range(model.eqd(self.treatment, reference)?.into());
        let plain = parameters == UncertainParameters::default();
        Ok(Results {
            parameters: (!plain).then_some(parameters),
            overall_time: self.treatment.time(),
            comparisons,
            warnings,
            derivations,
            ..self.results(AlphaBetaUsed::Interval(alpha_beta), phases, bed, eqd)
        })
    }

    /// Every phase without loss to time, and what a reader must know of the doses and days.
    fn each_alone(
        &self,
        effect: impl Fn(&Treatment) -> Result<(Value, Value), Failure>,
    ) -> Result<(Vec<PhaseRow>, Vec<Finding>), Failure> {
        let mut warnings = Vec::new();
        let mut phases = Vec::new();
        for (&fractionation, number) in self.fractionations.iter().zip(1..) {
            warnings.extend(cautions(&format!("phase {number}"), fractionation));
            let alone = Treatment::from_fractionations(&[fractionation])?.per_day(self.pattern);
            let (bed, eqd) = effect(&alone)?;
            phases.push(phase(fractionation, bed, eqd));
        }
        warnings.extend(self.of_time.iter().cloned());
        Ok((phases, warnings))
    }

    fn results(
        &self,
        alpha_beta: AlphaBetaUsed,
        phases: Vec<PhaseRow>,
        bed: Value,
        eqd: Value,
    ) -> Results {
        Results {
            alpha_beta,
            parameters: None,
            endpoint: None,
            over_interval: None,
            total: TotalRow {
                fractions: phases.iter().map(|row| row.fractions).sum(),
                dose: self.series.dose(),
                bed,
                eqd,
            },
            phases,
            overall_time: None,
            terms: Vec::new(),
            comparisons: Vec::new(),
            warnings: Vec::new(),
            derivations: Vec::new(),
        }
    }
}

/// What a reader must know of the ratios: the first that is outside what is known of tissues.
fn unusual(ratios: impl IntoIterator<Item = AlphaBeta>) -> Option<Finding> {
    let subject = || Subject::input("alpha/beta");
    let mut ratios = ratios.into_iter();
    ratios.find_map(|ratio| alpha_beta_caution(subject(), ratio))
}

fn phase(fractionation: Fractionation, bed: Value, eqd: Value) -> PhaseRow {
    PhaseRow {
        fractions: fractionation.fractions().get(),
        dose_per_fraction: Amount::gray(fractionation.gray_per_fraction()),
        dose: fractionation.total(),
        bed,
        eqd,
    }
}
