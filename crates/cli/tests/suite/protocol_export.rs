//! `protocol export` at the terminal; what is exported is also held against validators
//! (`crates/exchange/tests/validators/run`).

use serde_json::Value;

use crate::harness::{Answer, chemorad};
use crate::strict_json::strict;

fn export(args: &[&str]) -> Answer {
    chemorad(&[&["protocol", "export"], args].concat())
}

fn codex(id: &str, course: &str) -> Answer {
    export(&[
        id,
        "--to",
        "codex",
        "--course",
        course,
        "--status",
        "draft",
        "--subject",
        "Patient/example",
        "--identifier-system",
        "urn:oid:2.999",
        "--alpha-beta",
        "10Gy",
    ])
}

fn json(output: &Answer) -> Value {
    assert_eq!(output.exit, Some(0), "{output:?}");
    strict(&output.stdout)
}

fn refused(output: &Answer) -> String {
    assert_eq!(output.exit, Some(2));
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Total, fraction dose and fractions of a dose to a volume, with its metric.
type Dose = (f64, Option<f64>, Option<u64>, Option<String>);

fn doses(request: &Value) -> Vec<Dose> {
    let mut found = Vec::new();
    for extension in request["extension"].as_array().unwrap() {
        let Some(parts) = extension["extension"].as_array() else {
            continue;
        };
        let part = |end: &str| {
            let mut of = parts.iter();
            of.find(|part| part["url"].as_str().unwrap().ends_with(end))
        };
        let Some(total) = part("totalDose") else {
            continue;
        };
        assert_eq!(total["valueQuantity"]["code"], "cGy");
        found.push((
            total["valueQuantity"]["value"].as_f64().unwrap(),
            part("fractionDose").and_then(|each| each["valueQuantity"]["value"].as_f64()),
            part("fractions").and_then(|n| n["valuePositiveInt"].as_u64()),
            part("radiobiologic-metric").map(|m| m["valueString"].as_str().unwrap().to_string()),
        ));
    }
    found
}

fn requests(bundle: &Value, code: &str) -> Vec<Value> {
    let entries = bundle["entry"].as_array().unwrap().iter();
    entries
        .map(|entry| entry["resource"].clone())
        .filter(|resource| resource["code"]["coding"][0]["code"] == code)
        .collect()
}

const COURSE: &str = "1217123003";
const PHASE: &str = "1222565005";

#[test]
fn the_trial_as_prescriptions_in_centigray() {
    let bundle = json(&codex("NCT06949098", "escalated"));
    let course = &requests(&bundle, COURSE)[0];
    let metric = || Some("EQD2Gy(a/b = 10)".to_string());
    let expected = [
        (4500.0, None, Some(25), None),
        (4425.0, None, None, metric()),
        (5940.0, None, Some(33), None),
        (5841.0, None, None, metric()),
    ];
    let found = doses(course);
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(&expected) {
        assert!(
            (found.0 - expected.0).abs() < 1e-9,
            "{found:?} {expected:?}"
        );
        assert_eq!(
            (&found.1, &found.2, &found.3),
            (&expected.1, &expected.2, &expected.3)
        );
    }
    let phases = requests(&bundle, PHASE);
    assert_eq!(doses(&phases[0]), [(4500.0, Some(180.0), None, None)]);
    assert_eq!(doses(&phases[1]), [(1440.0, Some(180.0), None, None)]);
    let text = bundle.to_string();
    assert!(text.contains("cleared by no authority"));
    // the text does not name the beam, so there is no code for it
    assert!(!text.contains("radiotherapy-modality"));
}

#[test]
fn a_contact_boost_is_a_phase_and_in_no_total() {
    let bundle = json(&codex("NCT02505750", "contact"));
    let phases = requests(&bundle, PHASE);
    assert_eq!(doses(&phases[1]), [(9000.0, Some(3000.0), None, None)]);
    let course = &requests(&bundle, COURSE)[0];
    assert!(doses(course).iter().all(|dose| dose.0 <= 4500.0));
    assert!(course["note"].to_string().contains("is in no total"));
}

#[test]
fn the_same_part_has_the_same_identifier_and_no_other_has() {
    let (one, again) = (
        codex("TEY-2017", "integrated"),
        codex("TEY-2017", "integrated"),
    );
    assert_eq!(one.stdout, again.stdout);
    let bundle = json(&one);
    let entries = bundle["entry"].as_array().unwrap();
    let mut urls: Vec<&str> = entries
        .iter()
        .map(|e| e["fullUrl"].as_str().unwrap())
        .collect();
    urls.sort_unstable();
    urls.dedup();
    assert_eq!(urls.len(), entries.len());
    // another patient's prescriptions are others
    let other = export(&[
        "TEY-2017",
        "--to",
        "codex",
        "--course",
        "integrated",
        "--status",
        "draft",
        "--subject",
        "Patient/another",
        "--identifier-system",
        "urn:oid:2.999",
    ]);
    let other = json(&other).to_string();
    assert!(urls.iter().all(|url| !other.contains(url)));
    // every request carries the notice
    let requests_of = |code| requests(&bundle, code);
    for request in [requests_of(COURSE), requests_of(PHASE)].concat() {
        assert!(
            request["note"]
                .to_string()
                .contains("cleared by no authority")
        );
    }
    // one phase with two doses
    assert_eq!(doses(&requests(&bundle, PHASE)[0]).len(), 2);
}

#[test]
fn what_is_open_or_not_said_is_refused() {
    let message = refused(&codex("NSABP-R-04", "preoperative"));
    assert!(message.contains("does not settle"), "{message}");
    let message = refused(&codex("NCT06949098", "pelvic"));
    assert!(message.contains("pelvis, adjuvant, escalated"), "{message}");
    let message = refused(&export(&["NCT06949098", "--to", "codex"]));
    for word in ["--course", "--subject", "--status", "--identifier-system"] {
        assert!(message.contains(word), "{message}");
    }
    let message = refused(&export(&["TEY-2017", "--to", "usdm"]));
    assert!(message.contains("registry"), "{message}");
    for (args, word) in [
        (
            vec!["NCT06949098", "--to", "usdm", "--course", "pelvis"],
            "--to codex",
        ),
        (
            vec!["NCT06949098", "--to", "markdown", "--registry", "x"],
            "--to usdm",
        ),
        (
            vec!["NCT06949098", "--to", "usdm", "--alpha-beta", "10Gy"],
            "--to markdown",
        ),
        (vec!["NCT06949098", "--to", "pdf"], "markdown"),
    ] {
        let message = refused(&export(&args));
        assert!(message.contains(word), "{args:?}: {message}");
    }
}

/// The synthetic trial in a file, with some of its text replaced.
fn synthetic(folder: &tempfile::TempDir, changes: &[(&str, &str)]) -> String {
    let mut text = include_str!("../../../protocol/tests/fixtures/synthetic.toml").to_string();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    let path = folder.path().join("trial.toml");
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_string()
}

#[test]
fn a_protocol_that_fails_its_lint_is_not_exported() {
    let folder = tempfile::tempdir().unwrap();
    let sound = synthetic(&folder, &[]);
    assert_eq!(export(&[&sound, "--to", "markdown"]).exit, Some(0));
    let wrong = synthetic(&folder, &[("eqd2 = \"", "eqd2 = \"9")]);
    for to in ["markdown", "usdm"] {
        let message = refused(&export(
            &[&wrong, "--to", to, "--registry", "invented"][..if to == "usdm" { 5 } else { 3 }],
        ));
        assert!(message.contains("fails its lint"), "{message}");
        assert!(message.contains("assertion.value"), "{message}");
    }
}

#[test]
fn a_study_has_every_course_and_drug_with_its_status() {
    let unnamed = refused(&export(&["NCT06949098", "--to", "usdm"]));
    for part in ["sponsor", "academia, drug-company"] {
        assert!(unnamed.contains(part), "{unnamed}");
    }
    let study = json(&export(&[
        "NCT06949098",
        "--to",
        "usdm",
        "--sponsor",
        "an invented sponsor",
        "--sponsor-kind",
        "academia",
        "--sponsor-identifier",
        "S-1",
    ]));
    let version = &study["study"]["versions"][0];
    let interventions = version["studyInterventions"].as_array().unwrap();
    let names: Vec<&str> = interventions
        .iter()
        .map(|i| i["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["pelvis", "adjuvant", "escalated", "capecitabine"]);
    let drug = &interventions[3]["administrations"][0];
    assert_eq!(drug["dose"]["value"], 825);
    assert_eq!(drug["dose"]["unit"]["standardCode"]["code"], "C67402");
    assert_eq!(drug["frequency"]["standardCode"]["code"], "C64496");
    let [product] = &version["administrableProducts"].as_array().unwrap()[..] else {
        panic!("{version}")
    };
    assert_eq!(drug["administrableProductId"], product["id"]);
    assert_eq!(drug["duration"]["durationWillVary"], true);
    assert_eq!(version["roles"][0]["organizationIds"][0], "Organization_2");
    assert_eq!(version["studyIdentifiers"][1]["scopeId"], "Organization_2");
    let escalated = interventions[2]["extensionAttributes"].to_string();
    for part in [
        "protocol:1:order",
        "sequential",
        "protocol:1:fractions_per_week",
        "protocol:1:cumulative",
        "protocol:1:inside",
    ] {
        assert!(escalated.contains(part), "{part}: {escalated}");
    }
    // 45 + 14.4 Gy in 25 + 8 fractions
    assert!(escalated.contains("\"value\":59.4"), "{escalated}");
    assert!(escalated.contains("\"valueInteger\":33"), "{escalated}");
    let text = interventions[3].to_string();
    assert!(text.contains("On which days of the course is capecitabine taken?"));
    // no design, arm or population is made up
    assert!(version.get("studyDesigns").is_none());
}

#[test]
fn a_page_cannot_be_broken_by_the_text_of_a_protocol() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("trial.toml");
    let text = include_str!("../../../protocol/tests/fixtures/synthetic.toml").replace(
        "title = \"An invented trial of a boost after partial response\"",
        "title = \"# <script>x</script> | [a](javascript:b) `c` \\u001b[31m\\u202e\"",
    );
    std::fs::write(&path, text).unwrap();
    let output = export(&[
        path.to_str().unwrap(),
        "--to",
        "markdown",
        "--alpha-beta",
        "3Gy",
    ]);
    assert_eq!(output.exit, Some(0));
    let page = String::from_utf8(output.stdout).unwrap();
    let title = page.lines().nth(2).unwrap();
    assert_eq!(
        title,
        r"\# \<script\>x\</script\> \| \[a\](javascript:b) \`c\` \u{1b}\[31m\u{202e}"
    );
    for line in page.lines().filter(|line| line.starts_with('|')) {
        assert!(!line.contains('<') || line.contains("\\<"), "{line}");
    }
    // 56 Gy in 28 fractions of 2 Gy: 56 (1 + 2/3) = 93.33 Gy
    assert!(page.contains("| tumour | 56 | 28 | 3 | 93.333"), "{page}");
}
