//! Prescriptions to several volumes: phases to different ones, and a phase that gives two doses.
#![allow(clippy::unwrap_used, reason = "tests")]

use chemorad::report::Finding;
use chemorad::report::Outcome::{CannotTell, Fail, NotApplicable, Pass, Warn};
use chemorad_crosscheck::{CrossCheck, Prescribed};
use chemorad_dosimetry::{DosePoint, EnteredLine, PlannedPrescription, PlannedTarget, TargetLink};

use crate::common::{Case, check, decimal, expect, find, group, only, plan, target, typed};

fn prescribed(texts: &[&str]) -> Prescribed {
    Prescribed::typed(&typed(texts)).unwrap()
}

/// 50.4 and 58.8 Gy in the same 28 fractions.
fn boosted() -> Prescribed {
    prescribed(&["x@low=50.4Gy/28", "x@high=58.8Gy/28"])
}

fn entered(texts: &[&str]) -> PlannedPrescription {
    PlannedPrescription::typed("typed", &typed(texts)).unwrap()
}

/// A plan of the boost, whose beams state the dose of the high volume.
fn sib() -> PlannedPrescription {
    let targets = vec![target("low", Some("50.4")), target("high", Some("58.8"))];
    plan("sib.dcm", vec![group(1, 28, &["1.1", "1.0"])], targets)
}

#[test]
fn one_phase_with_two_doses() {
    let course = &boosted().course;
    assert_eq!((course.phases().len(), course.fractions()), (1, 28));
    only(
        &check(
            &boosted(),
            &[entered(&["x@high=58.8Gy/28", "x@low=50.4Gy/28"])],
        ),
        &[],
    );
    // exchanged, changed, added up
    for wrong in [
        &["x@low=58.8Gy/28", "x@high=50.4Gy/28"][..],
        &["x@low=50.4Gy/28", "x@high=58Gy/28"],
        &["x@low=50.4Gy/28", "x@low2=58.8Gy/28"],
        &["x@low=50.4Gy/28"],
        &["x=109.2Gy/28"],
    ] {
        let found = check(&boosted(), &[entered(wrong)]);
        assert!(
            matches!(found.outcome, Fail | CannotTell),
            "{wrong:?}: {:#?}",
            found.findings
        );
    }
    // without volumes they are two phases, one after the other
    let found = check(&prescribed(&["low=50.4Gy/28", "high=58.8Gy/28"]), &[sib()]);
    assert!(matches!(found.outcome, Fail | CannotTell));
}

/// Beams that name the volume whose dose they state give that of this volume, and of no other.
#[test]
fn beams_that_name_the_volume_of_a_simultaneous_boost() {
    let with = |volume: usize, per_fraction: &str| {
        let mut plan = sib();
        for (target, uid) in plan.targets.iter_mut().zip(["2.25.50", "2.25.51"]) {
            target.uid = Some(uid.into());
        }
        let of = &plan.targets[volume];
        let point = DosePoint::Volume {
            uid: of.uid.clone().unwrap(),
            name: of.name.clone(),
        };
        let dose = &mut plan.groups[0].doses[0];
        (dose.point, dose.per_fraction) = (Some(point), Some(decimal(per_fraction)));
        check(&boosted(), &[plan])
    };
    let (low, high) = (0, 1);
    for (volume, dose, other) in [(low, "1.8", "target high"), (high, "2.1", "target low")] {
        let found = with(volume, dose);
        only(&found, &[]);
        expect(&found, &[("plan.beam_sum", other, NotApplicable)]);
    }
    for (volume, dose, named) in [(high, "1.8", "target high"), (low, "2.1", "target low")] {
        let found = with(volume, dose);
        assert_eq!(found.outcome, Fail, "{named}");
        expect(&found, &[("plan.beam_sum", named, Fail)]);
    }
}

