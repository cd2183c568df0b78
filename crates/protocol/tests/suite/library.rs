//! The shipped protocols: each is found by its id, is sound, and says what its source says.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::collections::BTreeSet;
use std::path::Path;

use chemorad::report::Outcome;
use chemorad::trial::nct06949098 as trial;
use chemorad_protocol::{
    Action, DrugDays, Modality, PrescribedFractionation, Protocol, Span, Wording,
};
use chemorad_protocol::{FIRST_SCHEMA, Format, Linted, ProtocolFile, library};

fn all() -> impl Iterator<Item = ProtocolFile> {
    library::ids().map(|id| library::file(id).unwrap_or_else(|| panic!("{id} cannot be read")))
}

fn protocol(id: &str) -> Protocol {
    library::file(id).unwrap().protocol
}

#[test]
fn every_file_of_the_folder_is_shipped_under_its_id() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("library");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_string())
        .collect();
    let ids: BTreeSet<String> = library::ids().map(String::from).collect();
    assert_eq!(files, ids);
    for (id, file) in library::ids().zip(all()) {
        assert!(file.protocol.id.is(id), "{id}");
    }
    assert!(library::ids().count() >= 20);
}

/// Doses, fractions, sums, regimen and start window.
#[test]
fn the_prescriptions_of_the_trial_are_the_constants_of_the_library() {
    let file = protocol(trial::ID);
    for (id, constant, bed) in [
        ("pelvis", trial::RADIOTHERAPY_ALONE, trial::PELVIC_FIELD),
        ("adjuvant", trial::ADJUVANT, trial::ADJUVANT_TOTAL),
        ("escalated", trial::ESCALATED, trial::ESCALATED_TOTAL),
    ] {
        let course = file.course(id).unwrap();
        assert_eq!(course.course.as_ref(), Some(constant), "{id}");
        let total = |volume: &str| {
            let mut totals = course.totals.iter();
            totals.find(|total| total.volume.is(volume)).unwrap()
        };
        assert_eq!(total(trial::TUMOUR_BED).exact(), Some(bed), "{id}");
        let pelvis = total(trial::PELVIS).exact();
        assert_eq!(pelvis, Some(trial::PELVIC_FIELD), "{id}");
    }
    for (phase, volume, fractionation) in [
        (trial::PELVIS, trial::PELVIS, trial::PELVIC_FIELD),
        (trial::BOOST, trial::TUMOUR_BED, trial::BOOST_DOSE),
        (
            trial::ESCALATED_BOOST,
            trial::TUMOUR_BED,
            trial::ESCALATED_BOOST_DOSE,
        ),
    ] {
        let doses = &file.phase(phase).unwrap().doses;
        assert_eq!(doses.len(), 1, "{phase}");
        assert!(doses[0].volume.is(volume), "{phase}");
        assert_eq!(doses[0].exact(), Some(fractionation), "{phase}");
        let each = doses[0].dose_per_fraction.as_ref().unwrap().value();
        assert_eq!(each, Some(&trial::DOSE_PER_FRACTION), "{phase}");
    }
    assert_eq!((file.phases.len(), file.courses.len()), (3, 3));
    let drug = file.drug("capecitabine").unwrap();
    assert_eq!(drug.intensity(), Some(trial::CAPECITABINE.intensity()));
    assert_eq!(
        drug.administrations_per_day()
            .map(|times| u32::from(times.get())),
        Some(trial::CAPECITABINE.administrations_per_day())
    );
    assert_eq!(drug.intensity_per_day(), Some(trial::CAPECITABINE_PER_DAY));
    let start = file.start.as_ref().unwrap();
    let span = |range: core::ops::RangeInclusive<u32>| Span::new(*range.start(), *range.end());
    let weeks = start.weeks.as_ref().unwrap().value().copied();
    assert_eq!(weeks, span(trial::START_WEEKS));
    let days = start.days.as_ref().unwrap().value().copied();
    assert_eq!(days, span(trial::START_DAYS));
}

#[test]
fn nothing_is_found_but_the_pair_that_fowarc_prints() {
    for file in all() {
        let id = file.protocol.id.to_string();
        let linted = Linted::of(Ok(file));
        let found: Vec<(&str, Outcome)> = linted
            .findings
            .iter()
            .map(|located| (located.finding.code(), located.finding.outcome))
            .collect();
        if id == "FOWARC" {
            let known = [
                ("dose.uneven", Outcome::Warn),
                ("dose.range", Outcome::Warn),
            ];
            assert_eq!(found, known);
        } else {
            assert!(found.is_empty(), "{id}: {found:?}");
        }
    }
}

