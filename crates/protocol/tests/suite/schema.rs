//! The shipped JSON Schema is the one the types make, and it accepts what the reader accepts.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use crate::NCT06949098;
use std::path::Path;

use chemorad_protocol::Protocol;
use chemorad_protocol::{FIRST_SCHEMA, SCHEMA};
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

fn generated() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<Protocol>();
    schema.insert("title".into(), json!("chemorad.protocol/1"));
    let mut schema = serde_json::to_value(&schema).unwrap();
    let versions = schema["$defs"]["Schema"]["oneOf"].as_array_mut().unwrap();
    versions.retain(|version| version["const"] == "chemorad.protocol/1");
    schema
}

/// The second schema follows from the first: words are cited, and values, questions and conditions may be
/// written in short.
fn second(mut schema: Value) -> Value {
    schema["title"] = json!("chemorad.protocol/2");
    let root = schema["properties"].as_object_mut().unwrap();
    root.insert(
        "passages".into(),
        json!({
            "description": "The passages of the source, each once: a list, or by their sections.",
            "anyOf": [
                { "type": "array", "items": {
                    "type": "object",
                    "properties": {
                        "id": { "type": "string", "minLength": 1 },
                        "text": { "type": "string", "minLength": 1 },
                        "locator": { "type": "string", "minLength": 1 }
                    },
                    "required": ["id", "text", "locator"],
                    "additionalProperties": false
                } },
                { "type": "object", "additionalProperties": {
                    "type": "object", "additionalProperties": { "type": "string", "minLength": 1 }
                } }
            ]
        }),
    );
    let definitions = schema["$defs"].as_object_mut().unwrap();
    definitions.insert("Citation".into(), json!({
        "description": "The passages something rests on, by their ids.",
        "anyOf": [
            { "type": "string", "minLength": 1 },
            { "type": "array", "items": { "type": "string", "minLength": 1 }, "uniqueItems": true }
        ]
    }));
    definitions.remove("Quote");
    definitions["Schema"] = json!({
        "description": "The version of the shape of a protocol file.",
        "oneOf": [{ "description": "The passages are listed once, and each value cites them.", "type": "string", "const": "chemorad.protocol/2" }]
    });
    let test = json!({ "anyOf": [
        { "type": "string" },
        { "type": "array", "items": { "type": "string" } },
        { "type": "object", "properties": {
            "above": { "type": "string" }, "at_least": { "type": "string" },
            "below": { "type": "string" }, "at_most": { "type": "string" }
        }, "additionalProperties": false }
    ] });
    let conditions = json!({ "type": "array", "items": { "$ref": "#/$defs/Condition" } });
    let in_short = json!({
        "description": "A test of each fact by its name; all of them hold.",
        "type": "object",
        // a value with its status is none
        "propertyNames": { "not": { "enum": ["value", "reason", "question", "values", "from", "status", "quote", "locator", "quotes", "why", "choices", "fact", "is"] } },
        "properties": { "all_of": conditions, "any_of": conditions, "none_of": conditions },
        "additionalProperties": test
    });
    definitions["Condition"]["anyOf"]
        .as_array_mut()
        .unwrap()
        .push(in_short);
    let test = json!({ "type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": test });
    let fact = definitions["FactTest"].take();
    definitions["FactTest"] = json!({ "anyOf": [fact, test] });
    for (name, definition) in definitions.iter_mut() {
        cited(name, definition);
    }
    cited("Protocol", &mut schema);
    schema
}

