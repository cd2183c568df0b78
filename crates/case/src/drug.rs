//! The drug of a sheet, from body size to tablets.

use std::string::{String, ToString};
use std::vec::Vec;

use jiff::civil::Date;

use super::case::Case;
use super::day_one::intake;
use super::drug_rules;
use super::error::{Found, SheetError};
use super::provenance::Provenance;
use super::resolve::{of_site, resolve};
use super::validate;
use chemorad::capecitabine::{
    CapecitabineError, CapecitabineOrder, Caps, ClinicalFacts, DaySplit, HeightChange,
    OrderRequest, Regimen, RoundingPolicy, RoundingRule, SupplyRequest, TabletStock, WeightChange,
};
use chemorad::patient::{BodySize, BodySurfaceArea, BodySurfaceAreaFormula, Sex};
use chemorad::quantity::{DoseIntensity, OrderedDose};
use chemorad::report::Derivation;
use chemorad::report::Finding;
use chemorad::text::Text;
use chemorad_protocol::{DrugDays, DrugRegimen, Protocol, Question};

/// One drug from body size to tablets: the order, with what the protocol calls the drug and when
/// it is taken.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct DrugSheet {
    /// The drug.
    pub drug: String,
    /// The days on which it is taken.
    pub days: DrugDays,
    /// Everything from body size to supply: every rule with its words, each administration.
    #[serde(flatten)]
    pub order: CapecitabineOrder,
}

/// A drug sheet with what belongs elsewhere on the page.
pub(super) struct Drug {
    pub(super) sheet: DrugSheet,
    pub(super) derivations: Vec<Derivation>,
    pub(super) findings: Vec<Finding>,
    pub(super) supplied: Vec<Provenance>,
}

fn question<'p>(protocol: &'p Protocol, drug: &'p DrugRegimen, id: &str) -> Option<&'p Question> {
    drug.site_policy
        .iter()
        .find(|question| question.id.is(id))
        .or_else(|| protocol.question(id))
}

/// A policy of the site, or the protocol's question as the error.
fn policy<T: Clone>(
    given: Option<&T>,
    protocol: &Protocol,
    drug: &DrugRegimen,
    id: &str,
) -> Result<T, SheetError> {
    given.cloned().ok_or_else(|| {
        let field = format!("site.{id}");
        match question(protocol, drug, id) {
            Some(question) => SheetError::unanswered(&field, question),
            None => SheetError::missing(&field, "The protocol does not settle it.", &choices(id)),
        }
    })
}

/// The answers to a policy that a protocol does not ask for.
fn choices(id: &str) -> Vec<&'static str> {
    match id {
        "ties" => vec!["up", "down"],
        "rounding" => vec!["nearest", "down", "up", "fewest:5%", "bands:NAME"],
        "body_surface_area_formula" => BodySurfaceAreaFormula::ALL
            .map(BodySurfaceAreaFormula::name)
            .into(),
        "tablet_strengths" => vec!["500 mg, 150 mg"],
        _ => Vec::new(),
    }
}

fn measured<T: Copy>(given: Option<T>, field: &str, example: &str) -> Result<T, SheetError> {
    given.ok_or_else(|| {
        SheetError::missing(
            field,
            "The dose is per square metre of body surface area.",
            &[example],
        )
    })
}

/// How doses are rounded; what is missing for it is noted.
fn rounding(
    case: &Case,
    protocol: &Protocol,
    drug: &DrugRegimen,
    found: &mut Found,
) -> Option<RoundingPolicy> {
    let site = &case.site;
    let rule = found.keep(policy(site.rounding.as_ref(), protocol, drug, "rounding"));
    if rule
        .as_ref()
        .is_none_or(|rule| *rule == RoundingRule::Nearest)
    {
        let mut ties = Found::default();
        ties.keep(policy(site.ties.as_ref(), protocol, drug, "ties"));
        match &rule {
            Some(_) => ties.move_to(found),
            None => found.add_if("if the rounding is nearest", ties),
        }
        site.ties?;
    }
    found.keep(drug_rules::rounding(case, &rule?))
}

