//! Beam doses that are doses at a point, doses for quality assurance, and the radiation of the beams.
#![allow(clippy::unwrap_used, reason = "tests")]

use chemorad::number::Decimal;
use chemorad::report::Outcome::{CannotTell, Fail, NotApplicable, Pass, Warn};
use chemorad_crosscheck::{CrossCheck, Prescribed, Tolerances};
use chemorad_dosimetry::{
    BeamRadiation, DosePart, DosePoint, MissingDose, PartPoint, PlanKind, PlannedPrescription,
    PlannedTarget, TargetExtent,
};

use chemorad_protocol::Modality::{
    self, Brachytherapy, ContactXRay, ExternalBeam, ExternalBeamElectrons, ExternalBeamPhotons,
    Intraoperative, Protons,
};
use chemorad_protocol::Statement;

use crate::common::{
    Case, NCT06949098, adjuvant, boost, check, decimal, expect, find, group, only, pelvis, plan,
    target, typed,
};

const REASON: &str = "calculated by hand on 7 December";

fn at(x: &str) -> DosePoint {
    DosePoint::Coordinates([decimal(x), decimal("70"), Decimal::ZERO])
}

fn prescribed() -> Prescribed {
    Prescribed::typed(&typed(&["40.05Gy/15"])).unwrap()
}

/// One beam whose dose is that of a point.
fn at_point(dose: &str) -> PlannedPrescription {
    let mut plan = plan(
        "vmat.dcm",
        vec![group(1, 15, &[dose])],
        vec![target("PTV", Some("40.05"))],
    );
    plan.groups[0].doses[0].point = Some(at("1"));
    plan
}

/// Two beams whose doses are those of two points.
fn at_two_points() -> PlannedPrescription {
    let mut plan = at_point("2.67");
    let dose = &mut plan.groups[0].doses[0];
    (dose.per_fraction, dose.point) = (None, None);
    let points = [(1, "0"), (2, "80")].map(|(beam, x)| PartPoint {
        part: DosePart::Beam(beam),
        point: Some(at(x)),
        dose: decimal("1.335"),
    });
    dose.missing = Some(MissingDose::DifferentPoints {
        points: points.into(),
    });
    plan
}

/// The dose of application setups at a point is not called one of beams.
#[test]
fn a_point_of_application_setups() {
    let message = |kind: PlanKind| {
        let mut plan = at_point("2.752");
        plan.kind = kind;
        let found = check(&prescribed(), &[plan]);
        find(&found, "plan.beam_sum", "PTV").message()
    };
    let of_setups = message(PlanKind::Brachytherapy);
    assert!(of_setups.contains("the doses of the application setups are those at"));
    assert!(!of_setups.contains("beam"), "{of_setups}");
    assert!(message(PlanKind::ExternalBeam).contains("the beam doses are those at"));
}

fn accepted(prescribed: &Prescribed, planned: &[PlannedPrescription]) -> CrossCheck {
    let mut case = Case::new(prescribed, planned);
    case.decisions.accept_stated_dose = Some(REASON.into());
    case.run().unwrap()
}

