//! The tablets to supply, by product: how many of each strength, period by period.

use chemorad::capecitabine::Supply;
use serde::Serialize;

use super::details::{RequestDetails, RequestStatus};
use crate::fhir::{CodeableConcept, Period, Quantity, Reference, Unit};

/// A contained `SupplyRequest` of FHIR R4: one product in one dispensing period.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SupplyRequest {
    resource_type: &'static str,
    id: String,
    status: &'static str,
    item_codeable_concept: CodeableConcept,
    quantity: Quantity,
    occurrence_period: Period,
    deliver_to: Reference,
}

impl SupplyRequest {
    pub(super) fn reference(&self) -> Reference {
        Reference::new(format!("#{}", self.id))
    }
}

/// The products of every period, the largest strength first.
pub(super) fn of(supply: &Supply, details: &RequestDetails) -> Vec<SupplyRequest> {
    let mut out = Vec::new();
    for (i, period) in supply.periods().iter().enumerate() {
        for tablets in period.tablets.iter().filter(|tablets| tablets.count > 0) {
            let milligrams = tablets.strength.milligrams();
            out.push(SupplyRequest {
                resource_type: "SupplyRequest",
                id: format!("supply-{}-{milligrams}-mg", i + 1),
                status: status(details.status),
                item_codeable_concept: CodeableConcept::worded(&format!(
                    "capecitabine {milligrams} mg tablets"
                )),
                quantity: Quantity::new(tablets.count, Unit::Tablet),
                occurrence_period: Period {
                    start: period.first,
                    end: period.last,
                },
                deliver_to: Reference::new(details.subject.as_str()),
            });
        }
    }
    out
}

/// The state of the request in the words of a supply.
const fn status(status: RequestStatus) -> &'static str {
    match status {
        RequestStatus::Draft => "draft",
        RequestStatus::Active => "active",
        RequestStatus::OnHold => "suspended",
        RequestStatus::Cancelled | RequestStatus::Stopped => "cancelled",
        RequestStatus::Completed => "completed",
        RequestStatus::EnteredInError => "entered-in-error",
        RequestStatus::Unknown => "unknown",
    }
}
