//! Whom files are for, and on which images and structures plans are made.

use chemorad::report::{Finding, Outcome};

use super::*;

fn patient(id: &str, name: &str, sex: &str) -> Patient {
    let some = |text: &str| Some(text.to_string()).filter(|text| !text.is_empty());
    Patient {
        id: some(id),
        name: some(name),
        sex: some(sex),
        ..Patient::default()
    }
}

fn judged(patients: &[Patient]) -> (Outcome, String) {
    let names = ["a.dcm", "b.dcm", "c.dcm"].map(Name::from);
    let files: Vec<_> = names.into_iter().zip(patients).collect();
    let finding = Finding::from(IdentityFinding::one_patient("plans", &files));
    (finding.outcome, finding.message())
}

#[test]
fn whom_files_are_for() {
    let one = patient("607", "SYNTHETIC^ONE", "F");
    for (other, outcome, said) in [
        (one.clone(), Outcome::Pass, "are for one patient"),
        (
            patient("607", "SYNTHETIC^TWO", "F"),
            Outcome::Warn,
            "have one Patient ID, but the name of b.dcm is not that of a.dcm: which one is right?",
        ),
        (
            patient("607", "SYNTHETIC^TWO", "M"),
            Outcome::CannotTell,
            "the name of b.dcm is not that of a.dcm; the sex of b.dcm is not that of a.dcm: whether they are",
        ),
        (
            patient("706", "SYNTHETIC^TWO", "F"),
            Outcome::Fail,
            "are for different patients: the Patient ID of b.dcm is not that of a.dcm",
        ),
    ] {
        let (found, message) = judged(&[one.clone(), other]);
        assert_eq!(found, outcome, "{message}");
        assert!(message.contains(said), "{message}");
        assert_eq!(message.contains("Patient ID of"), outcome == Outcome::Fail);
    }
    // without an identifier nothing is settled, and an identifier that differs settles it
    let nobody = patient("", "SYNTHETIC^ONE", "F");
    let (found, message) = judged(&[one.clone(), nobody.clone()]);
    assert_eq!(found, Outcome::CannotTell);
    assert!(message.ends_with("it is missing in b.dcm"), "{message}");
    let (found, message) = judged(&[nobody.clone(), patient("607", "", "M")]);
    assert_eq!(found, Outcome::CannotTell);
    assert!(
        message.ends_with("the sex of b.dcm is not that of a.dcm"),
        "{message}"
    );
    assert!(message.contains("missing in a.dcm;"), "{message}");
    assert_eq!(
        judged(&[one, nobody, patient("706", "", "")]).0,
        Outcome::Fail
    );
    assert_eq!(judged(&[]).0, Outcome::Pass);
}

#[test]
fn plans_on_one_set_of_images() {
    let frames = |frames: &[Option<&str>]| {
        let names = ["a.dcm", "b.dcm", "c.dcm"].map(Name::from);
        let plans: Vec<_> = names.into_iter().zip(frames.iter().copied()).collect();
        let finding = IdentityFinding::frames(&plans)?;
        finding.values().found.map(|found| found.to_string())
    };
    assert_eq!(frames(&[]), None);
    assert_eq!(frames(&[Some("1")]), None);
    assert_eq!(frames(&[Some("1"), None, Some("1")]), None);
    assert_eq!(
        frames(&[Some("1"), Some("2"), Some("1")]).as_deref(),
        Some("a.dcm, c.dcm against b.dcm")
    );
}

#[test]
fn plans_and_their_structure_sets() {
    let sets = |of: &[&str]| of.iter().map(ToString::to_string).collect::<Vec<_>>();
    let (none, one, both) = (sets(&[]), sets(&["1"]), sets(&["1", "2"]));
    let (turned, other) = (sets(&["2", "1"]), sets(&["3"]));
    let found = |sets: &[&Vec<String>]| {
        let names = ["a.dcm", "b.dcm"].map(Name::from);
        let plans = names.into_iter().zip(sets.iter().map(|set| set.as_slice()));
        let plans: Vec<_> = plans.collect();
        let differ = IdentityFinding::structure_sets(&plans);
        let outcome = |uid| {
            let structures = IdentityFinding::structures("s.dcm".into(), uid, &plans);
            structures.map(|finding| finding.outcome())
        };
        (differ.map(|finding| finding.outcome()), outcome("1"))
    };
    let (warn, pass) = (Some(Outcome::Warn), Some(Outcome::Pass));
    assert_eq!(found(&[]), (None, None));
    assert_eq!(found(&[&none]), (None, None));
    assert_eq!(found(&[&one]), (None, pass));
    assert_eq!(found(&[&one, &none]), (None, pass));
    assert_eq!(found(&[&both, &turned]), (None, pass));
    assert_eq!(found(&[&one, &both]), (warn, pass));
    assert_eq!(found(&[&other, &both]), (warn, pass));
    assert_eq!(found(&[&other, &none]), (None, Some(Outcome::CannotTell)));
}
