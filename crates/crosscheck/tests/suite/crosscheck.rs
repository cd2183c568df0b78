//! What was planned against what is prescribed: right, wrong in every way, missing, ambiguous.
#![allow(clippy::unwrap_used, reason = "tests")]

use chemorad::number::Decimal;
use chemorad::report::Outcome;
use chemorad_crosscheck::{
    CrossCheck, CrossCheckError, CrossCheckInput, Decisions, PhaseMapping, Prescribed, Tolerances,
};
use chemorad_dosimetry::{
    EnteredLine, PlanApproval, PlanKind, PlannedPrescription, TargetKind, TargetLink,
    TypedPrescription,
};
use proptest::prelude::*;

use crate::common::{
    Case, NCT06949098, adjuvant, boost, check, decimal, expect, find, group, only, option, patient,
    pelvis, plan, target, typed,
};
use Outcome::{CannotTell, Fail, NotApplicable, Pass, Warn};

#[test]
fn the_same_total_in_other_fractions_fails() {
    // reported to RO-ILS: 12 x 3 Gy meant, 20 x 1.8 Gy planned, 36 Gy both, nine fractions given
    let prescribed = Prescribed::typed(&typed(&["36 Gy in 12 x 3 Gy"])).unwrap();
    let planned = [PlannedPrescription::typed("typed", &typed(&["36 Gy in 20 x 1.8 Gy"])).unwrap()];
    let found = check(&prescribed, &planned);
    assert_eq!(found.outcome, Fail);
    let fractions = find(&found, "rx.fractions", "phase 1");
    assert_eq!(fractions.expected().as_deref(), Some("12"));
    assert_eq!(fractions.found().as_deref(), Some("20"));
    assert_eq!(fractions.difference().as_deref(), Some("+8"));
    let dose = find(&found, "rx.dose_per_fraction", "phase 1");
    assert_eq!(dose.outcome, Fail);
    assert_eq!(dose.difference().as_deref(), Some("-1.2 Gy (-40.000 %)"));
    assert_eq!(dose.tolerance().as_deref(), Some("less than 0.005 Gy"));
    assert_eq!(dose.arithmetic().as_deref(), Some("36 Gy / 20 = 1.8 Gy"));
    let total = find(&found, "rx.total", "phase 1");
    assert_eq!(total.outcome, Pass);
    assert!(
        total.message().contains("does not make them right"),
        "{total}"
    );
}

#[test]
fn one_file_per_phase_in_any_order() {
    let prescribed = adjuvant();
    let found = check(&prescribed, &[pelvis(), boost()]);
    only(&found, &[]);
    assert_eq!(found.outcome, Pass);
    expect(
        &found,
        &[
            ("rx.total", "phase pelvis", Pass),
            ("rx.total", "phase boost", Pass),
            ("rx.total", "volume tumour bed", Pass),
            ("plan.beam_sum", "pelvis.dcm", Pass),
            ("rx.volume_match", "boost.dcm", Pass),
            ("plan.patient", "plans", Pass),
            ("rx.phases", "order", NotApplicable),
        ],
    );
    let total = find(&found, "rx.total", "volume tumour bed");
    assert_eq!(total.found().as_deref(), Some("50.4 Gy"));
    assert_eq!(
        total.arithmetic().as_deref(),
        Some("45 Gy + 5.4 Gy = 50.4 Gy")
    );
    let mut turned = check(&prescribed, &[boost(), pelvis()]);
    turned.assigned.reverse();
    assert_eq!(turned.assigned, found.assigned);
    let sorted = |check: &CrossCheck| {
        let mut all: Vec<String> = check.findings.iter().map(ToString::to_string).collect();
        all.sort();
        all
    };
    assert_eq!(sorted(&turned), sorted(&found));
}

#[test]
fn one_plan_with_a_group_for_each_phase() {
    let three = Prescribed::typed(&typed(&["45Gy/25", "9Gy/5", "5.4Gy/3"])).unwrap();
    let groups = vec![
        group(1, 3, &["1.8"]),
        group(2, 25, &["1.8"]),
        group(3, 5, &["1.8"]),
    ];
    let sum = [plan("sum.dcm", groups, vec![target("PTV", Some("59.4"))])];
    let mut case = Case::new(&three, &sum);
    case.names = &["PTV=target"];
    let found = case.run().unwrap();
    only(&found, &[]);
    let total = find(&found, "rx.total", "whole course");
    assert_eq!(total.found().as_deref(), Some("59.4 Gy"));
    let beams = find(&found, "plan.beam_sum", "PTV");
    assert_eq!(
        beams.arithmetic().as_deref(),
        Some("3 x 1.8 Gy + 25 x 1.8 Gy + 5 x 1.8 Gy = 59.4 Gy")
    );
    let phases: Vec<_> = found
        .assigned
        .iter()
        .map(|a| a.phase.as_deref().unwrap())
        .collect();
    assert_eq!(phases, ["3", "1", "2"]);
}

#[test]
fn each_volume_of_one_plan_has_its_own_sum() {
    let groups = vec![group(1, 25, &["1.8"]), group(2, 3, &["1.8"])];
    let targets = vec![
        target("tumour bed", Some("50.4")),
        target("pelvis", Some("45")),
    ];
    let found = check(&adjuvant(), &[plan("course.dcm", groups.clone(), targets)]);
    // two volumes are prescribed to, so two targets are expected
    only(&found, &[]);
    expect(
        &found,
        &[
            ("plan.beam_sum", "pelvis", Pass),
            ("plan.beam_sum", "tumour bed", Pass),
        ],
    );
    // exchanged doses agree with something in the plan, and not with what they are named for
    let targets = vec![
        target("tumour bed", Some("45")),
        target("pelvis", Some("50.4")),
    ];
    let found = check(&adjuvant(), &[plan("course.dcm", groups, targets)]);
    assert_eq!(found.outcome, Fail);
    expect(
        &found,
        &[
            ("rx.prescription", "tumour bed", Fail),
            ("rx.prescription", "pelvis", Fail),
        ],
    );
}

