//! Beams that are too much by themselves, where the dose of others is not known.
#![allow(clippy::unwrap_used, reason = "tests")]

use chemorad::report::Outcome::{CannotTell, Fail, NotApplicable, Warn};
use chemorad::report::{Finding, Outcome};
use chemorad_crosscheck::{CrossCheck, KnownBeams, Prescribed};
use chemorad_dosimetry::{
    DosePart, DosePoint, MissingDose, OtherLimit, PartPoint, PlanKind, PlannedPrescription,
    StatedLimit,
};

use crate::common::{Case, boost, check, decimal, find, only, option, pelvis, typed};

fn part(part: DosePart, dose: &str, point: Option<DosePoint>) -> PartPoint {
    let dose = decimal(dose);
    PartPoint { part, point, dose }
}

/// The pelvis of 25 fractions of 1.8 Gy; the dose of beam 9 is not known.
fn with(known: Vec<PartPoint>) -> PlannedPrescription {
    let mut plan = pelvis();
    let dose = &mut plan.groups[0].doses[0];
    dose.per_fraction = None;
    dose.missing = Some(MissingDose::NoBeamDose { beams: vec![9] });
    dose.known = known;
    plan
}

fn beams(doses: &[&str], point: Option<&DosePoint>) -> Vec<PartPoint> {
    let beam = |(number, dose): (i32, &&str)| part(DosePart::Beam(number), dose, point.cloned());
    (1..).zip(doses).map(beam).collect()
}

fn accepted(plan: PlannedPrescription) -> CrossCheck {
    let prescribed = option("radiotherapy_alone");
    let planned = [plan];
    let mut case = Case::new(&prescribed, &planned);
    case.decisions.accept_stated_dose = Some("the other beam was measured".into());
    case.run().unwrap()
}

fn outcome(known: Vec<PartPoint>) -> Outcome {
    accepted(with(known)).outcome
}

#[test]
fn what_is_known_of_a_fraction_is_not_above_what_is_prescribed() {
    for (doses, expected) in [
        (&[][..], Warn),
        (&["0.9"], Warn),
        (&["0.9", "0.9"], Warn),
        // all of it, so that the other beam gives nothing
        (&["1.8"], Warn),
        (&["1.804"], Warn),
        (&["1.806"], Fail),
        (&["1.9"], Fail),
        (&["2.6"], Fail),
        (&["18"], Fail),
        (&["180"], Fail),
        (&["0.9", "1"], Fail),
    ] {
        assert_eq!(outcome(beams(doses, None)), expected, "{doses:?}");
    }
    let found = accepted(with(beams(&["0.9", "1"], None)));
    let above = |finding: &&Finding| finding.observation::<KnownBeams>().is_some();
    let finding = found.findings.iter().find(above).unwrap();
    assert_eq!(finding.found().as_deref(), Some("1.9 Gy"));
    assert!(finding.message().contains("beam 1 0.9 Gy"), "{finding}");
    // without the decision it fails as well
    let prescribed = option("radiotherapy_alone");
    let plan = with(beams(&["1.9"], None));
    assert_eq!(check(&prescribed, &[plan]).outcome, Fail);
}

#[test]
fn doses_at_a_point_may_be_a_quarter_more() {
    let point = DosePoint::Coordinates(["1", "70", "0"].map(decimal));
    for (doses, expected) in [
        (&["1.9"][..], Warn),
        (&["1.1", "1.1"], Warn),
        (&["2.26"], Fail),
        (&["1.1", "1.2"], Fail),
    ] {
        assert_eq!(outcome(beams(doses, Some(&point))), expected, "{doses:?}");
    }
}

#[test]
fn doses_that_do_not_add_up_are_not_added() {
    let other = DosePoint::Coordinates(["1", "90", "0"].map(decimal));
    let mut apart = beams(&["1.2", "1.2"], None);
    apart[1].point = Some(other);
    assert_eq!(outcome(apart), Warn);
    let of_beams = |doses: &[&str]| outcome(beams(doses, Some(&DosePoint::OfBeam)));
    assert_eq!(of_beams(&["1.2", "1.2"]), Warn);
    assert_eq!(of_beams(&["1.2", "7.3"]), Fail);
    let mixed = vec![
        part(DosePart::Beam(1), "1.2", None),
        part(DosePart::Setup(2), "1.2", None),
    ];
    assert_eq!(outcome(mixed), Warn);
}

/// A further plan that no phase has the numbers of is given to the patient all the same.
#[test]
fn a_further_plan_of_another_kind_does_not_pass() {
    let prescribed = option("radiotherapy_alone");
    for kind in [PlanKind::Brachytherapy, PlanKind::Ion] {
        let mut further = boost();
        further.kind = kind;
        let found = check(&prescribed, &[pelvis(), further]);
        assert_eq!(found.outcome, CannotTell, "{kind}");
        let of_kind = find(&found, "plan.kind", "boost.dcm");
        assert!(of_kind.message().contains("leave it out"), "{of_kind}");
    }
}

#[test]
fn limits_of_organs_in_another_unit_are_said() {
    let prescribed = option("radiotherapy_alone");
    let limited = |what, dose: &str| {
        let mut plan = pelvis();
        let dose = decimal(dose);
        plan.targets[0].other_limits = vec![StatedLimit { what, dose }];
        check(&prescribed, &[plan])
    };
    for what in [OtherLimit::OrganMaximum, OtherLimit::DeliveryWarning] {
        for dose in ["0.5", "50", "90", "450"] {
            only(&limited(what, dose), &[]);
        }
        for dose in ["450.1", "4500", "5000"] {
            let found = limited(what, dose);
            only(&found, &[("plan.target_limits", Warn)]);
            let finding = find(&found, "plan.target_limits", "pelvis");
            assert!(finding.message().contains("centigray"), "{finding}");
            assert_ne!(finding.outcome, NotApplicable);
        }
    }
}

/// Beams of one kind are added, application setups as well; of two kinds they are not, in whichever order.
#[test]
fn application_setups_are_added() {
    let of = |kinds: [fn(i32) -> DosePart; 2]| {
        let parts = kinds.map(|kind| part(kind(1), "1.2", None));
        outcome(parts.into())
    };
    assert_eq!(of([DosePart::Setup, DosePart::Setup]), Fail);
    assert_eq!(of([DosePart::Setup, DosePart::Beam]), Warn);
    assert_eq!(of([DosePart::Beam, DosePart::Setup]), Warn);
}

/// In a simultaneous boost the beams may give the largest dose, wherever it stands.
#[test]
fn known_beams_are_held_against_the_largest_dose() {
    for texts in [
        ["x@low=50.4Gy/28", "x@high=58.8Gy/28"],
        ["x@high=58.8Gy/28", "x@low=50.4Gy/28"],
    ] {
        let prescribed = Prescribed::typed(&typed(&texts)).unwrap();
        for (dose, is_above) in [("2", false), ("2.1", false), ("2.2", true)] {
            let mut plan = with(beams(&[dose], None));
            plan.groups[0].fractions = Some(28);
            plan.targets.clear();
            let found = check(&prescribed, &[plan]);
            let mut findings = found.findings.iter();
            let above = findings.any(|one| one.observation::<KnownBeams>().is_some());
            assert_eq!(above, is_above, "{dose} of {texts:?}");
        }
    }
}
