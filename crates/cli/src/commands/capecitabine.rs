//! `capecitabine`: an order from body size to tablets.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use chemorad::capecitabine::{
    CapecitabineOrder, Caps, DaySplit, DeviationTolerance, HeightChange, OrderRequest, Regimen,
    RoundingRule, RuleSelection, TabletStock, Ties, WeightChange,
};
use chemorad::patient::SurfaceArea;
use chemorad::quantity::{Basis, DoseIntensity, OrderedDose, TabletStrength};
use chemorad_case::PrescribedDrug;
use chemorad_protocol::TreatmentOption;
use chemorad_reader::Format;
use chemorad_render::capecitabine::page;
use clap::ValueEnum;

use super::sheet;
use crate::args::drug_rules::RuleArgs;
use crate::args::entered::EnteredArgs;
use crate::args::fhir_request::RequestArgs;
use crate::args::person::{Body, Measured, Person, all_missing};
use crate::args::renal::RenalArgs;
use crate::args::site::{SiteArgs, SiteValues, missing};
use crate::args::supply::SupplyArgs;
use crate::failure::Failure;
use crate::output::Context;
use crate::protocols::{self, Part};
use crate::report::Report;
use crate::rules;

/// Capecitabine from body size through renal function, DPYD and other rules to tablets and supply.
///
/// Nothing is assumed: formula, tablets, rounding and ties are asked for; rules, facts and days
/// are used when given, and what was not checked is listed.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad capecitabine 170cm 72kg \"825 mg/m2 bid\" --site examples/site.toml \\
    --dpyd not-tested --start 2026-12-07 --fractions 28
  chemorad capecitabine 170cm 72kg \"825 mg/m2 bid\" --formula mosteller \\
    --tablets 500mg,150mg --max-150 2 --rounding nearest --ties up \\
    --without renal,dpyd,interactions
  chemorad capecitabine 170cm 72kg \"825 mg/m2 bid\" --site examples/site.toml \\
    --age 62 --sex female --creatinine 80umol/L \\
    --dpyd-alleles \"c.1905+1G>A,Reference\" --interacting-drug none \\
    --start 2026-12-07 --fractions 28 --dispense-every 7d
  chemorad capecitabine examples/adjuvant-chemoradiotherapy.toml
  chemorad capecitabine 170cm 72kg \"825 mg/m2 bid\" --site examples/site.toml \\
    --age 62 --sex female --creatinine 80umol/L --dpyd 2 \\
    --interacting-drug none --start 2026-12-07 --fractions 28 \\
    --export fhir --subject Patient/1 --status draft --intent plan")]
pub(crate) struct Args {
    /// Height, weight and regimen with their units; or a case, a .toml or .json file, as sheet takes it.
    #[arg(value_name = "170cm 72kg \"825 mg/m2 bid\"|case.toml")]
    given: Vec<Given>,
    #[command(flatten)]
    person: Person,
    #[command(flatten)]
    site: SiteArgs,
    /// The protocol that the order is given by, with its arm or treatment: NCT06949098/adverse.
    /// Intensity, days and number of fractions are compared with it, and the drugs it gives with
    /// capecitabine go through the interaction rules.
    #[arg(long, value_name = "ID|FILE/ARM")]
    protocol: Option<String>,
    /// Instead of the regimen before the flags: the dose intensity with unit, 825mg/m2 with --per and
    /// --times-per-day, or "825 mg/m2 bid".
    #[arg(long, value_name = "825mg/m2", allow_hyphen_values = true)]
    intensity: Option<String>,
    /// Whether the intensity is per administration or per day.
    #[arg(long, value_enum, requires = "intensity")]
    per: Option<Per>,
    /// Administrations a day.
    #[arg(
        long,
        value_name = "2",
        requires = "intensity",
        allow_hyphen_values = true
    )]
    times_per_day: Option<String>,
    /// Tablet strengths in stock.
    #[arg(long, value_name = "500mg,150mg")]
    tablets: Option<TabletStock>,
    /// At most this many 150 mg tablets at one administration.
    #[arg(long, value_name = "2", allow_hyphen_values = true)]
    max_150: Option<String>,
    /// At most so many tablets of a strength at one administration: 300mg=1; may be repeated.
    #[arg(long, value_name = "300mg=1")]
    max_count: Vec<String>,
    /// nearest, down, up, fewest:5% for the fewest tablets within a deviation, or bands:NAME for the
    /// dose table of a rule set or a rule-set file.
    #[arg(long, value_name = "nearest")]
    rounding: Option<RoundingRule>,
    /// up or down: what to do halfway, for nearest and fewest.
    #[arg(long, value_name = "up")]
    ties: Option<Ties>,
    /// How the day is divided: equal, larger-morning or larger-evening. Equal unless given, which
    /// is what an intensity per administration says.
    #[arg(long, default_value = "equal", hide_default_value = true)]
    split: DaySplit,
    /// Dose on at most this body surface area, for example 2m2. No cap unless given.
    #[arg(long, value_name = "2m2")]
    bsa_cap: Option<SurfaceArea>,
    /// Give at most this much at one administration. No cap unless given.
    #[arg(long, value_name = "2000mg")]
    dose_cap: Option<OrderedDose>,
    /// A larger deviation of the ordered dose from the calculated one, after a cap if one acts, is a
    /// failed check: 5%.
    #[arg(long, value_name = "5%", allow_hyphen_values = true)]
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
    #[command(flatten)]
    entered: EnteredArgs,
}