impl Drug {
    /// None where something is missing or wrong, which is noted. `with` are the drugs that the protocol
    /// gives with it.
    pub(super) fn new(
        case: &Case,
        protocol: &Protocol,
        drug: &DrugRegimen,
        (fractions, with): (Option<(Date, Vec<Date>)>, Vec<Text>),
        found: &mut Found,
    ) -> Option<Self> {
        let (site, patient) = (&case.site, &case.patient);
        let height = measured(patient.height, "patient.height", "height = \"170 cm\"");
        let weight = measured(patient.weight, "patient.weight", "weight = \"70 kg\"");
        let (height, weight) = (found.keep(height), found.keep(weight));
        let formula = site.body_surface_area_formula.as_ref();
        let formula = policy(formula, protocol, drug, "body_surface_area_formula");
        let formula = found.keep(formula);
        let stock = site.tablet_strengths.as_ref();
        let stock = found.keep(policy(stock, protocol, drug, "tablet_strengths"));
        let rounding = rounding(case, protocol, drug, found);
        let days = found.keep(days(case, drug));
        let regimen = regimen(case, drug, found);
        let dose_cap = dose_cap(case, drug, found);
        let selection = found.keep(drug_rules::selection(case));
        let facts = drug_rules::facts(case, found).map(|facts| ClinicalFacts {
            protocol_drugs: with,
            ..facts
        });

        let (height, weight, formula, days) = (height?, weight?, formula?, days?);
        let size = found.keep(BodySize::new(height, weight))?;
        let area = found.keep(BodySurfaceArea::from_formula(formula, size, patient.sex));
        let mut day_one = None;
        let supply = match fractions {
            Some((_, fractions)) => {
                let (kind, settled) = intake(case, drug, &days, &fractions, found)?;
                day_one = settled;
                Some(SupplyRequest {
                    kind,
                    fractions,
                    dispense_every: case.supply.map(|supply| supply.dispense_every_days),
                })
            }
            None => None,
        };
        let rules = case.drug_rules.as_ref();
        let weight_change = rules.and_then(|rules| rules.previous_weight);
        let previous_height = rules.and_then(|rules| rules.previous_height);
        let request = OrderRequest::new(regimen?, area?, stock?, rounding?)
            .with_caps(Caps {
                body_surface_area: site.body_surface_area_cap,
                dose_per_administration: dose_cap,
            })
            .with_split(
                rules
                    .and_then(|rules| rules.split)
                    .unwrap_or(DaySplit::Equal),
            )
            .with_tolerance(site.deviation_tolerance)
            .with_rules(selection?, facts?)
            .asking_for_rules(drug_rules::waived(case))
            .with_decision(rules.and_then(|rules| rules.decision.clone()))
            .with_weight_change(weight_change.map(|before| WeightChange {
                before,
                now: weight,
            }))
            .with_overrides(rules.map_or_else(Vec::new, |rules| rules.overrides.clone()))
            .prescribed(drug.intensity.is_some() || drug.intensity_per_day.is_some())
            .with_height_change(previous_height.map(|before| HeightChange {
                before,
                now: height,
            }))
            .with_supply(supply);
        let order = CapecitabineOrder::plan(request).map_err(|error| match error {
            CapecitabineError::DecisionNotNeeded { .. }
            | CapecitabineError::OtherDrug { .. }
            | CapecitabineError::OtherDrugUnclear { .. }
            | CapecitabineError::OverrideTwice { .. }
            | CapecitabineError::WaivedWithRules { .. }
            | CapecitabineError::UnevenShare { .. } => SheetError::DrugRules(error),
            error => SheetError::Capecitabine(error),
        });
        let order = found.keep(order)?;
        let request = order.request();
        let mut supplied = supplied(case, drug, &request.stock, &request.policy, formula.name());
        supplied.extend(day_one);
        supplied.extend(drug_rules::supplied(case));
        let mut findings = size.warnings();
        findings.extend(order.findings().iter().cloned());
        Some(Self {
            supplied,
            derivations: order.derivations(),
            findings,
            sheet: DrugSheet {
                drug: drug
                    .drug
                    .value()
                    .map_or_else(|| drug.id.to_string(), ToString::to_string),
                days,
                order,
            },
        })
    }
}

