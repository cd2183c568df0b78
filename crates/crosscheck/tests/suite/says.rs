//! What a plan says of itself, and what of it is judged.
#![allow(clippy::unwrap_used, reason = "tests")]

use chemorad::report::Outcome::{self, CannotTell, NotApplicable, Pass, Warn};
use chemorad_crosscheck::{CrossCheck, Prescribed};
use chemorad_dosimetry::{
    BeamFinding, BeamIssue, BeamRadiation, EnteredLine, PlanKind, PlannedPrescription,
};

use crate::common::{
    Case, adjuvant, check, expect, find, group, option, pelvis, plan, target, typed,
};

fn outcome(found: &CrossCheck, code: &str) -> Option<Outcome> {
    let mut findings = found.findings.iter();
    findings.find(|f| f.is(code)).map(|f| f.outcome)
}

/// A plan is left out where all its groups are, and else judged.
#[test]
fn a_plan_of_which_one_group_is_left_out_is_judged() {
    let course = || {
        let groups = vec![group(1, 25, &["1.8"]), group(2, 3, &["1.8"])];
        plan("course.dcm", groups, vec![target("PTV", Some("50.4"))])
    };
    let boost_alone = |planned: &[PlannedPrescription]| {
        let prescribed = Prescribed::typed(&typed(&["pelvis=45Gy/25", "boost=5.4Gy/3"])).unwrap();
        check(&prescribed.only(&["boost".into()]).unwrap(), planned)
    };
    let found = boost_alone(&[course()]);
    assert_eq!(outcome(&found, "plan.approval"), Some(Pass));
    let mut first = course();
    first.groups.truncate(1);
    let found = boost_alone(&[first]);
    assert_eq!(outcome(&found, "plan.approval"), None);
    expect(&found, &[("plan.kind", "course.dcm", NotApplicable)]);
}

/// An accepted dose stands for beams whose dose is open, where a dose is stated, and for nothing else.
#[test]
fn an_accepted_dose_settles_beams_without_a_dose() {
    use BeamIssue::{DoseWithoutMeterset, NoDose, UnknownPurpose};

    let noted = |issue: BeamIssue, stated: Option<&str>| {
        let mut plan = plan(
            "pelvis.dcm",
            vec![group(1, 25, &[])],
            vec![target("pelvis", stated)],
        );
        let beams = vec![1];
        let finding = BeamFinding::Beams {
            group: Some(1),
            issue,
            beams,
        };
        plan.notes = vec![finding.into()];
        plan
    };
    let with = |issue, stated, accepted: bool| {
        let planned = [noted(issue, stated)];
        let prescribed = option("radiotherapy_alone");
        let mut case = Case::new(&prescribed, &planned);
        case.decisions.accept_stated_dose = accepted.then(|| "by hand".into());
        let found = case.run().unwrap();
        let mut notes = found.findings.iter();
        let note = notes.find(|f| f.observation::<BeamFinding>().is_some());
        note.unwrap().outcome
    };
    for (issue, stated, accepted, outcome) in [
        (NoDose, Some("45"), true, Warn),
        // what gives nothing gives no dose to accept
        (DoseWithoutMeterset, Some("45"), true, CannotTell),
        (NoDose, Some("45"), false, CannotTell),
        (NoDose, None, true, CannotTell),
        (UnknownPurpose, Some("45"), true, CannotTell),
    ] {
        assert_eq!(
            with(issue, stated, accepted),
            outcome,
            "{issue:?} {stated:?}"
        );
    }
}

/// An ion plan is named as one, and its radiation is not judged again.
#[test]
fn radiation_is_judged_where_it_is_stated() {
    let with = |kind, radiation: &[&str]| {
        let mut plan = pelvis();
        plan.kind = kind;
        plan.radiation = radiation
            .iter()
            .map(|radiation| BeamRadiation {
                radiation: Some((*radiation).into()),
                beams: vec![1],
            })
            .collect();
        outcome(
            &check(&option("radiotherapy_alone"), &[plan]),
            "plan.radiation",
        )
    };
    assert_eq!(with(PlanKind::ExternalBeam, &["PHOTON"]), Some(Pass));
    assert_eq!(with(PlanKind::ExternalBeam, &[]), None);
    assert_eq!(with(PlanKind::Ion, &["PROTON"]), None);
}

