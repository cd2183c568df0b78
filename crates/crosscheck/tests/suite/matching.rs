//! By which numbers a fraction group is matched to its phase, and which of a plan's doses is its own.
#![allow(clippy::unwrap_used, reason = "tests")]

use chemorad::report::Outcome::{CannotTell, Fail, NotApplicable, Pass};
use chemorad_crosscheck::{CrossCheck, MatchReason, Prescribed};
use chemorad_dosimetry::{
    DosePoint, PlanKind, PlannedPrescription, PlannedTarget, TargetExtent, TargetLink,
};

use crate::common::{
    Case, adjuvant, boost, check, decimal, find, group, pelvis, plan, target, typed,
};

fn reason(found: &CrossCheck, group: &str) -> (Option<String>, MatchReason) {
    let mut assigned = found.assigned.iter();
    let one = assigned.find(|one| one.group.to_string().contains(group));
    let one = one.unwrap();
    (one.phase.clone(), one.because.clone())
}

fn numbers(some_unknown: bool) -> MatchReason {
    MatchReason::Numbers {
        named: false,
        some_unknown,
        by_stated_dose: false,
    }
}

/// Numbers that are known go before those that are not.
#[test]
fn a_dose_that_is_not_known_claims_nothing_from_one_that_is() {
    let open = plan("open.dcm", vec![group(1, 25, &[])], vec![]);
    let found = check(&adjuvant(), &[open, pelvis(), boost()]);
    let at = |phase: &str| (Some(phase.to_string()), numbers(false));
    assert_eq!(reason(&found, "pelvis.dcm"), at("pelvis"));
    assert_eq!(reason(&found, "boost.dcm"), at("boost"));
    assert_eq!(reason(&found, "open.dcm").0, None);
}

/// The dose that a plan states stands for beams that state the dose of a point.
#[test]
fn beams_at_a_point_are_matched_by_the_stated_dose() {
    let mut at_point = pelvis();
    let dose = &mut at_point.groups[0].doses[0];
    dose.per_fraction = Some(decimal("1.9"));
    dose.point = Some(DosePoint::Coordinates([decimal("0"); 3]));
    let found = check(&adjuvant(), &[at_point, boost()]);
    let because = MatchReason::Numbers {
        named: false,
        some_unknown: false,
        by_stated_dose: true,
    };
    let expected = (Some("pelvis".to_string()), because);
    assert_eq!(reason(&found, "pelvis.dcm"), expected);
}

/// Beams give the dose of one volume of a simultaneous boost.
#[test]
fn a_simultaneous_boost_is_matched_by_the_dose_of_either_volume() {
    let typed = typed(&["x@low=50.4Gy/28", "x@high=58.8Gy/28", "y@high=9Gy/5"]);
    let prescribed = Prescribed::typed(&typed).unwrap();
    for dose in ["1.8", "2.1"] {
        let first = plan("first.dcm", vec![group(1, 28, &[dose])], vec![]);
        let second = plan("second.dcm", vec![group(1, 5, &["1.8"])], vec![]);
        let found = check(&prescribed, &[first, second]);
        let expected = (Some("x".to_string()), numbers(false));
        assert_eq!(reason(&found, "first.dcm"), expected);
    }
}

/// A stated total that is not that of the phase may be that of the course: its fractions alone are known.
#[test]
fn a_stated_total_may_be_that_of_the_course() {
    let stated = |dose: &str| {
        plan(
            "boost.dcm",
            vec![group(1, 3, &[])],
            vec![target("PTV", Some(dose))],
        )
    };
    for (dose, open) in [("5.4", false), ("50.4", true)] {
        let found = check(&adjuvant(), &[pelvis(), stated(dose)]);
        let expected = (Some("boost".to_string()), numbers(open));
        assert_eq!(reason(&found, "boost.dcm"), expected, "{dose}");
    }
}

/// That a total agrees does not make its fractions right, and where they are right nothing is said of others.
#[test]
fn a_total_in_other_fractions_is_told_as_such() {
    let message = |groups: &[(u32, &str)], mapping: &[&str]| {
        let groups = groups.iter().zip(1..);
        let groups = groups.map(|(&(fractions, dose), number)| group(number, fractions, &[dose]));
        let planned = [plan("pelvis.dcm", groups.collect(), vec![])];
        let prescribed = Prescribed::typed(&typed(&["pelvis=45Gy/25"])).unwrap();
        let mut case = Case::new(&prescribed, &planned);
        case.mapping = mapping;
        find(&case.run().unwrap(), "rx.total", "phase pelvis").message()
    };
    let right = "the total dose is as prescribed";
    assert_eq!(message(&[(25, "1.8")], &[]), right);
    let both = ["pelvis.dcm#1=pelvis", "pelvis.dcm#2=pelvis"];
    assert_eq!(message(&[(12, "1.8"), (13, "1.8")], &both), right);
    let others = message(&[(20, "2.25")], &[]);
    assert!(others.contains("reached in other fractions"), "{others}");
}