/// Intensity and administrations a day: the protocol's, and the site's where that leaves them open.
fn regimen(case: &Case, drug: &DrugRegimen, found: &mut Found) -> Option<Regimen> {
    let site = &case.site;
    let name = &drug.id;
    let times = resolve(
        case,
        "site.administrations_per_day",
        &format!("The protocol does not say how often a day {name} is given."),
        "2",
        drug.administrations_per_day.as_ref(),
        site.administrations_per_day,
    );
    let times = found.keep(times).map(|times| u32::from(times.get()));
    if let (None, Some(daily)) = (drug.intensity(), drug.intensity_per_day()) {
        if site.intensity.is_some() {
            found.add(SheetError::Contradiction(format!(
                "site.intensity: the protocol states {daily} for {name}: leave it out"
            )));
            return None;
        }
        let daily = DoseIntensity::PerDay(daily);
        return found.keep(Regimen::from_intensity(daily, times?));
    }
    let intensity = resolve(
        case,
        "site.intensity",
        &format!("The protocol does not say the dose of one administration of {name}."),
        "825 mg/m2",
        drug.intensity.as_ref(),
        site.intensity,
    );
    let intensity = found.keep(intensity)?;
    found.keep(Regimen::new(intensity, times?))
}

/// The largest dose of one administration: the protocol's, or the site's where that says nothing.
fn dose_cap(case: &Case, drug: &DrugRegimen, found: &mut Found) -> Option<OrderedDose> {
    let given = case.site.dose_cap;
    let Some(stated) = &drug.cap else {
        return given;
    };
    let why = "The protocol names a largest dose and leaves it open.";
    found.keep(resolve(
        case,
        "site.dose_cap",
        why,
        "2000 mg",
        Some(stated),
        given,
    ))
}

fn days(case: &Case, drug: &DrugRegimen) -> Result<DrugDays, SheetError> {
    if let Some(days) = drug.days.value() {
        return Ok(days.clone());
    }
    let Some(question) = drug.days.question() else {
        return Err(SheetError::missing(
            "site.capecitabine_days",
            "The protocol does not state the days.",
            &[],
        ));
    };
    let (field, given) = validate::answer(case, &question.id);
    let given = given.ok_or_else(|| SheetError::unanswered(&field, question))?;
    drug.days.answered(given).cloned().ok_or_else(|| {
        SheetError::Unsupported(format!(
            "{field}: the protocol file holds no days for {given:?}, so tablets cannot be counted: add `values` to its question {}",
            question.id
        ))
    })
}

fn supplied(
    case: &Case,
    drug: &DrugRegimen,
    stock: &TabletStock,
    rounding: &RoundingPolicy,
    formula: &str,
) -> Vec<Provenance> {
    let site = &case.site;
    let intensity = drug.intensity.as_ref();
    let times = drug.administrations_per_day.as_ref();
    let daily = drug.intensity_per_day.as_ref();
    let each_by_site = of_site(case, intensity, site.intensity);
    let often_by_site = of_site(case, times, site.administrations_per_day);
    let known = |what, given: Option<Provenance>, site: Option<&dyn core::fmt::Display>| match site
    {
        Some(value) => Some(Provenance::by_site(what, value)),
        None => given,
    };
    let each = "dose intensity per administration";
    let often = "administrations a day";
    let stated = [
        known(
            each,
            intensity.map(|given| Provenance::of(each, given)),
            each_by_site.as_ref().map(|value| value as _),
        ),
        known(
            often,
            times.map(|given| Provenance::of(often, given)),
            often_by_site.as_ref().map(|value| value as _),
        ),
        daily.map(|given| Provenance::of("dose intensity per day", given)),
    ];
    let mut supplied: Vec<Provenance> = stated.into_iter().flatten().collect();
    supplied.extend([
        Provenance::by_site("body surface area formula", formula),
        Provenance::by_site("tablets in stock", stock),
        Provenance::by_site("rounding", rounding),
        Provenance::optional(
            "cap on the body surface area",
            site.body_surface_area_cap.as_ref().map(|cap| cap as _),
        ),
        match &drug.cap {
            Some(cap) => Provenance::of("cap on the dose of one administration", cap),
            None => Provenance::optional(
                "cap on the dose of one administration",
                site.dose_cap.as_ref().map(|cap| cap as _),
            ),
        },
        Provenance::optional(
            "tolerance of the dose to take",
            site.deviation_tolerance
                .as_ref()
                .map(|tolerance| tolerance as _),
        ),
    ]);
    match drug.days.question() {
        Some(question) => {
            if let (_, Some(days)) = validate::answer(case, &question.id) {
                supplied.push(Provenance::by_site("capecitabine days", days));
            }
        }
        None => supplied.push(Provenance::of("capecitabine days", &drug.days)),
    }
    supplied
}

/// The sex is only needed by one formula; it is shown when given.
pub(super) fn sex_text(sex: Option<Sex>) -> String {
    sex.map_or_else(|| "not given".to_string(), |sex| sex.to_string())
}
