//! `capecitabine`: an order from body size to tablets.

use std::path::Path;

use chemorad::capecitabine::{
    CapecitabineError, CapecitabineOrder, DaySplit, HeightChange, OrderRequest, Regimen,
    WeightChange,
};
use chemorad::report::Finding;
use chemorad_case::{DrugDeparture, IsGiven, PrescribedDrug};
use chemorad_protocol::{Protocol, TreatmentOption};
use chemorad_render::capecitabine::page;
use clap::ValueEnum;

use super::sheet;
use crate::args::case_or::CaseOr;
use crate::args::drug_rules::RuleArgs;
use crate::args::entered::EnteredArgs;
use crate::args::fhir_request::RequestArgs;
use crate::args::order::OrderArgs;
use crate::args::person::{Measured, Person};
use crate::args::renal::RenalArgs;
use crate::args::site::{SiteArgs, SiteValues};
use crate::args::supply::SupplyArgs;
use crate::failure::{Failure, Refusal};
use crate::output::Context;
use crate::protocols::{self, Part};
use crate::refused;
use crate::report::Report;

/// Capecitabine from body size through renal function, DPYD and other rules to tablets and supply.
///
/// Nothing is assumed: formula, tablets, rounding and ties are asked for; rules, facts and days
/// are used when given, and what was not checked is listed.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad capecitabine 170cm 72kg \"825 mg/m2 bid\" --formula mosteller \\
    --tablets 500mg,150mg --max-150 2 --rounding nearest --ties up \\
    --without renal,dpyd,interactions
  chemorad capecitabine 170cm 72kg \"825 mg/m2 bid\" --site examples/site.toml \\
    --dpyd not-tested --start 2026-12-07 --fractions 28
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
    given: Vec<CaseOr<Measured>>,
    #[command(flatten)]
    person: Person,
    #[command(flatten)]
    site: SiteArgs,
    /// The protocol that the order is given by, with its arm or treatment: NCT06949098/adverse.
    /// Intensity, days and number of fractions are compared with it, and the drugs it gives with
    /// capecitabine go through the interaction rules.
    #[arg(long, value_name = "ID|FILE/ARM")]
    protocol: Option<String>,
    #[command(flatten)]
    order: OrderArgs,
    /// How the day is divided: equal, larger-morning or larger-evening. Equal unless given, which
    /// is what an intensity per administration says.
    #[arg(long)]
    split: Option<DaySplit>,
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

/// The regimen is asked for in its place or by flags.
const NO_REGIMEN: &str = "the regimen is missing: write the intensity of one administration and how often a day, such as \"825 mg/m2 bid\"; or --intensity with --per (administration, day) and --times-per-day";

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Export {
    /// JSON, chemorad.capecitabine-order/3: everything given, applied, to take and found.
    Record,
    /// FHIR R4 `MedicationRequest`; needs --subject, --status, --intent and the days.
    Fhir,
}

