//! The observations in a request: the body surface area, and the creatinine clearance.

use chemorad::capecitabine::CapecitabineOrder;
use chemorad::patient::CreatinineClearanceOrigin;
use serde::Serialize;

use crate::fhir::{CodeableConcept, Coding, LOINC, Quantity, Reference, Unit};

use super::RequestDetails;

/// A contained `Observation`: a fact the dose rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Observation {
    resource_type: &'static str,
    id: &'static str,
    status: &'static str,
    code: CodeableConcept,
    subject: Reference,
    value_quantity: Quantity,
    method: CodeableConcept,
}

impl Observation {
    pub(super) fn reference(&self) -> Reference {
        Reference::new(format!("#{}", self.id))
    }
}

/// The body surface area, and the creatinine clearance where it is by Cockcroft-Gault: the code
/// says so, and a clearance from elsewhere stays in the notes.
pub(super) fn of(order: &CapecitabineOrder, details: &RequestDetails) -> Vec<Observation> {
    let observation = |id, code, name, value, method: &str| Observation {
        resource_type: "Observation",
        id,
        status: "final",
        code: CodeableConcept::coded([Coding::new(LOINC, code)]).text(name),
        subject: Reference::new(details.subject.as_str()),
        value_quantity: value,
        method: CodeableConcept::worded(method),
    };
    let area = &order.request().body_surface_area;
    let derivation = area.derivation();
    let method = match area.formula() {
        Some(formula) => format!("{formula}: {}", derivation.formula),
        None => format!("stated by {}", derivation.source),
    };
    let mut all = vec![observation(
        "body-surface-area",
        "8277-6",
        "body surface area",
        Quantity::new(area.square_meters(), Unit::SquareMeter),
        &method,
    )];
    let clearance = order.request().facts.clearance.as_ref();
    all.extend(
        clearance
            .filter(|clearance| {
                matches!(
                    clearance.origin(),
                    CreatinineClearanceOrigin::CockcroftGault(_)
                )
            })
            .map(|clearance| {
                observation(
                    "creatinine-clearance",
                    "35591-7",
                    "creatinine clearance",
                    Quantity::new(
                        clearance.milliliters_per_minute(),
                        Unit::MilliliterPerMinute,
                    ),
                    &clearance.method(),
                )
            }),
    );
    all
}
