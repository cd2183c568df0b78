//! A capecitabine order as a FHIR R4 `MedicationRequest`.
//!
//! **Dose.** `doseAndRate` twice, as `Dosage` foresees: `calculated`, the intensity after
//! adjustments in mg/m2 per administration, and `ordered`, what whole tablets make in mg.
//! Administrations that differ are separate instructions with the same `sequence`, which FHIR
//! reads as concurrent.
//!
//! **Days.** A frequency alone would read as every day, so the form depends on the kind of days:
//! `repeat` for every calendar day, `repeat` with `dayOfWeek` for Monday to Friday, and dates
//! (`event`) for radiotherapy days and cycles, one instruction for each administration of the day.
//! Without dates these two are words in `timing.code.text`, which no machine takes for a schedule.
//!
//! **Supply.** Where the order counted it: `dispenseRequest` in mg, because a request for
//! capecitabine names no strength and tablets of two strengths are two quantities; the tablets by
//! strength are a contained `SupplyRequest` for each product and period, and in the notes. An active order
//! without dates has neither bounds nor a supply and is refused. Several dispensing periods become `initialFill`, `dispenseInterval`
//! and a number of repeats; where later fills differ, `quantity` is left out.
//!
//! **Codes used**: SNOMED CT 108761006 (FHIR R4 example med0321) and NCI Thesaurus C1794 for
//! capecitabine; SNOMED CT 26643006 and EDQM 20053000 for oral; LOINC 8277-6 for the body surface
//! area and 35591-7 for a clearance by Cockcroft-Gault, as contained observations with the formula
//! in `method`; SNOMED CT 301898006 as mCODE's basis of normalisation.
//!
//! **Codes left out**: `RxNorm` 200327 (150 mg) and 213293 (Xeloda 500 mg) name one strength or one
//! brand, and the number for 500 mg is not confirmed; the EMA substance number 100000089303,
//! because its code system's address is not; SNOMED CT 386906001 (substance) and 385055001
//! (tablet), because a request asks for a product in mg; NCI Thesaurus C64496 (twice a day) and
//! C85552 (five times a week), because a timing code is a complete statement and neither says
//! "twice a day on these days"; LOINC 29463-7 and 8302-2 for weight and height are not confirmed.
//!
//! ```
//! use chemorad::capecitabine::*;
//! use chemorad::patient::{BodySurfaceArea, SurfaceArea};
//! use chemorad_exchange::{MedicationRequest, RequestDetails, RequestIntent, RequestStatus};
//!
//! let order = CapecitabineOrder::plan(OrderRequest::new(
//!     Regimen::new("825 mg/m2".parse()?, 2)?,
//!     BodySurfaceArea::stated(SurfaceArea::constant("1.82 m2"), "order form"),
//!     "500 mg, 150 mg (at most 2)".parse()?,
//!     RoundingPolicy::Nearest { ties: Ties::Up },
//! ))?;
//! let mut details = RequestDetails {
//!     subject: "Patient/example".parse()?,
//!     status: RequestStatus::Draft,
//!     intent: RequestIntent::Plan,
//!     authored_on: None,
//!     days: Some(CapecitabineDays::Weekdays),
//!     times_of_day: vec![],
//! };
//! let request = serde_json::to_value(MedicationRequest::new(&order, &details)?)?;
//! let dose = &request["dosageInstruction"][0]["doseAndRate"];
//! assert_eq!(dose[0]["doseQuantity"]["value"], 825);
//! assert_eq!(dose[1]["doseQuantity"]["value"], 1500);
//!
//! // nobody said on which days
//! details.days = None;
//! assert!(MedicationRequest::new(&order, &details).is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod details;
mod dispense;
mod notes;
mod observation;
mod product;
mod timing;

use chemorad::capecitabine::{AdministrationOrder, CapecitabineOrder, DaySplit, OrderedDay};
use jiff::civil::Date;
use serde::Serialize;

use crate::error::{ExportError, against};
use crate::fhir::{
    Annotation, CodeableConcept, Coding, EDQM, Extension, NCI_THESAURUS, Quantity, Reference,
    SNOMED_CT, Unit,
};

pub use details::{RequestDetails, RequestIntent, RequestStatus, SubjectReference};
use dispense::DispenseRequest;
use observation::Observation;
use product::SupplyRequest;
use timing::{DayPart, Schedule, Timing, times_a_day};

