//! The shipped JSON Schema is the one the types make, and it accepts what the reader accepts.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use crate::NCT06949098;
use std::path::Path;

use chemorad_protocol::Protocol;
use chemorad_protocol::SCHEMA;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

fn generated() -> String {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<Protocol>();
    schema.insert("title".into(), json!("chemorad.protocol/1"));
    serde_json::to_string_pretty(&schema).unwrap() + "\n"
}

/// Run with `UPDATE_SCHEMA=1` after a change of the types.
#[test]
fn the_shipped_schema_is_the_generated_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/chemorad.protocol-1.schema.json");
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(&path, generated()).unwrap();
    }
    let shipped = std::fs::read_to_string(path).unwrap();
    assert!(
        shipped == generated(),
        "the types have changed: run this test with UPDATE_SCHEMA=1"
    );
}

fn validator() -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    assert_eq!(
        schema["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
}

#[test]
fn the_trial_is_valid() {
    let trial = serde_json::to_value(*NCT06949098).unwrap();
    let errors: Vec<String> = validator()
        .iter_errors(&trial)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn wrong_files_are_not_valid() {
    let trial = serde_json::to_value(*NCT06949098).unwrap();
    let validator = validator();
    let wrong = |pointer: &str, value: Value| {
        let mut changed = trial.clone();
        *changed.pointer_mut(pointer).unwrap() = value;
        assert!(!validator.is_valid(&changed), "{pointer}");
    };
    wrong("/schema", json!("chemorad.protocol/2"));
    wrong("/id", json!(6_949_098));
    wrong("/phases/0/doses/0/fractionation/quote", json!(""));
    wrong("/phases/0/doses/0/fractionation/value", json!(45));
    wrong(
        "/phases/0/doses/0/fractionation/value/dose/unit",
        json!("rad"),
    );
    wrong("/phases/0/modality/value", json!("photons"));
    wrong(
        "/drugs/0/intensity/value",
        json!({ "value": 825, "unit": "mg" }),
    );
    wrong("/drugs/0/administrations_per_day/value", json!(0));
    wrong("/arms/0/when/value", json!({ "all": [] }));
    wrong("/arms/0/options/0/actions/0", json!({ "action": "wait" }));
    let mut without = trial.clone();
    without.as_object_mut().unwrap().remove("arms");
    assert!(!validator.is_valid(&without));
    let mut more = trial.clone();
    more["colour"] = json!("red");
    assert!(!validator.is_valid(&more));
}