/// Plans and phases that are not there, one by one.
#[test]
fn what_is_missing_is_counted() {
    let typed = typed(&["a=45Gy/25", "b=5.4Gy/3", "c=8Gy/1"]);
    let prescribed = Prescribed::typed(&typed).unwrap();
    // an ion plan that is compared is not one that could be the missing phase
    let mut ion = plan("ion.dcm", vec![group(1, 3, &["1.8"])], vec![]);
    ion.kind = PlanKind::Ion;
    let found = check(&prescribed, &[pelvis(), ion]);
    assert_eq!(find(&found, "rx.phases", "phase c").outcome, Fail);
    // a phase that is left out is none of those that are wanted
    let alone = prescribed.clone().only(&["b".into()]).unwrap();
    let found = check(&alone, &[pelvis()]);
    let course = find(&found, "rx.phases", "course");
    assert!(
        course.message().contains("no fraction group is planned"),
        "{course}"
    );
    let extra = plan("extra.dcm", vec![group(1, 4, &["2"])], vec![]);
    let found = check(&alone, &[pelvis(), boost(), extra]);
    let course = find(&found, "rx.phases", "course");
    assert_eq!(course.found().as_deref(), Some("2 fraction groups"));
}

/// A plan may go on with the phase of the plan before it; it may not come before an earlier phase.
#[test]
fn plans_that_follow_one_another() {
    let half = |source: &str, fractions, before: Option<&PlannedPrescription>| {
        let mut half = plan(source, vec![group(1, fractions, &["1.8"])], vec![]);
        half.prior_plans = before
            .and_then(|plan| plan.uid.clone())
            .into_iter()
            .collect();
        half
    };
    let order = |planned: &[PlannedPrescription], mapping: &[&str]| {
        let prescribed = adjuvant();
        let mut case = Case::new(&prescribed, planned);
        case.mapping = mapping;
        let found = case.run().unwrap();
        let order = find(&found, "rx.phases", "order of the phases").outcome;
        let too_many = found.findings.iter().any(|f| f.at() == "course");
        (order, too_many)
    };
    let first = pelvis();
    let second = half("second.dcm", 2, Some(&first));
    let third = half("third.dcm", 1, Some(&second));
    let both = ["second.dcm=boost", "third.dcm=boost"];
    let all = [first.clone(), second, third];
    assert_eq!(order(&all, &both), (Pass, false));
    // the boost before the pelvis
    let boost = half("boost.dcm", 3, None);
    let mut late = pelvis();
    late.prior_plans = boost.uid.clone().into_iter().collect();
    assert_eq!(order(&[late, boost], &[]).0, Fail);
    // one plan has no order
    assert_eq!(order(&[first], &[]).0, NotApplicable);
}

/// A sum of doses of which one is stated says so, in whichever order.
#[test]
fn a_sum_with_a_stated_dose_says_so() {
    let open = plan(
        "open.dcm",
        vec![group(1, 2, &[])],
        vec![target("PTV", Some("3.6"))],
    );
    let known = plan("known.dcm", vec![group(1, 1, &["1.8"])], vec![]);
    for planned in [[open.clone(), known.clone()], [known, open]] {
        let planned = [vec![pelvis()], planned.into()].concat();
        let prescribed = adjuvant();
        let mut case = Case::new(&prescribed, &planned);
        case.mapping = &["open.dcm=boost", "known.dcm=boost"];
        case.decisions.accept_stated_dose = Some("by hand".into());
        let found = case.run().unwrap();
        let total = find(&found, "rx.total", "phase boost");
        assert_eq!(total.outcome, Pass);
        assert!(total.message().contains("the plan states"), "{total}");
    }
}

fn accepted(planned: &[PlannedPrescription]) -> CrossCheck {
    let prescribed = Prescribed::typed(&typed(&["pelvis=45Gy/25", "boost=5.4Gy/3"])).unwrap();
    let mut case = Case::new(&prescribed, planned);
    case.decisions.accept_stated_dose = Some("by hand".into());
    case.run().unwrap()
}

