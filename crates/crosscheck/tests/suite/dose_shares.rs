//! What a dose is compared with: the plans, fraction groups and beams that it is the dose of, and no others.
#![allow(clippy::unwrap_used, reason = "tests")]

use chemorad::report::Outcome::{self, CannotTell, Fail, Pass, Warn};
use chemorad_crosscheck::{CrossCheck, Prescribed};
use chemorad_dosimetry::{
    DoseFile, DoseType, DoseUnits, PlanPart, PlannedPrescription, SummationType,
};

use crate::common::{Case, adjuvant, boost, decimal, find, group, patient, pelvis, plan, typed};

fn dose(name: &str, of: &[&PlannedPrescription], sum: SummationType, maximum: &str) -> DoseFile {
    DoseFile {
        patient: Some(patient("synthetic")),
        units: DoseUnits::Gray,
        dose_type: DoseType::Physical,
        sum,
        maximum: Some(decimal(maximum)),
        plans: of.iter().filter_map(|plan| plan.uid.clone()).collect(),
        ..DoseFile::new(name)
    }
}

fn part(of: &PlannedPrescription, group: impl Into<Option<i32>>, beams: &[i32]) -> PlanPart {
    PlanPart {
        plan: of.uid.clone(),
        group: group.into(),
        beams: beams.into(),
        ..PlanPart::default()
    }
}

fn with_parts(mut dose: DoseFile, parts: &[PlanPart]) -> DoseFile {
    dose.parts = parts.to_vec();
    dose
}

/// Each fraction group has the beams 1 and 2.
fn with_beams(mut plan: PlannedPrescription) -> PlannedPrescription {
    for group in &mut plan.groups {
        group.beams = vec![1, 2];
    }
    plan
}

/// Pelvis and boost in one plan.
fn course() -> PlannedPrescription {
    let groups = vec![group(1, 25, &["1.8"]), group(2, 3, &["1.8"])];
    with_beams(plan("course.dcm", groups, Vec::new()))
}

fn run(
    prescribed: &Prescribed,
    planned: &[PlannedPrescription],
    doses: &[DoseFile],
    mapping: &[&str],
) -> CrossCheck {
    let mut case = Case::new(prescribed, planned);
    (case.doses, case.mapping) = (doses, mapping);
    case.run().unwrap()
}

const COURSE: [&str; 2] = ["course.dcm#1=pelvis", "course.dcm#2=boost"];

fn outcomes(found: &CrossCheck, code: &str) -> Vec<Outcome> {
    let all = found.findings.iter().filter(|finding| finding.is(code));
    all.map(|finding| finding.outcome).collect()
}

fn scale(found: &CrossCheck, of: &str) -> Outcome {
    find(found, "dose.scale", of).outcome
}

/// A plan without an identifier is not the plan of a dose.
#[test]
fn a_plan_without_an_identifier_has_no_dose() {
    let pelvis = pelvis();
    let groups = vec![group(1, 2, &["1.8"]), group(2, 1, &["1.8"])];
    let mut nameless = plan("boost.dcm", groups, Vec::new());
    nameless.uid = None;
    let planned = [pelvis.clone(), nameless];
    let mapping = [
        "pelvis.dcm=pelvis",
        "boost.dcm#1=boost",
        "boost.dcm#2=boost",
    ];
    for sum in [SummationType::Plan, SummationType::Fraction] {
        let doses = [dose("dose.dcm", &[&pelvis], sum, "40")];
        let found = run(&adjuvant(), &planned, &doses, &mapping);
        let finding = find(&found, "dose.references_plan", "dose.dcm");
        assert_eq!(finding.found().as_deref(), Some("pelvis.dcm"));
        assert_eq!(scale(&found, "dose.dcm"), Fail);
        assert_eq!(outcomes(&found, "dose.sum_type"), [Pass]);
    }
}