/// Targets with a dose are counted; without any, those that are named.
#[test]
fn targets_with_a_dose_are_counted() {
    let with = |doses: [Option<&str>; 2]| {
        let mut plan = pelvis();
        plan.targets = vec![target("pelvis", doses[0]), target("nodes", doses[1])];
        let found = check(&option("radiotherapy_alone"), &[plan]);
        let finding = find(&found, "plan.multiple_targets", "");
        (finding.outcome, finding.found().unwrap())
    };
    assert_eq!(with([Some("45"), None]), (Pass, "pelvis 45 Gy".into()));
    let (outcome, both) = with([Some("45"), Some("45")]);
    assert_eq!((outcome, &*both), (Warn, "2: pelvis 45 Gy; nodes 45 Gy"));
    let (outcome, both) = with([None, None]);
    assert_eq!(outcome, Warn);
    assert_eq!(both, "2: pelvis without a dose; nodes without a dose");
}

/// Names are compared where either side means something by them.
#[test]
fn names_of_volumes_that_settle_something() {
    let line = |phase: &str, volume: Option<&str>, fractions, total: &str| EnteredLine {
        phase: Some(phase.into()),
        volume: volume.map(Into::into),
        fractions: Some(fractions),
        total: Some(total.parse().unwrap()),
        ..EnteredLine::default()
    };
    let entered = |pelvis, bed| {
        let lines = [
            line("pelvis", pelvis, 25, "45 Gy"),
            line("boost", bed, 3, "5.4 Gy"),
        ];
        let entered = PlannedPrescription::entered("export.csv", "line", &lines).unwrap();
        outcome(&check(&adjuvant(), &[entered]), "rx.volume_match")
    };
    assert_eq!(entered(Some("pelvis"), Some("tumour bed")), Some(Pass));
    assert_eq!(entered(None, None), None);
    // one name that was given settles what the plan means, whatever else it names
    let prescribed = Prescribed::typed(&typed(&["45Gy/25"])).unwrap();
    let mut named = pelvis();
    named.targets = vec![target("A", Some("45")), target("B", Some("45"))];
    let planned = [named];
    let mut case = Case::new(&prescribed, &planned);
    let found = case.run().unwrap();
    assert_eq!(outcome(&found, "rx.volume_match"), Some(NotApplicable));
    case.names = &["A=target"];
    let found = case.run().unwrap();
    assert_eq!(outcome(&found, "rx.volume_match"), Some(Pass));
}

/// A volume inside the prescribed one is no other, where the prescribed one is named as well; what was given
/// by hand is said.
#[test]
fn names_beside_the_prescribed_one() {
    let with = |targets: &[&str], names: &[&str]| {
        let mut plan = pelvis();
        plan.targets = targets
            .iter()
            .map(|name| target(name, Some("45")))
            .collect();
        let planned = [plan];
        let prescribed = adjuvant();
        let mut case = Case::new(&prescribed, &planned);
        case.names = names;
        let found = case.run().unwrap();
        let finding = find(&found, "rx.volume_match", "pelvis.dcm");
        (finding.outcome, finding.message())
    };
    assert_eq!(with(&["pelvis", "tumour bed"], &[]).0, Pass);
    assert_eq!(with(&["tumour bed"], &[]).0, CannotTell);
    let right = "the plan names the volume that is prescribed to";
    assert_eq!(with(&["pelvis"], &[]).1, right);
    let by_hand = format!("{right} (as given for \"A\")");
    assert_eq!(with(&["pelvis", "A"], &["A=pelvis"]).1, by_hand);
}
