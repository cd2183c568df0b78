//! Whom plans, doses and structure sets are about, and on which images the phases lie.
#![allow(clippy::unwrap_used, reason = "tests")]

use chemorad::report::Outcome;
use chemorad_crosscheck::CrossCheck;
use chemorad_dosimetry::{DoseFile, Patient, PatientFile, PlannedPrescription};

use crate::common::{Case, adjuvant, boost, expect, pelvis};
use Outcome::{CannotTell, Fail, Pass, Warn};

/// All that is known of the person of these tests.
fn somebody() -> Patient {
    Patient {
        id: Some("synthetic".into()),
        issuer: Some("clinic".into()),
        name: Some("SYNTHETIC^ONE".into()),
        birth_date: Some("19800517".into()),
        sex: Some("F".into()),
        ..Patient::default()
    }
}

fn but(change: impl Fn(&mut Patient)) -> Patient {
    let mut patient = somebody();
    change(&mut patient);
    patient
}

/// Two plans, a dose and a structure set, each about a patient.
fn checked(of: [Patient; 4]) -> CrossCheck {
    let [first, second, third, fourth] = of;
    let about = |mut plan: PlannedPrescription, patient| {
        plan.patient = Some(patient);
        plan
    };
    let planned = [about(pelvis(), first), about(boost(), second)];
    let doses = [DoseFile {
        patient: Some(third),
        plans: planned[0].uid.iter().cloned().collect(),
        ..DoseFile::new("dose.dcm")
    }];
    let others = [PatientFile {
        source: "structures.dcm".into(),
        uid: None,
        patient: fourth,
        regions: Vec::new(),
        no_targets: Vec::new(),
        notes: Vec::new(),
    }];
    let prescribed = adjuvant();
    let mut case = Case::new(&prescribed, &planned);
    (case.doses, case.others) = (&doses, &others);
    case.run().unwrap()
}

/// The same for each of the four files in turn.
#[track_caller]
fn in_any_file(patient: &Patient, outcome: Outcome, words: &str) {
    for file in 0..4 {
        let mut of = [somebody(), somebody(), somebody(), somebody()];
        of[file] = patient.clone();
        let found = checked(of);
        expect(&found, &[("plan.patient", "files", outcome)]);
        let mut findings = found.findings.iter();
        let finding = findings.find(|found| found.is("plan.patient")).unwrap();
        assert!(finding.message().contains(words), "{}", finding.message());
        for secret in ["SYNTHETIC", "1980", "clinic"] {
            assert!(!finding.to_string().contains(secret), "{finding}");
        }
    }
}

#[test]
fn another_id_is_another_patient() {
    let other = but(|patient| patient.id = Some("synthetic-2".into()));
    in_any_file(&other, Fail, "different patients: the Patient ID of");
    // whatever else agrees or not
    let other = but(|patient| {
        patient.id = Some("synthetic-2".into());
        patient.name = Some("SYNTHETIC^TWO".into());
    });
    in_any_file(&other, Fail, "different patients");
}

#[test]
fn one_attribute_warns_and_two_leave_it_open() {
    type Change = fn(&mut Patient);
    let changes: [(Change, &str); 4] = [
        (
            |patient| patient.name = Some("SYNTHETIC^TWO".into()),
            "name",
        ),
        (
            |patient| patient.birth_date = Some("19800518".into()),
            "birth date",
        ),
        (|patient| patient.sex = Some("M".into()), "sex"),
        (|patient| patient.issuer = Some("other".into()), "issuer"),
    ];
    for (at, (one, word)) in changes.iter().enumerate() {
        in_any_file(&but(one), Warn, word);
        for (other, second) in changes.iter().skip(at + 1) {
            let both = but(|patient| {
                one(patient);
                other(patient);
            });
            in_any_file(&both, CannotTell, second);
            // in two files
            let of = [somebody(), but(one), but(other), somebody()];
            expect(&checked(of), &[("plan.patient", "files", CannotTell)]);
        }
    }
}

#[test]
fn what_is_not_stated_or_written_otherwise_is_no_other_person() {
    let written = but(|patient| {
        patient.name = Some("Synthetic^One^^".into());
        patient.birth_date = Some("1980-05-17".into());
        patient.sex = Some("f".into());
        patient.issuer = None;
    });
    in_any_file(&written, Pass, "for one patient");
    in_any_file(&somebody(), Pass, "for one patient");
    let without = but(|patient| patient.id = None);
    in_any_file(&without, CannotTell, "it is missing in");
}

/// The reference of a dose says that it belongs to the plan.
#[test]
fn one_plan_without_a_name_has_its_doses() {
    let mut plan = pelvis();
    plan.patient = Some(Patient::default());
    let planned = [plan];
    let doses = [DoseFile {
        patient: Some(Patient::default()),
        ..DoseFile::new("dose.dcm")
    }];
    let prescribed = adjuvant();
    let mut case = Case::new(&prescribed, &planned);
    case.doses = &doses;
    let found = case.run().unwrap();
    // they belong together, and whose they are is not said
    expect(&found, &[("plan.patient", "files", Warn)]);
}