#[test]
fn application_setups_are_those_of_the_plan() {
    let mut planned = pelvis();
    planned.groups[0].setups = vec![1, 2];
    for (setup, expected) in [(2, vec![Pass]), (9, vec![Pass, Fail])] {
        let named = PlanPart {
            setups: vec![setup],
            ..part(&planned, 1, &[])
        };
        let dose = dose("dose.dcm", &[&planned], SummationType::Brachy, "40");
        let doses = [with_parts(dose, &[named])];
        let found = run(&adjuvant(), &[planned.clone(), boost()], &doses, &[]);
        assert_eq!(outcomes(&found, "dose.references_plan"), expected);
    }
}

/// The place of a dose is compared with what its plans state, and only where each of them states it.
#[test]
fn the_place_of_a_dose_is_compared_with_its_own_plans() {
    let mut planned = [pelvis(), boost()];
    for plan in &mut planned {
        plan.frame_of_reference = Some("2.25.500".into());
        plan.structure_sets = vec!["2.25.400".into(), "2.25.401".into()];
    }
    let [first, second] = planned;
    let place = |planned: &[PlannedPrescription], set: &str, plans: &[&str]| {
        let mut dose = dose("dose.dcm", &[], SummationType::MultiPlan, "52");
        dose.plans = plans.iter().map(ToString::to_string).collect();
        dose.frame_of_reference = Some("2.25.501".into());
        dose.structure_sets = vec![set.into()];
        let found = run(&adjuvant(), planned, &[dose], &[]);
        let [frame, set] =
            ["dose.frame_of_reference", "dose.structure_set"].map(|code| outcomes(&found, code));
        (frame, set)
    };
    let both = ["uid of pelvis.dcm", "uid of boost.dcm"];
    let given = [first.clone(), second.clone()];
    let other = (vec![CannotTell], vec![Warn]);
    assert_eq!(place(&given, "2.25.402", &both), other);
    // one of several sets
    assert_eq!(
        place(&given, "2.25.401", &both),
        (vec![CannotTell], Vec::new())
    );
    // a dose of another plan lies anywhere
    assert_eq!(
        place(&given, "2.25.402", &["2.25.404"]),
        (Vec::new(), Vec::new())
    );
    // what one of the plans does not state may be the same
    let mut silent = second;
    silent.structure_sets.clear();
    assert_eq!(
        place(&[first, silent], "2.25.402", &both),
        (vec![CannotTell], Vec::new())
    );
}

/// Where a dose is not all that some fraction groups give, its maximum may be small.
#[test]
fn the_dose_of_a_part_of_a_group_may_be_small() {
    let planned = course();
    let of = |parts: &[PlanPart]| {
        let dose = dose("dose.dcm", &[&planned], SummationType::Fraction, "30");
        let doses = [with_parts(dose, parts)];
        let found = run(
            &adjuvant(),
            core::slice::from_ref(&planned),
            &doses,
            &COURSE,
        );
        scale(&found, "dose.dcm")
    };
    let (first, second) = (part(&planned, 1, &[]), part(&planned, 2, &[]));
    assert_eq!(of(core::slice::from_ref(&first)), Fail);
    assert_eq!(of(&[first.clone(), second]), Fail);
    // some beams of a group, and a group that is not named
    assert_eq!(of(&[part(&planned, 1, &[1])]), Pass);
    assert_eq!(of(&[part(&planned, None, &[])]), Pass);
    assert_eq!(of(&[first, part(&planned, 2, &[1])]), Pass);
    assert_eq!(of(&[]), Pass);
}

/// Doses of beams are the whole together, each beam once, and with doses of the same kind and plan.
#[test]
fn the_parts_of_one_plan_are_counted_together() {
    let planned = [with_beams(pelvis()), with_beams(boost())];
    let [pelvis, boost] = &planned;
    let of = |name: &str, of: &PlannedPrescription, beams: &[i32]| {
        let dose = dose(name, &[of], SummationType::Beam, "5");
        with_parts(dose, &[part(of, 1, beams)])
    };
    let sums = |doses: &[DoseFile]| {
        let found = run(&adjuvant(), &planned, doses, &[]);
        outcomes(&found, "dose.sum_type")
    };
    let [one, two] = [of("1.dcm", pelvis, &[1]), of("2.dcm", pelvis, &[2])];
    assert_eq!(sums(&[one.clone(), two.clone()]), [Pass, Pass]);
    assert_eq!(
        sums(&[one.clone(), two.clone(), two.clone()]),
        [Warn, Warn, Warn]
    );
    // the dose of the whole plan is not that of its other beam
    let whole = dose("plan.dcm", &[pelvis], SummationType::Plan, "47");
    assert_eq!(sums(&[whole, one.clone()]), [Pass, Warn]);
    // a beam of another plan alone
    let other = of("3.dcm", boost, &[1]);
    assert_eq!(sums(&[one, two, other]), [Pass, Pass, Warn]);
}

