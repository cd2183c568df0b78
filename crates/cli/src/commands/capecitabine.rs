//! `capecitabine`: an order from body size to tablets.

use chemorad::capecitabine::{
    CapecitabineOrder, Caps, DaySplit, DeviationTolerance, HeightChange, OrderRequest, Regimen,
    RoundingPolicy, RoundingRule, RuleSelection, TabletStock, Ties, WeightChange,
};
use chemorad::patient::SurfaceArea;
use chemorad::quantity::{Basis, DoseIntensity, OrderedDose, TabletStrength};
use chemorad_case::PrescribedDrug;
use chemorad_protocol::TreatmentOption;
use chemorad_render::capecitabine::page;
use clap::ValueEnum;

use crate::args::drug_rules::RuleArgs;
use crate::args::fhir_request::RequestArgs;
use crate::args::person::Person;
use crate::args::renal::RenalArgs;
use crate::args::supply::SupplyArgs;
use crate::failure::Failure;
use crate::output::Context;
use crate::protocols;
use crate::report::Report;
use crate::rules;

/// Capecitabine from body size through renal function, DPYD and other rules to tablets and supply.
///
/// Nothing is assumed: formula, tablets, rounding and ties are asked for; rules, facts and days
/// are used when given, and what was not checked is listed.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad capecitabine --height 170cm --weight 70kg --formula mosteller \\
    --intensity 825mg/m2 --per administration --times-per-day 2 \\
    --tablets 500mg,150mg --max-150 2 --rounding nearest --ties up
  where renal function, DPYD and other drugs were checked elsewhere, the same and:
    --without renal,dpyd,interactions
  with rules and supply, the same and:
    --rule-set renal=fda-label-2026 --age 62 --sex female \\
    --creatinine 80umol/L --weight-basis actual \\
    --rule-set cpic-dpyd-2018 --dpyd-alleles \"c.1905+1G>A,Reference\" \\
    --rule-set eu-leaflet-interactions --interacting-drug none \\
    --days radiotherapy-days --start 2026-12-07 --fractions 28 --dispense-every 7d
  as a FHIR request, the same and:
    --export fhir --subject Patient/ID --status draft --intent plan")]
pub(crate) struct Args {
    #[command(flatten)]
    person: Person,
    /// The protocol that the order is given by, with its arm or treatment: NCT06949098/adverse.
    /// Intensity, days and number of fractions are compared with it, and the drugs it gives with
    /// capecitabine go through the interaction rules.
    #[arg(long, value_name = "ID|FILE/ARM")]
    protocol: Option<String>,
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
    /// nearest, down, up, fewest:5% for the fewest tablets within a deviation, or bands:NAME for the
    /// dose table of a rule set or a rule-set file.
    #[arg(long)]
    rounding: RoundingRule,
    /// up or down: what to do halfway, for nearest and fewest.
    #[arg(long)]
    ties: Option<Ties>,
    /// How the day is divided: equal, larger-morning or larger-evening. Equal unless given, which
    /// is what an intensity per administration says.
    #[arg(long, default_value = "equal", hide_default_value = true)]
    split: DaySplit,
    /// Dose on at most this body surface area, for example 2m2. No cap unless given.
    #[arg(long)]
    bsa_cap: Option<SurfaceArea>,
    /// Give at most this much at one administration. No cap unless given.
    #[arg(long)]
    dose_cap: Option<OrderedDose>,
    /// A larger deviation of the ordered dose from the calculated one, after a cap if one acts, is a
    /// failed check: 5%.
    #[arg(long, allow_hyphen_values = true)]
    tolerance: Option<DeviationTolerance>,
    /// List every deliverable amount of one administration, not only those next to the ordered one.
    #[arg(long)]
    all_candidates: bool,
    /// Instead of the page: the order in a format for other systems.
    #[arg(long, value_enum, value_name = "FORMAT")]
    export: Option<Export>,
    #[command(flatten)]
    rules: RuleArgs,
    #[command(flatten)]
    renal: RenalArgs,
    #[command(flatten)]
    intake: SupplyArgs,
    #[command(flatten)]
    fhir: RequestArgs,
}

#[derive(Clone, Copy, ValueEnum)]
enum Per {
    Administration,
    Day,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Export {
    /// JSON, chemorad.capecitabine-order/2: everything given, applied, ordered and found.
    Record,
    /// FHIR R4 `MedicationRequest`; needs --subject, --status, --intent and the days.
    Fhir,
}

impl Args {
    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        if self.export != Some(Export::Fhir) {
            self.fhir.refuse()?;
        }
        if self.export.is_some()
            && (context.asked.detail == chemorad_render::Detail::Full || self.all_candidates)
        {
            return Err(Failure::new(
                "--show-work and --all-candidates are for the page: an export holds the derivations, \
                 leave them out",
            ));
        }
        let order = CapecitabineOrder::plan(self.request(context)?)?;
        match self.export {
            Some(Export::Record) => {
                return Report::json_only(&order).map(|report| report.judged(order.outcome()));
            }
            Some(Export::Fhir) => return self.fhir.report(&order, self.intake.kind().cloned()),
            None => {}
        }
        let page = page(&order, self.all_candidates);
        Ok(Report::new(page, &order).judged(order.outcome()))
    }