#[test]
fn the_dose_of_a_point_may_differ_from_the_stated_dose() {
    for (dose, outcome) in [
        ("2.67", Pass),
        // what real files show
        ("2.752", Warn),
        ("2.176", Warn),
        ("3.33", Warn),
        ("3.34", Fail),
        ("2.0", Fail),
        ("267", Fail),
    ] {
        let found = check(&prescribed(), &[at_point(dose)]);
        let beams = find(&found, "plan.beam_sum", "PTV");
        assert_eq!(beams.outcome, outcome, "{dose}: {beams}");
        assert_eq!(found.outcome, outcome, "{dose}");
        if outcome == Warn {
            only(&found, &[("plan.beam_sum", Warn)]);
            assert!(beams.message().contains("at (1, 70, 0) mm"), "{beams}");
            let dose = find(&found, "rx.dose_per_fraction", "");
            assert_eq!(
                dose.arithmetic().as_deref(),
                Some("40.05 Gy / 15 = 2.67 Gy")
            );
        }
    }
    // a stated dose that is not prescribed excuses nothing
    let mut wrong = at_point("2.752");
    wrong.targets[0].dose = Some(decimal("42"));
    let found = check(&prescribed(), &[wrong]);
    assert_eq!(found.outcome, Fail);
    expect(&found, &[("plan.beam_sum", "PTV", Fail)]);
    let dose = find(&found, "rx.dose_per_fraction", "");
    assert_eq!(dose.found().as_deref(), Some("2.752 Gy"));
    // and what agrees needs no excuse
    let found = check(&prescribed(), &[at_point("2.67")]);
    let dose = find(&found, "rx.dose_per_fraction", "");
    assert_eq!(dose.arithmetic(), None, "{dose}");
    // neither does a point without a stated dose
    let mut silent = at_point("2.752");
    silent.targets[0].dose = None;
    expect(
        &check(&prescribed(), &[silent]),
        &[("rx.dose_per_fraction", "", Fail)],
    );
    // without a point the beams are what they say
    let mut plain = at_point("2.752");
    plain.groups[0].doses[0].point = None;
    assert_eq!(check(&prescribed(), &[plain]).outcome, Fail);
    // the tolerance can be narrowed and not widened
    let mut tolerances = Tolerances::default();
    tolerances.set("beam_dose_at_point=3%").unwrap();
    assert!(tolerances.set("beam_dose_at_point=26%").is_err());
}

/// What a point is allowed is no agreement, by which the dose of another target would be less wrong.
#[test]
fn the_allowance_of_a_point_excuses_no_other_target() {
    let with_other = |beam: &str| {
        let mut planned = at_point(beam);
        planned.targets.push(target("other", Some("60")));
        check(&prescribed(), &[planned])
    };
    expect(
        &with_other("2.752"),
        &[
            ("plan.beam_sum", "PTV", Warn),
            ("plan.beam_sum", "other", Fail),
        ],
    );
    expect(
        &with_other("2.67"),
        &[
            ("plan.beam_sum", "PTV", Pass),
            ("plan.beam_sum", "other", Warn),
        ],
    );
}

#[test]
fn the_dose_of_a_point_tells_the_phase_by_the_stated_dose() {
    let mut planned = [pelvis(), boost()];
    planned[0].groups[0].doses[0].per_fraction = Some(decimal("1.85"));
    planned[0].groups[0].doses[0].point = Some(at("1"));
    let found = check(&adjuvant(), &planned);
    only(&found, &[("plan.beam_sum", Warn)]);
    expect(&found, &[("rx.total", "volume tumour bed", Pass)]);
}

#[test]
fn doses_at_different_points_are_not_added() {
    let found = check(&prescribed(), &[at_two_points()]);
    only(&found, &[("plan.beam_sum", CannotTell)]);
    let beams = find(&found, "plan.beam_sum", "");
    assert!(
        beams
            .message()
            .contains("beam 2 1.335 Gy at (80, 70, 0) mm"),
        "{beams}"
    );
    let dose = find(&found, "rx.dose_per_fraction", "");
    assert_eq!(
        (dose.outcome, dose.found().as_deref()),
        (Pass, Some("2.67 Gy"))
    );
    // the stated dose is compared
    let mut wrong = at_two_points();
    wrong.targets[0].dose = Some(decimal("42"));
    assert_eq!(check(&prescribed(), &[wrong.clone()]).outcome, Fail);
    // and may be accepted, for a reason that is printed
    let found = accepted(&prescribed(), &[at_two_points()]);
    only(&found, &[("plan.beam_sum", Warn)]);
    assert!(find(&found, "plan.beam_sum", "").message().contains(REASON));
    assert_eq!(accepted(&prescribed(), &[wrong]).outcome, Fail);
    // what can be told is compared all the same
    assert_eq!(accepted(&prescribed(), &[at_point("3.34")]).outcome, Fail);
    let mut silent = at_two_points();
    silent.targets.clear();
    assert_eq!(accepted(&prescribed(), &[silent]).outcome, CannotTell);
}

