use chemorad::capecitabine::{
    CalculatedAdministration, Candidate, Caps, DeviationTolerance, OrderedAdministration, Regimen,
    RoundingPolicy, TabletCount, TabletStock, Ties,
};
use chemorad::derivation::Derivation;
use chemorad::finding::{Finding, Outcome};
use chemorad::patient::BodySurfaceArea;
use chemorad::quantity::{
    Basis, CalculatedDose, DailyDose, DoseIntensity, OrderedDose, TabletStrength,
};
use clap::ValueEnum;
use serde::Serialize;

use super::bsa::{Limit, Person, SquareMeters};
use crate::failure::Failure;
use crate::report::{Page, Report};

/// Capecitabine tablets from body size, intensity, stock and rounding policy.
///
/// Nothing is assumed: formula, tablets, rounding and ties are all asked for.
#[derive(clap::Args)]
#[command(after_help = "Example:
  chemorad capecitabine --height 170cm --weight 70kg --formula mosteller \\
    --intensity 825mg/m2 --per administration --times-per-day 2 \\
    --tablets 500mg,150mg --max-150 2 --rounding nearest --ties up")]
pub(crate) struct Args {
    #[command(flatten)]
    person: Person,
    /// Dose intensity with unit: 825mg/m2.
    #[arg(long, allow_hyphen_values = true)]
    intensity: String,
    /// Whether the intensity is per administration or per day.
    #[arg(long, value_enum)]
    per: Per,
    /// Administrations a day.
    #[arg(long, allow_hyphen_values = true)]
    times_per_day: String,
    /// Tablet strengths in stock: 500mg,150mg.
    #[arg(long)]
    tablets: TabletStock,
    /// At most this many 150 mg tablets at one administration.
    #[arg(long, value_name = "COUNT", allow_hyphen_values = true)]
    max_150: Option<String>,
    /// At most so many tablets of a strength at one administration: 300mg=1; may be repeated.
    #[arg(long, value_name = "STRENGTH=COUNT")]
    max_count: Vec<String>,
    /// nearest, down or up.
    #[arg(long)]
    rounding: String,
    /// up or down: what to do halfway, for nearest.
    #[arg(long)]
    ties: Option<Ties>,
    /// Dose on at most this body surface area, for example 2m2. No cap unless given.
    #[arg(long)]
    bsa_cap: Option<Limit>,
    /// Give at most this much at one administration. No cap unless given.
    #[arg(long)]
    dose_cap: Option<OrderedDose>,
    /// A larger deviation of the ordered dose is a failed check: 5%.
    #[arg(long)]
    tolerance: Option<DeviationTolerance>,
    /// List every deliverable amount, not only those next to the calculated dose.
    #[arg(long)]
    all_candidates: bool,
    /// Print how every number was reached.
    #[arg(long)]
    show_work: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Per {
    Administration,
    Day,
}

#[derive(Serialize)]
struct Output<'a> {
    bsa: SquareMeters,
    formula: &'static str,
    regimen: Regimen,
    calculated: CalculatedDose,
    #[serde(skip_serializing_if = "Option::is_none")]
    capped: Option<CalculatedDose>,
    ordered: OrderedDose,
    ordered_per_day: DailyDose,
    deviation_percent: f64,
    tablets: &'a [TabletCount],
    rounding: String,
    tie: bool,
    explanation: &'a str,
    candidates: &'a [Candidate],
    adjustments: Vec<&'a Finding>,
    warnings: Vec<Finding>,
    derivations: Vec<Derivation>,
}

impl Args {
    pub(crate) fn run(self) -> Result<Report, Failure> {
        let area = self.person.area()?;
        let regimen = self.regimen()?;
        let caps = Caps {
            body_surface_area: self.bsa_cap,
            dose_per_administration: self.dose_cap,
        };
        let calculated = CalculatedAdministration::new(regimen, &area, caps)?;
        let stock = self.stock()?;
        let policy = RoundingPolicy::parse(&self.rounding, self.ties)?;
        let ordered = OrderedAdministration::choose(&calculated, &stock, &policy, self.tolerance)?;

        let mut warnings = self.person.size()?.warnings();
        warnings.extend(area.warnings());
        warnings.extend(ordered.findings().iter().cloned());
        let output = Output {
            bsa: (&area).into(),
            formula: area.formula().map_or("stated", |formula| formula.name()),
            regimen,
            calculated: calculated.uncapped(),
            capped: calculated.is_capped().then(|| calculated.dose()),
            ordered: ordered.dose(),
            ordered_per_day: ordered.dose_per_day(),
            deviation_percent: ordered.deviation_from_uncapped_percent(),
            tablets: ordered.chosen().tablets(),
            rounding: policy.to_string(),
            tie: ordered.is_tie(),
            explanation: ordered.explanation(),
            candidates: ordered.candidates(),
            adjustments: calculated.findings().iter().collect(),
            warnings,
            derivations: vec![
                area.derivation(),
                calculated.derivation().clone(),
                ordered.derivation().clone(),
            ],
        };
        let outcome = Outcome::worst(output.warnings.iter().map(|finding| finding.outcome));
        let page = self.page(&output, &area, &stock)?;
        Ok(Report::new(page, &output).judged(outcome))
    }