/// Each group has the dose of the reference that is linked to it.
#[test]
fn groups_without_beam_doses_have_the_doses_linked_to_them() {
    let linked = |name: &str, dose: &str, group| PlannedTarget {
        links: vec![TargetLink::new(group)],
        ..target(name, Some(dose))
    };
    let course = plan(
        "course.dcm",
        vec![group(1, 25, &[]), group(2, 3, &[])],
        vec![linked("A", "45", 0), linked("B", "5.4", 1)],
    );
    let found = accepted(&[course]);
    for phase in ["pelvis", "boost"] {
        let at = format!("phase {phase}");
        assert_eq!(find(&found, "rx.total", &at).outcome, Pass);
        assert_eq!(find(&found, "rx.dose_per_fraction", &at).outcome, Pass);
    }
}

/// The dose of a volume goes before that of a point, and two volumes with different doses leave it open.
#[test]
fn the_dose_of_a_volume_goes_before_that_of_a_point() {
    let point = |dose: &str| PlannedTarget {
        extent: TargetExtent::Point,
        ..target("point", Some(dose))
    };
    let total = |targets: Vec<PlannedTarget>| {
        let open = plan("pelvis.dcm", vec![group(1, 25, &[])], targets);
        let found = accepted(&[open, boost()]);
        find(&found, "rx.total", "phase pelvis").outcome
    };
    let volume = |dose: &str| target("PTV", Some(dose));
    assert_eq!(total(vec![volume("45"), point("40")]), Pass);
    assert_eq!(total(vec![point("40"), volume("45")]), Pass);
    assert_eq!(total(vec![point("45")]), Pass);
    assert_eq!(total(vec![point("45"), point("45")]), Pass);
    assert_eq!(total(vec![point("45"), point("40")]), CannotTell);
    assert_eq!(total(vec![volume("45"), volume("40")]), CannotTell);
}

/// What fails is told; what cannot be told is called so.
#[test]
fn a_group_of_no_phase_is_said_to_be_of_none() {
    let said = |groups| {
        let plan = plan("course.dcm", groups, vec![target("pelvis", Some("45"))]);
        let found = check(&adjuvant(), &[plan]);
        let finding = find(&found, "rx.phases", "fraction group 1");
        (finding.outcome, finding.message())
    };
    let (outcome, message) = said(vec![group(1, 7, &["2"])]);
    assert_eq!(outcome, Fail);
    assert!(message.starts_with("this group is none of the prescribed phases"));
    assert!(message.contains("assign it, for example \"course.dcm=pelvis\""));
    let alike = vec![group(1, 25, &["1.8"]), group(2, 25, &["1.8"])];
    let (outcome, message) = said(alike);
    assert_eq!(outcome, CannotTell);
    assert!(message.starts_with("the phase of this group cannot be told"));
}

/// Each phase names the one before it; phases that name the same one have no order among them.
#[test]
fn the_order_of_three_phases_is_stated_for_each() {
    let prescribed = Prescribed::typed(&typed(&["a=20Gy/10", "b=12Gy/4", "c=6Gy/2"])).unwrap();
    let order = |before: [&[&str]; 3]| {
        let of = |(name, fractions, dose): (&str, u32, &str), before: &[&str]| {
            let mut of = plan(name, vec![group(1, fractions, &[dose])], vec![]);
            of.prior_plans = before
                .iter()
                .map(|one| format!("uid of {one}.dcm"))
                .collect();
            of
        };
        let planned = [
            of(("a.dcm", 10, "2"), before[0]),
            of(("b.dcm", 4, "3"), before[1]),
            of(("c.dcm", 2, "3"), before[2]),
        ];
        let found = check(&prescribed, &planned);
        find(&found, "rx.phases", "order of the phases").outcome
    };
    assert_eq!(order([&[], &["a"], &["b"]]), Pass);
    assert_eq!(order([&[], &["a"], &["a", "b"]]), Pass);
    assert_eq!(order([&[], &["a"], &["a"]]), NotApplicable);
    assert_eq!(order([&[], &[], &["a", "b"]]), NotApplicable);
    assert_eq!(order([&[], &["a"], &[]]), NotApplicable);
    // a plan that is not given
    assert_eq!(order([&[], &["x"], &["b"]]), NotApplicable);
    assert_eq!(order([&["b"], &[], &["b"]]), Fail);
}