/// A value that its unit tells, or the file of a case.
#[derive(Debug, Clone)]
enum Given {
    Case(PathBuf),
    Measured(Measured),
}

impl FromStr for Given {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if Format::of(Path::new(text)).is_some() {
            return Ok(Self::Case(text.into()));
        }
        let read = text.parse().map(Self::Measured);
        read.map_err(|error| format!("{error}; a case is a file whose name ends in .toml or .json"))
    }
}

/// What an order needs, from hand or the site file.
struct Decided {
    body: Body,
    regimen: Regimen,
    tablets: TabletStock,
    rounding: RoundingRule,
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
    pub(crate) fn run(mut self, context: &Context<'_>) -> Result<Report, Failure> {
        let mut measured = Vec::new();
        for given in &self.given {
            match given {
                Given::Measured(value) => measured.push(*value),
                Given::Case(path) => return self.sheet(context, path),
            }
        }
        let regimen = self.person.take(&measured)?;
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
        if self.export.is_some() && self.entered.is_given() {
            return Err(Failure::new(
                "--ordered is checked, and --export writes the expected order: give one of them",
            ));
        }
        let mut site = self.site.read(context)?;
        let request = self.request(context, regimen, &mut site)?;
        site.tell(context);
        let order = CapecitabineOrder::plan(request)?;
        if let Some(report) = self.entered.report(context, &order) {
            return Ok(report);
        }
        match self.export {
            Some(Export::Record) => {
                return context
                    .json_only(&order)
                    .map(|report| report.judged(order.outcome()));
            }
            Some(Export::Fhir) => return self.fhir.report(&order, self.intake.kind().cloned()),
            None => {}
        }
        let page = page(&order, self.all_candidates);
        Ok(context.report(page, &order).judged(order.outcome()))
    }

    /// A case as `sheet` answers it.
    fn sheet(&self, context: &Context<'_>, case: &Path) -> Result<Report, Failure> {
        let with_case = self.given.len() == 1 && self.person.is_empty() && self.has_no_order();
        if !with_case {
            return Err(Failure::new(
                "a case file holds its own values: leave the others out, or the file; --site goes with a file",
            ));
        }
        let sheet = sheet::Args::of_case(case, self.site.clone());
        if self.entered.is_given() {
            return sheet.order(context, &self.entered);
        }
        sheet.run(context)
    }

    /// Whether no flag of the order is given.
    fn has_no_order(&self) -> bool {
        self.protocol.is_none()
            && self.intensity.is_none()
            && self.tablets.is_none()
            && self.rounding.is_none()
            && self.ties.is_none()
            && self.max_150.is_none()
            && self.max_count.is_empty()
            && self.bsa_cap.is_none()
            && self.dose_cap.is_none()
            && self.tolerance.is_none()
            && self.export.is_none()
            && !self.all_candidates
            && self.rules.is_empty()
            && self.renal.is_empty()
            && self.intake.is_empty()
    }

    /// What is given with what the site decided; all that is still missing is said at once.
    fn decided(
        &mut self,
        regimen: Option<Regimen>,
        site: &mut SiteValues,
    ) -> Result<Decided, Failure> {
        let mut absent = Vec::new();
        let body = self.person.body(site, &mut absent)?;
        let regimen = self.regimen(regimen, &mut absent)?;
        let tablets = site.decide("tablets in stock", self.tablets.clone(), |site| {
            site.tablet_strengths.clone()
        });
        if tablets.is_none() {
            absent.push(missing("--tablets", "tablet_strengths"));
        }
        let by_hand = self.rounding.clone();
        let rounding_by_hand = by_hand.is_some();
        let rounding = site.decide("rounding", by_hand, |site| site.rounding.clone());
        if rounding.is_none() {
            absent.push(missing("--rounding", "rounding"));
        }
        // the rule for halves belongs to the rounding that it is given with
        self.ties = site.decide("ties", self.ties, |site| {
            site.ties
                .filter(|_| !rounding_by_hand || site.rounding == self.rounding)
        });
        self.bsa_cap = site.decide("cap on the body surface area", self.bsa_cap, |site| {
            site.body_surface_area_cap
        });
        self.dose_cap = site.decide("cap on the dose", self.dose_cap, |site| site.dose_cap);
        self.tolerance = site.decide("tolerance of the deviation", self.tolerance, |site| {
            site.deviation_tolerance
        });
        self.renal.of_site(site);
        self.rules.of_site(site);
        self.intake.of_site(site);
        match (body, regimen, tablets, rounding) {
            (Some(body), Some(regimen), Some(tablets), Some(rounding)) => Ok(Decided {
                body,
                regimen,
                tablets,
                rounding,
            }),
            _ => Err(all_missing(&absent)),
        }
    }

