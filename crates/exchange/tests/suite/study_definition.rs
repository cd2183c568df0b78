//! Drugs of a study say no more than the protocol says.

use chemorad_exchange::{Sponsor, SponsorKind, StudyDetails, study_definition};
use chemorad_protocol::{DrugDays, Protocol, Statement, builtin};
use serde_json::Value;

/// The administration of capecitabine, given on these days.
fn administration(days: DrugDays) -> Value {
    let mut protocol: Protocol = builtin("NCT06949098").unwrap().clone();
    let mut drugs = protocol.drugs.to_vec();
    drugs[0].days = Statement::stated(days, "invented", "1");
    protocol.drugs = drugs.into();
    let details = StudyDetails {
        sponsor: Some(Sponsor {
            name: "an invented sponsor".into(),
            kind: SponsorKind::Academia,
            identifier: "S-1".into(),
        }),
        registry: None,
    };
    let study = study_definition(&protocol, &details).unwrap();
    let interventions = &study["study"]["versions"][0]["studyInterventions"];
    let mut drug = interventions.as_array().unwrap().iter();
    let drug = drug.find(|one| one["type"]["code"] == "C1909").unwrap();
    // the days are there in words, whatever a code can say of them
    assert!(drug.to_string().contains("extensionAttributes"), "{drug}");
    drug["administrations"][0].clone()
}

/// A frequency of the codelist says nothing of days without the drug: twice daily on five days a week is
/// neither twice daily nor five times weekly, and a machine would give it on all seven, or five times.
#[test]
fn a_frequency_is_written_for_days_that_it_names() {
    let days = |text: &str| -> DrugDays { serde_json::from_str(text).unwrap() };
    for (written, frequency) in [
        (r#""calendar_days""#, Some("C64496")),
        (r#"{"days": "1-14"}"#, Some("C64496")),
        (r#""radiotherapy_days""#, None),
        (r#""weekdays""#, None),
        (r#"{"days": "1-14, 22-35"}"#, None),
        (r#"{"days": "1-14", "every": 21, "cycles": 2}"#, None),
        (r#"{"weekly": 5}"#, None),
        (r#"{"per_week": 5}"#, None),
        (r#"{"fractions": "1-5"}"#, None),
    ] {
        let administration = administration(days(written));
        let code = administration["frequency"]["standardCode"]["code"].as_str();
        assert_eq!(code, frequency, "{written}: {administration}");
        let has_dose = administration.get("dose").is_some();
        assert_eq!(has_dose, frequency.is_some(), "{written}");
        assert!(administration["duration"]["text"].is_string());
    }
}
