//! Plans as systems write them that are right and were called wrong, and the wrong ones beside them.
#![allow(clippy::unwrap_used, reason = "tests")]

use chemorad::report::Outcome::{CannotTell, Fail, Warn};
use chemorad_crosscheck::{CrossCheck, Prescribed};
use chemorad_dosimetry::{
    DosePart, DosePoint, MissingDose, PartPoint, PlannedPrescription, PlannedTarget, TargetExtent,
    TargetLink,
};

use crate::common::{
    Case, adjuvant, boost, check, decimal, find, group, only, pelvis, plan, target, typed,
};

fn typed_course(texts: &[&str]) -> Prescribed {
    Prescribed::typed(&typed(texts)).unwrap()
}

fn point(name: &str) -> DosePoint {
    DosePoint::Reference {
        uid: name.into(),
        name: name.into(),
    }
}

/// Two groups that no target is linked to, whose beams state the dose of points.
fn unlinked(pelvis: &str, boost: &str, points: [&str; 2]) -> PlannedPrescription {
    let mut groups = vec![group(1, 25, &[pelvis]), group(2, 3, &[boost])];
    for (group, name) in groups.iter_mut().zip(points) {
        group.doses[0].point = Some(point(name));
    }
    let targets = vec![target("PTV 1", Some("45")), target("PTV 2", Some("5.4"))];
    plan("course.dcm", groups, targets)
}

#[test]
fn doses_at_points_of_groups_that_no_target_is_linked_to() {
    let phases = typed_course(&["pelvis=45Gy/25", "boost=5.4Gy/3"]);
    let outcome =
        |pelvis, boost, points| check(&phases, &[unlinked(pelvis, boost, points)]).outcome;
    for points in [["p", "p"], ["p", "q"]] {
        assert_eq!(outcome("1.818", "1.818", points), Warn);
        assert_eq!(outcome("1.782", "1.818", points), Warn);
        // far from what any point could get
        assert_eq!(outcome("2.4", "1.8", points), Fail);
        assert_eq!(outcome("1.8", "3.6", points), Fail);
    }
    // without a point it is another dose
    let mut plan = unlinked("1.818", "1.818", ["p", "p"]);
    for group in &mut plan.groups {
        group.doses[0].point = None;
    }
    assert_eq!(check(&phases, &[plan]).outcome, Fail);
}

/// A simultaneous boost whose beams give this in a fraction.
fn boosted(beams: Option<&str>, at: Option<DosePoint>, missing: Option<MissingDose>) -> CrossCheck {
    let linked = |name: &str, dose: &str| PlannedTarget {
        extent: TargetExtent::Volume,
        links: vec![TargetLink::new(0)],
        ..target(name, Some(dose))
    };
    let targets = vec![linked("low", "50.4"), linked("high", "58.8")];
    let mut plan = plan("sib.dcm", vec![group(1, 28, &["2.1"])], targets);
    let dose = &mut plan.groups[0].doses[0];
    dose.per_fraction = beams.map(decimal);
    dose.point = at;
    dose.missing = missing;
    check(
        &typed_course(&["x@low=50.4Gy/28", "x@high=58.8Gy/28"]),
        &[plan],
    )
}

#[test]
fn a_simultaneous_boost_whose_beams_state_the_dose_of_a_point() {
    let outcome = |beams, at| boosted(Some(beams), at, None).outcome;
    assert_eq!(outcome("2.1315", Some(point("p"))), Warn);
    assert_eq!(outcome("1.827", Some(point("p"))), Warn);
    assert_eq!(outcome("2.9", Some(point("p"))), Fail);
    assert_eq!(outcome("2.1315", None), Fail);
}

#[test]
fn a_simultaneous_boost_of_which_the_beams_do_not_tell_the_dose() {
    let one = |beam, name: &str, dose| PartPoint {
        part: DosePart::Beam(beam),
        point: Some(point(name)),
        dose: decimal(dose),
    };
    let different = MissingDose::DifferentPoints {
        points: vec![one(1, "p", "1.1"), one(2, "q", "1.0")],
    };
    for missing in [different, MissingDose::NoBeamDose { beams: vec![1] }] {
        let found = boosted(None, None, Some(missing));
        only(&found, &[("plan.beam_sum", CannotTell)]);
        let planned = found.assigned[0].planned.shown();
        assert_eq!(
            planned,
            "28 fractions; the plan states 50.4 Gy (low), 58.8 Gy (high); what its beams give is not known"
        );
    }
}

#[test]
fn a_plan_that_states_the_dose_of_the_whole_course() {
    let of = |name: &str, dose: &str, beams: &str| {
        let mut plan = pelvis();
        plan.groups = vec![group(1, 25, &[beams])];
        plan.targets = vec![target(name, Some(dose))];
        check(&adjuvant(), &[plan, boost()])
    };
    let stated = |name, dose, beams| {
        let found = of(name, dose, beams);
        let outcome = |code| find(&found, code, "pelvis.dcm").outcome;
        [outcome("rx.prescription"), outcome("plan.beam_sum")]
    };
    assert_eq!(stated("PTV", "50.4", "1.8"), [Warn, Warn]);
    assert_eq!(stated("PTV", "50.5", "1.8"), [Fail, Fail]);
    // the volume of this name gets 45 Gy in all
    assert_eq!(stated("pelvis", "50.4", "1.8"), [Fail, Fail]);
    // and it excuses no beams
    assert_eq!(of("PTV", "50.4", "2.016").outcome, Fail);
}

#[test]
fn an_assignment_is_shown_for_the_phase_that_can_be_meant() {
    let phases = typed_course(&["pelvis=45Gy/25", "boost=5.4Gy/3"]);
    let groups = vec![group(1, 25, &["1.7"]), group(2, 3, &["1.7"])];
    let found = check(&phases, &[plan("course.dcm", groups, vec![])]);
    let hint = |at| find(&found, "rx.phases", at).message();
    assert!(hint("fraction group 1").ends_with("for example \"course.dcm#1=pelvis\""));
    assert!(hint("fraction group 2").ends_with("for example \"course.dcm#2=boost\""));
    // nothing tells: each is shown
    let planned = [plan("a.dcm", vec![group(1, 7, &["1"])], vec![])];
    let mut case = Case::new(&phases, &planned);
    case.not_assessable = 1;
    let found = case.run().unwrap();
    let hint = find(&found, "rx.phases", "fraction group 1").message();
    assert!(
        hint.ends_with("\"a.dcm=pelvis\" or \"a.dcm=boost\""),
        "{hint}"
    );
}