#[test]
fn a_plan_of_a_simultaneous_boost() {
    type Change = fn(&mut PlannedPrescription);
    let found = check(&boosted(), &[sib()]);
    only(&found, &[]);
    expect(
        &found,
        &[
            ("rx.dose_per_fraction", "volume high", Pass),
            ("rx.dose_per_fraction", "volume low", NotApplicable),
            ("rx.prescription", "target low", Pass),
            ("plan.beam_sum", "target low", NotApplicable),
            ("plan.beam_sum", "target high", Pass),
            ("rx.volume_match", "", Pass),
        ],
    );
    let changes: [Change; 5] = [
        |plan| plan.targets[0].dose = Some(decimal("45")),
        |plan| plan.targets[1].dose = Some(decimal("50.4")),
        |plan| plan.targets[0].dose = Some(decimal("5040")),
        |plan| plan.groups[0].doses[0].per_fraction = Some(decimal("2")),
        |plan| plan.groups[0].fractions = Some(27),
    ];
    for (number, change) in changes.iter().enumerate() {
        let mut wrong = sib();
        change(&mut wrong);
        assert_eq!(check(&boosted(), &[wrong]).outcome, Fail, "change {number}");
    }
    // exchanged names
    let mut exchanged = sib();
    exchanged.targets.swap(0, 1);
    exchanged.targets[0].name = "low".into();
    exchanged.targets[1].name = "high".into();
    assert_eq!(check(&boosted(), &[exchanged]).outcome, Fail);
    // names that say nothing are for a person
    let mut unnamed = sib();
    unnamed.targets[0].name = "PTV1".into();
    unnamed.targets[1].name = "PTV2".into();
    only(
        &check(&boosted(), &[unnamed.clone()]),
        &[("rx.volume_match", Warn)],
    );
    let prescribed = boosted();
    let planned = [unnamed];
    let mut case = Case::new(&prescribed, &planned);
    case.names = &["PTV1=low", "PTV2=high"];
    only(&case.run().unwrap(), &[]);
}

/// A simultaneous boost, and a boost of the high volume after it, in one plan.
#[test]
fn a_boost_after_a_simultaneous_boost() {
    let prescribed = prescribed(&[
        "first@low=45Gy/25",
        "first@high=50Gy/25",
        "second@high=6Gy/3",
    ]);
    let link = |group| TargetLink::new(group);
    let mut targets = vec![target("low", Some("45")), target("high", Some("56"))];
    targets[0].links = vec![link(0)];
    targets[1].links = vec![link(0), link(1)];
    let groups = |first: &str| vec![group(1, 25, &[first]), group(2, 3, &["2"])];
    let right = plan("course.dcm", groups("2"), targets.clone());
    let found = check(&prescribed, &[right]);
    only(&found, &[]);
    expect(&found, &[("rx.total", "volume high", Pass)]);
    targets[1].dose = Some(decimal("55"));
    let wrong = plan("course.dcm", groups("2"), targets);
    assert_eq!(check(&prescribed, &[wrong]).outcome, Fail);
}

/// The beams state the dose of the low volume, and the plan that of the high one.
#[test]
fn a_stated_dose_in_a_cumulative_dose_is_said() {
    let prescribed = prescribed(&[
        "first@low=45Gy/25",
        "first@high=50Gy/25",
        "second@high=6Gy/3",
    ]);
    let linked = |name: &str, dose: &str, group| PlannedTarget {
        links: vec![TargetLink::new(group)],
        ..target(name, Some(dose))
    };
    let total = |first: &str, stated: &str| {
        let targets = vec![
            linked("low", "45", 0),
            linked("high", stated, 0),
            linked("high", "6", 1),
        ];
        let groups = vec![group(1, 25, &[first]), group(2, 3, &["2"])];
        let found = check(&prescribed, &[plan("course.dcm", groups, targets)]);
        let total = find(&found, "rx.total", "volume high");
        (total.outcome, total.message().contains("another volume"))
    };
    assert_eq!(total("1.8", "50"), (Pass, true));
    assert_eq!(total("1.8", "51"), (CannotTell, true));
    assert_eq!(total("2", "50"), (Pass, false));
}

#[test]
fn phases_to_different_volumes() {
    let two = prescribed(&["a@femur=8Gy/1", "b@spine=20Gy/5"]);
    let plans = |second: &str| {
        [
            plan(
                "a.dcm",
                vec![group(1, 1, &["8"])],
                vec![target("femur", Some("8"))],
            ),
            plan(
                "b.dcm",
                vec![group(1, 5, &["4"])],
                vec![target(second, Some("20"))],
            ),
        ]
    };
    let found = check(&two, &plans("spine"));
    only(&found, &[]);
    // nothing is summed over them
    assert!(
        !found
            .findings
            .iter()
            .any(|f| f.at().contains("volume femur"))
    );
    assert_eq!(check(&two, &plans("femur")).outcome, Fail);
}

