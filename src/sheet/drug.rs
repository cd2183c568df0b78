use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Case, SheetError, Supplied};
use crate::capecitabine::{
    CalculatedAdministration, Caps, OrderedAdministration, Regimen, RoundingPolicy, TabletCount,
    TabletStock,
};
use crate::derivation::Derivation;
use crate::finding::Finding;
use crate::patient::{BodySize, BodySurfaceArea, Height, Sex, Weight};
use crate::protocol::{DrugDays, DrugRegimen, Protocol, Question};
use crate::quantity::{CalculatedDose, DailyDose, OrderedDose};

/// One drug from body size to tablets.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct DrugSheet {
    /// The drug.
    pub drug: String,
    /// Height.
    pub height: Height,
    /// Weight.
    pub weight: Weight,
    /// Body surface area, with its formula.
    pub bsa: BodySurfaceArea,
    /// The formula's name.
    pub formula: String,
    /// Intensity and administrations a day.
    pub regimen: Regimen,
    /// What the formula gives for one administration, before any cap.
    pub calculated: CalculatedDose,
    /// The dose after the caps that acted; absent when none did.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub capped: Option<CalculatedDose>,
    /// What is ordered for one administration.
    pub ordered: OrderedDose,
    /// What is ordered for one day.
    pub ordered_per_day: DailyDose,
    /// 100 (ordered - calculated) / calculated, from the dose before any cap.
    pub deviation_percent: f64,
    /// The same from the dose after the caps that acted.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub deviation_from_capped_percent: Option<f64>,
    /// The tablets of one administration.
    pub tablets: Vec<TabletCount>,
    /// The tablets as text.
    pub tablets_text: String,
    /// The stock.
    pub stock: String,
    /// The rounding policy.
    pub rounding: String,
    /// Why this amount.
    pub explanation: String,
    /// The days on which it is taken.
    pub days: DrugDays,
}

/// A drug sheet with what belongs elsewhere on the page.
pub(super) struct Drug {
    pub(super) sheet: DrugSheet,
    pub(super) derivations: Vec<Derivation>,
    pub(super) findings: Vec<Finding>,
    pub(super) supplied: Vec<Supplied>,
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
            None => SheetError::missing(&field, "The protocol does not settle it.", &[]),
        }
    })
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

impl Drug {
    pub(super) fn new(
        case: &Case,
        protocol: &Protocol,
        drug: &DrugRegimen,
    ) -> Result<Self, SheetError> {
        let (site, patient) = (&case.site, &case.patient);
        let height = measured(patient.height, "patient.height", "height = \"170 cm\"")?;
        let weight = measured(patient.weight, "patient.weight", "weight = \"70 kg\"")?;
        let size = BodySize::new(height, weight)?;
        let formula = policy(
            site.body_surface_area_formula.as_ref(),
            protocol,
            drug,
            "body_surface_area_formula",
        )?;
        let strengths = policy(
            site.tablet_strengths.as_ref(),
            protocol,
            drug,
            "tablet_strengths",
        )?;
        let rounding = policy(site.rounding.as_ref(), protocol, drug, "rounding")?;
        if rounding == "nearest" {
            policy(site.ties.as_ref(), protocol, drug, "ties")?;
        }
        let days = days(case, drug)?;
        let stock: TabletStock = strengths.join(", ").parse()?;
        let rounding = RoundingPolicy::parse(&rounding, site.ties)?;

        let area = BodySurfaceArea::from_formula(formula, size, patient.sex)?;
        let regimen = regimen(drug)?;
        let caps = Caps {
            body_surface_area: site.body_surface_area_cap,
            dose_per_administration: site.dose_cap,
        };
        let calculated = CalculatedAdministration::new(regimen, &area, caps)?;
        let ordered = OrderedAdministration::choose(
            &calculated,
            &stock,
            &rounding,
            site.deviation_tolerance,
        )?;

        let mut findings = size.warnings();
        findings.extend(area.warnings());
        findings.extend(ordered.findings().iter().cloned());
        Ok(Self {
            supplied: supplied(case, drug, &stock, &rounding, formula.name()),
            derivations: vec![
                area.derivation(),
                calculated.derivation().clone(),
                ordered.derivation().clone(),
            ],
            findings,
            sheet: DrugSheet {
                drug: drug
                    .drug
                    .value()
                    .map_or_else(|| drug.id.to_string(), ToString::to_string),
                height,
                weight,
                formula: formula.name().to_string(),
                regimen,
                calculated: calculated.uncapped(),
                capped: calculated.is_capped().then(|| calculated.dose()),
                ordered: ordered.dose(),
                ordered_per_day: ordered.dose_per_day(),
                deviation_percent: ordered.deviation_from_uncapped_percent(),
                deviation_from_capped_percent: calculated
                    .is_capped()
                    .then(|| ordered.chosen().deviation_percent()),
                tablets: ordered.chosen().tablets().to_vec(),
                tablets_text: ordered.chosen().tablets_text(),
                stock: stock.to_string(),
                rounding: rounding.to_string(),
                explanation: ordered.explanation().to_string(),
                days,
                bsa: area,
            },
        })
    }
}

