//! Which texts name a patient, and which do not.

use super::*;

fn patient() -> PatientIdentity {
    Patient {
        name: Some("O'Brien^Li".into()),
        id: Some("00-123-456".into()),
        other_ids: vec!["607".into()],
        birth_date: Some("19800517".into()),
        ..Patient::default()
    }
    .identity()
}

#[test]
fn punctuation_spaces_case_and_zeros_hide_nothing() {
    for text in [
        "brien",
        "O BRIEN",
        "obrien li",
        "123456",
        "12-3456",
        "0123 456",
        "x123456y",
        "1.607",
        "00607",
        "li o'brien",
    ] {
        assert!(patient().is_named_in(text), "{text}");
    }
    for text in ["PTV 50.4", "60.7 Gy", "1234", "plan", "li", "pelvis 45", ""] {
        assert!(!patient().is_named_in(text), "{text}");
    }
}

#[test]
fn a_birth_date_is_found_in_any_order() {
    for text in [
        "1980-05-17",
        "17.5.1980",
        "5/17/1980",
        "17 May 1980",
        "17MAY1980",
        "may 17, 80",
        "17051980",
        "05171980",
        "170580",
        "plan_19800517_a",
        "1980 17 05",
    ] {
        assert!(patient().is_named_in(text), "{text}");
    }
    for text in ["1980", "17.5", "17 x 5 Gy, 1980", "18.5.1980", "1.7.5.1980"] {
        assert!(!patient().is_named_in(text), "{text}");
    }
}

#[test]
fn files_of_nobody_name_nobody() {
    let nobody = Patient {
        name: Some("PHANTOM^PELVIS".into()),
        birth_date: Some("unknown".into()),
        ..Patient::default()
    };
    assert!(!nobody.identity().is_named_in("pelvis of the phantom"));
}

fn identity(id: &str, name: &str, birth_date: &str) -> PatientIdentity {
    let some = |text: &str| Some(text.to_string()).filter(|text| !text.is_empty());
    let patient = Patient {
        id: some(id),
        name: some(name),
        birth_date: some(birth_date),
        ..Patient::default()
    };
    patient.identity()
}

#[test]
fn texts_that_name_the_patient() {
    for (id, name, birth_date, named, not_named) in [
        (
            "607",
            "",
            "",
            &["607", "plan 1607"][..],
            &["60 7", "6.07", "PTV 60"][..],
        ),
        (
            "AB-12",
            "",
            "",
            &["AB-12", "ab12", "xab12x"],
            &["ab 12", "AB1.2"],
        ),
        ("AB-123", "", "", &["ab 123", "AB.123"], &["123", "AB 12"]),
        // the digits alone, where there are many
        (
            "QA-04711007",
            "",
            "",
            &["4711007", "RD.04711007.1"],
            &["471100", "47 11007"],
        ),
        ("QA-047110", "", "", &["QA047110"], &["47110"]),
        (
            "",
            "MÜLLER^ANNA",
            "",
            &["Mueller", "muller", "müller", "MU\u{308}LLER"],
            &["Moeller"],
        ),
        (
            "",
            "Mueller^Ann",
            "",
            &["Müller", "PTV Muller"],
            &["Mül", "Möller"],
        ),
        (
            "",
            "LI^WEI",
            "",
            &["wei", "li wei boost", "WEI-LI"],
            &["li", "limit", "liver"],
        ),
        ("", "PLAN^PELVIS", "", &["plan pelvis"], &["plan", "pelvis"]),
        (
            "",
            "",
            "19800517",
            &["17.5.80", "19800517", "May 17 1980", "x 170580"],
            &["1980", "17.6.80", "5.17"],
        ),
        ("A-1", "", "", &["A-1"], &["plan a1"]),
        ("000607", "", "", &["607", "x607"], &["60"]),
        (
            "",
            "",
            "19800817",
            &["17 AUG 1980", "17 August 80", "170880"],
            &["17 Sep 1980", "123456", "17 Augu 1980"],
        ),
        ("", "", "1980ANON0517", &[], &["19800517", "17.5.1980"]),
        ("", "", "19801301", &[], &["19801301"]),
        ("", "", "19801232", &[], &["19801232"]),
        ("", "", "anonymous", &[], &["anonymous", "19800517"]),
        ("", "", "19801399", &[], &["19801399", "13.99.80"]),
    ] {
        let identity = identity(id, name, birth_date);
        for text in named {
            assert!(
                identity.is_named_in(text),
                "{id} {name} {birth_date}: {text}"
            );
        }
        for text in not_named {
            assert!(
                !identity.is_named_in(text),
                "{id} {name} {birth_date}: {text}"
            );
        }
    }
}

#[test]
fn uids_that_hold_an_identifier() {
    for (id, birth_date, holding, others) in [
        (
            "04711",
            "",
            &["1.2.4711.3", "1.2.004711"][..],
            &["1.2.47110", "1.24711", "1.4.7.11"][..],
        ),
        (
            "4711007",
            "",
            &["1.2.4711007", "2.25.994711007"],
            &["1.2.471100.7"],
        ),
        ("471100", "", &["1.471100"], &["1.2.9471100"]),
        ("607", "", &[], &["1.607.2"]),
        ("ABC", "", &[], &["1.2.840.10008"]),
        (
            "",
            "19800517",
            &["1.2.19800517.1"],
            &["1.2.19800518.1", "1.2.198005171200"],
        ),
        ("", "", &[], &["1.2.3"]),
    ] {
        let identity = identity(id, "", birth_date);
        for uid in holding {
            let shown = identity.uid((*uid).into());
            assert!(shown.names_a_person(), "{id} {birth_date}: {uid}");
            assert!(!shown.to_string().contains(uid));
            let shown = identity.clone().showing(true).uid((*uid).into());
            assert_eq!(shown.to_string(), *uid);
        }
        for uid in others {
            assert_eq!(identity.uid((*uid).into()).to_string(), *uid, "{id}");
        }
    }
}