    fn request(
        &mut self,
        context: &Context<'_>,
        regimen: Option<Regimen>,
        site: &mut SiteValues,
    ) -> Result<OrderRequest, Failure> {
        let decided = self.decided(regimen, site)?;
        let size = decided.body.size;
        let area = decided.body.area()?;
        let rounding = match decided.rounding.table() {
            // a table of the site file lies in its folder
            Some(table) if self.rounding.is_none() && table.is_file() => {
                let beside = site.beside(table.as_str()).display().to_string();
                format!("bands:{beside}").parse()?
            }
            _ => decided.rounding,
        };
        let (stock, policy, rules) = (
            self.stock(decided.tablets)?,
            rounding.policy(self.ties, |name| rules::load(context, name))?,
            self.selection(context, &rounding)?,
        );
        let facts = self.rules.facts(&self.renal, decided.body.sex, size)?;
        let supply = match self.export {
            // a request may say its days without dates
            Some(Export::Fhir) if self.intake.is_undated() => None,
            _ => self.intake.request(context)?,
        };
        let fractions = self.intake.number(supply.as_ref());
        let request = OrderRequest::new(decided.regimen, area, stock, policy)
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
                now: size.weight(),
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
    fn selection(
        &self,
        context: &Context<'_>,
        rounding: &RoundingRule,
    ) -> Result<RuleSelection, Failure> {
        let selected = self.rules.selection(context)?;
        match rounding.table() {
            Some(table) => Ok(selected.with_dose_table(&rules::load(context, table)?)?),
            None => Ok(selected),
        }
    }

    /// The regimen in its place or by flags, or what of it is missing.
    fn regimen(
        &self,
        given: Option<Regimen>,
        absent: &mut Vec<String>,
    ) -> Result<Option<Regimen>, Failure> {
        let Some(intensity) = &self.intensity else {
            if given.is_none() {
                absent.push(
                    "the regimen is missing: write the intensity of one administration and how often a day, such as \"825 mg/m2 bid\"; or --intensity with --per (administration, day) and --times-per-day".into(),
                );
            }
            return Ok(given);
        };
        if given.is_some() {
            return Err(Failure::new(
                "the regimen is given twice, in its place and as --intensity: leave one out",
            ));
        }
        let per = match (self.per, &self.times_per_day) {
            (None, None) => {
                if let Ok(regimen) = intensity.parse() {
                    return Ok(Some(regimen));
                }
                absent.push("--per and --times-per-day are missing: is the intensity one of an administration or of a day, and how often a day is it given? Choices: --per administration or day, --times-per-day 1 to 4; or write both as --intensity \"825 mg/m2 bid\"".into());
                return Ok(None);
            }
            (None, Some(_)) => {
                absent.push("--per is missing: is the intensity one of an administration or of a day? They differ by a factor of two or more. Choices: administration, day".into());
                return Ok(None);
            }
            (Some(Per::Administration), _) => Basis::Administration,
            (Some(Per::Day), _) => Basis::Day,
        };
        let Some(times) = &self.times_per_day else {
            absent.push(
                "--times-per-day is missing: how often a day is it given? Choices: 1 to 4".into(),
            );
            return Ok(None);
        };
        let intensity = DoseIntensity::parse(intensity, per)?;
        let times = whole(times, "--times-per-day")?;
        Ok(Some(Regimen::from_intensity(intensity, times)?))
    }

    fn stock(&self, mut stock: TabletStock) -> Result<TabletStock, Failure> {
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
    let (protocol, part) = protocols::with_part(context, named)?;
    let options: Vec<&TreatmentOption> = match part {
        Some(Part::Option(_, option)) => protocol
            .option(&option)
            .into_iter()
            .map(|(_, option)| option)
            .collect(),
        Some(Part::Arm(arm)) => protocol
            .arm(&arm)
            .into_iter()
            .flat_map(|arm| &arm.options)
            .collect(),
        None => {
            return Err(Failure::new(format!(
                "--protocol {named:?}: write the protocol and its arm or treatment, such as \
                 NCT06949098/adverse. Arms: {}",
                protocols::arms(&protocol)
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