fn regimen(drug: &DrugRegimen) -> Result<Regimen, SheetError> {
    match (drug.intensity(), drug.administrations_per_day()) {
        (Some(intensity), Some(times)) => Ok(Regimen::new(intensity, u32::from(times.get()))?),
        _ => Err(SheetError::Unsupported(format!(
            "the protocol does not state intensity and administrations a day of {}",
            drug.id
        ))),
    }
}

fn days(case: &Case, drug: &DrugRegimen) -> Result<DrugDays, SheetError> {
    const FIELD: &str = "site.capecitabine_days";
    if let Some(days) = drug.days.value() {
        return Ok(days.clone());
    }
    let Some(question) = drug.days.question() else {
        return Err(SheetError::missing(
            FIELD,
            "The protocol does not state the days.",
            &[],
        ));
    };
    let given = case
        .site
        .capecitabine_days
        .as_deref()
        .ok_or_else(|| SheetError::unanswered(FIELD, question))?;
    drug.days
        .answered(given)
        .cloned()
        .ok_or_else(|| SheetError::not_a_choice(FIELD, given, question))
}

fn supplied(
    case: &Case,
    drug: &DrugRegimen,
    stock: &TabletStock,
    rounding: &RoundingPolicy,
    formula: &str,
) -> Vec<Supplied> {
    let site = &case.site;
    let intensity = drug.intensity.as_ref();
    let times = drug.administrations_per_day.as_ref();
    let stated = [
        intensity.map(|given| Supplied::of("dose intensity per administration", given)),
        times.map(|given| Supplied::of("administrations a day", given)),
    ];
    let mut supplied: Vec<Supplied> = stated.into_iter().flatten().collect();
    supplied.extend([
        Supplied::by_site("body surface area formula", formula),
        Supplied::by_site("tablets in stock", stock),
        Supplied::by_site("rounding", rounding),
        Supplied::optional(
            "cap on the body surface area",
            site.body_surface_area_cap.as_ref().map(|cap| cap as _),
        ),
        Supplied::optional(
            "cap on the dose of one administration",
            site.dose_cap.as_ref().map(|cap| cap as _),
        ),
        Supplied::optional(
            "tolerance of the ordered dose",
            site.deviation_tolerance
                .as_ref()
                .map(|tolerance| tolerance as _),
        ),
    ]);
    if let Some(days) = &site.capecitabine_days {
        supplied.push(Supplied::by_site("capecitabine days", days));
    }
    supplied
}

/// The sex is only needed by one formula; it is shown when given.
pub(super) fn sex_text(sex: Option<Sex>) -> String {
    sex.map_or_else(|| "not given".to_string(), |sex| sex.to_string())
}