#[test]
fn a_boost_plan_that_states_the_cumulative_dose() {
    let mut cumulative = boost();
    cumulative.targets = vec![target("tumour bed", Some("50.4"))];
    let found = check(&adjuvant(), &[cumulative.clone(), pelvis()]);
    only(&found, &[("plan.beam_sum", Warn)]);
    expect(
        &found,
        &[
            ("rx.total", "phase boost", Pass),
            ("rx.prescription", "boost.dcm", Pass),
        ],
    );
    let beams = find(&found, "plan.beam_sum", "boost.dcm");
    assert_eq!(
        beams.arithmetic().as_deref(),
        Some(
            "5.4 Gy (its beams) + 45 Gy (prescribed before to tumour bed in phase pelvis) = 50.4 Gy"
        )
    );
    // without beam doses it cannot be told what 50.4 Gy over 3 fractions is
    cumulative.groups = vec![group(1, 3, &[])];
    let found = check(&adjuvant(), &[cumulative, pelvis()]);
    assert_eq!(found.outcome, CannotTell);
    expect(
        &found,
        &[
            ("rx.dose_per_fraction", "phase boost", CannotTell),
            ("rx.total", "phase boost", CannotTell),
            ("rx.total", "volume tumour bed", CannotTell),
            ("plan.beam_sum", "boost.dcm", CannotTell),
        ],
    );
    // the course's total in the plan of the first phase is not its dose
    let mut wrong = pelvis();
    wrong.targets = vec![target("pelvis", Some("50.4"))];
    let found = check(&adjuvant(), &[wrong, boost()]);
    only(
        &found,
        &[("rx.prescription", Fail), ("plan.beam_sum", Fail)],
    );
}

#[test]
fn one_fraction_too_many() {
    let mut wrong = pelvis();
    wrong.groups = vec![group(1, 26, &["1.8"])];
    let found = check(&adjuvant(), &[boost(), wrong]);
    only(
        &found,
        &[
            ("rx.fractions", Fail),
            ("rx.total", Fail),
            ("rx.total", Fail),
            ("plan.beam_sum", Fail),
        ],
    );
    let total = find(&found, "rx.total", "volume tumour bed");
    assert_eq!(total.difference().as_deref(), Some("+1.8 Gy (+3.571 %)"));
    assert_eq!(
        found.assigned[1].because.to_string(),
        "it is the only group and this the only phase that is left"
    );
}

#[test]
fn a_missing_phase_fails_and_one_that_was_not_read_does_not() {
    let found = check(&adjuvant(), &[pelvis()]);
    assert_eq!(found.outcome, Fail);
    expect(
        &found,
        &[
            ("rx.phases", "course", Fail),
            ("rx.phases", "phase boost", Fail),
            ("rx.phases", "phase pelvis", Pass),
            ("rx.total", "volume tumour bed", Fail),
        ],
    );
    let planned = [pelvis()];
    let prescribed = adjuvant();
    let mut case = Case::new(&prescribed, &planned);
    case.not_assessable = 1;
    let found = case.run().unwrap();
    assert_eq!(found.outcome, CannotTell);
    expect(
        &found,
        &[
            ("rx.phases", "phase boost", CannotTell),
            ("rx.total", "volume", CannotTell),
        ],
    );
    // a plan that does not state its fractions could hold it
    let silent = plan(
        "silent.dcm",
        vec![],
        vec![target("tumour bed", Some("5.4"))],
    );
    let found = check(&adjuvant(), &[pelvis(), silent]);
    assert_eq!(found.outcome, CannotTell);
    expect(
        &found,
        &[
            ("rx.phases", "silent.dcm", CannotTell),
            ("rx.phases", "phase boost", CannotTell),
        ],
    );
    // an ion plan is compared as numbers, and does not pass
    let mut ion = boost();
    ion.kind = PlanKind::Ion;
    let found = check(&adjuvant(), &[pelvis(), ion]);
    assert_eq!(found.outcome, CannotTell);
    expect(
        &found,
        &[
            ("plan.kind", "boost.dcm", CannotTell),
            ("rx.phases", "phase boost", Pass),
        ],
    );
    assert!(!found.findings.iter().any(|f| f.outcome == Fail));
}

#[test]
fn plans_of_other_kinds_are_compared_as_numbers_and_do_not_pass() {
    for kind in [
        PlanKind::Ion,
        PlanKind::Brachytherapy,
        PlanKind::ExternalBeamAndBrachytherapy,
    ] {
        let mut other = pelvis();
        other.kind = kind;
        let alone = option("radiotherapy_alone");
        let found = check(&alone, &[other.clone()]);
        only(&found, &[("plan.kind", CannotTell)]);
        expect(
            &found,
            &[
                ("rx.fractions", "pelvis", Pass),
                ("rx.prescription", "pelvis", Pass),
            ],
        );
        let kind_of_plan = find(&found, "plan.kind", "").message();
        assert!(kind_of_plan.contains("were not"), "{kind_of_plan}");
        // a number that is wrong is said
        let mut wrong = other.clone();
        wrong.groups[0].fractions = Some(26);
        assert_eq!(check(&alone, &[wrong]).outcome, Fail, "{kind}");
        let mut wrong = other.clone();
        wrong.targets[0].dose = Some(decimal("46"));
        assert_eq!(check(&alone, &[wrong]).outcome, Fail, "{kind}");
        // besides the plans of all phases it is another treatment, and given all the same
        other.uid = Some("2.25.99".into());
        other.source = "other.dcm".into();
        let found = check(&alone, &[pelvis(), other]);
        only(&found, &[("plan.kind", CannotTell)]);
        expect(&found, &[("plan.kind", "other.dcm", CannotTell)]);
    }
}