#[test]
fn doses_for_quality_assurance_are_no_prescription() {
    let of_assurance = |dose: &str| PlannedTarget {
        purpose: Some("QA".into()),
        extent: TargetExtent::Point,
        ..target("QA point", Some(dose))
    };
    let mut plan = boost();
    plan.targets.push(of_assurance("6.1"));
    let boost_alone = adjuvant().only(&["boost".into()]).unwrap();
    let found = check(&boost_alone, &[plan.clone()]);
    only(&found, &[]);
    expect(&found, &[("rx.prescription", "boost.dcm", NotApplicable)]);
    // it does not stand in for the prescription
    plan.targets = vec![of_assurance("5.4")];
    let found = check(&boost_alone, &[plan.clone()]);
    assert_eq!(found.outcome, CannotTell);
    plan.targets[0].purpose = Some("TRACKING".into());
    plan.targets[0].name = "tumour bed".into();
    only(&check(&boost_alone, &[plan]), &[]);
}

#[test]
fn the_radiation_is_that_of_the_prescription() {
    let with = |kinds: &[Option<&str>]| {
        let mut plan = at_point("2.67");
        plan.radiation = kinds
            .iter()
            .zip(1..)
            .map(|(kind, beam)| BeamRadiation {
                radiation: kind.map(Into::into),
                beams: vec![beam],
            })
            .collect();
        check(&prescribed(), &[plan]).outcome
    };
    assert_eq!(with(&[Some("PHOTON")]), Pass);
    assert_eq!(with(&[Some("PHOTON"), Some("ELECTRON")]), Pass);
    assert_eq!(with(&[Some("PHOTON"), None]), Warn);
    for other in ["NEUTRON", "PROTON", "ION"] {
        assert_eq!(with(&[Some("PHOTON"), Some(other)]), Fail, "{other}");
    }
}

#[test]
fn the_radiation_is_that_of_the_protocol() {
    let with_plan = |modality: Option<Modality>, kind: &str, of: PlanKind| {
        let mut protocol = NCT06949098.clone();
        let mut phases: Vec<_> = protocol.phases.iter().cloned().collect();
        for phase in &mut phases {
            match (modality, &mut phase.modality) {
                (
                    Some(given),
                    Statement::Stated { value, .. } | Statement::Derived { value, .. },
                ) => {
                    *value = given;
                }
                (_, statement) => {
                    let question = protocol
                        .courses
                        .iter()
                        .find_map(|course| course.fractions_per_week.question().cloned());
                    *statement = Statement::Unspecified {
                        question: question.unwrap(),
                        values: Vec::new().into(),
                    };
                }
            }
        }
        protocol.phases = phases.into();
        let option = Some("radiotherapy_alone");
        let prescribed = Prescribed::by_protocol(&protocol, None, option, None).ok()?;
        let mut plan = pelvis();
        plan.radiation = vec![BeamRadiation {
            radiation: Some(kind.into()),
            beams: vec![1],
        }];
        plan.kind = of;
        let found = check(&prescribed, &[plan]);
        let mut found = found.findings.iter();
        let found = found.find(|finding| finding.code() == "plan.radiation");
        found.map(|finding| finding.outcome)
    };
    let with = |modality, kind: &str| with_plan(modality, kind, PlanKind::ExternalBeam);
    // an ion plan does not pass anyway; where the protocol names other beams, it fails
    for (modality, ions) in [
        (ExternalBeam, None),
        (ExternalBeamPhotons, Some(Fail)),
        (ExternalBeamElectrons, Some(Fail)),
    ] {
        let found = with_plan(Some(modality), "PROTON", PlanKind::Ion);
        assert_eq!(found, ions, "{modality}");
    }
    for (modality, photon, electron, proton) in [
        (ExternalBeam, Pass, Pass, Fail),
        (ExternalBeamPhotons, Pass, Fail, Fail),
        (ExternalBeamElectrons, Fail, Pass, Fail),
    ] {
        let found = ["PHOTON", "ELECTRON", "PROTON"].map(|kind| with(Some(modality), kind));
        assert_eq!(found, [photon, electron, proton].map(Some), "{modality}");
    }
    // courses of other radiation, or of one that is not stated, are not compared or do not pass
    for modality in [
        Some(Protons),
        Some(ContactXRay),
        Some(Intraoperative),
        Some(Brachytherapy),
        None,
    ] {
        let found = with(modality, "PHOTON");
        assert!(
            matches!(found, None | Some(Fail | CannotTell)),
            "{modality:?} {found:?}"
        );
    }
}

