//! Results over intervals of the parameters.

use chemorad::quantity::AbsorbedDose;
use chemorad::radiobiology::{
    AlphaBetaInterval, Difference, Enclosure, EnclosureMethod, Treatment, TreatmentTime,
    UncertainParameters, cautions,
};
use chemorad::report::Finding;
use chemorad::report::{Derivation, decimal};
use serde::Serialize;

use super::comparison::Comparison;
use super::{Args, Gray};
use crate::failure::Failure;
use chemorad_render::Document;

/// An interval that contains every value in between.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Range {
    low: Option<f64>,
    high: Option<f64>,
    unit: &'static str,
    method: EnclosureMethod,
    #[serde(skip_serializing_if = "Option::is_none")]
    floored: Option<bool>,
}

impl From<Enclosure> for Range {
    fn from(range: Enclosure) -> Self {
        Self {
            low: Some(range.low),
            high: range.high,
            unit: "Gy",
            method: range.method,
            floored: range.floored.then_some(true),
        }
    }
}

impl From<Difference> for Range {
    fn from(range: Difference) -> Self {
        Self {
            low: range.low,
            high: range.high,
            unit: "Gy",
            method: range.method,
            floored: None,
        }
    }
}

impl Range {
    /// `48.480 to 53.100`.
    pub(super) fn text(self) -> String {
        let end = |gray: Option<f64>| match gray {
            // not -0.000
            Some(gray) if gray.abs() < 0.0005 => "0.000".to_string(),
            Some(gray) => format!("{gray:.3}"),
            None => "no bound".to_string(),
        };
        let (low, high) = (end(self.low), end(self.high));
        if low == high {
            low
        } else {
            format!("{low} to {high}")
        }
    }

    pub(super) const fn method(self) -> EnclosureMethod {
        self.method
    }

    fn method_text(self) -> &'static str {
        match self.method {
            EnclosureMethod::Monotone => "monotone",
            EnclosureMethod::Subdivided => "subdivided",
        }
    }
}

#[derive(Serialize)]
struct Row {
    fractions: u32,
    dose_per_fraction: Gray,
    dose: AbsorbedDose,
    bed: Range,
    eqd: Range,
}

#[derive(Serialize)]
struct Total {
    fractions: u32,
    dose: AbsorbedDose,
    bed: Range,
    eqd: Range,
}

/// The result over intervals, in the place of the result at single values.
#[derive(Serialize)]
pub(super) struct IntervalOutput {
    pub(super) alpha_beta: AlphaBetaInterval,
    #[serde(skip_serializing_if = "is_plain")]
    parameters: UncertainParameters,
    phases: Vec<Row>,
    total: Total,
    #[serde(skip_serializing_if = "Option::is_none")]
    overall_time: Option<TreatmentTime>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) comparisons: Vec<Comparison>,
    pub(super) warnings: Vec<Finding>,
    pub(super) derivations: Vec<Derivation>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_plain(parameters: &UncertainParameters) -> bool {
    *parameters == UncertainParameters::default()
}

impl IntervalOutput {
    pub(super) fn new(
        args: &Args,
        alpha_beta: AlphaBetaInterval,
        treatment: &Treatment,
        dose: AbsorbedDose,
        others: &[Treatment],
    ) -> Result<Self, Failure> {
        let parameters = args.parts.parameters()?;
        let model = parameters.model(alpha_beta)?;
        let doses_alone = UncertainParameters {
            kick_off: None,
            loss_per_day: None,
            alpha: None,
            doubling_time: None,
            eqd2_loss_per_day: None,
            ..parameters
        }
        .model(alpha_beta)?;
        let mut warnings = Vec::new();
        let mut phases = Vec::new();
        for (index, &fractionation) in args.fractionations.iter().enumerate() {
            warnings.extend(cautions(&format!("phase {}", index + 1), fractionation));
            let alone = Treatment::of(&[fractionation])?.per_day(args.time.day.pattern()?);
            phases.push(Row {
                fractions: fractionation.fractions().get(),
                dose_per_fraction: Gray::new(fractionation.gray_per_fraction()),
                dose: fractionation.total(),
                bed: doses_alone.bed(&alone)?.into(),
                eqd: doses_alone.eqd(&alone, args.reference)?.into(),
            });
        }
        warnings.extend(args.time.cautions(&args.fractionations));
        warnings.extend(model.findings(treatment)?);
        let mut derivations = model.derive("the course", treatment, args.reference)?;
        for (schedule, other) in args.compare.iter().zip(others) {
            warnings.extend(schedule.cautions(model.findings(other)?));
            let of = format!("the schedule {schedule}");
            derivations.extend(model.derive(&of, other, args.reference)?);
        }
        Ok(Self {
            alpha_beta,
            parameters,
            total: Total {
                fractions: phases.iter().map(|row| row.fractions).sum(),
                dose,
                bed: model.bed(treatment)?.into(),
                eqd: model.eqd(treatment, args.reference)?.into(),
            },
            phases,
            overall_time: treatment.time(),
            comparisons: args
                .compare
                .iter()
                .zip(others)
                .map(|(schedule, other)| {
                    Comparison::over_intervals(schedule, treatment, other, &model, args.reference)
                })
                .collect::<Result<_, _>>()?,
            warnings,
            derivations,
        })
    }

    pub(super) fn show(&self, page: &mut Document, reference: AbsorbedDose) {
        page.section(&format!("a/b = {}", self.alpha_beta));
        if !is_plain(&self.parameters) {
            page.line(&self.parameters.in_words());
        }
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
                    row.bed.text(),
                    row.eqd.text(),
                ]
            })
            .collect();
        rows.push(vec![
            "total".to_string(),
            self.total.fractions.to_string(),
            String::new(),
            decimal(self.total.dose.gray()),
            self.total.bed.text(),
            self.total.eqd.text(),
        ]);
        let eqd = format!("EQD{}", decimal(reference.gray()));
        page.table(
            &["", "n", "d Gy", "D Gy", "BED Gy", &format!("{eqd} Gy")],
            &rows,
        );
        if let Some(time) = self.overall_time {
            page.paragraph(&format!(
                "overall time {time}; phases are each on their own, without loss to it"
            ));
        }
        page.paragraph(&format!(
            "Each interval contains the result for every value of the parameters in between ({}).",
            self.total.bed.method_text()
        ));
        Comparison::show(page, &self.comparisons, &eqd);
    }
}