/// The beams of an ion plan state absorbed dose, its target the dose weighted for effect.
#[test]
fn the_beams_of_an_ion_plan_may_state_another_kind_of_dose() {
    let mut ions = pelvis();
    ions.kind = PlanKind::Ion;
    ions.groups = vec![group(1, 25, &["1.636364"])];
    let found = check(&option("radiotherapy_alone"), &[ions]);
    only(
        &found,
        &[("plan.kind", CannotTell), ("plan.beam_sum", CannotTell)],
    );
}

#[test]
fn what_is_missing_never_passes() {
    type Strip = fn(&mut PlannedPrescription);
    let complete = pelvis();
    let strip: [(&str, Strip); 6] = [
        ("rx.fractions", |plan| plan.groups[0].fractions = None),
        ("plan.beam_sum", |plan| plan.groups[0] = group(1, 25, &[])),
        ("rx.prescription", |plan| plan.targets.clear()),
        ("rx.prescription", |plan| plan.targets[0].dose = None),
        ("rx.prescription", |plan| {
            plan.targets[0].kind = TargetKind::NotStated;
        }),
        ("plan.approval", |plan| {
            plan.approval = PlanApproval::NotStated;
        }),
    ];
    let alone = option("radiotherapy_alone");
    assert_eq!(
        check(&alone, core::slice::from_ref(&complete)).outcome,
        Pass
    );
    for (code, strip) in strip {
        let mut stripped = complete.clone();
        strip(&mut stripped);
        let found = check(&alone, &[stripped]);
        assert_eq!(found.outcome, CannotTell, "{code}");
        expect(&found, &[(code, "", CannotTell)]);
    }
    // without beam doses the stated total is compared, and said to be only stated
    let mut stated = complete;
    stated.groups[0] = group(1, 25, &[]);
    let found = check(&alone, &[stated]);
    let dose = find(&found, "rx.dose_per_fraction", "pelvis");
    assert_eq!(dose.arithmetic().as_deref(), Some("45 Gy / 25 = 1.8 Gy"));
    assert!(dose.message().contains("no Beam Dose"), "{dose}");
}

#[test]
fn tolerances_are_exact_and_can_be_set() {
    // 34.99 Gy for 35 Gy, from beams written with six decimals
    let prescribed = Prescribed::typed(&typed(&["pelvis=35Gy/5"])).unwrap();
    let rounded = |dose: &str| {
        plan(
            "p.dcm",
            vec![group(1, 5, &[dose])],
            vec![target("target", Some("35"))],
        )
    };
    only(&check(&prescribed, &[rounded("6.998")]), &[]);
    // 34.965 Gy is 0.1 % off, which is not less than 0.1 %; 6.995 Gy not less than 0.005 Gy
    let found = check(&prescribed, &[rounded("6.993")]);
    only(
        &found,
        &[
            ("rx.dose_per_fraction", Fail),
            ("rx.total", Fail),
            ("plan.beam_sum", Fail),
        ],
    );
    let total = find(&found, "rx.total", "pelvis");
    assert_eq!(
        total.tolerance().as_deref(),
        Some("less than 0.1 % = 0.035 Gy")
    );
    assert_eq!(total.difference().as_deref(), Some("-0.035 Gy (-0.100 %)"));
    expect(
        &check(&prescribed, &[rounded("6.9930000000000000001")]),
        &[("rx.total", "pelvis", Pass)],
    );
    expect(
        &check(&prescribed, &[rounded("6.995")]),
        &[("rx.dose_per_fraction", "pelvis", Fail)],
    );
    expect(
        &check(&prescribed, &[rounded("6.9950000000000001")]),
        &[("rx.dose_per_fraction", "pelvis", Pass)],
    );

    let mut tolerances = Tolerances::default();
    for setting in ["dose_per_fraction=0Gy", "total = 0 %", "beam_sum=2cGy"] {
        tolerances.set(setting).unwrap();
    }
    for wrong in ["total=1e-1%", "total=+0.1%", "total=+0Gy", "total=.1%"] {
        assert!(Tolerances::default().set(wrong).is_err(), "{wrong}");
    }
    let run = |planned: &[PlannedPrescription]| {
        CrossCheck::new(&CrossCheckInput {
            prescribed: &prescribed,
            planned,
            doses: &[],
            others: &[],
            mapping: &[],
            names: &[],
            tolerances: &tolerances,
            decisions: &Decisions::default(),
            not_assessable: 0,
        })
        .unwrap()
    };
    only(&run(&[rounded("7.0")]), &[]);
    only(
        &run(&[rounded("7.000000001")]),
        &[("rx.dose_per_fraction", Fail), ("rx.total", Fail)],
    );
    for (setting, part) in [
        ("total", "name=value"),
        ("total=0.5", "neither a dose nor a percentage"),
        ("total=-1%", "neither a dose nor a percentage"),
        ("total=nan%", "neither a dose nor a percentage"),
        ("total=5.1%", "above 5 %"),
        ("beam_sum=2Gy", "above 1 Gy"),
        ("size=1%", "there are: dose_per_fraction, total, beam_sum"),
    ] {
        let error = tolerances.set(setting).unwrap_err().to_string();
        assert!(error.contains(part), "{setting}: {error}");
    }
}