#[test]
fn lines_of_an_export_name_their_volumes() {
    let run = |volumes: [&str; 2], doses: [&str; 2]| -> CrossCheck {
        let lines = [0, 1].map(|at| EnteredLine {
            phase: Some("x".into()),
            volume: Some(volumes[at].into()),
            fractions: Some(28),
            total: Some(doses[at].parse().unwrap()),
            ..EnteredLine::default()
        });
        let planned = PlannedPrescription::entered("export.csv", "line", &lines).unwrap();
        check(&boosted(), &[planned])
    };
    only(&run(["low", "high"], ["50.4 Gy", "58.8 Gy"]), &[]);
    assert_eq!(run(["low", "high"], ["58.8 Gy", "50.4 Gy"]).outcome, Fail);
}

#[test]
fn volumes_that_cannot_be_used_are_errors() {
    let error = |texts: &[&str]| Prescribed::typed(&typed(texts)).unwrap_err().to_string();
    assert!(error(&["x@low=50.4Gy/28", "58.8Gy/28"]).contains("every one its volume"));
    assert!(error(&["x@low=50.4Gy/28", "x@high=58.8Gy/27"]).contains("fractions"));
    assert!(error(&["x@low=50.4Gy/28", "x@low=58.8Gy/28"]).contains("once"));
    for text in ["@low=50.4Gy/28", "x@=50.4Gy/28"] {
        let error = text.parse::<chemorad_dosimetry::TypedPrescription>();
        assert!(
            error.unwrap_err().to_string().contains("boosted@high"),
            "{text}"
        );
    }
    assert!(
        PlannedPrescription::typed("typed", &typed(&["x@low=50.4Gy/28", "x@high=58.8Gy/27"]))
            .is_err()
    );
}

/// The dose of the other volume of a simultaneous boost, over phases of which only one is such a boost.
#[test]
fn a_dose_of_another_volume_over_several_phases() {
    let prescribed = prescribed(&["x@low=50.4Gy/28", "x@high=58.8Gy/28", "y@high=9Gy/5"]);
    let low = PlannedTarget {
        links: [0, 1].map(TargetLink::new).into(),
        ..target("low", Some("50.4"))
    };
    let outcome = |then: &str| {
        let groups = vec![group(1, 28, &["2.1"]), group(2, 5, &[then])];
        let found = check(&prescribed, &[plan("sib.dcm", groups, vec![low.clone()])]);
        find(&found, "plan.beam_sum", "low").outcome
    };
    assert_eq!(outcome("1.8"), NotApplicable);
    assert_eq!(outcome("1.9"), Fail);
}

#[test]
fn a_volume_that_nothing_gives_or_states_does_not_pass() {
    // the beams give the low dose, and nothing says the high one
    let low = |name: &str, dose: Option<&str>| {
        let mut plan = sib();
        plan.groups[0].doses[0].per_fraction = Some(decimal("1.8"));
        plan.targets = vec![target("low", Some("50.4")), target(name, dose)];
        plan.targets
            .retain(|target| !target.name.reveal().is_empty());
        check(&boosted(), &[plan])
    };
    for found in [low("", None), low("high", None)] {
        expect(
            &found,
            &[("rx.dose_per_fraction", "volume high", CannotTell)],
        );
        let finding = find(&found, "rx.dose_per_fraction", "volume high");
        assert!(
            finding.message().starts_with("nothing gives or states"),
            "{finding}"
        );
    }
    // the other volume left out, and a target that has its name and another dose
    let mut high = sib();
    high.targets.remove(0);
    let found = check(&boosted(), &[high]);
    expect(
        &found,
        &[("rx.dose_per_fraction", "volume low", CannotTell)],
    );
    assert_eq!(low("high", Some("58")).outcome, Fail);
    // both stated: right, whichever the beams give
    only(&low("high", Some("58.8")), &[]);
    only(&check(&boosted(), &[sib()]), &[]);
}

