//! Every settled course of the library against what the CodeX profiles of radiotherapy demand (version 2.0.0: rules
//! of requests, prescriptions and dose to a volume; the volume profile).

use chemorad_exchange::{PrescriptionDetails, PrescriptionStatus, radiotherapy_prescription};
use chemorad_protocol::library;
use serde_json::Value;

const CODEX: &str = "http://hl7.org/fhir/us/codex-radiation-therapy/StructureDefinition/codexrt-";

fn extensions<'v>(resource: &'v Value, url: &str) -> Vec<&'v Value> {
    let all = resource["extension"].as_array().into_iter().flatten();
    all.filter(|one| one["url"] == url).collect()
}

/// What the profiles demand of one request, `None` where it is met.
fn breaks(request: &Value) -> Option<&'static str> {
    let coding = |field: &str| {
        let one = if request[field].is_array() {
            &request[field][0]
        } else {
            &request[field]
        };
        (
            one["coding"][0]["system"].clone(),
            one["coding"][0]["code"].clone(),
        )
    };
    let snomed = |code: &str| (Value::from("http://snomed.info/sct"), Value::from(code));
    let is_course = coding("code") == snomed("1217123003");
    let is_phase = coding("code") == snomed("1222565005");
    let profile = if is_course { "course" } else { "phase" };
    let profile = format!("{CODEX}radiotherapy-{profile}-prescription");
    let uses: Vec<&Value> = request["identifier"]
        .as_array()?
        .iter()
        .map(|id| &id["use"])
        .collect();
    let named = |id: &Value| id["system"].is_string() && id["value"].is_string();
    let whole = request["identifier"].as_array()?.iter().all(named);
    let doses = extensions(
        request,
        &format!("{CODEX}radiotherapy-dose-prescribed-to-volume"),
    );
    let count = |dose: &&Value, url: &str| extensions(dose, url).len();
    let centigray = |dose: &&Value| {
        ["totalDose", "fractionDose"].iter().all(|url| {
            extensions(dose, url).iter().all(|part| {
                let quantity = &part["valueQuantity"];
                quantity["code"] == "cGy" && quantity["system"] == "http://unitsofmeasure.org"
            })
        })
    };
    let fractions = extensions(
        request,
        &format!("{CODEX}radiotherapy-fractions-prescribed"),
    );
    let rules = [
        ("code", is_course || is_phase),
        ("meta.profile", request["meta"]["profile"][0] == profile),
        ("intent", request["intent"] == "original-order"),
        ("category", coding("category") == snomed("1287742003")),
        ("identifier", uses == ["usual", "official"] && whole),
        ("subject", request["subject"]["reference"].is_string()),
        ("doNotPerform, quantity, asNeeded, specimen", {
            let none = [
                "doNotPerform",
                "quantityQuantity",
                "asNeededBoolean",
                "specimen",
            ];
            none.iter().all(|field| request[field].is_null())
        }),
        (
            "volume",
            doses.iter().all(|dose| count(dose, "volume") == 1),
        ),
        (
            "totalDose",
            doses.iter().all(|dose| count(dose, "totalDose") == 1),
        ),
        ("cGy", doses.iter().all(centigray)),
        (
            "fractionDose of a course",
            !is_course || doses.iter().all(|d| count(d, "fractionDose") == 0),
        ),
        (
            "fractions of a volume in a phase",
            !is_phase || doses.iter().all(|d| count(d, "fractions") == 0),
        ),
        ("fractions of a phase", !is_phase || fractions.len() == 1),
        (
            "basedOn",
            !is_phase || request["basedOn"][0]["reference"].is_string(),
        ),
    ];
    rules
        .iter()
        .find(|(_, holds)| !holds)
        .map(|(rule, _)| *rule)
}

fn bundles() -> Vec<(String, Value)> {
    let details = PrescriptionDetails {
        subject: "Patient/example".parse().unwrap(),
        status: PrescriptionStatus::Draft,
        identifier_system: "urn:example:prescriptions".into(),
        alpha_beta: vec!["10 Gy".parse().unwrap()],
    };
    let mut out = Vec::new();
    for id in library::ids() {
        let protocol = &library::file(id).unwrap().protocol;
        for course in &protocol.courses {
            // a dose that is a range or a choice is refused
            if let Ok(bundle) = radiotherapy_prescription(protocol, &course.id, &details) {
                out.push((format!("{id}/{}", course.id), bundle));
            }
        }
    }
    out
}

#[test]
fn prescriptions_meet_the_profiles() {
    let bundles = bundles();
    assert!(bundles.len() >= 15, "{}", bundles.len());
    for (name, bundle) in &bundles {
        for entry in bundle["entry"].as_array().unwrap() {
            let resource = &entry["resource"];
            if resource["resourceType"] == "ServiceRequest" {
                assert_eq!(breaks(resource), None, "{name}");
                continue;
            }
            assert_eq!(resource["resourceType"], "BodyStructure", "{name}");
            let official = &resource["identifier"][1];
            assert_eq!(official["use"], "official", "{name}");
            assert_eq!(official["system"], "urn:dicom:uid", "{name}");
            let uid = official["value"]
                .as_str()
                .unwrap()
                .strip_prefix("urn:oid:")
                .unwrap();
            assert!(uid.len() <= 64 && uid.starts_with("2.25."), "{name}: {uid}");
            assert!(resource["patient"]["reference"].is_string(), "{name}");
        }
    }
}

#[test]
fn what_the_profiles_forbid_is_seen() {
    let (_, bundle) = bundles().swap_remove(0);
    let requests = bundle["entry"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| &entry["resource"]);
    let course = requests
        .filter(|resource| resource["resourceType"] == "ServiceRequest")
        .find(|resource| resource["code"]["coding"][0]["code"] == "1217123003")
        .unwrap();
    for (field, value, rule) in [
        ("intent", Value::from("order"), "intent"),
        (
            "category",
            serde_json::json!([{ "coding": [{ "system": "http://snomed.info/sct", "code": "108290001" }] }]),
            "category",
        ),
        (
            "doNotPerform",
            Value::from(false),
            "doNotPerform, quantity, asNeeded, specimen",
        ),
        (
            "identifier",
            serde_json::json!([{ "use": "usual", "system": "urn:a", "value": "a" }]),
            "identifier",
        ),
        ("meta", Value::Null, "meta.profile"),
    ] {
        let mut changed = course.clone();
        changed[field] = value;
        assert_eq!(breaks(&changed), Some(rule));
    }
}
