//! Exports are valid FHIR R4 for an existing validator, and the validator can say no.
#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "../../tests/common/mod.rs"]
mod common;

use chemorad_exchange_validation::validate;
use common::exported;
use serde_json::{Value, json};

#[test]
fn every_form_is_valid() {
    let all = exported();
    assert_eq!(all.len(), 13);
    for (name, _, value) in all {
        assert_eq!(value["resourceType"], "MedicationRequest", "{name}");
        validate(&value).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

/// The validator that calls the exports valid refuses each of these.
#[test]
fn the_validator_refuses_broken_resources() {
    let (_, _, good) = exported().swap_remove(6);
    type Break = fn(&mut Value);
    let breaks: [(&str, Break); 13] = [
        ("an unknown field", |value| value["dosage"] = json!([])),
        ("a misspelt field", |value| {
            value["dosageInstruction"][0]["timing"]["repaet"] = json!({});
        }),
        ("no subject", |value| {
            value.as_object_mut().unwrap().remove("subject");
        }),
        ("no status", |value| {
            value.as_object_mut().unwrap().remove("status");
        }),
        ("a number for a code", |value| value["status"] = json!(1)),
        ("a list for a code", |value| {
            value["intent"] = json!(["order"])
        }),
        ("two medications", |value| {
            value["medicationReference"] = json!({"reference": "Medication/1"});
        }),
        ("a text for a quantity", |value| {
            value["dosageInstruction"][0]["doseAndRate"][0]["doseQuantity"] = json!("825 mg/m2");
        }),
        ("a negative number of repeats", |value| {
            value["dispenseRequest"]["numberOfRepeatsAllowed"] = json!(-1);
        }),
        ("a number for a reference", |value| {
            value["subject"]["reference"] = json!(7);
        }),
        ("a dose and a range at once", |value| {
            value["dosageInstruction"][0]["doseAndRate"][0]["doseRange"] = json!({});
        }),
        ("one instruction where a list is due", |value| {
            value["dosageInstruction"] = value["dosageInstruction"][0].clone();
        }),
        ("an unknown type of resource", |value| {
            value["resourceType"] = json!("DrugRequest");
        }),
    ];
    validate(&good).unwrap();
    for (name, change) in breaks {
        let mut broken = good.clone();
        change(&mut broken);
        assert_ne!(broken, good, "{name}");
        assert!(validate(&broken).is_err(), "accepted: {name}");
    }
}