/// The beams give the high dose and the plan states nothing; or it states the low dose twice.
#[test]
fn what_beams_give_needs_no_statement_and_two_are_none() {
    let prescribed = prescribed(&[
        "first@low=45Gy/25",
        "first@high=50Gy/25",
        "second@low=5.4Gy/3",
        "second@high=6Gy/3",
    ]);
    let total = |volume: &str, stated: &[(&str, &[usize])]| {
        let prescribed = &prescribed;
        let low = stated.iter().map(|(dose, groups)| PlannedTarget {
            links: groups.iter().map(|&at| TargetLink::new(at)).collect(),
            ..target("low", Some(dose))
        });
        let groups = vec![group(1, 25, &["2"]), group(2, 3, &["2"])];
        let planned = [plan("course.dcm", groups, low.collect())];
        let mut case = Case::new(prescribed, &planned);
        case.mapping = &["course.dcm#1=first", "course.dcm#2=second"];
        let found = case.run().unwrap();
        let over_phases = |one: &&Finding| {
            one.is("rx.total") && one.at().contains(volume) && !one.at().contains("phase")
        };
        let all = found.findings.iter().filter(over_phases);
        all.map(|one| one.outcome).collect::<Vec<_>>()
    };
    assert_eq!(total("high", &[]), [Pass]);
    assert_eq!(total("low", &[]), [CannotTell]);
    let each: [(&str, &[usize]); 2] = [("45", &[0]), ("5.4", &[1])];
    assert_eq!(total("low", &each), [Pass]);
    assert_eq!(total("low", &[("50.4", &[0, 1])]), [Pass]);
    // which of two is right is not guessed
    assert_eq!(
        total("low", &[each[0], ("44", &[0]), each[1]]),
        [CannotTell]
    );
    assert_eq!(
        total("low", &[("50.4", &[0, 1]), ("50", &[0, 1])]),
        [CannotTell]
    );
}

/// 28 fractions in two plans: the low dose is stated by both, or by one.
#[test]
fn each_plan_of_a_simultaneous_boost_states_the_other_volume() {
    let outcome = |second: &[(&str, &str)], linked: bool| {
        let targets = |stated: &[(&str, &str)]| -> Vec<PlannedTarget> {
            let of = |(name, dose): &(&str, &str)| target(name, Some(dose));
            stated.iter().map(of).collect()
        };
        let both = [("low", "25.2"), ("high", "29.4")];
        let planned = if linked {
            let mut all = targets(&both);
            for one in &mut all {
                one.links = vec![TargetLink::new(0)];
            }
            let mut later = targets(second);
            for one in &mut later {
                one.links = vec![TargetLink::new(1)];
            }
            all.extend(later);
            let groups = vec![group(1, 14, &["2.1"]), group(2, 14, &["2.1"])];
            vec![plan("1.dcm", groups, all)]
        } else {
            let of = |name: &str, stated: &[(&str, &str)]| {
                plan(name, vec![group(1, 14, &["2.1"])], targets(stated))
            };
            vec![of("1.dcm", &both), of("2.dcm", second)]
        };
        let prescribed = boosted();
        let mut case = Case::new(&prescribed, &planned);
        case.mapping = if linked {
            &["1.dcm#1=x", "1.dcm#2=x"]
        } else {
            &["1.dcm=x", "2.dcm=x"]
        };
        let found = case.run().unwrap();
        find(&found, "rx.dose_per_fraction", "volume low").outcome
    };
    for linked in [false, true] {
        let both = [("low", "25.2"), ("high", "29.4")];
        assert_eq!(outcome(&both, linked), NotApplicable, "{linked}");
        assert_eq!(outcome(&both[1..], linked), CannotTell, "{linked}");
    }
}

/// A wrong dose of the other volume is not excused as that of the other volume.
#[test]
fn only_the_prescribed_dose_of_another_volume_is_excused() {
    let mut wrong = sib();
    wrong.targets[0].dose = Some(decimal("45"));
    let found = check(&boosted(), &[wrong]);
    let beams = find(&found, "plan.beam_sum", "target low");
    assert_ne!(beams.outcome, NotApplicable, "{beams}");
}