impl Args {
    pub(crate) fn run(mut self, context: &Context<'_>) -> Result<Report, Failure> {
        let mut measured = Vec::new();
        for given in &self.given {
            match given {
                CaseOr::Value(value) => measured.push(*value),
                CaseOr::Case(path) => return self.sheet(context, path),
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
                refused::INPUT_CONFLICT,
                "--show-work and --all-candidates are for the page: an export holds the derivations, \
                 leave them out",
            ));
        }
        if self.export.is_some() && self.entered.is_given() {
            return Err(Failure::new(
                refused::INPUT_CONFLICT,
                "--ordered is checked, and --export writes the expected order: give one of them",
            ));
        }
        if self.all_candidates && self.entered.is_given() {
            return Err(Failure::new(refused::INPUT_CONFLICT,
                "--all-candidates lists amounts for an order that is made, and --ordered checks one: give one \
                 of them",
            )
            .about("--all-candidates"));
        }
        let mut site = self.site.read(context)?;
        if let Some(report) = self.not_prescribed(context, &site)? {
            return Ok(report);
        }
        let request = self.request(context, regimen, &mut site)?;
        site.tell(context);
        let order = CapecitabineOrder::plan(request).map_err(|error| {
            let waived = matches!(error, CapecitabineError::WaivedWithRules { .. });
            let refusal = Refusal::from_error(error.to_string(), &error);
            refusal.about(waived.then_some("--without"))
        })?;
        if let Some(report) = self.entered.report(context, &order, &[])? {
            return Ok(report);
        }
        match self.export {
            Some(Export::Record) => {
                return Ok(context.json_only(&order).judged(order.outcome()));
            }
            Some(Export::Fhir) => return self.fhir.report(&order, self.intake.kind().cloned()),
            None => {}
        }
        let page = page(&order, self.all_candidates);
        Ok(context.report(page, &order).judged(order.outcome()))
    }

    /// An order that was entered for an arm or a treatment without capecitabine.
    fn not_prescribed(
        &self,
        context: &Context<'_>,
        site: &SiteValues,
    ) -> Result<Option<Report>, Failure> {
        let Some(named) = self.protocol.as_deref().filter(|_| self.entered.is_given()) else {
            return Ok(None);
        };
        let (protocol, part) = protocols::with_part(context, named)?;
        let options = options_of(&protocol, part.as_ref());
        let gives = |option: &&TreatmentOption| {
            let drugs = protocol.drugs_of(option).into_iter();
            let mut drugs = drugs.map(|drug| drug.is_capecitabine() || drug.drug.value().is_none());
            drugs.any(|is_or_may_be| is_or_may_be)
        };
        let answered_no = options.iter().map(|option| {
            match PrescribedDrug::of(&protocol, option)?.is_given(site.answers()) {
                IsGiven::AnsweredNo { question, answer } => Some((question, answer)),
                _ => None,
            }
        });
        let no: Vec<_> = answered_no.collect();
        let mut each = options.iter().zip(&no);
        if options.is_empty() || each.any(|(option, no)| no.is_none() && gives(option)) {
            return Ok(None);
        }
        let titles: Vec<&str> = options.iter().map(|option| option.title.as_str()).collect();
        let treatment = format!("{} ({named})", titles.join(", or "));
        let treatment = match no.iter().flatten().next() {
            Some((question, answer)) => {
                let id = question.id.as_str();
                format!("{treatment}, where the site file answers {id:?} with {answer:?}")
            }
            None => treatment,
        };
        Ok(self.entered.not_prescribed(context, &treatment, false, &[]))
    }

    /// A case as `sheet` answers it.
    fn sheet(&self, context: &Context<'_>, case: &Path) -> Result<Report, Failure> {
        self.fhir.refuse()?;
        let with_case = self.given.len() == 1 && self.person.is_empty() && self.has_no_order();
        if !with_case {
            return Err(Failure::new(
                refused::INPUT_CONFLICT,
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
            && self.order.is_empty()
            && self.export.is_none()
            && self.split.is_none()
            && !self.all_candidates
            && self.rules.is_empty()
            && self.renal.is_empty()
            && self.intake.is_empty()
    }

    fn request(
        &mut self,
        context: &Context<'_>,
        regimen: Option<Regimen>,
        site: &mut SiteValues,
    ) -> Result<OrderRequest, Failure> {
        // all that is missing is said at once
        let mut absent = Vec::new();
        let body = self.person.body(site, &mut absent)?;
        let order = self
            .order
            .decide(context, regimen, Some(NO_REGIMEN), site, &mut absent)?;
        let regimen = order.as_ref().and_then(|order| order.regimen);
        let (Some(body), Some(order), Some(regimen)) = (body, order, regimen) else {
            return Err(Failure::all(absent));
        };
        self.renal.of_site(site);
        self.rules.of_site(context, site);
        self.intake.of_site(site);
        let size = body.size;
        let area = body.area()?;
        let named = self.protocol.as_deref();
        let protocol = named
            .map(|named| protocols::with_part(context, named))
            .transpose()?;
        let prescribed = protocol
            .as_ref()
            .zip(named)
            .map(|((protocol, part), named)| prescribed_by(named, protocol, part.as_ref()))
            .transpose()?;
        let given = prescribed.map(|prescribed| prescribed.is_given(site.answers()));
        let departure = match given {
            Some(IsGiven::AnsweredNo { question, answer }) => {
                return Err(Failure::new(
                    refused::PROTOCOL_CONTRADICTED,
                    format!(
                        "--protocol {}: {} The site file answers {answer:?} (answers.{}), so there is no order \
                         for capecitabine",
                        named.unwrap_or_default(),
                        question.question,
                        question.id
                    ),
                ));
            }
            Some(IsGiven::Open(question)) => Some(DrugDeparture::GivenOpen {
                question: question.question.to_string(),
            }),
            Some(IsGiven::Answered { question, answer }) => {
                let answer = answer.to_string();
                site.decide(question.id.as_str(), None, |_| Some(answer));
                None
            }
            _ => None,
        };
        let mut taken = None;
        if let Some(count) = prescribed.map(|prescribed| prescribed.number_of_fractions()) {
            if self.intake.of_protocol(count)? {
                taken = count.map(|taken| DrugDeparture::FractionsTaken { taken });
            }
        }
        let rules = order.selection(context, &mut self.rules)?;
        let facts = self.rules.facts(&self.renal, body.sex, size)?;
        let supply = match self.export {
            // a request may say its days without dates
            Some(Export::Fhir) if self.intake.is_undated() => None,
            _ => self.intake.request(context)?,
        };
        let fractions = self.intake.number(supply.as_ref());
        let request = OrderRequest::new(regimen, area, order.stock, order.policy)
            .with_notes(size.warnings())
            .with_notes(self.intake.of_dates(context)?)
            .with_notes(departure.into_iter().chain(taken).map(Finding::from))
            .with_caps(order.caps)
            .with_split(self.split.unwrap_or(DaySplit::Equal))
            .with_tolerance(order.tolerance)
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
        Ok(match prescribed {
            Some(prescribed) => by_protocol(prescribed, request, fractions),
            None => request,
        })
    }
}

/// The capecitabine of a protocol that is named as `ID/ARM` or `ID/OPTION`.
fn prescribed_by<'p>(
    named: &str,
    protocol: &'p Protocol,
    part: Option<&Part>,
) -> Result<PrescribedDrug<'p>, Failure> {
    if part.is_none() && protocol.arms.len() != 1 {
        return Err(Failure::new(
            refused::PROTOCOL_PART_MISSING,
            format!(
                "--protocol {named:?}: write the protocol and its arm or treatment, such as \
             NCT06949098/adverse. Arms: {}",
                protocols::arms(protocol)
            ),
        ));
    }
    let options = options_of(protocol, part);
    let giving: Vec<(&TreatmentOption, PrescribedDrug<'_>)> = options
        .iter()
        .filter_map(|option| Some((*option, PrescribedDrug::of(protocol, option)?)))
        .collect();
    match giving.as_slice() {
        [(_, only)] => Ok(*only),
        [] => Err(Failure::new(
            refused::PROTOCOL_PART_UNKNOWN,
            format!("--protocol {named:?}: no treatment there gives capecitabine in one regimen"),
        )),
        several => {
            let names: Vec<&str> = several
                .iter()
                .map(|(option, _)| option.id.as_str())
                .collect();
            Err(Failure::new(
                refused::PROTOCOL_PART_MISSING,
                format!(
                    "--protocol {named:?}: several treatments of this arm give capecitabine: name one, \
                 {}/{}",
                    protocol.id,
                    names.join(" or ")
                ),
            ))
        }
    }
}

/// The treatments that a part names; without one those of the only arm.
fn options_of<'p>(protocol: &'p Protocol, part: Option<&Part>) -> Vec<&'p TreatmentOption> {
    match part {
        Some(Part::Option(_, option)) => protocol
            .option(option)
            .into_iter()
            .map(|(_, option)| option)
            .collect(),
        Some(Part::Arm(arm)) => protocol
            .arm(arm)
            .into_iter()
            .flat_map(|arm| &arm.options)
            .collect(),
        // there is nothing to choose
        None => match protocol.arms.as_slice() {
            [only] => only.options.iter().collect(),
            _ => Vec::new(),
        },
    }
}

/// The order compared with the protocol that it is given by.
fn by_protocol(
    prescribed: PrescribedDrug<'_>,
    mut request: OrderRequest,
    fractions: Option<u32>,
) -> OrderRequest {
    let caps = &mut request.caps;
    caps.dose_per_administration = caps.dose_per_administration.or(prescribed.cap());
    let found = prescribed.compare(&request, fractions);
    request.facts.protocol_drugs = prescribed.other_drugs();
    request.prescribed(true).with_notes(found)
}