/// A FHIR R4 `MedicationRequest`; serialise it with `serde_json`. See the
/// [module](crate::medication_request).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MedicationRequest {
    resource_type: &'static str,
    contained: Vec<Contained>,
    extension: [Extension; 1],
    status: RequestStatus,
    intent: RequestIntent,
    medication_codeable_concept: CodeableConcept,
    subject: Reference,
    supporting_information: Vec<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authored_on: Option<Date>,
    note: Vec<Annotation>,
    dosage_instruction: Vec<Dosage>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dispense_request: Option<DispenseRequest>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Dosage {
    sequence: u8,
    text: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    additional_instruction: Vec<CodeableConcept>,
    timing: Timing,
    route: CodeableConcept,
    dose_and_rate: [DoseAndRate; 2],
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct DoseAndRate {
    #[serde(rename = "type")]
    kind: CodeableConcept,
    dose_quantity: Quantity,
}

/// What the request rests on, and what is to be supplied.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
enum Contained {
    Fact(Observation),
    Product(SupplyRequest),
}

impl Contained {
    fn reference(&self) -> Reference {
        match self {
            Self::Fact(fact) => fact.reference(),
            Self::Product(product) => product.reference(),
        }
    }
}

const DOSE_RATE_TYPE: &str = "http://terminology.hl7.org/CodeSystem/dose-rate-type";
const NORMALIZATION_BASIS: &str =
    "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-normalization-basis";

impl MedicationRequest {
    /// The request for an order.
    ///
    /// # Errors
    /// [`ExportError::NoDose`] and [`ExportError::FailedChecks`] for an order that nobody may act
    /// on; days or times of day that are missing or do not fit the order; an active order without dates.
    pub fn new(order: &CapecitabineOrder, details: &RequestDetails) -> Result<Self, ExportError> {
        let Some(day) = order.day() else {
            return Err(ExportError::NoDose {
                findings: against(order.findings()).cloned().collect(),
            });
        };
        let failed: Vec<_> = against(order.findings()).cloned().collect();
        if !failed.is_empty() {
            return Err(ExportError::FailedChecks { findings: failed });
        }
        let schedule = Schedule::new(day, order.supply(), details)?;
        if details.is_active_order() && order.supply().is_none() {
            return Err(ExportError::ActiveWithoutDates);
        }
        let facts = observation::of(order, details);
        let mut contained: Vec<Contained> = facts.into_iter().map(Contained::Fact).collect();
        let products = order.supply().map(|supply| product::of(supply, details));
        contained.extend(products.into_iter().flatten().map(Contained::Product));
        Ok(Self {
            resource_type: "MedicationRequest",
            supporting_information: contained.iter().map(Contained::reference).collect(),
            contained,
            extension: [Extension {
                url: NORMALIZATION_BASIS,
                value_codeable_concept: CodeableConcept::coded([Coding::new(
                    SNOMED_CT,
                    "301898006",
                )
                .display("Body surface area (observable entity)")]),
            }],
            status: details.status,
            intent: details.intent,
            medication_codeable_concept: CodeableConcept::coded([
                Coding::new(SNOMED_CT, "108761006"),
                Coding::new(NCI_THESAURUS, "C1794"),
            ])
            .text("capecitabine"),
            subject: Reference::new(details.subject.as_str()),
            authored_on: details.authored_on,
            note: notes::of(order, day),
            dosage_instruction: instructions(
                day,
                &schedule,
                order.adjustment().interruption().is_some(),
            ),
            dispense_request: order
                .supply()
                .map(|supply| DispenseRequest::new(supply, order.request())),
        })
    }
}

const AFTER_RECOVERY: &str =
    "interrupted for toxicity: not to be taken before recovery to grade 0 or 1";

/// An interruption stands in every instruction, since a note may be read apart from them.
fn instructions(day: &OrderedDay, schedule: &Schedule<'_>, interrupted: bool) -> Vec<Dosage> {
    let mut all = timed(day, schedule);
    if interrupted {
        for one in &mut all {
            one.text = format!("{}; {AFTER_RECOVERY}", one.text);
            one.additional_instruction
                .push(CodeableConcept::worded(AFTER_RECOVERY));
        }
    }
    all
}

fn timed(day: &OrderedDay, schedule: &Schedule<'_>) -> Vec<Dosage> {
    let all = day.administrations();
    if schedule.takes_a_day_at_once() && !day.is_unequal() {
        let first = all.iter().take(1);
        return first
            .map(|one| {
                let how_often = times_a_day(all.len());
                dosage(day, one, schedule, &how_often, schedule.of_day())
            })
            .collect();
    }
    let mut instructions = Vec::with_capacity(all.len());
    for (index, one) in all.iter().enumerate() {
        let part = part_of_day(day, index);
        let which = match part {
            Some(part) => part.words().to_owned(),
            None => format!("administration {} of {} of the day", index + 1, all.len()),
        };
        let timing = schedule.of_administration(index, part);
        let mut instruction = dosage(day, one, schedule, &which, timing);
        instruction.additional_instruction = vec![CodeableConcept::worded(&which)];
        instructions.push(instruction);
    }
    instructions
}

/// Morning and evening are the order's words only where it divides the day unequally.
fn part_of_day(day: &OrderedDay, index: usize) -> Option<DayPart> {
    match (day.split(), index) {
        (DaySplit::Equal, _) => None,
        (_, 0) => Some(DayPart::Morning),
        _ => Some(DayPart::Evening),
    }
}

fn dosage(
    day: &OrderedDay,
    one: &AdministrationOrder,
    schedule: &Schedule<'_>,
    which: &str,
    timing: Timing,
) -> Dosage {
    let intensity = day.per_administration().calculated().regimen().intensity();
    let rate = |code, display, quantity| DoseAndRate {
        kind: CodeableConcept::coded([Coding::new(DOSE_RATE_TYPE, code).display(display)]),
        dose_quantity: quantity,
    };
    Dosage {
        sequence: 1,
        text: format!("{one} by mouth, {which}, {}", schedule.text()),
        additional_instruction: Vec::new(),
        timing,
        route: CodeableConcept::coded([
            Coding::new(SNOMED_CT, "26643006"),
            Coding::new(EDQM, "20053000"),
        ])
        .text("oral"),
        dose_and_rate: [
            rate(
                "calculated",
                "Calculated",
                Quantity::new(
                    intensity.milligrams_per_square_meter(),
                    Unit::MilligramPerSquareMeter,
                ),
            ),
            rate(
                "ordered",
                "Ordered",
                Quantity::new(one.dose.milligrams(), Unit::Milligram),
            ),
        ],
    }
}