#[test]
fn phases_on_other_images_warn() {
    let on = |frame: &str, set: &str, mut plan: PlannedPrescription| {
        let stated = |text: &str| Some(text.to_string()).filter(|text| !text.is_empty());
        plan.frame_of_reference = stated(frame);
        plan.structure_sets = stated(set).into_iter().collect();
        plan
    };
    for (second, expected) in [
        (("2.25.500", "2.25.4"), vec![]),
        (("", ""), vec![]),
        (("2.25.501", "2.25.4"), vec!["plan.frame_of_reference"]),
        (("2.25.500", "2.25.5"), vec!["plan.structure_set"]),
        (
            ("2.25.501", "2.25.5"),
            vec!["plan.frame_of_reference", "plan.structure_set"],
        ),
    ] {
        let (frame, set) = second;
        let planned = [on("2.25.500", "2.25.4", pelvis()), on(frame, set, boost())];
        let found = Case::new(&adjuvant(), &planned).run().unwrap();
        let codes: Vec<_> = found
            .findings
            .iter()
            .filter(|found| found.code().starts_with("plan.") && found.outcome == Warn)
            .map(chemorad::report::Finding::code)
            .collect();
        assert_eq!(codes, expected);
        let outcome = if expected.is_empty() { Pass } else { Warn };
        assert_eq!(found.outcome, outcome, "{:#?}", found.findings);
    }
}

/// A dose of several plans refers to each of them.
#[test]
fn a_dose_of_several_plans_that_refers_to_one_warns() {
    let planned = [pelvis(), boost()];
    let uids: Vec<String> = planned.iter().filter_map(|plan| plan.uid.clone()).collect();
    for (plans, outcome) in [(1, Warn), (2, Pass)] {
        let mut dose = DoseFile::new("dose.dcm");
        dose.sum = chemorad_dosimetry::SummationType::MultiPlan;
        dose.plans = uids[..plans].to_vec();
        let doses = [dose];
        let prescribed = adjuvant();
        let mut case = Case::new(&prescribed, &planned);
        case.doses = &doses;
        let found = case.run().unwrap();
        expect(&found, &[("dose.sum_type", "dose.dcm", outcome)]);
    }
}

/// A lone plan is compared with nothing; one plan and its dose are, and so are two plans without IDs.
#[test]
fn what_is_compared_is_one_patients() {
    let prescribed = adjuvant();
    let patient_of = |planned: &[PlannedPrescription], doses: &[DoseFile]| {
        let mut case = Case::new(&prescribed, planned);
        case.doses = doses;
        let found = case.run().unwrap();
        let mut all = found.findings.iter();
        all.find(|found| found.is("plan.patient"))
            .map(|found| found.outcome)
    };
    let without = |mut plan: PlannedPrescription| {
        plan.patient = Some(Patient::default());
        plan
    };
    let dose = DoseFile {
        patient: pelvis().patient,
        ..DoseFile::new("dose.dcm")
    };
    assert_eq!(patient_of(&[pelvis()], &[]), None);
    assert_eq!(patient_of(&[pelvis()], &[dose]), Some(Pass));
    let two = [without(pelvis()), without(boost())];
    assert_eq!(patient_of(&two, &[]), Some(CannotTell));
    // one plan of nobody, alone and with its dose
    assert_eq!(patient_of(&[without(pelvis())], &[]), Some(Warn));
    let of_nobody = [DoseFile::new("dose.dcm")];
    assert_eq!(patient_of(&[without(pelvis())], &of_nobody), Some(Warn));
    assert_eq!(patient_of(&[pelvis()], &of_nobody), Some(CannotTell));
}

/// A structure set that no plan was made on is another one; nothing is said where no plan states its own.
#[test]
fn a_structure_set_belongs_to_a_plan() {
    let on = |sets: &[&str], mut plan: PlannedPrescription| {
        plan.structure_sets = sets.iter().map(ToString::to_string).collect();
        plan
    };
    for (first, second, given, outcome) in [
        (&["2.25.4"][..], &["2.25.4"][..], "2.25.4", Some(Pass)),
        (&["2.25.4"], &["2.25.5"], "2.25.5", Some(Pass)),
        (&["2.25.4"], &["2.25.4"], "2.25.5", Some(CannotTell)),
        (&["2.25.4"], &[], "2.25.5", Some(CannotTell)),
        (&[], &[], "2.25.5", None),
    ] {
        let planned = [on(first, pelvis()), on(second, boost())];
        let others = [PatientFile {
            source: "structures.dcm".into(),
            uid: Some(given.into()),
            patient: somebody(),
            regions: Vec::new(),
            no_targets: Vec::new(),
            notes: Vec::new(),
        }];
        let prescribed = adjuvant();
        let mut case = Case::new(&prescribed, &planned);
        case.others = &others;
        let found = case.run().unwrap();
        let mut all = found.findings.iter();
        let finding = all.find(|found| found.is("plan.references_structures"));
        assert_eq!(finding.map(|found| found.outcome), outcome, "{given}");
        if let Some(finding) = finding {
            assert_eq!(finding.subject().to_string(), "structures.dcm");
        }
        assert!(found.not_judged.is_empty(), "{:?}", found.not_judged);
    }
}

/// What is compared is not listed as not judged, and what is not is.
#[test]
fn a_reference_to_a_structure_set_is_judged_where_there_is_something_to_compare() {
    let mut plan = pelvis();
    plan.structure_sets = vec!["2.25.4".into()];
    let planned = [plan];
    let not_judged = |others: &[PatientFile]| {
        let prescribed = adjuvant();
        let mut case = Case::new(&prescribed, &planned);
        case.others = others;
        let found = case.run().unwrap();
        let parts = found.not_judged.iter().map(|part| part.part);
        parts.collect::<Vec<_>>()
    };
    assert_eq!(not_judged(&[]), ["reference to the structure set"]);
    let given = PatientFile {
        source: "structures.dcm".into(),
        uid: Some("2.25.4".into()),
        patient: somebody(),
        regions: Vec::new(),
        no_targets: Vec::new(),
        notes: Vec::new(),
    };
    assert!(not_judged(&[given]).is_empty());
}
