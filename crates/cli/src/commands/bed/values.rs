//! Results at single values of the parameters.

use chemorad::quantity::{AbsorbedDose, AlphaBeta, Bed, Eqd};
use chemorad::radiobiology::{
    DoseSeries, LinearQuadratic, ModelParameters, Term, TissueParameter, Treatment, TreatmentTime,
    UncertainParameters, cautions,
};
use chemorad::report::Finding;
use chemorad::report::{Derivation, decimal};
use serde::Serialize;

use super::Args;
use super::comparison::Comparison;
use super::interval::Range;
use crate::failure::Failure;
use chemorad_render::Document;

/// A term of a BED as tools read it.
#[derive(Serialize)]
pub(in crate::commands) struct ShownTerm {
    name: &'static str,
    value: f64,
    unit: &'static str,
    formula: String,
    source: &'static str,
}

impl From<Term> for ShownTerm {
    fn from(term: Term) -> Self {
        Self {
            name: term.name,
            value: term.gray,
            unit: "Gy",
            formula: term.formula,
            source: term.source,
        }
    }
}

#[derive(Serialize)]
struct Row {
    fractions: u32,
    dose_per_fraction: Gray,
    dose: AbsorbedDose,
    bed: Bed,
    eqd: Eqd,
}

/// A dose that need not be a short decimal.
#[derive(Serialize)]
pub(in crate::commands) struct Gray {
    pub(super) value: f64,
    unit: &'static str,
}

impl Gray {
    pub(super) const fn new(value: f64) -> Self {
        Self { value, unit: "Gy" }
    }
}

#[derive(Serialize)]
struct Total {
    fractions: u32,
    dose: AbsorbedDose,
    bed: Bed,
    eqd: Eqd,
}

#[derive(Serialize)]
pub(super) struct Output {
    alpha_beta: AlphaBeta,
    #[serde(skip_serializing_if = "Option::is_none")]
    endpoint: Option<&'static TissueParameter>,
    #[serde(skip_serializing_if = "Option::is_none")]
    over_interval: Option<OverInterval>,
    phases: Vec<Row>,
    total: Total,
    #[serde(skip_serializing_if = "Option::is_none")]
    overall_time: Option<TreatmentTime>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    terms: Vec<ShownTerm>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    comparisons: Vec<Comparison>,
    pub(super) warnings: Vec<Finding>,
    pub(super) derivations: Vec<Derivation>,
}

/// BED and EQD over the published interval of α/β.
#[derive(Serialize)]
#[serde(untagged)]
enum OverInterval {
    Plain {
        bed: chemorad::radiobiology::BedInterval,
        eqd: chemorad::radiobiology::EqdInterval,
    },
    Parts {
        bed: Range,
        eqd: Range,
    },
}

impl OverInterval {
    fn text(&self) -> String {
        let (bed, eqd) = match self {
            Self::Plain { bed, eqd } => {
                let high = match bed.high {
                    Some(high) => format!("{:.3}", high.gray()),
                    None => "no bound (the interval reaches zero)".to_string(),
                };
                (
                    format!("{:.3} to {high}", bed.low.gray()),
                    format!("{:.3} to {:.3}", eqd.low, eqd.high),
                )
            }
            Self::Parts { bed, eqd } => (bed.text(), eqd.text()),
        };
        format!("over the published interval of a/b: BED {bed}; EQD {eqd} Gy")
    }
}

impl Args {
    pub(super) fn at_values(
        &self,
        alpha_beta: AlphaBeta,
        endpoint: Option<&'static TissueParameter>,
        parts: &ModelParameters,
        series: &DoseSeries,
        treatment: &Treatment,
        others: &[Treatment],
    ) -> Result<Output, Failure> {
        let mut output = if self.time.is_plain(&self.parts) {
            self.calculate(series, alpha_beta, endpoint)
        } else {
            self.calculate_parts(treatment, series, alpha_beta, endpoint, parts)?
        };
        let model = parts.model_at(alpha_beta)?;
        for (schedule, other) in self.compare.iter().zip(others) {
            let effect = model.effect(other)?;
            output.warnings.extend(schedule.cautions(effect.findings()));
            let of = format!("the schedule {schedule}");
            output
                .derivations
                .extend(effect.derive(&of, self.reference));
            output.comparisons.push(Comparison::at_values(
                schedule,
                treatment,
                other,
                &model,
                self.reference,
            )?);
        }
        Ok(output)
    }

