//! What else a plan states: days of its fractions, limits of its targets, its intent, its prescription in words.
#![allow(clippy::unwrap_used, reason = "tests")]

use chemorad::report::Outcome::{self, CannotTell, Fail, NotApplicable, Pass, Warn};
use chemorad_crosscheck::{COVERS, CrossCheck, PlanFinding, PlanSays, Prescribed, TargetFinding};
use chemorad_dosimetry::{
    FractionPattern, PatientFile, PlannedPrescription, PlannedTarget, TargetExtent, TargetKind,
    TargetLink,
};

use crate::common::{
    Case, adjuvant, boost, check, decimal, expect, find, group, only, option, patient, pelvis,
    plan, target, typed,
};

const DAILY: (&str, u32, u32) = ("1111100", 1, 1);
const TWICE_A_DAY: (&str, u32, u32) = ("11111111110000", 2, 1);
const EVERY_DAY: (&str, u32, u32) = ("1111111", 1, 1);
const EVERY_OTHER_DAY: (&str, u32, u32) = ("1010100", 1, 1);

fn on(days: (&str, u32, u32)) -> PlannedPrescription {
    let mut plan = pelvis();
    plan.groups[0].pattern = FractionPattern::new(days.0, days.1, days.2);
    assert!(plan.groups[0].pattern.is_some());
    plan
}

fn with_site(days: (&str, u32, u32), site: Option<u32>) -> Outcome {
    let prescribed = Prescribed::typed(&typed(&["pelvis=45Gy/25"])).unwrap();
    let planned = [on(days)];
    let mut case = Case::new(&prescribed, &planned);
    case.decisions.fractions_per_week = site;
    find(&case.run().unwrap(), "rx.fractions_per_week", "").outcome
}

#[test]
fn the_days_of_the_fractions() {
    // neither protocol nor site
    assert_eq!(with_site(DAILY, None), NotApplicable);
    // a course of twice the time, and nobody said that it may be
    assert_eq!(with_site(EVERY_OTHER_DAY, None), CannotTell);
    assert_eq!(with_site(("1000000", 1, 1), None), CannotTell);
    assert_eq!(with_site(("11111000000000", 1, 2), None), CannotTell);
    assert_eq!(with_site(("11111001111100", 1, 2), None), NotApplicable);
    assert_eq!(with_site(EVERY_OTHER_DAY, Some(3)), Pass);
    // groups that alternate are five a week together
    let even = ("0101000", 1, 1);
    let both = in_two_groups(Some(EVERY_OTHER_DAY), Some(even), None);
    assert_eq!(both, NotApplicable);
    assert_eq!(in_two_groups(Some(EVERY_OTHER_DAY), None, None), CannotTell);
    assert_eq!(with_site(TWICE_A_DAY, None), CannotTell);
    assert_eq!(with_site(EVERY_DAY, None), CannotTell);
}

#[test]
fn the_days_of_the_fractions_against_the_site() {
    assert_eq!(with_site(DAILY, Some(5)), Pass);
    assert_eq!(with_site(EVERY_OTHER_DAY, Some(5)), Fail);
    assert_eq!(with_site(TWICE_A_DAY, Some(5)), Fail);
    assert_eq!(with_site(TWICE_A_DAY, Some(10)), Pass);
    assert_eq!(with_site(EVERY_DAY, Some(7)), Pass);
    // five a week, two of them on one day
    assert_eq!(with_site(("11101010000000", 2, 1), Some(5)), CannotTell);
    // seven a week, two of them on one day
    assert_eq!(with_site(("11101010101000", 2, 1), Some(7)), CannotTell);
    // nothing is said where no days are stated
    let found = check(&option("radiotherapy_alone"), &[pelvis()]);
    assert!(!found.findings.iter().any(|f| f.is("rx.fractions_per_week")));
}