    fn regimen(&self) -> Result<Regimen, Failure> {
        let per = match self.per {
            Per::Administration => Basis::Administration,
            Per::Day => Basis::Day,
        };
        let intensity = DoseIntensity::parse(&self.intensity, per)?;
        let times = whole(&self.times_per_day, "--times-per-day")?;
        Ok(Regimen::from_intensity(intensity, times)?)
    }

    fn stock(&self) -> Result<TabletStock, Failure> {
        let mut stock = self.tablets.clone();
        if let Some(most) = &self.max_150 {
            let small = TabletStrength::constant("150 mg");
            stock = limited(&stock, small, whole(most, "--max-150")?)?;
        }
        for limit in &self.max_count {
            let (strength, most) = limit.split_once('=').ok_or_else(|| {
                Failure::new(format!(
                    "--max-count {limit:?}: write the strength and the count, for example 300mg=1"
                ))
            })?;
            stock = limited(&stock, strength.parse()?, whole(most, "--max-count")?)?;
        }
        Ok(stock)
    }

    fn page(
        &self,
        output: &Output<'_>,
        area: &BodySurfaceArea,
        stock: &TabletStock,
    ) -> Result<Page, Failure> {
        let mut page = Page::new("Capecitabine: from body size to tablets");
        let mut pairs = self.person.pairs(self.person.size()?);
        let times = output.regimen.administrations_per_day();
        pairs.extend([
            (
                "body surface area",
                format!("{:.4} m2 ({})", area.square_meters(), output.formula),
            ),
            (
                "intensity",
                format!(
                    "{} per administration, {times} a day = {}",
                    output.regimen.intensity(),
                    output.regimen.intensity_per_day()
                ),
            ),
            (
                "calculated",
                match output.capped {
                    None => format!("{:.2} per administration", output.calculated),
                    Some(capped) => format!(
                        "{:.2} per administration; after the cap {capped:.2}",
                        output.calculated
                    ),
                },
            ),
            ("tablets in stock", stock.to_string()),
            ("rounding", output.rounding.clone()),
            (
                "ordered",
                format!(
                    "{} per administration, {} per day",
                    output.ordered, output.ordered_per_day
                ),
            ),
        ]);
        page.pairs(&pairs);
        page.line("");
        page.line(output.explanation);
        page.section(if self.all_candidates {
            "Deliverable amounts"
        } else {
            "Deliverable amounts next to the calculated dose (--all-candidates for all)"
        });
        page.candidates(output.candidates, output.ordered, self.all_candidates);
        if !output.warnings.is_empty() {
            page.section("To be looked at");
            page.findings(&output.warnings);
        }
        page.line(
            "\nRenal function, DPYD status, interactions and supply are not part of this check.",
        );
        if self.show_work {
            page.section("Work");
            page.work(&output.derivations);
        }
        Ok(page)
    }
}

/// A second limit on a strength would silently replace the first.
fn limited(
    stock: &TabletStock,
    strength: TabletStrength,
    most: u32,
) -> Result<TabletStock, Failure> {
    let twice = stock
        .tablets()
        .any(|tablet| tablet.strength == strength && tablet.at_most.is_some());
    if twice {
        return Err(Failure::new(format!(
            "the number of {strength} tablets is limited twice: give one limit"
        )));
    }
    Ok(stock.with_limit(strength, most)?)
}

fn whole(text: &str, what: &str) -> Result<u32, Failure> {
    let digits = text.trim();
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Failure::new(format!(
            "{what} {text:?}: write a whole number"
        )));
    }
    digits
        .parse()
        .map_err(|_| Failure::new(format!("{what} {text:?}: the number is too large")))
}