#[test]
fn doses_without_an_end_are_compared_exactly() {
    let prescribed = Prescribed::typed(&typed(&["50Gy/30"])).unwrap();
    let near = plan(
        "p.dcm",
        vec![group(1, 30, &["1.6666667"])],
        vec![target("target", Some("50"))],
    );
    let found = check(&prescribed, &[near]);
    only(&found, &[]);
    let dose = find(&found, "rx.dose_per_fraction", "1");
    assert_eq!(
        dose.expected().as_deref(),
        Some("50 Gy / 30 (about 1.666667 Gy)")
    );
}

#[test]
fn centigray_are_recognised() {
    let wrong = plan(
        "p.dcm",
        vec![group(1, 25, &["180"])],
        vec![target("pelvis", Some("4500"))],
    );
    let found = check(&option("radiotherapy_alone"), &[wrong]);
    only(
        &found,
        &[
            ("rx.dose_per_fraction", Fail),
            ("rx.total", Fail),
            ("rx.prescription", Fail),
        ],
    );
    for code in ["rx.dose_per_fraction", "rx.total", "rx.prescription"] {
        assert!(
            find(&found, code, "").message().contains("centigray"),
            "{code}"
        );
    }
}

#[test]
fn several_targets_are_listed_and_none_is_picked() {
    for order in [[0, 1], [1, 0]] {
        let both = [
            target("PTV", Some("45")),
            target("CALC POINT", Some("11.3113869239676")),
        ];
        let targets = order.map(|at| both[at].clone()).to_vec();
        let mut two = pelvis();
        two.targets = targets;
        let found = check(&option("radiotherapy_alone"), &[two.clone()]);
        assert_eq!(found.outcome, Warn, "{order:?}");
        expect(
            &found,
            &[
                ("plan.multiple_targets", "", Warn),
                ("rx.prescription", "PTV", Pass),
                ("rx.prescription", "CALC POINT", Warn),
                ("plan.beam_sum", "CALC POINT", Warn),
            ],
        );
        let listed = find(&found, "plan.multiple_targets", "")
            .found()
            .clone()
            .unwrap();
        assert!(listed.contains("PTV 45 Gy") && listed.contains("CALC POINT 11.3113869239676 Gy"));
        // where none is right, none is excused
        for target in &mut two.targets {
            target.dose = Some(decimal("40"));
        }
        let found = check(&option("radiotherapy_alone"), &[two]);
        expect(
            &found,
            &[
                ("rx.prescription", "PTV", Fail),
                ("rx.prescription", "CALC", Fail),
            ],
        );
    }
}

#[test]
fn doses_of_single_fraction_groups_are_compared_with_them() {
    let mut both = target("PTV", None);
    let link = |group, dose| TargetLink {
        dose: Some(decimal(dose)),
        ..TargetLink::new(group)
    };
    both.links = vec![link(0, "45"), link(1, "5.4")];
    let groups = vec![group(1, 25, &["1.8"]), group(2, 3, &["1.8"])];
    let mut stated = plan("course.dcm", groups, vec![both]);
    let found = check(&adjuvant(), &[stated.clone()]);
    assert_eq!(
        find(&found, "plan.multiple_targets", "").found().as_deref(),
        Some("PTV 45 Gy + 5.4 Gy")
    );
    only(&found, &[("rx.volume_match", Warn)]);
    expect(
        &found,
        &[
            ("rx.prescription", "target PTV, fraction group 1", Pass),
            ("plan.beam_sum", "target PTV, fraction group 2", Pass),
        ],
    );
    for link in &mut stated.targets[0].links {
        link.dose = Some(decimal("50.4"));
    }
    assert_eq!(check(&adjuvant(), &[stated]).outcome, Fail);
}

#[test]
fn ambiguous_groups_are_not_guessed() {
    let twins = Prescribed::typed(&typed(&["left=20Gy/10", "right=20Gy/10"])).unwrap();
    let plans = || {
        [
            plan(
                "a.dcm",
                vec![group(1, 10, &["2"])],
                vec![target("PTV", Some("20"))],
            ),
            plan(
                "bb.dcm",
                vec![group(1, 10, &["2"])],
                vec![target("PTV", Some("20"))],
            ),
        ]
    };
    let found = check(&twins, &plans());
    assert_eq!(found.outcome, CannotTell);
    let ambiguous = find(&found, "rx.phases", "a.dcm");
    assert!(
        ambiguous.message().contains("\"a.dcm=left\""),
        "{ambiguous}"
    );
    // one assigned by hand leaves one for the other
    let planned = plans();
    let mut case = Case::new(&twins, &planned);
    case.mapping = &["bb.dcm=left"];
    let found = case.run().unwrap();
    assert_eq!(found.assigned[0].phase.as_deref(), Some("right"));
    assert_eq!(found.assigned[1].because.to_string(), "assigned by hand");
    // so does a name
    let mut named = plans();
    named[0].label = Some("Left".into());
    let found = check(&twins, &named);
    assert_eq!(found.assigned[0].phase.as_deref(), Some("left"));
    assert_eq!(found.assigned[1].phase.as_deref(), Some("right"));
    // a name that contradicts the numbers settles nothing
    let mut crossed = [pelvis(), boost()];
    crossed[0].label = Some("BOOST".into());
    let found = check(&adjuvant(), &crossed);
    assert_eq!(found.outcome, CannotTell);
    assert!(
        find(&found, "rx.phases", "pelvis.dcm")
            .message()
            .contains("has the name of phase boost and has the numbers of phase pelvis")
    );
}