type Days = (&'static str, u32, u32);

/// A phase that was planned anew after 15 of its fractions.
fn in_two_groups(first: Option<Days>, second: Option<Days>, site: Option<u32>) -> Outcome {
    judged_days(first, second, site).0
}

fn judged_days(first: Option<Days>, second: Option<Days>, site: Option<u32>) -> (Outcome, String) {
    let prescribed = Prescribed::typed(&typed(&["pelvis=45Gy/25"])).unwrap();
    let part = |source: &str, fractions, days: Option<Days>| {
        let mut group = group(1, fractions, &["1.8"]);
        group.pattern =
            days.map(|(digits, a_day, weeks)| FractionPattern::new(digits, a_day, weeks).unwrap());
        plan(source, vec![group], Vec::new())
    };
    let planned = [part("a.dcm", 15, first), part("b.dcm", 10, second)];
    let mut case = Case::new(&prescribed, &planned);
    case.mapping = &["a.dcm=pelvis", "b.dcm=pelvis"];
    case.decisions.fractions_per_week = site;
    let found = case.run().unwrap();
    let finding = find(&found, "rx.fractions_per_week", "");
    (finding.outcome, finding.message())
}

/// Every week counts, and what leaves it open is said.
#[test]
fn weeks_that_are_not_alike() {
    let one = |digits: &str, weeks| {
        let mut plan = pelvis();
        plan.groups[0].pattern = FractionPattern::new(digits, 1, weeks);
        plan
    };
    for (digits, site, outcome) in [
        ("11111001111110", None, CannotTell),
        ("11111001111100", None, NotApplicable),
        ("11111001111000", Some(5), Fail),
        ("11111001111100", Some(5), Pass),
    ] {
        let prescribed = Prescribed::typed(&typed(&["pelvis=45Gy/25"])).unwrap();
        let planned = [one(digits, 2)];
        let mut case = Case::new(&prescribed, &planned);
        case.decisions.fractions_per_week = site;
        expect(
            &case.run().unwrap(),
            &[("rx.fractions_per_week", "", outcome)],
        );
    }
    let said = |first, second, site, words: &str| {
        let (outcome, message) = judged_days(first, second, site);
        assert_eq!(outcome, CannotTell);
        assert!(message.contains(words), "{message}");
    };
    let daily = Some(DAILY);
    said(
        Some(TWICE_A_DAY),
        None,
        None,
        "more than one fraction a day",
    );
    said(daily, None, Some(5), "do not state their days");
    said(
        daily,
        daily,
        Some(5),
        "in the same weeks or one after the other",
    );
    // together five in the one week and four in the other
    let alternating = [
        Some(("10101001010000", 1, 2)),
        Some(("01010000101000", 1, 2)),
    ];
    let [first, second] = alternating;
    said(
        first,
        second,
        Some(5),
        "in the same weeks or one after the other",
    );
}

/// One group that gives too many a day is enough, whatever the others state or do not.
#[test]
fn one_of_three_groups_gives_too_many() {
    let prescribed = Prescribed::typed(&typed(&["pelvis=45Gy/25"])).unwrap();
    let part = |source: &str, fractions, days: Option<Days>| {
        let mut group = group(1, fractions, &["1.8"]);
        group.pattern =
            days.map(|(digits, a_day, weeks)| FractionPattern::new(digits, a_day, weeks).unwrap());
        plan(source, vec![group], Vec::new())
    };
    let planned = [
        part("a.dcm", 10, Some(TWICE_A_DAY)),
        part("b.dcm", 10, Some(DAILY)),
        part("c.dcm", 5, None),
    ];
    let mut case = Case::new(&prescribed, &planned);
    case.mapping = &["a.dcm=pelvis", "b.dcm=pelvis", "c.dcm=pelvis"];
    let found = case.run().unwrap();
    expect(&found, &[("rx.fractions_per_week", "", CannotTell)]);
}

#[test]
fn the_days_of_two_groups_of_one_phase() {
    const THREE: Option<Days> = Some(EVERY_OTHER_DAY);
    const TWO: Option<Days> = Some(("0101000", 1, 1));
    const FIVE: Option<Days> = Some(DAILY);
    for (first, second, site, outcome) in [
        // one after the other it is right, in the same weeks it is ten
        (FIVE, FIVE, Some(5), CannotTell),
        (FIVE, FIVE, None, CannotTell),
        // alternating
        (THREE, TWO, Some(5), Pass),
        (THREE, TWO, None, NotApplicable),
        // wrong either way
        (TWO, TWO, Some(5), Fail),
        (Some(TWICE_A_DAY), FIVE, Some(5), Fail),
        (Some(TWICE_A_DAY), None, Some(5), Fail),
        (Some(TWICE_A_DAY), None, None, CannotTell),
        // one says nothing
        (FIVE, None, Some(5), CannotTell),
        (None, THREE, Some(5), CannotTell),
        (FIVE, None, None, NotApplicable),
        // five in every second week, and in every third: together not five in each
        (
            Some(("11111000000000", 1, 2)),
            Some(("000000011111000000000", 1, 3)),
            Some(5),
            CannotTell,
        ),
    ] {
        assert_eq!(
            in_two_groups(first, second, site),
            outcome,
            "{first:?} {second:?} {site:?}"
        );
    }
}

#[test]
fn limits_of_a_target() {
    let run = |change: fn(&mut PlannedPrescription)| -> CrossCheck {
        let mut plan = pelvis();
        change(&mut plan);
        check(&option("radiotherapy_alone"), &[plan])
    };
    only(
        &run(|plan| {
            let target = &mut plan.targets[0];
            target.minimum = Some(decimal("42.75"));
            target.maximum = Some(decimal("48.15"));
            // the rounding of the dose is no limit
            target.delivery_maximum = Some(decimal("44.9999"));
        }),
        &[],
    );
    for (what, change) in [
        (
            "minimum above",
            (|plan| plan.targets[0].minimum = Some(decimal("46"))) as fn(&mut PlannedPrescription),
        ),
        ("maximum below", |plan| {
            plan.targets[0].maximum = Some(decimal("44"));
        }),
        ("delivery", |plan| {
            plan.targets[0].delivery_maximum = Some(decimal("40"));
        }),
        ("minimum in centigray", |plan| {
            plan.targets[0].minimum = Some(decimal("4500"));
        }),
    ] {
        let found = run(change);
        only(&found, &[("plan.target_limits", Fail)]);
        assert_eq!(
            find(&found, "plan.target_limits", "")
                .message()
                .contains("centigray"),
            what == "minimum in centigray"
        );
    }
    let found = run(|plan| plan.targets[0].maximum = Some(decimal("4815")));
    only(&found, &[("plan.target_limits", Warn)]);
    let found = run(|plan| plan.targets[0].minimum = Some(decimal("0.4275")));
    only(&found, &[("plan.target_limits", Warn)]);
    // the digits cannot be compared, and nothing is said of the unit
    let found = run(|plan| {
        plan.targets[0].minimum = Some(decimal("0.00000000000000000000000000000000000000001"));
    });
    only(&found, &[("plan.target_limits", CannotTell)]);
}

#[test]
fn the_prescription_in_words_is_for_a_person() {
    let mut plan = pelvis();
    plan.description = Some("45 Gy in 25 to the pelvis".into());
    let found = check(&option("radiotherapy_alone"), &[plan]);
    only(&found, &[]);
    expect(&found, &[("plan.description", "pelvis.dcm", NotApplicable)]);
    let words = find(&found, "plan.description", "").found();
    assert_eq!(words.as_deref(), Some("45 Gy in 25 to the pelvis"));
}

#[test]
fn plans_that_are_not_given_to_a_patient_fail() {
    for (intent, outcome) in [
        ("CURATIVE", Pass),
        ("PALLIATIVE", Pass),
        ("RESEARCH", Warn),
        ("VERIFICATION", Fail),
        ("MACHINE_QA", Fail),
        ("SERVICE", Fail),
    ] {
        let mut plan = pelvis();
        plan.intent = Some(intent.into());
        let found = check(&option("radiotherapy_alone"), &[plan]);
        assert_eq!(found.outcome, outcome, "{intent}");
    }
}

#[test]
fn a_plan_that_verifies_another_is_not_treated() {
    for (relationship, outcome) in [
        ("PRIOR", Pass),
        ("PREDECESSOR", Pass),
        ("CONCURRENT", Pass),
        ("ALTERNATIVE", Warn),
        ("VERIFIED_PLAN", Fail),
    ] {
        let mut plan = pelvis();
        plan.relationships = vec![relationship.into()];
        let found = check(&option("radiotherapy_alone"), &[plan]);
        assert_eq!(found.outcome, outcome, "{relationship}");
    }
}

#[test]
fn no_fraction_on_any_day_is_no_treatment() {
    for site in [None, Some(5)] {
        assert_eq!(with_site(("0000000", 1, 1), site), Fail);
    }
}

#[test]
fn what_the_verdict_does_not_cover_is_said() {
    let mut plan = pelvis();
    plan.not_judged = vec!["monitor units"];
    let found = check(&option("radiotherapy_alone"), &[plan]);
    assert_eq!(found.covers, COVERS);
    assert!(
        COVERS.contains("does not cover geometry, nor whether the monitor units give the doses")
    );
    assert_eq!(found.not_judged[0].to_string(), "pelvis.dcm: monitor units");
}

/// Doses of references that are no declared targets are listed, and nothing else is.
#[test]
fn doses_that_are_not_declared_to_be_of_targets_are_listed() {
    let of = |name: &str, kind: TargetKind, dose: Option<&str>| PlannedTarget {
        kind,
        ..target(name, dose)
    };
    let plan = plan(
        "pelvis.dcm",
        vec![group(1, 25, &["1.8"])],
        vec![
            of("bladder", TargetKind::OrganAtRisk, Some("40")),
            of("iso", TargetKind::NotStated, Some("44")),
            of("other", TargetKind::Other("SITE".into()), None),
        ],
    );
    let found = check(&option("radiotherapy_alone"), &[plan]);
    let finding = find(&found, "rx.prescription", "");
    assert_eq!(finding.outcome, CannotTell);
    assert_eq!(finding.found().as_deref(), Some("iso 44 Gy"));
}

/// Where no dose agrees, all that the stated one could mean are listed; where one does, that one.
#[test]
fn what_a_stated_dose_could_mean_is_listed() {
    let values = |stated: &str, code: &str| {
        let boost = plan(
            "boost.dcm",
            vec![group(1, 3, &["1.8"])],
            vec![target("tumour bed", Some(stated))],
        );
        let found = check(&adjuvant(), &[pelvis(), boost]);
        let finding = find(&found, code, "boost.dcm, target");
        (finding.expected().unwrap(), finding.arithmetic().is_some())
    };
    let own = "5.4 Gy (volume tumour bed)";
    let both = format!("{own} or 50.4 Gy (volume tumour bed, cumulative)");
    assert_eq!(values("40", "rx.prescription"), (both, false));
    assert_eq!(values("50.4", "rx.prescription"), ("50.4 Gy".into(), true));
    assert_eq!(values("5.4", "rx.prescription"), ("5.4 Gy".into(), true));
    // what the beams give is held against the stated dose
    assert_eq!(values("40", "plan.beam_sum"), ("40 Gy".into(), true));
    let mut alone = pelvis();
    alone.targets[0].dose = Some(decimal("46"));
    let found = check(&option("radiotherapy_alone"), &[alone]);
    let finding = find(&found, "rx.prescription", "target");
    assert_eq!(finding.expected().as_deref(), Some("45 Gy"));
    assert!(finding.arithmetic().is_some());
}

/// The dose of a target that its groups state is their sum.
#[test]
fn limits_of_a_target_whose_groups_state_its_dose() {
    let link = |group, dose| TargetLink {
        dose: Some(decimal(dose)),
        ..TargetLink::new(group)
    };
    let with = |minimum: &str| {
        let bed = PlannedTarget {
            links: vec![link(0, "45"), link(1, "5.4")],
            minimum: Some(decimal(minimum)),
            ..target("tumour bed", None)
        };
        let groups = vec![group(1, 25, &["1.8"]), group(2, 3, &["1.8"])];
        let found = check(&adjuvant(), &[plan("course.dcm", groups, vec![bed])]);
        find(&found, "plan.target_limits", "tumour bed").outcome
    };
    assert_eq!(with("48"), Pass);
    assert_eq!(with("51"), Fail);
}

/// The name of a target settles what its dose can mean, where its phases reach the volume.
#[test]
fn a_name_settles_what_a_stated_dose_means() {
    const PELVIS: (u32, &str) = (25, "1.8");
    const BOOST: (u32, &str) = (3, "1.8");
    let of = |name: &str, groups: &[(u32, &str)], stated: &str| {
        let groups = groups.iter().zip(1..);
        let groups = groups.map(|(&(fractions, dose), number)| group(number, fractions, &[dose]));
        let plan = plan(
            "plan.dcm",
            groups.collect(),
            vec![target(name, Some(stated))],
        );
        let found = check(&adjuvant(), &[plan]);
        let finding = find(&found, "rx.prescription", name).clone();
        (
            finding.outcome,
            finding.expected().unwrap(),
            finding.arithmetic(),
        )
    };
    // inside the volume that the phase prescribes to
    let (_, expected, arithmetic) = of("tumour bed", &[PELVIS], "40");
    assert_eq!(expected, "45 Gy");
    let inside = "prescribed to tumour bed in phase pelvis: 45 Gy";
    assert_eq!(arithmetic.as_deref(), Some(inside));
    // not reached by the phase: its own volumes are all there is
    let (_, expected, _) = of("pelvis", &[BOOST], "40");
    assert!(
        expected.starts_with("5.4 Gy (volume tumour bed)"),
        "{expected}"
    );
    let (_, expected, _) = of("pelvis", &[PELVIS, BOOST], "40");
    assert_eq!(
        expected,
        "45 Gy (volume pelvis) or 45 Gy (volume pelvis in phase pelvis)"
    );
    // no volume of that name: any of them, and one phase of several is for a person to see
    assert_eq!(of("PTV", &[PELVIS, BOOST], "5.4").0, Warn);
    assert_eq!(of("PTV", &[PELVIS, BOOST], "45").0, Pass);
    assert_eq!(of("PTV", &[PELVIS, BOOST], "50.4").0, Pass);
    assert_eq!(of("PTV", &[PELVIS, BOOST], "5.5").0, Fail);
}

/// The dose of a volume is prescribed or wrong; that of a point may be another, and where the plan does not
/// say which it is, it may be a point.
#[test]
fn the_dose_of_a_volume_is_a_prescribed_one() {
    use TargetExtent::{NotStated, Point, Volume};
    let of = |extent: TargetExtent, dose: &str, links: &[usize]| PlannedTarget {
        extent,
        links: links.iter().map(|&at| TargetLink::new(at)).collect(),
        ..target("GTV", Some(dose))
    };
    let outcome = |prescribed: &Prescribed, plan: PlannedPrescription| {
        let found = check(prescribed, &[plan]);
        find(&found, "rx.prescription", "GTV").outcome
    };
    let typed = |text: &str| Prescribed::typed(&typed(&[text])).unwrap();
    for (extent, wanted) in [(Volume, Fail), (Point, Warn), (NotStated, Warn)] {
        for links in [&[][..], &[0]] {
            let mut plan = pelvis();
            plan.targets.push(of(extent, "66", links));
            assert_eq!(
                outcome(&typed("45Gy/25"), plan.clone()),
                wanted,
                "{extent:?} {links:?}"
            );
            // what the other target states excuses it, and only where it agrees
            plan.targets.remove(0);
            assert_eq!(
                outcome(&typed("45Gy/25"), plan),
                Fail,
                "{extent:?} {links:?}"
            );
        }
    }
    // two doses in the same fractions, as prescribed
    let boosted = ["x@low=45Gy/25", "x@high=55Gy/25"].map(|text| text.parse().unwrap());
    let boosted = Prescribed::typed(&boosted).unwrap();
    let mut plan = pelvis();
    plan.targets.push(of(Volume, "55", &[]));
    assert_eq!(outcome(&boosted, plan.clone()), Pass);
    assert_eq!(outcome(&typed("45Gy/25"), plan), Fail);
    // that of another phase, which the plan lists and does not link
    let listed = |dose: &str, links: &[usize]| {
        let mut plan = pelvis();
        plan.targets.push(of(Volume, dose, links));
        outcome(&adjuvant(), plan)
    };
    assert_eq!(listed("5.4", &[]), Warn);
    assert_eq!(listed("50.4", &[]), Warn);
    assert_eq!(listed("5.4", &[0]), Fail);
    assert_eq!(listed("66", &[]), Fail);
    // the phase of a fraction group is not known
    let mut course = pelvis();
    course.groups.push(group(2, 3, &[]));
    course.groups[1].fractions = None;
    course.targets.push(of(Volume, "9", &[]));
    assert_ne!(outcome(&typed("45Gy/25"), course), Fail);
}

/// Half and twice the dose are the farthest limits that are not doubted.
#[test]
fn limits_far_from_the_dose_are_doubted() {
    let outcome = |set: fn(&mut PlannedTarget, &str), dose: &str| {
        let mut planned = pelvis();
        set(&mut planned.targets[0], dose);
        let found = check(&option("radiotherapy_alone"), &[planned]);
        find(&found, "plan.target_limits", "pelvis").outcome
    };
    let minimum = |target: &mut PlannedTarget, dose: &str| target.minimum = Some(decimal(dose));
    let maximum = |target: &mut PlannedTarget, dose: &str| target.maximum = Some(decimal(dose));
    for (dose, is_right) in [("22.5", true), ("22.4", false), ("16", false)] {
        assert_eq!(outcome(minimum, dose) == Pass, is_right, "{dose}");
    }
    for (dose, is_right) in [("90", true), ("90.1", false), ("130", false)] {
        assert_eq!(outcome(maximum, dose) == Pass, is_right, "{dose}");
    }
}

/// Several fractions on a day are for a person, also where there are few in a week.
#[test]
fn several_fractions_on_few_days() {
    // two a day on Monday and Tuesday, and on four days
    let two_days = ("11110000000000", 2, 1);
    let four_days = ("11111111000000", 2, 1);
    assert_eq!(with_site(two_days, None), CannotTell);
    assert_eq!(with_site(four_days, Some(8)), Pass);
    assert_eq!(with_site(two_days, Some(4)), CannotTell);
    let prescribed = Prescribed::typed(&typed(&["pelvis=45Gy/25"])).unwrap();
    let found = check(&prescribed, &[on(two_days)]);
    let message = find(&found, "rx.fractions_per_week", "").message();
    let few = check(&prescribed, &[on(EVERY_OTHER_DAY)]);
    assert_ne!(find(&few, "rx.fractions_per_week", "").message(), message);
    // one group without a day is wrong, whatever the other says
    let none = Some(("0000000", 1, 1));
    assert_eq!(in_two_groups(Some(DAILY), none, Some(5)), Fail);
    assert_eq!(in_two_groups(none, Some(DAILY), None), Fail);
}

/// What a label says is for a person where it has a number; what a plan is described as always is.
#[test]
fn labels_with_numbers_are_for_a_person() {
    let said = |description: Option<&str>, label: &str| {
        let mut planned = pelvis();
        planned.description = description.map(Into::into);
        planned.groups[0].label = Some(label.into());
        let found = check(&option("radiotherapy_alone"), &[planned]);
        let all = found.findings.iter().filter(|one| {
            let says = one.observation::<PlanFinding>().map(|one| &one.says);
            matches!(says, Some(PlanSays::Description(_)))
        });
        all.count()
    };
    assert_eq!(said(None, "pelvis"), 0);
    assert_eq!(said(None, "45 Gy in 25"), 1);
    assert_eq!(said(Some("as agreed"), "pelvis"), 1);
    assert_eq!(said(Some("45 Gy"), "pelvis 45 Gy"), 2);
}

/// A dose reference for quality assurance is said where it has a dose.
#[test]
fn a_reference_for_quality_assurance_without_a_dose_is_not_said() {
    let said = |dose: Option<&str>| {
        let mut planned = pelvis();
        let mut of_assurance = target("diode", dose);
        of_assurance.purpose = Some("QA".into());
        planned.targets.push(of_assurance);
        let found = check(&option("radiotherapy_alone"), &[planned]);
        let mut findings = found.findings.iter();
        findings.any(|one| {
            let of = one.observation::<TargetFinding>();
            matches!(of, Some(TargetFinding::ForQualityAssurance { .. }))
        })
    };
    assert!(said(Some("1.8")));
    assert!(!said(None));
}

/// The structure set of a plan is compared with that of another plan or with a file that is given.
#[test]
fn a_structure_set_that_is_compared_with_nothing_is_listed() {
    let mut pelvis = pelvis();
    pelvis.structure_sets = vec!["2.25.400".into()];
    let mut boost = boost();
    let listed = |planned: &[PlannedPrescription], others: &[PatientFile]| {
        let prescribed = adjuvant();
        let mut case = Case::new(&prescribed, planned);
        case.others = others;
        let found = case.run().unwrap();
        let mut not_read = found.not_judged.iter();
        not_read.any(|one| one.part.contains("reference to the structure set"))
    };
    let file = |uid: Option<&str>| {
        vec![PatientFile {
            source: "structures.dcm".into(),
            uid: uid.map(Into::into),
            patient: patient("synthetic"),
            regions: Vec::new(),
            no_targets: Vec::new(),
            notes: Vec::new(),
        }]
    };
    let one = core::slice::from_ref(&pelvis);
    assert!(listed(one, &[]));
    assert!(listed(&[pelvis.clone(), boost.clone()], &[]));
    assert!(listed(one, &file(None)));
    assert!(!listed(one, &file(Some("2.25.400"))));
    boost.structure_sets = vec!["2.25.400".into()];
    assert!(!listed(&[pelvis.clone(), boost], &[]));
}