/// A dose of one plan goes together with one of that plan and another.
#[test]
fn a_dose_of_two_plans_has_the_rest_of_one() {
    let planned = [course(), with_beams(boost())];
    let [course, boost] = &planned;
    let first = dose("1.dcm", &[course], SummationType::Fraction, "46");
    let first = with_parts(first, &[part(course, 1, &[])]);
    let rest = dose("2.dcm", &[course, boost], SummationType::Fraction, "6");
    let rest = with_parts(rest, &[part(course, 2, &[]), part(boost, 1, &[])]);
    let found = run(&adjuvant(), &planned, &[first, rest], &[]);
    assert_eq!(outcomes(&found, "dose.sum_type"), [Pass, Pass]);
}

/// Two doses that each hold all of a plan are one too many, however they are called.
#[test]
fn a_whole_plan_is_not_given_twice() {
    use SummationType::{Beam, Fraction, Plan};
    let planned = [with_beams(pelvis()), with_beams(boost())];
    let of = |sums: &[(SummationType, &[PlanPart])]| {
        let doses: Vec<DoseFile> = sums
            .iter()
            .zip(["1.dcm", "2.dcm"])
            .map(|((sum, parts), name)| {
                with_parts(dose(name, &[&planned[0]], sum.clone(), "47"), parts)
            })
            .collect();
        let found = run(&adjuvant(), &planned, &doses, &[]);
        let twice = |finding: &&chemorad::report::Finding| {
            finding.is("dose.references_plan") && finding.at().contains("pelvis.dcm")
        };
        let twice = found.findings.iter().filter(twice);
        let twice: Vec<Outcome> = twice.map(|finding| finding.outcome).collect();
        (outcomes(&found, "dose.sum_type"), twice)
    };
    let [all, beams, beam] = [&[][..], &[1, 2], &[1]].map(|beams| [part(&planned[0], 1, beams)]);
    assert_eq!(of(&[(Fraction, &all)]), (vec![Pass], vec![]));
    let twice = (vec![Pass, Pass], vec![Warn]);
    assert_eq!(of(&[(Plan, &[]), (Plan, &[])]), twice);
    assert_eq!(of(&[(Fraction, &[]), (Fraction, &[])]), twice);
    assert_eq!(of(&[(Fraction, &all), (Fraction, &all)]), twice);
    assert_eq!(
        of(&[(Beam, &beams), (Beam, &beams)]),
        (vec![Warn, Warn], vec![Warn])
    );
    // one export by plan and one by fraction group, and one beam
    assert_eq!(
        of(&[(Plan, &[]), (Fraction, &all)]),
        (vec![Pass, Pass], vec![])
    );
    assert_eq!(of(&[(Beam, &beams), (Beam, &beam)]).1, []);
}

/// A dose is compared with the largest that its groups are prescribed to give to a volume.
#[test]
fn the_largest_prescribed_dose_is_reached() {
    let boosted = Prescribed::typed(&typed(&["x@high=58.8Gy/28", "x@low=50.4Gy/28"])).unwrap();
    let planned = plan("x.dcm", vec![group(1, 28, &["2.1"])], Vec::new());
    for (maximum, outcome) in [("60", Pass), ("55", Fail)] {
        let doses = [dose("dose.dcm", &[&planned], SummationType::Plan, maximum)];
        let found = run(&boosted, core::slice::from_ref(&planned), &doses, &[]);
        assert_eq!(scale(&found, "dose.dcm"), outcome);
    }
}