#[test]
fn a_name_tells_the_phase_of_wrong_numbers() {
    let mut both = [
        plan(
            "a.dcm",
            vec![group(1, 26, &["1.8"])],
            vec![target("PTV", Some("46.8"))],
        ),
        plan(
            "bb.dcm",
            vec![group(1, 4, &["1.8"])],
            vec![target("PTV", Some("7.2"))],
        ),
    ];
    // nothing tells which is which, and neither is right
    let found = check(&adjuvant(), &both);
    assert_eq!(found.outcome, Fail);
    expect(
        &found,
        &[
            ("rx.phases", "a.dcm", Fail),
            ("rx.phases", "phase pelvis", CannotTell),
        ],
    );
    both[0].label = Some("Pelvis".into());
    both[1].label = Some("tumor bed".into());
    let found = check(&adjuvant(), &both);
    let phases: Vec<_> = found.assigned.iter().map(|a| a.phase.as_deref()).collect();
    assert_eq!(phases, [Some("pelvis"), Some("boost")]);
    expect(
        &found,
        &[
            ("rx.fractions", "phase pelvis", Fail),
            ("rx.fractions", "phase boost", Fail),
        ],
    );
}

#[test]
fn too_many_groups_fail() {
    let mut again = pelvis();
    again.uid = Some("2.25.99".into());
    again.source = "pelvis-v2.dcm".into();
    let found = check(&adjuvant(), &[pelvis(), boost(), again.clone()]);
    assert_eq!(found.outcome, Fail);
    expect(
        &found,
        &[
            ("rx.phases", "course", Fail),
            ("rx.phases", "pelvis-v2.dcm", CannotTell),
        ],
    );
    // by hand they are one phase, given twice
    let planned = [pelvis(), boost(), again];
    let prescribed = adjuvant();
    let mut case = Case::new(&prescribed, &planned);
    case.mapping = &["pelvis.dcm=pelvis", "pelvis-v2.dcm=pelvis"];
    let found = case.run().unwrap();
    expect(
        &found,
        &[
            ("rx.phases", "phase pelvis", Warn),
            ("rx.fractions", "phase pelvis", Fail),
            ("rx.total", "phase pelvis", Fail),
            ("rx.total", "volume tumour bed", Fail),
        ],
    );
    assert_eq!(
        find(&found, "rx.fractions", "pelvis")
            .arithmetic()
            .as_deref(),
        Some("25 + 25 = 50")
    );
    // a phase that was planned anew in its course
    let parts = [
        plan(
            "a.dcm",
            vec![group(1, 12, &["1.8"])],
            vec![target("pelvis", Some("21.6"))],
        ),
        plan(
            "bb.dcm",
            vec![group(1, 13, &["1.8"])],
            vec![target("pelvis", Some("23.4"))],
        ),
    ];
    let alone = option("radiotherapy_alone");
    let mut case = Case::new(&alone, &parts);
    case.mapping = &["a.dcm=pelvis", "bb.dcm=pelvis"];
    let found = case.run().unwrap();
    expect(
        &found,
        &[
            ("rx.fractions", "pelvis", Pass),
            ("rx.total", "pelvis", Pass),
            ("rx.phases", "phase pelvis", Warn),
        ],
    );
}

#[test]
fn assignments_that_cannot_be_used_are_errors() {
    let planned = [pelvis(), boost()];
    let prescribed = adjuvant();
    let error = |mapping: &[&str], names: &[&str]| {
        let mut case = Case::new(&prescribed, &planned);
        case.mapping = mapping;
        case.names = names;
        case.run().unwrap_err().to_string()
    };
    for (mapping, part) in [
        (&["pelvis.dcm=pelvic"][..], "there are: pelvis, boost"),
        (&["other.dcm=pelvis"], "0 fraction groups"),
        (&["pelvis.dcm#2=pelvis"], "0 fraction groups"),
        (
            &["pelvis.dcm=pelvis", "pelvis.dcm=boost"],
            "was assigned before",
        ),
    ] {
        let message = error(mapping, &[]);
        assert!(message.contains(part), "{message}");
    }
    assert!(error(&[], &["PTV=bowel"]).contains("there are: pelvis, tumour bed"));
    assert!("pelvis.dcm".parse::<PhaseMapping>().is_err());
    assert!("=pelvis".parse::<PhaseMapping>().is_err());
    let twice = [pelvis(), pelvis()];
    let error = Case::new(&prescribed, &twice).run().unwrap_err();
    assert!(error.to_string().contains("the same plan"), "{error}");
    let nothing = Case::new(&prescribed, &[]).run().unwrap_err();
    assert_eq!(nothing, CrossCheckError::NothingPlanned);
    let unknown = [PlannedPrescription::typed("typed", &typed(&["boots=5.4Gy/3"])).unwrap()];
    let error = Case::new(&prescribed, &unknown)
        .run()
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("no phase \"boots\"") && error.contains("pelvis, boost"),
        "{error}"
    );
}

