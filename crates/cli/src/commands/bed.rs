use std::path::PathBuf;

use chemorad::derivation::{Derivation, decimal};
use chemorad::finding::{Finding, Outcome};
use chemorad::quantity::{AbsorbedDose, AlphaBeta, Bed, Eqd};
use chemorad::radiobiology::{
    DoseSeries, LinearQuadratic, TISSUE_PARAMETERS, Term, TissueParameter, Treatment,
    TreatmentTime, cautions,
};
use chemorad::radiotherapy::Fractionation;
use serde::Serialize;

use crate::failure::Failure;
use crate::picture_file;
use crate::plot;
use crate::report::{Page, Report};
use crate::time::{PartArgs, TimeArgs};

/// BED and EQD of fractionations given as one course to one volume.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad bed 45Gy/25 5.4Gy/3 --alpha-beta 10Gy
  chemorad bed \"25 x 1.8 Gy\" --alpha-beta 10Gy --alpha-beta 3Gy --show-work
  chemorad bed 25Gy/5 --endpoint rectal-adenocarcinoma-locoregional-control

  chemorad bed 45Gy/25 --alpha-beta 10Gy --overall-time 35d --kick-off 28d --loss-per-day 0.66Gy
  chemorad bed 45Gy/25 --alpha-beta 10Gy --start 2026-12-07 --kick-off 28d \\
    --alpha 0.35/Gy --doubling-time 3d
  chemorad bed \"68 x 1.2 Gy\" --alpha-beta 3Gy --per-day 2 --interval 6h --repair-half-time 4.4h
  chemorad bed 8Gy/1 --alpha-beta 2Gy --linear-above 4Gy --final-slope tangent
  chemorad bed 50.4Gy/28 --alpha-beta 10Gy --compare 25Gy/5 --plot eqd2.svg

With time, repair or a linear tail the phases show their effect without loss to time, the total
shows all of it, and `terms` shows the parts. With several alpha/beta the JSON holds one object for each under `results`.")]
pub(crate) struct Args {
    /// Fractionations in order: 45Gy/25, "25 x 1.8 Gy", "1.8 Gy x 25" or "45 Gy in 25".
    #[arg(required = true)]
    fractionations: Vec<Fractionation>,
    /// Alpha/beta ratio with unit; may be repeated. There is no default.
    #[arg(long, required_unless_present = "endpoint", allow_hyphen_values = true)]
    alpha_beta: Vec<AlphaBeta>,
    /// A published alpha/beta by name (see `chemorad endpoints`); may be repeated.
    #[arg(long)]
    endpoint: Vec<String>,
    /// The fraction size x of EQDx.
    #[arg(long, default_value = "2Gy")]
    reference: AbsorbedDose,
    #[command(flatten)]
    time: TimeArgs,
    #[command(flatten)]
    parts: PartArgs,
    /// Draw EQD over alpha/beta into an SVG file.
    #[arg(long, value_name = "FILE.svg")]
    plot: Option<PathBuf>,
    /// Another schedule for the picture; phases are joined by +, such as 45Gy/25+5.4Gy/3.
    #[arg(long, value_name = "SCHEDULE", requires = "plot")]
    compare: Vec<String>,
    /// Print how every number was reached.
    #[arg(long)]
    show_work: bool,
}