/// Where a prescription is settled, a worked example holds its dose.
#[test]
fn every_settled_course_has_a_worked_example() {
    for file in all() {
        let protocol = &file.protocol;
        if protocol.id.is("NCT06949098") {
            continue; // its doses are held by the constant
        }
        for prescribed in &protocol.courses {
            let settled = prescribed.course.is_some();
            let shown = protocol.assertions.iter().any(|assertion| {
                let dose = assertion.dose.as_ref();
                dose.is_some_and(|dose| dose.course == prescribed.id)
            });
            assert_eq!(settled, shown, "{} {}", protocol.id, prescribed.id);
        }
    }
}

#[test]
fn every_file_is_valid_by_the_schema_and_the_same_in_json() {
    let schema = serde_json::from_str(FIRST_SCHEMA).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    for file in all() {
        let json = serde_json::to_value(&file.protocol).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&json)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", file.protocol.id);
        let again = ProtocolFile::parse("again.json", &json.to_string(), Format::Json).unwrap();
        assert_eq!(again.protocol, file.protocol);
    }
}

/// Only the trial's registry text was at hand word for word.
#[test]
fn figures_that_were_noted_are_not_passed_off_as_words() {
    for file in all() {
        let verbatim = file.protocol.source.quotes == Wording::Verbatim;
        assert_eq!(
            verbatim,
            file.protocol.id.is("NCT06949098"),
            "{}",
            file.protocol.id
        );
    }
}

/// What a general schema has to express, each shown by a trial.
#[test]
fn the_library_shows_what_the_schema_can_express() {
    // a contact boost stands apart
    let opera = protocol("NCT02505750");
    let contact = opera.course("contact").unwrap();
    let apart: Vec<_> = opera.phases_apart(contact).collect();
    assert_eq!(apart.len(), 1);
    assert_eq!(apart[0].modality.value(), Some(&Modality::ContactXRay));
    let sum = contact
        .course
        .as_ref()
        .unwrap()
        .cumulative_dose("boost target");
    assert_eq!(sum.unwrap().to_string(), "45 Gy");

    // a simultaneous integrated boost is one phase with two doses
    let tey = protocol("TEY-2017");
    assert_eq!(tey.phases.len(), 1);
    let course = tey.course("integrated").unwrap().course.as_ref().unwrap();
    assert_eq!(course.fractions(), 25);
    assert_eq!(
        course.cumulative_dose("boost target").unwrap().to_string(),
        "55 Gy"
    );

    // a range, a choice, and a total without fractions
    let fractionation = |id: &str, phase: &str, at: usize| {
        let protocol = protocol(id);
        let phase = protocol.phase(phase).unwrap();
        phase
            .doses
            .get(at)
            .unwrap()
            .fractionation
            .value()
            .cloned()
            .unwrap()
    };
    assert!(matches!(
        fractionation("NSABP-R-04", "boost", 0),
        PrescribedFractionation::Range { .. }
    ));
    assert!(matches!(
        fractionation("NCT01558921", "long", 0),
        PrescribedFractionation::OneOf(_)
    ));
    assert!(matches!(
        fractionation("HOSPERS-2007", "target", 0),
        PrescribedFractionation::Total(_)
    ));

    // a total for the day, cycles, a weekly drug, infusions
    let daily = protocol("RTOG-0247");
    let capecitabine = daily.drug("capecitabine with oxaliplatin").unwrap();
    assert_eq!(capecitabine.intensity(), None);
    assert_eq!(
        capecitabine.intensity_per_day().unwrap().to_string(),
        "1650 mg/m2/d"
    );
    let weekly = daily.drug("oxaliplatin").unwrap().days.value();
    assert!(matches!(weekly, Some(DrugDays::Weekly { times }) if times.get() == 5));
    let cycles = protocol("CAMS-POSTOPERATIVE");
    let days = cycles.drug("capecitabine").unwrap().days.value();
    assert!(matches!(days, Some(DrugDays::Cycle { every, .. }) if every.get() == 21));
    let infusion = protocol("CAO-ARO-AIO-94");
    let fluorouracil = infusion.drug("fluorouracil").unwrap();
    let hours = fluorouracil
        .infusion
        .as_ref()
        .and_then(|infusion| infusion.value()?.hours());
    assert_eq!(hours, Some(120));

    // branches on a stage and on a response, and steps in sequence
    assert_eq!(protocol("OIGIT-01").arms.len(), 2);
    assert_eq!(protocol("NCT01515787").facts.len(), 1);
    let sequence = protocol("NCT01558921");
    let option = &sequence
        .arms
        .iter()
        .next()
        .unwrap()
        .options
        .iter()
        .next()
        .unwrap();
    assert!(matches!(
        option.actions.as_slice(),
        [Action::Radiotherapy { .. }, Action::Drugs { .. }]
    ));

    // limits of organs at risk
    assert_eq!(
        protocol("RTOG-0529")
            .limits
            .iter()
            .next()
            .unwrap()
            .rows
            .len(),
        16
    );
}