    fn calculate(
        &self,
        series: &DoseSeries,
        alpha_beta: AlphaBeta,
        endpoint: Option<&'static TissueParameter>,
    ) -> Output {
        let model = LinearQuadratic::new(alpha_beta);
        let mut derivations = Vec::new();
        let mut warnings = Vec::new();
        let phases = self
            .fractionations
            .iter()
            .enumerate()
            .map(|(index, &fractionation)| {
                let name = format!("phase {}", index + 1);
                warnings.extend(cautions(&name, fractionation));
                derivations.push(model.derive_bed(&name, fractionation));
                derivations.push(model.derive_eqd(&name, fractionation, self.reference));
                Row {
                    fractions: fractionation.fractions().get(),
                    dose_per_fraction: Gray::new(fractionation.gray_per_fraction()),
                    dose: fractionation.total(),
                    bed: model.bed(fractionation),
                    eqd: model.eqd(fractionation, self.reference),
                }
            })
            .collect();
        if self.fractionations.len() > 1 {
            derivations.extend(model.derive_sums(
                "the course",
                &self.fractionations,
                self.reference,
            ));
        }
        Output {
            alpha_beta,
            endpoint,
            over_interval: endpoint
                .and_then(TissueParameter::alpha_beta_interval)
                .map(|range| OverInterval::Plain {
                    bed: range.bed(series),
                    eqd: range.eqd(series, self.reference),
                }),
            phases,
            total: Total {
                fractions: self
                    .fractionations
                    .iter()
                    .map(|f| f.fractions().get())
                    .sum(),
                dose: series.dose(),
                bed: model.bed_of(series),
                eqd: model.eqd_of(series, self.reference),
            },
            overall_time: None,
            terms: Vec::new(),
            comparisons: Vec::new(),
            warnings,
            derivations,
        }
    }

    fn calculate_parts(
        &self,
        treatment: &Treatment,
        series: &DoseSeries,
        alpha_beta: AlphaBeta,
        endpoint: Option<&'static TissueParameter>,
        parts: &ModelParameters,
    ) -> Result<Output, Failure> {
        let model = parts.model_at(alpha_beta)?;
        let mut warnings = Vec::new();
        let mut phases = Vec::new();
        for (index, &fractionation) in self.fractionations.iter().enumerate() {
            warnings.extend(cautions(&format!("phase {}", index + 1), fractionation));
            let alone = Treatment::of(&[fractionation])?.per_day(self.time.day.pattern()?);
            let effect = model.without_repopulation().effect(&alone)?;
            phases.push(Row {
                fractions: fractionation.fractions().get(),
                dose_per_fraction: Gray::new(fractionation.gray_per_fraction()),
                dose: fractionation.total(),
                bed: effect.bed(),
                eqd: effect.eqd(self.reference)?,
            });
        }
        let effect = model.effect(treatment)?;
        warnings.extend(self.time.cautions(&self.fractionations));
        warnings.extend(effect.findings());
        let over_interval = match endpoint.and_then(TissueParameter::alpha_beta_interval) {
            Some(range) => {
                let over = UncertainParameters::try_from(parts)?.model(range)?;
                Some(OverInterval::Parts {
                    bed: over.bed(treatment)?.into(),
                    eqd: over.eqd(treatment, self.reference)?.into(),
                })
            }
            None => None,
        };
        Ok(Output {
            alpha_beta,
            endpoint,
            over_interval,
            phases,
            total: Total {
                fractions: self
                    .fractionations
                    .iter()
                    .map(|f| f.fractions().get())
                    .sum(),
                dose: series.dose(),
                bed: effect.bed(),
                eqd: effect.eqd(self.reference)?,
            },
            overall_time: treatment.time(),
            derivations: effect.derive("the course", self.reference),
            terms: effect.terms().into_iter().map(ShownTerm::from).collect(),
            comparisons: Vec::new(),
            warnings,
        })
    }
}

impl Output {
    pub(super) fn show(&self, page: &mut Document) {
        page.section(&format!("a/b = {}", self.alpha_beta));
        if let Some(record) = self.endpoint {
            page.line(&format!("{}; {}", record.name, record.source));
        }
        let bed = format!("{} Gy", self.total.bed.label());
        let eqd = format!("{} Gy", self.total.eqd.label());
        let mut rows: Vec<Vec<String>> = self
            .phases
            .iter()
            .enumerate()
            .map(|(index, row)| {
                vec![
                    format!("phase {}", index + 1),
                    row.fractions.to_string(),
                    decimal(row.dose_per_fraction.value),
                    decimal(row.dose.gray()),
                    format!("{:.3}", row.bed.gray()),
                    format!("{:.3}", row.eqd.gray()),
                ]
            })
            .collect();
        rows.push(vec![
            "total".to_string(),
            self.total.fractions.to_string(),
            String::new(),
            decimal(self.total.dose.gray()),
            format!("{:.3}", self.total.bed.gray()),
            format!("{:.3}", self.total.eqd.gray()),
        ]);
        page.table(&["", "n", "d Gy", "D Gy", &bed, &eqd], &rows);
        if !self.terms.is_empty() {
            if let Some(time) = self.overall_time {
                page.paragraph(&format!(
                    "overall time {time}; phases are each on their own, without loss to it"
                ));
            }
            page.line("");
            let rows: Vec<Vec<String>> = self
                .terms
                .iter()
                .map(|term| {
                    vec![
                        term.name.replace('_', " "),
                        term.formula.clone(),
                        format!("{:.3}", term.value),
                    ]
                })
                .collect();
            page.mixed_table(&["term of the total", "", "BED Gy"], &rows, 2);
        }
        if let Some(over) = &self.over_interval {
            page.line(&over.text());
        }
        let eqd = format!("EQD{}", decimal(self.total.eqd.reference().gray()));
        Comparison::show(page, &self.comparisons, &eqd);
    }
}