/// A term of a BED as tools read it.
#[derive(Serialize)]
pub(super) struct ShownTerm {
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

/// A dose per fraction that need not be a short decimal.
#[derive(Serialize)]
struct Gray {
    value: f64,
    unit: &'static str,
}

#[derive(Serialize)]
struct Total {
    fractions: u32,
    dose: AbsorbedDose,
    bed: Bed,
    eqd: Eqd,
}

#[derive(Serialize)]
struct Output {
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
    warnings: Vec<Finding>,
    derivations: Vec<Derivation>,
}

/// BED and EQD over the published interval of α/β.
#[derive(Serialize)]
struct OverInterval {
    bed: chemorad::radiobiology::BedInterval,
    eqd: chemorad::radiobiology::EqdInterval,
}

#[derive(Serialize)]
struct Several {
    results: Vec<Output>,
}

impl Args {
    pub(crate) fn run(self) -> Result<Report, Failure> {
        let series = DoseSeries::of_fractionations(&self.fractionations).ok_or_else(|| {
            Failure::new(
                "the fractionations do not add up to one course: their sum is above 1000 Gy, or there are too many different numbers of fractions",
            )
        })?;
        let mut asked: Vec<(AlphaBeta, Option<&'static TissueParameter>)> =
            self.alpha_beta.iter().map(|&value| (value, None)).collect();
        for id in &self.endpoint {
            let record = find_endpoint(id)?;
            asked.push((record.alpha_beta, Some(record)));
        }
        let mut results: Vec<Output> = if self.time.is_plain(&self.parts) {
            asked
                .into_iter()
                .map(|(alpha_beta, endpoint)| self.calculate(&series, alpha_beta, endpoint))
                .collect()
        } else {
            let treatment = self.time.treatment(&self.fractionations, &self.parts)?;
            asked
                .into_iter()
                .map(|(alpha_beta, endpoint)| {
                    self.calculate_parts(&treatment, &series, alpha_beta, endpoint)
                })
                .collect::<Result<_, _>>()?
        };
        if let Some(path) = &self.plot {
            picture_file::write(path, &self.picture(&series)?)?;
        }
        let page = self.page(&results);
        Ok(match results.pop() {
            Some(only) if results.is_empty() => Report::new(page, &only),
            last => {
                results.extend(last);
                Report::new(page, &Several { results })
            }
        })
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
                    dose_per_fraction: Gray {
                        value: fractionation.gray_per_fraction(),
                        unit: "Gy",
                    },
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
                .map(|range| OverInterval {
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
    ) -> Result<Output, Failure> {
        let model = self.parts.parameters().model_at(alpha_beta)?;
        let mut warnings = Vec::new();
        let mut phases = Vec::new();
        for (index, &fractionation) in self.fractionations.iter().enumerate() {
            warnings.extend(cautions(&format!("phase {}", index + 1), fractionation));
            let alone = Treatment::of(&[fractionation])?.per_day(self.time.pattern()?);
            let effect = model.without_repopulation().effect(&alone)?;
            phases.push(Row {
                fractions: fractionation.fractions().get(),
                dose_per_fraction: Gray {
                    value: fractionation.gray_per_fraction(),
                    unit: "Gy",
                },
                dose: fractionation.total(),
                bed: effect.bed(),
                eqd: effect.eqd(self.reference)?,
            });
        }
        let effect = model.effect(treatment)?;
        warnings.extend(effect.findings());
        if endpoint.is_some_and(|record| record.alpha_beta_interval().is_some()) {
            warnings.push(Finding::new(
                "model.interval_not_shown",
                Outcome::NotApplicable,
                "interval",
                "the published interval of alpha/beta is shown for the plain model only",
            ));
        }
        Ok(Output {
            alpha_beta,
            endpoint,
            over_interval: None,
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
            warnings,
        })
    }

    /// EQD over α/β of this course and of those it is compared with.
    fn picture(&self, series: &DoseSeries) -> Result<String, Failure> {
        if !self.time.is_plain(&self.parts) {
            return Err(Failure::new(
                "--plot draws plain linear-quadratic EQD over alpha/beta: leave out the flags of time, repair and high doses",
            ));
        }
        let own: Vec<String> = self
            .fractionations
            .iter()
            .map(ToString::to_string)
            .collect();
        let mut schedules = vec![(own.join(" + "), *series)];
        for text in &self.compare {
            let phases = text
                .split('+')
                .map(str::parse)
                .collect::<Result<Vec<Fractionation>, _>>()?;
            let series = DoseSeries::of_fractionations(&phases)
                .ok_or_else(|| Failure::new(format!("{text:?} does not add up to one course")))?;
            let names: Vec<String> = phases.iter().map(ToString::to_string).collect();
            schedules.push((names.join(" + "), series));
        }
        plot::over_alpha_beta(&schedules, self.reference)
    }

    fn page(&self, results: &[Output]) -> Page {
        let mut page = Page::new("BED and EQD of one course to one volume");
        for output in results {
            page.section(&format!("a/b = {}", output.alpha_beta));
            if let Some(record) = output.endpoint {
                page.line(&format!("{}; {}", record.name, record.source));
            }
            let bed = format!("{} Gy", output.total.bed.label());
            let eqd = format!("{} Gy", output.total.eqd.label());
            let mut rows: Vec<Vec<String>> = output
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
                output.total.fractions.to_string(),
                String::new(),
                decimal(output.total.dose.gray()),
                format!("{:.3}", output.total.bed.gray()),
                format!("{:.3}", output.total.eqd.gray()),
            ]);
            page.table(&["", "n", "d Gy", "D Gy", &bed, &eqd], &rows);
            if !output.terms.is_empty() {
                if let Some(time) = output.overall_time {
                    page.line(&format!(
                        "\noverall time {time}; phases are without loss to it"
                    ));
                }
                page.line("");
                let rows: Vec<Vec<String>> = output
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
            if let Some(over) = &output.over_interval {
                let high = match over.bed.high {
                    Some(high) => format!("{:.3}", high.gray()),
                    None => "no bound (the interval reaches zero)".to_string(),
                };
                page.line(&format!(
                    "over the published interval of a/b: BED {:.3} to {high}; EQD {:.3} to {:.3} Gy",
                    over.bed.low.gray(),
                    over.eqd.low,
                    over.eqd.high
                ));
            }
        }
        page.line("\nBED and EQD are shown to 3 decimals; --format json gives them in full.");
        if let Some(first) = results.first() {
            if !first.warnings.is_empty() {
                page.section("Cautions");
                page.findings(&first.warnings);
            }
        }
        if self.show_work {
            page.section("Work");
            for output in results {
                page.work(&output.derivations);
            }
        }
        page
    }
}

pub(super) fn find_endpoint(id: &str) -> Result<&'static TissueParameter, Failure> {
    TissueParameter::find(id).ok_or_else(|| {
        let known: Vec<&str> = TISSUE_PARAMETERS.iter().map(|record| record.id).collect();
        Failure::new(format!(
            "no published alpha/beta is called {id:?}; known are: {}",
            known.join(", ")
        ))
    })
}