/// Turns the words of a table into citations.
fn cited(name: &str, schema: &mut Value) {
    let citation = json!({ "$ref": "#/$defs/Citation" });
    if name.starts_with("StatementOf") {
        let shapes = schema["oneOf"].as_array_mut().unwrap();
        let bare = shapes[0]["properties"]["value"].clone();
        for shape in shapes.iter_mut() {
            let properties = shape["properties"].as_object_mut().unwrap();
            for words in ["quote", "locator", "quotes"] {
                properties.remove(words);
            }
            properties.insert("from".into(), citation.clone());
            let required = shape["required"].as_array_mut().unwrap();
            required.retain(|field| field != "quote" && field != "locator");
            shape.as_object_mut().unwrap().remove("dependentRequired");
        }
        let open = shapes.last_mut().unwrap();
        let properties = open["properties"].as_object_mut().unwrap();
        properties.insert("question".into(), json!({ "anyOf": [
            { "$ref": "#/$defs/Question" },
            { "description": "The id of a question, or its sentence beside id, why and choices.", "type": "string" }
        ] }));
        for field in ["id", "why"] {
            properties.insert(field.into(), json!({ "type": "string" }));
        }
        properties.insert(
            "choices".into(),
            json!({ "type": "array", "items": { "type": "string" } }),
        );
        let full = std::mem::take(shapes);
        *schema = json!({ "anyOf": [{ "oneOf": full }, bare] });
        return;
    }
    let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else {
        if let Some(shapes) = schema.get_mut("oneOf").and_then(Value::as_array_mut) {
            for shape in shapes {
                cited(name, shape);
            }
        }
        return;
    };
    properties
        .remove("quotes")
        .filter(|_| name == "Source")
        .map(|quotes| properties.insert("quotes".into(), quotes));
    let own = properties.remove("quote").is_some();
    let holds = |properties: &serde_json::Map<String, Value>| {
        serde_json::to_string(properties)
            .unwrap()
            .contains("#/$defs/StatementOf")
    };
    let tables = [
        "PrescribedVolume",
        "PrescribedPhase",
        "DrugRegimen",
        "Arm",
        "LimitTable",
        "DoseVolumeLimit",
        "Criterion",
        "RiskFeature",
        "PrescribedDose",
        "Question",
        "Ambiguity",
        "Action",
        "AdjustmentReference",
    ];
    if own
        || tables.contains(&name)
        || (name != "StartWindow" && name != "Protocol" && holds(properties))
    {
        properties.insert("from".into(), citation);
    }
    if name == "Ambiguity" {
        for field in ["id", "why"] {
            properties.insert(field.into(), json!({ "type": "string" }));
        }
        properties.insert(
            "choices".into(),
            json!({ "type": "array", "items": { "type": "string" } }),
        );
        let question = properties["question"].take();
        properties["question"] = json!({ "anyOf": [question, { "type": "string" }] });
    }
    if name == "DrugRegimen" {
        properties["site_policy"]["items"] =
            json!({ "anyOf": [{ "$ref": "#/$defs/Question" }, { "type": "string" }] });
    }
    if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|field| field != "quote");
    }
}

/// Run with `UPDATE_SCHEMA=1` after a change of the types.
#[test]
fn the_shipped_schemas_are_the_generated_ones() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema");
    for (number, schema) in [(1, generated()), (2, second(generated()))] {
        let path = folder.join(format!("chemorad.protocol-{number}.schema.json"));
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let shipped = std::fs::read_to_string(path).unwrap();
        assert!(
            shipped == text,
            "the types have changed: run this test with UPDATE_SCHEMA=1"
        );
    }
}

fn validator(schema: &str) -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(schema).unwrap();
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
    let errors: Vec<String> = validator(FIRST_SCHEMA)
        .iter_errors(&trial)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn wrong_files_are_not_valid() {
    let trial = serde_json::to_value(*NCT06949098).unwrap();
    let validator = validator(FIRST_SCHEMA);
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

/// What the reader takes of the second schema, the schema takes; and not what it refuses.
#[test]
fn the_second_schema() {
    let validator = validator(SCHEMA);
    let tree = |text: &str| -> Value {
        let table: toml::Table = toml::from_str(text).unwrap();
        serde_json::to_value(table).unwrap()
    };
    for text in chemorad_protocol::library::ids()
        .map(|id| chemorad_protocol::library::text(id).unwrap())
        .chain([crate::citations::SHORT])
    {
        let errors: Vec<String> = validator
            .iter_errors(&tree(text))
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", &text[..200]);
    }
    for (from, to) in [
        ("chemorad.protocol/2", "chemorad.protocol/1"),
        (
            "from = \"all\" }",
            "quote = \"all patients\", locator = \"3\" }",
        ),
        ("from = \"all\" }", "from = 3 }"),
        ("text = \"all patients\", ", ""),
        ("external_beam_photons", "photons"),
        ("administrations_per_day = 2", "administrations_per_day = 0"),
        ("from = \"rx\"\ndrug", "form = \"rx\"\ndrug"),
    ] {
        let text = crate::citations::SHORT.replace(from, to);
        assert_ne!(text, crate::citations::SHORT, "{from}");
        assert!(!validator.is_valid(&tree(&text)), "{from} to {to}");
    }
}