/// One beam whose dose is that of a dose reference, with a volume that has an identifier.
fn at_reference(point: DosePoint, dose: &str) -> CrossCheck {
    let mut plan = at_point(dose);
    plan.groups[0].doses[0].point = Some(point);
    plan.targets[0].uid = Some("2.25.7".into());
    check(&prescribed(), &[plan])
}

#[test]
fn only_a_point_may_differ_from_the_dose_of_its_target() {
    let volume = |uid: &str| DosePoint::Volume {
        uid: uid.into(),
        name: "PTV".into(),
    };
    let point = DosePoint::Reference {
        uid: "2.25.8".into(),
        name: "isocentre".into(),
    };
    let unlisted = DosePoint::NotListed {
        uid: "2.25.9".into(),
    };
    let outcome = |point: &DosePoint, dose: &str| {
        let found = at_reference(point.clone(), dose);
        (found.outcome, find(&found, "plan.beam_sum", "PTV").outcome)
    };
    // 2.752 for 2.67
    assert_eq!(outcome(&point, "2.752"), (Warn, Warn));
    // of the target itself: it says two doses of one thing
    assert_eq!(outcome(&volume("2.25.7"), "2.752"), (Fail, Fail));
    // of another volume, or of a reference that there is not
    assert_eq!(
        outcome(&volume("2.25.8"), "2.752"),
        (CannotTell, CannotTell)
    );
    assert_eq!(outcome(&unlisted, "2.752"), (CannotTell, CannotTell));
    // whatever it is of, an agreeing dose agrees
    for point in [point, volume("2.25.7"), volume("2.25.8"), unlisted] {
        assert_eq!(outcome(&point, "2.67"), (Pass, Pass));
    }
}

#[test]
fn why_a_group_is_a_phase_says_which_dose_fits() {
    let because = |dose: &str| {
        check(&prescribed(), &[at_point(dose)]).assigned[0]
            .because
            .to_string()
    };
    assert!(because("2.67").starts_with("its fractions and dose per fraction are those"));
    let stated = because("2.752");
    assert!(
        stated.starts_with("its fractions and the dose the plan states are those"),
        "{stated}"
    );
}

#[test]
fn one_beam_alone_is_not_many_times_the_dose_of_a_fraction() {
    let with = |dose: &str| {
        let mut plan = at_two_points();
        let missing = plan.groups[0].doses[0].missing.as_mut();
        if let Some(MissingDose::DifferentPoints { points }) = missing {
            points[1].dose = decimal(dose);
        }
        accepted(&prescribed(), &[plan])
    };
    let single = |found: &CrossCheck| {
        let mut findings = found.findings.iter();
        findings.any(|finding| finding.outcome == Fail && finding.is("plan.beam_sum"))
    };
    // four times 2.67 is 10.68
    for (dose, fails) in [
        ("1.335", false),
        ("10.68", false),
        ("10.69", true),
        ("133.5", true),
    ] {
        assert_eq!(single(&with(dose)), fails, "{dose}");
    }
    let found = with("133.5");
    let mut findings = found.findings.iter();
    let finding = findings.find(|finding| finding.outcome == Fail).unwrap();
    assert_eq!(
        finding.found().as_deref(),
        Some("beam 2 133.5 Gy at (80, 70, 0) mm")
    );
}