/// The prescribed dose is that of the phases of its groups, with all of their fractions where all groups are given.
#[test]
fn the_prescribed_dose_is_that_of_the_phases_of_a_dose() {
    let of = |planned: &[PlannedPrescription], maximum: &str, mapping: &[&str]| {
        let doses = [dose(
            "dose.dcm",
            &[&planned[0]],
            SummationType::Plan,
            maximum,
        )];
        scale(&run(&adjuvant(), planned, &doses, mapping), "dose.dcm")
    };
    // the boost has no plan
    assert_eq!(of(&[pelvis()], "45", &[]), Pass);
    assert_eq!(of(&[pelvis()], "42", &[]), Fail);
    // the plan does not state its fractions, or states too few
    let [mut silent, mut fewer] = [pelvis(), pelvis()];
    silent.groups[0].fractions = None;
    fewer.groups[0].fractions = Some(24);
    for planned in [silent, fewer] {
        let planned = [planned, boost()];
        let mapping = ["pelvis.dcm=pelvis", "boost.dcm=boost"];
        assert_eq!(of(&planned, "44", &mapping), Warn);
        assert_eq!(of(&planned, "40", &mapping), Fail);
    }
    // a group more, of no phase
    let mut more = course();
    more.groups.push(group(3, 7, &["1.1"]));
    assert_eq!(of(&[more.clone()], "51", &COURSE), Pass);
    assert_eq!(of(&[more], "40", &COURSE), Fail);
    // no group has a phase: as large as any may be
    let unlike = plan("other.dcm", vec![group(1, 10, &["3"])], Vec::new());
    assert_eq!(of(core::slice::from_ref(&unlike), "31", &[]), Pass);
    assert_eq!(of(&[unlike], "300", &[]), Fail);
}

/// A dose that names groups is the dose of these; one that names no group of a plan is that of all of it.
#[test]
fn a_dose_is_of_the_groups_that_it_names() {
    let of = |planned: &[PlannedPrescription], sum, parts: &[PlanPart], mapping: &[&str]| {
        let plans: Vec<&PlannedPrescription> = planned.iter().collect();
        let doses = [with_parts(dose("dose.dcm", &plans, sum, "46"), parts)];
        scale(&run(&adjuvant(), planned, &doses, mapping), "dose.dcm")
    };
    let planned = [course()];
    let parts = [1, 2].map(|number| part(&planned[0], number, &[]));
    assert_eq!(of(&planned, SummationType::Plan, &parts, &COURSE), Fail);
    assert_eq!(
        of(&planned, SummationType::Plan, &parts[..1], &COURSE),
        Pass
    );
    let unnamed = [part(&planned[0], None, &[])];
    assert_eq!(of(&planned, SummationType::Plan, &unnamed, &COURSE), Fail);
    let mut second = boost();
    second.groups[0].number = Some(2);
    let planned = [pelvis(), second];
    let parts = [part(&planned[0], 1, &[])];
    assert_eq!(of(&planned, SummationType::MultiPlan, &parts, &[]), Fail);
}

/// A share without an end as a decimal, 50 Gy / 30 in 7 fractions, is compared as well.
#[test]
fn a_share_that_is_no_decimal_is_compared() {
    let prescribed = Prescribed::typed(&typed(&["50Gy/30"])).unwrap();
    let of = |name: &str, fractions| plan(name, vec![group(1, fractions, &["1.667"])], Vec::new());
    let planned = [of("a.dcm", 7), of("b.dcm", 23)];
    for (maximum, outcome) in [
        ("11.666667", Pass),
        ("11.666", Warn),
        ("11.09", Warn),
        ("11.08", Fail),
        ("46.7", Fail),
    ] {
        let doses = [dose(
            "dose.dcm",
            &[&planned[0]],
            SummationType::Plan,
            maximum,
        )];
        let mapping = ["a.dcm=1", "b.dcm=1"];
        let found = run(&prescribed, &planned, &doses, &mapping);
        assert_eq!(scale(&found, "dose.dcm"), outcome, "{maximum}");
    }
}