    fn request(&self, context: &Context<'_>) -> Result<OrderRequest, Failure> {
        let size = self.person.size()?;
        let (area, regimen) = (self.person.area()?, self.regimen()?);
        let (stock, policy, rules) = (
            self.stock()?,
            self.policy(context)?,
            self.selection(context)?,
        );
        let facts = self.rules.facts(&self.renal, self.person.sex(), size)?;
        let supply = match self.export {
            // a request may say its days without dates
            Some(Export::Fhir) if self.intake.is_undated() => None,
            _ => self.intake.request(context)?,
        };
        let fractions = self.intake.number(supply.as_ref());
        let request = OrderRequest::new(regimen, area, stock, policy)
            .with_notes(size.warnings())
            .with_notes(self.intake.of_dates(context)?)
            .with_caps(Caps {
                body_surface_area: self.bsa_cap,
                dose_per_administration: self.dose_cap,
            })
            .with_split(self.split)
            .with_tolerance(self.tolerance)
            .with_rules(rules, facts)
            .with_decision(self.rules.decision())
            .with_weight_change(self.rules.previous_weight.map(|before| WeightChange {
                before,
                now: self.person.weight(),
            }))
            .with_height_change(self.rules.previous_height.map(|before| HeightChange {
                before,
                now: size.height(),
            }))
            .asking_for_rules(self.rules.waived()?)
            .as_of(self.rules.as_of())
            .with_overrides(self.rules.overrides())
            .with_intake(self.intake.kind().cloned())
            .with_supply(supply);
        match &self.protocol {
            Some(named) => by_protocol(context, named, request, fractions),
            None => Ok(request),
        }
    }

    /// The rule sets, with the one whose dose table is the rounding.
    fn selection(&self, context: &Context<'_>) -> Result<RuleSelection, Failure> {
        let selected = self.rules.selection(context)?;
        match self.rounding.table() {
            Some(table) => Ok(selected.with_dose_table(&rules::load(context, table)?)?),
            None => Ok(selected),
        }
    }

    fn policy(&self, context: &Context<'_>) -> Result<RoundingPolicy, Failure> {
        self.rounding
            .policy(self.ties, |name| rules::load(context, name))
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
}

/// The order compared with the protocol that it is given by: `ID/ARM` or `ID/OPTION`.
fn by_protocol(
    context: &Context<'_>,
    named: &str,
    mut request: OrderRequest,
    fractions: Option<u32>,
) -> Result<OrderRequest, Failure> {
    let (protocol, arm) = named.rsplit_once('/').ok_or_else(|| {
        Failure::new(format!(
            "--protocol {named:?}: write the protocol and its arm or treatment, such as \
             NCT06949098/adverse"
        ))
    })?;
    let protocol = protocols::sound(context, protocol)?;
    let options: Vec<&TreatmentOption> = match (protocol.option(arm), protocol.arm(arm)) {
        (Some((_, option)), _) => vec![option],
        (None, Some(arm)) => arm.options.iter().collect(),
        (None, None) => {
            let arms: Vec<&str> = protocol.arms.iter().map(|arm| arm.id.as_str()).collect();
            return Err(Failure::new(format!(
                "--protocol {named:?}: {} has no arm or treatment of this name. Arms: {}",
                protocol.id,
                arms.join(", ")
            )));
        }
    };
    let giving: Vec<(&TreatmentOption, PrescribedDrug<'_>)> = options
        .iter()
        .filter_map(|option| Some((*option, PrescribedDrug::of(&protocol, option)?)))
        .collect();
    let prescribed = match giving.as_slice() {
        [(_, only)] => only,
        [] => {
            return Err(Failure::new(format!(
                "--protocol {named:?}: no treatment there gives capecitabine in one regimen"
            )));
        }
        several => {
            let names: Vec<&str> = several
                .iter()
                .map(|(option, _)| option.id.as_str())
                .collect();
            return Err(Failure::new(format!(
                "--protocol {named:?}: several treatments of this arm give capecitabine: name one, \
                 {}/{}",
                protocol.id,
                names.join(" or ")
            )));
        }
    };
    let found = prescribed.compare(&request, fractions);
    request.facts.protocol_drugs = prescribed.other_drugs();
    Ok(request.prescribed(true).with_notes(found))
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