#[test]
fn some_phases_alone() {
    let only_boost = adjuvant().only(&["boost".to_string()]).unwrap();
    let found = check(&only_boost, &[boost()]);
    only(&found, &[]);
    // the other phase's plan is said to be left out, and not taken for this one
    let found = check(&only_boost, &[pelvis(), boost()]);
    only(&found, &[]);
    expect(
        &found,
        &[
            ("plan.kind", "pelvis.dcm", NotApplicable),
            ("rx.phases", "course", NotApplicable),
        ],
    );
    let found = check(&only_boost, &[pelvis()]);
    assert_eq!(found.outcome, Fail);
    let error = adjuvant()
        .only(&["pelvic".to_string()])
        .unwrap_err()
        .to_string();
    assert!(error.contains("pelvis, boost"), "{error}");
}

#[test]
fn what_the_protocol_leaves_open_is_asked() {
    let by = |arm, option, course| {
        Prescribed::by_protocol(&NCT06949098, arm, option, course).map(|p| p.title)
    };
    for (arm, option, course, part) in [
        (
            None,
            None,
            None,
            "low_risk, adverse, positive_margin, upstaged",
        ),
        (
            Some("adverce"),
            None,
            None,
            "low_risk, adverse, positive_margin, upstaged",
        ),
        (
            Some("positive_margin"),
            None,
            None,
            "re_excision_then_chemoradiotherapy, dose_escalated_chemoradiotherapy",
        ),
        (
            Some("adverse"),
            Some("surveillance"),
            None,
            "there are: adjuvant_chemoradiotherapy",
        ),
        (
            None,
            Some("radiotherapie"),
            None,
            "surveillance, radiotherapy_alone",
        ),
        (
            Some("low_risk"),
            Some("surveillance"),
            None,
            "gives no radiotherapy",
        ),
        (Some("upstaged"), None, None, "gives no radiotherapy"),
        (
            Some("adverse"),
            None,
            Some("escalated"),
            "there are: adjuvant",
        ),
    ] {
        let error = by(arm, option, course).unwrap_err().to_string();
        assert!(error.contains(part), "{error}");
    }
    assert!(by(Some("adverse"), None, Some("adjuvant")).is_ok());
}

#[test]
fn the_order_of_phases_where_it_is_stated() {
    let dated = |first: &str, second: &str| {
        let mut planned = [pelvis(), boost()];
        planned[0].groups[0].first_date = Some(first.parse().unwrap());
        planned[1].groups[0].first_date = Some(second.parse().unwrap());
        check(&adjuvant(), &planned)
    };
    expect(
        &dated("2026-12-07", "2027-01-11"),
        &[("rx.phases", "order", Pass)],
    );
    expect(
        &dated("2027-01-11", "2026-12-07"),
        &[("rx.phases", "order", Fail)],
    );
    expect(
        &dated("2026-12-07", "2026-12-07"),
        &[("rx.phases", "order", Fail)],
    );
    let mut linked = [pelvis(), boost()];
    linked[1].prior_plans = linked[0].uid.iter().cloned().collect();
    expect(
        &check(&adjuvant(), &linked),
        &[("rx.phases", "order", Pass)],
    );
    let mut linked = [pelvis(), boost()];
    linked[0].prior_plans = linked[1].uid.iter().cloned().collect();
    expect(
        &check(&adjuvant(), &linked),
        &[("rx.phases", "order", Fail)],
    );
}

#[test]
fn approval_intent_and_patient() {
    let alone = option("radiotherapy_alone");
    for (approval, outcome) in [
        (PlanApproval::Approved, Pass),
        (PlanApproval::Unapproved, Warn),
        (PlanApproval::Rejected, Fail),
        (PlanApproval::Other("MAYBE".into()), CannotTell),
        (PlanApproval::NotStated, CannotTell),
    ] {
        let mut plan = pelvis();
        plan.approval = approval;
        let found = check(&alone, &[plan]);
        expect(&found, &[("plan.approval", "", outcome)]);
        assert_eq!(found.outcome, outcome);
    }
    let mut verification = pelvis();
    verification.intent = Some("VERIFICATION".into());
    verification.geometry = Some("TREATMENT_DEVICE".into());
    only(
        &check(&alone, &[verification]),
        &[("plan.intent", Fail), ("plan.intent", Warn)],
    );
    let mut other = boost();
    other.patient = Some(patient("synthetic-2"));
    expect(
        &check(&adjuvant(), &[pelvis(), other.clone()]),
        &[("plan.patient", "", Fail)],
    );
    other.patient = None;
    expect(
        &check(&adjuvant(), &[pelvis(), other.clone()]),
        &[("plan.patient", "", CannotTell)],
    );
    assert!(!format!("{:?}", pelvis()).contains("synthetic"));
}

#[test]
fn names_of_volumes() {
    let alone = option("radiotherapy_alone");
    let named = |name: &str, names: &[&str]| {
        let mut plan = pelvis();
        plan.targets[0].name = name.into();
        let planned = [plan];
        let mut case = Case::new(&alone, &planned);
        case.names = names;
        let found = case.run().unwrap();
        find(&found, "rx.volume_match", "").outcome
    };
    assert_eq!(named("Pelvis", &[]), Pass);
    assert_eq!(named("PTV45", &[]), Warn);
    assert_eq!(named("PTV45", &["PTV45=pelvis"]), Pass);
    // the same twice says one thing
    assert_eq!(named("PTV45", &["PTV45=pelvis", "PTV45=Pelvis"]), Pass);
    let planned = [pelvis()];
    let mut twice = Case::new(&alone, &planned);
    twice.names = &["pelvis=pelvis", "pelvis=tumour bed"];
    assert_eq!(
        twice.run().unwrap_err().to_string(),
        "the name \"pelvis\" is given for \"pelvis\" and for \"tumour bed\": it is called one volume, so give one of them"
    );
    // the bed lies in the field, so it is treated; but it is not what is prescribed to
    assert_eq!(named("tumor bed", &[]), CannotTell);
    // a typed prescription names no volume
    let course = Prescribed::typed(&typed(&["45Gy/25"])).unwrap();
    assert_eq!(
        find(&check(&course, &[pelvis()]), "rx.volume_match", "").outcome,
        NotApplicable
    );
    // a plan of the boost that names the pelvis as its target
    let mut wrong = boost();
    wrong.targets[0].name = "pelvis".into();
    expect(
        &check(&adjuvant(), &[pelvis(), wrong]),
        &[("rx.volume_match", "boost.dcm", Fail)],
    );
}

fn line(fractions: u32, dose: Option<&str>, total: Option<&str>) -> EnteredLine {
    EnteredLine {
        fractions: Some(fractions),
        dose_per_fraction: dose.map(|dose| dose.parse().unwrap()),
        total: total.map(|total| total.parse().unwrap()),
        ..EnteredLine::default()
    }
}

#[test]
fn entered_lines() {
    let entered =
        |lines: &[EnteredLine]| PlannedPrescription::entered("export.csv", "line", lines).unwrap();
    let right = entered(&[
        line(3, Some("180 cGy"), None),
        line(25, Some("1.8 Gy"), Some("45 Gy")),
    ]);
    only(&check(&adjuvant(), &[right]), &[]);
    // numbers that contradict one another
    let wrong = entered(&[line(25, Some("1.8 Gy"), Some("46 Gy"))]);
    let found = check(&option("radiotherapy_alone"), &[wrong]);
    only(&found, &[("rx.arithmetic", Fail), ("rx.total", Fail)]);
    // several doses in the same fractions are one group
    let boosted = |volume: &str, total: &str| EnteredLine {
        phase: Some("pelvis".into()),
        volume: Some(volume.into()),
        ..line(25, None, Some(total))
    };
    let two = entered(&[boosted("pelvis", "45 Gy"), boosted("tumour bed", "55 Gy")]);
    assert_eq!(two.groups.len(), 1);
    let mut other = boosted("tumour bed", "55 Gy");
    other.fractions = Some(24);
    let error =
        PlannedPrescription::entered("export.csv", "line", &[boosted("pelvis", "45 Gy"), other]);
    assert!(
        error
            .unwrap_err()
            .to_string()
            .contains("every volume gets every fraction")
    );
    let empty = PlannedPrescription::entered("e", "line", &[EnteredLine::default()]);
    assert!(empty.unwrap_err().to_string().contains("none of fractions"));
    assert!(PlannedPrescription::entered("e", "line", &[line(0, None, None)]).is_err());
    // the least approved line speaks for the course
    let mut approved = line(3, Some("1.8 Gy"), None);
    approved.approval = Some("Approved".into());
    let mixed = entered(&[approved.clone(), line(25, Some("1.8 Gy"), None)]);
    expect(
        &check(&adjuvant(), &[mixed]),
        &[("plan.approval", "", CannotTell)],
    );
}

#[test]
fn a_simultaneous_integrated_boost() {
    use chemorad::radiotherapy::{Course, Phase, Volume, VolumePrescription};
    use chemorad_protocol::PhaseOrder;
    let prescribe = |volume: &str, dose: &str| VolumePrescription {
        volume: volume.to_string().into(),
        fractionation: dose.parse().unwrap(),
    };
    let course = Course::new(
        vec![Volume::new("pelvis"), Volume::inside("tumour", "pelvis")],
        vec![
            Phase::new(
                "boosted",
                vec![
                    prescribe("pelvis", "45Gy/25"),
                    prescribe("tumour", "55Gy/25"),
                ],
            )
            .unwrap(),
        ],
    )
    .unwrap();
    let mut prescribed = Prescribed::typed(&typed(&["45Gy/25"])).unwrap();
    prescribed.course = course;
    prescribed.order = Some(PhaseOrder::SinglePhase);
    let both = |dose: &str, pelvis: &str| {
        plan(
            "sib.dcm",
            vec![group(1, 25, &[dose])],
            vec![target("tumour", Some("55")), target("pelvis", Some(pelvis))],
        )
    };
    let found = check(&prescribed, &[both("2.2", "45")]);
    expect(
        &found,
        &[
            ("rx.dose_per_fraction", "volume tumour", Pass),
            ("rx.dose_per_fraction", "volume pelvis", NotApplicable),
            ("rx.prescription", "tumour", Pass),
            ("rx.prescription", "pelvis", Pass),
        ],
    );
    assert!(
        !found.findings.iter().any(|f| f.outcome == Fail),
        "{:#?}",
        found.findings
    );
    expect(
        &check(&prescribed, &[both("2.0", "45")]),
        &[("rx.dose_per_fraction", "volume pelvis", Fail)],
    );
    let wrong = check(&prescribed, &[both("2.2", "50")]);
    assert_eq!(find(&wrong, "rx.prescription", "pelvis").outcome, Fail);
}

/// OPERA: 90 Gy in 3 by contact X-rays beside 45 Gy in 25, which no sum holds.
#[test]
fn a_phase_that_is_not_added_is_not_compared_and_said() {
    let protocol = chemorad_protocol::library::file("NCT02505750")
        .unwrap()
        .protocol;
    let prescribed = Prescribed::by_protocol(&protocol, None, Some("contact_boost"), None).unwrap();
    let group = vec![group(1, 25, &["1.8"])];
    let external = plan("external.dcm", group, vec![target("main", Some("45"))]);
    let found = check(&prescribed, std::slice::from_ref(&external));
    let said = find(&found, "rx.phases", "course");
    assert!(said.message().contains("contact boost"), "{said}");
    assert_eq!(found.outcome, CannotTell);
    let named = prescribed.only(&["main".to_string()]).unwrap();
    let found = check(&named, &[external]);
    assert!(
        found
            .findings
            .iter()
            .all(|one| !one.message().contains("contact"))
    );
}

/// The plan of such a phase is known by its numbers and accused of nothing; a wrong one is.
#[test]
fn a_plan_of_a_phase_that_is_not_added_is_said() {
    let protocol = chemorad_protocol::library::file("NCT02505750")
        .unwrap()
        .protocol;
    let prescribed = Prescribed::by_protocol(&protocol, None, Some("contact_boost"), None).unwrap();
    let of = |source: &str, fractions, each: &str, total: &str| {
        let group = vec![group(1, fractions, &[each])];
        plan(source, group, vec![target("volume", Some(total))])
    };
    let main = || of("main.dcm", 25, "1.8", "45");
    let contact = || of("contact.dcm", 3, "30", "90");
    let group_of = |found: &CrossCheck| find(found, "rx.phases", "contact.dcm").clone();
    for prescribed in [
        prescribed.clone(),
        prescribed.clone().only(&["main".to_string()]).unwrap(),
    ] {
        let found = check(&prescribed, &[main(), contact()]);
        assert_eq!(found.outcome, CannotTell);
        let said = group_of(&found);
        assert_eq!(said.outcome, CannotTell, "{said}");
        assert!(said.message().contains("phase contact boost"), "{said}");
        assert_eq!(found.assigned[0].phase.as_deref(), Some("main"));
    }
    for (fractions, each, total) in [(3, "3", "9"), (2, "30", "60"), (25, "1.8", "45")] {
        let wrong = of("contact.dcm", fractions, each, total);
        let found = check(&prescribed, &[main(), wrong]);
        assert_eq!(found.outcome, Fail, "{fractions} x {each}");
    }
    // once only, and not in place of the others
    let mut twice = contact();
    twice.source = "again.dcm".into();
    twice.uid = Some("2.25.99".into());
    assert_eq!(
        check(&prescribed, &[main(), contact(), twice]).outcome,
        Fail
    );
    let found = check(&prescribed, &[contact()]);
    assert_eq!(found.outcome, Fail);
    assert_eq!(group_of(&found).outcome, CannotTell);
    // a plan with the name of another phase is that phase
    let mut named = contact();
    named.label = Some("main".into());
    let found = check(&prescribed, &[named]);
    assert_eq!(find(&found, "rx.fractions", "").outcome, Fail);
}

proptest! {
    /// Fractions and doses as prescribed pass in whatever order and split over plans; a change of
    /// either number never does.
    #[test]
    fn right_passes_and_wrong_does_not(
        phases in proptest::collection::vec((1_u32..40, 1_u64..500), 1..5),
        turn in 0_usize..5,
        change in 0_u32..3,
    ) {
        // less than 1 Gy in five fractions or more is refused as a slip of units
        prop_assume!(phases.iter().all(|(n, cgy)| *n < 5 || u64::from(*n) * cgy >= 100));
        let texts: Vec<String> = phases
            .iter()
            .map(|(n, cgy)| format!("{n} x {cgy} cGy"))
            .collect();
        let prescriptions: Vec<TypedPrescription> = texts.iter().map(|text| text.parse().unwrap()).collect();
        prop_assume!(Prescribed::typed(&prescriptions).is_ok());
        let prescribed = Prescribed::typed(&prescriptions).unwrap();
        let mut planned: Vec<(u32, u64)> = phases.clone();
        let at = turn % phases.len();
        planned.rotate_left(at);
        match change {
            1 => planned[0].0 += 1,
            2 => planned[0].1 += 1,
            _ => {}
        }
        let plans: Vec<PlannedPrescription> = planned
            .iter()
            .enumerate()
            .map(|(i, (n, cgy))| {
                let gray = Decimal::new(i128::from(*cgy), -2).unwrap();
                let total = gray.checked_mul((*n).into()).unwrap();
                let mut one = plan("x", vec![group(1, *n, &[&gray.to_string()])], vec![target("target", Some(&total.to_string()))]);
                one.source = format!("{i}.dcm").into();
                one.uid = Some(i.to_string());
                one
            })
            .collect();
        let found = check(&prescribed, &plans);
        let distinct = {
            let mut sorted = phases.clone();
            sorted.sort_unstable();
            sorted.dedup();
            sorted.len() == phases.len()
        };
        if change == 0 {
            prop_assert_ne!(found.outcome, Fail, "{:#?}", found);
            // equal phases cannot be told apart; cumulative doses of a plan may agree by chance
            if distinct {
                prop_assert!(found.assigned.iter().all(|a| a.phase.is_some()), "{:#?}", found.assigned);
                prop_assert_eq!(found.outcome, Pass, "{:#?}", found);
            }
        } else {
            prop_assert!(matches!(found.outcome, Fail | CannotTell), "{:#?}", found);
            if distinct && phases.len() == 1 {
                prop_assert_eq!(found.outcome, Fail);
            }
        }
    }
}
